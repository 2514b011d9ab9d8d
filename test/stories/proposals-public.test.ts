import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROPOSAL_COLLECTIONS, storyDocumentOf, withoutUnconfirmable, type StoryDocument } from '../../src/document/index.js'
import { extract } from '../../src/extraction/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { walk } from '../support/schema-walk.js'
import { seedStoryText } from '../support/seed-story.js'

type Collection = (typeof PROPOSAL_COLLECTIONS)[number]

/** The story in which everything occurs, confirmed but for some collections. */
function except(n: number | string, ...open: Collection[]): StoryDocument {
  const document = storyDocumentOf(story(n))
  return { ...document, ...Object.fromEntries(open.map((name) => [name, document[name].map((entry) => ({ ...entry, confirmed: false, proposal: { rule: 'CANARY-RULE', confidence: 0.75 } }))])) }
}

const without = (document: StoryDocument, ...names: Collection[]): StoryDocument => ({ ...document, ...Object.fromEntries(names.map((name) => [name, []])) })
const published = (document: StoryDocument): StoryDocument => ({ ...document, publication: { firstPublishedAt: '2026-03-01T12:00:00Z', version: 1 } })

/** Every answer of the public contract, from two newsrooms; the same bytes, or the test fails. */
async function expectSameInPublic(first: TestNewsroom, second: TestNewsroom, slug: string): Promise<void> {
  const ids = (await first.read('{ stories(first: 100) { nodes { id } } }')).data!['stories'].nodes.map((node: { id: string }) => node.id) as string[]
  expect(ids.length).toBeGreaterThan(0)
  const roots = {
    story: `slug: "${slug}"`, tombstone: `slug: "${slug}"`, person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "the"',
    node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}`,
  }
  for (const { path, query } of walk(schemas().PUBLIC, roots)) expect(await first.bytes(query(100)), path).toBe(await second.bytes(query(100)))
}

describe('in public, what nobody has confirmed makes no difference (I11):', () => {
  let with_: TestNewsroom
  let plain: TestNewsroom
  beforeAll(async () => {
    with_ = await TestNewsroom.open()
    plain = await TestNewsroom.open()
  })
  afterAll(async () => {
    await with_.close()
    await plain.close()
  })

  it('a story read out of its text is the same as its text alone, in every answer', async () => {
    const text = seedStoryText() ?? 'The pier reopens\n\n“It is safe,” Ada Quill, the director, said. Two officials briefed on the plan said that it is late. The port authority said in a statement: “We open on Friday.”'
    const document = published(withoutUnconfirmable(extract(text, { slug: 'from-text' }).document))
    expect(document.attributions.length).toBeGreaterThan(1)
    await with_.add(document)
    await plain.add(without(document, ...PROPOSAL_COLLECTIONS))
    await expectSameInPublic(with_, plain, 'from-text')
    const { data } = await with_.read('{ story(slug: "from-text") { sources { kind } attributions { text } anonymousAttributions { text } quotes { text } officialStatements { id } requestsForComment { outcomeLine { exact } } outletCredits { outlet { name } } } persons { nodes { name } } organizations { nodes { name } } quotes { nodes { text } } attributions { nodes { text } } anonymousAttributions { nodes { text } } officialStatements { nodes { id } } }')
    expect(data!['story']).toEqual({ sources: [], attributions: [], anonymousAttributions: [], quotes: [], officialStatements: [], requestsForComment: [], outletCredits: [] })
    for (const [name, list] of Object.entries(data!)) if (name !== 'story') expect(list, name).toEqual({ nodes: [] })
  }, 120_000)

  it.each([
    ['statements', ['quotes']], ['requestsForComment', []], ['outletCredits', []], ['claims', []], ['quotes', []],
  ] as const)('%s', async (open, alsoOut) => {
    // What refers to them is left out of both, so that they can be left out of one.
    const document = without(except(`open-${open.toLowerCase()}`, open), ...alsoOut)
    await with_.add(document)
    await plain.add(without(document, open))
    await expectSameInPublic(with_, plain, document.slug)
  }, 120_000)

  it('attributions, with their quotes and sources; and sources, with what they said', async () => {
    for (const open of ['attributions', 'sources'] as const) {
      const { slug } = except(`hidden-${open}`)
      await with_.add(except(`hidden-${open}`, open))
      const { data } = await with_.read(`{ story(slug: "${slug}") { sources { kind } attributions { text } anonymousAttributions { text } quotes { text } officialStatements { issuer { name } } paragraphs { segments { marks { kind } } } } }`)
      expect(data!['story']).toMatchObject({ sources: [], attributions: [], anonymousAttributions: [], quotes: [], officialStatements: [] })
      expect(JSON.stringify(data!['story'].paragraphs)).not.toMatch(/CONTENT|CUE|MENTION|QUOTE/)
    }
  })

  it('names no rule, no confidence and no key of a proposal in any answer', async () => {
    const slug = except('rules').slug
    await with_.add({ ...except('rules'), ...Object.fromEntries(PROPOSAL_COLLECTIONS.map((name) => [name, except('rules')[name].map((entry) => ({ ...entry, proposal: { rule: 'CANARY-RULE', confidence: 0.8125 } }))])) } as StoryDocument)
    for (const { path, query } of walk(schemas().PUBLIC, { story: `slug: "${slug}"`, tombstone: `slug: "${slug}"`, person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "canary"', node: 'id: "eA"', nodes: 'ids: []' })) {
      expect(await with_.bytes(query(100)), path).not.toMatch(/CANARY-RULE|0\.8125/)
    }
  }, 60_000)

  it('an accepted quote is public once its attribution and source are accepted and it is published, and not before', async () => {
    const newsroom = await TestNewsroom.open()
    const staff = async (mutation: string) => {
      const { data } = await newsroom.readAsStaff(`mutation { done: ${mutation} }`)
      expect(data!['done'].errors, mutation).toEqual([])
      return data!['done'].story
    }
    const { id } = await staff('createStoryFromText(input: {slug: "pier", text: "The pier reopens\\n\\n“The pier is safe,” said Ada Quill, the director of the port."}) { story { id } errors { message } }')
    const { proposals } = (await newsroom.readAsStaff('{ story(slug: "pier") { proposals { collection key entry } } }')).data!['story'] as { proposals: { collection: string; key: string; entry: { attribution: string; source: string } }[] }
    const quote = proposals.find(({ collection }) => collection === 'quotes')!
    const attribution = proposals.find(({ collection, key }) => collection === 'attributions' && key === quote.entry.attribution)!
    const seen = async () => (await newsroom.read('{ story(slug: "pier") { quotes { text speaker { name } } } }')).data!['story'].quotes as unknown[]
    await staff(`publishStory(input: {storyId: "${id}"}) { story { id } errors { message } }`)
    let revision = 1
    for (const [collection, key] of [['quotes', quote.key], ['attributions', attribution.key], ['sources', attribution.entry.source]]) {
      expect(await seen()).toEqual([])
      await staff(`acceptProposals(input: {storyId: "${id}", expectedRevision: ${revision}, proposals: [{collection: ${collection}, key: "${key}"}]}) { story { id } errors { message } }`)
      revision += 1
      expect(await seen()).toEqual([])
      await staff(`updateStory(input: {storyId: "${id}"}) { story { id } errors { message } }`)
    }
    expect(await seen()).toEqual([{ text: expect.stringMatching(/^The pier is safe/), speaker: { name: 'Ada Quill' } }])
    await newsroom.close()
  })
})
