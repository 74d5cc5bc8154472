import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Printer } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '@/app/i18n'
import { CustomerLink } from '@/kit/CustomerLink'
import { ErrorState } from '@/kit/ErrorState'
import { SkeletonLines } from '@/kit/Loading'
import { Fields, Page, Panel, RecordLayout } from '@/kit/Page'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { Clause } from '@/kit/Why'
import { ActionBar } from './ActionBar'
import { Answers } from './Answers'
import { type CaseRecord, useCase, usePostNames } from './data'
import { CaseFiles, CaseLinks, History } from './History'
import { Outside } from './Outside'
import { StepList } from './StepList'
import { Amount, CaseGrade, CaseStatus, Due, useMoment, useRemaining } from './words'
import './procedure.css'

const Machine = lazy(() => import('./Machine'))
const Solutions = lazy(() => import('./Solutions'))
const Replies = lazy(withWords(['reply', 'message'], () => import('./Replies')))
const Promises = lazy(withWords(['promise'], () => import('@/kit/promises')))
const FlowPicture = lazy(() => import('@/kit/FlowPicture'))

const route = getRouteApi('/shell/cases/$id')

/** A case: where it stands, what I may do, everything that was said. */
export default function CasePage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const navigate = useNavigate()
  const { data: c, error, refetch } = useCase(id)
  const replies = usePermission('message.read')
  const back = { label: t('app.area.case'), onClick: () => void navigate({ to: '/cases' }) }
  if (error && !c)
    return (
      <Page title={t('app.area.case')} back={back}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (!c)
    return (
      <Page title={t('app.area.case')} back={back}>
        <SkeletonLines lines={8} />
      </Page>
    )
  return (
    <Page title={c.title} back={back} note={c.number} badges={<CaseStatus of={c} />} actions={<Print of={c} />}>
      {c.stuck && <Stuck of={c} />}
      <Warnings of={c} />
      <RecordLayout
        main={
          <>
            <Panel title={t('procedure.record.next')}>
              <Next of={c} />
              <ActionBar record={c} onMoved={() => void refetch()} />
            </Panel>
            {c.forms.map((f) => (
              <Answers key={f.step} record={c} form={f} />
            ))}
            {c.definition && <Picture of={c} />}
            <Panel title={t('procedure.record.history')}>
              <History record={c} />
            </Panel>
          </>
        }
        side={
          <>
            {c.about && <Subject of={c.about} />}
            <Panel title={t('procedure.record.about')}>
              <Facts of={c} />
            </Panel>
            {c.channel === 'web' && <Outside record={c} />}
            {replies && (
              <Suspense>
                <Replies record={c} />
              </Suspense>
            )}
            {c.forms.some((f) => f.step === 'start') && (
              <Suspense>
                <Machine record={c} />
              </Suspense>
            )}
            <Suspense>
              <Solutions caseId={c.id} />
            </Suspense>
            <Panel title={t('procedure.record.steps')}>
              {c.definition && <StepList definition={c.definition} states={c.step_states} />}
            </Panel>
            {c.customer && (
              <Suspense>
                <Promises customer={c.customer} from={{ in: 'case', ref: c.id }} write titled />
              </Suspense>
            )}
            <CaseFiles record={c} />
            <CaseLinks record={c} />
          </>
        }
      />
    </Page>
  )
}

/** The procedure as a picture, with where the case stands; drawn when it is asked for. */
function Picture({ of: c }: { of: CaseRecord }) {
  const { t } = useTranslation()
  const names = usePostNames()
  const [open, setOpen] = useState(false)
  if (!c.definition) return null
  const states = Object.fromEntries(c.step_states.map((s) => [s.key, { state: s.state, decision: s.decision }]))
  return (
    <Panel>
      <details className="ahead" onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{t('procedure.record.picture')}</summary>
        {open && (
          <Suspense fallback={<SkeletonLines lines={6} />}>
            <FlowPicture definition={c.definition} states={states} post={(p) => names[p] ?? p} bare />
          </Suspense>
        )}
      </details>
    </Panel>
  )
}

/** Who must act now, and every clock. */
function Next({ of: c }: { of: CaseRecord }) {
  const { t } = useTranslation()
  const text = useText()
  if (c.status === 'ended' || c.status === 'withdrawn')
    return (
      <p>
        {c.outcome ? t('procedure.record.ended_as', { how: text(c.outcome.title) }) : t(`procedure.status.${c.status}`)}
        {c.fact_id && <span className="muted"> {t('procedure.record.became_fact')}</span>}
      </p>
    )
  return (
    <>
      <ul className="tasks">
        {c.tasks.map((task) => (
          <li key={task.seat}>
            <b>{task.kind === 'extend' ? t('procedure.inbox.extend') : text(task.title)}</b>{' '}
            <span className="muted">
              {text(task.post_name) || task.post}
              {task.claimed.name
                ? ` · ${task.claimed.name}`
                : task.holders.length > 0 &&
                  ` · ${task.holders.map((h) => h.acts_name || h.name).join(t('kit.list_comma'))}`}
            </span>
            {task.stuck && <span className="due-late"> {t('procedure.stuck')}</span>}
          </li>
        ))}
      </ul>
      <Clocks of={c} />
    </>
  )
}

function Clocks({ of: c }: { of: CaseRecord }) {
  const { t } = useTranslation()
  const text = useText()
  const remaining = useRemaining()
  const { moment } = useMoment()
  const step = (key: string) => text(c.definition?.steps?.find((s) => s.key === key)?.title)
  if (c.clocks.length === 0) return <p className="muted">{t('procedure.clock.none')}</p>
  return (
    <ul className="clocks">
      {c.clocks.map((k) => (
        <li key={k.step} className={k.remaining < 0 ? 'due-late' : k.remaining < 86_400 ? 'due-near' : undefined}>
          <span>{k.step ? step(k.step) : t('procedure.clock.whole')}</span>
          <b className="num">{k.paused ? t('procedure.clock.paused') : remaining(k.remaining)}</b>
          <span className="muted num">
            {moment(k.due_at)} {k.assumed && t('procedure.clock.assumed')} {k.clause && <Clause clause={k.clause} />}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Facts({ of: c }: { of: CaseRecord }) {
  const { t } = useTranslation()
  const text = useText()
  const { moment } = useMoment()
  const items = [
    {
      label: t('procedure.customer'),
      value: c.customer && (
        <span className="card-row">
          <CustomerLink id={c.customer.id}>{c.customer.name}</CustomerLink>
          <CaseGrade of={c} scheme={c.definition?.grade_scheme} />
        </span>
      ),
    },
    { label: t('procedure.procedure'), value: `${text(c.procedure.title)} · ${c.version}` },
    { label: t('procedure.class'), value: text(c.class?.title) },
    {
      label: t('procedure.channel'),
      value: c.channel && t(`procedure.channels.${c.channel}`, { defaultValue: c.channel }),
    },
    { label: t('procedure.amount'), value: c.amount ? <Amount of={c} /> : '' },
    { label: t('procedure.received'), value: moment(c.received_at) },
    { label: t('procedure.due'), value: <Due at={c.due_at} over={c.ended_at !== ''} /> },
    { label: t('procedure.starter'), value: c.starter.name },
    { label: t('procedure.owner'), value: c.owner.name },
  ]
  return <Fields items={items.filter((i) => i.value)} />
}

/** What whoever decides must know of the subject of an approval. */
function Subject({ of: about }: { of: NonNullable<CaseRecord['about']> }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const text = useText()
  return (
    <Panel title={text(about.title)}>
      <Fields items={about.facts.map((f) => ({ label: text(f.title), value: text(f.value) }))} />
      {about.page && (
        <button type="button" className="text-button" onClick={() => void navigate({ href: about.page })}>
          {t('procedure.record.show_subject')}
        </button>
      )}
    </Panel>
  )
}

function Stuck({ of: c }: { of: CaseRecord }) {
  const { t } = useTranslation()
  const can = c.may.some((m) => m.act === 'assign' || m.act === 'skip')
  return (
    <p className="alarm" role="alert">
      {t('procedure.record.stuck')} {can && t('procedure.record.stuck_way_out')}
    </p>
  )
}

function Warnings({ of: c }: { of: CaseRecord }) {
  const { t } = useTranslation()
  return c.warnings.map((w) => (
    <p key={`${w.code}${w.year}`} className="caution">
      {t(`procedure.warning.${w.code.replace('case.', '')}`, { year: w.year, defaultValue: w.code })}
    </p>
  ))
}

function Print({ of: c }: { of: CaseRecord }) {
  const { t } = useTranslation()
  return (
    <Button
      icon={<Printer size={16} strokeWidth={1.75} />}
      aria-label={`${t('procedure.print')} ${c.number}`}
      onClick={() => window.print()}
    >
      {t('procedure.print')}
    </Button>
  )
}
