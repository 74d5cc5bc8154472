import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { stringifySearch } from '@/app/search'
import { AreaLink } from '@/kit/AreaLink'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { type Scheme, useGradeIn } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import { countsOf, heatOf, MAX_CROSS, shownOf } from './cross'
import type { SchemeOf } from './GradingPage'
import type { GradingSearch } from './routes'

type Cross = Schemas['GradingCrossView']

interface Props {
  rulebook: string
  /** The schemes of the rulebook. */
  axes: SchemeOf[]
  search: GradingSearch
  set: (patch: GradingSearch) => void
}

/** How the customers are spread over the combinations of two or three parallel schemes; each number opens its list. */
export function CrossTab({ rulebook, axes, search, set }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const chosen = search.across ?? axes.slice(0, MAX_CROSS).map((a) => a.scheme.id)
  const query = api.useQuery(
    'get',
    '/api/v1/grading/combinations',
    { params: { query: { rulebook, scheme: chosen } } },
    { enabled: chosen.length > 1 },
  )
  return (
    <Panel
      title={t('grading.tab.cross')}
      extra={query.data && <span className="muted num">{t('grading.total', { n: num(query.data.total) })}</span>}
    >
      {axes.length > 2 && (
        <Select
          mode="multiple"
          className="choose-axes"
          aria-label={t('grading.cross.of')}
          maxCount={MAX_CROSS}
          value={chosen}
          onChange={(across) => set({ across })}
          options={axes.map((a) => ({ value: a.scheme.id, label: text(a.scheme.title) || a.scheme.id }))}
        />
      )}
      {chosen.length < 2 ? (
        <EmptyState title={t('grading.cross.few')} />
      ) : (
        <QueryView query={query} lines={8}>
          {(x) => (x.total === 0 ? <EmptyState title={t('grading.none')} /> : <Tables cross={x} />)}
        </QueryView>
      )}
    </Panel>
  )
}

/** One table for two schemes; for three one for every grade of the first. */
function Tables({ cross: x }: { cross: Cross }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const text = useText()
  const counts = countsOf(x.cells)
  const max = Math.max(...counts.values())
  const [first, ...rest] = x.schemes
  const words = useGradeIn(first)
  const without = x.total - shownOf(x)
  return (
    <>
      <div className="cross">
        {x.schemes.length === 2 || !first ? (
          <Table schemes={x.schemes} counts={counts} max={max} />
        ) : (
          (first.labels ?? []).map((l) => (
            <section key={l.code}>
              <h3 className="cross-head">
                <span className="muted">{text(first.title) || first.id}</span> <GradeTag {...words(l.code)} />
              </h3>
              <Table schemes={rest} counts={counts} max={max} within={{ scheme: first, code: l.code }} />
            </section>
          ))
        )}
      </div>
      {without > 0 && <p className="muted">{t('grading.cross.without', { n: num(without) })}</p>}
    </>
  )
}

interface TableProps {
  schemes: Scheme[]
  counts: Map<string, number>
  max: number
  /** The grade of a third scheme that all of the table has. */
  within?: { scheme: Scheme; code: string }
}

function Table({ schemes: [down, across], counts, max, within }: TableProps) {
  const { t } = useTranslation()
  const text = useText()
  const rowWords = useGradeIn(down)
  const columnWords = useGradeIn(across)
  const withinWords = useGradeIn(within?.scheme)
  if (!down || !across) return null
  const title = (s: Scheme) => text(s.title) || s.id
  const head = within ? [{ scheme: within.scheme, code: within.code, label: withinWords(within.code).label }] : []
  return (
    <div className="matrix">
      <table>
        <caption className="offscreen">
          {[...head.map((h) => h.label), t('grading.cross.by', { rows: title(down), columns: title(across) })].join(
            ' · ',
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col" className="matrix-corner">
              {title(down)} \ {title(across)}
            </th>
            {across.labels?.map((l) => (
              <th key={l.code} scope="col">
                <GradeTag {...columnWords(l.code)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {down.labels?.map((row) => (
            <tr key={row.code}>
              <th scope="row">
                <GradeTag {...rowWords(row.code)} />
              </th>
              {across.labels?.map((column) => (
                <Cell
                  key={column.code}
                  of={[
                    ...head,
                    { scheme: down, code: row.code, label: rowWords(row.code).label },
                    { scheme: across, code: column.code, label: columnWords(column.code).label },
                  ]}
                  counts={counts}
                  max={max}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface CellProps {
  of: { scheme: Scheme; code: string; label: string }[]
  counts: Map<string, number>
  max: number
}

function Cell({ of, counts, max }: CellProps) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const n = counts.get(of.map((x) => x.code).join('\n')) ?? 0
  if (n === 0)
    return (
      <td>
        <span className="none">0</span>
      </td>
    )
  const filter = of.map((x) => `grade:in:${x.scheme.id}:${x.code}`)
  return (
    <td className={`heat-${heatOf(n, max)}`}>
      <AreaLink to={`/customers${stringifySearch({ filter })}`} className="matrix-cell num">
        <span className="offscreen">
          {t('grading.cross.cell', { grades: of.map((x) => x.label).join(t('kit.list_comma')) })}
        </span>
        {num(n)}
      </AreaLink>
    </td>
  )
}
