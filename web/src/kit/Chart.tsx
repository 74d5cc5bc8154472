import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChartSpec } from './chartSpec'
import { decimal } from './format'

const EChart = lazy(() => import('./EChart'))

/** A chart with its figures behind it: a switch shows the same data as a table. */
export function Chart({ spec, height = 240 }: { spec: ChartSpec; height?: 160 | 200 | 240 | 320 }) {
  const { t } = useTranslation()
  const [table, setTable] = useState(false)
  return (
    <figure className="chart">
      <figcaption>
        <span className="chart-legend">
          {spec.series.length > 1 &&
            spec.series.map((s, i) => (
              <span key={s.name} className={`legend legend-${i}`}>
                {s.name}
              </span>
            ))}
        </span>
        <button type="button" className="text-button" aria-pressed={table} onClick={() => setTable(!table)}>
          {t(table ? 'kit.chart.as_chart' : 'kit.chart.as_table')}
        </button>
      </figcaption>
      {table ? (
        <DataBehind spec={spec} />
      ) : (
        <Suspense fallback={<div className={`chart-box chart-${height}`} />}>
          <EChart spec={spec} height={height} />
        </Suspense>
      )}
    </figure>
  )
}

function DataBehind({ spec }: { spec: ChartSpec }) {
  return (
    <div className="chart-table">
      <table className="plain">
        <caption className="offscreen">{spec.label}</caption>
        <thead>
          <tr>
            <th scope="col">{spec.axis}</th>
            {spec.series.map((s) => (
              <th key={s.name} scope="col" className="right">
                {s.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {spec.categories.map((c, i) => (
            <tr key={c}>
              <th scope="row" className="num">
                {c}
              </th>
              {spec.series.map((s) => (
                <td key={s.name} className="right num">
                  {s.values[i] == null ? '—' : (spec.format?.(s.values[i]) ?? decimal(String(s.values[i])))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
