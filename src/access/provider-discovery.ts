const PATIENCE = 3_000
const MOST_BYTES = 512 * 1024

/** Addresses of a provider, by their names in its discovery document (OpenID Connect Discovery 1.0, 4). @throws where it gives none that may be used */
export async function discover<Name extends string>(issuer: string, names: readonly Name[]): Promise<Record<Name, string>> {
  const discovery = await jsonAt(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`) as Readonly<Record<string, unknown>>
  if (discovery['issuer'] !== issuer) throw new Error('The discovery document is of another issuer.')
  return Object.fromEntries(names.map((name) => {
    const address = discovery[name]
    if (typeof address !== 'string' || !URL.canParse(address)) throw new Error(`The discovery document has no ${name}.`)
    if (!isSafe(new URL(address), issuer)) throw new Error(`The ${name} is not behind HTTPS.`)
    return [name, address]
  })) as Record<Name, string>
}

const isSafe = ({ protocol }: URL, issuer: string) => protocol === 'https:' || (protocol === 'http:' && !issuer.startsWith('https:'))

export async function jsonAt(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', headers: { accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE) })
  if (!response.ok || Number(response.headers.get('content-length') ?? 0) > MOST_BYTES) throw new Error(`${url} answers with status ${response.status}.`)
  return response.json()
}
