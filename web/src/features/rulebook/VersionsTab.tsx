import { useTranslation } from 'react-i18next'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import type { TabProps } from './RulebookPage'
import { settingText } from './settingWords'

/** moment turns RFC 3339 into what DateText takes. */
const micros = (at: string): number => Date.parse(at) * 1000

/** Which texts there are, and which was put into force when and by whom. */
export function VersionsTab({ book, version, set }: TabProps) {
  const { t } = useTranslation()
  return (
    <div className="stack">
      <Panel title={t('rulebook.adoptions')} flush>
        {book.adoptions.length === 0 ? (
          <EmptyState title={t('rulebook.no_adoptions')} hint={t('rulebook.no_adoptions_hint')} />
        ) : (
          <Adoptions book={book} />
        )}
      </Panel>
      <Panel title={t('rulebook.tab.versions')} flush>
        <div className="plain-wrap">
          <table className="plain plain-cards">
            <thead>
              <tr>
                <th scope="col">{t('rulebook.version')}</th>
                <th scope="col">{t('rulebook.origin.title')}</th>
                <th scope="col">{t('rulebook.registered')}</th>
                <th scope="col">{t('rulebook.show')}</th>
              </tr>
            </thead>
            <tbody>
              {book.versions.map((v) => (
                <tr key={v.version}>
                  <th scope="row" className="num">
                    {v.version}
                  </th>
                  <td data-label={t('rulebook.origin.title')}>{t(`rulebook.origin.${v.origin}`)}</td>
                  <td data-label={t('rulebook.registered')}>
                    <DateText value={micros(v.created_at)} /> {v.created_by}
                  </td>
                  <td data-label={t('rulebook.show')}>
                    {v.version === version ? (
                      <span className="muted">{t('rulebook.shown')}</span>
                    ) : (
                      <button
                        type="button"
                        className="text-button"
                        onClick={() => set({ version: v.version, tab: 'clauses', clause: undefined })}
                      >
                        {t('rulebook.show_this')}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </div>
  )
}

function Adoptions({ book }: { book: TabProps['book'] }) {
  const { t } = useTranslation()
  const text = useText()
  const setting = (name: string, value: string) => {
    const s = book.settings.find((x) => x.name === name)
    return s ? `${text(s.title) || name}: ${settingText(t, s.type, value)}` : `${name}: ${value}`
  }
  return (
    <div className="plain-wrap">
      <table className="plain plain-cards">
        <thead>
          <tr>
            <th scope="col">{t('rulebook.effective')}</th>
            <th scope="col">{t('rulebook.version')}</th>
            <th scope="col">{t('rulebook.own_settings')}</th>
            <th scope="col">{t('rulebook.adopt.note')}</th>
            <th scope="col">{t('rulebook.adopted_by')}</th>
          </tr>
        </thead>
        <tbody>
          {book.adoptions.map((a) => (
            <tr key={a.id}>
              <th scope="row" className="num">
                {a.effective_from} – {a.effective_to || t('rulebook.until_now')}
              </th>
              <td data-label={t('rulebook.version')} className="num">
                {a.version}
              </td>
              <td data-label={t('rulebook.own_settings')}>
                {Object.entries(a.settings).map(([k, v]) => (
                  <div key={k}>{setting(k, v)}</div>
                ))}
                {Object.keys(a.settings).length === 0 && <span className="muted">{t('rulebook.defaults_only')}</span>}
              </td>
              <td data-label={t('rulebook.adopt.note')}>{a.note || '—'}</td>
              <td data-label={t('rulebook.adopted_by')}>
                {a.adopted_by || t('rulebook.system')} <DateText value={micros(a.adopted_at)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
