import { Button } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, type Schemas } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { QueryView, SkeletonLines } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { areaViews, type OwnerSearch } from './routes'
import { useAreaActs } from './useAreaActs'

const AreaMap = lazy(() => import('./AreaMap'))

type Area = Schemas['OwnershipAreaView']

interface Props {
  mayContract: boolean
  search: OwnerSearch
  set: (patch: OwnerSearch) => void
}

/** Contracted areas, as a map of regions with gaps and overlaps or as the list of contracts. */
export function AreasTab({ mayContract, search, set }: Props) {
  const { t } = useTranslation()
  const view = search.view ?? 'map'
  const acts = useAreaActs()
  return (
    <>
      <div className="row owner-bar">
        <Choice
          label={t('ownership.show')}
          value={view}
          onChange={(v) => set({ view: v === 'map' ? undefined : v })}
          options={areaViews.map((value) => ({ value, label: t(`ownership.area.map.view.${value}`) }))}
        />
        {mayContract && (
          <Button type="primary" onClick={() => acts.open({})}>
            {t('ownership.area.add')}
          </Button>
        )}
      </div>
      {view === 'list' ? (
        <AreaList acts={mayContract ? acts : undefined} />
      ) : (
        <Suspense fallback={<SkeletonLines lines={8} />}>
          <AreaMap
            region={search.region}
            onRegion={(region) => set({ region })}
            acts={mayContract ? acts : undefined}
          />
        </Suspense>
      )}
      {acts.form}
    </>
  )
}

/** Contracts in the order of their codes, provinces before their cities and counties, with coverage and overlaps. */
function AreaList({ acts }: { acts?: ReturnType<typeof useAreaActs> }) {
  const { t } = useTranslation()
  const query = api.useInfiniteQuery('get', '/api/v1/ownership/areas', {}, byCursor)
  const rows = query.data?.pages.flatMap((p) => p.items) ?? []
  return (
    <Panel title={t('ownership.tab.areas')} flush>
      <QueryView query={query} lines={6}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('ownership.area.none')} hint={t('ownership.area.none_hint')} />
          ) : (
            <AreaRows rows={rows} acts={acts} />
          )
        }
      </QueryView>
      {query.hasNextPage && (
        <div className="panel-note">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('ownership.more')}
          </Button>
        </div>
      )}
    </Panel>
  )
}

function AreaRows({ rows, acts }: { rows: Area[]; acts?: ReturnType<typeof useAreaActs> }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const name = (a: Area) => `${text(a.region_name)} ${a.street}`.trim()
  return (
    <PlainTable
      rows={rows}
      rowKey={(a) => a.id}
      columns={[
        {
          key: 'area',
          title: t('ownership.area.area'),
          head: true,
          render: (a) => (
            <span className={`owner-level-${a.region.length + (a.street ? 2 : 0)}`}>
              {a.street || text(a.region_name)} <span className="muted num">{a.region}</span>
            </span>
          ),
        },
        { key: 'who', title: t('ownership.area.who'), render: (a) => a.user_name || text(a.unit_name) },
        {
          key: 'from',
          title: t('ownership.area.from'),
          num: true,
          render: (a) => (a.until ? `${a.from} – ${a.until}` : a.from),
        },
        { key: 'customers', title: t('ownership.customers'), num: true, right: true, render: (a) => num(a.customers) },
        { key: 'owned', title: t('ownership.area.owned'), num: true, right: true, render: (a) => num(a.owned) },
        {
          key: 'overlap',
          title: t('ownership.state'),
          render: (a) =>
            a.overlaps ? (
              <StatusDot tone="warn" label={t('ownership.area.overlap', { n: a.overlaps })} />
            ) : (
              <StatusDot tone="ok" label={t('ownership.area.clear')} />
            ),
        },
        {
          key: 'act',
          title: '',
          render: (a) =>
            acts && (
              <span className="row">
                <button type="button" className="text-button" onClick={() => acts.open({ name: name(a), change: a })}>
                  {t('ownership.area.map.change')}
                </button>
                <button type="button" className="text-button" onClick={() => void acts.end(a, name(a))}>
                  {t('ownership.area.end')}
                </button>
              </span>
            ),
        },
      ]}
    />
  )
}
