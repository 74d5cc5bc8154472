import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, type Schemas } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { CustomerLink } from '@/kit/CustomerLink'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { lineKinds, type OwnerSearch } from './routes'

type Line = Schemas['OwnershipLineView']

interface Props {
  run: Schemas['OwnershipRunView']
  search: OwnerSearch
  set: (patch: OwnerSearch) => void
  /** Without ids everything that is open. */
  apply: (ids?: string[]) => Promise<void>
}

const tones = { open: 'neutral', chosen: 'active', applied: 'ok', stale: 'warn' } as const

/** What a run would change, by the sort of change or conflict; chosen or all of it is applied. */
export function LinesPanel({ run, search, set, apply }: Props) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const kind = search.kind ?? (run.moves > 0 ? 'move' : 'all')
  const [chosen, setChosen] = useState<string[]>([])
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/ownership/runs/{id}/lines',
    { params: { path: { id: run.id }, query: { kind: kind === 'all' ? undefined : kind } } },
    byCursor,
  )
  const rows = query.data?.pages.flatMap((p) => p.items) ?? []
  const open = chosen.filter((id) => rows.some((r) => r.customer_id === id && r.state === 'open'))
  const ask = (ids?: string[]) =>
    confirm({
      title: t('ownership.apply_title', { n: ids ? ids.length : run.open }),
      text: t('ownership.apply_text'),
      ok: t('ownership.apply'),
      action: async () => {
        await apply(ids)
        setChosen([])
      },
    })
  return (
    <Panel
      title={t('ownership.changes')}
      extra={
        <span className="row">
          <Button disabled={open.length === 0} onClick={() => void ask(open)}>
            {t('ownership.apply_chosen', { n: open.length })}
          </Button>
          <Button type="primary" disabled={run.open === 0} onClick={() => void ask()}>
            {t('ownership.apply_all', { n: run.open })}
          </Button>
        </span>
      }
    >
      <div className="panel-note">
        <Choice
          label={t('ownership.show')}
          value={kind}
          onChange={(k) => set({ kind: k })}
          options={lineKinds.map((value) => ({ value, label: t(`ownership.kind.${value}`) }))}
        />
      </div>
      <QueryView query={query} lines={6}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('ownership.nothing')} hint={t('ownership.nothing_hint')} />
          ) : (
            <Lines rows={rows} chosen={chosen} onChosen={setChosen} />
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

interface LinesProps {
  rows: Line[]
  chosen: string[]
  onChosen: (ids: string[]) => void
}

function Lines({ rows, chosen, onChosen }: LinesProps) {
  const { t } = useTranslation()
  const text = useText()
  const flip = (id: string, on: boolean) => onChosen(on ? [...chosen, id] : chosen.filter((x) => x !== id))
  return (
    <PlainTable
      rows={rows}
      rowKey={(l) => l.customer_id}
      columns={[
        {
          key: 'name',
          title: t('ownership.customer'),
          head: true,
          render: (l) => (
            <span className="row">
              <Checkbox
                aria-label={t('ownership.choose', { name: l.name })}
                disabled={l.state !== 'open'}
                checked={chosen.includes(l.customer_id)}
                onChange={(e) => flip(l.customer_id, e.target.checked)}
              />
              <CustomerLink id={l.customer_id} className="link">
                {l.name}
              </CustomerLink>
            </span>
          ),
        },
        { key: 'from', title: t('ownership.now'), render: (l) => l.from_name || t('ownership.nobody') },
        {
          key: 'to',
          title: t('ownership.then'),
          render: (l) => (l.to_id ? <b>{l.to_name}</b> : <span className="muted">{t('ownership.nobody_may')}</span>),
        },
        {
          key: 'why',
          title: t('ownership.why'),
          render: (l) => (
            <>
              {text(l.why)}
              {l.conflicts.map((c) => (
                <span key={c.kind + c.rule + c.user_id} className="muted owner-conflict">
                  {t(`ownership.conflict.${c.kind}`, { rule: text(c.title), name: c.user_name || c.text })}
                </span>
              ))}
            </>
          ),
        },
        {
          key: 'state',
          title: t('ownership.state'),
          render: (l) => <StatusDot tone={tones[l.state]} label={t(`ownership.line.${l.state}`)} />,
        },
      ]}
    />
  )
}
