import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { FileSpreadsheet, Printer } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas } from '@/api/client'
import { asApiError, errorText } from '@/api/error'
import { useKeyFor } from '@/api/useKeyFor'
import { CaseLink } from '@/kit/CaseLink'
import { Choice } from '@/kit/Choice'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { DateInput } from '@/kit/DateInput'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Page } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import { REGISTER_PATH, type Register, useRefreshLines } from './data'
import type { RegisterSearch } from './routes'
import './procedure.css'

const RegisterEntry = lazy(() => import('./RegisterEntry'))

type Line = Schemas['ProcedureLineView']

const route = getRouteApi('/shell/registers')
const keyOf = (r: Register) => `${r.rulebook}/${r.procedure.key}`

/** A register, such as that of visitors: a day's lines, entered and ticked off at reception. */
export default function RegisterPage() {
  const { t } = useTranslation()
  const registers = api.useQuery('get', '/api/v1/registers', {}, { staleTime: 300_000 })
  return (
    <QueryView query={registers} lines={8}>
      {(data) => {
        if (data.items.length === 0)
          return (
            <Page title={t('procedure.register.title')}>
              <EmptyState title={t('procedure.register.none')} hint={t('procedure.register.none_hint')} />
            </Page>
          )
        return <Chosen list={data.items} />
      }}
    </QueryView>
  )
}

function Chosen({ list }: { list: Register[] }) {
  const { t } = useTranslation()
  const text = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: RegisterSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const register = list.find((r) => keyOf(r) === search.of) ?? list[0]
  if (!register) return null
  const day = search.day ?? register.today
  return (
    <Page
      title={text(register.procedure.title)}
      fill
      back={{ label: t('app.area.case'), onClick: () => void navigate({ to: '/cases' }) }}
      actions={register.may_export && <Downloads register={register} day={day} />}
    >
      {list.length > 1 && (
        <Choice
          label={t('procedure.register.title')}
          options={list.map((r) => ({ value: keyOf(r), label: text(r.procedure.title) }))}
          value={keyOf(register)}
          onChange={(of) => set({ of })}
        />
      )}
      {register.may_enter && day === register.today && (
        <Suspense>
          <RegisterEntry key={keyOf(register)} register={register} />
        </Suspense>
      )}
      <Lines key={keyOf(register)} register={register} day={day} present={search.present ?? false} set={set} />
    </Page>
  )
}

function Downloads({ register: r, day }: { register: Register; day: string }) {
  const { t, i18n } = useTranslation()
  const link = (format: string) =>
    `/api/v1/registers/${r.rulebook}/${r.procedure.key}/export?${new URLSearchParams({ format, lang: i18n.language, from: day, to: day })}`
  return (
    <>
      <Button icon={<Printer size={16} strokeWidth={1.75} />} href={link('pdf')} download>
        {t('procedure.register.print')}
      </Button>
      <Button icon={<FileSpreadsheet size={16} strokeWidth={1.75} />} href={link('xlsx')} download>
        {t('procedure.xlsx')}
      </Button>
    </>
  )
}

interface LinesProps {
  register: Register
  day: string
  present: boolean
  set: (patch: RegisterSearch) => void
}

function Lines({ register: r, day, present, set }: LinesProps) {
  const { t } = useTranslation()
  const text = useText()
  const query = api.useInfiniteQuery(
    'get',
    REGISTER_PATH,
    {
      params: {
        path: { rulebook: r.rulebook, procedure: r.procedure.key },
        query: present ? { present } : { from: day, to: day },
      },
    },
    { ...byCursor, placeholderData: keepPreviousData },
  )
  const first = r.columns[0]?.key ?? ''
  return (
    <DataTable<Line>
      id={`register-${r.procedure.key}`}
      label={text(r.procedure.title)}
      columns={useColumns(r)}
      rows={query.data?.pages.flatMap((p) => p.items)}
      rowKey={(l) => l.id}
      rowLabel={(l) => `${l.number} ${text(l.values[first])}`}
      error={query.error}
      onRetry={() => void query.refetch()}
      refreshing={query.isRefetching}
      more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
      bar={
        <div className="row register-bar">
          {!present && (
            <DateInput
              aria-label={t('procedure.register.day')}
              value={day}
              max={r.today}
              onChange={(v) => set({ day: v })}
            />
          )}
          {r.leaves && (
            <Choice
              label={t('procedure.register.show')}
              options={[
                { value: 'day', label: t('procedure.register.of_day') },
                { value: 'present', label: t('procedure.register.present') },
              ]}
              value={present ? 'present' : 'day'}
              onChange={(v) => set({ present: v === 'present' || undefined })}
            />
          )}
          {!r.whole && <span className="muted">{t('procedure.register.part')}</span>}
        </div>
      }
      card={(l) => <Card register={r} line={l} />}
      empty={
        <EmptyState
          title={t(present ? 'procedure.register.nobody_here' : 'procedure.register.empty')}
          hint={r.may_enter ? t('procedure.register.empty_hint') : undefined}
        />
      }
    />
  )
}

function Card({ register: r, line: l }: { register: Register; line: Line }) {
  const text = useText()
  const [first, ...rest] = r.columns
  return (
    <>
      <div className="card-row">
        <Name line={l} column={first?.key ?? ''} card />
        <Left register={r} line={l} />
      </div>
      <span className="muted">
        <Hour at={l.received_at} zone={r.zone} /> ·{' '}
        {rest
          .map((c) => text(l.values[c.key]))
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  )
}

/** The first entry of a line; a way to its case where the reader may open it. */
function Name({ line: l, column, card }: { line: Line; column: string; card?: boolean }) {
  const text = useText()
  const name = text(l.values[column]) || l.number
  if (!l.may_open) return <b>{name}</b>
  return (
    <CaseLink to={`/cases/${l.id}`} className={card ? 'card-link' : 'link'}>
      {name}
    </CaseLink>
  )
}

/** The hour of a moment where the register is kept, `HH:MM`. */
const hourIn = (zone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: zone }).format(at)

function Hour({ at, zone }: { at: string; zone: string }) {
  return <time className="num">{hourIn(zone, new Date(at))}</time>
}

function useColumns(r: Register): Column<Line>[] {
  const { t } = useTranslation()
  const text = useText()
  const numbers = new Set(
    r.definition?.forms?.flatMap((f) => f.fields ?? []).flatMap((f) => (f.type === 'number' ? [f.key] : [])),
  )
  const values = r.columns.map(
    (c, i): Column<Line> => ({
      key: c.key,
      title: text(c.title),
      width: i === 0 ? 220 : numbers.has(c.key) ? 80 : 140,
      fixed: i === 0,
      locked: i === 0,
      align: numbers.has(c.key) ? 'right' : undefined,
      render: (l) =>
        i === 0 ? <Name line={l} column={c.key} /> : text(l.values[c.key]) || <span className="none">—</span>,
    }),
  )
  const [first, ...rest] = values
  if (!first) return []
  return [
    first,
    {
      key: 'time',
      title: t('procedure.register.time'),
      width: 90,
      render: (l) => <Hour at={l.received_at} zone={r.zone} />,
    },
    ...rest,
    {
      key: 'left',
      title: t('procedure.register.left'),
      width: 130,
      locked: true,
      render: (l) => <Left register={r} line={l} />,
    },
    {
      key: 'customer',
      title: t('procedure.customer'),
      width: 200,
      render: (l) =>
        l.customer ? (
          <CustomerLink id={l.customer.id}>{l.customer.name}</CustomerLink>
        ) : (
          <span className="none">—</span>
        ),
    },
    { key: 'number', title: t('procedure.number'), width: 140, render: (l) => <span className="num">{l.number}</span> },
    {
      key: 'starter',
      title: t('procedure.register.entered'),
      width: 110,
      optional: true,
      render: (l) => l.starter.name,
    },
  ]
}

/** When they left, or the button that notes it. */
function Left({ register: r, line: l }: { register: Register; line: Line }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const refresh = useRefreshLines()
  const [keyFor] = useKeyFor()
  const [busy, setBusy] = useState(false)
  if (!r.leaves) return null
  if (!l.present) return l.left ? <span className="num">{l.left}</span> : <span className="none">—</span>
  if (l.leave_seat === 0) return <StatusDot tone="active" label={t('procedure.register.here')} />
  const leave = async () => {
    const at = hourIn(r.zone, new Date())
    const body = {
      act: 'fill' as const,
      seat: l.leave_seat,
      for: l.leave_for || undefined,
      answers: { [r.leaves]: at },
    }
    setBusy(true)
    try {
      await http.POST('/api/v1/cases/{id}/acts', { params: { path: { id: l.id }, header: keyFor(body) }, body })
      void message.success(t('procedure.register.left_done', { at }))
    } catch (e) {
      void message.error(errorText(t, asApiError(e)))
    } finally {
      setBusy(false)
    }
    refresh()
  }
  return (
    <Button size="small" loading={busy} onClick={() => void leave()}>
      {t('procedure.register.leave')}
    </Button>
  )
}
