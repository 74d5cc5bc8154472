import { useNavigate } from '@tanstack/react-router'
import { App, Button } from 'antd'
import {
  Archive,
  ArchiveRestore,
  Ellipsis,
  FileText,
  MessageSquarePlus,
  Pencil,
  Phone,
  Printer,
  UserRoundPen,
} from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { withWords } from '@/app/i18n'
import { customerPath } from '@/kit/CustomerLink'
import { type Command, useCommands } from '@/kit/commands'
import { OnPress } from '@/kit/OnPress'
import { useConfirm } from '@/kit/useConfirm'
import { useMobile } from '@/kit/useMobile'
import { usePermission } from '@/kit/usePermission'
import { useShortcut } from '@/kit/useShortcut'
import { type Customer, phoneOf, type RecordView, useRefresh, useTell } from './data'

const CustomerForm = lazy(() => import('./CustomerForm'))
const RecordFact = lazy(withWords(['fact', 'record'], () => import('./RecordFact')))
const BulkDialog = lazy(() => import('./BulkDialog'))
const MoreMenu = lazy(() => import('./MoreMenu'))

const icon = { size: 16, strokeWidth: 1.75 }

/** What can be done with a customer: as buttons, as a bar at the thumb (the page shows it `atThumb`), as commands of the command menu. */
export function useRecordActions(c: Customer | undefined, record: RecordView | undefined, atThumb = false) {
  const { t } = useTranslation()
  const mobile = useMobile()
  const [open, setOpen] = useState<'edit' | 'contact' | 'assign'>()
  const live = c !== undefined && !c.archived
  const write = usePermission('customer.write') && live
  const note = usePermission('fact.write') && live
  const assign = usePermission('customer.assign') && live
  const archive = usePermission('customer.archive')
  const served = usePermission('duty.read')
  const navigate = useNavigate()
  const toggle = useArchive(c)
  const phone = phoneOf(c, record)
  const one = (id: string, label: string, sign: ReactNode, run: () => void, keys?: string): Command => ({
    id: `customer.${id}`,
    label,
    group: 'act',
    icon: sign,
    keys,
    run,
  })
  const commands = [
    note && one('contact', t('record.contacted'), <MessageSquarePlus {...icon} />, () => setOpen('contact'), 'r'),
    write && one('edit', t('record.edit'), <Pencil {...icon} />, () => setOpen('edit'), 'e'),
    assign && one('assign', t('record.assign'), <UserRoundPen {...icon} />, () => setOpen('assign'), 'a'),
    served &&
      c !== undefined &&
      one(
        'service',
        t('record.service'),
        <FileText {...icon} />,
        () => void navigate({ href: `${customerPath(c.id)}/service` }),
      ),
    c !== undefined && one('print', t('record.print'), <Printer {...icon} />, () => window.print()),
    archive && c && !c.archived && one('archive', t('record.do_archive'), <Archive {...icon} />, toggle),
    archive && c?.archived && one('restore', t('record.restore'), <ArchiveRestore {...icon} />, toggle),
  ].filter((x) => x !== false && x !== undefined)
  useCommands(commands)
  const group = t('kit.record.keys')
  useShortcut('r', () => setOpen('contact'), { label: t('record.contacted'), group, when: note })
  useShortcut('e', () => setOpen('edit'), { label: t('record.edit'), group, when: write })
  useShortcut('a', () => setOpen('assign'), { label: t('record.assign'), group, when: assign })
  const rest = commands.filter((x) => x.id !== 'customer.contact' && x.id !== 'customer.edit')
  const buttons = (
    <>
      {write && (
        <Button icon={<Pencil {...icon} />} onClick={() => setOpen('edit')}>
          {t('record.edit')}
        </Button>
      )}
      {note && !(mobile && atThumb) && (
        <Button type="primary" icon={<MessageSquarePlus {...icon} />} onClick={() => setOpen('contact')}>
          {t('record.contacted')}
        </Button>
      )}
      <OnPress
        button={(press) => (
          <Button aria-label={t('record.more_actions')} icon={<Ellipsis {...icon} />} onClick={press} />
        )}
      >
        <MoreMenu commands={rest} />
      </OnPress>
    </>
  )
  const thumb = (
    <>
      {phone && (
        <Button icon={<Phone {...icon} />} href={`tel:${phone.replace(';ext=', ',')}`}>
          {t('record.call')}
        </Button>
      )}
      {note && (
        <Button type="primary" icon={<MessageSquarePlus {...icon} />} onClick={() => setOpen('contact')}>
          {t('record.contacted')}
        </Button>
      )}
    </>
  )
  const dialogs = c && (
    <Dialogs customer={c} today={record?.today ?? ''} open={open} onClose={() => setOpen(undefined)} />
  )
  return { buttons, thumb, dialogs }
}

interface DialogProps {
  customer: Customer
  today: string
  open: 'edit' | 'contact' | 'assign' | undefined
  onClose: () => void
}

function Dialogs({ customer: c, today, open, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const refresh = useRefresh()
  return (
    <Suspense>
      {open === 'edit' && <CustomerForm customer={c} onClose={onClose} onSaved={() => undefined} />}
      {open === 'contact' && <RecordFact id={c.id} today={today} onClose={onClose} />}
      {open === 'assign' && (
        <BulkDialog
          action="assign"
          selection={{ all: false, ids: [c.id] }}
          search={{}}
          count={1}
          onClose={onClose}
          onDone={() => {
            onClose()
            void refresh().then(() => message.success(t('record.saved')))
          }}
        />
      )}
    </Suspense>
  )
}

/** Puts a customer into the archive, or brings it back. */
function useArchive(c: Customer | undefined): () => void {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const tell = useTell()
  const navigate = useNavigate()
  return () => {
    if (!c) return
    const params = { path: { id: c.id }, header: { 'If-Match': `"${c.version}"` } }
    const act = async () => {
      const path = c.archived ? '/api/v1/customers/{id}/restore' : '/api/v1/customers/{id}/archive'
      const { data } = await http.POST(path, { params, body: {} })
      if (data) tell(data)
    }
    void confirm({
      title: t(c.archived ? 'record.restore_title' : 'record.archive_title', { name: c.name }),
      text: t(c.archived ? 'record.restore_text' : 'record.archive_text'),
      ok: t(c.archived ? 'record.restore' : 'record.do_archive'),
      danger: !c.archived,
      action: act,
    }).then((done) => {
      if (done && !c.archived) void navigate({ to: '/customers' })
    })
  }
}
