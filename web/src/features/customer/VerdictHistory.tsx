import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { DateText } from '@/kit/DateText'
import { decimal } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades, useSchemes } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

/** Every verdict on a customer, newest first. */
export default function VerdictHistory({ id, onWhy }: { id: string; onWhy: (verdictID: string) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const grade = useGrades()
  const schemes = useSchemes().data?.items
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/customers/{id}/verdicts',
    { params: { path: { id }, query: { limit: 20 } } },
    byCursor,
  )
  return (
    <QueryView query={query} lines={3}>
      {(data) => (
        <div className="scroll-x">
          <table className="plain">
            <caption className="offscreen">{t('record.show_history')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('record.verdict.as_of')}</th>
                <th scope="col">{t('record.verdict.rulebook')}</th>
                <th scope="col">{t('record.verdict.grade')}</th>
                <th scope="col" className="right">
                  {t('record.verdict.score')}
                </th>
                <th scope="col">{t('record.verdict.origin')}</th>
                <th scope="col">
                  <span className="offscreen">{t('record.why')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.pages
                .flatMap((p) => p.items)
                .map((v) => (
                  <tr key={v.id}>
                    <td>
                      <DateText value={v.as_of} />
                    </td>
                    <td>{text(schemes?.find((s) => s.rulebook === v.rulebook)?.title) || v.rulebook}</td>
                    <td>
                      <GradeTag {...grade(v.scheme, v.code)} />
                    </td>
                    <td className="right num">{v.score && decimal(v.score)}</td>
                    <td>{t(`record.verdict.${v.origin}`)}</td>
                    <td className="right">
                      <button type="button" className="text-button" onClick={() => onWhy(v.id)}>
                        {t('record.why')}
                      </button>
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
          {query.hasNextPage && (
            <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('kit.table.more')}
            </Button>
          )}
          <Appeals id={id} />
        </div>
      )}
    </QueryView>
  )
}

/** The appeals against these verdicts, newest first, also those that changed nothing. */
function Appeals({ id }: { id: string }) {
  const { t } = useTranslation()
  const text = useText()
  const may = usePermission('procedure.read')
  const query = { customer: id, kind: ['appeal'], sort: 'newest' as const, limit: 20 }
  const { data } = api.useQuery('get', '/api/v1/cases', { params: { query } }, { enabled: may })
  if (!data?.items.length) return null
  return (
    <section aria-label={t('record.appeals')}>
      <h3>{t('record.appeals')}</h3>
      <ul className="standings">
        {data.items.map((c) => (
          <li key={c.id}>
            <DateText value={c.received_at} />
            <CaseLink className="link num" to={`/cases/${c.id}`}>
              {c.number}
            </CaseLink>
            <span>{c.title}</span>
            <span className="grow" />
            <StatusDot
              tone={c.status === 'running' ? 'active' : 'neutral'}
              label={text(c.outcome?.title) || t('record.appeal_open')}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
