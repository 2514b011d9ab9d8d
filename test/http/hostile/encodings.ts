import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { HostileRequest } from './requests.js'

const PING = '{"query":"{ __typename }"}'
const JSON_TYPE = { 'content-type': 'application/json' }
const each = <T>(values: readonly T[], make: (value: T) => HostileRequest): HostileRequest[] => values.map(make)
const BAD: Pick<HostileRequest, 'statuses' | 'codes'> = { statuses: [400], codes: ['BAD_REQUEST'] }
const OTHER_TYPE: Pick<HostileRequest, 'statuses' | 'codes'> = { statuses: [415], codes: ['UNSUPPORTED_MEDIA_TYPE'] }

const swapped = (buffer: Buffer) => Buffer.from(buffer).swap16()
/** The same request in other character sets, with their mark and without. */
const CHARSETS: readonly (readonly [string, Buffer])[] = [
  ['utf-16le', Buffer.from(PING, 'utf16le')], ['utf-16le', Buffer.from(`\ufeff${PING}`, 'utf16le')], ['utf-16be', swapped(Buffer.from(PING, 'utf16le'))], ['utf-16', swapped(Buffer.from(`\ufeff${PING}`, 'utf16le'))],
  ['utf-32le', Buffer.from([...PING].flatMap((character) => [character.charCodeAt(0), 0, 0, 0]))], ['utf-32be', Buffer.from([...PING].flatMap((character) => [0, 0, 0, character.charCodeAt(0)]))],
  ['utf-7', Buffer.from('+AHs-"query":"+AHs- __typename +AH0-"+AH0-')], ['utf-ebcdic', Buffer.from([0xc0, 0x7f, 0x98, 0xa4, 0x85, 0x99, 0xa8, 0x7f])], ['windows-1252', Buffer.from('{"query":"{ __typename } # caf\xe9"}', 'latin1')], ['shift_jis', Buffer.from([0x7b, 0x83, 0x5c, 0x7d])],
]
const charsets: HostileRequest[] = CHARSETS.flatMap(([charset, body], index) => [
  { name: `a body in ${charset}, and says so (${index})`, headers: { 'content-type': `application/json; charset=${charset}` }, body, ...OTHER_TYPE },
  { name: `a body in ${charset}, and does not say so (${index})`, headers: JSON_TYPE, body, ...BAD },
])

const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024, 32))
const compressed: HostileRequest[] = [
  ...each([['gzip', gzipSync(PING)], ['gzip', bomb], ['deflate', deflateSync(PING)], ['deflate', deflateRawSync(PING)], ['br', brotliCompressSync(PING)], ['gzip', Buffer.from([0x1f, 0x8b, 0x08])], ['gzip, gzip', gzipSync(bomb)], ['GZIP', gzipSync(PING)], ['identity;q=1, gzip;q=0.5', gzipSync(PING)]] as const,
    ([encoding, body]) => ({ name: `a body of ${body.length} bytes in ${encoding}`, headers: { ...JSON_TYPE, 'content-encoding': encoding }, body, ...OTHER_TYPE })),
  ...each([gzipSync(PING), deflateSync(PING), brotliCompressSync(PING), bomb], (body) => ({ name: `a compressed body of ${body.length} bytes that does not say so`, headers: JSON_TYPE, body, ...BAD })),
]

/** A name that stands twice in an object anywhere: one reader takes the first, another the last. */
const twice: HostileRequest[] = each([
  '{"query":"{ __typename }","variables":{"a":1,"a":2}}', '{"query":"{ __typename }","variables":{"a":{"b":1,"c":[{"d":1,"d":2}]}}}', '{"variables":{"\\u0061":1,"a":2},"query":"{ __typename }"}', '{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"version":2}}}', '{"query":"{ __typename }","operationName":null,"operationName":"x"}',
  '{"query":"{ __typename }","query":"{ __typename }"}', '{"":1,"":2,"query":"{ __typename }"}', '{"query":"{ __typename }","variables":[{"a":1,"a":1}]}',
], (body) => ({ name: `a name twice: ${body}`, headers: JSON_TYPE, body, ...BAD }))

/** Names that reach into every object of JavaScript. */
const prototypes: HostileRequest[] = each([
  '{"query":"{ __typename }","variables":{"a":[{"b":{"__proto__":{"x":1}}}]}}', '{"query":"{ __typename }","variables":{"\\u005f_proto__":1}}', '{"__proto__":{"query":"{ __typename }"}}', '{"query":"{ __typename }","extensions":{"__proto__":null}}', '{"query":"{ __typename }","variables":{"x":{"constructor":{"prototype":{"polluted":true}}}}}',
], (body) => ({ name: `a name out of a prototype: ${body}`, headers: JSON_TYPE, body, ...BAD }))

/** What JSON is not, and looks like it. */
const nearly: HostileRequest[] = each([
  '{"query":"{ __typename }"/* */}', '// x\n{"query":"{ __typename }"}', '{"query":"{ __typename }","variables":{"a":NaN}}', '{"query":"{ __typename }","variables":{"a":Infinity}}', '{"query":"{ __typename }","variables":{"a":01}}', '{"query":"{ __typename }","variables":{"a":.5}}', '{"query":"{ __typename }","variables":{"a":+1}}', '{"query":"{ __typename }","variables":{"a":0x10}}',
  '{"query":"{ __typename }","variables":{"a":1e}}', '{"query":"{ __typename }","variables":{"a":[1,]}}', '{"query":"{ __typename }","variables":{"a":[,1]}}', '{"query":"{ __typename }","variables":{a:1}}', "{\"query\":\"{ __typename }\",\"variables\":{'a':1}}", '{"query":"{ __typename }","variables":{"a":undefined}}', '{"query":"{ __typename }","variables":{"a" 1}}', '{"query":"{ __typename }" "variables":{}}',
  '{"query":"\t{ __typename }"}', '{"query":"{ __typename }","x":"\\u12"}', '{"query":"{ __typename }","x":"\\uZZZZ"}', ')]}\',\n{"query":"{ __typename }"}', '\u0000{"query":"{ __typename }"}', '{"query":"{ __typename }"}\u0000', '{"query":"{ __typename }"}\n{"query":"{ __typename }"}', '{"query":"{ __typename }"', '{"query":"{ __typename }"}}', '[{"query":"{ __typename }"}', '\u00a0{"query":"{ __typename }"}', '\u2028{"query":"{ __typename }"}',
], (body) => ({ name: `nearly JSON: ${JSON.stringify(body).slice(0, 90)}`, headers: JSON_TYPE, body, ...BAD }))

export const ENCODED: readonly HostileRequest[] = [...charsets, ...compressed, ...twice, ...prototypes, ...nearly]
