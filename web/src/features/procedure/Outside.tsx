import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { Fields, Panel } from '@/kit/Page'
import { phoneText } from '@/kit/phone'
import type { CaseRecord } from './data'

/** By which phone the customer follows the case on the public pages, and how the answer was rated. */
export function Outside({ record: c }: { record: CaseRecord }) {
  const { t } = useTranslation()
  const { data } = api.useQuery('get', '/api/v1/cases/{id}/contact', { params: { path: { id: c.id } } })
  if (!data?.phone) return null
  const rating = data.rating && (
    <>
      <b className="num">{data.rating.score} / 5</b> <DateText value={data.rating.rated_on} />
      {data.rating.remark && <q className="said">{data.rating.remark}</q>}
    </>
  )
  return (
    <Panel title={t('procedure.outside.title')}>
      <Fields
        items={[
          {
            label: t('procedure.outside.phone'),
            value: (
              <a className="num" href={`tel:${data.phone}`}>
                {phoneText(data.phone)}
              </a>
            ),
          },
          { label: t('procedure.outside.rating'), value: rating || t('procedure.outside.none') },
        ]}
      />
    </Panel>
  )
}
