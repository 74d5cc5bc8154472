import { http, type Schemas } from '@/api/client'

type Challenge = Schemas['UserChallengeView']
type Said = Record<string, unknown>

/** Browsers speak of passkeys only where the address is safe: HTTPS, or this very machine. */
export const passkeysWork = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential

const said = (c: Credential | null): Said => (c as PublicKeyCredential).toJSON() as unknown as Said

/** The person closed the browser's window, or let it wait for too long: no failure to be told. */
export const givenUp = (e: unknown): boolean =>
  e instanceof DOMException && (e.name === 'NotAllowedError' || e.name === 'AbortError')

/** Has the browser make a passkey for what the server asks. */
export async function makePasskey(c: Challenge): Promise<Said> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    c.options as PublicKeyCredentialCreationOptionsJSON,
  )
  return said(await navigator.credentials.create({ publicKey }))
}

/** Has the person choose a passkey and unlock it; gives what the server wants to see. */
export async function answerByPasskey(): Promise<{ step: string; response: Said }> {
  const { data } = await http.POST('/api/v1/session/passkey/challenge')
  const c = data as Challenge
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(c.options as PublicKeyCredentialRequestOptionsJSON)
  return { step: c.step, response: said(await navigator.credentials.get({ publicKey })) }
}
