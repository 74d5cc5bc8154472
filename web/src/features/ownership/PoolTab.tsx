import { keepPreviousData } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas, useRefreshUnder } from '@/api/client'
import { errorText } from '@/api/error'
import { withWords } from '@/app/i18n'
import { Choice } from '@/kit/Choice'
import { CustomerLink } from '@/kit/CustomerLink'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { SearchInput } from '@/kit/SearchInput'
import { useText } from '@/kit/text'
import { type OwnerSearch, poolSides } from './routes'

const GiveBack = lazy(withWords(['owner'], () => import('@/kit/GiveBack')))

type Pooled = Schemas['OwnershipPooledView']

interface Props {
  search: OwnerSearch
  set: (patch: OwnerSearch) => void
}

/** Customers nobody looks after: whoever may, takes them; beside them what one has taken and may give back. */
export function PoolTab(p: Props) {
  const side = p.search.side ?? 'pool'
  return <Side key={side} side={side} {...p} />
}

function Side({ side, search, set }: Props & { side: (typeof poolSides)[number] }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/ownership/pool',
    { params: { query: { q: search.q, mine: side === 'mine' || undefined } } },
    { ...byCursor, placeholderData: keepPreviousData },
  )
  const first = query.data?.pages[0]
  const title =
    side === 'mine'
      ? t('ownership.pool.mine_title')
      : t('ownership.pool.title', { n: first ? num(first.total) + (first.more ? '+' : '') : '' })
  return (
    <Panel
      title={title}
      extra={
        first?.open && (
          <span className="muted num">{t('ownership.pool.mine', { n: first.mine, max: first.claim_at_most })}</span>
        )
      }
    >
      <div className="panel-note row owner-find">
        <Choice
          label={t('ownership.show')}
          value={side}
          onChange={(v) => set({ side: v === 'pool' ? undefined : v })}
          options={poolSides.map((value) => ({ value, label: t(`ownership.pool.side.${value}`) }))}
        />
        <SearchInput
          value={search.q ?? ''}
          onChange={(q) => set({ q: q || undefined })}
          placeholder={t('ownership.pool.find')}
        />
      </div>
      <QueryView query={query} lines={6}>
        {() => (
          <Rows
            rows={query.data?.pages.flatMap((p) => p.items) ?? []}
            open={first?.open ?? false}
            scheme={first?.scheme ?? ''}
            mine={side === 'mine'}
          />
        )}
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

interface RowsProps {
  rows: Pooled[]
  /** Customers can be taken. */
  open: boolean
  /** The scheme of the grades. */
  scheme: string
  mine: boolean
}

function Rows({ rows, open, scheme, mine }: RowsProps) {
  const grade = useGrades()
  const { t } = useTranslation()
  const text = useText()
  const { message } = App.useApp()
  const refresh = useRefreshUnder('/api/v1/ownership', '/api/v1/customers', '/api/v1/duties', '/api/v1/workbench')
  const [taking, setTaking] = useState<string>()
  const [giving, setGiving] = useState<Pooled>()
  const claim = async (id: string) => {
    setTaking(id)
    try {
      await http.POST('/api/v1/ownership/pool/{id}/claim', { params: { path: { id } } })
      void message.success(t('ownership.pool.claimed'))
    } catch (e) {
      void message.error(errorText(t, e))
    }
    await refresh()
    setTaking(undefined)
  }
  if (rows.length === 0)
    return mine ? (
      <EmptyState title={t('ownership.pool.mine_none')} hint={t('ownership.pool.mine_hint')} />
    ) : (
      <EmptyState title={t('ownership.pool.none')} hint={t('ownership.pool.none_hint')} />
    )
  return (
    <>
      <PlainTable
        rows={rows}
        rowKey={(x) => x.customer_id}
        note={open ? undefined : t('ownership.pool.closed')}
        columns={[
          {
            key: 'name',
            title: t('ownership.customer'),
            head: true,
            render: (x) =>
              mine ? (
                <CustomerLink id={x.customer_id} className="link">
                  {x.name}
                </CustomerLink>
              ) : (
                x.name
              ),
          },
          { key: 'region', title: t('ownership.area.region'), render: (x) => text(x.region) },
          {
            key: 'grade',
            title: t('ownership.grade'),
            render: (x) => (x.grade ? <GradeTag {...grade(scheme, x.grade)} /> : '—'),
          },
          ...(mine
            ? []
            : [
                {
                  key: 'last',
                  title: t('ownership.pool.last'),
                  render: (x: Pooled) => x.last_owner || t('ownership.nobody'),
                },
              ]),
          { key: 'since', title: t('ownership.pool.since'), num: true, render: (x) => x.since || '—' },
          {
            key: 'act',
            title: '',
            render: (x) =>
              mine ? (
                <Button size="small" onClick={() => setGiving(x)}>
                  {t('ownership.pool.give_back')}
                </Button>
              ) : (
                open && (
                  <Button
                    size="small"
                    loading={taking === x.customer_id}
                    disabled={taking !== undefined}
                    onClick={() => void claim(x.customer_id)}
                  >
                    {t('ownership.pool.claim')}
                  </Button>
                )
              ),
          },
        ]}
      />
      <Suspense>
        {giving && <GiveBack id={giving.customer_id} name={giving.name} onClose={() => setGiving(undefined)} />}
      </Suspense>
    </>
  )
}
