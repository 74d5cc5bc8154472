// Writes into dist/sw.js which files the application needs to open its first page without a network: the page, what it loads in
// both languages, and the pages of the field (scripts/budget.json, "shell"). The list changes with every build, and so does sw.js:
// that is how browsers notice that there is a new version.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { closure } from './budget.mjs'
import { wordsOf } from './words-graph.mjs'

const own = ['/', '/manifest.webmanifest', '/logo.svg', '/icon-192.png']

/** shellOf lists the paths that are fetched when a build is installed. */
export function shellOf(root, modules) {
  const manifest = JSON.parse(readFileSync(join(root, 'dist/.vite/manifest.json'), 'utf8'))
  const entry = Object.keys(manifest).find((k) => manifest[k].isEntry)
  const brought = wordsOf(root)
  const words = new Set(['base', ...modules.flatMap((m) => brought.get(m) ?? [])])
  const ends = ['zh', 'en'].flatMap((l) => [...words].map((w) => `virtual:messages/${l}/${w}`))
  const parts = Object.keys(manifest).filter((k) => k.includes('app/antd-locale-') || ends.some((e) => k.endsWith(e)))
  const keys = [entry, ...parts, ...modules]
  const scripts = closure(manifest, keys)
  const sheets = Object.values(manifest).flatMap((c) => (scripts.has(c.file) ? (c.css ?? []) : []))
  return [...own, ...[...scripts, ...new Set(sheets)].map((f) => `/${f}`).sort()]
}

/** filled writes list and name of the build into the source of the service worker. */
export function filled(source, shell, index) {
  const build = createHash('sha256').update(shell.join()).update(index).digest('hex').slice(0, 12)
  const out = source
    .replace('const SHELL = []', `const SHELL = ${JSON.stringify(shell)}`)
    .replace("const BUILD = 'dev'", `const BUILD = '${build}'`)
  if (!out.includes(build) || !out.includes(shell.at(-1))) throw new Error('shell: public/sw.js lacks SHELL or BUILD')
  return out
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = process.cwd()
  const { shell: modules } = JSON.parse(readFileSync(join(root, 'scripts/budget.json'), 'utf8'))
  const shell = shellOf(root, modules)
  const file = join(root, 'dist/sw.js')
  writeFileSync(file, filled(readFileSync(file, 'utf8'), shell, readFileSync(join(root, 'dist/index.html'))))
  process.stdout.write(`the application stands on ${shell.length} files\n`)
}
