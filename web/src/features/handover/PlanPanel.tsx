import { App, Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas } from '@/api/client'
import { asApiError, errorText } from '@/api/error'
import { CustomerLink } from '@/kit/CustomerLink'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { SearchInput } from '@/kit/SearchInput'
import { useText } from '@/kit/text'
import { type Handover, usePeople, useRefreshHandovers } from './data'
import { More } from './MovePanel'
import type { HandoverSearch } from './routes'

interface Props {
  h: Handover
  search: HandoverSearch
  set: (patch: HandoverSearch) => void
}

/** The customers with their receivers; while it is planned they are given by rule, evenly, or by hand. */
export function PlanPanel({ h, search, set }: Props) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string[]>([])
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/handovers/{id}/customers',
    {
      params: { path: { id: h.id }, query: { q: search.q, missing: search.only === 'yes' || undefined, limit: 100 } },
    },
    byCursor,
  )
  const rows = query.data?.pages.flatMap((p) => p.items) ?? []
  const plans = h.state === 'planning' && h.heads
  return (
    <Panel title={t('handover.customers')}>
      <div className="handover-tools">
        {plans && <Planner h={h} chosen={chosen} onPlanned={() => setChosen([])} />}
        <div className="panel-note row">
          <SearchInput
            value={search.q ?? ''}
            onChange={(q) => set({ q: q || undefined })}
            placeholder={t('handover.find')}
          />
          <Checkbox
            checked={search.only === 'yes'}
            onChange={(e) => set({ only: e.target.checked ? 'yes' : undefined })}
          >
            {t('handover.only_missing')}
          </Checkbox>
          {plans && rows.length > 0 && (
            <Button size="small" onClick={() => setChosen(rows.map((r) => r.customer_id))}>
              {t('handover.choose_all', { n: rows.length })}
            </Button>
          )}
        </div>
      </div>
      <QueryView query={query} lines={6}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('handover.no_customers')} hint={t('handover.no_customers_hint')} />
          ) : (
            <Lines rows={rows} chosen={plans ? chosen : undefined} onChosen={setChosen} />
          )
        }
      </QueryView>
      <More query={query} />
    </Panel>
  )
}

/** By rule, evenly among some, or the chosen ones to one by hand. */
function Planner({ h, chosen, onPlanned }: { h: Handover; chosen: string[]; onPlanned: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const refresh = useRefreshHandovers()
  const people = usePeople(h.person_id)
  const [to, setTo] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const [anew, setAnew] = useState(false)
  const [which, setWhich] = useState<{ asked: boolean; rulebook?: string }>({ asked: false })
  const some = h.missing < h.customers
  const nobody = chosen.length === 0 && some && !anew && h.missing === 0
  const plan = async (by: 'rule' | 'even' | 'hand') => {
    setBusy(true)
    try {
      await http.POST('/api/v1/handovers/{id}/plan', {
        params: { path: { id: h.id } },
        body: {
          by,
          people: by === 'rule' ? undefined : to,
          customers: chosen.length > 0 ? chosen : undefined,
          missing: chosen.length === 0 && some && !anew,
          rulebook: which.rulebook,
        },
      })
      onPlanned()
    } catch (e) {
      if (asApiError(e).code === 'ownership.which_rules') setWhich({ asked: true })
      void message.error(errorText(t, e))
    }
    await refresh()
    setBusy(false)
  }
  return (
    <div className="panel-note row">
      <Select
        mode="multiple"
        className="handover-people"
        aria-label={t('handover.receivers')}
        placeholder={t('handover.receivers')}
        showSearch={{ optionFilterProp: 'label' }}
        options={people}
        value={to}
        onChange={setTo}
      />
      <Button disabled={busy || nobody} onClick={() => void plan('rule')}>
        {t('handover.by_rule')}
      </Button>
      <Button disabled={busy || nobody || to.length === 0} onClick={() => void plan('even')}>
        {t('handover.by_even')}
      </Button>
      <Button disabled={busy || to.length !== 1 || chosen.length === 0} onClick={() => void plan('hand')}>
        {t('handover.by_hand', { n: chosen.length })}
      </Button>
      {which.asked && <Books value={which.rulebook} onChoose={(rulebook) => setWhich({ asked: true, rulebook })} />}
      {chosen.length === 0 && some && (
        <Checkbox checked={anew} onChange={(e) => setAnew(e.target.checked)}>
          {t('handover.anew')}
        </Checkbox>
      )}
      <span className="muted">
        {chosen.length > 0
          ? t('handover.for_chosen', { n: chosen.length })
          : some && !anew
            ? t('handover.for_missing', { n: h.missing })
            : t('handover.for_all')}
      </span>
    </div>
  )
}

/** Whose owner rules are meant, where several rulebooks have some. */
function Books({ value, onChoose }: { value?: string; onChoose: (rulebook: string) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const query = api.useQuery('get', '/api/v1/ownership/rules')
  return (
    <QueryView query={query} lines={1}>
      {(r) => (
        <Select
          className="handover-people"
          aria-label={t('handover.rulebook')}
          placeholder={t('handover.rulebook')}
          options={r.items.map((b) => ({ value: b.rulebook, label: text(b.title) }))}
          value={value}
          onChange={onChoose}
        />
      )}
    </QueryView>
  )
}

interface LinesProps {
  rows: Schemas['HandoverLineView'][]
  /** Undefined where nothing is chosen. */
  chosen?: string[]
  onChosen: (ids: string[]) => void
}

function Lines({ rows, chosen, onChosen }: LinesProps) {
  const { t } = useTranslation()
  const text = useText()
  const flip = (id: string, on: boolean) =>
    onChosen(on ? [...(chosen ?? []), id] : (chosen ?? []).filter((x) => x !== id))
  return (
    <PlainTable
      rows={rows}
      rowKey={(l) => l.customer_id}
      columns={[
        {
          key: 'name',
          title: t('handover.customer'),
          head: true,
          render: (l) => (
            <span className="row">
              {chosen && (
                <Checkbox
                  aria-label={t('handover.choose', { name: l.name })}
                  checked={chosen.includes(l.customer_id)}
                  onChange={(e) => flip(l.customer_id, e.target.checked)}
                />
              )}
              <CustomerLink id={l.customer_id} className="link">
                {l.name}
              </CustomerLink>
            </span>
          ),
        },
        { key: 'code', title: t('handover.code'), num: true, render: (l) => l.code },
        {
          key: 'to',
          title: t('handover.receiver'),
          render: (l) => (l.to_id ? <b>{l.to_name}</b> : <span className="muted">{t('handover.nobody')}</span>),
        },
        {
          key: 'how',
          title: t('handover.how'),
          render: (l) => (l.why ? text(l.why) : l.how ? t(`handover.hows.${l.how}`) : '—'),
        },
        { key: 'state', title: t('handover.state'), render: (l) => t(`handover.line.${l.state}`) },
      ]}
    />
  )
}
