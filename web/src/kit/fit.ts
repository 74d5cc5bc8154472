/** fit cuts a text to the room for so many Chinese characters; others take a little more than half of that. */
export function fit(text: string, room: number): string {
  let used = 0
  let out = ''
  for (const c of text) {
    used += charRoom(c)
    if (used > room) return `${out.trimEnd()}…`
    out += c
  }
  return out
}

/** roomOf is the room a text takes, in Chinese characters. */
export const roomOf = (text: string): number => [...text].reduce((sum, c) => sum + charRoom(c), 0)

const charRoom = (c: string): number => (c.charCodeAt(0) < 0x2e80 ? 0.58 : 1)
