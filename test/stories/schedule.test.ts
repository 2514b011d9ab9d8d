import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Checker, CheckFailed } from '../../src/findings/index.js'
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
    expect(await due(new Date(AT.getTime() - 1))).toEqual({ published: 0, refused: 0, unchecked: 0, lifted: 0 })
    const done = await Promise.all(Array.from({ length: 8 }, () => due(AT)))
    expect(done.map((entry) => entry.published).reduce((sum, count) => sum + count)).toBe(1)
    expect(await events('harbor-plan-scheduled')).toEqual(['PUBLISHED'])
    expect((await newsroom.read('{ story(slug: "harbor-plan-scheduled") { version firstPublishedAt } }')).data).toEqual({ story: { version: 1, firstPublishedAt: AT.toISOString() } })
    expect(await due(AT)).toEqual({ published: 0, refused: 0, unchecked: 0, lifted: 0 })
  })

  it('records the end of an embargo once', async () => {
    await newsroom.add(story('embargo', { publication: { firstPublishedAt: '2026-03-09T00:00:00Z', embargoedUntil: AT.toISOString() } }))
    expect(await due(new Date(AT.getTime() - 1))).toEqual({ published: 0, refused: 0, unchecked: 0, lifted: 0 })
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

  it('keeps the schedule of a story that cannot be checked, says so, and publishes it once it can', async () => {
    const { publication: _published, ...document } = story('unchecked')
    await newsroom.add({ ...document, paragraphs: [...document.paragraphs, { text: 'The plan was read out word by word. '.repeat(200) }] })
    await (await newsroom.database.prisma()).story.update({ where: { slug: 'harbor-plan-unchecked' }, data: { scheduledFor: AT } })
    let isBusy = true
    const refused = () => Promise.reject(new CheckFailed('Too many texts are checked at once.'))
    const real = new Checker()
    const checker = new Checker({ workers: { check: (...given) => (isBusy ? refused() : real.of(...given)), readAndCheck: refused } })
    const problems: Error[] = []
    const scheduler = startScheduler(newsroom.database, () => new Date(AT.getTime() + 60_000), newsroom.sources.newId, (error) => problems.push(error as Error), checker, 100)
    await expect.poll(() => problems.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(2)
    expect(new Set(problems.map(({ message }) => message))).toEqual(new Set(['1 scheduled stories could not be checked, and are not published yet.']))
    expect(scheduler.lag()).toBeGreaterThan(1)
    expect(await events('harbor-plan-unchecked')).toEqual([])
    expect(await (await newsroom.database.prisma()).story.findUnique({ where: { slug: 'harbor-plan-unchecked' }, select: { scheduledFor: true } })).toEqual({ scheduledFor: AT })
    isBusy = false
    await expect.poll(() => events('harbor-plan-unchecked'), { timeout: 10_000 }).toEqual(['PUBLISHED'])
    await scheduler.stop()
    await real.close()
  })
})
