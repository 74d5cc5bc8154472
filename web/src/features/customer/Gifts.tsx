import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { EnterGift, type Gift, GiftState, giftMoney, yearText } from '@/kit/gifts'
import { ReadPanel } from '@/kit/ReadPanel'
import { usePermission } from '@/kit/usePermission'

const SHOWN = 5

/** What the customer was given, and what is on its way. */
export default function Gifts({ customer, write }: { customer: { id: string; name: string }; write: boolean }) {
  const { t } = useTranslation()
  const may = usePermission('duty.do') && write
  const [entering, setEntering] = useState(false)
  const query = api.useQuery('get', '/api/v1/gifts', { params: { query: { customer: customer.id, limit: SHOWN } } })
  const year = api.useQuery('get', '/api/v1/customers/{id}/gifts/year', { params: { path: { id: customer.id } } })
  return (
    <>
      <ReadPanel
        query={query}
        title={t('gift.title')}
        empty={({ items }) => items.length === 0 && !may}
        extra={() =>
          may && (
            <button type="button" className="text-button" onClick={() => setEntering(true)}>
              {t('gift.enter')}
            </button>
          )
        }
      >
        {({ items, next_cursor: more }) => (
          <>
            {items.length === 0 ? (
              <p className="muted">{t('gift.none')}</p>
            ) : (
              <ul className="people">
                {items.map((g) => (
                  <Line key={g.id} of={g} />
                ))}
              </ul>
            )}
            {year.data && <p className="muted">{yearText(t, year.data)}</p>}
            {more && <AreaLink to={`/gifts?customer=${customer.id}`}>{t('gift.all_of')}</AreaLink>}
          </>
        )}
      </ReadPanel>
      {entering && <EnterGift customer={customer} onClose={() => setEntering(false)} />}
    </>
  )
}

function Line({ of: g }: { of: Gift }) {
  return (
    <li>
      <div className="person">
        <span className="row">
          <AreaLink to={`/gifts?open=${g.id}`}>{g.what}</AreaLink>
          <span className="num">{giftMoney(g.value, g.currency)}</span>
          <GiftState of={g} />
        </span>
        <span className="muted">{[g.occasion, g.contact, g.on].filter(Boolean).join(' · ')}</span>
      </div>
    </li>
  )
}
