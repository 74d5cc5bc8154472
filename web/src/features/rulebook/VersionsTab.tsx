import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { Drafts } from './Drafts'
import { ReadersPanel } from './Receipts'
import { DecidedRequests, OpenRequests, ReturnButton } from './Requests'
import type { TabProps } from './RulebookPage'
import { settingText } from './settingWords'

/** moment turns RFC 3339 into what DateText takes. */
const micros = (at: string): number => Date.parse(at) * 1000

/** Which texts there are, and which was put into force when and by whom. */
export function VersionsTab({ book, version, set }: TabProps) {
  const { t } = useTranslation()
  return (
    <div className="stack">
      <OpenRequests book={book} onShow={(v) => set({ version: v, tab: 'clauses' })} />
      <Drafts rulebook={book.id} />
      <Panel title={t('rulebook.adoptions')} flush>
        {book.adoptions.length === 0 ? (
          <EmptyState title={t('rulebook.no_adoptions')} hint={t('rulebook.no_adoptions_hint')} />
        ) : (
          <Adoptions book={book} />
        )}
      </Panel>
      <Panel title={t('rulebook.tab.versions')} flush>
        <PlainTable
          rows={book.versions}
          rowKey={(v) => v.version}
          columns={[
            { key: 'version', title: t('rulebook.version'), head: true, num: true, render: (v) => v.version },
            { key: 'origin', title: t('rulebook.origin.title'), render: (v) => t(`rulebook.origin.${v.origin}`) },
            {
              key: 'registered',
              title: t('rulebook.registered'),
              render: (v) => (
                <>
                  <DateText value={micros(v.created_at)} /> {v.created_by}
                </>
              ),
            },
            {
              key: 'show',
              title: t('rulebook.show'),
              render: (v) =>
                v.version === version ? (
                  <span className="muted">{t('rulebook.shown')}</span>
                ) : (
                  <button
                    type="button"
                    className="text-button"
                    onClick={() => set({ version: v.version, tab: 'clauses', clause: undefined })}
                  >
                    {t('rulebook.show_this')}
                  </button>
                ),
            },
          ]}
        />
      </Panel>
      <ReadersPanel book={book} />
      <DecidedRequests book={book} />
    </div>
  )
}

function Adoptions({ book }: { book: TabProps['book'] }) {
  const { t } = useTranslation()
  const mayAdopt = usePermission('rulebook.adopt')
  const text = useText()
  const setting = (name: string, value: string) => {
    const s = book.settings.find((x) => x.name === name)
    return s ? `${text(s.title) || name}: ${settingText(t, s.type, value)}` : `${name}: ${value}`
  }
  return (
    <PlainTable
      rows={book.adoptions}
      rowKey={(a) => a.id}
      columns={[
        {
          key: 'effective',
          title: t('rulebook.effective'),
          head: true,
          num: true,
          render: (a) => `${a.effective_from} – ${a.effective_to || t('rulebook.until_now')}`,
        },
        { key: 'version', title: t('rulebook.version'), num: true, render: (a) => a.version },
        {
          key: 'settings',
          title: t('rulebook.own_settings'),
          render: (a) =>
            Object.keys(a.settings).length === 0 ? (
              <span className="muted">{t('rulebook.defaults_only')}</span>
            ) : (
              Object.entries(a.settings).map(([k, v]) => <div key={k}>{setting(k, v)}</div>)
            ),
        },
        { key: 'note', title: t('rulebook.adopt.note'), render: (a) => a.note || '—' },
        {
          key: 'by',
          title: t('rulebook.adopted_by'),
          render: (a) => (
            <>
              {a.adopted_by || t('rulebook.system')} <DateText value={micros(a.adopted_at)} />
            </>
          ),
        },
        ...(mayAdopt
          ? [
              {
                key: 'return',
                title: t('draft.actions'),
                render: (a: Schemas['RulebookAdoptionView']) =>
                  a.effective_to && a.version !== book.in_force?.version ? (
                    <ReturnButton book={book} version={a.version} />
                  ) : (
                    '—'
                  ),
              },
            ]
          : []),
      ]}
    />
  )
}
