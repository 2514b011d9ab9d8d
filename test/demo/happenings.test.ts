import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoHappenings } from '../../src/demo/happenings.js'
import { fillWithDemo } from '../../src/demo/fill.js'
import { parseStoryDocument } from '../../src/document/index.js'
import { TestNewsroom } from '../support/newsroom.js'

describe('the demo newsroom, filled', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    newsroom.now = new Date('2026-11-24T09:30:00Z')
    await fillWithDemo(newsroom.database, newsroom.sources)
  })
  afterAll(() => newsroom.close())
  const read = async (slug: string) => (await newsroom.read(`{ story(slug: "${slug}") { version corrections { kind explanation wrong right } usability { status } } tombstone(slug: "${slug}") { reason advisory } }`)).data!

  it('has one story with five revisions and three versions', async () => {
    const { data } = await newsroom.readAsStaff('{ story(slug: "east-landing-reopens") { version headline revisions { number version } changes(from: 1, to: 5) { paragraphs { kind } attributions { kind } } } }')
    expect(data!['story']).toMatchObject({ version: 3, headline: 'East landing to reopen with stronger pilings', revisions: [{ version: 1 }, { version: null }, { version: 2 }, { version: null }, { version: 3 }] })
    expect(data!['story'].changes.attributions).toEqual([])
  })

  it('has one corrected', async () => {
    expect(await read('storm-drains-cleared')).toEqual({ story: { version: 2, usability: { status: 'USABLE' }, corrections: [{ kind: 'CORRECTION', explanation: expect.stringContaining('310'), wrong: '410', right: '310' }] }, tombstone: null })
  })

  it('has one held and one killed, with what those who took them are told', async () => {
    expect(await read('winter-power-rates')).toEqual({ story: null, tombstone: { reason: 'HELD', advisory: expect.stringContaining('while we check') } })
    expect(await read('bridge-sale')).toEqual({ story: null, tombstone: { reason: 'KILLED', advisory: expect.stringContaining('take the story down') } })
  })

  it('has one under an embargo, whenever it is started', async () => {
    expect(await read('tide-gauge-century')).toEqual({ story: null, tombstone: null })
    expect((await newsroom.readAsStaff('{ story(slug: "tide-gauge-century") { state usability { status } embargo { terms setBy } } }')).data!['story']).toEqual({ state: 'PUBLISHED', usability: { status: 'EMBARGOED' }, embargo: { terms: expect.stringContaining('institute'), setBy: 'Sam Whitfield' } })
  })

  it('says nothing of the reasons in public', async () => {
    expect(JSON.stringify([await read('bridge-sale'), await read('winter-power-rates')])).not.toMatch(/nobody called|withdrawn/)
  })

  it('is made of documents that parse', () => {
    for (const { document } of demoHappenings(newsroom.now)) expect(parseStoryDocument(JSON.parse(JSON.stringify(document)))).toEqual({ ok: true, document })
  })
})
