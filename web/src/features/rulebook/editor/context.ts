import { createContext, useContext } from 'react'
import type { Schema } from './schema'
import type { DraftText } from './useDraft'
import type { Path, Value, Yaml } from './yaml'
import { put } from './yamlEdit'

/** What the parts of the editor share. */
export interface EditorShared {
  text: DraftText
  schema: Schema
  /** Numbers and words of the clauses that can be named. */
  clauses: { number: string; title: { zh: string; en: string } }[]
  onClause: (number: string) => void
  /** Shows where something is written. */
  onLine: (file: string, line: number) => void
}

const EditorContext = createContext<EditorShared | undefined>(undefined)
export const EditorProvider = EditorContext.Provider

/** useEditor gives what the editor around shares. */
export function useEditor(): EditorShared & { y: Yaml; set: (path: Path, value: Value | undefined) => void } {
  const shared = useContext(EditorContext)
  if (!shared) throw new Error('useEditor is used outside of the editor')
  const { change, y } = shared.text
  return { ...shared, y, set: (path, value) => change((now) => put(now, path, value), path.join('.')) }
}
