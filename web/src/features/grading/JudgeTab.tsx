import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { Choice } from '@/kit/Choice'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { JudgeInput } from '@/kit/JudgeInput'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import type { TabProps } from './GradingPage'

type Open = Schemas['GradingOpenJudgementView']

const keyOf = (r: Open): string => `${r.customer_id}/${r.item}`

/** What nobody has judged yet, judged here line by line and saved at once. */
export function JudgeTab({ scheme }: TabProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [mine, setMine] = useState(true)
  const [given, setGiven] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/judgements/open',
    { params: { query: { rulebook: scheme.rulebook, mine } } },
    byCursor,
  )
  const rows = query.data?.pages.flatMap((p) => p.items)
  const filled = rows?.filter((r) => given[keyOf(r)]) ?? []
  const save = async () => {
    setBusy(true)
    try {
      const items = filled.map((r) => ({ customer_id: r.customer_id, item: r.item, value: given[keyOf(r)] ?? '' }))
      const { data } = await http.POST('/api/v1/judgements', {
        params: { query: { rulebook: scheme.rulebook } },
        body: { items },
      })
      void message.success(t('grading.judge.saved', { n: data?.set ?? 0 }))
      setGiven({})
      await client.invalidateQueries({ queryKey: ['get', '/api/v1/judgements/open'] })
    } catch (e) {
      void message.error(errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  const set = (r: Open, value: string) => setGiven({ ...given, [keyOf(r)]: value })
  const columns = useColumns(given, set)
  return (
    <DataTable<Open>
      id="judgements"
      label={t('grading.tab.judge')}
      columns={columns}
      rows={rows}
      rowKey={keyOf}
      rowLabel={(r) => r.customer_name}
      error={query.error}
      onRetry={() => void query.refetch()}
      refreshing={query.isRefetching}
      more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
      bar={
        <div className="filters">
          <Choice
            label={t('grading.judge.whose')}
            value={mine ? 'mine' : 'all'}
            onChange={(v) => setMine(v === 'mine')}
            options={[
              { value: 'mine', label: t('grading.judge.mine') },
              { value: 'all', label: t('grading.judge.all') },
            ]}
          />
          <span className="grow" />
          {filled.length > 0 && (
            <Button type="primary" loading={busy} onClick={() => void save()}>
              {t('grading.judge.save', { n: filled.length })}
            </Button>
          )}
        </div>
      }
      card={(r) => (
        <>
          <CustomerLink id={r.customer_id} className="card-link">
            {r.customer_name}
          </CustomerLink>
          <Item row={r} />
          <JudgeInput item={r} disabled={!r.may_judge} value={given[keyOf(r)] ?? ''} onChange={(v) => set(r, v)} />
        </>
      )}
      empty={
        <EmptyState
          title={t('grading.judge.none')}
          hint={t(mine ? 'grading.judge.none_mine_hint' : 'grading.judge.none_hint')}
        />
      }
    />
  )
}

function Item({ row }: { row: Open }) {
  const text = useText()
  return <>{text(row.title) || row.item}</>
}

function useColumns(given: Record<string, string>, set: (r: Open, value: string) => void): Column<Open>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'name',
      title: t('grading.customer'),
      width: 250,
      fixed: true,
      locked: true,
      render: (r) => <CustomerLink id={r.customer_id}>{r.customer_name}</CustomerLink>,
    },
    {
      key: 'number',
      title: t('grading.customer_code'),
      width: 120,
      render: (r) => <span className="num">{r.customer_code}</span>,
    },
    { key: 'item', title: t('grading.judge.item'), width: 180, render: (r) => <Item row={r} /> },
    {
      key: 'value',
      title: t('grading.judge.value'),
      width: 220,
      render: (r) => (
        <JudgeInput small item={r} disabled={!r.may_judge} value={given[keyOf(r)] ?? ''} onChange={(v) => set(r, v)} />
      ),
    },
    {
      key: 'owner',
      title: t('grading.owner'),
      width: 110,
      render: (r) => r.owner_name || <span className="none">{t('grading.nobody')}</span>,
    },
  ]
}
