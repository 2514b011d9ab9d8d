import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTHeaderParameters, type JWTPayload } from 'jose'
import { Provider } from 'oidc-provider'

export const AUDIENCE = 'onrecord-newsroom'

interface SigningKey { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey; readonly jwk: JWK }

/** A key pair, as a provider keeps it. */
export async function signingKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  return { privateKey, publicKey, jwk: { ...await exportJWK(privateKey), kid, alg: 'RS256', use: 'sig' } }
}

/** A real OpenID Connect provider on a real port. Its clients are members of staff, each with claims of their own. */
export class SignInProvider {
  readonly #server: Server
  #answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
  #port = 0
  key!: SigningKey
  #usual!: SigningKey
  /** Requests for its keys. */
  asked = 0

  private constructor(private readonly staff: Readonly<Record<string, object>>) {
    this.#server = createServer((request, response) => {
      if (request.url?.startsWith('/jwks')) this.asked += 1
      this.#answer(request, response)
    })
  }

  static async open(staff: Readonly<Record<string, object>>): Promise<SignInProvider> {
    const provider = new SignInProvider(staff)
    await provider.start()
    provider.#usual = await signingKey('first')
    await provider.signWith(provider.#usual)
    return provider
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => { this.#server.listen(this.#port, '127.0.0.1', resolve) })
    this.#port = (this.#server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => { this.#server.close(resolve) })
  }

  /** From now on tokens are signed with this key, and it is the only one; without one, with the first again. */
  async signWith(key: SigningKey = this.#usual): Promise<void> {
    if (key === this.key) return
    this.key = key
    const provider = new Provider(this.issuer, {
      jwks: { keys: [key.jwk as never] },
      clients: Object.keys(this.staff).map((name) => ({ client_id: name, client_secret: 'x'.repeat(32), grant_types: ['client_credentials'], redirect_uris: [], response_types: [] })),
      features: {
        devInteractions: { enabled: false }, clientCredentials: { enabled: true },
        resourceIndicators: { enabled: true, getResourceServerInfo: (_context, resource) => ({ scope: '', audience: resource.replace('urn:', ''), accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }) },
      },
      ttl: { ClientCredentials: 600 },
      extraTokenClaims: (_context, token) => this.staff[token.clientId!] as Record<string, never>,
    })
    this.#answer = provider.callback()
  }

  /** The token that a member of staff gets. */
  async tokenOf(name: string, audience = AUDIENCE): Promise<string> {
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', resource: `urn:${audience}` }),
      headers: { authorization: `Basic ${Buffer.from(`${name}:${'x'.repeat(32)}`).toString('base64')}` },
    })
    const { access_token: token } = (await response.json()) as { access_token?: string }
    if (!token) throw new Error(`The provider gives no token: ${response.status}`)
    return token
  }

  /** A token that the provider would not give: its own key, but other claims or another header. */
  forge(claims: { readonly [K in keyof JWTPayload]: JWTPayload[K] | undefined }, now: Date, header: { readonly [K in keyof JWTHeaderParameters]?: JWTHeaderParameters[K] | undefined } = {}, key: CryptoKey | Uint8Array = this.key.privateKey): Promise<string> {
    const seconds = Math.floor(now.getTime() / 1000)
    return new SignJWT({ iss: this.issuer, aud: AUDIENCE, sub: 'forged', iat: seconds, exp: seconds + 600, groups: ['masthead'], ...claims } as JWTPayload).setProtectedHeader({ alg: 'RS256', kid: 'first', typ: 'at+jwt', ...header } as JWTHeaderParameters).sign(key, { crit: { x: true } })
  }
}
