import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueStaffToken } from '../../src/access/index.js'
import { CliPlace } from '../cli/onrecord.js'
import { draftOf } from '../statements/desk.js'
import { story } from '../support/documents.js'
import { Receiver } from '../syndication/webhooks/receiver.js'
import { ServerProcess } from './server-process.js'

describe('kill -9 of the server between a change and its event', () => {
  let place: CliPlace
  let token: string
  let secret: string
  let receiver: Receiver
  beforeAll(async () => {
    place = await CliPlace.open()
    place.env['ONRECORD_WEBHOOKS_LOOPBACK'] = 'on'
    receiver = await Receiver.open()
    token = await place.inside((database) => issueStaffToken(database, { name: 'Linh Vo', role: 'ADMIN' }, { now: () => new Date(), newId: () => crypto.randomUUID() }))
    await place.run(['partner', 'add', '--name', 'Bay Radio', '--phone', '110'])
    await place.run(['partner', 'contract', 'Bay Radio', '--desks', 'all', '--topics', 'all', '--archive', 'all'])
    secret = (await place.run(['partner', 'webhook', 'add', 'Bay Radio', '--url', receiver.url])).out.trim()
    expect(secret).toMatch(/^whsec_/)
  }, 240_000)
  afterAll(async () => {
    await receiver.close()
    await place.remove()
  })

  const ask = async (url: string, query: string, variables: object): Promise<any> => {
    const response = await fetch(`${url}/newsroom/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables }) })
    return (await response.json()) as object
  }

  it('loses no event: neither one that nobody had sent yet, nor one that was on its way (R5)', async () => {
    // Nobody sends, so that the kill comes before the first attempt, whatever is how fast.
    let server = await ServerProcess.start({ ...place.env, ONRECORD_WEBHOOKS: 'off' })
    const created = await ask(server.url, 'mutation ($input: CreateStoryInput!) { createStory(input: $input) { story { id } errors { message } } }', { input: { document: draftOf(story(1)) } })
    const { data } = await ask(server.url, 'mutation ($input: StoryActionInput!) { publishStory(input: $input) { story { version } errors { message } } }', { input: { storyId: created.data.createStory.story.id } })
    expect(data.publishStory).toEqual({ story: { version: 1 }, errors: [] })
    await server.end('SIGKILL')
    expect(receiver.received).toEqual([])
    // Now it is sent, and the server dies before the answer.
    receiver.answer = 'never'
    server = await ServerProcess.start(place.env)
    await receiver.arrivals(1)
    await server.end('SIGKILL')
    receiver.answer = 200
    server = await ServerProcess.start(place.env)
    try {
      const [first, second] = await receiver.arrivals(2)
      expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
      for (const { body, headers } of [first!, second!]) expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'story.published', data: { story: { slug: 'harbor-plan-1' }, version: 1 } })
    } finally {
      await server.end('SIGTERM')
    }
    expect(server.child.exitCode).toBe(0)
    await place.inside(async (database) => {
      expect(await (await database.prisma()).webhookDelivery.findMany({ select: { state: true, attempts: true } })).toEqual([{ state: 'DELIVERED', attempts: 2 }])
      expect(await (await database.prisma()).storyTaking.findMany({ select: { way: true, version: true } })).toEqual([{ way: 'PUSHED', version: 1 }])
    })
  }, 400_000)
})
