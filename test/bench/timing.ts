import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { issueStaffToken, type StaffRole } from '../../src/access/index.js'
import { openDatabase } from '../../src/database/index.js'
import { storyDocumentOf, type StoryDocumentInput } from '../../src/document/index.js'
import { createServer, PATHS } from '../../src/server.js'
import { createStory } from '../../src/stories/index.js'
import { attestationBytes, makeKey, prove, recordIdOf, registrationBytes, sealNew, sign, toBase64, type SecretKey } from '../../src/vault/seal/index.js'
import { story } from '../support/documents.js'
import { like } from '../support/shape.js'

// Whether the time of an answer tells a secret: paired calls with a secret and with something of the same shape, in random order, and the
// median of the differences with its 95% interval (of order statistics). Below 50 µs nothing is told. What stands for the secret is asked for
// as often as the secret is, so that neither is the one that some cache knows.
// Embedded, or with DATABASE_URL in an empty, migrated database:
// node --import @oxc-node/core/register test/bench/timing.ts [PAIRS]
const PAIRS = Number(process.argv[2] ?? 1500)
const MOST_MICROSECONDS = 50
const NAME = 'Osbert Vesperman'

const folder = `${tmpdir()}/onrecord-timing-${process.pid}`
const database = await openDatabase({ url: process.env['DATABASE_URL'] || undefined, poolSize: 3, folder })
const now = () => new Date('2026-03-10T12:00:00Z')
const sources = { now, newId: () => crypto.randomUUID() }
const server = await createServer({ database, secret: Buffer.alloc(32, 7), now, logLevel: 'silent' })
const url = await server.listen({ port: 0, host: '127.0.0.1' })

async function ask<T>(token: string | undefined, path: string, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) }, body: JSON.stringify({ query, variables }) })
  return (await response.json()) as T
}

async function person(name: string, role: StaffRole, by?: { key: SecretKey; token: string }) {
  const token = await issueStaffToken(database, { name, role }, sources)
  const key = await makeKey(name, 'MEMBER')
  await ask(token, PATHS.NEWSROOM, 'mutation ($input: RegisterVaultKeyInput!) { registerVaultKey(input: $input) { errors { code } } }', { input: { ...key.card, signature: sign(registrationBytes(key.card), key.signingSecret) } })
  if (by) await ask(by.token, PATHS.NEWSROOM, 'mutation ($input: AttestVaultKeyInput!) { attestVaultKey(input: $input) { errors { code } } }', { input: { fingerprint: key.fingerprint, by: by.key.fingerprint, signature: sign(attestationBytes(key.fingerprint, by.key.fingerprint), by.key.signingSecret) } })
  return { token, key }
}

const { publication: _published, ...draft } = story('draft')
for (const document of [story(1), story(2), { ...draft, slug: 'secret-draft' }, story('embargo', { publication: { firstPublishedAt: '2026-03-02T12:00:00Z', embargoedUntil: '2026-04-01T00:00:00Z' } })] as StoryDocumentInput[]) {
  const made = await createStory(database, storyDocumentOf(document), sources)
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
}
const ada = await person('Ada', 'EDITOR')
const cy = await person('Cy', 'REPORTER', ada)
const records: string[] = []
for (let n = 0; n < 100; n += 1) {
  const { manifest, signature, ciphertext } = await sealNew({ identity: { name: `${NAME} ${n}`, aliases: [] }, contacts: [], entries: [], namedAs: [], declined: [], terms: [], approvals: [], candidatePools: [] }, [ada.key.card], ada.key)
  const answer = await ask<{ data?: { sealVaultRecord: { errors: object[] } } }>(ada.token, PATHS.NEWSROOM, 'mutation ($input: SealVaultRecordInput!) { sealVaultRecord(input: $input) { errors { code } } }', { input: { manifest, signature, ciphertext: toBase64(ciphertext) } })
  if (answer.data?.sealVaultRecord.errors.length !== 0) throw new Error(JSON.stringify(answer))
  records.push(manifest.record)
}
const { data } = await ask<{ data: { stories: { nodes: { id: string; slug: string; quotes: { id: string }[] }[] } } }>(ada.token, PATHS.NEWSROOM, '{ stories { nodes { id slug quotes { id } } } }')
const secret = data.stories.nodes.find(({ slug }) => slug === 'secret-draft')!

interface Case { readonly what: string; readonly token?: string; readonly path: string; readonly query: string; readonly secret: (n: number) => object; readonly random: (n: number) => object }
const onRecord = (mutation: string, asked: 'FETCH' | 'DESTROY') => {
  const given = (record: string) => ({ input: { record, proof: prove(asked, record, cy.key, now()) } })
  return {
    what: `${mutation} by somebody who is not cleared`, token: cy.token, path: PATHS.NEWSROOM, query: `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { errors { code message path } } }`,
    secret: (n: number) => given(records[n % records.length]!), random: (n: number) => given(absent[n % absent.length]!),
  }
}
const absent = records.map(() => recordIdOf(cy.key.fingerprint, toBase64(crypto.getRandomValues(new Uint8Array(16))).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_')))
/** A case with one secret, and one thing like it. */
const ofOne = (what: string, path: string, query: string, name: string, value: string, token?: string): Case => {
  const [secret, random] = [{ [name]: value }, { [name]: like(value) }]
  return { what, ...(token !== undefined && { token }), path, query, secret: () => secret, random: () => random }
}
const CASES: readonly Case[] = [
  onRecord('fetchVaultRecord', 'FETCH'), onRecord('destroyVaultRecord', 'DESTROY'),
  ofOne('search of the newsroom for a source\'s name', PATHS.NEWSROOM, 'query ($text: String!) { search(query: $text) { nodes { kind } } }', 'text', NAME, cy.token),
  ofOne('persons of the newsroom by a source\'s name', PATHS.NEWSROOM, 'query ($text: String!) { persons(name: $text) { nodes { key } } }', 'text', NAME, cy.token),
  ofOne('node of the public contract, of a draft', PATHS.PUBLIC, 'query ($id: ID!) { node(id: $id) { id } }', 'id', secret.id),
  ofOne('node of the public contract, of a draft\'s quote', PATHS.PUBLIC, 'query ($id: ID!) { node(id: $id) { id } }', 'id', secret.quotes[0]!.id),
  ofOne('story of the public contract, a draft\'s slug', PATHS.PUBLIC, 'query ($slug: String!) { story(slug: $slug) { id } }', 'slug', 'secret-draft'),
  ofOne('story of the public contract, an embargoed one\'s slug', PATHS.PUBLIC, 'query ($slug: String!) { story(slug: $slug) { id } }', 'slug', 'harbor-plan-embargo'),
]

/** Microseconds. */
async function timeOf({ token, path, query }: Case, variables: object): Promise<number> {
  const start = process.hrtime.bigint()
  await ask(token, path, query, variables)
  return Number(process.hrtime.bigint() - start) / 1000
}

const at = (sorted: readonly number[], share: number) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))]!
const ascending = (values: readonly number[]) => values.toSorted((one, other) => one - other)
let [isTold, isKnown] = [false, true]
for (const each of CASES) {
  const differences: number[] = []
  const times: number[] = []
  for (let n = -100; n < PAIRS; n += 1) {
    const [withSecret, withRandom] = [each.secret(n + 100), each.random(n + 100)]
    const isSecretFirst = crypto.getRandomValues(new Uint8Array(1))[0]! < 128
    const first = await timeOf(each, isSecretFirst ? withSecret : withRandom)
    const second = await timeOf(each, isSecretFirst ? withRandom : withSecret)
    if (n < 0) continue
    differences.push(isSecretFirst ? first - second : second - first)
    times.push(first, second)
  }
  const [sorted, margin] = [ascending(differences), 0.98 / Math.sqrt(PAIRS)]
  const [difference, low, high] = [at(sorted, 0.5), at(sorted, 0.5 - margin), at(sorted, 0.5 + margin)]
  isTold ||= low > MOST_MICROSECONDS || high < -MOST_MICROSECONDS
  isKnown &&= Math.abs(difference) <= MOST_MICROSECONDS
  console.log(`${difference.toFixed(1).padStart(8)} µs (${low.toFixed(1)} to ${high.toFixed(1)}) of ${at(ascending(times), 0.5).toFixed(0).padStart(6)} µs  ${each.what}`)
}
const verdict = isTold ? 'TOO MUCH: a difference is above' : isKnown ? 'ok: every median difference is below' : 'NOT KNOWN: a median is above, though its interval is not; try more pairs or a quieter machine:'
console.log(`${verdict} ${MOST_MICROSECONDS} µs (${PAIRS} pairs each)`)
await server.close()
await database.close()
await rm(folder, { recursive: true, force: true })
process.exitCode = isKnown && !isTold ? 0 : 1
