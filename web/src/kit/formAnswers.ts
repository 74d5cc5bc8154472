import type { Schemas } from '@/api/client'

export type Field = Schemas['FlowField']

/** What a form holds before it is sent: files are still files. */
export type Values = Record<string, unknown>

const isEmpty = (v: unknown): boolean =>
  v === undefined || v === null || v === '' || (Array.isArray(v) && v.length === 0)

/**
 * answersOf turns what a form holds into answers: files go up first by `send`, which gives their names for the server, and
 * what is empty is left out.
 */
export async function answersOf(
  fields: Field[],
  values: Values,
  send: (files: File[]) => Promise<string[]>,
): Promise<Values> {
  const out: Values = {}
  for (const f of fields) {
    const v = values[f.key]
    if (f.type === 'computed' || isEmpty(v)) continue
    if (f.type === 'file') out[f.key] = await send(v as File[])
    else if (f.type === 'list') {
      const rows = await Promise.all((v as Values[]).map((row) => answersOf(f.fields ?? [], row ?? {}, send)))
      out[f.key] = rows.filter((row) => Object.keys(row).length > 0)
    } else if (f.type === 'yes_no') out[f.key] = v === 'yes' || v === true
    else out[f.key] = v
  }
  return out
}
