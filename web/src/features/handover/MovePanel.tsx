import { App, Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas } from '@/api/client'
import { errorText, sentence } from '@/api/error'
import { CaseLink } from '@/kit/CaseLink'
import { CustomerLink } from '@/kit/CustomerLink'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { type Handover, usePeople, useRefreshHandovers } from './data'

/** How the move stands; where it ended by itself, its head has it go on. */
export function MovePanel({ h }: { h: Handover }) {
  const { t } = useTranslation()
  const why = h.job_error ? sentence(t, h.job_error, h.job_args) : ''
  if (!h.stopped)
    return (
      <Panel title={t('handover.move')}>
        <p className="panel-note">
          {h.moved + h.gone > 0
            ? t('handover.moved_so_far', { n: h.moved + h.gone, of: h.customers })
            : t('handover.moves_on', { day: h.from })}
        </p>
        {why && <StatusDot tone="warn" label={t('handover.tried_again', { why })} />}
      </Panel>
    )
  return (
    <Panel title={t('handover.move')}>
      <p className="panel-note" role="alert">
        <StatusDot tone="bad" label={t('handover.stopped', { n: h.moved, of: h.customers })} />
      </p>
      {why && <p className="panel-note">{why}</p>}
      {h.heads && <GoOn h={h} />}
    </Panel>
  )
}

function GoOn({ h }: { h: Handover }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const refresh = useRefreshHandovers()
  const people = usePeople(h.person_id)
  const [rest, setRest] = useState(h.rest_id)
  const [busy, setBusy] = useState(false)
  const goOn = async () => {
    setBusy(true)
    try {
      await http.POST('/api/v1/handovers/{id}/go-on', {
        params: { path: { id: h.id } },
        body: { rest_id: rest === h.rest_id ? undefined : rest },
      })
      void message.success(t('handover.goes_on'))
    } catch (e) {
      void message.error(errorText(t, e))
    }
    await refresh()
    setBusy(false)
  }
  return (
    <div className="panel-note row">
      <span className="muted">{t('handover.rest')}</span>
      <Select
        className="handover-people"
        aria-label={t('handover.rest')}
        showSearch={{ optionFilterProp: 'label' }}
        options={people}
        value={rest || undefined}
        onChange={setRest}
      />
      <Button type="primary" loading={busy} onClick={() => void goOn()}>
        {t('handover.go_on')}
      </Button>
    </div>
  )
}

type Thing = Schemas['HandoverThingView']

/** What the giver has at hand beside customers, kind by kind. */
export function ThingsPanel({ h }: { h: Handover }) {
  const { t } = useTranslation()
  const kinds = h.counts.filter((c) => c.kind !== 'customers' && c.before > 0)
  const [chosen, setChosen] = useState<string>()
  const kind = kinds.find((c) => c.kind === chosen)?.kind ?? kinds[0]?.kind
  if (!kind) return null
  return (
    <Panel title={t('handover.things')}>
      <TabBar
        label={t('handover.things')}
        tabs={kinds.map((c) => ({ key: c.kind, label: t(`handover.kind.${c.kind}`), count: c.before }))}
        current={kind}
        onChoose={setChosen}
      />
      <Things key={kind} h={h} kind={kind} />
    </Panel>
  )
}

function Things({ h, kind }: { h: Handover; kind: string }) {
  const { t } = useTranslation()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/handovers/{id}/things/{kind}',
    { params: { path: { id: h.id, kind }, query: { limit: 50 } } },
    byCursor,
  )
  return (
    <>
      <QueryView query={query} lines={4}>
        {(data) => (
          <PlainTable
            rows={data.pages.flatMap((p) => p.items)}
            rowKey={(x) => x.id}
            columns={[
              { key: 'what', title: t('handover.thing'), head: true, render: (x) => <Title kind={kind} thing={x} /> },
              { key: 'due', title: t('handover.due'), num: true, render: (x) => x.due || '—' },
            ]}
          />
        )}
      </QueryView>
      <More query={query} />
    </>
  )
}

/** What stayed with the giver, and why. */
export function KeptPanel({ h }: { h: Handover }) {
  const { t } = useTranslation()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/handovers/{id}/kept',
    { params: { path: { id: h.id }, query: { limit: 50 } } },
    byCursor,
  )
  return (
    <Panel title={t('handover.kept', { name: h.person_name })} flush>
      <QueryView query={query} lines={4}>
        {(data) => (
          <PlainTable
            rows={data.pages.flatMap((p) => p.items)}
            rowKey={(x) => x.kind + x.id}
            note={t('handover.kept_hint')}
            columns={[
              { key: 'what', title: t('handover.thing'), head: true, render: (x) => <Title kind={x.kind} thing={x} /> },
              { key: 'kind', title: t('handover.sort'), render: (x) => t(`handover.kind.${x.kind}`) },
              { key: 'due', title: t('handover.due'), num: true, render: (x) => x.due || '—' },
              { key: 'why', title: t('handover.why'), render: (x) => sentence(t, x.code, x.args) },
            ]}
          />
        )}
      </QueryView>
      <More query={query} />
    </Panel>
  )
}

/** The title leads to the case, else to the customer. */
function Title({ kind, thing: x }: { kind: string; thing: Thing }) {
  const text = useText()
  const title = text({ zh: x.title_zh, en: x.title_en })
  if (kind === 'cases' || kind === 'steps') return <CaseLink to={`/cases/${x.id}`}>{title}</CaseLink>
  if (!x.customer_id) return title
  return (
    <CustomerLink id={x.customer_id} className="link">
      {title}
    </CustomerLink>
  )
}

interface Paged {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
}

/** The button for the next page of a list. */
export function More({ query }: { query: Paged }) {
  const { t } = useTranslation()
  if (!query.hasNextPage) return null
  return (
    <div className="panel-note">
      <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('handover.more')}
      </Button>
    </div>
  )
}
