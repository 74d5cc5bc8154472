import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http } from '@/api/client'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { stateOf, useRefreshHandovers } from './data'
import { More } from './MovePanel'
import OpenForm from './OpenForm'

const route = getRouteApi('/shell/service/handovers')

/** All handovers one has a part in, who left without one, and who stands in for whom. */
export default function HandoversPage() {
  const { t } = useTranslation()
  const { num } = useFormat()
  const navigate = route.useNavigate()
  const { person } = route.useSearch()
  const refresh = useRefreshHandovers()
  const heads = usePermission('customer.assign')
  const [opening, setOpening] = useState<string | undefined>(person)
  const query = api.useInfiniteQuery('get', '/api/v1/handovers', {}, byCursor)
  const rows = query.data?.pages.flatMap((p) => p.items) ?? []
  const opened = async (id?: string) => {
    await refresh()
    setOpening(undefined)
    if (id) void navigate({ to: '/service/handovers/$id', params: { id } })
  }
  return (
    <Page
      title={t('handover.title')}
      actions={
        heads && (
          <Button type="primary" onClick={() => setOpening('')}>
            {t('handover.open')}
          </Button>
        )
      }
    >
      <div className="stack">
        {heads && <Orphans onOpen={setOpening} />}
        <Panel title={t('handover.list')} flush>
          <QueryView query={query} lines={4}>
            {() =>
              rows.length === 0 ? (
                <EmptyState title={t('handover.none')} hint={t('handover.none_hint')} />
              ) : (
                <PlainTable
                  rows={rows}
                  rowKey={(h) => h.id}
                  columns={[
                    {
                      key: 'person',
                      title: t('handover.person'),
                      head: true,
                      render: (h) => (
                        <Link className="link" to="/service/handovers/$id" params={{ id: h.id }}>
                          {h.person_name}
                        </Link>
                      ),
                    },
                    { key: 'number', title: t('handover.number'), num: true, render: (h) => h.number || '—' },
                    { key: 'reason', title: t('handover.reason'), render: (h) => t(`handover.reasons.${h.reason}`) },
                    { key: 'from', title: t('handover.from'), num: true, render: (h) => h.from },
                    {
                      key: 'customers',
                      title: t('handover.kind.customers'),
                      num: true,
                      right: true,
                      render: (h) => num(h.customers),
                    },
                    {
                      key: 'told',
                      title: t('handover.told_n'),
                      num: true,
                      right: true,
                      render: (h) => `${h.told}/${h.moved}`,
                    },
                    {
                      key: 'state',
                      title: t('handover.state'),
                      render: (h) => <StatusDot {...stateOf(h, t)} />,
                    },
                  ]}
                />
              )
            }
          </QueryView>
          <More query={query} />
        </Panel>
        {heads && <Covers onOpen={setOpening} />}
      </div>
      {opening !== undefined && (
        <OpenForm person={opening || undefined} onClose={() => setOpening(undefined)} onOpened={opened} />
      )}
    </Page>
  )
}

/** Who is gone and still has customers. */
function Orphans({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/ownership/orphans')
  return (
    <QueryView query={query} lines={1}>
      {(o) =>
        o.items.length === 0 ? null : (
          <Panel title={t('handover.orphans')} flush>
            <PlainTable
              rows={o.items}
              rowKey={(x) => x.user_id}
              columns={[
                { key: 'name', title: t('handover.person'), head: true, render: (x) => x.name },
                { key: 'n', title: t('handover.kind.customers'), num: true, right: true, render: (x) => x.customers },
                {
                  key: 'act',
                  title: '',
                  render: (x) => (
                    <Button size="small" onClick={() => onOpen(x.user_id)}>
                      {t('handover.open')}
                    </Button>
                  ),
                },
              ]}
            />
          </Panel>
        )
      }
    </QueryView>
  )
}

/** Who is or will be away, and who stands in; nothing moves. */
function Covers({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const refresh = useRefreshHandovers()
  const query = api.useInfiniteQuery('get', '/api/v1/ownership/covers', {}, byCursor)
  const rows = query.data?.pages.flatMap((p) => p.items) ?? []
  const end = (id: string) =>
    confirm({
      title: t('handover.end_cover'),
      text: t('handover.end_cover_text'),
      ok: t('handover.end_cover'),
      action: async () => {
        await http.DELETE('/api/v1/ownership/covers/{id}', { params: { path: { id } } })
        await refresh()
      },
    })
  return (
    <Panel title={t('handover.covers')} flush>
      <QueryView query={query} lines={2}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('handover.no_covers')} hint={t('handover.no_covers_hint')} />
          ) : (
            <PlainTable
              rows={rows}
              rowKey={(x) => x.id}
              columns={[
                { key: 'name', title: t('handover.absent'), head: true, render: (x) => x.name },
                {
                  key: 'sub',
                  title: t('handover.substitute'),
                  render: (x) => x.substitute_name || t('handover.nobody'),
                },
                { key: 'days', title: t('handover.days'), num: true, render: (x) => `${x.from} – ${x.until}` },
                { key: 'n', title: t('handover.kind.customers'), num: true, right: true, render: (x) => x.customers },
                {
                  key: 'act',
                  title: '',
                  render: (x) => (
                    <span className="row">
                      <Button size="small" onClick={() => onOpen(x.user_id)}>
                        {t('handover.open')}
                      </Button>
                      <Button size="small" onClick={() => void end(x.id)}>
                        {t('handover.end_cover')}
                      </Button>
                    </span>
                  ),
                },
              ]}
            />
          )
        }
      </QueryView>
      <More query={query} />
    </Panel>
  )
}
