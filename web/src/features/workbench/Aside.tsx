import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { sentence } from '@/api/error'
import { CustomerLink } from '@/kit/CustomerLink'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades, useSchemes } from '@/kit/grades'
import { Panel } from '@/kit/Page'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { schemesOf, type Workbench } from './settle'

interface Props {
  view: Workbench
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
export function Attention({ view: w }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  if (w.imports.length + w.jobs.length === 0) return null
  return (
    <Panel title={t('workbench.attention')}>
      <ul className="side-list">
        {w.imports.map((m) => (
          <li key={m.id}>
            <a
              className="link side-main"
              href={`/imports/${m.id}`}
              onClick={(e) => {
                if (e.metaKey || e.ctrlKey || e.shiftKey) return
                e.preventDefault()
                void navigate({ href: `/imports/${m.id}` })
              }}
            >
              {m.file_name}
            </a>
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

/** Customers that need somebody's decision. */
export function Gaps({ view: w }: Props) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const navigate = useNavigate()
  const g = w.gaps
  if (!g || g.without_owner + g.without_verdict === 0) return null
  return (
    <Panel title={t('workbench.gaps')}>
      <ul className="side-list">
        {g.without_owner > 0 && (
          <li>
            <a
              className="link side-main"
              href="/customers?filter=owner:in:none"
              onClick={(e) => {
                if (e.metaKey || e.ctrlKey || e.shiftKey) return
                e.preventDefault()
                void navigate({ href: '/customers?filter=owner:in:none' })
              }}
            >
              {t('workbench.without_owner')}
            </a>
            <b className="num">{num(g.without_owner)}</b>
          </li>
        )}
        {g.without_verdict > 0 && (
          <li>
            <Link className="link side-main" to="/grading" search={{ tab: 'without' }}>
              {t('workbench.without_verdict')}
            </Link>
            <b className="num">{num(g.without_verdict)}</b>
          </li>
        )}
      </ul>
    </Panel>
  )
}

const MOVEMENTS_SHOWN = 8

/** Who of my customers went up or down. */
export function Movements({ view: w }: Props) {
  const { t } = useTranslation()
  const grade = useGrades()
  if (w.movements.length === 0) return null
  return (
    <Panel
      title={t('workbench.movements')}
      extra={
        <Link className="text-button" to="/grading" search={{ tab: 'verdicts', direction: 'changed' }}>
          {t('workbench.see_all')}
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

const BIRTHDAYS_SHOWN = 8

/** Whom to congratulate this week. */
export function Birthdays({ view: w }: Props) {
  const { t } = useTranslation()
  const { relativeDay, num } = useFormat()
  if (w.birthdays.length === 0) return null
  const more = w.birthdays.length - BIRTHDAYS_SHOWN
  return (
    <Panel title={t('workbench.birthdays')}>
      <ul className="side-list">
        {w.birthdays.slice(0, BIRTHDAYS_SHOWN).map((b) => (
          <li key={b.contact_id}>
            <span className="side-main">
              <b className="side-name">{b.name}</b>
              {b.title && <span className="muted"> {b.title}</span>}
              <br />
              <CustomerLink id={b.customer_id} className="muted">
                {b.customer_name}
              </CustomerLink>
            </span>
            <span className="num">{relativeDay(b.on, w.today)}</span>
            {b.phone && (
              <a
                className="side-call"
                href={`tel:${b.phone}`}
                aria-label={t('owed.call', { phone: `${b.name} ${b.phone}` })}
              >
                <Phone size={15} strokeWidth={1.75} aria-hidden />
              </a>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="muted">{t('workbench.more_birthdays', { n: num(more) })}</p>}
    </Panel>
  )
}

/** How my customers are spread over the grades. */
export function Grades({ view: w }: Props) {
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
