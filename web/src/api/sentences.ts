import { hasWords, needWords } from '@/app/i18n'

/** Whether the sentences of errors could not be fetched when they were last asked for. */
let failed = false

/** loadSentences fetches what errors say; until the first failure nobody needs it. When it cannot, errors show their codes, and the next failure tries again. */
export async function loadSentences(): Promise<void> {
  try {
    await needWords('errors')
    failed = false
  } catch {
    failed = true
  }
}

/** sentencesCome tells whether a missing sentence may still arrive, and sends for them. */
export function sentencesCome(): boolean {
  if (failed || hasWords('errors')) return false
  void loadSentences()
  return true
}
