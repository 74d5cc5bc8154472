// Fails when a sentence exists in one language only, when its arguments differ, when the sources
// ask for a key that does not exist, when a page says words that do not come with it, or when no
// source uses a file of sentences.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { base, languages, read } from './messages.mjs'
import { sources, unbrought } from './words-graph.mjs'

/** flatten turns a tree of sentences into a map from dotted key to sentence. */
export function flatten(tree, prefix = '', out = new Map()) {
  for (const [k, v] of Object.entries(tree)) {
    if (typeof v === 'string') out.set(prefix + k, v)
    else flatten(v, `${prefix}${k}.`, out)
  }
  return out
}

const plural = /_(?:zero|one|two|few|many|other)$/
const args = (s) => [...new Set([...s.matchAll(/{{\s*([\w.]+)[^}]*}}/g)].map((m) => m[1]))].sort().join(',')

/** compare reports keys that only one of two flat catalogues has, and differing arguments. */
export function compare(zh, en, label) {
  const problems = []
  const bare = (m) => new Map([...m].map(([k, v]) => [k.replace(plural, ''), v]))
  const a = bare(zh)
  const b = bare(en)
  for (const [k, v] of a) {
    const other = b.get(k)
    if (other === undefined) problems.push(`${label}: en lacks ${k}`)
    else if (args(v) !== args(other))
      problems.push(`${label}: ${k} takes {${args(v)}} in zh and {${args(other)}} in en`)
  }
  for (const k of b.keys()) if (!a.has(k)) problems.push(`${label}: zh lacks ${k}`)
  return problems
}

/** used collects the keys that a source text asks for: whole ones, and beginnings of computed ones. */
export function used(text) {
  const whole = [...text.matchAll(/\bt\(\s*'([^'\n]+)'/g), ...text.matchAll(/\bmsg\(\s*'([^'\n]+)'/g)].map((m) => m[1])
  const starts = [...text.matchAll(/\b(?:t|msg)\(\s*`([^`$\n]*)\$\{/g)].map((m) => m[1])
  return { whole, starts }
}

/** check returns all problems of the catalogue below root. */
export function check(root) {
  const [zh, en] = languages.map((l) => read(root, l))
  const flat = { zh: flatten(zh.messages), en: flatten(en.messages) }
  const problems = [
    ...compare(flat.zh, flat.en, 'words'),
    ...compare(new Map(Object.entries(zh.errors)), new Map(Object.entries(en.errors)), 'errors'),
  ]
  const known = Object.keys(zh.messages)
  const nounsIn = (text) => {
    const { whole, starts } = used(text)
    return new Set([...whole, ...starts].map((k) => k.split('.')[0]).filter((n) => known.includes(n)))
  }
  problems.push(...unbrought(root, base, nounsIn))
  const keys = [...flat.zh.keys()].map((k) => k.replace(plural, ''))
  const have = new Set([...keys, ...Object.keys(zh.errors)])
  const nouns = new Set()
  for (const file of sources(join(root, 'src'))) {
    const { whole, starts } = used(readFileSync(file, 'utf8'))
    for (const k of whole) {
      nouns.add(k.split('.')[0])
      if (!have.has(k)) problems.push(`${file}: no sentence ${k}`)
    }
    for (const s of starts) {
      nouns.add(s.split('.')[0])
      if (s && !keys.some((k) => k.startsWith(s))) problems.push(`${file}: no sentence begins with ${s}`)
    }
  }
  for (const noun of known) if (!nouns.has(noun)) problems.push(`locales/*/${noun}.json: no source uses it`)
  return problems
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = check(process.cwd())
  for (const p of problems) process.stderr.write(`${p}\n`)
  process.stdout.write(
    problems.length === 0 ? 'messages: complete in both languages\n' : `messages: ${problems.length} problems\n`,
  )
  process.exitCode = problems.length === 0 ? 0 : 1
}
