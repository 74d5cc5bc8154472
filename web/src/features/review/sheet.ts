import type { Schemas } from '@/api/client'

export type RatingForm = Schemas['ReviewFormView']
export type Item = Schemas['ReviewFormItemView']
/** What stands on a form, by item. */
export type Filled = Record<string, { value: string; reason: string }>

/** What the server holds, as it stands on the form. */
export const filledOf = (f: RatingForm): Filled =>
  Object.fromEntries(f.items.map((i) => [i.item, { value: i.value, reason: i.reason }]))

/** What changed on the form against what the server holds. */
export const changedItems = (f: RatingForm, filled: Filled): { item: string; value: string; reason: string }[] =>
  f.items
    .filter((i) => i.may_judge)
    .map((i) => ({ item: i.item, value: filled[i.item]?.value ?? '', reason: filled[i.item]?.reason ?? '' }))
    .filter((v) => v.value !== (f.items.find((i) => i.item === v.item)?.value ?? ''))

/** The words of a value. */
export const answer = (text: (t: { zh: string; en: string }) => string, i: Item, value: string): string => {
  const a = i.values.find((v) => v.code === value)
  return a ? text(a.title) : value
}
