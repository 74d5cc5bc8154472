import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { sentence } from '@/api/error'
import { AreaLink } from '@/kit/AreaLink'
import { CustomerLink } from '@/kit/CustomerLink'
import { decimal, useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades, useSchemes } from '@/kit/grades'
import { Panel } from '@/kit/Page'
import { ReadPanel } from '@/kit/ReadPanel'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { schemesOf, type Workbench } from './settle'

interface Of {
  whose: 'mine' | 'unit'
}

interface Seen {
  view: Schemas['WorkbenchCustomersView']
}

const tones: Record<string, StatusTone> = {
  failed: 'bad',
  checked: 'warn',
  uploaded: 'warn',
  running: 'active',
  waiting: 'neutral',
  checking: 'active',
}

/** Imports and jobs of mine that wait for me, run, or failed. */
export function Attention({ view: w }: { view: Workbench }) {
  const { t } = useTranslation()
  if (w.imports.length + w.jobs.length === 0) return null
  return (
    <Panel title={t('workbench.attention')}>
      <ul className="side-list">
        {w.imports.map((m) => (
          <li key={m.id}>
            <AreaLink className="link side-main" to={`/imports/${m.id}`}>
              {m.file_name}
            </AreaLink>
            <StatusDot
              label={t(`workbench.import_state.${m.state}`, { defaultValue: t('workbench.import_state.other') })}
              tone={tones[m.state] ?? 'neutral'}
            />
            {m.error_code && <small className="side-why">{sentence(t, m.error_code)}</small>}
          </li>
        ))}
        {w.jobs.map((j) => (
          <li key={j.id}>
            <span className="side-main">
              {t(`workbench.job.${j.kind.replaceAll('.', '_')}`, { defaultValue: t('workbench.job.other') })}
            </span>
            <StatusDot label={t(`kit.job.${j.state}`)} tone={tones[j.state] ?? 'neutral'} />
            {j.error_code && <small className="side-why">{sentence(t, j.error_code)}</small>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Where each kind of alert is dealt with. */
const places = {
  backup_overdue: '/settings/backup',
  failed_messages: '/messages?tab=log&filter=state:in:failed,unclear',
  without_owner: '/customers?filter=owner:in:none',
  without_verdict: '/grading?tab=without',
} as const

/** What somebody has to decide about: how much of each kind, and where. */
export function Alerts({ whose }: Of) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const query = api.useQuery('get', '/api/v1/workbench/alerts', { params: { query: { whose } } })
  return (
    <ReadPanel query={query} title={t('workbench.alerts')} empty={({ items }) => items.length === 0}>
      {({ items }) => (
        <ul className="side-list">
          {items.map((a) => (
            <li key={a.kind}>
              <AreaLink className="link side-main" to={places[a.kind]}>
                {t(`workbench.alert.${a.kind}`)}
              </AreaLink>
              <b className="num">{a.more ? t('kit.table.over', { n: num(a.n) }) : num(a.n)}</b>
            </li>
          ))}
        </ul>
      )}
    </ReadPanel>
  )
}

const tonesOf: Record<Schemas['WorkbenchFigureView']['state'], StatusTone> = {
  met: 'ok',
  missed: 'bad',
  no_data: 'neutral',
  no_target: 'neutral',
}

/** The shares that rulebooks set a target for, counted over my customers alone. */
export function Targets({ whose }: Of) {
  const { t } = useTranslation()
  const text = useText()
  const query = api.useQuery('get', '/api/v1/workbench/figures', { params: { query: { whose } } })
  return (
    <ReadPanel
      query={query}
      title={t(whose === 'unit' ? 'workbench.figures_unit' : 'workbench.figures')}
      empty={({ items }) => items.length === 0}
      extra={() => <span className="muted">{t('workbench.this_year')}</span>}
    >
      {({ items }) => (
        <ul className="side-list">
          {items.map((f) => (
            <li key={`${f.rulebook} ${f.key}`}>
              <span className="side-main">
                <AreaLink to={`/rulebooks/${f.rulebook}?tab=compliance`}>{text(f.title)}</AreaLink>
                <br />
                <span className="muted">{text(f.book)}</span>
              </span>
              <span className="target num">
                <StatusDot
                  tone={tonesOf[f.state]}
                  label={f.value === '' ? t('workbench.no_data') : `${decimal(f.value)}%`}
                />
                <small className="muted">{t('workbench.target', { n: decimal(f.target) })}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </ReadPanel>
  )
}

/** Who moved between grades, whom to congratulate, and how my customers are spread: one read, since each alone is little. */
export function Customers({ whose }: Of) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/workbench/customers', { params: { query: { whose } } })
  if (query.data === undefined)
    return (
      <ReadPanel query={query} title={t('workbench.movements')}>
        {() => null}
      </ReadPanel>
    )
  return (
    <>
      <SpecialDays view={query.data} />
      <Movements view={query.data} />
      <Grades view={query.data} />
    </>
  )
}

const MOVEMENTS_SHOWN = 8

/** Who of my customers went up or down. */
function Movements({ view: w }: Seen) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const grade = useGrades()
  if (w.movements.length === 0) return null
  return (
    <Panel
      title={t('workbench.movements')}
      extra={
        <Link className="text-button" to="/grading" search={{ tab: 'verdicts', direction: 'changed' }}>
          <span className="moved num">
            <ArrowUp size={14} className="moved-up" aria-label={t('workbench.risen')} />
            {num(w.up)}
            <ArrowDown size={14} className="moved-down" aria-label={t('workbench.fallen')} />
            {num(w.down)}
            {w.more && '+'}
          </span>
        </Link>
      }
    >
      <ul className="side-list">
        {w.movements.slice(0, MOVEMENTS_SHOWN).map((m) => (
          <li key={`${m.customer_id}-${m.run_id}`}>
            <span className="side-main">
              <CustomerLink id={m.customer_id}>{m.name}</CustomerLink>
            </span>
            <span className="moved">
              <GradeTag {...grade(m.scheme, m.from)} />
              {m.direction === 'up' ? (
                <ArrowUp size={14} className="moved-up" aria-label={t('workbench.up')} />
              ) : (
                <ArrowDown size={14} className="moved-down" aria-label={t('workbench.down')} />
              )}
              <GradeTag {...grade(m.scheme, m.to)} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const DAYS_SHOWN = 8

/** Whom to congratulate this week, and on what. */
function SpecialDays({ view: w }: Seen) {
  const { t } = useTranslation()
  const { relativeDay, num } = useFormat()
  if (w.days.length === 0) return null
  const more = w.days.length - DAYS_SHOWN
  return (
    <Panel title={t('workbench.days')}>
      <ul className="side-list">
        {w.days.slice(0, DAYS_SHOWN).map((d) => (
          <li key={`${d.customer_id} ${d.contact_id} ${d.day} ${d.on}`}>
            <span className="side-main">
              <b className="side-name">{d.name || d.day}</b>
              {d.title && <span className="muted"> {d.title}</span>}
              {d.name && d.day && <span className="muted"> {d.day}</span>}
              {d.lunar && <span className="tag">{t('workbench.lunar')}</span>}
              <br />
              <CustomerLink id={d.customer_id} className="muted">
                {d.customer_name}
              </CustomerLink>
            </span>
            <span className="num">{relativeDay(d.on, w.today)}</span>
            {d.phone && (
              <a
                className="side-call"
                href={`tel:${d.phone}`}
                aria-label={t('owed.call', { phone: `${d.name} ${d.phone}` })}
              >
                <Phone size={15} strokeWidth={1.75} aria-hidden />
              </a>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="muted">{t('workbench.more_days', { n: num(more) })}</p>}
    </Panel>
  )
}

/** How my customers are spread over the grades. */
function Grades({ view: w }: Seen) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const grade = useGrades()
  const schemes = useSchemes()
  return schemesOf(w.grades).map((s) => (
    <Panel
      key={s.scheme}
      title={text(schemes.data?.items.find((x) => x.scheme.id === s.scheme)?.scheme.title) || t('workbench.grades')}
      extra={<span className="muted num">{t('workbench.customers', { n: num(s.total) })}</span>}
    >
      <ul className="side-bars">
        {s.rows.map((r) => {
          const words = grade(s.scheme, r.code)
          return (
            <li key={r.code}>
              <GradeTag {...words} />
              <meter
                className="why-bar"
                min={0}
                max={s.total}
                value={r.customers}
                aria-label={t('workbench.bar', { grade: words.label, n: num(r.customers) })}
              />
              <span className="num">{num(r.customers)}</span>
            </li>
          )
        })}
      </ul>
    </Panel>
  ))
}
