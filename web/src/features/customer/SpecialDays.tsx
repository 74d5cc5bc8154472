import { Button } from 'antd'
import { CalendarHeart, Pencil, Plus, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { useConfirm } from '@/kit/useConfirm'
import { useRefresh } from './data'
import { yearlyText } from './yearly'

const SpecialDayForm = lazy(() => import('./SpecialDayForm'))

export type SpecialDay = Schemas['CustomerSpecialDayView']

interface Props {
  customerID: string
  /** Whether the customer is a person, who has a birthday of their own. */
  person: boolean
  contacts: Schemas['RecordContactView'][]
  write: boolean
}

/** Birthdays and the other days of a customer that come back every year. */
export default function SpecialDays({ customerID, person, contacts, write }: Props) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/customers/{id}/special-days', { params: { path: { id: customerID } } })
  const [form, setForm] = useState<{ day?: SpecialDay }>()
  return (
    <Panel
      title={t('special.title')}
      extra={
        write && (
          <Button type="text" size="small" icon={<Plus size={14} />} onClick={() => setForm({})}>
            {t('record.add')}
          </Button>
        )
      }
    >
      <QueryView query={query} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t('special.none')}</p>
          ) : (
            <ul className="people">
              {items.map((d) => (
                <Line key={d.id} customerID={customerID} day={d} write={write} onEdit={() => setForm({ day: d })} />
              ))}
            </ul>
          )
        }
      </QueryView>
      <Suspense>
        {form && (
          <SpecialDayForm
            customerID={customerID}
            person={person}
            contacts={contacts}
            day={form.day}
            onClose={() => setForm(undefined)}
          />
        )}
      </Suspense>
    </Panel>
  )
}

interface LineProps {
  customerID: string
  day: SpecialDay
  write: boolean
  onEdit: () => void
}

function Line({ customerID, day: d, write, onEdit }: LineProps) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const confirm = useConfirm()
  const refresh = useRefresh()
  const what = d.kind === 'birthday' ? t('special.birthday') : d.name
  const name = d.contact ? t('special.of', { who: d.contact, what }) : what
  const remove = () =>
    confirm({
      title: t('special.remove_title', { name }),
      text: t('special.remove_text'),
      ok: t('special.remove'),
      danger: true,
      action: () =>
        http
          .DELETE('/api/v1/customers/{id}/special-days/{day}', {
            params: { path: { id: customerID, day: d.id }, header: { 'If-Match': `"${d.version}"` } },
          })
          .then(refresh),
    })
  return (
    <li>
      <div className="person">
        <span className="row">
          <CalendarHeart size={14} strokeWidth={1.75} aria-hidden />
          <b>{name}</b>
          <span>{yearlyText(t, locale, d)}</span>
          {d.next && <span className="muted">{t('special.next', { day: d.next })}</span>}
        </span>
        {d.note && <span className="muted">{d.note}</span>}
      </div>
      {write && (
        <span className="person-acts">
          <Button
            type="text"
            size="small"
            aria-label={t('special.edit', { name })}
            icon={<Pencil size={14} strokeWidth={1.75} />}
            onClick={onEdit}
          />
          <Button
            type="text"
            size="small"
            aria-label={t('special.remove_title', { name })}
            icon={<Trash2 size={14} strokeWidth={1.75} />}
            onClick={() => void remove()}
          />
        </span>
      )}
    </li>
  )
}
