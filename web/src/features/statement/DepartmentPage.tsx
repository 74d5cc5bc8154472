import { keepPreviousData, type UseInfiniteQueryResult } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, type Schemas } from '@/api/client'
import { useMe } from '@/app/account'
import { AreaLink } from '@/kit/AreaLink'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { KeyFigures, Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { YearSelect } from './YearSelect'
import './statement.css'

type Department = Schemas['StatementDepartment']
type Served = Schemas['StatementServedView']

const route = getRouteApi('/shell/service/rendered')

/** The service rendered to the customers of a department in a year, with totals. */
export default function DepartmentPage() {
  const { t, i18n } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: typeof search) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const mayExport = usePermission('customer.export')
  const me = useMe()
  const units = api.useQuery('get', '/api/v1/units', {}, { staleTime: 300_000 })
  const asked = Number(search.year) || undefined
  const top = units.data?.items.find((u) => !u.parent_id)?.id
  const unit = search.unit ?? me?.unit?.id ?? top
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/units/{id}/service',
    { params: { path: { id: unit ?? '' }, query: { year: asked } } },
    { ...byCursor, enabled: !!unit, placeholderData: keepPreviousData },
  )
  const year = asked ?? query.data?.pages[0]?.year
  const name = (u: { name_zh: string; name_en: string }) =>
    (i18n.language === 'zh' ? u.name_zh : u.name_en) || u.name_zh
  return (
    <Page
      title={t('statement.department')}
      actions={
        <>
          <Select
            aria-label={t('statement.unit')}
            className="statement-unit"
            value={unit}
            onChange={(v) => set({ unit: v })}
            options={(units.data?.items ?? []).map((u) => ({ value: u.id, label: name(u) }))}
          />
          <YearSelect year={year} onChange={(y) => set({ year: String(y) })} />
          {mayExport && unit && year && (
            <Button
              href={`/api/v1/units/${unit}/service/export?year=${year}&lang=${i18n.language}`}
              download
              icon={<Download size={16} strokeWidth={1.75} />}
            >
              {t('statement.export')}
            </Button>
          )}
        </>
      }
    >
      <QueryView query={units} lines={4}>
        {() => (unit ? <Rendered query={query} /> : <EmptyState title={t('statement.no_unit')} />)}
      </QueryView>
    </Page>
  )
}

function Rendered({ query }: { query: UseInfiniteQueryResult<{ pages: Department[] }, unknown> }) {
  const { t } = useTranslation()
  return (
    <QueryView query={query} lines={8}>
      {(data) => {
        const first = data.pages[0]
        const rows = data.pages.flatMap((p) => p.items)
        if (!first || rows.length === 0) return <EmptyState title={t('statement.nobody')} />
        return (
          <div className="stack">
            <Totals department={first} />
            <Customers department={first} rows={rows} />
            {query.hasNextPage && (
              <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t('statement.more')}
              </Button>
            )}
          </div>
        )
      }}
    </QueryView>
  )
}

function Totals({ department: d }: { department: Department }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  return (
    <Panel>
      {d.beyond && <p className="muted">{t('statement.beyond')}</p>}
      <KeyFigures
        items={d.totals.map((f, i) => ({
          label: text(d.sources[i]?.title),
          value: num(f.rendered),
          hint: f.all > f.rendered ? t('statement.of_all', { n: num(f.all) }) : undefined,
        }))}
      />
      <p className="muted num">{t('statement.told_unit', { name: text(d.unit), from: d.from, to: d.to })}</p>
    </Panel>
  )
}

function Customers({ department: d, rows }: { department: Department; rows: Served[] }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  return (
    <Panel title={t('statement.customers')} flush>
      <PlainTable<Served>
        caption={t('statement.customers')}
        rows={rows}
        rowKey={(c) => c.customer_id}
        columns={[
          {
            key: 'name',
            title: t('statement.customer'),
            head: true,
            render: (c) => <AreaLink to={`/customers/${c.customer_id}/service?year=${d.year}`}>{c.name}</AreaLink>,
          },
          { key: 'owner', title: t('statement.owner'), render: (c) => c.owner || '—' },
          ...d.sources.map((s, i) => ({
            key: s.kind,
            title: text(s.title),
            num: true,
            right: true,
            render: (c: Served) => {
              const f = c.figures[i]
              if (!f) return null
              return f.all > f.rendered ? `${num(f.rendered)} / ${num(f.all)}` : num(f.rendered)
            },
          })),
        ]}
      />
    </Panel>
  )
}
