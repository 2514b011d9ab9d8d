import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoryDocumentInput } from '../../src/document/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { PATHS } from '../../src/server.js'
import { act } from '../../src/stories/index.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { leaking, Pair, watchFields } from '../support/pair.js'
import { operations, operationsSaying, plainOnly, type WalkValues } from '../support/schema-walk.js'
import { like } from '../support/shape.js'
import { HARBOR, PUBLIC_ROOTS } from '../support/walk-values.js'

const CONTRACT = { desks: ['Metro'], topics: ['medtop:04000000'], archiveDays: 30 } as const
const SHARED = '9b1f6a52-7f0f-4a62-9df5-0c1a3a1d7e11'
const idOf = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64url')

/** A story that reports the statement that others report too. */
const reporting = (document: StoryDocumentInput, issuedAt: string): StoryDocumentInput => ({ ...document, statements: document.statements!.map((statement) => ({ ...statement, lineage: SHARED, issuedAt, texts: [{ takenAt: '2026-03-01T09:30:00Z', text: 'The plan is sound. It is one for all.' }] })) })
/** What touches everything that the covered stories touch, and brings a person, a body, a topic, a writer of its own. */
function outside(n: string, change: Partial<StoryDocumentInput>): StoryDocumentInput {
  const base = reporting(story(n, change), '2026-02-01T00:00:00Z')
  return {
    ...base, slug: `secret-${n}`, evolvedFrom: 'harbor-plan-1', translationOf: 'harbor-plan-1', parent: 'harbor-plan-1', topics: [...base.topics!, { code: 'medtop:99000000', name: `secret ${n}` }],
    people: [...base.people!, { key: 'secret-person', name: 'Secret Person' }], organizations: [...base.organizations!, { key: 'secret-body', name: 'Secret Body' }],
    sources: [...base.sources!, { key: 'sp', kind: 'PERSON', person: 'secret-person' }, { key: 'so', kind: 'ORGANIZATION', organization: 'secret-body' }],
    attributions: [...base.attributions!, { key: 'a9', source: 'sp', speech: 'INDIRECT', content: [{ paragraph: 0, start: 0, end: 6 }] }, { key: 'b1', source: 'so', speech: 'INDIRECT', content: [{ paragraph: 0, start: 0, end: 6 }] }],
    journalists: [...base.journalists!, { key: 'secret-writer', name: 'Secret Writer' }], bylines: [{ journalist: 'secret-writer' }, { journalist: 'sam-reyes' }],
  }
}
const { publication: _published, ...draft } = outside('draft', {})
const COVERED = [reporting(story(1), '2026-03-01T09:00:00Z'), story(2, { evolvedFrom: 'harbor-plan-1', parent: 'harbor-plan-1', translationOf: 'harbor-plan-1' })]
/** Each is outside the contract by one thing. */
const OUTSIDE = [
  outside('desk', { desk: 'World' }), outside('topic', { topics: [] }), outside('old', { publication: { firstPublishedAt: '2026-02-08T12:00:00Z' } }), outside('killed', { desk: 'World' }),
  outside('embargo', { publication: { firstPublishedAt: '2026-03-02T12:00:00Z', embargoedUntil: '2026-04-01T00:00:00Z' } }), draft,
]
const valuesFor = (ids: readonly string[], story = 'harbor-plan-1'): WalkValues => ({
  roots: { ...PUBLIC_ROOTS, story: `slug: "${story}"`, tombstone: 'slug: "harbor-plan-1"', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}` },
  values: { ...HARBOR, '(id)': [`"${ids[0]}"`], '(ids)': [JSON.stringify(ids)], '(statement)': [`"${idOf('OfficialStatement', SHARED)}"`] },
})
const SCHEMA = schemas().PUBLIC
watchFields(SCHEMA)

describe('stories outside a partner\'s contract', () => {
  let pair: Pair
  let keys: { readonly left: string; readonly right: string }
  let values: WalkValues
  beforeAll(async () => {
    pair = new Pair(await TestNewsroom.open(), await TestNewsroom.open())
    const { left: open, right: both } = pair
    keys = { left: await open.partnerKey(CONTRACT), right: await both.partnerKey(CONTRACT) }
    await both.add(COVERED[0]!, ...OUTSIDE, COVERED[1]!)
    await open.add(...COVERED)
    await act(both.database, { slug: 'secret-killed' }, 'KILL', { name: 'editor', role: 'ADMIN' }, {}, both.now, both.newId)
    // Merges that only stories outside the contract tell of.
    for (const [kind, into, from] of [['People', 'secret-person', 'ada-quill'], ['Organizations', 'secret-body', 'port']] as const) {
      const type = kind === 'People' ? 'Person' : 'Organization'
      const { errors } = (await both.readAsStaff(`mutation { merge: merge${kind}(input: {intoId: "${idOf(type, into)}", fromId: "${idOf(type, from)}"}) { errors { code } } }`)).data!['merge']
      expect(errors).toEqual([])
    }
    const ids = (await open.readAsPartner(keys.left, '{ stories { nodes { id } } }')).data!['stories'].nodes.map((node: { id: string }) => node.id)
    expect(ids).toHaveLength(2)
    values = valuesFor(ids)
  }, 60_000)
  afterAll(() => pair.close())

  it('are there for readers', async () => {
    const { nodes } = (await pair.right.read('{ stories { nodes { slug } } }')).data!['stories']
    expect(nodes.map((node: { slug: string }) => node.slug).toSorted()).toEqual(['harbor-plan-1', 'harbor-plan-2', 'secret-desk', 'secret-old', 'secret-topic'])
  })

  it('change no byte of any answer to the partner, whatever is asked (I5, I6)', async () => {
    const all = operations(SCHEMA, values, { each: 'ARGUMENT' })
    expect(all.length).toBeGreaterThan(300)
    expect(await pair.differences(all, PATHS.PUBLIC, keys)).toEqual([])
    // And would, if a field told of one.
    const slugs = all.filter(({ field }) => field === 'Query.stories').slice(0, 1)
    expect(await leaking('StoryConnection.nodes', (nodes) => [...(nodes as unknown[]), (nodes as unknown[])[0]], () => pair.differences(slugs, PATHS.PUBLIC, keys))).not.toEqual([])
  }, 180_000)

  it('are answered like what does not exist, by slug, id, key and in every filter', async () => {
    const { right } = pair
    const hidden = (await right.readAsStaff('{ stories(first: 100) { nodes { id slug quotes { id } attributions { id } } } }')).data!['stories'].nodes.filter((node: { slug: string }) => node.slug.startsWith('secret'))
    expect(hidden).toHaveLength(OUTSIDE.length)
    const ids = hidden.flatMap((node: any) => [node.id, ...[...node.quotes, ...node.attributions].map((entry: { id: string }) => entry.id)]) as string[]
    ids.push(idOf('Person', 'secret-person'), idOf('Organization', 'secret-body'), idOf('Topic', 'medtop:99000000'), idOf('Journalist', 'secret-writer'))
    expect(ids.length).toBeGreaterThan(50)
    for (let at = 0; at < ids.length; at += 50) {
      const some = ids.slice(at, at + 50)
      expect((await right.readAsPartner(keys.right, `{ nodes(ids: ${JSON.stringify(some)}) { __typename } }`)).data).toEqual({ nodes: some.map(() => null) })
    }
    for (const { slug, id } of hidden) for (const which of [`slug: "${slug}"`, `id: "${id}"`]) expect((await pair.compare(slug, PATHS.PUBLIC, keys, { query: `{ story(${which}) { id } tombstone(${which}) { reason } }` })).difference).toEqual([])
    const secrets = ['secret-desk', 'secret-embargo', hidden[0].id, 'secret-person', 'secret-body', 'secret-writer', 'medtop:99000000', 'World', 'Secret Person'] as string[]
    for (const secret of secrets) {
      const random = operationsSaying(SCHEMA, values, like(secret))
      for (const [at, { path, query }] of operationsSaying(SCHEMA, values, secret).entries()) expect((await right.bytes(query, keys.right)).replaceAll(secret, ''), path).toBe((await right.bytes(random[at]!.query, keys.right)).replaceAll(like(secret), ''))
    }
    const shared = idOf('OfficialStatement', SHARED)
    for (const query of [
      '{ stories(filter: {publishedBefore: "2026-02-20T00:00:00Z"}) { nodes { id } } }', '{ quotes(filter: {speaker: "ada-quill"}) { nodes { id } } attributions(filter: {speakerOrganization: "port"}) { nodes { id } } }', '{ officialStatements(filter: {issuer: "port"}) { nodes { id story { slug } issuedAt } } }',
      `{ node(id: "${shared}") { ... on OfficialStatement { story { slug } issuedAt stories { nodes { slug } } excerpts { nodes { story { slug } } } } } quotes(filter: {statement: "${shared}"}) { nodes { id } } }`,
      '{ search(query: "secret") { nodes { kind } } }', '{ search(query: "embargo") { nodes { kind } } }',
    ]) expect((await pair.compare(query, PATHS.PUBLIC, keys, { query })).difference).toEqual([])
  }, 180_000)
})

describe('what stays in the newsroom', () => {
  it('is in no answer to a partner who may read everything in advance (I4)', async () => {
    const newsroom = await TestNewsroom.open()
    await newsroom.add(story(1), story('embargo', { publication: { firstPublishedAt: '2026-03-02T12:00:00Z', embargoedUntil: '2026-04-01T00:00:00Z' } }))
    const key = await newsroom.partnerKey({ embargoAccess: 'ADVANCE' })
    const ids = (await newsroom.readAsPartner(key, '{ stories { nodes { id } } }')).data!['stories'].nodes.map((node: { id: string }) => node.id) as string[]
    expect(ids).toHaveLength(2)
    const values = valuesFor(ids, 'harbor-plan-embargo')
    for (const { path, query } of plainOnly(operations(SCHEMA, { ...values, roots: { ...values.roots, search: 'query: "canary"' } }))) expect(await newsroom.bytes(query, key), path).not.toContain('CANARY')
    await newsroom.close()
  }, 60_000)
})
