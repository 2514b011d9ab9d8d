/** What is no HTTP, or hardly any, byte for byte, with what answers it. */
export interface HostileBytes {
  readonly name: string
  readonly bytes: string | Buffer
  readonly status: number
  readonly code: string
  /** Whether the client says that nothing more will come. */
  readonly ends?: boolean
}

const PING = '{"query":"{ __typename }"}'
const JSON_TYPE = 'content-type: application/json'
const head = (lines: readonly string[], first = 'POST /graphql HTTP/1.1') => `${[first, 'host: x', ...lines].join('\r\n')}\r\n\r\n`
const chunked = (body: string, more: readonly string[] = []) => head([JSON_TYPE, 'transfer-encoding: chunked', ...more]) + body
const bad = (name: string, bytes: string | Buffer, ends = false): HostileBytes => ({ name, bytes, status: 400, code: 'BAD_REQUEST', ends })
const served = (name: string, bytes: string): HostileBytes => ({ name, bytes, status: 200, code: 'SERVED' })

const lengths: HostileBytes[] = [
  bad('fewer bytes than were said', head([JSON_TYPE, 'content-length: 500']) + PING, true),
  bad('no byte of those that were said', head([JSON_TYPE, 'content-length: 500']), true),
  bad('half a chunk', chunked(`ff\r\n${PING}`), true),
  bad('chunks without an end', chunked(`1a\r\n${PING}\r\n`), true),
  bad('half a head', 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-ty', true),
  bad('half a first line', 'POST /gra', true),
  ...['0x1a', '1a', '+26', '26 26', '26, 26', '9999999999999999999999', ' ', '2.6e1', '-0', '٢٦'].map((length) => bad(`the length ${length}`, Buffer.from(head([JSON_TYPE, `content-length: ${length}`]) + PING))),
  bad('a length and chunks, chunks first', head([JSON_TYPE, 'transfer-encoding: chunked', 'content-length: 4']) + `1a\r\n${PING}\r\n0\r\n\r\n`),
  bad('the same length twice', head([JSON_TYPE, 'content-length: 26', 'content-length: 26']) + PING),
  ...['gzip', 'gzip, chunked, gzip', 'xchunked', 'chunked, identity', 'identity'].map((coding) => bad(`the transfer coding ${coding}`, head([JSON_TYPE, `transfer-encoding: ${coding}`]) + `1a\r\n${PING}\r\n0\r\n\r\n`, true)),
  ...['-1', '1g', '', ' 1a', 'ffffffffffffffffff', '0x1a', '1a1a1a1a1a1a1a1a1a'].map((size) => bad(`a chunk of the size "${size}"`, chunked(`${size}\r\n${PING}\r\n0\r\n\r\n`), true)),
  bad('a chunk that is longer than it says', chunked(`2\r\n${PING}\r\n0\r\n\r\n`), true),
  { name: 'extensions of chunks of 20 KB', bytes: chunked(`1a;${'x'.repeat(20_000)}\r\n${PING}\r\n0\r\n\r\n`), status: 413, code: 'PAYLOAD_TOO_LARGE' },
  bad('a chunked body without anything in it', chunked('0\r\n\r\n')),
  served('a body in chunks of one byte', chunked(`${[...PING].map((character) => `1\r\n${character}\r\n`).join('')}0\r\n\r\n`)),
  served('a trailer that would be a header', chunked(`1a\r\n${PING}\r\n0\r\nauthorization: Bearer x\r\n\r\n`)),
  { name: 'a length of 5 MB, and nothing of it', bytes: head([JSON_TYPE, `content-length: ${5 * 1024 * 1024}`]), status: 413, code: 'PAYLOAD_TOO_LARGE' },
  { name: 'a length of 5 MB, if it may', bytes: head([JSON_TYPE, 'expect: 100-continue', `content-length: ${5 * 1024 * 1024}`]), status: 413, code: 'PAYLOAD_TOO_LARGE' },
]

const lines: HostileBytes[] = [
  ...['GET', 'GET  HTTP/1.1', ' GET / HTTP/1.1', 'get /graphql HTTP/1.1', 'GET /graphql', 'GET /graphql HTTP/1.1 x', 'GET /graphql http/1.1', 'GET /graphql HTTP/1.', 'GET /graphql HTTP/11', 'GET /graphql HTTP/2.0', 'GET /graphql ICY/1.0', 'GET\t/graphql\tHTTP/1.1', 'GET \u00e9 HTTP/1.1', 'GET /graphql\0 HTTP/1.1', 'GET http:// HTTP/1.1'].map((first) => bad(`the first line ${JSON.stringify(first)}`, Buffer.from(head(['connection: close'], first)), true)),
  ...['x y: 1', 'x\0: 1', 'x(: 1', 'x', ': x', ' x: 1', 'x : 1', 'x: \u0001', 'x: a\rb'].map((line) => bad(`the header ${JSON.stringify(line)}`, head([line, JSON_TYPE, `content-length: ${PING.length}`]) + PING, true)),
  bad('lines that end in a line feed alone', `POST /graphql HTTP/1.1\nhost: x\n${JSON_TYPE}\ncontent-length: 26\n\n${PING}`, true),
  bad('two hosts', head(['host: y', JSON_TYPE, `content-length: ${PING.length}`]) + PING),
  ...['a, b', 'x@y', 'x y', '\u00e9', '[::1', 'x:y', 'x/y', '<script>'].map((host) => bad(`the host ${host}, raw`, Buffer.from(`POST /graphql HTTP/1.1\r\nhost: ${host}\r\n${JSON_TYPE}\r\ncontent-length: ${PING.length}\r\n\r\n${PING}`, 'latin1'))),
  bad('two keys at once', head(['authorization: Bearer a', 'authorization: Bearer b', JSON_TYPE, `content-length: ${PING.length}`]) + PING),
  { name: 'a key in Latin-1', bytes: Buffer.from(head(['authorization: Bearer \u00e9\u00ff', JSON_TYPE, `content-length: ${PING.length}`]) + PING, 'latin1'), status: 401, code: 'UNAUTHENTICATED' },
  { name: 'an empty key', bytes: head(['authorization:', JSON_TYPE, `content-length: ${PING.length}`]) + PING, status: 401, code: 'UNAUTHENTICATED' },
  bad('two content types', head([JSON_TYPE, 'content-type: text/plain', `content-length: ${PING.length}`]) + PING),
  { name: 'a type in Latin-1', bytes: Buffer.from(head(['content-type: application/json\u00e9', `content-length: ${PING.length}`]) + PING, 'latin1'), status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
  served('HTTP/1.0, without a host', `POST /graphql HTTP/1.0\r\n${JSON_TYPE}\r\ncontent-length: ${PING.length}\r\n\r\n${PING}`),
  served('empty lines before the first', `\r\n\r\n${head([JSON_TYPE, `content-length: ${PING.length}`])}${PING}`),
  served('a second request before the first is answered', `${head([JSON_TYPE, `content-length: ${PING.length}`])}${PING}${head(['connection: close', JSON_TYPE, 'content-length: 1'])}{`),
  bad('nonsense after a request that closes', `${head(['connection: close', JSON_TYPE, `content-length: ${PING.length}`])}${PING}HELLO`),
  { name: '3,000 headers', bytes: head([...Array.from({ length: 3_000 }, (_, n) => `x${n}: 1`), JSON_TYPE, `content-length: ${PING.length}`]) + PING, status: 431, code: 'HEADERS_TOO_LARGE' },
  { name: 'a first line of 70 KB', bytes: head([], `GET /${'x'.repeat(70_000)} HTTP/1.1`), status: 431, code: 'HEADERS_TOO_LARGE' },
  { name: 'TRACE', bytes: head([], 'TRACE /graphql HTTP/1.1'), status: 405, code: 'METHOD_NOT_ALLOWED' },
  { name: 'OPTIONS for everything', bytes: head([], 'OPTIONS * HTTP/1.1'), status: 404, code: 'NOT_FOUND' },
  { name: 'a proxy request for the contract of another host', bytes: head(['apollo-require-preflight: 1'], 'GET http://example.org/graphql?query=%7B HTTP/1.1'), status: 400, code: 'GRAPHQL_PARSE_FAILED' },
]

const usual: HostileBytes[] = [
  { name: 'no HTTP at all', bytes: 'hello\r\n\r\n', status: 400, code: 'BAD_REQUEST' },
  { name: 'a TLS handshake', bytes: Buffer.from('16030100c8010000c40303', 'hex'), status: 400, code: 'BAD_REQUEST' },
  { name: 'the preface of HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', status: 400, code: 'BAD_REQUEST' },
  { name: 'a method that does not exist', bytes: 'HACK /graphql HTTP/1.1\r\nhost: x\r\n\r\n', status: 400, code: 'BAD_REQUEST' },
  { name: 'a version that does not exist', bytes: 'GET / HTTP/9.9\r\nhost: x\r\n\r\n', status: 400, code: 'BAD_REQUEST' },
  { name: 'no host', bytes: 'POST /graphql HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}', status: 400, code: 'BAD_REQUEST' },
  { name: 'two lengths', bytes: 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}', status: 400, code: 'BAD_REQUEST' },
  { name: 'a length and chunks', bytes: 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}', status: 400, code: 'BAD_REQUEST' },
  { name: 'a length below zero', bytes: 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n', status: 400, code: 'BAD_REQUEST' },
  { name: 'chunks that are none', bytes: 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}', status: 400, code: 'BAD_REQUEST' },
  { name: 'a header with a NUL', bytes: 'GET /graphql HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n', status: 400, code: 'BAD_REQUEST' },
  { name: 'a header without a name', bytes: 'GET /graphql HTTP/1.1\r\nhost: x\r\n: b\r\n\r\n', status: 400, code: 'BAD_REQUEST' },
  { name: 'a header folded onto a second line', bytes: 'GET /graphql HTTP/1.1\r\nhost: x\r\n  b\r\n\r\n', status: 400, code: 'BAD_REQUEST' },
  { name: 'a space in the address', bytes: 'GET /graph ql HTTP/1.1\r\nhost: x\r\n\r\n', status: 400, code: 'BAD_REQUEST' },
  { name: 'a request for a proxy', bytes: 'CONNECT example.org:443 HTTP/1.1\r\nhost: example.org\r\n\r\n', status: 405, code: 'METHOD_NOT_ALLOWED' },
  { name: 'an address with a host of its own', bytes: 'GET http://example.org/nothing HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', status: 404, code: 'NOT_FOUND' },
  { name: 'a head of 100 KB', bytes: `GET /graphql HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`, status: 431, code: 'HEADERS_TOO_LARGE' },
]

export const HOSTILE_BYTES: readonly HostileBytes[] = [...usual, ...lengths, ...lines]
