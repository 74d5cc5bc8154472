// The sentences of the interface: src/locales/<language>/<noun>.json, plus errors.json and
// errors.d/<package>.json for the codes of errors. As a Vite plugin it serves `virtual:messages`, a
// list of lazy chunks per language: `base`, which every page needs (the sign-in, the frame, the kit,
// and what can fail without a server), one chunk per further noun, which comes with the pages that
// say it (`withWords`), and the sentences of errors, which come when something fails.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const languages = ['zh', 'en']
/** Nouns whose words every page needs. */
export const base = ['app', 'kit', 'session']
const MODULE = /^virtual:messages(?:\/(\w+)\/(\w+))?$/

/** read returns {messages: {noun: tree}, errors: {code: sentence}, general: {code: sentence}, files} of one language;
 *  `general` is the part of the errors that errors.json itself holds. */
export function read(root, language) {
  const dir = join(root, 'src/locales', language)
  const files = readdirSync(dir)
    .filter((f) => f.endsWith('.json'))
    .sort()
  const parts = join(dir, 'errors.d')
  const errorFiles = existsSync(parts)
    ? readdirSync(parts)
        .filter((f) => f.endsWith('.json'))
        .sort()
    : []
  const messages = {}
  let general = {}
  for (const f of files) {
    const tree = parse(join(dir, f))
    if (f === 'errors.json') general = tree
    else messages[f.replace(/\.json$/, '')] = tree
  }
  const errors = { ...general }
  for (const f of errorFiles) Object.assign(errors, parse(join(parts, f)))
  return {
    messages,
    errors,
    general,
    files: [...files.map((f) => join(dir, f)), ...errorFiles.map((f) => join(parts, f))],
  }
}

function parse(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (e) {
    throw new Error(`${file}: ${e.message}`)
  }
}

const literal = (v) => JSON.stringify(v)

/** index is the source of `virtual:messages`: how to load each part of each language, by its name. */
function index(root) {
  const parts = (language) => {
    const nouns = Object.keys(read(root, language).messages).filter((n) => !base.includes(n))
    const names = ['base', 'errors', ...nouns]
    return names.map((n) => `${literal(n)}: () => import(${literal(`virtual:messages/${language}/${n}`)})`).join(', ')
  }
  return `export const parts = { ${languages.map((l) => `${l}: { ${parts(l)} }`).join(', ')} }\n`
}

/** part is what one chunk holds: words by noun, sentences by code. */
function part(catalogue, name) {
  const { messages, errors, general } = catalogue
  if (name === 'errors') return { words: {}, errors }
  const nouns = name === 'base' ? base : [name]
  return { words: Object.fromEntries(nouns.map((n) => [n, messages[n]])), errors: name === 'base' ? general : {} }
}

/** messages is the Vite plugin that serves the catalogues. */
export function messages(root) {
  return {
    name: 'kezhi-messages',
    resolveId: (id) => (MODULE.test(id) ? `\0${id}` : undefined),
    load(id) {
      const found = id.startsWith('\0') && MODULE.exec(id.slice(1))
      if (!found) return undefined
      const [, language, name] = found
      if (!language) return index(root)
      const catalogue = read(root, language)
      for (const f of catalogue.files) this.addWatchFile(f)
      const { words, errors } = part(catalogue, name)
      return `export const words = ${literal(words)}\nexport const errors = ${literal(errors)}\n`
    },
  }
}
