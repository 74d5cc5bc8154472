import { useTranslation } from 'react-i18next'
import { api, byCursor, type Schemas } from '@/api/client'
import { CustomerLink } from '@/kit/CustomerLink'
import type { GradeWords } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import type { MatrixCell } from '@/kit/Matrix'
import { type PlainColumn, PlainTable } from '@/kit/PlainTable'
import type { SchemeOf } from './GradingPage'

type Moved = Schemas['GradingMovedView']

interface Props {
  scheme: SchemeOf
  from: string
  to: string
  cell: MatrixCell
  words: (code: string) => GradeWords
}

/** The customers behind a cell of the matrix; each name opens the record, where both verdicts explain themselves. */
export function MovedList({ scheme, from, to, cell, words }: Props) {
  const { t } = useTranslation()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/grading/movement/customers',
    {
      params: {
        query: {
          rulebook: scheme.rulebook,
          scheme: scheme.scheme.id,
          from,
          to,
          from_code: cell.from,
          to_code: cell.to,
        },
      },
    },
    byCursor,
  )
  const score = (key: 'from' | 'to', day: string, render: (r: Moved) => string): PlainColumn<Moved> => ({
    key,
    title: t(`grading.move.score_${key}`, { day }),
    num: true,
    right: true,
    render,
  })
  return (
    <section className="moved" aria-live="polite">
      <h3>{t('grading.move.list', { from: words(cell.from).label, to: words(cell.to).label, n: cell.count })}</h3>
      <QueryView query={query} lines={4}>
        {(d) => (
          <>
            <PlainTable
              rows={d.pages.flatMap((p) => p.items)}
              rowKey={(r) => r.customer_id}
              columns={[
                {
                  key: 'customer',
                  title: t('grading.customer'),
                  head: true,
                  render: (r) => <CustomerLink id={r.customer_id}>{r.customer_name}</CustomerLink>,
                },
                { key: 'code', title: t('grading.customer_code'), num: true, render: (r) => r.customer_code },
                score('from', from, (r) => r.from_score),
                score('to', to, (r) => r.to_score),
                {
                  key: 'owner',
                  title: t('grading.owner'),
                  render: (r) => r.owner_name || <span className="none">{t('grading.nobody')}</span>,
                },
              ]}
            />
            {query.hasNextPage && (
              <button type="button" className="text-button" onClick={() => void query.fetchNextPage()}>
                {t('grading.move.more')}
              </button>
            )}
          </>
        )}
      </QueryView>
    </section>
  )
}
