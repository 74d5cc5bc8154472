import { useTranslation } from 'react-i18next'
import { sentence } from '@/api/error'
import { decimal } from '@/kit/format'
import { type Field, type Preview, useFieldLabel } from './data'
import { sourceOf } from './mapping'

const numeric = new Set(['amount', 'quantity', 'price'])
/** Figures that are worked out or filled in where the file has no column for them. */
const derived = ['amount', 'currency', 'status']

/** The first rows as they will be understood: below our names, values as they will be kept, what cannot be read marked. */
export function PreviewTable(p: {
  preview: Preview
  mapping: Record<string, string>
  fields: Field[]
  headerRow?: number
}) {
  const { t } = useTranslation()
  const label = useFieldLabel(p.fields)
  const { preview, mapping } = p
  const first = (p.headerRow || 1) + 1
  const read = (i: number, name: string) => preview.read[i]?.values[name]
  const filled = (name: string) => derived.includes(name) && preview.read.some((r) => r.values[name])
  const names = [
    ...p.fields.map((f) => f.name).filter((n) => mapping[n] || filled(n)),
    ...Object.keys(mapping).filter((n) => mapping[n] && !p.fields.some((f) => f.name === n)),
  ]
  const raw = (row: string[] | null, name: string) => {
    const s = sourceOf(mapping[name])
    if (s.kind === 'constant') return s.text
    return s.kind === 'column' ? (row?.[preview.header.indexOf(s.header)] ?? '') : ''
  }
  const shown = (name: string, value: string) =>
    name === 'status' ? t(`importer.fact_status.${value}`, { defaultValue: value }) : value
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section tabIndex={0} className="sheet" aria-label={t('importer.preview')}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col" className="right">
              {t('importer.line')}
            </th>
            {names.map((n) => (
              <th key={n} scope="col" className={numeric.has(n) ? 'right' : undefined}>
                {label(n)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row, i) => (
            <tr key={i}>
              <td className="right num muted">{first + i}</td>
              {names.map((n) => {
                const problem = preview.read[i]?.problems.find((x) => x.path === n)
                const value = shown(n, read(i, n) || raw(row, n))
                const classes = [numeric.has(n) && 'right num', problem && 'cell-bad'].filter(Boolean).join(' ')
                return (
                  <td
                    key={n}
                    className={classes || undefined}
                    title={problem ? sentence(t, problem.code, problem.args) : undefined}
                  >
                    {numeric.has(n) ? decimal(value) : value}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
