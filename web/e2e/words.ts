import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

type Tree = { [key: string]: string | Tree }

const cache = new Map<string, Tree>()

/** w gives the words of a key as the page shows them, so that journeys follow the catalogue and not the other way round. */
export function w(key: string, args: Record<string, string | number> = {}, locale: 'zh' | 'en' = 'zh'): string {
  const [noun = '', ...path] = key.split('.')
  const file = fileURLToPath(new URL(`../src/locales/${locale}/${noun}.json`, import.meta.url))
  const tree = cache.get(file) ?? (JSON.parse(readFileSync(file, 'utf8')) as Tree)
  cache.set(file, tree)
  let at: string | Tree | undefined = tree
  for (const part of path) at = typeof at === 'object' ? at[part] : undefined
  if (typeof at !== 'string') throw new Error(`no words for ${key} in ${locale}`)
  return Object.entries(args).reduce((text, [name, value]) => text.replaceAll(`{{${name}}}`, String(value)), at)
}
