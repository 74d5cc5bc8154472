import { useTranslation } from 'react-i18next'
import { timingText } from '@/kit/dutyTiming'
import { EmptyState } from '@/kit/EmptyState'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
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
      <PlainTable
        rows={book.duties}
        rowKey={(d) => d.key}
        columns={[
          {
            key: 'grades',
            title: t('rulebook.duties.grades'),
            render: (d) => (
              <span className="tags">
                {(d.grades ?? []).map((g) => (
                  <GradeTag key={g} {...grade(g)} />
                ))}
              </span>
            ),
          },
          { key: 'what', title: t('rulebook.duties.what'), head: true, render: (d) => text(d.title) },
          {
            key: 'every',
            title: t('rulebook.duties.every'),
            render: (d) => (
              <>
                {timingText(t, d)}
                {d.assumed && <Assumed />}
              </>
            ),
          },
          { key: 'by', title: t('rulebook.duties.by'), render: (d) => byWhom(d.by) },
          {
            key: 'evidence',
            title: t('rulebook.duties.evidence'),
            render: (d) => t(`rulebook.evidence.${d.evidence}`, { defaultValue: d.evidence }),
          },
          {
            key: 'clause',
            title: t('rulebook.clause'),
            render: (d) => <Clause clause={d.clause} onClause={(clause) => set({ tab: 'clauses', clause })} />,
          },
        ]}
      />
    </Panel>
  )
}
