import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import { Panel } from '@/kit/Page'
import { everyText } from '@/kit/period'
import { useText } from '@/kit/text'
import { Assumed, Clause } from '@/kit/Why'
import type { TabProps } from './RulebookPage'

/** What each grade is owed: how often, by whom, with which evidence. */
export function DutiesTab({ book, set }: TabProps) {
  const { t } = useTranslation()
  const text = useText()
  const grade = useGradeIn(book.scheme)
  const byWhom = (role: string) => {
    const known = book.roles.find((r) => r.name === role)
    return known ? text(known.title) : t('rulebook.duties.owner')
  }
  if (book.duties.length === 0)
    return (
      <Panel>
        <EmptyState title={t('rulebook.duties.none')} hint={t('rulebook.duties.none_hint')} />
      </Panel>
    )
  return (
    <Panel flush>
      <div className="plain-wrap">
        <table className="plain plain-cards">
          <thead>
            <tr>
              <th scope="col">{t('rulebook.duties.grades')}</th>
              <th scope="col">{t('rulebook.duties.what')}</th>
              <th scope="col">{t('rulebook.duties.every')}</th>
              <th scope="col">{t('rulebook.duties.by')}</th>
              <th scope="col">{t('rulebook.duties.evidence')}</th>
              <th scope="col">{t('rulebook.clause')}</th>
            </tr>
          </thead>
          <tbody>
            {book.duties.map((d) => (
              <tr key={d.key}>
                <td data-label={t('rulebook.duties.grades')}>
                  <span className="tags">
                    {(d.grades ?? []).map((g) => (
                      <GradeTag key={g} {...grade(g)} />
                    ))}
                  </span>
                </td>
                <th scope="row">{text(d.title)}</th>
                <td data-label={t('rulebook.duties.every')}>
                  {everyText(t, d.every)}
                  {d.assumed && <Assumed />}
                </td>
                <td data-label={t('rulebook.duties.by')}>{byWhom(d.by)}</td>
                <td data-label={t('rulebook.duties.evidence')}>
                  {t(`rulebook.evidence.${d.evidence}`, { defaultValue: d.evidence })}
                </td>
                <td data-label={t('rulebook.clause')}>
                  <Clause clause={d.clause} onClause={(clause) => set({ tab: 'clauses', clause })} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
