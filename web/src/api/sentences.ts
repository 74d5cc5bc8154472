import { needWords } from '@/app/i18n'

/** Whether the sentences of errors are there; until the first failure nobody needs them. */
let state: 'none' | 'coming' | 'there' | 'failed' = 'none'

/** loadSentences fetches what errors say. When it cannot, errors show their codes, and the next failure tries again. */
export async function loadSentences(): Promise<void> {
  if (state === 'there') return
  state = 'coming'
  try {
    await needWords('errors')
    state = 'there'
  } catch {
    state = 'failed'
  }
}

/** sentencesCome tells whether a missing sentence may still arrive; the first call sends for them. */
export function sentencesCome(): boolean {
  if (state === 'none') void loadSentences()
  return state === 'coming'
}
