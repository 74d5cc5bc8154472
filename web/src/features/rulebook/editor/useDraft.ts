import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { http, type Schemas } from '@/api/client'
import { type ApiError, asApiError } from '@/api/error'
import { type Files, type History, redo, replace, same, startHistory, undo, write } from './history'
import { readYaml, type Yaml } from './yaml'

type Draft = Schemas['RulebookDraftView']
export type Saving = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict'

export const ruleFile = 'rulebook.yaml'
export const clauseFile = 'clauses.md'
export const caseFile = 'cases.yaml'

const SAVE_AFTER_MS = 1200
const CONFLICT = 412

/** fetchDraft reads a draft as it stands on the server. */
export async function fetchDraft(id: string): Promise<Draft> {
  const { data } = await http.GET('/api/v1/rulebook-drafts/{id}', { params: { path: { id } } })
  return data as Draft
}

/** The texts of a draft under change: one history for all files, kept on the server shortly after each change. */
export function useDraft(draft: Draft) {
  const [history, setHistory] = useState<History>(() => startHistory(draft.files))
  const saves = useSaves(draft, history.now)
  const rules = history.now[ruleFile] ?? ''
  const y = useMemo(() => readYaml(rules), [rules])
  const writeFile = useCallback(
    (file: string, text: string, mark?: string) => setHistory((h) => write(h, file, text, mark)),
    [],
  )
  /** Changes rulebook.yaml; a text that cannot be read is left as it is. */
  const change = useCallback((edit: (y: Yaml) => string, mark?: string) => {
    setHistory((h) => {
      const now = readYaml(h.now[ruleFile] ?? '')
      return now.broken ? h : write(h, ruleFile, edit(now), mark)
    })
  }, [])
  return {
    files: history.now,
    y,
    writeFile,
    change,
    replaceAll: useCallback((files: Files) => setHistory((h) => replace(h, files)), []),
    undo: history.past.length > 0 ? () => setHistory(undo) : undefined,
    redo: history.future.length > 0 ? () => setHistory(redo) : undefined,
    ...saves,
  }
}

export type DraftText = ReturnType<typeof useDraft>

/** Saves what changed, one request after another; a save somebody else came before waits for a decision. */
function useSaves(draft: Draft, files: Files) {
  const [saving, setSaving] = useState<Saving>('saved')
  const [failure, setFailure] = useState<ApiError>()
  const [theirs, setTheirs] = useState<Draft>()
  const base = useRef({ files: draft.files, revision: draft.revision })
  const latest = useRef(files)
  const running = useRef<Promise<boolean> | undefined>(undefined)
  const halted = useRef(false)
  latest.current = files

  const once = useCallback(async (): Promise<boolean> => {
    const sent = latest.current
    if (same(sent, base.current.files)) return true
    setSaving('saving')
    try {
      const { data } = await http.PUT('/api/v1/rulebook-drafts/{id}', {
        params: { path: { id: draft.id }, header: { 'If-Match': `"${base.current.revision}"` } },
        body: { files: sent },
      })
      base.current = { files: sent, revision: (data as Draft).revision }
      setFailure(undefined)
      setSaving(same(latest.current, sent) ? 'saved' : 'unsaved')
      return true
    } catch (e) {
      const error = asApiError(e)
      setFailure(error)
      setSaving('failed')
      if (error.status === CONFLICT) {
        halted.current = true
        setSaving('conflict')
        setTheirs(await fetchDraft(draft.id))
      }
      return false
    }
  }, [draft.id])

  /** Saves now; false when it could not be. */
  const save = useCallback(async (): Promise<boolean> => {
    while (running.current) await running.current
    if (halted.current) return false
    const run = once().finally(() => {
      running.current = undefined
    })
    running.current = run
    return run
  }, [once])

  useEffect(() => {
    if (same(files, base.current.files)) {
      setSaving((s) => (s === 'unsaved' ? 'saved' : s))
      return
    }
    setSaving((s) => (s === 'conflict' || s === 'saving' ? s : 'unsaved'))
    const timer = setTimeout(() => void save(), SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [files, save])
  // Leaving for another page saves at once what the timer would have.
  useEffect(() => () => void save(), [save])

  /** The other person's state is what mine is now based on; what differs is saved over it. */
  const settle = useCallback((other: Draft) => {
    base.current = { files: other.files, revision: other.revision }
    halted.current = false
    setTheirs(undefined)
    setFailure(undefined)
    setSaving('unsaved')
  }, [])
  const common = useCallback(() => base.current.files, [])
  const revision = useCallback(() => base.current.revision, [])
  return { saving, failure, theirs, save, settle, common, revision }
}
