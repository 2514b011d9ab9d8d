/** A hostile document, and the codes that may answer it; `SERVED` where it is harmless in the end. */
export interface HostileDocument {
  readonly name: string
  readonly query: string
  readonly variables?: unknown
  readonly operationName?: string
  readonly codes: readonly string[]
}

const times = (count: number, part: (index: number) => string) => Array.from({ length: count }, (_, index) => part(index)).join(' ')
const nested = (depth: number, open: string, close: string, core: string) => open.repeat(depth) + core + close.repeat(depth)
const each = <T>(values: readonly T[], make: (value: T) => HostileDocument): HostileDocument[] => values.map(make)

const DEEP = 'QUERY_TOO_DEEP'
const LONG = 'QUERY_TOO_LONG'
const LARGE = 'QUERY_TOO_LARGE'
const INVALID = 'GRAPHQL_VALIDATION_FAILED'
const UNPARSED = 'GRAPHQL_PARSE_FAILED'

const deep: HostileDocument[] = [
  ...each([16, 17, 25, 40, 60, 200, 1_000, 6_000], (n) => ({ name: `fields ${n} deep`, query: `{ ${nested(n, 'a{', '}', 'b')} }`, codes: [DEEP, LONG] })),
  ...each([16, 30, 49], (n) => ({ name: `inline fragments around fields, ${n} deep`, query: `{ ${nested(n, '...{a{', '}}', 'b')} }`, codes: [DEEP] })),
  ...each([51, 500, 2_000], (n) => ({ name: `inline fragments ${n} deep`, query: `{ ${nested(n, '...{', '}', '__typename')} }`, codes: [DEEP, LONG] })),
  ...each([51, 500, 3_000, 50_000], (n) => ({ name: `a list literal ${n} deep`, query: `{ nodes(ids: ${nested(n, '[', ']', '')}) { id } }`, codes: [DEEP, LONG] })),
  ...each([51, 500, 2_000], (n) => ({ name: `an object literal ${n} deep`, query: `{ stories(filter: ${nested(n, '{a:', '}', '1')}) { nodes { id } } }`, codes: [DEEP, LONG] })),
  ...each([51, 1_000, 20_000], (n) => ({ name: `a variable type ${n} lists deep`, query: `query($v: ${nested(n, '[', ']', 'Int')}) { __typename }`, codes: [DEEP, LONG] })),
  ...each([60, 3_000, 90_000], (n) => ({ name: `${n} brackets that never close`, query: '{a'.repeat(n), codes: [DEEP, LONG] })),
  ...each([60, 90_000], (n) => ({ name: `${n} square brackets that never close`, query: `{ a(b: ${'['.repeat(n)}`, codes: [DEEP, LONG] })),
  ...each([8, 20, 45], (n) => ({ name: `a chain of ${n} fragments, each two fields deep`, query: `{ ...f0 } ${times(n, (i) => `fragment f${i} on Query { a { b { ${i === n - 1 ? 'c' : `...f${i + 1}`} } } }`)}`, codes: [DEEP] })),
]

const many: HostileDocument[] = [
  ...each([31, 100, 101, 300, 3_000], (n) => ({ name: `${n} aliases`, query: `{ ${times(n, (i) => `a${i}: __typename`)} }`, codes: ['TOO_MANY_ALIASES', LARGE, LONG] })),
  ...each([31, 101], (n) => ({ name: `${n} aliases inside a story`, query: `{ story(slug: "x") { ${times(n, (i) => `a${i}: headline`)} } }`, codes: ['TOO_MANY_ALIASES'] })),
  ...each([21, 60], (n) => ({ name: `${n} fields at the root`, query: `{ ${times(n, (i) => `f${i}`)} }`, codes: ['TOO_MANY_ROOT_FIELDS'] })),
  ...each([21, 30], (n) => ({ name: `${n} fields at the root through fragments`, query: `{ ${times(n, (i) => `...f${i}`)} } ${times(n, (i) => `fragment f${i} on Query { f${i} }`)}`, codes: ['TOO_MANY_ROOT_FIELDS'] })),
  ...each([21, 100, 500, 800], (n) => ({ name: `the same field ${n} times`, query: `{ ${times(n, () => '__typename')} }`, codes: ['FIELD_REPEATED'] })),
  ...each([801, 3_900, 20_000], (n) => ({ name: `the same field ${n} times`, query: `{ ${times(n, () => 'a')} }`, codes: ['FIELD_REPEATED', LARGE, LONG] })),
  ...each([21, 400], (n) => ({ name: `the same field in ${n} inline fragments`, query: `{ stories { ${times(n, () => '... { nodes { id } }')} } }`, codes: ['FIELD_REPEATED'] })),
  ...each([6, 10, 50, 500, 1_900], (n) => ({ name: `${n} directives on a field`, query: `{ __typename ${'@aa'.repeat(n)} }`, codes: ['TOO_MANY_DIRECTIVES', LONG] })),
  ...each([6, 100], (n) => ({ name: `${n} times @skip`, query: `{ __typename ${'@skip(if: false) '.repeat(n)} }`, codes: ['TOO_MANY_DIRECTIVES'] })),
  ...each([6, 1_000], (n) => ({ name: `${n} directives on an operation`, query: `query ${'@a'.repeat(n)} { __typename }`, codes: ['TOO_MANY_DIRECTIVES'] })),
  { name: '6 directives on a variable', query: 'query($a: Int @a@a@a@a@a@a) { __typename }', codes: ['TOO_MANY_DIRECTIVES'] },
  { name: '6 directives on a fragment', query: '{ ...f } fragment f on Query @a@a@a@a@a@a { __typename }', codes: ['TOO_MANY_DIRECTIVES'] },
  { name: '60 directives on 60 fields', query: `{ stories { ${times(60, (i) => `f${i} @include(if: true)`)} } }`, codes: ['TOO_MANY_DIRECTIVES'] },
  ...each([51, 300, 600], (n) => ({ name: `${n} fragments that nothing uses`, query: `{ __typename } ${times(n, (i) => `fragment f${i} on Query { __typename }`)}`, codes: ['TOO_MANY_FRAGMENTS', LONG] })),
  ...each([151, 1_000], (n) => ({ name: `a fragment spread ${n} times`, query: `{ ${times(n, () => '...f')} } fragment f on Query { __typename }`, codes: ['TOO_MANY_FRAGMENTS'] })),
  ...each([11, 100, 900], (n) => ({ name: `${n} operations`, query: times(n, (i) => `query q${i} { __typename }`), operationName: 'q0', codes: [LARGE, LONG] })),
  ...each([4_001, 30_000], (n) => ({ name: `${n} tokens`, query: `{ nodes(ids: [${times(n, () => '1')}]) { id } }`, codes: [LONG] })),
  ...each([501, 3_000], (n) => ({ name: `${n} entries in a list`, query: `{ nodes(ids: [${times(n, () => '"a"')}]) { id } }`, codes: ['LIST_TOO_LONG'] })),
  { name: 'more than 100,000 characters of comment', query: `{ __typename } #${'x'.repeat(100_000)}`, codes: [LONG] },
  { name: 'more than 100,000 commas', query: `{ __typename }${','.repeat(100_000)}`, codes: [LONG] },
  { name: 'a text of 200,000 characters', query: `{ story(slug: "${'x'.repeat(200_000)}") { id } }`, codes: [LONG] },
  { name: 'a block text of 200,000 lines', query: `{ story(slug: """${'\n'.repeat(200_000)}""") { id } }`, codes: [LONG] },
  ...['129', '5000', '90000'].flatMap((text) => {
    const name = 'n'.repeat(Number(text))
    return [
      { name: `a field named with ${text} characters`, query: `{ ${name} }`, codes: [LONG] }, { name: `an alias of ${text} characters`, query: `{ ${name}: __typename }`, codes: [LONG] },
      { name: `an operation named with ${text} characters`, query: `query ${name} { __typename }`, codes: [LONG] }, { name: `a variable named with ${text} characters`, query: `query($${name}: Int) { __typename }`, codes: [LONG] },
      { name: `a directive named with ${text} characters`, query: `{ __typename @${name} }`, codes: [LONG] },
    ]
  }),
]

const fragments: HostileDocument[] = [
  ...each([1, 2, 3, 10, 50], (n) => ({ name: `a circle of ${n} fragments`, query: `{ ...f0 } ${times(n, (i) => `fragment f${i} on Query { __typename ...f${(i + 1) % n} }`)}`, codes: n > 20 ? ['TOO_MANY_ROOT_FIELDS'] : [INVALID] })),
  ...each([2, 10], (n) => ({ name: `a circle of ${n} fragments through fields`, query: `{ story(slug: "x") { ...f0 } } ${times(n, (i) => `fragment f${i} on Story { storyline { stories { nodes { ...f${(i + 1) % n} } } } }`)}`, codes: [INVALID, DEEP] })),
  { name: 'a circle that no operation reaches', query: '{ __typename } fragment a on Query { ...b } fragment b on Query { ...a }', codes: [INVALID] },
  ...each([11, 12, 20, 49], (n) => ({ name: `fragments that double ${n} times`, query: `{ ...f0 } ${times(n, (i) => `fragment f${i} on Query { ${i === n - 1 ? 'aa bb cc' : `...f${i + 1} ...f${i + 1}`} }`)}`, codes: [LARGE, INVALID] })),
  ...each([13, 14], (n) => ({ name: `fragments that double ${n} times below a field`, query: `{ story(slug: "x") { ...f0 } } ${times(n, (i) => `fragment f${i} on Story { ${i === n - 1 ? 'slug' : `...f${i + 1} ...f${i + 1}`} }`)}`, codes: [LARGE, DEEP] })),
  ...each([30, 45], (n) => ({ name: `fragments that double ${n} times inside introspection`, query: `{ __schema { ...f0 } } ${times(n, (i) => `fragment f${i} on __Schema { ${i === n - 1 ? 'description' : `...f${i + 1} ...f${i + 1}`} }`)}`, codes: [DEEP] })),
  { name: 'a fragment that does not exist', query: '{ ...nothing }', codes: [INVALID] },
  { name: 'a fragment on nothing', query: '{ ...f } fragment f on Nothing { __typename }', codes: [INVALID] },
  { name: 'a fragment on a scalar', query: '{ ...f } fragment f on String { __typename }', codes: [INVALID] },
  { name: 'the same fragment twice', query: '{ ...f } fragment f on Query { __typename } fragment f on Query { __typename }', codes: [INVALID] },
]

const expensive: HostileDocument[] = [
  { name: 'lists of 100 in lists of 100', query: '{ stories(first: 100) { nodes { topics { stories(first: 100) { nodes { slug } } } } } }', codes: ['QUERY_TOO_EXPENSIVE'] },
  { name: 'the same backward', query: '{ stories(last: 100) { nodes { topics { stories(last: 100) { edges { node { slug } } } } } } }', codes: ['QUERY_TOO_EXPENSIVE'] },
  { name: 'the same through a variable', query: 'query($n: Int!) { stories(first: $n) { nodes { topics { stories(first: $n) { nodes { slug } } } } } }', variables: { n: 100 }, codes: ['QUERY_TOO_EXPENSIVE'] },
  { name: 'the same through the default of a variable', query: 'query($n: Int = 100) { stories(first: $n) { nodes { topics { stories(first: $n) { nodes { slug } } } } } }', codes: ['QUERY_TOO_EXPENSIVE'] },
  { name: 'the same through fragments', query: '{ stories(first: 100) { ...c } } fragment c on StoryConnection { nodes { topics { stories(first: 100) { ...d } } } } fragment d on StoryConnection { nodes { slug } }', codes: ['QUERY_TOO_EXPENSIVE'] },
  { name: 'twenty long lists', query: `{ ${times(20, (i) => `l${i}: stories(first: 100) { nodes { quotes { speaker { organization { name } } } } }`)} }`, codes: ['QUERY_TOO_EXPENSIVE'] },
  ...each(['101', '1000', '2147483647', '0', '-1', '-2147483648'], (n) => ({ name: `a page of ${n}`, query: `{ stories(first: ${n}) { nodes { slug } } }`, codes: ['BAD_USER_INPUT'] })),
  ...each([101, 0, -1, 2_147_483_647], (n) => ({ name: `a page of ${n} by a variable`, query: 'query($n: Int) { stories(last: $n) { nodes { slug } } }', variables: { n }, codes: ['BAD_USER_INPUT'] })),
  ...each(['2147483648', '99999999999999999999', '1.5', '1e3', '"10"', 'true', 'TEN', '[1]', '{a: 1}'], (n) => ({ name: `a page of ${n}`, query: `{ stories(first: ${n}) { nodes { slug } } }`, codes: [INVALID, 'BAD_USER_INPUT', 'SERVED'] })),
  { name: '101 ids', query: `{ nodes(ids: [${times(101, () => '"a"')}]) { id } }`, codes: ['BAD_USER_INPUT'] },
  { name: 'a list inside a list inside a list, from a person', query: '{ persons(first: 100) { nodes { quotes(first: 100) { nodes { text } } stories(first: 100) { nodes { quotes { text } } } } } }', codes: ['QUERY_TOO_EXPENSIVE'] },
]

const TYPE_TYPE = (n: number) => nested(n, 'fields { type { ', ' } }', 'name')
const introspection: HostileDocument[] = [
  ...each([2, 3, 4, 6, 20], (n) => ({ name: `introspection that goes round ${n} times`, query: `{ __schema { types { ${TYPE_TYPE(n)} } } }`, codes: [DEEP] })),
  ...each([2, 5], (n) => ({ name: `introspection of one type that goes round ${n} times`, query: `{ __type(name: "Story") { ${TYPE_TYPE(n)} } }`, codes: [DEEP] })),
  ...['interfaces', 'possibleTypes'].map((list) => ({ name: `introspection that goes round by ${list}`, query: `{ __schema { types { ${list} { ${list} { name } } } } }`, codes: [DEEP] })),
  { name: 'introspection that goes round by fragments', query: '{ __schema { types { ...a } } } fragment a on __Type { fields { type { ...b } } } fragment b on __Type { fields { type { name } } }', codes: [DEEP] },
  { name: 'four introspections in one', query: `{ ${times(4, (i) => `s${i}: __schema { types { name } }`)} }`, codes: [DEEP] },
  { name: 'thirty introspections of a type', query: `{ ${times(20, (i) => `t${i}: __type(name: "Story") { name }`)} }`, codes: [DEEP] },
  { name: 'introspection 60 brackets deep', query: `{ __type(name: "Story") { ${nested(60, 'ofType { ', ' }', 'name')} } }`, codes: [DEEP] },
]

/** Guesses at names: what comes near must get no more than what does not. */
const guesses: HostileDocument[] = [
  ...each(['storys', 'storie', 'quote_s', 'attribution', 'personn', 'tombstones', 'serch', 'draft', 'findings_', 'vault', 'apiKeys', 'users', '_service', '_entities', 'me'], (name) => ({ name: `the field ${name}`, query: `{ ${name} { id } }`, codes: [INVALID] })),
  ...each(['headlin', 'slugs', 'anonymousSourcs', 'confidentialName', 'passwordHash'], (name) => ({ name: `the field ${name} of a story`, query: `{ stories { nodes { ${name} } } }`, codes: [INVALID] })),
  { name: 'an argument that is nearly one', query: '{ stories(frist: 1) { nodes { slug } } }', codes: [INVALID] },
  { name: 'an enum value that is nearly one', query: '{ stories(orderBy: NEWSET) { nodes { slug } } }', codes: [INVALID] },
  { name: 'an enum value that is nearly one, in a variable', query: 'query($o: StoryOrder!) { stories(orderBy: $o) { nodes { slug } } }', variables: { o: 'NEWSET' }, codes: ['BAD_USER_INPUT', INVALID] },
  { name: 'an input field that is nearly one', query: '{ stories(filter: {deskz: ["x"]}) { nodes { slug } } }', codes: [INVALID] },
  { name: 'an input field that is nearly one, in a variable', query: 'query($f: StoryFilterInput) { stories(filter: $f) { nodes { slug } } }', variables: { f: { deskz: ['x'] } }, codes: ['BAD_USER_INPUT'] },
  { name: 'a type that is nearly one', query: '{ node(id: "x") { ... on Storry { slug } } }', codes: [INVALID] },
  { name: 'a type of a variable that is nearly one', query: 'query($f: StoryFilterInputt) { stories(filter: $f) { nodes { slug } } }', codes: [INVALID] },
  { name: 'a field without its selection', query: '{ stories }', codes: [INVALID] },
  { name: 'a selection on a text', query: '{ stories { nodes { slug { x } } } }', codes: [INVALID] },
  { name: 'a directive that does not exist', query: '{ __typename @includ(if: true) }', codes: [INVALID] },
  { name: '@defer', query: '{ ... @defer { __typename } }', codes: [INVALID] },
  { name: '@stream', query: '{ stories { nodes @stream(initialCount: 1) { slug } } }', codes: [INVALID] },
  { name: '30 unknown fields at once', query: `{ stories { ${times(30, (i) => `storyy${i}`)} } }`, codes: [INVALID] },
]

const malformed: HostileDocument[] = [
  ...each(['', ' ', '\n', '\t \r\n'], (query) => ({ name: `the document ${JSON.stringify(query)}`, query, codes: ['BAD_REQUEST'] })),
  ...each([
    '#', ',', '{', '}', '{}', '{{}}', '()', '[]', '{ ', 'query', 'query {', 'query { }', 'query Q', 'query Q(', 'query($) { a }', 'query($a) { a }', 'query($a:) { a }', 'query($a: Int =) { a }', 'mutation', 'subscription', 'fragment', 'fragment on on Query { a }',
    'fragment f { a }', '{ ... }', '{ ...on }', '{ ... on Query }', '{ a( }', '{ a() }', '{ a(b) }', '{ a(b:) }', '{ a(:1) }', '{ a(b: $) }', '{ a: }', '{ : a }', '{ a @ }', '{ a @@b }', '{ "a" }', '{ 1 }', '{ a(b: 01) }', '{ a(b: 1.) }', '{ a(b: 1e) }', '{ a(b: -) }', '{ a(b: "x }',
    '{ a(b: """x }', '{ a(b: "\\q") }', '{ a(b: "\\u12") }', '{ a(b: "\\u{110000}") }', '{ a(b: "\\uD800") }', '{ a(b: "\\u{}") }', '{ a(b: "x\ny") }', '{ a b: }', '& a', '{ a & b }', '{ a | b }', '{ a = 1 }', '{ a ! }', '? { a }', '{ a; b }', '{ `a` }', "{ a(b: 'c') }", '{ \\u0061 }', 'select * from stories',
    '<script>alert(1)</script>', '../../etc/passwd', '${jndi:ldap://x}', '{ \u0000 }', '{ a\u0007 }', '{ \u200ba }', '{ ｓtories }', '{ ñ }', '{ 🙂 }', '{ \u202ea }', '\ud800', '{ a(b: "\ud800") }', '{ \udfff }', '\ufeff\ufeff', '{ a(b: \u201cx\u201d) }',
  ], (query) => ({ name: `the document ${JSON.stringify(query)}`, query, codes: [UNPARSED, INVALID, 'BAD_REQUEST'] })),
  ...each(['type A { a: Int }', 'schema { query: Query }', 'extend type Query { a: Int }', 'directive @a on FIELD', 'scalar A', 'enum A { B }', 'input A { b: Int }', 'union A = B', 'interface A { a: Int }'], (query) => ({ name: `a schema for a document: ${query}`, query, codes: [INVALID, 'OPERATION_RESOLUTION_FAILURE'] })),
  { name: 'a schema beside an operation', query: '{ __typename } type A { a: Int }', codes: [INVALID] },
  { name: 'two operations and no name', query: 'query a { __typename } query b { __typename }', codes: ['OPERATION_RESOLUTION_FAILURE'] },
  { name: 'a name that no operation has', query: 'query a { __typename }', operationName: 'b', codes: ['OPERATION_RESOLUTION_FAILURE'] },
  { name: 'a name of 100,000 characters that no operation has', query: 'query a { __typename }', operationName: 'b'.repeat(100_000), codes: ['OPERATION_RESOLUTION_FAILURE'] },
  { name: 'a name out of a prototype', query: 'query a { __typename }', operationName: '__proto__', codes: ['OPERATION_RESOLUTION_FAILURE'] },
  { name: 'a fragment and no operation', query: 'fragment f on Query { __typename }', codes: [INVALID, 'OPERATION_RESOLUTION_FAILURE'] },
  { name: 'a name of two operations', query: 'query a { __typename } query a { __typename }', operationName: 'a', codes: [INVALID] },
  { name: 'a subscription over HTTP', query: 'subscription { storyChanged { __typename } }', codes: ['BAD_REQUEST', INVALID] },
  { name: 'a subscription to nothing over HTTP', query: 'subscription { __typename }', codes: ['BAD_REQUEST', INVALID] },
]

const BY_SLUG = 'query($slug: String!) { story(slug: $slug) { id } }'
const values: HostileDocument[] = [
  ...each([34, 100, 1_500], (n) => ({ name: `variables ${n} levels deep`, query: '{ __typename }', variables: JSON.parse(nested(n, '{"a":', '}', '1')) as unknown, codes: ['VARIABLES_TOO_DEEP'] })),
  ...each([34, 1_500], (n) => ({ name: `variables of lists ${n} levels deep`, query: 'query($f: StoryFilterInput) { stories(filter: $f) { nodes { id } } }', variables: { f: JSON.parse(nested(n, '[', ']', '')) as unknown }, codes: ['VARIABLES_TOO_DEEP'] })),
  { name: 'a list of 60,000 in the variables', query: '{ __typename }', variables: { list: new Array(60_000).fill(0) }, codes: ['LIST_TOO_LONG'] },
  ...each([1, 1.5, true, null, [], {}, ['x'], { a: 1 }], (slug) => ({ name: `a slug that is ${JSON.stringify(slug)}`, query: BY_SLUG, variables: { slug }, codes: ['BAD_USER_INPUT'] })),
  ...each(['', ' ', '%', '_', '\\', "'", "' OR 1=1 --", "'; DROP TABLE \"Story\"; --", "' AND 1=2 UNION SELECT 1 --", "'||pg_sleep(5)||'", '$1', '${x}', '{{7*7}}', '<script>', '../../../etc/passwd', '__proto__', 'constructor', 'toString', 'x'.repeat(300_000), '\ud800', '\udc00\ud800', '\u0001', '🙂'.repeat(1_000), 'a\u0301'.repeat(500)], (slug) => ({ name: `the slug ${JSON.stringify(slug).slice(0, 40)}`, query: BY_SLUG, variables: { slug }, codes: ['SERVED', 'BAD_USER_INPUT'] })),
  ...each(['a\u0000b', '\u0000'], (slug) => ({ name: `the slug ${JSON.stringify(slug)}`, query: BY_SLUG, variables: { slug }, codes: ['BAD_USER_INPUT'] })),
  ...each(["' OR 1=1 --", '%', '"', '*', '(', '&|!', ':*', '<->', '\\', 'x'.repeat(5_000), '\ud800', 'a '.repeat(20_000)], (text) => ({ name: `a search for ${JSON.stringify(text).slice(0, 30)}`, query: 'query($text: String!) { search(query: $text) { nodes { kind } } }', variables: { text }, codes: ['SERVED', 'BAD_USER_INPUT'] })),
  ...each(['', 'x', 'U3Rvcnk6eA', 'Story:1', '%%%', "' OR 1=1", '\ud800', 'A'.repeat(100_000)], (id) => ({ name: `the id ${JSON.stringify(id).slice(0, 30)}`, query: 'query($id: ID!) { node(id: $id) { id } }', variables: { id }, codes: ['SERVED', 'BAD_USER_INPUT'] })),
  ...each(['', 'x', 'AAAA', '0'.repeat(5_000), '../x', '\ud800'], (after) => ({ name: `the cursor ${JSON.stringify(after).slice(0, 30)}`, query: 'query($after: String) { stories(after: $after) { nodes { id } } }', variables: { after }, codes: ['BAD_USER_INPUT'] })),
  ...each(['', 'now', '2026-99-99T00:00:00Z', '0000-01-01T00:00:00Z', '0001-01-01T00:00:00+23:59', '9999-12-31T23:59:59.999-23:59', '+275760-09-14T00:00:00Z', '9999999999999', '2026-02-24', 'x'.repeat(50_000)], (from) => ({ name: `the instant ${from.slice(0, 30)}`, query: 'query($from: DateTime) { stories(filter: {publishedFrom: $from}) { nodes { id } } }', variables: { from }, codes: ['BAD_USER_INPUT', INVALID] })),
  { name: 'a variable that is missing', query: BY_SLUG, codes: ['BAD_USER_INPUT'] },
  { name: 'a variable that is not declared', query: '{ story(slug: $slug) { id } }', variables: { slug: 'x' }, codes: [INVALID] },
  { name: 'a variable declared twice', query: 'query($a: Int, $a: Int) { stories(first: $a) { nodes { id } } }', codes: [INVALID] },
  { name: 'a variable of a type for answers', query: 'query($s: Story) { __typename }', codes: [INVALID] },
  { name: 'both ends of a list at once', query: '{ stories(first: 1, last: 1) { nodes { id } } }', codes: ['BAD_USER_INPUT'] },
  ...each(['__proto__', 'constructor', 'hasOwnProperty'], (name) => ({ name: `a variable named ${name}`, query: `query($${name}: Int) { stories(first: $${name}) { nodes { id } } }`, codes: ['SERVED', 'BAD_USER_INPUT', INVALID] })),
  { name: 'two answers under one name', query: '{ a: stories { nodes { slug } } a: quotes { nodes { text } } }', codes: [INVALID] },
]

export const HOSTILE_DOCUMENTS: readonly HostileDocument[] = [...deep, ...many, ...fragments, ...expensive, ...introspection, ...guesses, ...malformed, ...values]

/** What staff can send besides: documents that are none. */
export const HOSTILE_CHANGES: readonly HostileDocument[] = [
  ...each([1, 'x', true, [], {}, { onrecord: 1 }, { onrecord: 99 }, { slug: '__proto__' }, { paragraphs: Array.from({ length: 10_000 }, () => ({})) }, { onrecord: 1, slug: 'x', desk: 'Metro', paragraphs: [{ text: '\ud800' }] }, { onrecord: 1, slug: "x'; DROP", desk: 'M', paragraphs: [] }, { constructor: { prototype: { x: 1 } } },
    JSON.parse(nested(25, '{"paragraphs":[', ']}', '')) as unknown, { attributions: [{ content: [{ paragraph: -1, start: 1e308, end: -1 }] }] }], (document) => ({ name: `a story that is ${JSON.stringify(document).slice(0, 60)}`, query: 'mutation($document: StoryDocument!) { createStory(input: {document: $document}) { errors { code message } } }', variables: { document }, codes: ['SERVED', 'BAD_USER_INPUT', 'BAD_REQUEST', 'VARIABLES_TOO_DEEP'] })),
  ...each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+23:59', '9999-12-31T23:59:59-23:59'], (at) => ({ name: `a story that is held at ${at}`, query: 'mutation($document: StoryDocument!) { createStory(input: {document: $document}) { errors { code message } } }', variables: { document: { onrecord: 1, slug: 'at-no-time', desk: 'Metro', paragraphs: [{ text: 'It rains.' }], requestsForComment: [{ key: 'r', deadline: at }] } }, codes: ['SERVED'] })),
  { name: 'a story 60 levels deep, in the document', query: `mutation { createStory(input: {document: ${nested(60, '{a: ', '}', '1')}}) { errors { code } } }`, codes: [DEEP] },
  { name: 'a body over 1 MB that carries no text of a story', query: '{ stories { nodes { slug } } }', variables: { x: 'x'.repeat(1024 * 1024) }, codes: ['PAYLOAD_TOO_LARGE'] },
  ...each(['', ' ', '\u0000', '\ud800', '“'.repeat(20_000), 'x'.repeat(200_000)], (text) => ({ name: `reading the text ${JSON.stringify(text).slice(0, 20)}`, query: 'query($text: String!) { extractStory(text: $text) { errors { code } } }', variables: { text }, codes: ['SERVED', 'BAD_USER_INPUT'] })),
]
