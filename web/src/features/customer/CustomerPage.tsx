import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '@/app/i18n'
import { CopyButton } from '@/kit/CopyButton'
import { ErrorState } from '@/kit/ErrorState'
import { SkeletonLines } from '@/kit/Loading'
import { Page, Panel, RecordLayout, ThumbBar } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'
import { Archive } from './Archive'
import { Business } from './Business'
import { Cases } from './Cases'
import { Contacts } from './Contacts'
import { Duties } from './Duties'
import { type Customer, phoneOf, type RecordView, useCustomer, useRecord } from './data'
import { Badges, Figures } from './Head'
import { Missing } from './Missing'
import { RecordTimeline } from './RecordTimeline'
import { Relations } from './Relations'
import { customerRoute } from './routes'
import { Standings } from './Standings'
import { useRecordActions } from './useRecordActions'

import './customer.css'

const WhyDrawer = lazy(() => import('./WhyDrawer'))
const Decisions = lazy(withWords(['decision'], () => import('./Decisions')))
const Equipment = lazy(withWords(['equipment', 'record', 'fact'], () => import('./Equipment')))
const Deals = lazy(withWords(['record'], () => import('./Deals')))
const Judgements = lazy(withWords(['record'], () => import('./Judgements')))
const Owners = lazy(withWords(['owner'], () => import('./Owners')))
const NextVisit = lazy(withWords(['visit'], () => import('./NextVisit')))
const Gifts = lazy(withWords(['gift'], () => import('./Gifts')))
const SpecialDays = lazy(withWords(['special', 'record', 'customer'], () => import('./SpecialDays')))
const Events = lazy(withWords(['attended'], () => import('./Events')))
const Wishes = lazy(withWords(['message'], () => import('./Wishes')))

/** The 360° page of a customer. */
export default function CustomerPage() {
  const { t } = useTranslation()
  const { id } = customerRoute.useParams()
  const s = customerRoute.useSearch()
  const navigate = useNavigate({ from: customerRoute.fullPath })
  const customer = useCustomer(id)
  const record = useRecord(id)
  const actions = useRecordActions(customer.data, record.data, true)
  const c = customer.data
  const set = (change: { kind?: string; why?: string }) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const why = (verdictID: string) => set({ why: verdictID })
  const back = { label: t('app.area.customer'), onClick: () => void navigate({ to: '/customers' }) }
  if (!c)
    return (
      <Page title={t('record.title')} back={back}>
        <Panel>
          {customer.error ? (
            <Missing error={customer.error} onRetry={() => void customer.refetch()} />
          ) : (
            <SkeletonLines lines={10} />
          )}
        </Panel>
      </Page>
    )
  return (
    <Page
      title={c.name}
      back={back}
      badges={<Badges customer={c} record={record.data} onWhy={why} />}
      note={
        <span className="record-note">
          {c.code}
          <CopyButton text={c.code} what={t('customer.field.code')} />
          {c.owner ? t('record.owned_by', { name: c.owner.name }) : t('customer.nobody')}
        </span>
      }
      actions={actions.buttons}
    >
      {record.error && !record.data ? (
        <ErrorState error={record.error} onRetry={() => void record.refetch()} />
      ) : (
        <Body customer={c} record={record.data} kind={s.kind} onKind={(kind) => set({ kind })} onWhy={why} />
      )}
      <ThumbBar>{actions.thumb}</ThumbBar>
      {actions.dialogs}
      <Suspense>
        {s.why && <WhyDrawer customerID={id} verdictID={s.why} onClose={() => set({ why: undefined })} />}
      </Suspense>
    </Page>
  )
}

interface BodyProps {
  customer: Customer
  record: RecordView | undefined
  kind: string | undefined
  onKind: (kind: string | undefined) => void
  onWhy: (verdictID: string) => void
}

/** The rulebooks that have judged the customer, each once. */
const booksOf = (r: RecordView): string[] => [...new Set(r.standings.map((s) => s.rulebook))]

function Body({ customer: c, record: r, kind, onKind, onWhy }: BodyProps) {
  const { t } = useTranslation()
  const write = usePermission('customer.write') && !c.archived
  const record = usePermission('fact.write') && !c.archived
  return (
    <>
      {r && <Figures record={r} />}
      <RecordLayout
        sideFirst
        main={
          <>
            {r?.may.grades && <Standings record={r} onWhy={onWhy} />}
            <Suspense>{r?.may.grades && <Decisions customerID={c.id} />}</Suspense>
            <Suspense>{r?.may.grades && <Judgements customerID={c.id} books={booksOf(r)} />}</Suspense>
            <Suspense>{r?.may.grades && <Deals customerID={c.id} />}</Suspense>
            {r?.may.facts && <Business record={r} />}
            <Suspense>{r?.may.facts && <Equipment customerID={c.id} write={record} />}</Suspense>
            <Archive customer={c} />
            {r && <Contacts customerID={c.id} contacts={r.contacts} write={write} />}
            <Suspense>{r && <Wishes customerID={c.id} contacts={r.contacts} write={write} />}</Suspense>
            <Suspense>
              {r && <SpecialDays customerID={c.id} person={c.party === 'person'} contacts={r.contacts} write={write} />}
            </Suspense>
            <Suspense>{r?.may.duties && <Gifts customer={c} write={!c.archived} />}</Suspense>
            <Relations customer={c} write={write} />
          </>
        }
        side={
          <>
            <Suspense>{r?.may.duties && <NextVisit record={r} write={!c.archived} phone={phoneOf(c, r)} />}</Suspense>
            <Suspense>{r?.may.duties && <Events customerID={c.id} />}</Suspense>
            {r?.may.duties && <Duties record={r} />}
            <Suspense>{r && <Owners customerID={c.id} name={c.name} />}</Suspense>
            <Cases customerID={c.id} archived={c.archived} />
            <Panel title={t('record.timeline.title')}>
              <RecordTimeline id={c.id} kind={kind} onKind={onKind} onWhy={onWhy} />
            </Panel>
          </>
        }
      />
    </>
  )
}
