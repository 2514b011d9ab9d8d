import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose'
import { ProviderKeys } from './provider-keys.js'
import type { OpenIdSettings } from './open-id-settings.js'
import { STAFF_ROLES, type Staff, type StaffRole } from './viewer.js'

/** Signatures that only the provider's private key can make. Neither "none" nor HS256, whose key would be the public one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
/** Characters of a token; nobody's claims need more. */
const MOST_TOKEN = 8 * 1024
/** Seconds that the provider's clock may be off. */
const TOLERANCE = 30
/** Tokens for other purposes, such as logging out, name them here (RFC 8725, 3.11). */
const TYPE = /^(?:application\/)?(?:at\+)?jwt$/i

/** Signs staff in with tokens of an OpenID Connect provider. */
export class OpenIdProvider {
  readonly #keys: ProviderKeys

  constructor(private readonly settings: OpenIdSettings) {
    this.#keys = new ProviderKeys(settings.issuer)
  }

  /**
   * The member of staff whom a token names; undefined where it is not valid here, or gives no role.
   *
   * @throws AuthenticationUnavailable where the provider's keys, which alone could tell, are not to be had
   */
  async staffOf(token: string, now: Date): Promise<Staff | undefined> {
    if (!this.#mayBeOurs(token)) return undefined
    try {
      const { payload } = await jwtVerify(token, (header, jws) => this.#keys.keyFor(header, jws, now), {
        issuer: this.settings.issuer, audience: this.settings.audience, algorithms: ALGORITHMS, clockTolerance: TOLERANCE, currentDate: now, requiredClaims: ['exp', 'sub'],
      })
      return this.#staff(payload)
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  }

  /** What shows without any key, so that no foreign token has the provider asked. */
  #mayBeOurs(token: string): boolean {
    if (token.length > MOST_TOKEN) return false
    try {
      const { alg, typ } = decodeProtectedHeader(token)
      return ALGORITHMS.includes(alg ?? '') && (typ === undefined || (typeof typ === 'string' && TYPE.test(typ))) && decodeJwt(token).iss === this.settings.issuer
    } catch {
      return false
    }
  }

  #staff(claims: JWTPayload): Staff | undefined {
    const { roles, journalistClaim } = this.settings
    // Bound to a key of the client's (RFC 7800): whoever only shows it may have stolen it.
    if (typeof claims.sub !== 'string' || claims.sub === '' || claims['cnf'] !== undefined) return undefined
    const role = highest(valuesAt(claims, roles.claim).flatMap((value) => roles.byValue.get(value) ?? []))
    const [journalist, ...others] = journalistClaim ? valuesAt(claims, journalistClaim) : []
    // I3: who cannot be told from the byline could waive findings of a story of their own.
    if (!role || others.length > 0 || (journalist !== undefined && !KEY.test(journalist))) return undefined
    return { kind: 'STAFF', role, name: nameIn(claims), subject: `openid:${this.settings.issuer} ${claims.sub}`, journalist }
  }
}

const KEY = /^[a-z0-9][a-z0-9._:-]{0,119}$/

const highest = (roles: readonly StaffRole[]): StaffRole | undefined => STAFF_ROLES.findLast((role) => roles.includes(role))

/** The texts at a path of claims: one, a list of them, or none. */
function valuesAt(claims: JWTPayload, path: readonly string[]): string[] {
  let value: unknown = claims
  for (const name of path) value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
}

/** A name to print: one line, of at most 200 characters. */
function nameIn(claims: JWTPayload): string {
  const given = [claims['name'], claims['preferred_username'], claims['email'], claims.sub].map((value) => (typeof value === 'string' ? value.replaceAll(/\p{C}+/gu, ' ').trim() : ''))
  return [...given.find((name) => name !== '') ?? 'unnamed'].slice(0, 200).join('')
}
