const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** What a unified social credit code (GB 32100-2015) is: right, wrong in its check digit, or no such code at all. */
export type UsccCheck = 'ok' | 'bad_check' | 'malformed'

/** checkUscc reads a code as typed; full-width characters, blanks and small letters are read as what they mean. */
export function checkUscc(typed: string): UsccCheck {
  const code = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  const at = [...code].map((c) => ALPHABET.indexOf(c))
  if (code.length !== 18 || at.includes(-1)) return 'malformed'
  const sum = WEIGHTS.reduce((n, w, i) => n + w * (at[i] ?? 0), 0)
  return (31 - (sum % 31)) % 31 === at[17] ? 'ok' : 'bad_check'
}
