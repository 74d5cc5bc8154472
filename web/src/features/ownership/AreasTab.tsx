import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'

const AreaForm = lazy(() => import('./AreaForm'))

type Area = Schemas['OwnershipAreaView']

/** Contracted areas in the order of their codes, provinces before their cities and counties, with coverage and overlaps. */
export function AreasTab({ mayContract }: { mayContract: boolean }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const client = useQueryClient()
  const [adding, setAdding] = useState(false)
  const query = api.useQuery('get', '/api/v1/ownership/areas')
  const refresh = () => client.invalidateQueries({ queryKey: ['get', '/api/v1/ownership/areas'] })
  const end = (a: Area) =>
    confirm({
      title: t('ownership.area.end_title', { area: `${text(a.region_name)} ${a.street}` }),
      ok: t('ownership.area.end'),
      danger: true,
      action: async () => {
        try {
          await http.DELETE('/api/v1/ownership/areas/{id}', {
            params: { path: { id: a.id }, header: { 'If-Match': `"${a.version}"` } },
          })
        } catch (e) {
          void message.error(errorText(t, e))
        }
        await refresh()
      },
    })
  return (
    <Panel
      title={t('ownership.tab.areas')}
      flush
      extra={
        mayContract && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('ownership.area.add')}
          </Button>
        )
      }
    >
      <QueryView query={query} lines={6}>
        {(d) =>
          d.items.length === 0 ? (
            <EmptyState title={t('ownership.area.none')} hint={t('ownership.area.none_hint')} />
          ) : (
            <PlainTable
              rows={d.items}
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
                { key: 'from', title: t('ownership.area.from'), num: true, render: (a) => a.from },
                {
                  key: 'customers',
                  title: t('ownership.customers'),
                  num: true,
                  right: true,
                  render: (a) => num(a.customers),
                },
                {
                  key: 'owned',
                  title: t('ownership.area.owned'),
                  num: true,
                  right: true,
                  render: (a) => num(a.owned),
                },
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
                    mayContract && (
                      <button type="button" className="text-button" onClick={() => void end(a)}>
                        {t('ownership.area.end')}
                      </button>
                    ),
                },
              ]}
            />
          )
        }
      </QueryView>
      <Suspense>{adding && <AreaForm onClose={() => setAdding(false)} onSaved={refresh} />}</Suspense>
    </Panel>
  )
}
