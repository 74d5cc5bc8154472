import { Link, useNavigate } from '@tanstack/react-router'
import { App, Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas } from '@/api/client'
import { errorText, sentence } from '@/api/error'
import { useKeyFor } from '@/api/useKeyFor'
import { CaseLink } from '@/kit/CaseLink'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { Panel } from '@/kit/Page'
import { nothing, type Selection } from '@/kit/selection'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { type InboxItem, useRefresh } from './data'
import { Amount, CaseGrade, Due, First, useMoment } from './words'

const keyOf = (i: InboxItem): string => `${i.case.id}/${i.seat}`

/** What waits for me across all cases: the most urgent first, decisions in two taps. */
export function InboxList({ tabs, onStart }: { tabs: ReactNode; onStart?: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const query = api.useInfiniteQuery('get', '/api/v1/inbox', { params: { query: {} } }, byCursor)
  const rows = query.data?.pages.flatMap((p) => p.items)
  const [selected, setSelected] = useState<Selection>(nothing)
  const chosen = (rows ?? []).filter((r) => r.bulk && (selected.all || selected.ids.includes(keyOf(r))))
  const open = (i: InboxItem) => void navigate({ to: '/cases/$id', params: { id: i.case.id } })
  const { counts, more: over } = query.data?.pages[0] ?? {}
  const notices = query.data?.pages[0]?.notices ?? []
  return (
    <>
      {notices.length > 0 && <Notices items={notices} />}
      <DataTable<InboxItem>
        id="inbox"
        label={t('procedure.tab.inbox')}
        columns={useColumns()}
        rows={rows}
        rowKey={keyOf}
        rowLabel={(i) => `${i.case.number} ${i.case.title}`}
        error={query.error}
        onRetry={() => void query.refetch()}
        refreshing={query.isRefetching}
        total={counts?.reduce((sum, c) => sum + Number(c.open), 0)}
        over={over}
        more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
        selection={selected}
        onSelect={setSelected}
        bulk={<Bulk items={chosen} onDone={() => setSelected(nothing)} />}
        onOpen={open}
        tabs={tabs}
        card={(i) => <Card item={i} />}
        empty={
          <EmptyState
            title={t('procedure.none.inbox')}
            hint={t('procedure.none.inbox_hint')}
            actions={onStart && <Button onClick={onStart}>{t('procedure.start.do')}</Button>}
          />
        }
      />
    </>
  )
}

function useColumns(): Column<InboxItem>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'what',
      title: t('procedure.inbox.what'),
      width: 240,
      fixed: true,
      locked: true,
      render: (i) => (
        <CaseLink to={`/cases/${i.case.id}`}>
          <First of={i.case} />
          <What item={i} />
        </CaseLink>
      ),
    },
    {
      key: 'title',
      title: t('procedure.title'),
      width: 420,
      render: (i) => (
        <>
          {i.case.title} <About item={i} />
        </>
      ),
    },
    {
      key: 'customer',
      title: t('procedure.customer'),
      width: 240,
      render: (i) =>
        i.case.customer ? (
          <span className="card-row">
            <CustomerLink id={i.case.customer.id}>{i.case.customer.name}</CustomerLink>
            <CaseGrade of={i.case} />
          </span>
        ) : (
          <span className="none">—</span>
        ),
    },
    { key: 'amount', title: t('procedure.amount'), width: 120, align: 'right', render: (i) => <Amount of={i.case} /> },
    { key: 'due', title: t('procedure.due'), width: 210, render: (i) => <Due at={i.due_at} /> },
    { key: 'starter', title: t('procedure.starter'), width: 110, render: (i) => i.case.starter.name || '—' },
    {
      key: 'number',
      title: t('procedure.number'),
      width: 140,
      render: (i) => <span className="num">{i.case.number}</span>,
    },
  ]
}

/** What is asked of me, and in whose name. */
function What({ item: i }: { item: InboxItem }) {
  const { t } = useTranslation()
  const text = useText()
  const what = i.kind === 'extend' ? t('procedure.inbox.extend') : text(i.title)
  return (
    <>
      {what}
      {i.for.name && <small className="muted"> {t('procedure.inbox.for', { name: i.for.name })}</small>}
    </>
  )
}

/** What is to be known of what an approval is about, on a line. */
function About({ item: i }: { item: InboxItem }) {
  const text = useText()
  if (!i.about) return null
  const facts = i.about.facts.map((f) => `${text(f.title)}: ${text(f.value)}`).join(' · ')
  return (
    <small className="muted about" title={facts}>
      {facts}
    </small>
  )
}

function Card({ item: i }: { item: InboxItem }) {
  return (
    <>
      <div className="card-row">
        <CaseLink to={`/cases/${i.case.id}`} className="card-link">
          <What item={i} />
        </CaseLink>
        <CaseGrade of={i.case} />
      </div>
      <span>{i.case.title}</span>
      <About item={i} />
      <span className="muted">
        {i.case.number} · {i.case.customer?.name} <Amount of={i.case} />
      </span>
      <Due at={i.due_at} />
      {i.bulk && (
        <div className="card-row">
          <Bulk items={[i]} onDone={() => undefined} />
        </div>
      )}
    </>
  )
}

/** Agree or reject, for those that may be decided together. */
function Bulk({ items, onDone }: { items: InboxItem[]; onDone: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const refresh = useRefresh()
  const [keyFor, done] = useKeyFor()
  const [rejecting, setRejecting] = useState(false)
  const [reason, setReason] = useState('')
  const decide = async (decision: 'agree' | 'reject') => {
    const tasks = items.map((i) => ({ case_id: i.case.id, seat: i.seat }))
    const body = { tasks, decision, reason: reason || undefined }
    const { data } = await http.POST('/api/v1/inbox/acts', { params: { header: keyFor(body) }, body })
    done()
    const refused = data?.outcomes.find((o) => !o.done)
    if (refused) void message.warning(sentence(t, refused.code, refused.args ?? {}))
    else void message.success(t('procedure.inbox.decided', { count: data?.done ?? 0 }))
    refresh()
    onDone()
  }
  if (items.length === 0) return <span className="muted">{t('procedure.inbox.not_together')}</span>
  if (rejecting)
    return (
      <>
        <Input
          autoFocus
          aria-label={t('procedure.act.opinion')}
          placeholder={t('procedure.act.opinion_reject')}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
        <Button
          danger
          disabled={!reason.trim()}
          onClick={() => void decide('reject').catch((e) => message.error(errorText(t, e)))}
        >
          {t('procedure.act.do.reject')}
        </Button>
        <Button type="text" onClick={() => setRejecting(false)}>
          {t('kit.cancel')}
        </Button>
      </>
    )
  return (
    <>
      <Button
        type="primary"
        onClick={() =>
          void confirm({
            title: t('procedure.inbox.agree_all', { count: items.length }),
            ok: t('procedure.act.do.agree'),
            action: () => decide('agree'),
          })
        }
      >
        {t('procedure.act.do.agree')}
      </Button>
      <Button onClick={() => setRejecting(true)}>{t('procedure.act.do.reject')}</Button>
    </>
  )
}

type Notice = Schemas['ProcedureNoticeView']

/** What I was told: limits that are near or passed, grave cases, ends. */
function Notices({ items }: { items: Notice[] }) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const { moment } = useMoment()
  const [all, setAll] = useState(false)
  const away = async () => {
    await http.POST('/api/v1/inbox/seen', { body: {} })
    refresh()
  }
  const shown = all ? items : items.slice(0, 3)
  return (
    <Panel
      title={t('procedure.notices.title', { count: items.length })}
      extra={
        <>
          {items.length > 3 && (
            <Button type="text" size="small" onClick={() => setAll(!all)}>
              {t(all ? 'procedure.notices.less' : 'procedure.notices.more')}
            </Button>
          )}
          <Button size="small" onClick={() => void away()}>
            {t('procedure.notices.away')}
          </Button>
        </>
      }
    >
      <ul className="notices">
        {shown.map((n) => (
          <li key={n.id}>
            <span
              className={
                n.code === 'overdue' || n.code === 'stuck' || n.code === 'review_late' ? 'due-late' : undefined
              }
            >
              {t(`procedure.notices.code.${n.code}`)}
            </span>
            <Whereof notice={n} />
            <span className="muted num">{moment(n.at)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What a notice is about: a case, or a review. */
function Whereof({ notice: n }: { notice: Notice }) {
  const text = useText()
  const [kind, id] = n.about.split(':')
  if (kind === 'review')
    return (
      <Link className="link" to="/grading/reviews/$id" params={{ id: id ?? '' }} search={{}}>
        {text(n.about_title)}
      </Link>
    )
  return (
    <CaseLink to={`/cases/${n.case_id}`}>
      {n.number} {n.title}
    </CaseLink>
  )
}
