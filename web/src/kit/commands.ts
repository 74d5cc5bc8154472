import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'

/** One thing the command menu can do. `label` is already translated; `words` are further search terms. */
export interface Command {
  id: string
  label: string
  group: 'act' | 'go' | 'create' | 'found' | 'prefs' | 'recent'
  hint?: string
  words?: string
  icon?: ReactNode
  keys?: string
  run: () => void
}

/** A feature's search behind the command menu: `features/<noun>/omni.ts` exports `omni` of this type. */
export interface OmniProvider {
  /** Finds records for what was typed; `go` opens a path of the application. */
  search: (q: string, signal: AbortSignal, go: (path: string) => void) => Promise<Command[]>
}

const registered = new Map<symbol, Command[]>()
const listeners = new Set<() => void>()
let snapshot: Command[] = []

function publish(): void {
  snapshot = [...registered.values()].reverse().flat()
  for (const l of listeners) l()
}

/** useCommands offers commands in the command menu while the component is shown. */
export function useCommands(commands: Command[]): void {
  const key = useRef(Symbol('commands'))
  const latest = useRef(commands)
  latest.current = commands
  const signature = commands.map((c) => `${c.id}:${c.label}`).join('|')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the commands, which are new objects at every render.
  useEffect(() => {
    const k = key.current
    registered.set(
      k,
      latest.current.map((c) => ({ ...c, run: () => latest.current.find((x) => x.id === c.id)?.run() })),
    )
    publish()
    return () => {
      registered.delete(k)
      publish()
    }
  }, [signature])
}

/** useAllCommands lists every offered command, those of the innermost part of the page first. */
export function useAllCommands(): Command[] {
  return useSyncExternalStore(
    (l) => {
      listeners.add(l)
      return () => listeners.delete(l)
    },
    () => snapshot,
  )
}

/** matches tells whether every word of a query occurs in the command's label, hint or words. */
export function matches(c: Command, query: string): boolean {
  const text = `${c.label} ${c.hint ?? ''} ${c.words ?? ''}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((w) => text.includes(w))
}
