import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { PanelSkeleton } from '../PanelSkeleton'
import { useEditor } from './context'
import { useFieldName } from './FieldInput'
import { namedSections, nameOf } from './parts'
import type { SideProps } from './SidePane'
import { ruleFile } from './useDraft'
import { shownFigure } from './words'
import type { Path } from './yaml'

type Diff = Schemas['RulebookDiffView']

const tones: Record<string, StatusTone> = { added: 'ok', removed: 'bad', changed: 'active', moved: 'neutral' }

/** diffQuery compares a draft, as it was last saved, with the version in force. */
export const diffQuery = (id: string, revision: number) => ({
  queryKey: ['rulebook-draft-diff', id, revision],
  queryFn: async () => (await http.GET('/api/v1/rulebook-drafts/{id}/diff', { params: { path: { id } } })).data as Diff,
  gcTime: 0,
})

/** What the draft changes against the version in force. */
export function DiffPane({ draft }: SideProps) {
  const { t } = useTranslation()
  const { text } = useEditor()
  const query = useQuery({
    ...diffQuery(draft.id, text.revision()),
    queryKey: ['rulebook-draft-diff', draft.id, text.saving === 'saved' ? text.revision() : 0],
    enabled: text.saving === 'saved' || text.saving === 'failed',
    placeholderData: (before: Diff | undefined) => before,
  })
  return (
    <QueryView query={query} skeleton={<PanelSkeleton />}>
      {(d) => (
        <div className="stack edit-diff">
          <p className="muted edit-note">
            {d.from ? t('draft.diff.against', { version: d.from }) : t('draft.diff.new')}
          </p>
          {d.changes.length + d.clauses.length === 0 && d.files.every((f) => f.added + f.removed === 0) ? (
            <EmptyState title={t('draft.diff.none')} />
          ) : (
            <>
              <Changes diff={d} />
              <Clauses diff={d} />
              <FileDiffs diff={d} />
            </>
          )}
        </div>
      )}
    </QueryView>
  )
}

function Changes({ diff }: { diff: Diff }) {
  const { t } = useTranslation()
  const { onLine } = useEditor()
  const where = useRefName()
  if (diff.changes.length === 0) return null
  return (
    <Panel title={t('draft.diff.rules')} flush>
      <ul className="edit-changes">
        {diff.changes.map((c) => (
          <li key={`${c.ref}-${c.kind}`}>
            <StatusDot label={t(`draft.diff.${c.kind}`)} tone={tones[c.kind]} />
            <button type="button" className="text-button" onClick={() => onLine(ruleFile, c.line)}>
              {where(c.ref)}
            </button>
            <span className="edit-change">
              {c.before && <del>{shownFigure(c.before)}</del>} {c.after && <ins>{shownFigure(c.after)}</ins>}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** useRefName says in words where `settings.visit_a.value` is. */
function useRefName(): (ref: string) => string {
  const { t } = useTranslation()
  const { y } = useEditor()
  const text = useText()
  const field = useFieldName()
  return (ref) => {
    const steps: Path = ref
      .split(/[.[\]]+/)
      .filter(Boolean)
      .map((s) => (/^\d+$/.test(s) ? Number(s) : s))
    const [section = '', name] = steps
    const head = t(`draft.section.${section}`, { defaultValue: field(String(section)) })
    const own =
      typeof name === 'string' && namedSections.includes(String(section)) ? text(nameOf(y, [section, name])) : ''
    const rest = steps.slice(own ? 2 : 1).map((s) => (typeof s === 'number' ? String(s + 1) : field(s)))
    return [head, own, ...rest].filter(Boolean).join(' › ')
  }
}

function Clauses({ diff }: { diff: Diff }) {
  const { t } = useTranslation()
  const text = useText()
  const { onClause } = useEditor()
  if (diff.clauses.length === 0) return null
  return (
    <Panel title={t('draft.pane.clauses')} flush>
      <ul className="edit-changes">
        {diff.clauses.map((c) => (
          <li key={c.number}>
            <StatusDot label={t(`draft.diff.${c.kind}`)} tone={tones[c.kind]} />
            <button type="button" className="text-button" onClick={() => onClause(c.number)}>
              {c.number} {text((c.after ?? c.before)?.title)}
            </button>
            <span className="edit-change">
              {c.before && <del>{text(c.before.text)}</del>} {c.after && <ins>{text(c.after.text)}</ins>}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function FileDiffs({ diff }: { diff: Diff }) {
  return (
    <>
      {diff.files
        .filter((f) => f.added + f.removed > 0)
        .map((f) => (
          <Panel
            key={f.file}
            title={f.file}
            extra={<span className="muted num">{`+${f.added} −${f.removed}`}</span>}
            flush
          >
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
            <section className="edit-hunks" aria-label={f.file} tabIndex={0}>
              {f.hunks.map((h) => (
                <pre key={`${h.from_line}-${h.to_line}`}>
                  {h.lines.map((l, i) => (
                    <div key={i} className={l.op === '+' ? 'line-in' : l.op === '-' ? 'line-out' : undefined}>
                      {`${l.op} ${l.text}`}
                    </div>
                  ))}
                </pre>
              ))}
            </section>
          </Panel>
        ))}
    </>
  )
}
