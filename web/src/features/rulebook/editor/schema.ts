import type { Path } from './yaml'

/** As much of JSON Schema as the schema of rulebooks uses. */
export interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string | string[]
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  anyOf?: Schema[]
  enum?: (string | boolean | number)[]
}

/** What may stand at a place. */
export type Shape = 'word' | 'words' | 'yes' | 'choice' | 'title' | 'object' | 'entries' | 'list'

/** A key that may stand in a mapping. */
export interface Field {
  key: string
  shape: Shape
  required: boolean
  description: string
  choices: string[]
  schema: Schema
}

/** alternatives follows references and gives every form a place may have. */
export function alternatives(root: Schema, s: Schema | undefined): Schema[] {
  if (!s) return []
  if (s.$ref) return alternatives(root, root.$defs?.[s.$ref.replace('#/$defs/', '')])
  return s.anyOf ? s.anyOf.flatMap((x) => alternatives(root, x)) : [s]
}

/** schemaAt gives what may stand at a path: all its forms. */
export function schemaAt(root: Schema, path: Path, from: Schema = root): Schema[] {
  return path.reduce<Schema[]>(
    (at, step) => at.flatMap((s) => alternatives(root, typeof step === 'number' ? s.items : under(s, step))),
    alternatives(root, from),
  )
}

function under(s: Schema, key: string): Schema | undefined {
  const own = s.properties?.[key]
  return own ?? (typeof s.additionalProperties === 'object' ? s.additionalProperties : undefined)
}

/** fieldsOf lists the keys a mapping may have. */
export function fieldsOf(root: Schema, forms: Schema[]): Field[] {
  const s = forms.find((x) => x.properties)
  return Object.entries(s?.properties ?? {}).map(([key, schema]) => {
    const found = alternatives(root, schema)
    const shape = shapeOf(found)
    return {
      key,
      shape,
      required: s?.required?.includes(key) ?? false,
      description: schema.description ?? '',
      choices: shape === 'choice' ? found.flatMap((x) => x.enum ?? []).map(String) : [],
      schema,
    }
  })
}

/** shapeOf says how a place with these forms is filled in. */
export function shapeOf(forms: Schema[]): Shape {
  const object = forms.find((s) => s.properties)
  if (object && isTitle(object)) return 'title'
  const list = forms.find((s) => s.items)
  if (list) return alternativesAreWords(list.items) ? 'words' : 'list'
  if (object) return 'object'
  if (forms.some((s) => typeof s.additionalProperties === 'object')) return 'entries'
  const words = forms.flatMap((s) => s.enum ?? [])
  if (words.length > 0) return words.every((w) => typeof w === 'boolean') ? 'yes' : 'choice'
  return 'word'
}

const isTitle = (s: Schema): boolean =>
  Object.keys(s.properties ?? {})
    .sort()
    .join() === 'en,zh'
const alternativesAreWords = (s: Schema | undefined): boolean => !s?.$ref && !s?.anyOf && !s?.properties && !s?.items
