import type { ReactNode } from 'react'

/** A column of a plain table in a tab. */
export interface TabColumn<T> {
  key: string
  title: string
  /** The column that names the row. */
  head?: boolean
  num?: boolean
  render: (row: T) => ReactNode
}

/** A short table of a tab: rows that become cards on the phone. */
export function TabTable<T>(p: { rows: T[]; rowKey: (row: T) => string; columns: TabColumn<T>[]; note?: string }) {
  return (
    <>
      {p.note && <p className="panel-note muted">{p.note}</p>}
      <div className="plain-wrap">
        <table className="plain plain-cards">
          <thead>
            <tr>
              {p.columns.map((c) => (
                <th key={c.key} scope="col">
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
                    <th key={c.key} scope="row" className={c.num ? 'num' : undefined}>
                      {c.render(row)}
                    </th>
                  ) : (
                    <td key={c.key} data-label={c.title} className={c.num ? 'num' : undefined}>
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
