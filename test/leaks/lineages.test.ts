import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, draft, TestDesk } from '../stories/desk.js'
import { TestNewsroom } from '../support/newsroom.js'

let newsroom: TestNewsroom
let desk: TestDesk
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  desk = new TestDesk(newsroom)
})
afterAll(() => newsroom.close())

const PUBLIC = `query ($slug: String!) { story(slug: $slug) {
  attributions(first: 20) { id ... on AnonymousAttribution { anonymousSource { key } } ... on NamedAttribution { source { key label } } }
  quotes(first: 20) { id }
} }`
/** Ids and keys of a story by which a reader could follow something from one place to another. */
async function followed(slug: string): Promise<string[]> {
  const answer = await newsroom.read(PUBLIC, { slug })
  expect(answer.errors).toBeUndefined()
  const { attributions, quotes } = answer.data!['story']
  return [...attributions.flatMap(({ id, anonymousSource, source }: any) => [id, anonymousSource?.key ?? source?.key]), ...quotes.map(({ id }: any) => id)].filter((id) => id !== undefined)
}

/** The officials under their name. */
const named = (document: any) => ({
  ...document,
  people: [...document.people, { key: 'pat-moe', name: 'Pat Moe' }],
  sources: document.sources.map((source: any) => (source.kind === 'ANONYMOUS' ? { key: source.key, lineage: source.lineage, kind: 'PERSON', person: 'pat-moe', confirmed: true } : source)),
})

describe('a lineage', () => {
  it('is the same in capitals, so that whatever has it is found, and nothing crosses the anonymity boundary by them', async () => {
    const [source, attribution] = [randomUUID(), randomUUID()]
    const document = draft('upper') as any
    const with_ = (change: (text: string) => string) => ({
      ...document,
      sources: document.sources.map((entry: any) => (entry.key === 'officials' ? { ...entry, lineage: change(source) } : entry)),
      attributions: document.attributions.map((entry: any) => (entry.key === 'a2' ? { ...entry, lineage: change(attribution) } : entry)),
      quotes: document.quotes.map((entry: any) => ({ ...entry, lineage: change(randomUUID()) })),
    })
    const published = await desk.publish(with_((text) => text.toUpperCase()))
    for (let time = 0; time < 4; time += 1) {
      const { data, errors } = await newsroom.read('{ quotes(first: 3) { nodes { id text } } attributions(first: 9) { nodes { id text } } }')
      expect(errors).toBeUndefined()
      const { data: found } = await newsroom.read('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [...data!['quotes'].nodes, ...data!['attributions'].nodes].map(({ id }: any) => id) })
      expect(found!['nodes']).not.toContain(null)
    }
    const before = await followed('harbor-plan-upper')
    await desk.mutate('saveRevision', { storyId: published.id, expectedRevision: 1, document: named({ ...published.document, sources: published.document.sources.map((entry: any) => (entry.key === 'officials' ? { ...entry, lineage: source.toUpperCase() } : entry)) }) })
    expect(codesOf(await desk.mutate('updateStory', { storyId: published.id }, 'EDITOR', 'StoryActionInput'))).toEqual([])
    const after = await followed('harbor-plan-upper')
    expect(after).not.toContain(source)
    expect(before).toContain(source)
  })

  it('joins nothing in two stories, whatever was copied from one into the other', async () => {
    const { document } = await desk.publish(draft('copied'))
    const copy = { ...document, slug: 'harbor-plan-copy', publication: undefined }
    await desk.publish(copy)
    await desk.publish(named({ ...copy, slug: 'harbor-plan-named-copy' }))
    const { id } = await desk.create(draft('later-copy'))
    await desk.mutate('saveRevision', { storyId: id, expectedRevision: 1, document: { ...copy, slug: 'harbor-plan-later-copy' } })
    expect(codesOf(await desk.mutate('publishStory', { storyId: id }, 'EDITOR', 'StoryActionInput'))).toEqual([])
    const all = await Promise.all(['copied', 'copy', 'named-copy', 'later-copy'].map((name) => followed(`harbor-plan-${name}`)))
    expect(all.map(({ length }) => length)).toEqual(all.map(() => all[0]!.length))
    const seen = all.flatMap((ids) => [...new Set(ids)])
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('stays with its story from revision to revision', async () => {
    const { id, document } = await desk.publish(draft('kept'))
    const before = await followed('harbor-plan-kept')
    await desk.mutate('saveRevision', { storyId: id, expectedRevision: 1, document: { ...document, urgency: 2 } })
    expect(codesOf(await desk.mutate('updateStory', { storyId: id }, 'EDITOR', 'StoryActionInput'))).toEqual([])
    expect(await followed('harbor-plan-kept')).toEqual(before)
  })

  it('does not cross the anonymity boundary by way of a revision that was expunged', async () => {
    const { id, document } = await desk.publish(draft('expunged'))
    const before = await followed('harbor-plan-expunged')
    const without = { ...document, sources: document.sources.filter(({ key }: any) => key !== 'officials'), attributions: document.attributions.filter(({ source }: any) => source !== 'officials'), claims: [] }
    await desk.mutate('saveRevision', { storyId: id, expectedRevision: 1, document: without })
    expect(codesOf(await desk.mutate('updateStory', { storyId: id }, 'EDITOR', 'StoryActionInput'))).toEqual([])
    expect(codesOf(await desk.mutate('expungeRevisions', { storyId: id, reason: 'SAFETY', revisions: [1] }, 'STANDARDS_EDITOR'))).toEqual([])
    await desk.mutate('saveRevision', { storyId: id, expectedRevision: 2, document: named(document) })
    expect(codesOf(await desk.mutate('updateStory', { storyId: id }, 'EDITOR', 'StoryActionInput'))).toEqual([])
    const unnamed = document.sources.find(({ key }: any) => key === 'officials').lineage
    expect(before).toContain(unnamed)
    expect(await followed('harbor-plan-expunged')).not.toContain(unnamed)
  })
})
