import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storyDocumentOf } from '../../src/document/index.js'
import { act, createStory } from '../../src/stories/index.js'
import { story } from '../support/documents.js'
import { CliPlace, lines } from './onrecord.js'

describe('onrecord partner webhook and notices', () => {
  let place: CliPlace
  beforeAll(async () => {
    place = await CliPlace.open()
    await place.run(['partner', 'add', '--name', 'Bay Radio', '--contact', 'Night desk', '--phone', '+1 555 0100'])
    await place.run(['partner', 'contract', 'Bay Radio', '--desks', 'all', '--topics', 'all', '--archive', 'all'])
  }, 120_000)
  afterAll(() => place.remove())
  const webhook = (...args: string[]) => place.run(['partner', 'webhook', ...args])
  const URL = 'https://93.184.215.14/onrecord'

  it('adds an endpoint whose secret is shown once, rotates, disables, enables and removes it, and replays what it missed', async () => {
    expect(await webhook('list', 'Bay Radio')).toMatchObject({ code: 0, out: '', err: expect.stringMatching(/^Bay Radio has no endpoints/) })
    const added = await webhook('add', 'bay radio', '--url', URL, '--events', 'published, killed')
    expect(added).toMatchObject({ code: 0, out: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=\n$/), err: expect.stringMatching(/^Bay Radio is told at https:\/\/93\.184\.215\.14\/onrecord, endpoint [0-9a-f-]{36}\. It is not shown again/) })
    const id = /endpoint ([0-9a-f-]{36})/.exec(added.err)![1]!
    const listed = await webhook('list', 'Bay Radio')
    expect(lines(listed.out)).toEqual([expect.stringMatching(/^ID +STATE +URL +EVENTS$/), `${id}  active  ${URL}  published,killed`])
    const rotated = await webhook('rotate', id, '--overlap', '48')
    expect(rotated).toMatchObject({ code: 0, out: expect.stringMatching(/^whsec_/) })
    expect(rotated.out).not.toBe(added.out)
    expect(await webhook('deliveries', id)).toMatchObject({ code: 0, out: '', err: 'Nothing was sent.\n' })
    expect(await webhook('replay', id)).toMatchObject({ code: 1, err: expect.stringMatching(/^Nothing of this endpoint is undeliverable/) })
    expect(await webhook('disable', id)).toEqual({ code: 0, out: `disabled  ${id}\n`, err: '' })
    expect(lines((await webhook('list', 'Bay Radio')).out)[1]).toMatch(/disabled \d{4}-\d\d-\d\d, by hand/)
    await place.inside(async (database) => {
      const [now, newId] = [new Date(), randomUUID]
      const { publication: _published, ...draft } = story(1)
      expect(await createStory(database, storyDocumentOf(draft), { now: () => now, newId })).toMatchObject({ ok: true })
      for (const [action, at] of [['PUBLISH', 1], ['KILL', 1000]] as const) expect(await act(database, { slug: 'harbor-plan-1' }, action, { name: 'editor', role: 'ADMIN' }, {}, new Date(now.getTime() + at), newId)).toMatchObject({ ok: true })
    })
    expect(await webhook('replay', id)).toMatchObject({ code: 1, err: expect.stringMatching(/^The endpoint is disabled; enable it first/) })
    expect(await webhook('enable', id)).toEqual({ code: 0, out: `enabled  ${id}\n`, err: '' })
    const missed = lines((await webhook('deliveries', id, '--undeliverable')).out)
    expect(missed.slice(1).map((line) => line.split(/ {2,}/).slice(2))).toEqual([['killed', 'harbor-plan-1', '1', 'undeliverable', '0', '-'], ['published', 'harbor-plan-1', '1', 'undeliverable', '0', '-']])
    expect(await webhook('replay', id, '--delivery', missed[1]!.slice(0, 36))).toEqual({ code: 0, out: 'replayed  1\n', err: '' })
    expect(await webhook('replay', id)).toEqual({ code: 0, out: 'replayed  1\n', err: '' })
    const notices = await place.run(['partner', 'notices'])
    expect(lines(notices.out)).toEqual([expect.stringMatching(/^AT +WHAT +STORY +VERSION +PARTNER +DUE +CALL$/), expect.stringMatching(/^\S+ +killed +harbor-plan-1 +1 +Bay Radio +\S+Z +Night desk, \+1 555 0100$/)])
    expect((await place.run(['partner', 'notices', 'Nobody'])).code).toBe(2)
    expect(await webhook('remove', id)).toEqual({ code: 0, out: `removed  ${id}\n`, err: '' })
    for (const secret of [added.out, rotated.out]) expect(listed.out + notices.out).not.toContain(secret.slice(6, 20))
  }, 240_000)

  it.each([
    [['add', 'Bay Radio', '--url', 'http://93.184.215.14/'], 1, /^The address is not "https:"/], [['add', 'Bay Radio', '--url', 'https://127.0.0.1/'], 1, /^The address is not on the internet/], [['add', 'Nobody', '--url', URL], 2, /^There is no partner "Nobody"/],
    [['add', 'Bay Radio', '--url', URL, '--events', 'gossip'], 2, /^There is no event "gossip"; there are published, updated/], [['add', 'Bay Radio'], 2, /required option '--url <url>'/], [['rotate', 'x'], 2, /^"x" is not the id of an endpoint/], [['enable', '00000000-0000-4000-8000-000000000000'], 1, /^There is no such endpoint/],
  ])('refuses %j', async (args, code, message) => {
    const result = await webhook(...args)
    expect({ code: result.code, out: result.out }).toEqual({ code, out: '' })
    expect(result.err).toMatch(message)
  }, 60_000)
})
