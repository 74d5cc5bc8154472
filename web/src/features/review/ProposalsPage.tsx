import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas, useRefreshUnder } from '@/api/client'
import { applyLink } from '@/kit/apply'
import { CaseLink } from '@/kit/CaseLink'
import { Choice } from '@/kit/Choice'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { FormDrawer } from '@/kit/FormDrawer'
import { decimal } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { Page } from '@/kit/Page'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { proposalStates } from './routes'
import './review.css'

type Proposal = Schemas['GradingOfferedGradeView']

const route = getRouteApi('/shell/grading/proposals')

const tones: Record<Proposal['state'], StatusTone> = {
  open: 'active',
  asked: 'active',
  refused: 'warn',
  dismissed: 'neutral',
}

/** Customers whose verdicts lead to a better grade that is signed for: apply for it, or put it aside with the reason. */
export default function ProposalsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [aside, setAside] = useState<Proposal>()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/grade-proposals',
    { params: { query: { state: search.state ? [search.state] : undefined, limit: 100 } } },
    { ...byCursor, placeholderData: keepPreviousData },
  )
  const mayDismiss = query.data?.pages[0]?.may_dismiss ?? false
  return (
    <Page
      title={t('review.proposal.title')}
      fill
      back={{ label: t('review.title'), onClick: () => void navigate({ to: '/grading/reviews' }) }}
    >
      <DataTable<Proposal>
        id="grade-proposals"
        label={t('review.proposal.title')}
        columns={useColumns(mayDismiss, setAside)}
        rows={query.data?.pages.flatMap((p) => p.items)}
        rowKey={(p) => `${p.customer_id}/${p.rulebook}/${p.scheme}`}
        rowLabel={(p) => p.customer_name}
        error={query.error}
        onRetry={() => void query.refetch()}
        refreshing={query.isRefetching}
        more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
        bar={
          <Choice
            label={t('review.stands')}
            options={[
              { value: 'waiting', label: t('review.proposal.waiting') },
              ...proposalStates.map((s) => ({ value: s, label: t(`review.proposal.is.${s}`) })),
            ]}
            value={search.state ?? 'waiting'}
            onChange={(v) => void navigate({ search: { state: proposalStates.find((s) => s === v) }, replace: true })}
          />
        }
        card={(p) => <Card proposal={p} mayDismiss={mayDismiss} onAside={setAside} />}
        empty={<EmptyState title={t('review.proposal.none')} hint={t('review.proposal.none_hint')} />}
      />
      {aside && <DismissDrawer proposal={aside} onClose={() => setAside(undefined)} />}
    </Page>
  )
}

function useColumns(mayDismiss: boolean, onAside: (p: Proposal) => void): Column<Proposal>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'customer',
      title: t('review.customer'),
      width: 220,
      fixed: true,
      locked: true,
      render: (p) => <CustomerLink id={p.customer_id}>{p.customer_name}</CustomerLink>,
    },
    {
      key: 'code',
      title: t('review.proposal.code'),
      width: 90,
      render: (p) => <span className="num">{p.customer_code}</span>,
    },
    {
      key: 'grades',
      title: t('review.proposal.grades'),
      width: 150,
      locked: true,
      render: (p) => <Grades proposal={p} />,
    },
    {
      key: 'score',
      title: t('review.proposal.score'),
      width: 80,
      align: 'right',
      render: (p) => (p.score ? <span className="num">{decimal(p.score)}</span> : <span className="none">—</span>),
    },
    { key: 'since', title: t('review.proposal.since'), width: 110, render: (p) => <DateText value={p.since} /> },
    { key: 'state', title: t('review.stands'), width: 200, render: (p) => <State proposal={p} /> },
    { key: 'owner', title: t('review.owner'), width: 100, render: (p) => p.owner_name || '—' },
    {
      key: 'acts',
      title: t('review.proposal.acts'),
      width: 170,
      locked: true,
      render: (p) => <Acts proposal={p} mayDismiss={mayDismiss} onAside={onAside} />,
    },
  ]
}

function Grades({ proposal: p }: { proposal: Proposal }) {
  const grade = useGrades()
  return (
    <span className="row">
      <GradeTag {...grade(p.scheme, p.standing)} />
      <span aria-hidden>→</span>
      <GradeTag {...grade(p.scheme, p.code)} />
    </span>
  )
}

function State({ proposal: p }: { proposal: Proposal }) {
  const { t } = useTranslation()
  const label = t(`review.proposal.is.${p.state}`)
  return (
    <span className="row review-state">
      {p.case_id && p.state !== 'dismissed' ? (
        <CaseLink className="link" to={`/cases/${p.case_id}`}>
          {label}
        </CaseLink>
      ) : (
        <StatusDot tone={tones[p.state]} label={label} />
      )}
      {p.note && (
        <span className="muted" title={p.note}>
          {p.noted_by} · {p.note}
        </span>
      )}
    </span>
  )
}

interface ActsProps {
  proposal: Proposal
  mayDismiss: boolean
  onAside: (p: Proposal) => void
}

function Acts({ proposal: p, mayDismiss, onAside }: ActsProps) {
  const { t } = useTranslation()
  const text = useText()
  const mayStart = usePermission('procedure.start')
  if (p.state === 'asked') return <span className="none">—</span>
  return (
    <span className="row review-acts">
      {mayStart && p.procedure && (
        <CaseLink className="text-button" to={applyLink(p, text)}>
          {t('review.proposal.apply')}
        </CaseLink>
      )}
      {mayDismiss && p.state !== 'dismissed' && (
        <button type="button" className="text-button" onClick={() => onAside(p)}>
          {t('review.proposal.dismiss')}
        </button>
      )}
    </span>
  )
}

function Card({ proposal: p, mayDismiss, onAside }: ActsProps) {
  const { t } = useTranslation()
  return (
    <>
      <div className="card-row">
        <CustomerLink id={p.customer_id} className="card-link">
          {p.customer_name}
        </CustomerLink>
        <Grades proposal={p} />
      </div>
      <span className="muted">
        <span className="num">{p.customer_code}</span>
        {p.owner_name && ` · ${p.owner_name}`} · {t('review.proposal.since')} <DateText value={p.since} />
      </span>
      <div className="card-row">
        <State proposal={p} />
        <Acts proposal={p} mayDismiss={mayDismiss} onAside={onAside} />
      </div>
    </>
  )
}

function DismissDrawer({ proposal: p, onClose }: { proposal: Proposal; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/grade-proposals', '/api/v1/customers')
  const text = useText()
  return (
    <FormDrawer<{ reason: string }>
      open
      title={t('review.proposal.dismiss_title', { name: p.customer_name })}
      submitText={t('review.proposal.dismiss')}
      done={t('review.proposal.dismissed')}
      onSubmit={async (v) => {
        await http.POST('/api/v1/customers/{id}/grade-proposals/dismiss', {
          params: { path: { id: p.customer_id } },
          body: { rulebook: p.rulebook, scheme: p.scheme, reason: v.reason },
        })
        await refresh()
      }}
      onClose={onClose}
    >
      <p className="form-about muted">{t('review.proposal.dismiss_hint', { grade: text(p.title) || p.code })}</p>
      <Form.Item
        name="reason"
        label={t('review.proposal.reason')}
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input.TextArea rows={4} maxLength={600} />
      </Form.Item>
    </FormDrawer>
  )
}
