import type { ReactNode } from 'react'

/** A column of a plain table. */
export interface PlainColumn<T> {
  key: string
  title: string
  /** The column that names the row. */
  head?: boolean
  num?: boolean
  /** Figures that are compared down the column stand at the right. */
  right?: boolean
  render: (row: T) => ReactNode
}

interface Props<T> {
  rows: T[]
  rowKey: (row: T) => string
  columns: PlainColumn<T>[]
  /** What the table is, for people who cannot see where it stands. */
  caption?: string
  note?: string
}

const classOf = (c: { num?: boolean; right?: boolean }): string | undefined =>
  [c.right && 'right', c.num && 'num'].filter(Boolean).join(' ') || undefined

/** A short table that shows all its rows, which become cards on the phone. */
export function PlainTable<T>(p: Props<T>) {
  return (
    <>
      {p.note && <p className="panel-note muted">{p.note}</p>}
      <div className="plain-wrap">
        <table className="plain plain-cards">
          {p.caption && <caption className="offscreen">{p.caption}</caption>}
          <thead>
            <tr>
              {p.columns.map((c) => (
                <th key={c.key} scope="col" className={classOf({ right: c.right })}>
                  {c.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {p.rows.map((row) => (
              <tr key={p.rowKey(row)}>
                {p.columns.map((c) =>
                  c.head ? (
                    <th key={c.key} scope="row" className={classOf(c)}>
                      {c.render(row)}
                    </th>
                  ) : (
                    <td key={c.key} data-label={c.title} className={classOf(c)}>
                      {c.render(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
