import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashOfPartnerKey, issueStaffToken, newPartnerKey } from '../../src/access/index.js'
import { insertRows, type Database } from '../../src/database/index.js'
import { openServerDatabase } from '../../src/database/server-database.js'
import { storyDocumentOf } from '../../src/document/index.js'
import { createServer } from '../../src/server.js'
import { createStory } from '../../src/stories/index.js'
import { syndicationSettings, WebhookSender } from '../../src/syndication/webhooks/index.js'
import { freshServerUrl } from '../support/database.js'
import { draftOf } from '../statements/desk.js'
import { story } from '../support/documents.js'
import { Receiver } from './webhooks/receiver.js'

const SECOND = 1000

// Several nodes need a server that they share; an embedded database belongs to one process.
describe.skipIf(!process.env['DATABASE_URL'])('two nodes over one PostgreSQL', () => {
  interface Node { readonly database: Database; readonly server: FastifyInstance; readonly url: string }
  let fresh: { url: string; drop(): Promise<void> }
  let nodes: [Node, Node]
  let token: string
  const key = newPartnerKey()
  beforeAll(async () => {
    fresh = (await freshServerUrl())!
    const open = async (): Promise<Node> => {
      const database = openServerDatabase({ url: fresh.url, poolSize: 4 })
      const server = await createServer({ database, secret: Buffer.alloc(32, 7), now: () => new Date(), logLevel: 'silent', syndication: { allowsLoopback: true } })
      return { database, server, url: await server.listen({ port: 0, host: '127.0.0.1' }) }
    }
    nodes = [await open(), await open()]
    const [{ database }] = nodes
    const sources = { now: () => new Date(), newId: randomUUID }
    token = await issueStaffToken(database, { name: 'Linh Vo', role: 'ADMIN' }, sources)
    const [partnerId, past] = [randomUUID(), new Date('2026-01-01')]
    await insertRows(database, {
      Partner: [{ id: partnerId, name: 'Bay Radio', dutyName: null, dutyEmail: null, dutyPhone: '110', createdAt: past, createdBy: 'admin' }],
      PartnerContract: [{ partnerId, number: 1, allDesks: true, desks: [], allTopics: true, topics: [], embargoAccess: 'NONE', archiveDays: null, registeredOnly: false, validFrom: past, validUntil: null, setAt: past, setBy: 'admin' }],
      PartnerKey: [{ id: randomUUID(), partnerId, label: 'website', hash: hashOfPartnerKey(key), scopes: ['READ'], createdAt: past, createdBy: 'admin', expiresAt: null, revokedAt: null, revokedBy: null, replacesId: null }],
    })
    for (let n = 1; n <= 6; n += 1) {
      const made = await createStory(database, storyDocumentOf(draftOf(story(n))), sources)
      expect(made).toMatchObject({ ok: true })
      await staff(0, 'publishStory', 'StoryActionInput', { storyId: idOf((made as { storyId: string }).storyId) })
    }
  }, 120_000)
  afterAll(async () => {
    for (const { server, database } of nodes) {
      await server.close()
      await database.close()
    }
    await fresh.drop()
  })

  const idOf = (uuid: string) => Buffer.from(`Story:${uuid}`).toString('base64url')
  const post = async (node: 0 | 1, path: string, body: object, authorization?: string): Promise<any> => {
    const response = await fetch(nodes[node].url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...(authorization && { authorization: `Bearer ${authorization}` }) }, body: JSON.stringify(body) })
    return (await response.json()) as object
  }
  const staff = async (node: 0 | 1, mutation: string, type: string, input: object) => {
    const { data } = await post(node, '/newsroom/graphql', { query: `mutation ($input: ${type}!) { ${mutation}(input: $input) { errors { message } } }`, variables: { input } }, token)
    expect(data[mutation].errors).toEqual([])
  }
  const read = async (node: 0 | 1, query: string, authorization?: string) => (await post(node, '/graphql', { query }, authorization)).data
  const slugsOf = async (node: 0 | 1, authorization?: string) => (await read(node, '{ stories { nodes { slug } } }', authorization)).stories.nodes.map(({ slug }: { slug: string }) => slug)

  it('serve a killed story nowhere: not where the kill was acknowledged, and from a second later on not at the other (I9)', async () => {
    const waits: number[] = []
    for (let n = 1; n <= 5; n += 1) {
      const [slug, here, there] = [`harbor-plan-${n}`, (n % 2) as 0 | 1, ((n + 1) % 2) as 0 | 1]
      for (const node of [0, 1] as const) for (const viewer of [undefined, key]) expect(await slugsOf(node, viewer)).toContain(slug)
      const { story: { id } } = await read(0, `{ story(slug: "${slug}") { id } }`)
      await staff(here, 'killStory', 'RemoveStoryInput', { storyId: id })
      const at = performance.now()
      // Asked at once, over and over, to see how long it takes; what counts is what is asked a second later.
      const gone = async () => !(await slugsOf(there)).includes(slug)
      while (!(await gone()) && performance.now() - at < SECOND) continue
      waits.push(performance.now() - at)
      for (const viewer of [undefined, key]) expect(await slugsOf(here, viewer), 'here').not.toContain(slug)
      await new Promise((resolve) => { setTimeout(resolve, Math.max(0, SECOND - (performance.now() - at))) })
      for (const viewer of [undefined, key]) {
        expect(await slugsOf(there, viewer), 'there').not.toContain(slug)
        expect(await read(there, `{ story(slug: "${slug}") { id } tombstone(slug: "${slug}") { reason } }`, viewer)).toEqual({ story: null, tombstone: { reason: 'KILLED' } })
        expect(await read(there, `{ node(id: "${id}") { __typename } quotes(first: 100) { nodes { story { slug } } } }`, viewer)).toMatchObject({ node: null, quotes: { nodes: expect.not.arrayContaining([{ story: { slug } }]) } })
      }
      // Whoever took it is told, at either node, and acknowledges at either.
      const open = async (node: 0 | 1): Promise<any[]> => ((await (await fetch(`${nodes[node].url}/notices`, { headers: { authorization: `Bearer ${key}` } })).json()) as { notices: object[] }).notices
      const [notice] = await open(there)
      expect(notice).toMatchObject({ kind: 'KILLED', story: { slug } })
      await post(here, `/notices/${notice.id}/acknowledgement`, {}, key)
      expect(await open(there)).toEqual([])
    }
    console.log(`the other node stopped serving a killed story within ${Math.max(...waits).toFixed(0)} ms of the acknowledgement (${waits.length} kills, the answer included)`)
  }, 120_000)

  it('send each event once between them', async () => {
    const receiver = await Receiver.open()
    const partner = await read(0, '{ __typename }').then(() => nodes[0].database.prisma()).then((prisma) => prisma.partner.findFirstOrThrow())
    await staff(0, 'addWebhook', 'AddWebhookInput', { partnerId: Buffer.from(`Partner:${partner.id}`).toString('base64url'), url: receiver.url })
    const { story: { id } } = await read(0, '{ story(slug: "harbor-plan-6") { id } }')
    for (const [mutation, type] of [['holdStory', 'RemoveStoryInput'], ['restoreStory', 'StoryActionInput'], ['killStory', 'RemoveStoryInput']] as const) await staff(1, mutation, type, { storyId: id })
    const settings = syndicationSettings(Buffer.alloc(32, 7), undefined, { allowsLoopback: true }).webhooks
    const senders = nodes.flatMap(({ database }) => [1, 2].map(() => new WebhookSender({ database, settings, now: () => new Date(), random: Math.random, onError: (error) => { throw error } })))
    await Promise.all(senders.map((sender) => sender.sendWhatIsDue()))
    expect(receiver.received.map(({ event }) => event.data.event).toSorted()).toEqual(['HELD', 'KILLED'])
    expect((await (await nodes[0].database.prisma()).webhookDelivery.findMany({ orderBy: { ordinal: 'asc' } })).map(({ kind, state, attempts }) => `${kind} ${state} ${attempts}`)).toEqual(['HELD DELIVERED 1', 'RESTORED OBSOLETE 1', 'KILLED DELIVERED 1'])
    await receiver.close()
  }, 60_000)
})
