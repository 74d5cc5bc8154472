import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { QueryView } from '@/kit/Loading'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { PanelSkeleton } from '../PanelSkeleton'
import { ProblemList } from '../ProblemsTab'
import type { EditSearch, SideTab } from '../routes'
import { CasesPane } from './CasesPane'
import type { Mark } from './CodeEditor'
import { proposals } from './complete'
import { useEditor } from './context'
import { DiffPane } from './DiffPane'
import { MovePane } from './MovePane'
import type { Check } from './useCheck'
import { caseFile, clauseFile, ruleFile } from './useDraft'

const CodeEditor = lazy(() => import('./CodeEditor'))
const fileOrder = [ruleFile, clauseFile, caseFile]

export interface SideProps {
  draft: Schemas['RulebookDraftView']
  check: Check
  search: EditSearch
  set: (patch: EditSearch) => void
}

/** Beside the forms: the files as text, and what the draft comes to. */
export function SidePane(p: SideProps & { tab: SideTab }) {
  switch (p.tab) {
    case 'problems':
      return <Problems {...p} />
    case 'cases':
      return <CasesPane {...p} />
    case 'diff':
      return <DiffPane {...p} />
    case 'move':
      return <MovePane {...p} />
    default:
      return <Text {...p} />
  }
}

/** The tabs above that pane. */
export function SideTabs(p: SideProps & { tab: SideTab }) {
  const { t } = useTranslation()
  const problems = p.check.problems.data?.problems ?? []
  const cases = p.check.cases.data
  const bad = problems.some((x) => x.severity === 'error')
  return (
    <TabBar<SideTab>
      label={t('draft.pane.side')}
      current={p.tab}
      onChoose={(side) => p.set({ side })}
      tabs={[
        { key: 'yaml', label: t('draft.side.yaml') },
        {
          key: 'problems',
          label: t('draft.side.problems'),
          count: problems.length || undefined,
          tone: bad ? 'bad' : undefined,
        },
        {
          key: 'cases',
          label: t('draft.side.cases'),
          count: cases ? `${cases.passed}/${cases.passed + cases.failed}` : undefined,
          tone: cases && cases.failed > 0 ? 'bad' : undefined,
        },
        { key: 'diff', label: t('draft.side.diff') },
        { key: 'move', label: t('draft.side.move') },
      ]}
    />
  )
}

function Problems({ check }: SideProps) {
  const { onLine, onClause } = useEditor()
  return (
    <QueryView query={check.problems} skeleton={<PanelSkeleton />}>
      {(r) => (r ? <ProblemList problems={r.problems} onPlace={onLine} onClause={onClause} /> : null) as ReactNode}
    </QueryView>
  )
}

/** The files as text. */
function Text({ check, search, set }: SideProps) {
  const words = useText()
  const { text, schema, clauses } = useEditor()
  const names = [...fileOrder, ...Object.keys(text.files).filter((f) => !fileOrder.includes(f))]
  const file = names.find((f) => f === search.file) ?? ruleFile
  const marks = (check.problems.data?.problems ?? [])
    .filter((x) => x.file === file)
    .map(
      (x): Mark => ({
        line: x.line,
        column: x.column,
        severity: x.severity === 'error' ? 'error' : x.severity === 'warning' ? 'warning' : 'info',
        message: `${words(x.message)} ${words(x.remedy)}`,
      }),
    )
  const root = file === caseFile ? (schema.$defs?.cases ? { ...schema, ...schema.$defs.cases } : schema) : schema
  return (
    <>
      <FileChoice names={names} current={file} onChoose={(f) => set({ file: f, line: undefined })} />
      <Suspense fallback={<PanelSkeleton />}>
        <CodeEditor
          key={file}
          label={file}
          value={text.files[file] ?? ''}
          yaml={file.endsWith('.yaml')}
          marks={marks}
          line={search.line ? Number(search.line) : undefined}
          onChange={(v) => text.writeFile(file, v, `text:${file}`)}
          propose={(source, offset) =>
            file.endsWith('.yaml') ? proposals(root, source, offset, clauses) : { from: offset, list: [] }
          }
          onUndo={text.undo}
          onRedo={text.redo}
        />
      </Suspense>
    </>
  )
}

function FileChoice(p: { names: string[]; current: string; onChoose: (f: string) => void }) {
  const { t } = useTranslation()
  return (
    <fieldset className="kinds edit-files" aria-label={t('rulebook.tab.files')}>
      {p.names.map((n) => (
        <button key={n} type="button" className="kind" aria-pressed={n === p.current} onClick={() => p.onChoose(n)}>
          {n}
        </button>
      ))}
    </fieldset>
  )
}
