import { ENCODED } from './encodings.js'

/** A hostile request of HTTP, with the statuses and codes that may answer it; the code `SERVED` where it is harmless in the end. */
export interface HostileRequest {
  readonly name: string
  readonly method?: string
  /** After the contract's address, or the whole of it where it begins with a slash. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly statuses: readonly number[]
  readonly codes: readonly string[]
}

const QUERY = '{ __typename }'
const PING = JSON.stringify({ query: QUERY })
const JSON_TYPE = { 'content-type': 'application/json' }
const PREFLIGHT = { 'apollo-require-preflight': 'true' }
const BAD: Pick<HostileRequest, 'statuses' | 'codes'> = { statuses: [400], codes: ['BAD_REQUEST'] }
const OTHER_TYPE: Pick<HostileRequest, 'statuses' | 'codes'> = { statuses: [415], codes: ['UNSUPPORTED_MEDIA_TYPE'] }
const each = <T>(values: readonly T[], make: (value: T) => HostileRequest): HostileRequest[] => values.map(make)
const ask = (search: string) => `?${search}`
const encoded = encodeURIComponent(QUERY)

const bodies: HostileRequest[] = [
  ...each([
    '', ' ', '{', '}', '{"query"', '{"query":', '{"query":"', '{"query":"{ __typename }"', '{"query":"{ __typename }",}', "{'query':'{ __typename }'}", '{query:"{ __typename }"}', 'null', 'true', '1', '-', '"x"', '"{ __typename }"', '{}', '{"x":1}', 'undefined', 'NaN', 'query { __typename }',
    'query={ __typename }', '<?xml version="1.0"?><a/>', '{"query":1}', '{"query":null}', '{"query":true}', '{"query":["{ __typename }"]}', '{"query":{"kind":"Document"}}', '{"query":{"kind":"Document","definitions":[]}}', '{"query":""}',
    '{"query":"{ __typename }","variables":"x"}', '{"query":"{ __typename }","variables":"{}"}', '{"query":"{ __typename }","variables":[]}', '{"query":"{ __typename }","variables":1}', '{"query":"{ __typename }","variables":true}',
    '{"query":"{ __typename }","operationName":1}', '{"query":"{ __typename }","operationName":{}}', '{"query":"{ __typename }","operationName":[]}', '{"query":"{ __typename }","extensions":"x"}', '{"query":"{ __typename }","extensions":[]}', '{"query":"{ __typename }","extensions":1}',
    '{"query":"{ __typename }","__proto__":{"x":1}}', '{"query":"{ __typename }","variables":{"__proto__":{"x":1}}}', '{"query":"{ __typename }","constructor":{"prototype":{"x":1}}}', '{"query":"{ __typename }","variables":{"a":{"constructor":{"prototype":{"x":1}}}}}',
    '{"query":"{ __typename }","query":"mutation { x }"}', '{"query":"{ __typename }","variables":{},"variables":{"x":1}}', '{"query":"{ __typename }","\\u0071uery":"{ a }"}', '{"query":"{ __typename }"}{"query":"{ __typename }"}', '{"query":"{ __typename }"} x', '{"query":"a\u0000b"', '{"query":"\\x"}', '{"query":"\n{ __typename }"}', '\ufeff\ufeff{}',
  ], (body) => ({ name: `the body ${JSON.stringify(body).slice(0, 80)}`, headers: JSON_TYPE, body, ...BAD })),
  ...each([Buffer.from([0xff, 0xfe]), Buffer.from([0xc3, 0x28]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.concat([Buffer.from('{"query":"{ __typename } #'), Buffer.from([0xf0, 0x28, 0x8c, 0x28]), Buffer.from('"}')]), Buffer.from(PING, 'utf16le'), Buffer.alloc(1_000)], (body) => ({ name: `the bytes ${body.subarray(0, 8).toString('hex')}`, headers: JSON_TYPE, body, ...BAD })),
  ...each([`[${PING}]`, '[]', `[${Array.from({ length: 11 }, () => PING).join(',')}]`, `[${Array.from({ length: 5_000 }, () => PING).join(',')}]`, '[null]', '[[]]'], (body) => ({ name: `the batch ${body.slice(0, 40)} of ${body.length} bytes`, headers: JSON_TYPE, body, statuses: [400], codes: ['BATCHING_NOT_SUPPORTED'] })),
  ...each([10_000, 400_000], (n) => ({ name: `a body of lists ${n} deep`, headers: JSON_TYPE, body: '['.repeat(n) + ']'.repeat(n), statuses: [400], codes: ['BATCHING_NOT_SUPPORTED'] })),
  ...each([10_000, 500_000], (n) => ({ name: `a body of ${n} brackets that never close`, headers: JSON_TYPE, body: '['.repeat(n), ...BAD })),
  ...each([10_000, 150_000], (n) => ({ name: `a body of objects ${n} deep`, headers: JSON_TYPE, body: '{"a":'.repeat(n) + '1' + '}'.repeat(n), ...BAD })),
  ...each([10_000, 400_000], (n) => ({ name: `a number of ${n} digits in the variables`, headers: JSON_TYPE, body: `{"query":"{ __typename }","variables":{"n":${'9'.repeat(n)}}}`, statuses: [200], codes: ['SERVED'] })),
  { name: '100,000 names in the variables', headers: JSON_TYPE, body: JSON.stringify({ query: QUERY, variables: Object.fromEntries(Array.from({ length: 90_000 }, (_, n) => [`v${n}`, 0])) }), statuses: [200, 400], codes: ['VARIABLES_TOO_LARGE', 'SERVED'] },
  ...each([4 * 1024 * 1024 + 1, 6 * 1024 * 1024], (n) => ({ name: `a body of ${n} bytes`, headers: JSON_TYPE, body: Buffer.alloc(n, 32), statuses: [413], codes: ['PAYLOAD_TOO_LARGE'] })),
  { name: 'a body of 6 MB in chunks', headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' }, body: Buffer.alloc(6 * 1024 * 1024, 32), statuses: [413], codes: ['PAYLOAD_TOO_LARGE'] },
]

const types: HostileRequest[] = [
  ...each([
    'text/plain', 'text/plain;charset=UTF-8', 'text/html', 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/xml', 'application/octet-stream', 'application/graphql', 'application/jsonp', 'application/json2', 'text/json', 'application/json, text/plain', 'json', 'x', '/', ';', '*/*',
    'application/json; charset=utf-16', 'application/json; charset=latin1', 'application/json; charset=utf-7', 'application/json; charset=ISO-8859-1', 'application/json; charset=nonsense', 'application/json; charset=', 'application/json; charset="utf-32"', 'application/json; boundary=x', 'application/json charset=utf-8',
  ], (type) => ({ name: `the content type ${type}`, headers: { 'content-type': type, ...PREFLIGHT }, body: PING, ...OTHER_TYPE })),
  ...each(['gzip', 'deflate', 'br', 'zstd', 'compress', 'gzip, gzip', 'identity, gzip', 'nonsense', 'x-gzip'], (encoding) => ({ name: `the content encoding ${encoding}`, headers: { ...JSON_TYPE, 'content-encoding': encoding }, body: PING, ...OTHER_TYPE })),
  { name: 'a form with a query in it', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `query=${encoded}`, ...OTHER_TYPE },
  { name: 'a file upload with a query in it', headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${PING}\r\n--b--\r\n`, ...OTHER_TYPE },
  { name: 'a POST with its query in the address', path: ask(`query=${encoded}`), method: 'POST', statuses: [400, 415], codes: ['BAD_REQUEST', 'UNSUPPORTED_MEDIA_TYPE'] },
  ...each(['application/xml', 'image/png', 'text/html', 'multipart/mixed;deferSpec=20220824', 'application/json;q=0'], (accept) => ({ name: `the answer as ${accept}`, headers: { ...JSON_TYPE, accept }, body: PING, statuses: [406], codes: ['BAD_REQUEST'] })),
  ...each(['garbage', ',', ';;;', '*/*;q=x', 'a/b/c', 'x'.repeat(5_000)], (accept) => ({ name: `the answer as ${accept.slice(0, 20)}`, headers: { ...JSON_TYPE, accept }, body: PING, statuses: [200, 400, 406], codes: ['SERVED', 'BAD_REQUEST'] })),
]

const addresses: HostileRequest[] = [
  { name: 'a GET that a foreign page could send', method: 'GET', path: ask(`query=${encoded}`), ...BAD },
  { name: 'a GET for a mutation that a foreign page could send', method: 'GET', path: ask('query=mutation%7B__typename%7D'), ...BAD },
  { name: 'a GET for a mutation', method: 'GET', path: ask('query=mutation%7B__typename%7D'), headers: PREFLIGHT, statuses: [405], codes: ['METHOD_NOT_ALLOWED'] },
  { name: 'a GET for one of two, which is a mutation', method: 'GET', path: ask('query=query%20a%7B__typename%7Dmutation%20b%7B__typename%7D&operationName=b'), headers: PREFLIGHT, statuses: [405], codes: ['METHOD_NOT_ALLOWED'] },
  { name: 'a GET for a registered mutation', method: 'GET', path: ask(`documentId=${'a'.repeat(64)}`), headers: PREFLIGHT, statuses: [400], codes: ['PERSISTED_QUERY_NOT_SUPPORTED'] },
  ...each([
    '', 'query=', 'query', 'q=1', 'query=%E0%A4%A', 'query=%', 'query=%zz', 'query=%ff%fe', `query=${encoded}&query=${encoded}`, `query=${encoded}&variables=`.replace('variables=', 'variables=%7B'), `query=${encoded}&variables=1`, `query=${encoded}&variables=[]`, `query=${encoded}&variables=x`, `query=${encoded}&variables=%7B%7D&variables=%7B%7D`,
    `query=${encoded}&extensions=x`, `query=${encoded}&extensions=[]`, 'query[]=x', 'variables=%7B%7D', 'operationName=x',
  ], (search) => ({ name: `a GET with ${search.slice(0, 60) || 'nothing'}`, method: 'GET', path: ask(search), headers: PREFLIGHT, ...BAD })),
  { name: 'a GET with variables 5,000 lists deep', method: 'GET', path: ask(`query=${encoded}&variables=${`{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`}`), headers: PREFLIGHT, statuses: [400], codes: ['VARIABLES_TOO_DEEP', 'BAD_REQUEST'] },
  ...each([8_100, 12_000], (n) => ({ name: `an address of ${n} bytes`, method: 'GET', path: ask(`query=${'x'.repeat(n)}`), headers: PREFLIGHT, statuses: [414], codes: ['URI_TOO_LONG'] })),
  { name: 'an address of 20,000 bytes', method: 'GET', path: ask(`query=${'x'.repeat(20_000)}`), headers: PREFLIGHT, statuses: [431], codes: ['HEADERS_TOO_LARGE'] },
  ...each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'PURGE', 'LOCK', 'MKCOL', 'REPORT'], (method) => ({ name: `the method ${method}`, method, headers: JSON_TYPE, ...(['PUT', 'PATCH'].includes(method) && { body: PING }), statuses: [405], codes: ['METHOD_NOT_ALLOWED'] })),
  ...each(['/nothing', '/graphql/', '/graphql/x', '/graphql.json', '/GRAPHQL', '/graphql%00', '/newsroom', '/newsroom/graphql/..%2f..', '/.env', '/.git/config', '/admin', '/api', '/v1/graphql', '/metrics2', '/graphiql/..%2f..%2fpackage.json', '/graphiql/%2e%2e/%2e%2e/package.json', '/wp-login.php', '//graphql', '/graphql;x=1', '/playground', '/console', '/altair', '/voyager', '/%f0%9f%99%82', `/${'a'.repeat(5_000)}`, `/${'a/'.repeat(2_000)}`],
    (path) => ({ name: `the address ${path.slice(0, 40)}`, method: 'GET', path, statuses: [404, 400, 414], codes: ['NOT_FOUND', 'BAD_REQUEST', 'URI_TOO_LONG'] })),
  ...each(['/%', '/%zz', '/%c0%ae%c0%ae', '/%ff'], (path) => ({ name: `the address ${path}`, method: 'GET', path, ...BAD })),
]

const heads: HostileRequest[] = [
  { name: 'a header of 15 KB', headers: { ...JSON_TYPE, 'x-large': 'x'.repeat(15_000) }, body: PING, statuses: [200, 401, 431], codes: ['SERVED', 'HEADERS_TOO_LARGE'] },
  { name: 'a header of 40 KB', headers: { ...JSON_TYPE, 'x-large': 'x'.repeat(40_000) }, body: PING, statuses: [431], codes: ['HEADERS_TOO_LARGE'] },
  { name: '900 headers', headers: { ...JSON_TYPE, ...Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`x-${n}`, '1'])) }, body: PING, statuses: [200, 431], codes: ['SERVED', 'HEADERS_TOO_LARGE'] },
  { name: 'a cookie of 10 KB', headers: { ...JSON_TYPE, cookie: `a=${'x'.repeat(10_000)}` }, body: PING, statuses: [200], codes: ['SERVED'] },
  { name: 'an expectation that cannot be met', headers: { ...JSON_TYPE, expect: '200-ok' }, body: PING, statuses: [417], codes: ['BAD_REQUEST'] },
  ...each(['h2c', 'websocket', 'nonsense'], (upgrade) => ({ name: `an upgrade to ${upgrade} at an address that has none`, method: 'GET', path: '/nothing', headers: { connection: 'Upgrade', upgrade }, statuses: [404], codes: ['NOT_FOUND'] })),
  ...each(['][', 'a b', 'x'.repeat(3_000), '127.0.0.1:99999999', '@', '<script>'], (host) => ({ name: `the host ${host.slice(0, 20)}`, headers: { ...JSON_TYPE, host }, body: PING, statuses: [200, 400], codes: ['SERVED', 'BAD_REQUEST'] })),
  ...each(['1.1.1.1', "' OR 1=1", 'x'.repeat(5_000), '::1, ::1, ::1'], (address) => ({ name: `forwarded for ${address.slice(0, 20)}`, headers: { ...JSON_TYPE, 'x-forwarded-for': address }, body: PING, statuses: [200], codes: ['SERVED'] })),
]

const persisted: HostileRequest[] = [
  ...each([{ version: 1, sha256Hash: 'zz' }, { version: 1, sha256Hash: 'A'.repeat(64) }, { version: 1, sha256Hash: '' }, { version: 1, sha256Hash: 1 }, { version: 1, sha256Hash: ['a'] }, { version: 1, sha256Hash: 'a'.repeat(5_000) }, { version: 1 }, { version: 2, sha256Hash: 'a'.repeat(64) }, { sha256Hash: 'a'.repeat(64) }, {}, [], 'x', 1, true, { version: '1', sha256Hash: 'a'.repeat(64) }],
    (persistedQuery) => ({ name: `the registered document ${JSON.stringify(persistedQuery).slice(0, 60)}`, headers: JSON_TYPE, body: JSON.stringify({ extensions: { persistedQuery } }), statuses: [400], codes: ['PERSISTED_QUERY_INVALID'] })),
  { name: 'a hash that nothing is registered under', headers: JSON_TYPE, body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }), statuses: [400], codes: ['PERSISTED_QUERY_NOT_SUPPORTED'] },
  { name: 'a hash beside a document that is not its', headers: JSON_TYPE, body: JSON.stringify({ query: QUERY, extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }), statuses: [400], codes: ['PERSISTED_QUERY_INVALID'] },
  ...each(['x', '../../etc/passwd', '__proto__', `sha256:${'g'.repeat(64)}`, ' '], (documentId) => ({ name: `the document id ${documentId.slice(0, 20)}`, headers: JSON_TYPE, body: JSON.stringify({ documentId }), statuses: [400], codes: ['PERSISTED_QUERY_INVALID'] })),
]

const SERVED: Pick<HostileRequest, 'statuses' | 'codes'> = { statuses: [200], codes: ['SERVED'] }
/** Parameters that mean nothing here, or nothing good: the document beside them is run as if they were not there, or nothing is. */
const parameters: HostileRequest[] = [
  ...each<object>([{ tracing: true }, { persistedQuery: null }, { code: { source: 'alert(1)' } }, { http: { status: 500, headers: { 'set-cookie': 'a=b' } } }, { apollo: { x: 1 } }, { constructor: 1 }, { clientLibrary: { name: 'x'.repeat(10_000) } }],
    (extensions) => ({ name: `the extensions ${JSON.stringify(extensions).slice(0, 60)}`, headers: JSON_TYPE, body: JSON.stringify({ query: QUERY, extensions }), ...SERVED })),
  ...each(['x', 'A', '__proto__', 'constructor', "' OR 1=1", '\u0000', '🙂', ' ', 'x'.repeat(50_000)], (operationName) => ({ name: `the operation name ${JSON.stringify(operationName).slice(0, 30)}`, headers: JSON_TYPE, body: JSON.stringify({ query: 'query Q { __typename }', operationName }), statuses: [400], codes: ['OPERATION_RESOLUTION_FAILURE'] })),
  ...each([null, ''], (operationName) => ({ name: `the operation name ${JSON.stringify(operationName)}`, headers: JSON_TYPE, body: JSON.stringify({ query: 'query Q { __typename }', operationName }), statuses: [200, 400], codes: ['SERVED', 'OPERATION_RESOLUTION_FAILURE'] })),
  ...each(['mutation A { __typename } query B { __typename }', 'query A { __typename } mutation B { __typename }'], (query) => ({ name: `one of two operations that is not named: ${query}`, headers: JSON_TYPE, body: JSON.stringify({ query }), statuses: [400], codes: ['OPERATION_RESOLUTION_FAILURE', 'GRAPHQL_VALIDATION_FAILED'] })),
  ...each([{ id: 1 }, { id: {} }, { documentId: [] }, { documentId: true }, { extensions: null, query: null }, { queryId: 'x' }, { hash: 'x' }, { doc: QUERY }], (body) => ({ name: `no document but ${JSON.stringify(body)}`, headers: JSON_TYPE, body: JSON.stringify(body), ...BAD })),
  ...each(['POST', 'PUT', 'DELETE', 'GET'], (method) => ({ name: `a GET for a mutation that says it is a ${method}`, method: 'GET', path: ask('query=mutation%7B__typename%7D'), headers: { ...PREFLIGHT, 'x-http-method-override': method, 'x-http-method': method, 'x-method-override': method }, statuses: [405], codes: ['METHOD_NOT_ALLOWED'] })),
  { name: 'a POST that says it is a GET', headers: { ...JSON_TYPE, 'x-http-method-override': 'GET' }, body: JSON.stringify({ query: 'mutation { __typename }' }), statuses: [400, 200], codes: ['BAD_REQUEST', 'GRAPHQL_VALIDATION_FAILED', 'SERVED'] },
  ...each(['query=subscription%7BstoryChanged%7Bat%7D%7D', 'query=subscription%7B__typename%7D'], (search) => ({ name: `a GET for ${search}`, method: 'GET', path: ask(search), headers: PREFLIGHT, statuses: [400], codes: ['BAD_REQUEST', 'GRAPHQL_VALIDATION_FAILED'] })),
  ...each(['__proto__=1', 'constructor=x', 'callback=alert', 'query[0]=x', 'Query=x', 'raw=true'], (search) => ({ name: `a GET with ${search} besides`, method: 'GET', path: ask(`query=${encoded}&${search}`), headers: PREFLIGHT, ...SERVED })),
  ...each(['operationName=x&operationName=x', 'extensions=%7B%7D&extensions=%7B%7D', 'extensions=null&variables=1', `documentId=x&documentId=y`, 'variables=%7B%22a%22%3A', 'variables=NaN', 'variables=undefined', 'extensions=%22'], (search) => ({ name: `a GET with ${search}`, method: 'GET', path: ask(`query=${encoded}&${search}`), headers: PREFLIGHT, ...BAD })),
  ...each(['operationName=x', 'operationName=%00', 'operationName=__proto__'], (search) => ({ name: `a GET with ${search}, which there is not`, method: 'GET', path: ask(`query=${encoded}&${search}`), headers: PREFLIGHT, statuses: [400], codes: ['OPERATION_RESOLUTION_FAILURE', 'BAD_USER_INPUT'] })),
  ...each(['{"persistedQuery":{"version":1,"sha256Hash":"x"}}', '{"persistedQuery":1}', '{"persistedQuery":[]}', '{"persistedQuery":{"version":2}}'], (extensions) => ({ name: `a GET with the extensions ${extensions}`, method: 'GET', path: ask(`extensions=${encodeURIComponent(extensions)}`), headers: PREFLIGHT, statuses: [400], codes: ['PERSISTED_QUERY_INVALID'] })),
  ...each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'], (type) => ({ name: `a GET of the type ${type}, as a foreign page could send it`, method: 'GET', path: ask(`query=${encoded}`), headers: { 'content-type': type }, ...BAD })),
]

export const HOSTILE_REQUESTS: readonly HostileRequest[] = [...bodies, ...types, ...addresses, ...heads, ...persisted, ...parameters, ...ENCODED]
