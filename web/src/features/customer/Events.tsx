import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { ReadPanel } from '@/kit/ReadPanel'

const SHOWN = 5

/** The events the customer was invited to, the latest first, with what became of it. */
export default function Events({ customerID }: { customerID: string }) {
  const { t, i18n } = useTranslation()
  const query = api.useQuery('get', '/api/v1/customers/{id}/seminars', {
    params: { path: { id: customerID }, query: { limit: SHOWN } },
  })
  return (
    <ReadPanel query={query} title={t('attended.title')} empty={({ items }) => items.length === 0}>
      {({ items }) => (
        <ul className="promises">
          {items.map(({ seminar: m, invitation: v }) => (
            <li key={v.id}>
              <AreaLink to={`/service/events/${m.id}`}>
                {i18n.language === 'en' ? m.title_en || m.title_zh : m.title_zh || m.title_en}
              </AreaLink>{' '}
              <span className="muted">
                <span className="num">{m.on}</span> · {t(`attended.${became(m.state, v)}`, { n: v.came })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </ReadPanel>
  )
}

/** became names what became of an invitation. */
function became(state: string, v: { came: number; answer: string }) {
  if (state === 'cancelled') return 'cancelled'
  if (v.came > 0) return 'came'
  if (state === 'held') return 'absent'
  return v.answer === 'yes' || v.answer === 'waiting' || v.answer === 'no' ? v.answer : 'invited'
}
