import { App, Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas } from '@/api/client'
import { errorText, sentence } from '@/api/error'
import { CustomerLink } from '@/kit/CustomerLink'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { type Handover, useRefreshHandovers } from './data'
import { More } from './MovePanel'
import type { HandoverSearch } from './routes'

type Row = Schemas['HandoverTellingView']

interface Props {
  h: Handover
  search: HandoverSearch
  set: (patch: HandoverSearch) => void
}

/** The customers who moved: whether they were told, may be written to, and how to tell them. */
export function ToldPanel({ h, search, set }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const refresh = useRefreshHandovers()
  const [chosen, setChosen] = useState<string[]>([])
  const [template, setTemplate] = useState<string>()
  const [refused, setRefused] = useState<Schemas['HandoverToldView'][]>([])
  const all = api.useQuery('get', '/api/v1/message-templates', {}, { staleTime: 60_000 })
  const notices = (all.data?.items ?? []).filter((x) => x.purpose === 'notice')
  const current = notices.find((x) => x.id === template) ?? notices.find((x) => x.id === '1') ?? notices[0]
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/handovers/{id}/told',
    {
      params: { path: { id: h.id }, query: { channel: current?.channel, untold: search.only === 'yes' || undefined } },
    },
    byCursor,
  )
  const rows = query.data?.pages.flatMap((p) => p.items) ?? []
  const act = async (what: () => Promise<unknown>) => {
    setRefused([])
    try {
      await what()
      setChosen([])
    } catch (e) {
      void message.error(errorText(t, e))
    }
    await refresh()
  }
  const path = { params: { path: { id: h.id } } }
  const write = () =>
    act(async () => {
      const { data } = await http.POST('/api/v1/handovers/{id}/tell', {
        ...path,
        body: { template_id: current?.id ?? '', customers: chosen },
      })
      setRefused((data?.items ?? []).filter((x) => x.why !== '' && (x.state === '' || x.state === 'suppressed')))
    })
  const phone = () => act(() => http.POST('/api/v1/handovers/{id}/told', { ...path, body: { customers: chosen } }))
  return (
    <Panel
      title={t('handover.told_title', { n: h.told, of: h.moved })}
      extra={
        <span className="row">
          <Button disabled={chosen.length === 0} onClick={() => void phone()}>
            {t('handover.by_phone', { n: chosen.length })}
          </Button>
          <Button type="primary" disabled={chosen.length === 0 || !current} onClick={() => void write()}>
            {t('handover.write', { n: chosen.length })}
          </Button>
        </span>
      }
    >
      <div className="panel-note row">
        <Select
          aria-label={t('handover.template')}
          value={current?.id}
          onChange={setTemplate}
          options={notices.map((x) => ({ value: x.id, label: x.name }))}
        />
        <Checkbox checked={search.only === 'yes'} onChange={(e) => set({ only: e.target.checked ? 'yes' : undefined })}>
          {t('handover.only_untold')}
        </Checkbox>
        <Button
          size="small"
          onClick={() =>
            setChosen(
              rows
                .filter((r) => !r.told_how)
                .map((r) => r.customer_id)
                .slice(0, 200),
            )
          }
        >
          {t('handover.choose_untold')}
        </Button>
      </div>
      {all.error && <div className="panel-note">{errorText(t, all.error)}</div>}
      {refused.length > 0 && (
        <div className="panel-note" role="alert">
          <StatusDot tone="bad" label={t('handover.not_written', { n: refused.length })} />
          <ul>
            {refused.map((x) => (
              <li key={x.customer_id}>
                {t('handover.not_written_of', {
                  name: rows.find((r) => r.customer_id === x.customer_id)?.name ?? x.customer_id,
                  why: sentence(t, x.why, x.why_args),
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <QueryView query={query} lines={6}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('handover.no_customers')} hint={t('handover.all_told')} />
          ) : (
            <Rows rows={rows} chosen={chosen} onChosen={setChosen} />
          )
        }
      </QueryView>
      <More query={query} />
    </Panel>
  )
}

const gates = { yes: 'ok', later: 'warn', no: 'bad' } as const

function Rows({ rows, chosen, onChosen }: { rows: Row[]; chosen: string[]; onChosen: (ids: string[]) => void }) {
  const { t } = useTranslation()
  const flip = (id: string, on: boolean) => onChosen(on ? [...chosen, id] : chosen.filter((x) => x !== id))
  return (
    <PlainTable
      rows={rows}
      rowKey={(r) => r.customer_id}
      columns={[
        {
          key: 'name',
          title: t('handover.customer'),
          head: true,
          render: (r) => (
            <span className="row">
              <Checkbox
                aria-label={t('handover.choose', { name: r.name })}
                disabled={r.told_how !== ''}
                checked={chosen.includes(r.customer_id)}
                onChange={(e) => flip(r.customer_id, e.target.checked)}
              />
              <CustomerLink id={r.customer_id} className="link">
                {r.name}
              </CustomerLink>
            </span>
          ),
        },
        { key: 'to', title: t('handover.receiver'), render: (r) => r.to_name },
        {
          key: 'told',
          title: t('handover.told_n'),
          render: (r) =>
            r.told_how ? (
              <StatusDot tone="ok" label={[t(`handover.told.${r.told_how}`), r.told_by].filter(Boolean).join(' · ')} />
            ) : r.message_state ? (
              t(`handover.message.${r.message_state}`)
            ) : (
              t('handover.untold')
            ),
        },
        {
          key: 'may',
          title: t('handover.may'),
          render: (r) =>
            r.may ? (
              <StatusDot
                tone={gates[r.may as keyof typeof gates]}
                label={r.gate_why ? sentence(t, r.gate_why, r.gate_args) : t('handover.may_yes')}
              />
            ) : (
              '—'
            ),
        },
      ]}
    />
  )
}
