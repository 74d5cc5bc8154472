import { useTranslation } from 'react-i18next'
import { Chart } from '@/kit/Chart'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import { Matrix } from '@/kit/Matrix'
import { Num } from '@/kit/Money'
import { KeyFigures, Panel } from '@/kit/Page'
import { bpText, directionOf, mixSpec, movedTotals, widest } from './distribution'
import type { TabProps } from './GradingPage'

/** The grades at one look: how they are spread now, who moved last, how the mix went. */
export function OverviewTab(p: TabProps) {
  return (
    <div className="stack">
      <div className="overview">
        <Distribution {...p} />
        <Movement {...p} />
      </div>
      <History {...p} />
    </div>
  )
}

function Distribution({ scheme, overview: o, set }: TabProps) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const words = useGradeIn(scheme.scheme)
  const rows = o.now.filter((r) => r.code !== '' || r.count > 0)
  const max = widest(rows)
  return (
    <Panel
      title={t('grading.distribution')}
      extra={<span className="muted num">{t('grading.total', { n: num(o.total) })}</span>}
    >
      <ul className="bars">
        {rows.map((r) => {
          const w = words(r.code)
          return (
            <li key={r.code}>
              <button
                type="button"
                className="bar-row"
                onClick={() =>
                  set(r.code === '' ? { tab: 'without' } : { tab: 'verdicts', code: r.code, direction: undefined })
                }
              >
                <span className="bar-tag">
                  <GradeTag {...w} />
                </span>
                <meter className="why-bar" min={0} max={max} value={r.count} aria-hidden />
                <span className="num bar-count">{num(r.count)}</span>
                <span className="num muted bar-share">{bpText(r.share_bp)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

function Movement({ scheme, overview: o, set }: TabProps) {
  const { t } = useTranslation()
  const words = useGradeIn(scheme.scheme)
  const moved = movedTotals(o.moves)
  const figures = [
    { label: t('grading.direction.up'), value: <Num value={moved.up} /> },
    { label: t('grading.direction.down'), value: <Num value={moved.down} /> },
    { label: t('grading.direction.first'), value: <Num value={moved.first} /> },
    { label: t('grading.direction.aside'), value: <Num value={moved.aside} /> },
  ]
  return (
    <Panel title={t('grading.movement')} extra={o.last && <span className="muted num">{o.last.as_of}</span>}>
      <KeyFigures items={figures} />
      {o.moves.length === 0 ? (
        <EmptyState title={t('grading.no_movement')} />
      ) : (
        <Matrix
          label={t('grading.movement')}
          codes={(scheme.scheme.labels ?? []).map((l) => l.code)}
          cells={o.moves}
          words={words}
          onCell={(c) =>
            set(
              c.to === ''
                ? { tab: 'without' }
                : { tab: 'verdicts', code: c.to, direction: directionOf(c), run: o.last?.id },
            )
          }
        />
      )}
    </Panel>
  )
}

function History({ scheme, overview: o }: TabProps) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const words = useGradeIn(scheme.scheme)
  if (o.history.length < 2) return null
  const spec = mixSpec(
    o.history.map((r) => ({ as_of: r.as_of, counts: { ...r.counts, '': r.without_verdict } })),
    (scheme.scheme.labels ?? []).map((l) => l.code),
    { label: t('grading.history'), axis: t('grading.as_of_short'), grade: (c) => words(c).label, num: (n) => num(n) },
  )
  return (
    <Panel title={t('grading.history')}>
      <Chart spec={spec} height={240} />
    </Panel>
  )
}
