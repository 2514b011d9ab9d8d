import { ask, Refused } from '../ask'
import { SignInDocument } from '../generated/graphql'
import { signIn } from '../session'

/** Where one signs in with the newsroom's provider, as the server says it. */
export interface Door { readonly issuer: string; readonly clientId: string; readonly scope: string; readonly authorizationEndpoint: string; readonly tokenEndpoint: string }
interface Doors { readonly issuer: string | null; readonly door: Door | null }
/** What is kept of the way out, for the way back; in this tab. */
interface Leaving { readonly state: string; readonly nonce: string; readonly verifier: string; readonly to: string }

/** The address that the provider sends back to. */
export const RETURN = '/sign-in'
const KEY = 'onrecord.signing-in'
const redirectAddress = () => `${location.origin}/desk${RETURN}`

export async function doors(): Promise<Doors> {
  const response = await fetch('/desk/sign-in.json', { cache: 'no-store' })
  return await response.json() as Doors
}

/** Goes to the provider; the page is left. */
export async function leaveFor(door: Door, to: string): Promise<void> {
  if (!isSecureContext) throw new Refused('INSECURE', 'The provider can be used where this page is behind https alone. Use a token, or ask an administrator.')
  const leaving: Leaving = { state: random(), nonce: random(), verifier: random(), to }
  sessionStorage.setItem(KEY, JSON.stringify(leaving))
  const address = new URL(door.authorizationEndpoint)
  const asked = {
    response_type: 'code', client_id: door.clientId, redirect_uri: redirectAddress(), scope: door.scope, state: leaving.state, nonce: leaving.nonce,
    code_challenge: base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(leaving.verifier)))), code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
  location.assign(address)
}

/** What the provider sent back with, where it did; taken out of the address and the history before anything else is done. */
const returned = takeReturned()

function takeReturned(): URLSearchParams | undefined {
  if (location.pathname !== `/desk${RETURN}`) return undefined
  const search = new URLSearchParams(location.search)
  if (!search.has('state') && !search.has('code') && !search.has('error')) return undefined
  history.replaceState(null, '', `/desk${RETURN}`)
  return search
}

let coming: Promise<string> | undefined

/** Ends what `leaveFor` began, once: gives where one wanted to go. Undefined where nobody comes back. @throws Refused */
export function comeBack(): Promise<string> | undefined {
  if (!returned) return undefined
  return (coming ??= arrive(returned))
}

async function arrive(search: URLSearchParams): Promise<string> {
  const leaving = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Leaving | null
  sessionStorage.removeItem(KEY)
  if (!leaving || search.get('state') !== leaving.state) throw new Refused('STATE', 'This answer is not to a sign-in that began in this tab. Begin again.')
  const error = search.get('error')
  if (error !== null) throw new Refused('PROVIDER', `The provider refused it: ${shown(search.get('error_description') ?? error)}`)
  const { door } = await doors()
  if (!door) throw new Refused('NO_ANSWER', 'The sign-in provider does not answer. Try again in a moment.')
  // RFC 9207: an answer of another provider is not taken for one of this.
  const issuer = search.get('iss')
  const code = search.get('code')
  if ((issuer !== null && issuer !== door.issuer) || code === null) throw new Refused('PROVIDER', 'The answer is not one of the newsroom\'s sign-in provider. Begin again.')
  const tokens = await tokensFor(door, code, leaving.verifier)
  const claims = claimsOf(tokens.id_token)
  const audience = [claims?.['aud']].flat()
  if (claims?.['nonce'] !== leaving.nonce || claims['iss'] !== door.issuer || !audience.includes(door.clientId)) throw new Refused('NONCE', 'The provider\'s answer is not to the sign-in that began in this tab. Begin again.')
  await enter([tokens.access_token, tokens.id_token])
  return leaving.to
}

interface Tokens { readonly access_token?: string; readonly id_token?: string }

async function tokensFor(door: Door, code: string, verifier: string): Promise<Tokens> {
  let answer: Tokens & { readonly error?: string; readonly error_description?: string }
  try {
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectAddress(), client_id: door.clientId, code_verifier: verifier })
    answer = await (await fetch(door.tokenEndpoint, { method: 'POST', body, credentials: 'omit', redirect: 'error', cache: 'no-store' })).json() as typeof answer
  } catch {
    throw new Refused('NO_ANSWER', 'The sign-in provider gives this page no token: it does not answer, or does not let this page ask. Try again, or tell an administrator.')
  }
  if (answer.error !== undefined) throw new Refused('PROVIDER', `The provider refused it: ${shown(answer.error_description ?? answer.error)}`)
  return answer
}

/** The access token, where it is made out to this server; some providers make out the ID token instead. */
async function enter(tokens: readonly (string | undefined)[]): Promise<void> {
  for (const token of tokens) {
    if (token === undefined || claimsOf(token) === undefined) continue
    try {
      await ask(SignInDocument, {}, { token })
      return signIn(token)
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'UNAUTHENTICATED') throw error
    }
  }
  throw new Refused('UNAUTHENTICATED', 'The provider knows you, and you have no role at this desk, or its token is not made out to it. Ask an administrator.')
}

/** What a JWT says. Its signature is the server's to check; the ID token came from the provider itself (OpenID Connect Core, 3.1.3.7). */
function claimsOf(token: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const bytes = Uint8Array.from(atob(token!.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
}

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)))
const base64url = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const shown = (text: string) => text.replaceAll(/\p{C}+/gu, ' ').slice(0, 300)
