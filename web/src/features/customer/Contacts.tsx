import { App, Button } from 'antd'
import { Pencil, Plus, Star, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { Panel } from '@/kit/Page'
import { useConfirm } from '@/kit/useConfirm'
import { useRefresh } from './data'
import { Phone } from './words'

const ContactForm = lazy(() => import('./ContactForm'))

export type Contact = Schemas['RecordContactView']

interface Props {
  customerID: string
  contacts: Contact[]
  write: boolean
}

/** The people at a customer. */
export function Contacts({ customerID, contacts, write }: Props) {
  const { t } = useTranslation()
  const [form, setForm] = useState<{ contact?: Contact }>()
  return (
    <Panel
      title={t('record.contacts')}
      extra={
        write && (
          <Button type="text" size="small" icon={<Plus size={14} />} onClick={() => setForm({})}>
            {t('record.add')}
          </Button>
        )
      }
    >
      {contacts.length === 0 ? (
        <p className="muted">{t('record.no_contacts')}</p>
      ) : (
        <ul className="people">
          {contacts.map((c) => (
            <Person
              key={c.id}
              customerID={customerID}
              contact={c}
              write={write}
              onEdit={() => setForm({ contact: c })}
            />
          ))}
        </ul>
      )}
      <Suspense>
        {form && <ContactForm customerID={customerID} contact={form.contact} onClose={() => setForm(undefined)} />}
      </Suspense>
    </Panel>
  )
}

interface PersonProps {
  customerID: string
  contact: Contact
  write: boolean
  onEdit: () => void
}

function Person({ customerID, contact: c, write, onEdit }: PersonProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const refresh = useRefresh()
  const target = { path: { id: customerID, contact: c.id }, header: { 'If-Match': `"${c.version}"` } }
  const prefer = () =>
    http
      .PATCH('/api/v1/customers/{id}/contacts/{contact}', { params: target, body: { primary: true } })
      .then(refresh)
      .catch((e: unknown) => void message.error(errorText(t, e)))
  const remove = () =>
    confirm({
      title: t('record.contact.remove_title', { name: c.name }),
      text: t('record.contact.remove_text'),
      ok: t('record.contact.remove'),
      danger: true,
      action: () => http.DELETE('/api/v1/customers/{id}/contacts/{contact}', { params: target }).then(refresh),
    })
  return (
    <li>
      <div className="person">
        <span className="row">
          <b>{c.name}</b>
          {c.primary && <span className="tag">{t('record.contact.primary')}</span>}
          <span className="muted">{c.title}</span>
        </span>
        <span className="row person-ways">
          <Phone number={c.phone} />
          {c.email && (
            <a className="link" href={`mailto:${c.email}`}>
              {c.email}
            </a>
          )}
        </span>
        {c.note && <span className="muted">{c.note}</span>}
      </div>
      {write && (
        <span className="person-acts">
          {!c.primary && (
            <Button
              type="text"
              size="small"
              aria-label={t('record.contact.prefer', { name: c.name })}
              title={t('record.contact.prefer', { name: c.name })}
              icon={<Star size={14} strokeWidth={1.75} />}
              onClick={() => void prefer()}
            />
          )}
          <Button
            type="text"
            size="small"
            aria-label={t('record.contact.edit', { name: c.name })}
            icon={<Pencil size={14} strokeWidth={1.75} />}
            onClick={onEdit}
          />
          <Button
            type="text"
            size="small"
            aria-label={t('record.contact.remove_title', { name: c.name })}
            icon={<Trash2 size={14} strokeWidth={1.75} />}
            onClick={() => void remove()}
          />
        </span>
      )}
    </li>
  )
}
