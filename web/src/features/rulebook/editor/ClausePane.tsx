import { Button } from 'antd'
import { Pencil, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { useText } from '@/kit/text'
import type { ClauseText } from './clauses'
import { useEditor } from './context'
import { clausePaths } from './parts'

const ClauseForm = lazy(() => import('./ClauseForm').then((m) => ({ default: m.ClauseForm })))

/** The regulation, clause by clause; choosing one shows what carries it out. */
export function ClausePane(p: {
  clauses: ClauseText[]
  chosen: string | undefined
  onChoose: (n: string | undefined) => void
}) {
  const { t } = useTranslation()
  const { y } = useEditor()
  const [form, setForm] = useState<{ clause?: ClauseText; after?: string }>()
  const carried = y.broken ? new Map() : clausePaths(y)
  return (
    <>
      <div className="edit-pane-head">
        <h2>{t('draft.pane.clauses')}</h2>
        <span className="muted num">{p.clauses.length}</span>
        <span className="grow" />
        <Button size="small" icon={<Plus size={14} />} onClick={() => setForm({ after: p.chosen })}>
          {t('draft.clause.add')}
        </Button>
      </div>
      {p.clauses.length === 0 && <EmptyState title={t('rulebook.no_clauses')} hint={t('draft.clause.none_hint')} />}
      <ol className="edit-clauses">
        {p.clauses.map((c) => (
          <ClauseItem
            key={`${c.number}-${c.from}`}
            clause={c}
            parts={carried.get(c.number)?.length ?? 0}
            on={c.number === p.chosen}
            onChoose={() => p.onChoose(c.number === p.chosen ? undefined : c.number)}
            onEdit={() => setForm({ clause: c })}
          />
        ))}
      </ol>
      {form && (
        <Suspense fallback={null}>
          <ClauseForm {...form} all={p.clauses} onClose={() => setForm(undefined)} onChoose={p.onChoose} />
        </Suspense>
      )}
    </>
  )
}

function ClauseItem(p: { clause: ClauseText; parts: number; on: boolean; onChoose: () => void; onEdit: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const c = p.clause
  return (
    <li className={p.on ? 'edit-clause clause-on' : 'edit-clause'}>
      <button type="button" className="clause-name" aria-pressed={p.on} onClick={p.onChoose}>
        <span className="num">{c.number}</span>
        {text(c.title)}
      </button>
      <Button
        size="small"
        type="text"
        className="edit-clause-edit"
        aria-label={t('draft.clause.edit', { number: c.number })}
        icon={<Pencil size={14} strokeWidth={1.75} />}
        onClick={p.onEdit}
      />
      <p className="muted">
        {t(`rulebook.kind.${c.kind}`, { defaultValue: c.kind })}
        {p.parts > 0 && ` · ${t('draft.clause.parts', { count: p.parts })}`}
      </p>
      {p.on && <p className="edit-clause-text">{text(c.text)}</p>}
    </li>
  )
}
