/** Nonce of this page for style elements; the server writes it into index.html. Undefined in development. */
export const cspNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined

/**
 * Gives the nonce to every style element made from now on. Ant Design passes it to most of its own, but
 * not to the ones that measure scroll bars and hold the page behind a dialog still.
 */
export function giveNonceToStyles(): void {
  if (!cspNonce) return
  const create = document.createElement.bind(document)
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const el = create(name, options)
    if (el instanceof HTMLStyleElement) el.nonce = cspNonce ?? ''
    return el
  }) as typeof document.createElement
}
