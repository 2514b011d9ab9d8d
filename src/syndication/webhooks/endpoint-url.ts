import { isIP } from 'node:net'
import { isLoopbackAddress, isPublicAddress } from './public-address.js'

/** Ports at which web servers listen with TLS. Others could be anything. */
const PORTS: ReadonlySet<string> = new Set(['', '443', '4443', '8443', '9443'])
const MOST_LENGTH = 2_000

export interface AddressRules {
  /** For trying and for tests: addresses of this machine itself are allowed, at any port and without TLS. */
  readonly allowsLoopback: boolean
}

/** Finds the addresses of a host. As `dns.promises.lookup(host, {all: true})`. */
export type Lookup = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>

/** Whether events may be sent to an address. */
export function mayConnect(address: string, { allowsLoopback }: AddressRules): boolean {
  return isPublicAddress(address) || (allowsLoopback && isLoopbackAddress(address))
}

/** The host of an address of the web; of IPv6 without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

/** Why events cannot be sent to a URL, as far as it tells by itself; the rest of a sentence that begins with what it is. */
export function urlProblem(text: string, rules: AddressRules): string | undefined {
  if (text.length > MOST_LENGTH) return `is longer than ${MOST_LENGTH} characters`
  if (!/^https?:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text)) return 'is not an address such as "https://desk.example/onrecord"'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return 'holds a name or password; events are signed instead'
  if (url.hash !== '') return 'has a part behind "#", which is never sent'
  const host = hostOf(url)
  if (rules.allowsLoopback && isHere(host)) return undefined
  if (url.protocol !== 'https:') return 'is not "https:"'
  if (!PORTS.has(url.port)) return `has port ${url.port}; allowed are 443, 4443, 8443 and 9443`
  if (isIP(host) !== 0) return isPublicAddress(host) ? undefined : NOT_PUBLIC
  return isHere(host) || !/^[^.]+(\.[^.]+)+\.?$/.test(host) ? NOT_PUBLIC : undefined
}

const NOT_PUBLIC = 'is not on the internet: addresses of this machine or of a private network are refused'

function isHere(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host) || isLoopbackAddress(host)
}

/** The same, once its host is looked up. Asked again at each connection, since the answer may change. */
export async function endpointProblem(text: string, rules: AddressRules, lookup: Lookup): Promise<string | undefined> {
  const wrong = urlProblem(text, rules)
  if (wrong !== undefined) return wrong
  const host = hostOf(new URL(text))
  if (isIP(host) !== 0) return undefined
  const found = await lookup(host).catch(() => [])
  if (found.length === 0) return 'has a host that cannot be found'
  return found.every(({ address }) => mayConnect(address, rules)) ? undefined : NOT_PUBLIC
}
