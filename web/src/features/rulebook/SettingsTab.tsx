import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { Assumed, Clause } from '@/kit/Why'
import type { TabProps } from './RulebookPage'
import { settingText } from './settingWords'

/** What the company sets: the value that holds, the default, and whether the text of the regulation gives it. */
export function SettingsTab({ book, set }: TabProps) {
  const { t } = useTranslation()
  const text = useText()
  if (book.settings.length === 0)
    return (
      <Panel>
        <EmptyState title={t('rulebook.settings.none')} />
      </Panel>
    )
  return (
    <Panel flush>
      <PlainTable
        note={t('rulebook.settings.hint')}
        rows={book.settings}
        rowKey={(s) => s.name}
        columns={[
          { key: 'name', title: t('rulebook.settings.name'), head: true, render: (s) => text(s.title) || s.name },
          {
            key: 'value',
            title: t('rulebook.settings.value'),
            num: true,
            render: (s) => (
              <>
                {s.changed ? <b>{settingText(t, s.type, s.value)}</b> : settingText(t, s.type, s.value)}
                {s.changed && <span className="part-kind">{t('rulebook.settings.changed')}</span>}
              </>
            ),
          },
          {
            key: 'default',
            title: t('rulebook.settings.default'),
            num: true,
            render: (s) => (
              <>
                {settingText(t, s.type, s.default)}
                {s.assumed && <Assumed />}
              </>
            ),
          },
          {
            key: 'clause',
            title: t('rulebook.clause'),
            render: (s) => <Clause clause={s.clause} onClause={(clause) => set({ tab: 'clauses', clause })} />,
          },
        ]}
      />
    </Panel>
  )
}
