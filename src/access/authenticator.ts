import type { Database } from '../database/index.js'
import type { OpenIdProvider } from './open-id.js'
import type { OpenIdSettings } from './open-id-settings.js'
import { holderOf, partnerOf } from './partner-keys.js'
import { isStaffToken, staffOf } from './staff-tokens.js'
import { READER, type Reader, type Partner, type Staff } from './viewer.js'

/** Finds out who sends a request, from its Authorization header alone. */
export class Authenticator {
  readonly #openId: Promise<OpenIdProvider> | undefined

  /** @param openId how staff sign in with the newsroom's provider; without it, only with tokens of this server's */
  constructor(private readonly database: Database, openId?: OpenIdSettings) {
    // What reads tokens of a provider is loaded where there is one.
    this.#openId = openId && providerOf(openId)
  }

  /** Who asks the public contract; undefined for anything that is no valid key of a partner. Without a header, a reader. */
  async public(authorization: string | undefined, now: Date): Promise<Reader | Partner | undefined> {
    if (authorization === undefined) return READER
    const key = bearer(authorization)
    return key === undefined ? undefined : partnerOf(this.database, key, now)
  }

  /** Which partner asks for its notices, and with which key; undefined for anything that is no key, or a revoked one. An expired key will do. */
  async notices(authorization: string | undefined): Promise<{ readonly partner: Partner; readonly label: string } | undefined> {
    const key = bearer(authorization)
    return key === undefined ? undefined : holderOf(this.database, key)
  }

  /** Who asks the newsroom contract; undefined for nobody that the newsroom knows. @throws AuthenticationUnavailable where that cannot be told now */
  async newsroom(authorization: string | undefined, now: Date): Promise<Staff | undefined> {
    const token = bearer(authorization)
    if (token === undefined) return undefined
    return isStaffToken(token) ? staffOf(this.database, token, now) : (await this.#openId)?.staffOf(token, now)
  }
}

async function providerOf(settings: OpenIdSettings): Promise<OpenIdProvider> {
  const { OpenIdProvider } = await import('./open-id.js')
  return new OpenIdProvider(settings)
}

/** Whether the header has the form of a staff token; whether the token is valid is not asked. */
export function isForStaff(authorization: string | undefined): boolean {
  return isStaffToken(bearer(authorization) ?? '')
}

function bearer(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
}
