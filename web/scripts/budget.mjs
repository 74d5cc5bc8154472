// Adds up what a first visit of each page loads (JavaScript, gzip, kB of 1000 bytes): the entry,
// one language, the page's modules and everything they import statically. Fails above the limits.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

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

/** measure returns [{name, kb, limit}] for every page of the budget and for the style sheets. */
export function measure(dist, budget) {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
  const entry = Object.keys(manifest).find((k) => manifest[k].isEntry)
  const words = Object.keys(manifest).filter((k) => k.includes('virtual:messages/') || k.includes('app/antd-locale'))
  const language = words.filter((k) => /zh/.test(k))
  const rows = budget.pages.map((p) => {
    const files = closure(manifest, [entry, ...language, ...p.modules])
    return { name: p.name, limit: p.limit, kb: [...files].reduce((n, f) => n + gzip(join(dist, f)), 0) }
  })
  const sheets = readdirSync(join(dist, 'assets')).filter((f) => f.endsWith('.css'))
  rows.push({ name: 'css', limit: budget.css, kb: sheets.reduce((n, f) => n + gzip(join(dist, 'assets', f)), 0) })
  return rows
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const budget = JSON.parse(readFileSync(join(process.cwd(), 'scripts/budget.json'), 'utf8'))
  const rows = measure(join(process.cwd(), 'dist'), budget)
  for (const r of rows)
    process.stdout.write(
      `${r.kb > r.limit ? 'OVER' : 'ok  '} ${r.name.padEnd(14)} ${r.kb.toFixed(1).padStart(7)} of ${r.limit} kB\n`,
    )
  process.exitCode = rows.some((r) => r.kb > r.limit) ? 1 : 0
}
