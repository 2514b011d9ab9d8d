// What sending events to partners costs the readers, on PostgreSQL (DATABASE_URL, a database of its own that is brought up to date):
//   DATABASE_URL=postgresql://… node --expose-gc --import @oxc-node/core/register test/bench/webhooks.ts
// Fifty endpoints that take two seconds to answer, ten thousand events for them, and one reader after another asking for the same page.
import { randomUUID } from 'node:crypto'
import { createServer as createReceiver } from 'node:http'
import type { AddressInfo } from 'node:net'
import { migrateServer } from '../../src/database/migrations.js'
import { openServerDatabase } from '../../src/database/server-database.js'
import { storyDocumentOf } from '../../src/document/index.js'
import { createServer } from '../../src/server.js'
import { createStory } from '../../src/stories/index.js'
import { startSending, syndicationSettings } from '../../src/syndication/webhooks/index.js'
import { story } from '../support/documents.js'

const [ENDPOINTS, EVENTS, SLOW, SECONDS] = [50, 10_000, 2_000, Number(process.env['BENCH_SECONDS'] ?? 20)]
const url = process.env['DATABASE_URL']
if (!url) throw new Error('Give the database in DATABASE_URL.')
await migrateServer(url)
const database = openServerDatabase({ url, poolSize: 10 })
const settings = syndicationSettings(Buffer.alloc(32, 1), undefined, { allowsLoopback: true })
const server = await createServer({ database, secret: Buffer.alloc(32, 1), now: () => new Date(), logLevel: 'silent' })
const address = await server.listen({ port: 0, host: '127.0.0.1' })
const sources = { now: () => new Date(), newId: randomUUID }
for (let n = 0; n < 20; n += 1) {
  const made = await createStory(database, storyDocumentOf(story(`bench-${randomUUID()}`)), sources)
  if (!made.ok) throw new Error(JSON.stringify(made))
}

let received = 0
const receiver = createReceiver((request, response) => {
  request.resume().on('end', () => { received += 1; setTimeout(() => response.writeHead(204).end(), SLOW) })
})
await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve) })
const prisma = await database.prisma()
const [partnerId, now] = [randomUUID(), new Date()]
await prisma.partner.create({ data: { id: partnerId, name: `Bench ${partnerId}`, dutyPhone: '110', createdAt: now, createdBy: 'bench' } })
await prisma.partnerContract.create({ data: { partnerId, number: 1, allDesks: true, desks: [], allTopics: true, topics: [], embargoAccess: 'NONE', validFrom: now, setAt: now, setBy: 'bench' } })
const endpoints = Array.from({ length: ENDPOINTS }, () => randomUUID())
await prisma.webhookEndpoint.createMany({ data: endpoints.map((id) => ({ id, partnerId, url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, events: ['PUBLISHED' as const], secret: settings.webhooks.secrets.seal(`whsec_${Buffer.alloc(32, 2).toString('base64')}`, id), createdAt: now, createdBy: 'bench' })) })
const { id: storyId } = await prisma.story.findFirstOrThrow({ where: { state: 'PUBLISHED' } })

/** Milliseconds of each answer, asked one after another for a while by a few readers. */
async function readers(): Promise<number[]> {
  const [times, until] = [[] as number[], performance.now() + SECONDS * 1000]
  await Promise.all(Array.from({ length: 4 }, async () => {
    while (performance.now() < until) {
      const from = performance.now()
      await (await fetch(`${address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ stories(first: 10) { nodes { slug headline quotes { text } } } }"}' })).text()
      times.push(performance.now() - from)
    }
  }))
  return times.toSorted((a, b) => a - b)
}
const at = (times: readonly number[], share: number) => times[Math.floor(times.length * share)]!.toFixed(1)
const told = (what: string, times: readonly number[]) => console.log(`${what}: ${times.length} answers, p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms, ${memory()} MB`)
function memory(): number {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().rss / 1e6)
}

await readers()
const idle = await readers()
told('idle', idle)
for (let from = 0; from < EVENTS; from += 1000) await prisma.webhookDelivery.createMany({ data: Array.from({ length: 1000 }, (_, n) => ({ id: randomUUID(), endpointId: endpoints[(from + n) % ENDPOINTS]!, storyId, ordinal: from + n, kind: 'PUBLISHED' as const, version: 1, at: now, nextAttemptAt: now, since: now })) })
const sending = startSending({ database, now: sources.now, random: Math.random, settings, report: { error: (error) => console.error(error), disabled: () => undefined, overdue: () => undefined } })
const busy = await readers()
told(`with ${EVENTS} events for ${ENDPOINTS} slow endpoints`, busy)
console.log(`p99 is ${(Number(at(busy, 0.99)) / Number(at(idle, 0.99))).toFixed(2)} of idle; ${received} events were on their way or had arrived`)
await sending.stop()
await server.close()
await database.close()
receiver.closeAllConnections()
receiver.close()
