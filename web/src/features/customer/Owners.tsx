import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { Panel } from '@/kit/Page'
import { useText } from '@/kit/text'

/** How many owners before the present one are shown. */
const SHOWN = 4

/** Who looks after the customer and why, who did before, and who stands beside. */
export default function Owners({ customerID }: { customerID: string }) {
  const { t } = useTranslation()
  const text = useText()
  const params = { params: { path: { id: customerID } } }
  const terms = api.useQuery('get', '/api/v1/customers/{id}/owners', params)
  const team = api.useQuery('get', '/api/v1/customers/{id}/team', params)
  const list = terms.data?.items ?? []
  const beside = team.data?.items ?? []
  if (list.length === 0 && beside.length === 0) return null
  return (
    <Panel title={t('owner.title')}>
      <ul className="standings">
        {list.slice(0, SHOWN + 1).map((x) => (
          <li key={x.id} className="decision">
            <b>{x.owner_name || t('owner.nobody')}</b>
            <span className="muted num">
              {x.until ? t('owner.term', { from: x.from, until: x.until }) : t('owner.since', { from: x.from })}
            </span>
            <span className="grow" />
            <span className="muted">{t(`owner.how.${x.how}`)}</span>
            {x.why && <span className="muted decision-why">{text(x.why)}</span>}
          </li>
        ))}
        {beside.map((m) => (
          <li key={m.id} className="decision">
            <span>{m.user_name}</span>
            <span className="muted">{m.part}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
