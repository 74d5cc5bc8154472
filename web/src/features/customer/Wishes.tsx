import { Button } from 'antd'
import { Pencil, Send } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { withWords } from '@/app/i18n'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'

const WishForm = lazy(() => import('./WishForm'))
const SendMessage = lazy(withWords(['message'], () => import('@/kit/SendMessage')))

export type Wish = Schemas['MessageWishView']
export type Person = Schemas['RecordContactView']

interface Props {
  customerID: string
  contacts: Person[]
  write: boolean
}

const HOUR = 60
const clock = (m: number) => `${String(Math.floor(m / HOUR)).padStart(2, '0')}:${String(m % HOUR).padStart(2, '0')}`

/** How a customer and the people there want to be treated, and the way to write to them. */
export default function Wishes({ customerID, contacts, write }: Props) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/customers/{id}/wishes', { params: { path: { id: customerID } } })
  const send = usePermission('message.send') && write
  const [open, setOpen] = useState<'edit' | 'send'>()
  const nameOf = (id: string) =>
    id === '' ? t('message.wish.whole') : (contacts.find((c) => c.id === id)?.name ?? t('message.wish.former'))
  const known = query.data?.items
  return (
    <Panel
      title={t('message.wish.title')}
      extra={
        <span className="row">
          {write && known && (
            <Button type="text" size="small" icon={<Pencil size={14} />} onClick={() => setOpen('edit')}>
              {t('message.wish.edit')}
            </Button>
          )}
          {send && (
            <Button type="text" size="small" icon={<Send size={14} />} onClick={() => setOpen('send')}>
              {t('message.send')}
            </Button>
          )}
        </span>
      }
    >
      <QueryView query={query} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t('message.wish.none')}</p>
          ) : (
            <ul className="people">
              {items.map((w) => (
                <Line key={w.contact_id} of={w} name={nameOf(w.contact_id)} />
              ))}
            </ul>
          )
        }
      </QueryView>
      <Suspense>
        {open === 'edit' && known && (
          <WishForm customerID={customerID} contacts={contacts} wishes={known} onClose={() => setOpen(undefined)} />
        )}
        {open === 'send' && (
          <SendMessage
            customerID={customerID}
            contacts={contacts}
            prefers={(id) => known?.find((w) => w.contact_id === id)?.channel}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Suspense>
    </Panel>
  )
}

function Line({ of: w, name }: { of: Wish; name: string }) {
  const { t } = useTranslation()
  const out = w.consents.filter((c) => c.out)
  const said = [
    w.salutation,
    w.channel && t('message.wish.channel_short', { channel: t(`message.channels.${w.channel}`) }),
    w.language && t(`message.lang.${w.language}`),
    w.best_time,
    w.quiet_from != null &&
      w.quiet_to != null &&
      t('message.wish.quiet_short', { from: clock(w.quiet_from), to: clock(w.quiet_to) }),
    out.length > 0 &&
      t('message.wish.out_short', { list: out.map((c) => t(`message.channels.${c.channel}`)).join(', ') }),
    out.some((c) => c.source === 'link') && t('message.wish.by_link'),
  ].filter(Boolean)
  return (
    <li>
      <div className="person">
        <span className="row">
          <b>{name}</b>
          {w.blocked && <span className="tag">{t('message.wish.blocked_short')}</span>}
          <span className="muted">{w.reason}</span>
        </span>
        {said.length > 0 && <span className="muted">{said.join(' · ')}</span>}
        {w.likes && <span className="muted">{w.likes}</span>}
        {w.taboos && (
          <span className="wish-taboos">
            {t('message.wish.taboos')}: {w.taboos}
          </span>
        )}
      </div>
    </li>
  )
}
