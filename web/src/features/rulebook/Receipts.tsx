import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { errorText } from '@/api/error'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { PanelSkeleton } from './PanelSkeleton'
import type { TabProps } from './RulebookPage'

const mine = '/api/v1/me/rulebook-receipts'

/** Asks whoever has to read the version in force to say that it was read; nothing for anybody else. */
export function ReadNotice({ rulebook }: { rulebook: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const open = api.useQuery('get', mine).data?.items.filter((r) => r.rulebook === rulebook) ?? []
  const receipt = open[0]
  if (!receipt) return null
  const confirm = async () => {
    setBusy(true)
    try {
      const params = { path: { id: rulebook } }
      await http.POST('/api/v1/rulebooks/{id}/receipts', { params, body: { version: receipt.version } })
      await client.invalidateQueries({ queryKey: ['get', mine] })
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/rulebooks/{id}/receipts'] })
      void message.success(t('rulebook.receipt.done'))
    } catch (e) {
      void message.error(errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel>
      <div className="read-notice">
        <span>
          {t('rulebook.receipt.ask', { version: receipt.version, day: receipt.effective_from })}
          {receipt.due_on && (
            <span className={receipt.overdue ? 'read-late' : 'muted'}>
              {' '}
              {t('rulebook.receipt.due', { day: receipt.due_on })}
            </span>
          )}
        </span>
        <Button
          type="primary"
          loading={busy}
          icon={<Check size={16} strokeWidth={1.75} />}
          onClick={() => void confirm()}
        >
          {t('rulebook.receipt.do')}
        </Button>
      </div>
    </Panel>
  )
}

/** Who has read the version in force, and who has not. */
export function ReadersPanel({ book }: { book: TabProps['book'] }) {
  const { t } = useTranslation()
  const query = api.useQuery(
    'get',
    '/api/v1/rulebooks/{id}/receipts',
    { params: { path: { id: book.id } } },
    { enabled: book.in_force !== undefined },
  )
  if (!book.in_force) return null
  return (
    <Panel title={t('rulebook.receipt.title')} flush>
      <QueryView query={query} skeleton={<PanelSkeleton />}>
        {(r) =>
          r.people.length === 0 ? (
            <EmptyState title={t('rulebook.receipt.none')} hint={t('rulebook.receipt.none_hint')} />
          ) : (
            <PlainTable
              note={[
                t('rulebook.receipt.count', { read: r.read, total: r.read + r.open }),
                r.due_on && t('rulebook.receipt.due', { day: r.due_on }),
              ]
                .filter(Boolean)
                .join(' · ')}
              rows={r.people}
              rowKey={(x) => x.id}
              columns={[
                { key: 'name', title: t('rulebook.receipt.person'), head: true, render: (x) => x.name },
                {
                  key: 'state',
                  title: t('rulebook.state.title'),
                  render: (x) =>
                    x.read_at ? (
                      <StatusDot label={t('rulebook.receipt.read')} tone="ok" />
                    ) : (
                      <StatusDot label={t('rulebook.receipt.unread')} tone={r.overdue ? 'bad' : 'warn'} />
                    ),
                },
                {
                  key: 'at',
                  title: t('rulebook.receipt.at'),
                  render: (x) => (x.read_at ? <DateText value={Date.parse(x.read_at) * 1000} /> : '—'),
                },
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  )
}
