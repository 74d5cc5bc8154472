import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { Panel } from '@/kit/Page'
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
      <p className="panel-note muted">{t('rulebook.settings.hint')}</p>
      <div className="plain-wrap">
        <table className="plain plain-cards">
          <thead>
            <tr>
              <th scope="col">{t('rulebook.settings.name')}</th>
              <th scope="col">{t('rulebook.settings.value')}</th>
              <th scope="col">{t('rulebook.settings.default')}</th>
              <th scope="col">{t('rulebook.clause')}</th>
            </tr>
          </thead>
          <tbody>
            {book.settings.map((s) => (
              <tr key={s.name}>
                <th scope="row">{text(s.title) || s.name}</th>
                <td data-label={t('rulebook.settings.value')} className="num">
                  {s.changed ? <b>{settingText(t, s.type, s.value)}</b> : settingText(t, s.type, s.value)}
                  {s.changed && <span className="part-kind">{t('rulebook.settings.changed')}</span>}
                </td>
                <td data-label={t('rulebook.settings.default')} className="num">
                  {settingText(t, s.type, s.default)}
                  {s.assumed && <Assumed />}
                </td>
                <td data-label={t('rulebook.clause')}>
                  <Clause clause={s.clause} onClause={(clause) => set({ tab: 'clauses', clause })} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
