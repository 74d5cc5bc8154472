import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { Redo2, Send, Undo2 } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { useCommands } from '@/kit/commands'
import { useLeaveGuard } from '@/kit/FormDrawer'
import { Page } from '@/kit/Page'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { TabBar } from '@/kit/TabBar'
import { useMedia } from '@/kit/useMobile'
import { type EditPane, type EditSearch, editPanes } from '../routes'
import { ClausePane } from './ClausePane'
import { readClauses } from './clauses'
import { EditorProvider } from './context'
import { RulesPane } from './RulesPane'
import { SidePane, type SideProps, SideTabs } from './SidePane'
import type { Schema } from './schema'
import { useCheck } from './useCheck'
import { clauseFile, type DraftText, type Saving, useDraft } from './useDraft'

const SendDrawer = lazy(() => import('./SendDrawer').then((m) => ({ default: m.SendDrawer })))
const ConflictDialog = lazy(() => import('./ConflictDialog').then((m) => ({ default: m.ConflictDialog })))

type Draft = Schemas['RulebookDraftView']

const route = getRouteApi('/shell/rulebooks/$id/edit/$draft')
const WIDE = '(min-width: 1100px)'

/** The editor of a draft: the regulation, what carries it out, and beside it the files and what they come to. */
export function Editor(p: {
  draft: Draft
  schema: Schema
  title: string
  back: { label: string; onClick: () => void }
}) {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: EditSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const text = useDraft(p.draft)
  const check = useCheck(p.draft.id, text.files)
  const [sending, setSending] = useState(false)
  const file = text.files[clauseFile] ?? ''
  const clauses = useMemo(() => readClauses(file), [file])
  useLeaveGuard(text.saving !== 'saved')
  useEditCommands(text, () => setSending(true))
  const shared = {
    text,
    schema: p.schema,
    clauses,
    onClause: (clause: string) => set({ clause, pane: 'rules' }),
    onLine: (name: string, line: number) => set({ side: 'yaml', pane: 'side', file: name, line: String(line) }),
  }
  const side: SideProps = { draft: p.draft, check, search, set }
  return (
    <EditorProvider value={shared}>
      <Page
        title={p.title}
        back={p.back}
        badges={<SaveState text={text} />}
        note={t('draft.note', { version: p.draft.version })}
        actions={<Actions text={text} onSend={() => setSending(true)} />}
      >
        <Panes clauses={clauses} search={search} set={set} side={side} />
      </Page>
      {text.theirs && (
        <Suspense fallback={null}>
          <ConflictDialog theirs={text.theirs} text={text} />
        </Suspense>
      )}
      {sending && (
        <Suspense fallback={null}>
          <SendDrawer draft={p.draft} text={text} check={check} onClose={() => setSending(false)} />
        </Suspense>
      )}
    </EditorProvider>
  )
}

function useEditCommands(text: DraftText, onSend: () => void) {
  const { t } = useTranslation()
  const act = (id: string, label: string, run: (() => void) | undefined) =>
    run ? [{ id: `draft.${id}`, label, group: 'act' as const, run }] : []
  useCommands([
    ...act('undo', t('draft.undo'), text.undo),
    ...act('redo', t('draft.redo'), text.redo),
    ...act('send', t('draft.send.do'), onSend),
  ])
}

function Actions({ text, onSend }: { text: DraftText; onSend: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Button
        aria-label={t('draft.undo')}
        title={t('draft.undo')}
        disabled={!text.undo}
        icon={<Undo2 size={16} strokeWidth={1.75} />}
        onClick={text.undo}
      />
      <Button
        aria-label={t('draft.redo')}
        title={t('draft.redo')}
        disabled={!text.redo}
        icon={<Redo2 size={16} strokeWidth={1.75} />}
        onClick={text.redo}
      />
      <Button type="primary" icon={<Send size={16} strokeWidth={1.75} />} onClick={onSend}>
        {t('draft.send.do')}
      </Button>
    </>
  )
}

const tones: Record<Saving, StatusTone> = {
  saved: 'ok',
  unsaved: 'neutral',
  saving: 'active',
  failed: 'bad',
  conflict: 'bad',
}

function SaveState({ text }: { text: DraftText }) {
  const { t } = useTranslation()
  return (
    <span className="row" aria-live="polite">
      <StatusDot label={t(`draft.saving.${text.saving}`)} tone={tones[text.saving]} />
      {text.saving === 'failed' && (
        <button
          type="button"
          className="text-button"
          title={text.failure && errorText(t, text.failure)}
          onClick={() => void text.save()}
        >
          {t('kit.retry')}
        </button>
      )}
    </span>
  )
}

/** Three panes side by side; one at a time where there is no room. */
function Panes(p: {
  clauses: ReturnType<typeof readClauses>
  search: EditSearch
  set: (patch: EditSearch) => void
  side: SideProps
}) {
  const { t } = useTranslation()
  const wide = useMedia(WIDE)
  const pane = p.search.pane ?? 'rules'
  const tab = p.search.side ?? 'yaml'
  const shows = (x: EditPane) => wide || pane === x
  return (
    <>
      {!wide && (
        <TabBar<EditPane>
          label={t('draft.panes')}
          tabs={editPanes.map((key) => ({ key, label: t(`draft.pane.${key}`) }))}
          current={pane}
          onChoose={(x) => p.set({ pane: x })}
        />
      )}
      <div className="editor">
        {shows('clauses') && (
          <section className="panel panel-flush edit-pane" aria-label={t('draft.pane.clauses')}>
            <ClausePane
              clauses={p.clauses}
              chosen={p.search.clause}
              onChoose={(clause) => p.set({ clause, pane: clause && !wide ? 'rules' : p.search.pane })}
            />
          </section>
        )}
        {shows('rules') && (
          <section className="panel panel-flush edit-pane" aria-label={t('draft.pane.rules')}>
            <RulesPane
              clause={p.search.clause}
              section={p.search.section ?? ''}
              onSection={(section) => p.set({ section })}
              onAll={() => p.set({ clause: undefined })}
            />
          </section>
        )}
        {shows('side') && (
          <section className="panel panel-flush edit-pane" aria-label={t('draft.pane.side')}>
            <SideTabs {...p.side} tab={tab} />
            <div className="edit-side">
              <SidePane {...p.side} tab={tab} />
            </div>
          </section>
        )}
      </div>
    </>
  )
}
