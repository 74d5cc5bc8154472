import { useTranslation } from 'react-i18next'
import { useFormat } from './format'
import { GradeTag } from './GradeTag'
import type { GradeWords } from './grades'

/** How many went from one code to another; '' stands for no grade. `direction` is 1 up, -1 down, 0 otherwise. */
export interface MatrixCell {
  from: string
  to: string
  count: number
  direction: number
}

interface Props {
  /** Says what moved between what, for people who cannot see it. */
  label: string
  /** Codes in the order of the scheme, best first; codes that no cell has are left out. */
  codes: string[]
  cells: MatrixCell[]
  words: (code: string) => GradeWords
  /** Opens the list behind a cell; cells that stayed have none unless `stayed`. */
  onCell?: (cell: MatrixCell) => void
  stayed?: boolean
  chosen?: { from: string; to: string }
}

/** usedCodes keeps the codes that occur, in the order given; what the order does not know comes last. */
export function usedCodes(codes: string[], found: string[]): string[] {
  const used = new Set(found)
  const rest = [...used].filter((c) => !codes.includes(c))
  return [...codes, ...rest].filter((c) => used.has(c))
}

/** Who moved from which grade (rows) to which (columns). */
export function Matrix({ label, codes, cells, words, onCell, stayed, chosen }: Props) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const all = [...codes, '']
  const rows = usedCodes(
    all,
    cells.map((c) => c.from),
  )
  const columns = usedCodes(
    all,
    cells.map((c) => c.to),
  )
  const at = (from: string, to: string) => cells.find((c) => c.from === from && c.to === to)
  return (
    <div className="matrix">
      <table>
        <caption className="offscreen">{label}</caption>
        <thead>
          <tr>
            <th scope="col" className="matrix-corner">
              {t('kit.matrix.corner')}
            </th>
            {columns.map((c) => (
              <th key={c} scope="col">
                <GradeTag {...words(c)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((from) => (
            <tr key={from}>
              <th scope="row">
                <GradeTag {...words(from)} />
              </th>
              {columns.map((to) => {
                const cell = at(from, to)
                const on = chosen?.from === from && chosen.to === to
                return (
                  <td key={to} className={from === to ? 'matrix-same' : undefined}>
                    {cell && (from !== to || stayed) && onCell ? (
                      <button
                        type="button"
                        className={`matrix-cell num ${directionClass(cell)}`}
                        aria-pressed={on}
                        aria-label={t('kit.matrix.cell', {
                          from: words(from).label,
                          to: words(to).label,
                          n: num(cell.count),
                        })}
                        onClick={() => onCell(cell)}
                      >
                        {num(cell.count)}
                      </button>
                    ) : (
                      <span className="num">{cell ? num(cell.count) : ''}</span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="matrix-key muted">
        <span className="status s-ok">{t('kit.matrix.up')}</span>
        <span className="status s-bad-dot">{t('kit.matrix.down')}</span>
        <span>{t('kit.matrix.same')}</span>
      </p>
    </div>
  )
}

function directionClass(c: MatrixCell): string {
  if (c.direction > 0) return 'matrix-up'
  return c.direction < 0 ? 'matrix-down' : 'matrix-aside'
}
