import { keepPreviousData } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { FilterBar } from '@/kit/FilterBar'
import { type FilterField, formatFilter, parseFilters } from '@/kit/filters'
import { Page } from '@/kit/Page'
import type { Column } from '@/kit/tableLayout'
import { channels, type Message, states } from './data'
import { MessagePanel } from './MessagePanel'
import type { MessageSearch } from './routes'
import { MessageState, MessageWhy } from './words'

interface Props {
  search: MessageSearch
  set: (patch: MessageSearch) => void
  tabs: ReactNode
}

/** All messages, newest first. */
export function LogTab({ search, set, tabs }: Props) {
  const { t } = useTranslation()
  const filters = parseFilters(search.filter)
  const valuesOf = (key: string) => filters.find((f) => f.field === key)?.values
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/messages',
    {
      params: {
        query: { state: valuesOf('state') as Message['state'][] | undefined, channel: valuesOf('channel')?.[0] },
      },
    },
    { ...byCursor, placeholderData: keepPreviousData, refetchInterval: 15_000 },
  )
  const rows = query.data?.pages.flatMap((p) => p.items)
  return (
    <Page title={t('app.area.message')} fill>
      <DataTable<Message>
        id="messages"
        label={t('message.tab.log')}
        columns={useColumns()}
        rows={rows}
        rowKey={(m) => m.id}
        rowLabel={(m) => m.recipient}
        error={query.error}
        onRetry={() => void query.refetch()}
        refreshing={query.isRefetching}
        more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
        onOpen={(m) => set({ open: m.id })}
        openKey={search.open}
        tabs={tabs}
        bar={
          <FilterBar fields={useFields()} filters={filters} onFilters={(f) => set({ filter: f.map(formatFilter) })} />
        }
        card={(m) => (
          <>
            <div className="card-row">
              <button type="button" className="text-button card-link" onClick={() => set({ open: m.id })}>
                {m.recipient}
              </button>
              <MessageState of={m} />
            </div>
            <span className="muted">
              {[t(`message.channels.${m.channel}`), m.subject || m.body.slice(0, 40)].join(' · ')}
            </span>
          </>
        )}
        empty={
          filters.length > 0 ? (
            <EmptyState
              title={t('message.none_filtered')}
              actions={<Button onClick={() => set({ filter: undefined })}>{t('kit.filter.clear')}</Button>}
            />
          ) : (
            <EmptyState title={t('message.none')} hint={t('message.none_hint')} />
          )
        }
      />
      {search.open && <MessagePanel id={search.open} rows={rows ?? []} onOpen={(open) => set({ open })} />}
    </Page>
  )
}

function useFields(): FilterField[] {
  const { t } = useTranslation()
  return [
    {
      key: 'state',
      label: t('message.state'),
      kind: 'choice',
      options: states.map((s) => ({ value: s, label: t(`message.states.${s}`) })),
    },
    {
      key: 'channel',
      label: t('message.channel'),
      kind: 'choice',
      single: true,
      options: channels.map((c) => ({ value: c, label: t(`message.channels.${c}`) })),
    },
  ]
}

function useColumns(): Column<Message>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'recipient',
      title: t('message.recipient'),
      width: 140,
      fixed: true,
      locked: true,
      render: (m) => m.recipient,
    },
    {
      key: 'customer',
      title: t('message.customer'),
      width: 200,
      render: (m) =>
        m.customer_id ? (
          <CustomerLink id={m.customer_id} className="link">
            {m.customer}
          </CustomerLink>
        ) : (
          t('message.purposes.test')
        ),
    },
    { key: 'state', title: t('message.state'), width: 110, render: (m) => <MessageState of={m} /> },
    { key: 'channel', title: t('message.channel'), width: 90, render: (m) => t(`message.channels.${m.channel}`) },
    { key: 'text', title: t('message.text'), width: 260, render: (m) => m.subject || m.body },
    { key: 'why', title: t('message.why'), width: 280, render: (m) => <MessageWhy of={m} /> },
    { key: 'next', title: t('message.next'), width: 150, render: (m) => <DateText value={m.next_at} time /> },
    { key: 'sent', title: t('message.sent_at'), width: 150, render: (m) => <DateText value={m.sent_at} time /> },
    { key: 'created', title: t('message.created'), width: 150, render: (m) => <DateText value={m.created_at} time /> },
    { key: 'by', title: t('message.by'), width: 100, optional: true, render: (m) => m.by || t('message.system') },
  ]
}
