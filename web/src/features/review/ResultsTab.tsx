import { Button, Form, Input, Select } from 'antd'
import { Download, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { DateInput } from '@/kit/DateInput'
import { EmptyState } from '@/kit/EmptyState'
import { FormDrawer } from '@/kit/FormDrawer'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import type { Column } from '@/kit/tableLayout'
import { usePermission } from '@/kit/usePermission'
import { type Review, type TabProps, useReviewChanged } from './ReviewPage'
import { type ResultList, resultLists } from './routes'

type Result = Schemas['ReviewResultView']

/** The lists a campaign results in; before closing, what would come out. */
export function ResultsTab({ review: r, search, set }: TabProps) {
  const { t, i18n } = useTranslation()
  const list = search.list ?? 'a_list'
  const mayExport = usePermission('customer.export')
  const [edited, setEdited] = useState<Result>()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/reviews/{id}/results/{list}',
    { params: { path: { id: r.id, list }, query: { limit: 100 } } },
    {
      pageParamName: 'cursor',
      initialPageParam: '',
      getNextPageParam: (page: { next_cursor?: string }) => page.next_cursor || undefined,
    },
  )
  const columns = useColumns(r, list, setEdited)
  const file = (of: string, format: 'xlsx' | 'pdf') =>
    `/api/v1/reviews/${r.id}/export/${of}?format=${format}&lang=${i18n.language}`
  return (
    <>
      <DataTable<Result>
        id={`review-${list}`}
        label={t(`review.list.${list}`)}
        columns={columns}
        rows={query.data?.pages.flatMap((p) => p.items)}
        rowKey={(x) => x.customer_id}
        rowLabel={(x) => x.name}
        error={query.error}
        onRetry={() => void query.refetch()}
        refreshing={query.isRefetching}
        more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
        onOpen={setEdited}
        bar={
          <div className="filters">
            <Choice<ResultList>
              label={t('review.tab.results')}
              value={list}
              onChange={(v) => set({ list: v })}
              options={resultLists.map((k) => ({ value: k, label: t(`review.list.${k}`) }))}
            />
            <span className="grow" />
            {mayExport && (
              <>
                <a href={file(list, 'pdf')} download>
                  <Button icon={<Printer size={16} strokeWidth={1.75} />}>{t('review.print')}</Button>
                </a>
                <a href={file(list, 'xlsx')} download>
                  <Button icon={<Download size={16} strokeWidth={1.75} />}>{t('review.export')}</Button>
                </a>
                <a href={file('lines', 'xlsx')} download>
                  <Button>{t('review.export_all')}</Button>
                </a>
              </>
            )}
          </div>
        }
        card={(x) => (
          <>
            <CustomerLink id={x.customer_id} className="card-link">
              {x.name}
            </CustomerLink>
            <span className="muted">{x.plan || x.note || t('review.result.nothing')}</span>
          </>
        )}
        empty={<EmptyState title={t(`review.list_empty.${list}`)} hint={t('review.list_empty.hint')} />}
      />
      {edited && <ResultDrawer review={r} list={list} result={edited} onClose={() => setEdited(undefined)} />}
    </>
  )
}

function useColumns(r: Review, list: ResultList, onEdit: (x: Result) => void): Column<Result>[] {
  const { t } = useTranslation()
  const words = useGradeIn(r.scheme)
  const asks = list === 'special_policies' || list === 'credit_terms'
  return [
    {
      key: 'name',
      title: t('review.customer'),
      width: 240,
      fixed: true,
      locked: true,
      render: (x) => <CustomerLink id={x.customer_id}>{x.name}</CustomerLink>,
    },
    {
      key: 'grade',
      title: t(list === 'new_customers' ? 'review.provisional' : 'review.grade'),
      width: 120,
      render: (x) => <GradeTag {...words(x.final_code || x.outcome || x.open_code)} />,
    },
    ...(list === 'new_customers'
      ? [
          {
            key: 'since',
            title: t('review.since'),
            width: 120,
            render: (x: Result) => <span className="num">{x.first_fact || '—'}</span>,
          },
        ]
      : []),
    ...(asks
      ? [
          {
            key: 'action',
            title: t('review.result.action'),
            width: 100,
            render: (x: Result) => (x.action ? t(`review.action.${x.action}`) : '—'),
          },
        ]
      : []),
    {
      key: 'plan',
      title: t(list === 'a_list' ? 'review.result.plan' : 'review.result.content'),
      width: 320,
      render: (x) => x.plan || <span className="none">—</span>,
    },
    {
      key: 'due',
      title: t('review.result.due'),
      width: 120,
      render: (x) => <span className="num">{x.due_on || '—'}</span>,
    },
    {
      key: 'edit',
      title: '',
      width: 90,
      render: (x) => (
        <button type="button" className="link review-link" onClick={() => onEdit(x)}>
          {t('review.result.edit')}
        </button>
      ),
    },
  ]
}

interface ResultForm {
  action?: '' | 'keep' | 'new' | 'adjust' | 'revoke'
  plan?: string
  note?: string
  due_on?: string
}

function ResultDrawer({
  review: r,
  list,
  result: x,
  onClose,
}: {
  review: Review
  list: ResultList
  result: Result
  onClose: () => void
}) {
  const { t } = useTranslation()
  const changed = useReviewChanged()
  const asks = list === 'special_policies' || list === 'credit_terms'
  return (
    <FormDrawer<ResultForm>
      open
      title={x.name}
      initial={{ action: x.action || undefined, plan: x.plan, note: x.note, due_on: x.due_on || undefined }}
      done={t('review.result.saved')}
      onSubmit={async (v) => {
        await http.PUT('/api/v1/reviews/{id}/results/{list}/{customer}', {
          params: {
            path: { id: r.id, list, customer: x.customer_id },
            header: x.written > 0 ? { 'If-Match': `"${x.written}"` } : {},
          },
          body: { ...v, sees_to: x.sees_to },
        })
        await changed()
      }}
      onClose={onClose}
    >
      {asks && (
        <Form.Item
          name="action"
          label={t('review.result.action')}
          rules={[{ required: true, message: t('kit.form.required') }]}
        >
          <Select
            options={(['keep', 'new', 'adjust', 'revoke'] as const).map((a) => ({
              value: a,
              label: t(`review.action.${a}`),
            }))}
          />
        </Form.Item>
      )}
      <Form.Item name="plan" label={t(list === 'a_list' ? 'review.result.plan' : 'review.result.content')}>
        <Input.TextArea rows={5} maxLength={4000} />
      </Form.Item>
      <Form.Item name="due_on" label={t('review.result.due')}>
        <DateInput />
      </Form.Item>
      <Form.Item name="note" label={t('review.note')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  )
}
