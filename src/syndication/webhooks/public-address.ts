import ipaddr from 'ipaddr.js'

/** What a cloud answers its own machines at, under an address that looks public. */
const METADATA: ReadonlySet<string> = new Set(['168.63.129.16'])
/** The only part of IPv6 that the internet routes. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]

/**
 * Whether an IP address is somebody's on the internet: not private, loopback, link-local, shared by a provider (CGNAT), multicast or reserved,
 * and none that stands for an address of version 4 (mapped, NAT64, 6to4, Teredo), which could be any of those. False for what is no address.
 */
export function isPublicAddress(text: string): boolean {
  const address = parsed(text)
  if (!address || address.range() !== 'unicast' || METADATA.has(address.toString())) return false
  return address.kind() === 'ipv4' || address.match(GLOBAL_UNICAST)
}

/** Whether it is this machine's own: 127.0.0.0/8 and ::1. */
export function isLoopbackAddress(text: string): boolean {
  return parsed(text)?.range() === 'loopback'
}

/** Spellings that only some readers take for an address ("0x7f.1") are none here. */
function parsed(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text))
  return isAddress ? ipaddr.parse(text) : undefined
}
