/** The files of a rulebook by name. */
export type Files = Record<string, string>

/** A text with what it was before and what was taken back. */
export interface History {
  now: Files
  past: Files[]
  future: Files[]
  /** What the last change was about; a change of the same joins it. */
  mark: string
}

const STEPS_KEPT = 200

export const startHistory = (files: Files): History => ({ now: files, past: [], future: [], mark: '' })

/** write changes a file. Changes one after another with the same mark are one step to take back. */
export function write(h: History, file: string, text: string, mark = ''): History {
  if (h.now[file] === text) return h
  const joins = mark !== '' && mark === h.mark && h.past.length > 0
  const past = joins ? h.past : [...h.past, h.now].slice(-STEPS_KEPT)
  return { now: { ...h.now, [file]: text }, past, future: [], mark }
}

export function undo(h: History): History {
  const before = h.past.at(-1)
  return before ? { now: before, past: h.past.slice(0, -1), future: [h.now, ...h.future], mark: '' } : h
}

export function redo(h: History): History {
  const [next, ...future] = h.future
  return next ? { now: next, past: [...h.past, h.now], future, mark: '' } : h
}

/** replace puts other files in place of all, as one step. */
export const replace = (h: History, files: Files): History =>
  same(h.now, files) ? h : { now: files, past: [...h.past, h.now].slice(-STEPS_KEPT), future: [], mark: '' }

/** same compares files. */
export function same(a: Files, b: Files): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((n) => (a[n] ?? '') === (b[n] ?? ''))
}

/** A file that two people changed: what it was, what the other made of it, what I made of it. */
export interface FileCollision {
  file: string
  mineChanged: boolean
  theirsChanged: boolean
}

/** collisions says which files differ between mine and theirs, and who changed them since the common text. */
export function collisions(base: Files, mine: Files, theirs: Files): FileCollision[] {
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
  return names
    .filter((f) => (mine[f] ?? '') !== (theirs[f] ?? ''))
    .map((file) => ({
      file,
      mineChanged: (mine[file] ?? '') !== (base[file] ?? ''),
      theirsChanged: (theirs[file] ?? '') !== (base[file] ?? ''),
    }))
}
