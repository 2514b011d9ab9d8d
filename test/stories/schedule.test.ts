import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doWhatIsDue, startScheduler } from '../../src/stories/index.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'

const AT = new Date('2026-03-11T06:00:00Z')

describe('the clock', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
  })
  afterAll(() => newsroom.close())

  const events = async (slug: string) => (await (await newsroom.database.prisma()).storyEvent.findMany({ where: { story: { slug } }, orderBy: { seq: 'asc' } })).map((event) => event.kind)
  const due = (now: Date) => doWhatIsDue(newsroom.database, now, newsroom.sources.newId)
  const scheduled = async (n: string) => {
    const { publication: _published, ...document } = story(n)
    await newsroom.add(document)
    await (await newsroom.database.prisma()).story.update({ where: { slug: `harbor-plan-${n}` }, data: { scheduledFor: AT } })
  }

  it('publishes a scheduled story at its instant, not before, and once, however many look at the clock', async () => {
    await scheduled('scheduled')
    expect(await due(new Date(AT.getTime() - 1))).toEqual({ published: 0, refused: 0, lifted: 0 })
    const done = await Promise.all(Array.from({ length: 8 }, () => due(AT)))
    expect(done.map((entry) => entry.published).reduce((sum, count) => sum + count)).toBe(1)
    expect(await events('harbor-plan-scheduled')).toEqual(['PUBLISHED'])
    expect((await newsroom.read('{ story(slug: "harbor-plan-scheduled") { version firstPublishedAt } }')).data).toEqual({ story: { version: 1, firstPublishedAt: AT.toISOString() } })
    expect(await due(AT)).toEqual({ published: 0, refused: 0, lifted: 0 })
  })

  it('records the end of an embargo once', async () => {
    await newsroom.add(story('embargo', { publication: { firstPublishedAt: '2026-03-09T00:00:00Z', embargoedUntil: AT.toISOString() } }))
    expect(await due(new Date(AT.getTime() - 1))).toEqual({ published: 0, refused: 0, lifted: 0 })
    const done = await Promise.all(Array.from({ length: 8 }, () => due(AT)))
    expect(done.map((entry) => entry.lifted).reduce((sum, count) => sum + count)).toBe(1)
    expect(await events('harbor-plan-embargo')).toEqual(['PUBLISHED', 'EMBARGO_LIFTED'])
  })

  it('does by itself what is due, also what fell due while nobody ran', async () => {
    await scheduled('missed')
    const problems: unknown[] = []
    const scheduler = startScheduler(newsroom.database, () => new Date(AT.getTime() + 60_000), newsroom.sources.newId, (error) => problems.push(error))
    await expect.poll(() => events('harbor-plan-missed'), { timeout: 10_000 }).toEqual(['PUBLISHED'])
    await scheduler.stop()
    expect(problems).toEqual([])
  })
})
