import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { CustomerLink } from '@/kit/CustomerLink'
import type { GradeWords } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import type { MatrixCell } from '@/kit/Matrix'
import type { SchemeOf } from './GradingPage'

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
    {
      pageParamName: 'cursor',
      initialPageParam: '',
      getNextPageParam: (page: { next_cursor?: string }) => page.next_cursor || undefined,
    },
  )
  return (
    <section className="moved" aria-live="polite">
      <h3>{t('grading.move.list', { from: words(cell.from).label, to: words(cell.to).label, n: cell.count })}</h3>
      <QueryView query={query} lines={4}>
        {(d) => (
          <>
            <div className="scroll-x">
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">{t('grading.customer')}</th>
                    <th scope="col">{t('grading.customer_code')}</th>
                    <th scope="col" className="right">
                      {t('grading.move.score_from', { day: from })}
                    </th>
                    <th scope="col" className="right">
                      {t('grading.move.score_to', { day: to })}
                    </th>
                    <th scope="col">{t('grading.owner')}</th>
                  </tr>
                </thead>
                <tbody>
                  {d.pages
                    .flatMap((p) => p.items)
                    .map((r) => (
                      <tr key={r.customer_id}>
                        <th scope="row">
                          <CustomerLink id={r.customer_id}>{r.customer_name}</CustomerLink>
                        </th>
                        <td className="num">{r.customer_code}</td>
                        <td className="right num">{r.from_score}</td>
                        <td className="right num">{r.to_score}</td>
                        <td>{r.owner_name || <span className="none">{t('grading.nobody')}</span>}</td>
                      </tr>
                    ))}
                </tbody>
              </table>
            </div>
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
