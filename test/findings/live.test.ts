import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenTo, liveClient } from '../support/live.js'
import { TestNewsroom } from '../support/newsroom.js'
import { errorsOf, waive } from '../support/waivers.js'
import { weakStory } from '../support/weak-story.js'

const QUERY = 'subscription ($id: ID!) { findingsChanged(storyId: $id) { story { revision { number } findings(minSeverity: ERROR) { rule } } } }'

describe('findingsChanged', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => { newsroom = await TestNewsroom.open() })
  afterAll(() => newsroom.close())

  it('tells when an edit or a waiver changes what is found, and of nothing else', async () => {
    const { publication: _published, ...document } = weakStory('live-1')
    const { id } = (await newsroom.readAsStaff('mutation ($input: CreateStoryInput!) { createStory(input: $input) { story { id } } }', { input: { document } })).data!['createStory'].story
    const client = liveClient(newsroom, `Bearer ${await newsroom.token('EDITOR')}`)
    const changes = await listenTo(client, QUERY, { id })
    const save = async (expectedRevision: number, change: object) => {
      const { data } = await newsroom.readAsStaff('mutation ($input: SaveRevisionInput!) { saveRevision(input: $input) { errors { message } } }', { input: { storyId: id, expectedRevision, document: { ...document, ...change } } })
      expect(data!['saveRevision'].errors).toEqual([])
    }
    // Another urgency is another revision, with the same findings.
    await save(1, { urgency: 2 })
    const [finding] = await errorsOf(newsroom, id)
    await waive(newsroom, { storyId: id, rule: finding!.rule, fingerprint: finding!.fingerprint, reason: 'FALSE_ALARM' })
    expect((await changes.next()).data.findingsChanged.story).toEqual({ revision: { number: 2 }, findings: [] })
    const text = 'The bridge is closed.'
    await save(2, { paragraphs: [{ text }], attributions: [], sources: [], quotes: [], claims: [] })
    expect((await changes.next()).data.findingsChanged.story.revision).toEqual({ number: 3 })
    await client.dispose()
  })
})
