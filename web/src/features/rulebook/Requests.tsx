import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { DateText } from '@/kit/DateText'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import type { TabProps } from './RulebookPage'
import { settingText } from './settingWords'

type Request = Schemas['RulebookRequestView']
type Book = TabProps['book']

const path = '/api/v1/adoption-requests'
const tones: Record<Request['state'], StatusTone> = {
  open: 'active',
  approved: 'ok',
  refused: 'bad',
  withdrawn: 'neutral',
}

/** useRequests gives the requests to put versions of a rulebook into force, newest first. */
export const useRequests = (rulebook: string) =>
  api.useQuery('get', path, { params: { query: { rulebook, limit: 50 } } })

/** useRefreshed says that what is in force, or what is asked for, has changed. */
export const useRefreshed = () => useRefreshUnder(path, '/api/v1/rulebooks', '/api/v1/grading/schemes')

/** What waits for a decision; nothing while nothing waits. */
export function OpenRequests({ book, onShow }: { book: Book; onShow: (version: string) => void }) {
  const { t } = useTranslation()
  const open = (useRequests(book.id).data?.items ?? []).filter((r) => r.state === 'open')
  if (open.length === 0) return null
  return (
    <Panel title={t('rulebook.request.open')}>
      <ul className="requests">
        {open.map((r) => (
          <OpenRequest key={r.id} request={r} book={book} onShow={onShow} />
        ))}
      </ul>
    </Panel>
  )
}

function OpenRequest({
  request: r,
  book,
  onShow,
}: {
  request: Request
  book: Book
  onShow: (version: string) => void
}) {
  const { t } = useTranslation()
  return (
    <li>
      <p>
        {t('rulebook.request.asks', {
          name: r.requested_by,
          version: r.version,
          day: r.effective_from || t('rulebook.request.at_once'),
        })}{' '}
        <span className="muted">
          <DateText value={Date.parse(r.requested_at) * 1000} />
        </span>
      </p>
      {r.note && <p className="muted">{r.note}</p>}
      <OwnSettings book={book} settings={r.settings} />
      <div className="row">
        <CaseLink to={`/cases/${r.case_id}`}>{t('rulebook.request.case')}</CaseLink>
        <button type="button" className="text-button" onClick={() => onShow(r.version)}>
          {t('rulebook.show_this')}
        </button>
        <span className="muted">{t('rulebook.request.by_case')}</span>
      </div>
    </li>
  )
}

function OwnSettings({ book, settings }: { book: Book; settings: Record<string, string> }) {
  const { t } = useTranslation()
  const text = useText()
  const list = Object.entries(settings)
  if (list.length === 0) return null
  return (
    <p className="muted">
      {list
        .map(([name, value]) => {
          const s = book.settings.find((x) => x.name === name)
          return `${text(s?.title) || name}: ${s ? settingText(t, s.type, value) : value}`
        })
        .join(' · ')}
    </p>
  )
}

/** Requests that were decided. */
export function DecidedRequests({ book }: { book: Book }) {
  const { t } = useTranslation()
  const rows = (useRequests(book.id).data?.items ?? []).filter((r) => r.state !== 'open')
  if (rows.length === 0) return null
  return (
    <Panel title={t('rulebook.request.decided')} flush>
      <PlainTable
        rows={rows}
        rowKey={(r) => r.id}
        columns={[
          { key: 'version', title: t('rulebook.version'), head: true, num: true, render: (r) => r.version },
          {
            key: 'by',
            title: t('rulebook.request.by'),
            render: (r) => (
              <>
                {r.requested_by} <DateText value={Date.parse(r.requested_at) * 1000} />
              </>
            ),
          },
          {
            key: 'state',
            title: t('rulebook.state.title'),
            render: (r) => <StatusDot label={t(`rulebook.request.${r.state}`)} tone={tones[r.state]} />,
          },
          { key: 'decided', title: t('rulebook.request.decided_by'), render: (r) => r.decided_by || '—' },
          { key: 'reason', title: t('rulebook.request.reason'), render: (r) => r.reason || r.note || '—' },
          {
            key: 'case',
            title: t('rulebook.request.case'),
            render: (r) =>
              r.case_id ? <CaseLink to={`/cases/${r.case_id}`}>{t('rulebook.request.open_case')}</CaseLink> : '—',
          },
        ]}
      />
    </Panel>
  )
}

/** Puts a version that was in force before into force again, with the settings it had. */
export function ReturnButton({ book, version }: { book: Book; version: string }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const refreshed = useRefreshed()
  const run = () =>
    confirm({
      title: t('rulebook.return.sure', { version }),
      text: t('rulebook.return.text', { version: book.in_force?.version }),
      ok: t('rulebook.return.do'),
      action: async () => {
        await http.POST('/api/v1/rulebooks/{id}/return', { params: { path: { id: book.id } }, body: { version } })
        await refreshed()
      },
    })
  return (
    <button type="button" className="text-button" onClick={() => void run()}>
      {t('rulebook.return.do')}
    </button>
  )
}
