// Adds up what a first visit of each page loads (JavaScript, gzip, kB of 1000 bytes): the entry,
// the page's modules (scripts/budget.json names all that it shows at once, lazy or not), everything
// they import statically, and their words in one language. Fails above the limits.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { wordsOf } from './words-graph.mjs'

/** closure returns the files of the manifest entries that the given keys load statically. */
export function closure(manifest, keys) {
  const seen = new Set()
  const walk = (key) => {
    if (seen.has(key)) return
    if (!manifest[key]) throw new Error(`budget: ${key} is not in the build; correct scripts/budget.json`)
    seen.add(key)
    for (const k of manifest[key].imports ?? []) walk(k)
  }
  for (const k of keys) walk(k)
  return new Set([...seen].map((k) => manifest[k].file).filter((f) => f.endsWith('.js')))
}

const gzip = (file) => gzipSync(readFileSync(file), { level: 9 }).length / 1000

const LANGUAGE = 'zh'

/** measure returns [{name, kb, limit}] for every page of the budget and for the style sheets. */
export function measure(root, budget) {
  const dist = join(root, 'dist')
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
  const entry = Object.keys(manifest).find((k) => manifest[k].isEntry)
  const part = (name) => {
    const end = `virtual:messages/${LANGUAGE}/${name}`
    return Object.keys(manifest).find((k) => k.endsWith(end)) ?? end
  }
  const antd = Object.keys(manifest).filter((k) => k.includes(`app/antd-locale-${LANGUAGE}`))
  const brought = wordsOf(root)
  const rows = budget.pages.map((p) => {
    const words = new Set(['base', ...p.modules.flatMap((m) => brought.get(m) ?? [])])
    const files = closure(manifest, [entry, ...antd, ...[...words].map(part), ...p.modules])
    return { name: p.name, limit: p.limit, kb: [...files].reduce((n, f) => n + gzip(join(dist, f)), 0) }
  })
  const sheets = readdirSync(join(dist, 'assets')).filter((f) => f.endsWith('.css'))
  rows.push({ name: 'css', limit: budget.css, kb: sheets.reduce((n, f) => n + gzip(join(dist, 'assets', f)), 0) })
  return rows
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const budget = JSON.parse(readFileSync(join(process.cwd(), 'scripts/budget.json'), 'utf8'))
  const rows = measure(process.cwd(), budget)
  for (const r of rows)
    process.stdout.write(
      `${r.kb > r.limit ? 'OVER' : 'ok  '} ${r.name.padEnd(14)} ${r.kb.toFixed(1).padStart(7)} of ${r.limit} kB\n`,
    )
  process.exitCode = rows.some((r) => r.kb > r.limit) ? 1 : 0
}
