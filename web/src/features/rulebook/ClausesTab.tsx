import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import { Assumed } from '@/kit/Why'
import { type Part, partOf } from './carried'
import { PanelSkeleton } from './PanelSkeleton'
import type { TabProps } from './RulebookPage'

type ClauseRow = Schemas['RulebookClauseView']

/** The regulation, clause by clause, and beside each what carries it out. */
export function ClausesTab({ book, version, search, set }: TabProps) {
  const { t } = useTranslation()
  const text = useText()
  const grade = (code: string) => text(book.scheme.labels?.find((l) => l.code === code)?.title) || undefined
  const query = api.useQuery('get', '/api/v1/rulebooks/{id}/versions/{version}/clauses', {
    params: { path: { id: book.id, version } },
  })
  return (
    <Panel flush>
      <QueryView query={query} lines={12} skeleton={<PanelSkeleton />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('rulebook.no_clauses')} />
          ) : (
            <>
              <ClausesHead items={items} />
              <ol className="clauses">
                {items.map((c) => (
                  <ClauseItem
                    key={c.number}
                    clause={c}
                    grade={grade}
                    on={c.number === search.clause}
                    onChoose={() => set({ clause: c.number === search.clause ? undefined : c.number })}
                    onLine={(line) => set({ tab: 'files', file: 'rulebook.yaml', line: String(line) })}
                  />
                ))}
              </ol>
            </>
          )
        }
      </QueryView>
    </Panel>
  )
}

function ClausesHead({ items }: { items: ClauseRow[] }) {
  const { t } = useTranslation()
  const carried = items.filter((c) => c.implemented_by.length > 0).length
  return (
    <div className="clauses-head">
      <h2>{t('rulebook.clauses.text')}</h2>
      <h2>
        {t('rulebook.clauses.carried')}
        <span className="muted num">{t('rulebook.clauses.count', { carried, total: items.length })}</span>
      </h2>
    </div>
  )
}

function ClauseItem(p: {
  clause: ClauseRow
  on: boolean
  grade: (code: string) => string | undefined
  onChoose: () => void
  onLine: (line: number) => void
}) {
  const { t, i18n } = useTranslation()
  const text = useText()
  const ref = useRef<HTMLLIElement>(null)
  const first = useRef(p.on)
  useEffect(() => {
    if (first.current) ref.current?.scrollIntoView({ block: 'center' })
  }, [])
  const c = p.clause
  const parts = c.implemented_by.map((x) => partOf(x, i18n.language, p.grade))
  return (
    <li ref={ref} className={p.on ? 'clause-row clause-on' : 'clause-row'}>
      <div className="clause-text">
        <button type="button" className="clause-name" aria-pressed={p.on} onClick={p.onChoose}>
          <span className="num">{c.number}</span>
          {text(c.title)}
        </button>
        <span className="muted">{t(`rulebook.kind.${c.kind}`, { defaultValue: c.kind })}</span>
        <p>{text(c.text)}</p>
      </div>
      <div className="clause-parts">
        {parts.length === 0 ? (
          <p className="muted">{t('rulebook.clauses.by_people')}</p>
        ) : (
          parts.map((x) => <PartItem key={`${x.line}-${x.title}`} part={x} onLine={p.onLine} />)
        )}
      </div>
    </li>
  )
}

function PartItem({ part, onLine }: { part: Part; onLine: (line: number) => void }) {
  const { t } = useTranslation()
  return (
    <div className="part">
      <div className="part-head">
        <span className="part-kind">{t(`rulebook.part.${part.kind}`, { defaultValue: part.kind })}</span>
        <b>{part.title}</b>
        {part.assumed && <Assumed />}
        <span className="grow" />
        <button type="button" className="text-button num" onClick={() => onLine(part.line)}>
          {t('rulebook.line', { line: part.line })}
        </button>
      </div>
      {part.lines.length > 0 && <code className="part-code">{part.lines.join('\n')}</code>}
    </div>
  )
}
