import type { ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disableWebhook, enableWebhook, replayDeliveries, rotateWebhookSecret, syndicationSettings } from '../../../src/syndication/webhooks/index.js'
import { doWhatIsDue } from '../../../src/stories/index.js'
import { TestNewsroom } from '../../support/newsroom.js'
import { DAY, HOUR, MINUTE, Newsdesk, SECOND } from '../newsdesk.js'
import { Receiver } from './receiver.js'

/** Receivers compare the time of an event with their own. */
const START = new Date()

describe('events for partners', () => {
  let newsroom: TestNewsroom
  let desk: Newsdesk
  let receiver: Receiver
  const closing: (() => Promise<void>)[] = []
  const open = async () => {
    const opened = await Receiver.open()
    closing.push(opened.close)
    return opened
  }
  beforeAll(async () => {
    newsroom = await TestNewsroom.open({ syndication: { allowsLoopback: true } })
    desk = new Newsdesk(newsroom)
    newsroom.now = START
    for (const [name, contract] of [['Bay Radio', {}], ['Early Bird', { embargoAccess: 'ADVANCE' }], ['World Wire', { desks: ['World'] }]] as const) await newsroom.partnerKey(contract, name)
  })
  beforeEach(async () => { receiver = await open() })
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
    await (await newsroom.database.prisma()).webhookDelivery.deleteMany()
    await (await newsroom.database.prisma()).webhookEndpoint.deleteMany()
  })
  afterAll(() => newsroom.close())

  const managing = () => ({ staff: { name: 'admin', role: 'ADMIN' }, now: newsroom.now, newId: newsroom.sources.newId } as const)
  const deliveries = async () => (await newsroom.database.prisma()).webhookDelivery.findMany({ orderBy: [{ at: 'asc' }, { ordinal: 'asc' }] })
  const endpoint = async (id: string) => (await newsroom.database.prisma()).webhookEndpoint.findUniqueOrThrow({ where: { id } })
  const send = () => desk.sender().sendWhatIsDue()

  it('tell of everything that happens to a story, signed, in order where nothing is slow, and with no word of it', async () => {
    newsroom.now = new Date()
    const { secret } = await desk.endpoint('Bay Radio', receiver.url)
    await desk.publish('all')
    await send()
    for (const action of ['UPDATE', 'CORRECT', 'CLARIFY'] as const) { await desk.revise('all', action); await send() }
    for (const action of ['HOLD', 'RESTORE', 'UNPUBLISH', 'RESTORE', 'WITHDRAW', 'KILL'] as const) { await desk.act('all', action); await send() }
    expect(receiver.told).toEqual(['PUBLISHED 1', 'UPDATED 2', 'CORRECTED 3', 'CLARIFIED 4', 'HELD 4', 'RESTORED 4', 'UNPUBLISHED 4', 'RESTORED 4', 'WITHDRAWN 4', 'KILLED 4'].map((told) => told.replace(' ', ' harbor-plan-all ')))
    const id = (await newsroom.readAsStaff('{ story(slug: "harbor-plan-all") { id } }')).data!['story'].id
    for (const { body, headers, event } of receiver.received) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(event)
      expect(Object.keys(event)).toEqual(['type', 'timestamp', 'data'])
      expect(event.type).toBe(`story.${event.data.event.toLowerCase()}`)
      expect(event.data.story).toEqual({ id, slug: 'harbor-plan-all' })
      expect(headers['content-type']).toBe('application/json')
      expect(body).not.toMatch(/berth|Quill|moves ahead|CANARY/)
      expect(event.data.notice !== undefined).toBe(['CORRECTED', 'HELD', 'UNPUBLISHED', 'WITHDRAWN', 'KILLED'].includes(event.data.event))
    }
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(10)
  }, 60_000)

  it('go to whom the contract covers the story, and under embargo to whom it gives it in advance, to others no earlier than its end', async () => {
    const [radio, early, wire] = [receiver, await open(), await open()]
    for (const [partner, { url }] of [['Bay Radio', radio], ['Early Bird', early], ['World Wire', wire]] as const) await desk.endpoint(partner, url)
    await desk.publish('later', {}, { until: new Date(newsroom.now.getTime() + HOUR) })
    await desk.revise('later', 'UPDATE')
    await send()
    expect([radio.told, early.told, wire.told]).toEqual([[], ['PUBLISHED harbor-plan-later 1', 'UPDATED harbor-plan-later 2'], []])
    desk.pass(HOUR - 10 * SECOND)
    await doWhatIsDue(newsroom.database, newsroom.now, newsroom.sources.newId)
    await send()
    expect(radio.told).toEqual([])
    desk.pass(10 * SECOND)
    await doWhatIsDue(newsroom.database, newsroom.now, newsroom.sources.newId)
    await send()
    expect([radio.told, early.told.at(-1), wire.told]).toEqual([['EMBARGO_LIFTED harbor-plan-later 2'], 'EMBARGO_LIFTED harbor-plan-later 2', []])
  })

  it('tell of a recall under embargo to whom it was given in advance, and to nobody else', async () => {
    const [radio, early] = [receiver, await open()]
    await desk.endpoint('Bay Radio', radio.url)
    await desk.endpoint('Early Bird', early.url)
    await desk.publish('never', {}, { until: undefined })
    await desk.act('never', 'KILL')
    await send()
    expect([radio.told, early.told]).toEqual([[], ['KILLED harbor-plan-never 1']])
  })

  it('tell of nothing that an endpoint does not want, and of nothing that came to nothing', async () => {
    await desk.endpoint('Bay Radio', receiver.url, ['KILLED'])
    await desk.publish('only-kills')
    await desk.act('only-kills', 'KILL')
    await expect(newsroom.database.transaction(async (queries) => {
      const { act } = await import('../../../src/stories/lifecycle.js')
      await act({ ...newsroom.database, transaction: (work: any) => work(queries) } as never, { slug: 'harbor-plan-all' }, 'KILL', { name: 'x', role: 'ADMIN' }, {}, newsroom.now, newsroom.sources.newId)
      throw new Error('rolled back')
    })).rejects.toThrow('rolled back')
    await send()
    expect(receiver.told).toEqual(['KILLED harbor-plan-only-kills 1'])
  })

  it('are sent again under the same id, signed anew, after growing pauses', async () => {
    newsroom.now = new Date()
    const { secret, id } = await desk.endpoint('Bay Radio', receiver.url)
    receiver.answer = 500
    await desk.publish('again')
    await send()
    await send()
    expect(receiver.received).toHaveLength(1)
    expect(await deliveries()).toMatchObject([{ state: 'WAITING', attempts: 1, lastStatus: 500, lastFailure: 'STATUS' }])
    for (const pause of [5 * SECOND, 30 * SECOND, 2 * MINUTE]) {
      const before = receiver.received.length
      desk.pass(pause - 1)
      await send()
      expect(receiver.received).toHaveLength(before)
      desk.pass(1)
      await send()
      expect(receiver.received).toHaveLength(before + 1)
    }
    receiver.answer = 200
    desk.pass(10 * MINUTE)
    await send()
    expect(await deliveries()).toMatchObject([{ state: 'DELIVERED', attempts: 5, lastStatus: 200, lastFailure: null }])
    expect((await endpoint(id)).failingSince).toBeNull()
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    const times = receiver.received.map(({ headers }) => headers['webhook-timestamp'])
    expect(new Set(times).size).toBe(5)
    const [first] = receiver.received
    expect(new Webhook(secret).verify(first!.body, first!.headers as Record<string, string>)).toEqual(first!.event)
  })

  it('are given up after three days, the endpoint with them, and can be replayed', async () => {
    const disabled: unknown[] = []
    const { id } = await desk.endpoint('Bay Radio', receiver.url)
    const sender = desk.sender({ onDisabled: (...told) => disabled.push(told) })
    receiver.answer = 503
    await desk.publish('given-up')
    const start = newsroom.now.getTime()
    await desk.revise('given-up', 'UPDATE')
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await sender.sendWhatIsDue()
      const next = (await deliveries()).filter(({ state }) => state === 'WAITING').map(({ nextAttemptAt }) => nextAttemptAt.getTime())
      if (next.length === 0) break
      newsroom.now = new Date(Math.min(...next))
    }
    expect(newsroom.now.getTime() - start).toBeGreaterThanOrEqual(3 * DAY - MINUTE)
    expect(newsroom.now.getTime() - start).toBeLessThan(3 * DAY + MINUTE)
    expect((await deliveries()).map(({ state }) => state)).toEqual(['UNDELIVERABLE', 'UNDELIVERABLE'])
    expect(receiver.received.length).toBeGreaterThanOrEqual(20)
    expect(await endpoint(id)).toMatchObject({ state: 'DISABLED', disabledReason: 'FAILING' })
    expect(disabled).toEqual([[id, 'FAILING']])
    // What happens meanwhile can be replayed too.
    await desk.revise('given-up', 'UPDATE')
    await sender.sendWhatIsDue()
    const before = receiver.received.length
    receiver.answer = 200
    const { data } = await newsroom.readAsStaff(`{ webhookDeliveries(webhookId: "${Buffer.from(`Webhook:${id}`).toString('base64url')}", state: UNDELIVERABLE) { nodes { event version attempts lastStatus lastFailure nextAttemptAt } } }`)
    expect(data!['webhookDeliveries'].nodes.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1])
    expect(await newsroom.database.transaction((queries) => enableWebhook(queries, id))).toMatchObject({ ok: true })
    const [one] = await deliveries()
    expect(await newsroom.database.transaction((queries) => replayDeliveries(queries, id, [one!.id], managing()))).toMatchObject({ replayed: 1 })
    await sender.sendWhatIsDue()
    expect(receiver.told.slice(before)).toEqual(['PUBLISHED harbor-plan-given-up 1'])
    expect(await newsroom.database.transaction((queries) => replayDeliveries(queries, id, undefined, managing()))).toMatchObject({ replayed: 2 })
    await sender.sendWhatIsDue()
    expect(receiver.told.slice(before + 1).toSorted()).toEqual(['UPDATED harbor-plan-given-up 2', 'UPDATED harbor-plan-given-up 3'])
  }, 60_000)

  it('stop where the receiver says that it is gone', async () => {
    const { id } = await desk.endpoint('Bay Radio', receiver.url)
    receiver.answer = 410
    await desk.publish('gone')
    await desk.revise('gone', 'UPDATE')
    await send()
    expect(await endpoint(id)).toMatchObject({ state: 'DISABLED', disabledReason: 'GONE', disabledAt: newsroom.now })
    expect((await deliveries()).map(({ state }) => state)).toEqual(['UNDELIVERABLE', 'UNDELIVERABLE'])
    const before = receiver.received.length
    desk.pass(DAY)
    await send()
    expect(receiver.received).toHaveLength(before)
  })

  it('are each sent by one of several senders, and all of them', async () => {
    const endpoints = await Promise.all(Array.from({ length: 5 }, () => open()))
    for (const { url } of endpoints) await desk.endpoint('Bay Radio', url)
    for (let n = 0; n < 6; n += 1) await desk.publish(`crowd-${n}`)
    await Promise.all(Array.from({ length: 4 }, () => desk.sender().sendWhatIsDue()))
    for (const { told } of endpoints) expect(told.toSorted()).toEqual(Array.from({ length: 6 }, (_, n) => `PUBLISHED harbor-plan-crowd-${n} 1`))
    expect(new Set((await deliveries()).map(({ state, attempts }) => `${state} ${attempts}`))).toEqual(new Set(['DELIVERED 1']))
  }, 60_000)

  it('are sent by another where one dies with them, once its time is over', async () => {
    await desk.endpoint('Bay Radio', receiver.url)
    receiver.answer = 'never'
    await desk.publish('died')
    // It hangs, as far as anybody else can tell for good.
    const dying = desk.sender()
    await dying.begin()
    await receiver.arrivals(1)
    receiver.answer = 200
    desk.pass(19 * SECOND)
    await send()
    expect(receiver.received).toHaveLength(1)
    desk.pass(SECOND)
    await send()
    expect(receiver.received).toHaveLength(2)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    await dying.stop()
    // What it did not finish overwrites nothing.
    expect(await deliveries()).toMatchObject([{ state: 'DELIVERED', attempts: 2 }])
  })

  it('are given back at once by a sender that stops', async () => {
    await desk.endpoint('Bay Radio', receiver.url)
    receiver.answer = 'never'
    await desk.publish('stopped')
    const stopping = desk.sender()
    await stopping.begin()
    await receiver.arrivals(1)
    await stopping.stop()
    receiver.answer = 200
    await send()
    expect(await deliveries()).toMatchObject([{ state: 'DELIVERED' }])
  })

  it('reach everybody else while one partner does not answer', async () => {
    const [silent, quick] = [receiver, await open()]
    silent.answer = 'never'
    await desk.endpoint('Bay Radio', silent.url)
    await desk.endpoint('Early Bird', quick.url)
    for (let n = 0; n < 20; n += 1) await desk.publish(`slow-${n}`)
    const sender = desk.sender()
    // None begins while those that arrived are still being noted.
    while (quick.received.length < 20) if (!(await sender.begin())) await new Promise((resolve) => setTimeout(resolve, 5))
    // The silent one has its four places, and no more.
    expect(silent.received.length).toBeLessThanOrEqual(4)
    const delivered = async () => (await deliveries()).filter(({ state }) => state === 'DELIVERED').length
    await expect.poll(delivered).toBe(20)
    await sender.stop()
  }, 180_000)

  it('are not sent once they are not true any more', async () => {
    await desk.endpoint('Bay Radio', receiver.url)
    await desk.publish('overtaken')
    await desk.act('overtaken', 'KILL')
    await send()
    expect(receiver.told).toEqual(['KILLED harbor-plan-overtaken 1'])
    expect((await deliveries()).map(({ kind, state }) => `${kind} ${state}`)).toEqual(['PUBLISHED OBSOLETE', 'KILLED DELIVERED'])
    // A hold that could not be told is not told once it is over.
    await desk.publish('restored')
    await desk.act('restored', 'HOLD')
    await desk.act('restored', 'RESTORE')
    await send()
    expect(receiver.told.slice(1).toSorted()).toEqual(['PUBLISHED harbor-plan-restored 1', 'RESTORED harbor-plan-restored 1'])
    await desk.publish('lost')
    desk.pass(SECOND)
    await newsroom.changeContract({ desks: ['World'] })
    await send()
    expect(receiver.told).toHaveLength(3)
    await desk.act('lost', 'WITHDRAW')
    await send()
    expect(receiver.told.at(-1)).toBe('WITHDRAWN harbor-plan-lost 1')
    await newsroom.changeContract({})
  })

  it('are on record as pushed before they leave', async () => {
    await desk.endpoint('Bay Radio', receiver.url)
    await desk.publish('recorded')
    const before: number[] = []
    const look = async (response: ServerResponse) => {
      before.push(await (await newsroom.database.prisma()).storyTaking.count({ where: { way: 'PUSHED', story: { slug: 'harbor-plan-recorded' } } }))
      response.writeHead(200).end()
    }
    receiver.answer = (response) => void look(response)
    await send()
    expect(before).toEqual([1])
  })

  it('are signed with both secrets during a rotation, and after the server\'s secret was changed', async () => {
    newsroom.now = new Date()
    const { id, secret } = await desk.endpoint('Bay Radio', receiver.url)
    let other = ''
    await newsroom.database.transaction((queries) => rotateWebhookSecret(queries, id, 24, desk.settings.webhooks.secrets, (made) => { other = made }, managing()))
    await desk.publish('rotated')
    const changed = (previous: readonly Buffer[]) => syndicationSettings(Buffer.alloc(32, 8), previous, { allowsLoopback: true }).webhooks
    await desk.sender({ settings: changed([Buffer.alloc(32, 7)]) }).sendWhatIsDue()
    const [{ body, headers }] = receiver.received as [typeof receiver.received[0]]
    for (const each of [secret, other]) expect(new Webhook(each).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'story.published' })
    // It was stored anew on the way, so that the old one of the server's is needed no more.
    desk.pass(25 * HOUR)
    await desk.revise('rotated', 'UPDATE')
    await desk.sender({ settings: changed([]) }).sendWhatIsDue()
    expect(receiver.received[1]!.headers['webhook-signature']!.toString().split(' ')).toHaveLength(1)
    await desk.revise('rotated', 'UPDATE')
    await send()
    expect(await endpoint(id)).toMatchObject({ state: 'DISABLED', disabledReason: 'SECRET_LOST' })
    expect(receiver.received).toHaveLength(2)
  })

  it('wait while an endpoint is disabled by hand, to be replayed', async () => {
    const { id } = await desk.endpoint('Bay Radio', receiver.url)
    await newsroom.database.transaction((queries) => disableWebhook(queries, id, managing()))
    await desk.publish('paused')
    await send()
    expect(receiver.received).toEqual([])
    await newsroom.database.transaction((queries) => enableWebhook(queries, id))
    expect(await newsroom.database.transaction((queries) => replayDeliveries(queries, id, undefined, managing()))).toMatchObject({ replayed: 1 })
    await send()
    expect(receiver.told).toEqual(['PUBLISHED harbor-plan-paused 1'])
  })
})
