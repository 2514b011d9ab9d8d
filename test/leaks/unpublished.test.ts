import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schemas } from '../../src/graphql/schemas.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { walk } from '../support/schema-walk.js'

const { publication: _published, ...draft } = story('secret')
const OPEN = [story(1), story(2, { evolvedFrom: 'harbor-plan-1', parent: 'harbor-plan-1', translationOf: 'harbor-plan-1' })]
/** What a reader must not notice: a draft and an embargoed story that touch everything the open stories touch, and people of their own. */
const HIDDEN = [
  { ...draft, slug: 'secret-draft', evolvedFrom: 'harbor-plan-1', translationOf: 'harbor-plan-1', parent: 'harbor-plan-1', topics: [...draft.topics!, { code: 'medtop:16000000', name: 'secret war' }],
    people: [...draft.people!, { key: 'secret-person', name: 'Secret Person' }], sources: [...draft.sources!, { key: 'sp', kind: 'PERSON' as const, person: 'secret-person' }],
    attributions: [...draft.attributions!, { key: 'a9', source: 'sp', speech: 'INDIRECT' as const, content: [{ paragraph: 0, start: 0, end: 6 }] }],
    journalists: [...draft.journalists!, { key: 'secret-writer', name: 'Secret Writer' }], bylines: [{ journalist: 'secret-writer' }] },
  story('embargo', { slug: 'secret-embargo', evolvedFrom: 'harbor-plan-1', publication: { firstPublishedAt: '2026-03-02T12:00:00Z', embargoedUntil: '2026-04-01T00:00:00Z' } }),
]
const ROOTS = {
  story: 'slug: "harbor-plan-1"', tombstone: 'slug: "harbor-plan-1"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "harbor"',
}

describe('what is not published', () => {
  let open: TestNewsroom
  let both: TestNewsroom
  let ids: string[]
  beforeAll(async () => {
    open = await TestNewsroom.open()
    both = await TestNewsroom.open()
    await open.add(...OPEN)
    await both.add(...OPEN, ...HIDDEN)
    ids = (await open.read('{ stories { nodes { id } } }')).data!['stories'].nodes.map((node: { id: string }) => node.id)
  })
  afterAll(async () => {
    await open.close()
    await both.close()
  })

  it('changes no byte of any answer of the public contract (I5, I6)', async () => {
    const fields = walk(schemas().PUBLIC, { ...ROOTS, node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}` })
    for (const { path, query } of fields) {
      expect(await both.bytes(query(100)), path).toBe(await open.bytes(query(100)))
      expect(await both.bytes(query(1)), path).toBe(await open.bytes(query(1)))
    }
  }, 120_000)

  it('is answered like what does not exist, by slug, id, key and in every filter', async () => {
    const hidden = (await both.readAsStaff(`{ stories(first: 100) { nodes { id slug quotes { id } attributions { id } officialStatements { id } } } persons(first: 100) { nodes { id key } } }`)).data!
    const secrets = hidden['stories'].nodes.filter((node: { slug: string }) => node.slug.startsWith('secret'))
    expect(secrets).toHaveLength(2)
    const secretIds = secrets.flatMap((node: any) => [node.id, ...[...node.quotes, ...node.attributions, ...node.officialStatements].map((entry: { id: string }) => entry.id)]) as string[]
    expect(secretIds.length).toBeGreaterThan(20)
    secretIds.push(hidden['persons'].nodes.find((node: { key: string }) => node.key === 'secret-person').id)
    for (const id of secretIds) {
      const query = `{ node(id: "${id}") { __typename } nodes(ids: ["${id}"]) { __typename } }`
      expect((await both.read(query)).data).toEqual({ node: null, nodes: [null] })
    }
    for (const query of [
      '{ story(slug: "secret-draft") { id } }', '{ story(slug: "secret-embargo") { id } }', '{ person(key: "secret-person") { id } }', '{ topic(code: "medtop:16000000") { id } }', '{ journalist(key: "secret-writer") { id } }',
      '{ persons(name: "secret") { nodes { id } } }', '{ stories(filter: {journalist: "secret-writer"}) { nodes { id } } }', '{ stories(filter: {person: "secret-person"}) { nodes { id } } }',
      '{ quotes(filter: {speaker: "secret-person"}) { nodes { id } } }', '{ search(query: "secret") { nodes { kind } } }', '{ search(query: "embargo") { nodes { kind } } }', '{ stories(filter: {topics: ["medtop:16000000"]}) { nodes { id } } }',
    ]) expect(await both.bytes(query), query).toBe(await open.bytes(query))
  })

  it('appears at the instant its embargo ends, and no earlier (I6)', async () => {
    const query = '{ story(slug: "secret-embargo") { slug } }'
    both.now = new Date('2026-03-31T23:59:59.999Z')
    expect((await both.read(query)).data).toEqual({ story: null })
    both.now = new Date('2026-04-01T00:00:00.000Z')
    expect((await both.read(query)).data).toEqual({ story: { slug: 'secret-embargo' } })
    both.now = new Date('2026-03-10T12:00:00Z')
  })

  it('is there for staff', async () => {
    expect((await both.readAsStaff('{ story(slug: "secret-draft") { state version } }')).data).toEqual({ story: { state: 'DRAFT', version: 0 } })
  })
})

describe('what stays in the newsroom', () => {
  it('is in no answer of the public contract: agreements, approvals, attempts, claims, notes, off-record words (I4, I11)', async () => {
    const newsroom = await TestNewsroom.open()
    const unconfirmed = story('x')
    await newsroom.add({
      ...unconfirmed,
      attributions: unconfirmed.attributions!.map((entry) => (entry.key === 'a6' ? { ...entry, confirmed: false, proposal: { rule: 'CANARY-RULE', confidence: 0.5 } } : entry)),
      statements: [{ ...unconfirmed.statements![0]!, release: 'EXCERPT', texts: [{ takenAt: '2026-03-01T09:30:00Z', text: 'The plan is sound. CANARY-FULL-TEXT' }] }],
    })
    const ids = (await newsroom.read('{ stories { nodes { id } } }')).data!['stories'].nodes.map((node: { id: string }) => node.id)
    const roots = { ...ROOTS, story: 'slug: "harbor-plan-x"', search: 'query: "canary"', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}` }
    for (const { path, query } of walk(schemas().PUBLIC, roots)) {
      const answer = await newsroom.bytes(query(100))
      expect(answer, path).not.toMatch(/CANARY-(?!FULL)/)
      expect(answer.includes('CANARY-FULL'), path).toBe(false)
    }
    const { data } = await newsroom.read('{ story(slug: "harbor-plan-x") { attributions { mention { exact } source { kind } saidAt occasion antecedent { mention { exact } } } } search(query: "canary") { nodes { kind } } }')
    expect(data!['search'].nodes).toEqual([])
    const attributions = data!['story'].attributions as { source: { kind: string }; saidAt: string | null; occasion: string | null }[]
    // The unconfirmed one and the off-record one are gone.
    expect(attributions).toHaveLength(6)
    expect(attributions.filter((entry) => entry.source.kind === 'DOCUMENT')).toEqual([])
    // When one spoke with an unnamed source is not told; with a named one it is.
    expect(attributions.map((entry) => [entry.source.kind, entry.saidAt !== null])).toContainEqual(['PERSON', true])
    expect(attributions.filter((entry) => entry.source.kind === 'ANONYMOUS').every((entry) => entry.saidAt === null && entry.occasion === null)).toBe(true)
    await newsroom.close()
  }, 60_000)
})
