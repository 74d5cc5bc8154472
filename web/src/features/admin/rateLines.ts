export interface RateLine {
  currency: string
  from: string
  rate: string
}

/** linesOf reads lines such as `USD 2026-01-01 7.1884`, typed or pasted from a table; blank lines are passed over. */
export function linesOf(text: string): RateLine[] {
  return text
    .split('\n')
    .map((l) => l.trim())
    .filter((l) => l !== '')
    .map((l) => {
      const [, currency = '', from = '', rate = ''] =
        /^([^\s,;，；]*)[\s,;，；]*([^\s,;，；]*)[\s,;，；]*(.*)$/.exec(l) ?? []
      return { currency, from: dayOf(from), rate: rate.trim() }
    })
}

/** dayOf turns 2026/1/5 and 2026.1.5 into 2026-01-05. */
function dayOf(text: string): string {
  const m = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text)
  return m ? `${m[1]}-${m[2]?.padStart(2, '0')}-${m[3]?.padStart(2, '0')}` : text
}
