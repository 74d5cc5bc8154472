import { keepPreviousData, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Select } from 'antd'
import { Send } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas } from '@/api/client'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { Page } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { nothing, type Selection } from '@/kit/selection'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { useTemplates } from './data'
import { MessageWhy, stateTone } from './words'

const FormDrawer = lazy(() =>
  import('@/kit/FormDrawer').then((m) => ({ default: m.FormDrawer<{ template_id: string }> })),
)

type Greeting = Schemas['CareGreetingView']

/** Who is to be greeted on which day, and what became of it; many are approved at once. */
export function GreetingsTab({ tabs }: { tabs: ReactNode }) {
  const { t } = useTranslation()
  const text = useText()
  const may = usePermission('message.send')
  const [chosen, setChosen] = useState<Selection>(nothing)
  const [approving, setApproving] = useState(false)
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/care/greetings',
    { params: { query: {} } },
    { ...byCursor, placeholderData: keepPreviousData },
  )
  const rows = query.data?.pages.flatMap((p) => p.items)
  const ids = chosen.all ? (rows ?? []).map((g) => g.duty_id) : [...chosen.ids]
  return (
    <Page title={t('app.area.message')} fill>
      <DataTable<Greeting>
        id="greetings"
        label={t('message.tab.greetings')}
        columns={useColumns()}
        rows={rows}
        rowKey={(g) => g.duty_id}
        rowLabel={(g) => g.customer}
        error={query.error}
        onRetry={() => void query.refetch()}
        refreshing={query.isRefetching}
        more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
        selection={may ? chosen : undefined}
        onSelect={may ? setChosen : undefined}
        bulk={
          <Button type="primary" icon={<Send size={14} />} onClick={() => setApproving(true)}>
            {t('message.greet.approve')}
          </Button>
        }
        tabs={tabs}
        card={(g) => (
          <>
            <div className="card-row">
              <CustomerLink id={g.customer_id} className="card-link">
                {g.customer}
              </CustomerLink>
              <GreetingState of={g} />
            </div>
            <span className="muted">
              {text({ zh: g.title_zh, en: g.title_en })} · <DateText value={g.due_on} />
            </span>
            {g.taboos && <span className="wish-taboos">{g.taboos}</span>}
          </>
        )}
        empty={<EmptyState title={t('message.greet.none')} hint={t('message.greet.none_hint')} />}
      />
      <Suspense>
        {approving && (
          <Approve
            ids={ids}
            minded={(rows ?? []).filter((g) => g.taboos && ids.includes(g.duty_id))}
            onClose={() => {
              setApproving(false)
              setChosen(nothing)
            }}
          />
        )}
      </Suspense>
    </Page>
  )
}

function Approve({ ids, minded, onClose }: { ids: string[]; minded: Greeting[]; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const templates = useTemplates()
  return (
    <FormDrawer
      open
      title={t('message.greet.approve_title', { n: ids.length })}
      submitText={t('message.greet.approve')}
      done={t('message.greet.done')}
      onSubmit={async (v) => {
        await http.POST('/api/v1/care/greetings/send', { body: { template_id: v.template_id, duty_ids: ids } })
        await client.invalidateQueries({ queryKey: ['get', '/api/v1/care/greetings'] })
      }}
      onClose={onClose}
    >
      <p className="muted">{t('message.greet.hint')}</p>
      {minded.length > 0 && (
        <div className="caution" role="note">
          {minded.map((g) => (
            <span key={g.duty_id}>
              {g.customer}: {g.taboos}
            </span>
          ))}
        </div>
      )}
      <Form.Item
        name="template_id"
        label={t('message.template.one')}
        rules={[{ required: true, message: t('kit.form.required') }]}
      >
        <Select
          options={templates.data?.items
            .filter((x) => x.purpose === 'greeting')
            .map((x) => ({ value: x.id, label: `${x.name} · ${t(`message.channels.${x.channel}`)}` }))}
          notFoundContent={t('message.greet.no_template')}
        />
      </Form.Item>
    </FormDrawer>
  )
}

function GreetingState({ of: g }: { of: Greeting }) {
  const { t } = useTranslation()
  if (g.message) return <StatusDot label={t(`message.states.${g.message.state}`)} tone={stateTone(g.message.state)} />
  return g.state === 'missed' ? (
    <StatusDot label={t('message.greet.missed')} tone="bad" />
  ) : (
    <StatusDot label={t('message.greet.open')} />
  )
}

function useColumns(): Column<Greeting>[] {
  const { t } = useTranslation()
  const text = useText()
  return [
    {
      key: 'customer',
      title: t('message.customer'),
      width: 240,
      fixed: true,
      locked: true,
      render: (g) => (
        <CustomerLink id={g.customer_id} className="link">
          {g.customer}
        </CustomerLink>
      ),
    },
    {
      key: 'title',
      title: t('message.greet.occasion'),
      width: 200,
      render: (g) => text({ zh: g.title_zh, en: g.title_en }),
    },
    {
      key: 'taboos',
      title: t('message.greet.taboos'),
      width: 220,
      render: (g) => g.taboos && <span className="wish-taboos">{g.taboos}</span>,
    },
    { key: 'due', title: t('message.greet.due'), width: 120, render: (g) => <DateText value={g.due_on} /> },
    { key: 'state', title: t('message.state'), width: 120, render: (g) => <GreetingState of={g} /> },
    {
      key: 'channel',
      title: t('message.channel'),
      width: 100,
      render: (g) => (g.message ? t(`message.channels.${g.message.channel}`) : '—'),
    },
    { key: 'why', title: t('message.why'), width: 300, render: (g) => g.message && <MessageWhy of={g.message} /> },
    { key: 'owner', title: t('message.greet.owner'), width: 110, render: (g) => g.owner || '—' },
  ]
}
