// Which words the code behind each `withWords([...], () => import('…'))` says, found by following
// its imports. Another `withWords` on the way is looked at by itself; `needWords` in a file counts
// for that file.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const WITH = /\bwithWords\(\s*\[([^\]]*)\]\s*,\s*\(\)\s*=>\s*import\(\s*'([^']+)'/g
const NEED = /\bneedWords\(([^)]*)\)/g
const IMPORT = /\bimport\(\s*'([^']+)'|\bfrom\s+'([^']+)'/g
const texts = (list) => [...list.matchAll(/'([^']+)'/g)].map((m) => m[1])

/** sources lists the modules below a folder, without the tests. */
export function sources(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name) && !/\.test\.tsx?$/.test(e.name))
    .map((e) => join(e.parentPath, e.name))
}

function resolve(root, from, spec) {
  const path = spec.startsWith('@/')
    ? join(root, 'src', spec.slice(2))
    : spec.startsWith('.') && join(dirname(from), spec)
  return path && [`${path}.ts`, `${path}.tsx`].find((f) => existsSync(f))
}

/** graphOf reads all modules: {file: {imports, loads: [{words, file}], own}}. */
export function graphOf(root) {
  const graph = new Map()
  for (const file of sources(join(root, 'src'))) {
    const text = readFileSync(file, 'utf8')
    const loads = [...text.matchAll(WITH)].map((m) => ({ words: texts(m[1]), file: resolve(root, file, m[2]) }))
    const imports = [...text.matchAll(IMPORT)].map((m) => resolve(root, file, m[1] ?? m[2]))
    const lazy = new Set(loads.map((l) => l.file))
    const own = [...text.matchAll(NEED)].flatMap((m) => texts(m[1]))
    graph.set(file, { text, loads, imports: imports.filter((f) => f && !lazy.has(f)), own })
  }
  return graph
}

/** wordsOf gives the nouns that come with a module that is loaded on demand, by its path below root. */
export function wordsOf(root) {
  const out = new Map()
  for (const { loads } of graphOf(root).values())
    for (const l of loads) if (l.file) out.set(relative(root, l.file), l.words)
  return out
}

/** unbrought reports nouns that code says although nothing has brought them; `nounsIn(text)` finds what a file says. */
export function unbrought(root, base, nounsIn) {
  const graph = graphOf(root)
  const problems = new Set()
  const walk = (start, words) => {
    const seen = new Set()
    const visit = (file) => {
      if (seen.has(file) || !graph.has(file)) return
      seen.add(file)
      const { text, imports, own } = graph.get(file)
      for (const n of nounsIn(text))
        if (!words.includes(n) && !own.includes(n))
          problems.add(`${relative(root, file)}: says ${n}, but ${relative(root, start)} comes without those words`)
      for (const f of imports) visit(f)
    }
    visit(start)
  }
  const first = join(root, 'src/main.tsx')
  walk(first, base)
  for (const [file, { loads }] of graph)
    for (const l of loads) {
      if (l.file) walk(l.file, [...base, ...l.words])
      else problems.add(`${relative(root, file)}: withWords names a file that does not exist`)
    }
  for (const file of graph.keys()) if (/\/omni\.ts$/.test(file)) walk(file, base)
  return [...problems]
}
