import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { errorText } from '@/api/error'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { SearchInput } from '@/kit/SearchInput'
import { useText } from '@/kit/text'
import type { OwnerSearch } from './routes'

interface Props {
  search: OwnerSearch
  set: (patch: OwnerSearch) => void
}

/** Customers nobody looks after: whoever may, takes them; who had them last stands beside. */
export function PoolTab({ search, set }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const { message } = App.useApp()
  const client = useQueryClient()
  const query = api.useQuery('get', '/api/v1/ownership/pool', { params: { query: { q: search.q, limit: 200 } } })
  const claim = async (id: string) => {
    try {
      await http.POST('/api/v1/ownership/pool/{id}/claim', { params: { path: { id } } })
      void message.success(t('ownership.pool.claimed'))
    } catch (e) {
      void message.error(errorText(t, e))
    }
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/ownership/pool'] })
  }
  return (
    <QueryView query={query} lines={6}>
      {(p) => (
        <Panel
          title={t('ownership.pool.title', { n: num(p.total) })}
          extra={
            p.open && <span className="muted num">{t('ownership.pool.mine', { n: p.mine, max: p.claim_at_most })}</span>
          }
        >
          <div className="panel-note">
            <SearchInput
              value={search.q ?? ''}
              onChange={(q) => set({ q: q || undefined })}
              placeholder={t('ownership.pool.find')}
            />
          </div>
          {p.items.length === 0 ? (
            <EmptyState title={t('ownership.pool.none')} hint={t('ownership.pool.none_hint')} />
          ) : (
            <PlainTable
              rows={p.items}
              rowKey={(x) => x.customer_id}
              note={p.open ? undefined : t('ownership.pool.closed')}
              columns={[
                { key: 'name', title: t('ownership.customer'), head: true, render: (x) => x.name },
                { key: 'region', title: t('ownership.area.region'), render: (x) => text(x.region) },
                { key: 'grade', title: t('ownership.grade'), render: (x) => x.grade || '—' },
                { key: 'last', title: t('ownership.pool.last'), render: (x) => x.last_owner || t('ownership.nobody') },
                { key: 'since', title: t('ownership.pool.since'), num: true, render: (x) => x.since || '—' },
                {
                  key: 'act',
                  title: '',
                  render: (x) =>
                    p.open && (
                      <Button size="small" onClick={() => void claim(x.customer_id)}>
                        {t('ownership.pool.claim')}
                      </Button>
                    ),
                },
              ]}
            />
          )}
        </Panel>
      )}
    </QueryView>
  )
}
