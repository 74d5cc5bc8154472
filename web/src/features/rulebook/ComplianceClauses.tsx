import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useFormat } from '@/kit/format'
import { KeyFigures, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { Clause } from '@/kit/Why'
import type { ComplyProps } from './ComplianceTab'
import { dutiesOf, type Tallied, tallied } from './comply'

type Complied = Schemas['ComplianceClause']
type Verdicts = Schemas['ComplianceVerdicts']

const tones: Record<Complied['state'], StatusTone> = { kept: 'ok', open: 'active', broken: 'bad', untold: 'neutral' }

/** A number of duties that leads to their list. */
function Duties(p: ComplyProps & { n: number; clause?: string; state?: Tallied; what: string }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  if (p.n === 0) return <span className="none">0</span>
  const clause = p.clause ? t('why.clause', { clause: p.clause }) : text(p.report.title)
  return (
    <Link
      className="link"
      to="/service"
      search={dutiesOf(p.book.id, p.days, p.clause, p.state)}
      aria-label={t('rulebook.comply.list', { clause, what: p.what, n: num(p.n) })}
    >
      {num(p.n)}
    </Link>
  )
}

/** How many customers in scope have a verdict; leads to those without. */
function Coverage({ book, verdicts: v }: ComplyProps & { verdicts: Verdicts }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  return (
    <Link className="link" to="/grading" search={{ rulebook: book.id, tab: v.without > 0 ? 'without' : 'verdicts' }}>
      {t('rulebook.comply.graded', { graded: num(v.graded), total: num(v.in_scope) })}
    </Link>
  )
}

/** The whole of the rulebook in figures. */
export function ComplianceFigures(p: ComplyProps) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { duties, clauses, versions } = p.report
  const verdicts = clauses.find((c) => c.verdicts)?.verdicts
  const figure = (state?: Tallied) => {
    const label = t(`rulebook.comply.${state ?? 'due'}`)
    return { label, value: <Duties {...p} n={duties[state ?? 'due']} state={state} what={label} /> }
  }
  return (
    <Panel>
      <KeyFigures
        items={[
          { label: t('rulebook.comply.rate'), value: duties.rate ? `${duties.rate}%` : '—' },
          figure(),
          ...tallied.map(figure),
          ...(verdicts
            ? [
                {
                  label: t('rulebook.comply.verdicts'),
                  value: <Coverage {...p} verdicts={verdicts} />,
                  hint: [
                    t('rulebook.comply.as_of', { day: verdicts.as_of }),
                    ...(verdicts.without > 0 ? [t('rulebook.comply.without', { n: num(verdicts.without) })] : []),
                  ].join(' · '),
                },
              ]
            : []),
        ]}
      />
      <p className="muted num">
        {t('rulebook.comply.in_force')} {versions.map((v) => t('rulebook.comply.stretch', v)).join(' · ')}
      </p>
    </Panel>
  )
}

/** Per clause what was due and what became of it; those that nothing can tell about are named below. */
export function ComplianceClauses(p: ComplyProps) {
  const { t } = useTranslation()
  const text = useText()
  const onClause = (clause: string) => p.set({ tab: 'clauses', clause })
  const told = p.report.clauses.filter((c) => c.state !== 'untold')
  const untold = p.report.clauses.filter((c) => c.state === 'untold')
  const count = (state?: Tallied) => ({
    key: state ?? 'due',
    title: t(`rulebook.comply.${state ?? 'due'}`),
    num: true,
    render: (c: Complied) =>
      c.duties && (
        <Duties
          {...p}
          n={c.duties[state ?? 'due']}
          clause={c.number}
          state={state}
          what={t(`rulebook.comply.${state ?? 'due'}`)}
        />
      ),
  })
  return (
    <Panel title={t('rulebook.comply.clauses')} flush>
      {told.length > 0 ? (
        <div className="comply-clauses">
          <PlainTable
            rows={told}
            rowKey={(c) => c.number}
            columns={[
              {
                key: 'clause',
                title: t('rulebook.comply.clause'),
                head: true,
                render: (c) => <ClauseName clause={c} onClause={onClause} />,
              },
              {
                key: 'state',
                title: t('rulebook.comply.state'),
                render: (c) => <StatusDot label={t(`rulebook.comply.states.${c.state}`)} tone={tones[c.state]} />,
              },
              count(),
              ...tallied.map(count),
              {
                key: 'rate',
                title: t('rulebook.comply.rate'),
                num: true,
                render: (c) => c.duties?.rate && `${c.duties.rate}%`,
              },
              {
                key: 'verdicts',
                title: t('rulebook.comply.verdicts'),
                num: true,
                render: (c) => c.verdicts && <Coverage {...p} verdicts={c.verdicts} />,
              },
            ]}
          />
        </div>
      ) : (
        <p className="panel-note muted">{t('rulebook.comply.no_duties')}</p>
      )}
      {untold.length > 0 && (
        <details className="comply-untold">
          <summary>{t('rulebook.comply.untold', { count: untold.length })}</summary>
          <ul className="lines">
            {untold.map((c) => (
              <li key={c.number}>
                <Clause clause={c.number} onClause={onClause} />
                <span>{text(c.title)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  )
}

function ClauseName({ clause: c, onClause }: { clause: Complied; onClause: (n: string) => void }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <button type="button" className="text-button comply-name" onClick={() => onClause(c.number)}>
      <span className="num">{c.number}</span>
      {text(c.title) || t(`rulebook.kind.${c.kind}`, { defaultValue: c.kind })}
    </button>
  )
}
