import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateText } from './DateText'
import { GradeTag, type GradeTone } from './GradeTag'

/** One item of a scorecard or one rule that fired. Figures are texts, already formatted by the caller. */
export interface WhyItem {
  label: string
  /** What the measure came to, for example `1,250 万`. */
  value: string
  /** Which band it fell into. */
  band?: string
  points?: string
  maxPoints?: string
  /** Share of the possible points, 0 to 100, for the bar. */
  filled?: number
  clause?: string
  assumed?: boolean
}

/** One change that would raise or lower the grade. */
export interface WhyStep {
  label: string
  need: string
  have: string
  /** How much is missing; empty where no figure fits. */
  gap: string
  /** The points it brings or costs. */
  points?: string
  /** This change alone is enough. */
  enough?: boolean
}

interface WhyInput {
  label: string
  value: string
  missing?: boolean
  assumed?: boolean
  /** First and last day of what was read; no `from` means everything up to `to`. */
  from?: string
  to?: string
  /** Which customers were compared or added up, and what was converted. */
  notes?: string[]
}

/** The explanation of one stored verdict. */
export interface WhyVerdict {
  grade: string
  tone?: GradeTone
  score?: string
  maxScore?: string
  rulebook: string
  version: string
  asOf: string
  effectiveFrom?: string
  effectiveTo?: string
  /** The clause that sets the bands. */
  clause?: string
  /** Why there is no grade. */
  reason?: string
  /** Why the grade is for the time being only. */
  provisional?: string
  /** The condition that matched, in words. */
  band?: string
  vetoes?: { label: string; effect: string; clause?: string }[]
  items: WhyItem[]
  inputs: WhyInput[]
  /** Settings of the company that were used. */
  settings?: WhyInput[]
  /** What is missing for the next grade; undefined at the top. */
  next?: { grade: string; missing: WhyStep[]; total?: string }
  /** What would lose the grade. */
  keep?: { grade: string; margin?: string; ways: WhyStep[] }
  /** Says so where there is no next grade; without it a verdict without `next` counts as the top. */
  isTop?: boolean
  /** The clauses that are cited, in the words of the version that judged. */
  clauses?: { number: string; title: string; text: string }[]
  /** A better grade that waits for signatures, in words. */
  proposed?: { text: string; clause?: string }
  /** A reasoned decision that replaced the computed grade. */
  override?: {
    from: string
    reason: string
    by: string
    on: string
    until?: string
    basis?: { rulebook: string; clause: string }
  }
  /** Grades of earlier schemes that people decided on, in words. */
  decidedSchemes?: string[]
}

/** Why a customer has its grade: points per item with their clauses, what is missing for the next grade, the inputs. */
export function Why({ verdict: v, onClause }: { verdict: WhyVerdict; onClause?: (clause: string) => void }) {
  const [open, setOpen] = useState<string>()
  const show = onClause ?? (v.clauses?.length ? setOpen : undefined)
  return (
    <div className="why">
      <Head v={v} onClause={show} />
      <Items items={v.items} onClause={show} />
      {v.vetoes && v.vetoes.length > 0 && <Vetoes vetoes={v.vetoes} onClause={show} />}
      <Outlook v={v} />
      {v.clauses && v.clauses.length > 0 && <Clauses clauses={v.clauses} open={open} onOpen={setOpen} />}
      <Inputs title="inputs" inputs={v.inputs} />
      {v.settings && <Inputs title="settings" inputs={v.settings} />}
    </div>
  )
}

function Head({ v, onClause }: { v: WhyVerdict; onClause?: (c: string) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <div className="why-head">
        <GradeTag label={v.grade} tone={v.tone} />
        {v.score && (
          <span className="why-score num">
            {v.score}
            {v.maxScore && <small> / {v.maxScore}</small>}
          </span>
        )}
        <span className="grow" />
        <span className="muted">
          {t('why.source', { rulebook: v.rulebook, version: v.version })} · <DateText value={v.asOf} />
        </span>
      </div>
      {(v.reason || v.band) && (
        <p className="why-band">
          {v.reason ?? v.band} <Clause clause={v.clause} onClause={onClause} />
        </p>
      )}
      {v.provisional && <p className="why-override">{v.provisional}</p>}
      {v.proposed && (
        <p className="why-override">
          {v.proposed.text} <Clause clause={v.proposed.clause} onClause={onClause} />
        </p>
      )}
      {v.override && (
        <p className="why-override">
          {t('why.override', {
            from: v.override.from,
            by: v.override.by,
            on: v.override.on,
            reason: v.override.reason,
          })}{' '}
          {v.override.until && t('why.override_until', { until: v.override.until })}{' '}
          {v.override.basis && t('why.override_by', v.override.basis)}
        </p>
      )}
      {v.decidedSchemes?.map((line) => (
        <p key={line} className="why-override">
          {line}
        </p>
      ))}
    </>
  )
}

function Items({ items, onClause }: { items: WhyItem[]; onClause?: (c: string) => void }) {
  const { t } = useTranslation()
  if (items.length === 0) return null
  return (
    <section>
      <h3>{t('why.items')}</h3>
      <ul className="why-items">
        {items.map((i) => (
          <li key={i.label}>
            <div className="why-line">
              <span>{i.label}</span>
              <Clause clause={i.clause} onClause={onClause} />
              {i.assumed && <Assumed />}
              <span className="grow" />
              <span className="num why-points">
                {i.points ?? i.value}
                {i.points && i.maxPoints && <small> / {i.maxPoints}</small>}
              </span>
            </div>
            {i.filled !== undefined && (
              <meter className="why-bar" min={0} max={100} value={i.filled} aria-label={i.label} />
            )}
            <div className="muted num">
              {i.points ? i.value : ''}
              {i.band && `${i.points ? ' · ' : ''}${i.band}`}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The mark of a value that the text of the regulation does not give. */
export function Assumed() {
  const { t } = useTranslation()
  return (
    <span className="assumed" title={t('why.assumed_hint')}>
      {t('why.assumed')}
    </span>
  )
}

/** The number of a clause; a button when the page can show the clause. */
export function Clause({ clause, onClause }: { clause?: string; onClause?: (c: string) => void }) {
  const { t } = useTranslation()
  if (!clause) return null
  const text = t('why.clause', { clause })
  if (!onClause) return <span className="clause num">{text}</span>
  return (
    <button type="button" className="clause num" onClick={() => onClause(clause)}>
      {text}
    </button>
  )
}

function Vetoes({ vetoes, onClause }: { vetoes: NonNullable<WhyVerdict['vetoes']>; onClause?: (c: string) => void }) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>{t('why.vetoes')}</h3>
      <ul className="why-steps">
        {vetoes.map((x) => (
          <li key={x.label}>
            <span>{x.label}</span>
            <Clause clause={x.clause} onClause={onClause} />
            <b>{x.effect}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What leads up and what would lead down. */
function Outlook({ v }: { v: WhyVerdict }) {
  const { t } = useTranslation()
  const top = v.isTop ?? !v.next
  return (
    <>
      {v.next && (
        <section className="why-next">
          <h3>
            {t('why.next', { grade: v.next.grade })}
            {v.next.total && <b className="num"> {v.next.total}</b>}
          </h3>
          <Steps steps={v.next.missing} />
        </section>
      )}
      {top && !v.reason && <p className="why-top">{t('why.top')}</p>}
      {v.keep && v.keep.ways.length > 0 && (
        <section className="why-keep">
          <h3>
            {t('why.keep', { grade: v.keep.grade })}
            {v.keep.margin && <span className="num"> {t('why.margin', { margin: v.keep.margin })}</span>}
          </h3>
          <Steps steps={v.keep.ways} />
        </section>
      )}
    </>
  )
}

function Steps({ steps }: { steps: WhyStep[] }) {
  const { t } = useTranslation()
  return (
    <ul className="why-steps">
      {steps.map((m) => (
        <li key={m.label}>
          <span>{m.label}</span>
          <span className="muted num">{t('why.need', { need: m.need, have: m.have })}</span>
          {(m.gap || m.points) && (
            <b className="num">
              {m.gap && t('why.gap', { gap: m.gap })}
              {m.points && <small> {t('why.points', { points: m.points })}</small>}
            </b>
          )}
        </li>
      ))}
    </ul>
  )
}

function Clauses(p: { clauses: NonNullable<WhyVerdict['clauses']>; open?: string; onOpen: (n?: string) => void }) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>{t('why.clauses')}</h3>
      {p.clauses.map((c) => (
        <details
          key={c.number}
          className="why-clause"
          open={p.open === c.number}
          onToggle={(e) => e.currentTarget.open && p.onOpen(c.number)}
        >
          <summary>
            <span className="num">{c.number}</span> {c.title}
          </summary>
          <p>{c.text}</p>
        </details>
      ))}
    </section>
  )
}

function Inputs({ title, inputs }: { title: 'inputs' | 'settings'; inputs: WhyInput[] }) {
  const { t } = useTranslation()
  if (inputs.length === 0) return null
  return (
    <details className="why-inputs">
      <summary>{t(`why.${title}`, { n: inputs.length })}</summary>
      <dl>
        {inputs.map((i) => (
          <div key={i.label}>
            <dt>
              {i.label}
              {i.to && <small className="num"> {i.from ? `${i.from} – ${i.to}` : t('why.until', { day: i.to })}</small>}
              {i.notes?.map((note) => (
                <small key={note}> · {note}</small>
              ))}
            </dt>
            <dd className="num">
              {i.missing ? t('why.no_data') : i.value}
              {i.assumed && <Assumed />}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
