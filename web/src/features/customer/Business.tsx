import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '@/app/i18n'
import { Chart } from '@/kit/Chart'
import { Choice } from '@/kit/Choice'
import { minorPlaces, useFormat } from '@/kit/format'
import { SkeletonLines } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import type { RecordView } from './data'
import { byCurrency, type Monthly } from './months'

const FactList = lazy(withWords(['fact', 'record'], () => import('./FactList')))

/** What the customer orders and pays: by month, and fact by fact. */
export function Business({ record }: { record: RecordView }) {
  const { t } = useTranslation()
  const [listed, setListed] = useState(false)
  const all = byCurrency(record.months, record.today)
  const [currency, setCurrency] = useState<string>()
  const shown = all.find((m) => m.currency === currency) ?? all[0]
  return (
    <Panel
      title={t('record.business')}
      extra={
        all.length > 1 && (
          <Choice
            label={t('record.currency')}
            options={all.map((m) => ({ value: m.currency, label: m.currency }))}
            value={shown?.currency ?? ''}
            onChange={setCurrency}
          />
        )
      }
    >
      {shown ? <Months data={shown} /> : <p className="muted">{t('record.no_business')}</p>}
      <button type="button" className="text-button" aria-expanded={listed} onClick={() => setListed(!listed)}>
        {t(listed ? 'record.hide_facts' : 'record.show_facts')}
      </button>
      {listed && (
        <Suspense fallback={<SkeletonLines />}>
          <FactList id={record.id} archived={record.archived} />
        </Suspense>
      )}
    </Panel>
  )
}

function Months({ data }: { data: Monthly }) {
  const { t } = useTranslation()
  const { moneyShort } = useFormat()
  const scale = 10 ** minorPlaces(data.currency)
  return (
    <Chart
      height={200}
      spec={{
        label: t('record.chart'),
        axis: t('record.month'),
        categories: data.months,
        series: [
          { name: t('record.orders'), kind: 'bar', values: data.orders },
          { name: t('record.payments'), kind: 'bar', values: data.payments },
        ],
        // Round figures without their zeros: they stand along the axis.
        format: (v) => moneyShort(String(Math.round(v * scale)), data.currency).replace(/\.0+(?=\D*$)/, ''),
      }}
    />
  )
}
