/** phoneText writes a stored number for people: mainland mobiles without the country code, in groups of 3-4-4. */
export function phoneText(stored: string): string {
  const m = /^(?:\+86)?(1\d{2})(\d{4})(\d{4})$/.exec(stored)
  return m ? `${m[1]} ${m[2]} ${m[3]}` : stored.replace(/^\+86/, '')
}
