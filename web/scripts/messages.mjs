// The sentences of the interface: src/locales/<language>/<noun>.json, plus errors.json and
// errors.d/<package>.json for the codes of errors. As a Vite plugin it serves one module per
// language, `virtual:messages/zh` and `virtual:messages/en`, so that each is one lazy chunk.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const languages = ['zh', 'en']
const PREFIX = 'virtual:messages/'

/** read returns {messages: {noun: tree}, errors: {code: sentence}, files} of one language. */
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
  const errors = {}
  for (const f of files) {
    const tree = parse(join(dir, f))
    if (f === 'errors.json') Object.assign(errors, tree)
    else messages[f.replace(/\.json$/, '')] = tree
  }
  for (const f of errorFiles) Object.assign(errors, parse(join(parts, f)))
  return { messages, errors, files: [...files.map((f) => join(dir, f)), ...errorFiles.map((f) => join(parts, f))] }
}

function parse(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (e) {
    throw new Error(`${file}: ${e.message}`)
  }
}

/** messages is the Vite plugin that serves the two catalogues. */
export function messages(root) {
  return {
    name: 'kezhi-messages',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined
      const { messages: words, errors, files } = read(root, id.slice(PREFIX.length + 1))
      for (const f of files) this.addWatchFile(f)
      return `export const messages = ${JSON.stringify(words)}\nexport const errors = ${JSON.stringify(errors)}\n`
    },
  }
}
