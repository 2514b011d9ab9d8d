import { createClient, type Client } from 'graphql-ws'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { PATHS } from '../../src/server.js'
import { listenTo, liveClient } from '../support/live.js'
import { TestNewsroom } from '../support/newsroom.js'
import { draft, TestDesk } from './desk.js'

let newsroom: TestNewsroom
let desk: TestDesk
const clients: Client[] = []
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  desk = new TestDesk(newsroom)
})
afterEach(async () => { for (const client of clients.splice(0)) await client.dispose() })
afterAll(() => newsroom.close())

const connect = (authorization: string | undefined, closed?: (code: number) => void): Client => {
  const client = liveClient(newsroom, authorization, closed)
  clients.push(client)
  return client
}
const QUERY = 'subscription ($id: ID) { storyChanged(storyId: $id) { story { slug state revision { number } } } }'
const listen = (client: Client, variables: Record<string, unknown> = {}) => listenTo(client, QUERY, variables)

describe('storyChanged', () => {
  it('tells of each save and publication at once, of one story or of all', async () => {
    const authorization = `Bearer ${await newsroom.token('REPORTER')}`
    const created = await desk.create(draft('l1'))
    const other = await desk.create(draft('l2'))
    const one = await listen(connect(authorization), { id: created.id })
    const all = await listen(connect(authorization))
    await desk.editEntries(other.id, 1, [{ collection: 'CLAIMS', key: 'k1', entry: null }])
    await desk.mutate('publishStory', { storyId: created.id }, 'EDITOR', 'StoryActionInput')
    expect((await one.next()).data.storyChanged.story).toEqual({ slug: 'harbor-plan-l1', state: 'PUBLISHED', revision: { number: 1 } })
    expect((await all.next()).data.storyChanged.story).toEqual({ slug: 'harbor-plan-l2', state: 'DRAFT', revision: { number: 2 } })
    expect((await all.next()).data.storyChanged.story).toMatchObject({ slug: 'harbor-plan-l1' })
    await desk.editParagraphs(created.id, 1, [{ at: 6, insert: [{ role: 'CAPTION', text: 'One.' }] }], { autosave: true })
    expect((await one.next()).data.storyChanged.story.revision.number).toBe(2)
    await desk.editParagraphs(created.id, 2, [{ at: 6, insert: [{ role: 'CAPTION', text: 'Two.' }] }], { autosave: true })
    expect((await one.next()).data.storyChanged.story.revision.number).toBe(3)
  })

  it('says nothing of a change that was refused', async () => {
    const { id } = await desk.create(draft('l3'))
    const changes = await listen(connect(`Bearer ${await newsroom.token('EDITOR')}`), { id })
    await desk.editEntries(id, 9, [{ collection: 'CLAIMS', key: 'k1', entry: null }])
    await desk.editEntries(id, 1, [{ collection: 'CLAIMS', key: 'k1', entry: null }])
    expect((await changes.next()).data.storyChanged.story.revision.number).toBe(2)
  })

  it.each([['without a token', undefined], ['with a wrong token', 'Bearer onr_staff_nobody']])('is closed to whoever comes %s', async (_how, authorization) => {
    const closed = new Promise<number>((resolve) => { void connect(authorization, resolve).iterate({ query: QUERY }).next().catch(() => undefined) })
    expect(await closed).toBe(4403)
  })

  it('ends with the token: an event after it was revoked reaches nobody', async () => {
    const token = await newsroom.token('STANDARDS_EDITOR')
    const { id } = await desk.create(draft('l4'))
    let close!: (code: number) => void
    const closed = new Promise<number>((resolve) => { close = resolve })
    const changes = await listen(connect(`Bearer ${token}`, close), { id })
    const told = changes.next().catch(() => 'closed')
    await (await newsroom.database.prisma()).staffToken.updateMany({ where: { name: 'standards_editor' }, data: { revokedAt: new Date() } })
    await desk.editEntries(id, 1, [{ collection: 'CLAIMS', key: 'k1', entry: null }])
    expect(await closed).toBe(4403)
    expect(await told).not.toHaveProperty('data')
  })

  it('refuses what is no subscription, an unknown field, and the id of something else', async () => {
    const client = connect(`Bearer ${await newsroom.token('EDITOR')}`)
    await expect(client.iterate({ query: '{ stories { nodes { slug } } }' }).next()).rejects.toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }])
    await expect(client.iterate({ query: 'subscription { storyMoved { at } }' }).next()).rejects.toMatchObject([{ message: expect.stringContaining('storyMoved'), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }])
    expect((await client.iterate({ query: QUERY, variables: { id: 'nonsense' } }).next()).value).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
  })

  it('is not to be had over HTTP, nor at the public contract', async () => {
    const answer = await newsroom.readAsStaff('subscription { storyChanged { at } }')
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
    expect(await newsroom.read('subscription { storyChanged { at } }')).toMatchObject({ status: 400, errors: [{ message: 'This contract has no subscriptions.', extensions: { code: 'BAD_REQUEST' } }] })
    expect(await newsroom.read('mutation { killStory(input: {storyId: "x"}) { errors { code } } }')).toMatchObject({ status: 400, errors: [{ message: 'This contract has no mutations: it is read only.', extensions: { code: 'BAD_REQUEST' } }] })
    const refused = await new Promise<string>((resolve) => { new WebSocket(newsroom.url.replace('http', 'ws') + PATHS.PUBLIC, 'graphql-transport-ws').on('error', (error) => resolve(error.message)) })
    expect(refused).toContain('404')
  })

  it('holds fifty subscriptions on one connection, and says so at the next', async () => {
    const client = connect(`Bearer ${await newsroom.token('EDITOR')}`)
    const streams = Array.from({ length: 50 }, () => client.iterate({ query: QUERY }))
    for (const stream of streams) void stream.next()
    await new Promise((resolve) => { setTimeout(resolve, 500) })
    expect((await client.iterate({ query: QUERY }).next()).value).toMatchObject({ errors: [{ message: expect.stringContaining('50 subscriptions') }] })
    await streams[0]!.return?.()
    await new Promise((resolve) => { setTimeout(resolve, 200) })
    const again = await listen(client)
    const { id } = await desk.create(draft('l5'))
    expect((await again.next()).data.storyChanged.story.slug, id).toBe('harbor-plan-l5')
  })

  it.runIf(process.env['DATABASE_URL'])('tells when changes may have been missed, and is there again after', async () => {
    const changes = await listen(connect(`Bearer ${await newsroom.token('EDITOR')}`))
    await (await newsroom.database.prisma()).$queryRawUnsafe(`SELECT count(pg_terminate_backend(pid))::integer FROM pg_stat_activity WHERE application_name = 'onrecord listener' AND datname = current_database()`)
    expect(await changes.next()).toMatchObject({ errors: [{ extensions: { code: 'CHANGES_MISSED' } }] })
    const again = await listen(connect(`Bearer ${await newsroom.token('EDITOR')}`))
    await desk.create(draft('l6'))
    expect((await again.next()).data.storyChanged.story.slug).toBe('harbor-plan-l6')
  })

  it('lets the server stop although somebody listens', async () => {
    const own = await TestNewsroom.open()
    const client = createClient({ url: own.url.replace('http', 'ws') + PATHS.NEWSROOM, webSocketImpl: WebSocket, connectionParams: { authorization: `Bearer ${await own.token('EDITOR')}` }, retryAttempts: 0 })
    const ended = client.iterate({ query: QUERY }).next().then(() => 'ended', () => 'ended')
    await new Promise((resolve) => { setTimeout(resolve, 300) })
    await own.close()
    expect(await ended).toBe('ended')
    await client.dispose()
  })
})
