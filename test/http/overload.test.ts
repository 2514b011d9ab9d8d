import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Database, Statement } from '../../src/database/index.js'
import { addressKey, RateLimiter, ratesFrom } from '../../src/http/index.js'
import { PATHS } from '../../src/server.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { send } from './hostile/send.js'

const JSON_TYPE = { 'content-type': 'application/json' }
const LIST = JSON.stringify({ query: '{ stories { nodes { slug } } }' })
const PING = JSON.stringify({ query: '{ __typename }' })
const RATES = (READER?: number, STAFF?: number) => ratesFrom({ READER, STAFF, PARTNER: undefined })

let base: TestNewsroom
beforeAll(async () => { base = await TestNewsroom.open() })
afterAll(() => base.close())

/** A server with settings of its own. */
async function open(parts: Parameters<TestNewsroom['beside']>[0]): Promise<TestNewsroom> {
  const newsroom = await base.beside(parts)
  onTestFinished(() => newsroom.close())
  return newsroom
}

async function post(newsroom: TestNewsroom, body: string, headers: Record<string, string> = {}, path: string = PATHS.PUBLIC) {
  const response = await fetch(newsroom.url + path, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body })
  const answered = (await response.json()) as { data?: unknown; errors?: { message: string; extensions: { code: string } }[] }
  return { status: response.status, code: answered.errors?.[0]?.extensions.code, message: answered.errors?.[0]?.message, retryAfter: response.headers.get('retry-after'), headers: response.headers }
}

describe('a reader', () => {
  it('who sends more than a minute\'s worth is told when to come back, and then may', async () => {
    const newsroom = await open({ limits: { rates: RATES(5) } })
    for (let n = 0; n < 5; n += 1) expect((await post(newsroom, PING)).status).toBe(200)
    expect(await post(newsroom, PING)).toMatchObject({ status: 429, code: 'RATE_LIMITED', retryAfter: '12', message: 'You may send 5 requests a minute. Try again in 12 seconds.' })
    newsroom.now = new Date(newsroom.now.getTime() + 11_000)
    expect((await post(newsroom, PING)).status).toBe(429)
    newsroom.now = new Date(newsroom.now.getTime() + 1_000)
    expect((await post(newsroom, PING)).status).toBe(200)
    expect((await post(newsroom, PING)).status).toBe(429)
    // Idle for an hour is worth one minute, not sixty.
    newsroom.now = new Date(newsroom.now.getTime() + 3_600_000)
    for (let n = 0; n < 5; n += 1) expect((await post(newsroom, PING)).status).toBe(200)
    expect((await post(newsroom, PING)).status).toBe(429)
  })

  it('is turned away before anything else is said of the request', async () => {
    const newsroom = await open({ limits: { rates: RATES(1) } })
    await post(newsroom, PING)
    for (const body of ['{', LIST, '{"query":"{ nothing }"}']) expect((await post(newsroom, body)).code).toBe('RATE_LIMITED')
  })

  it('is held to what operations cost, too', async () => {
    const newsroom = await open({ limits: { rates: RATES(50) } })
    const dear = JSON.stringify({ query: '{ stories(first: 100) { nodes { quotes { text } } } }' })
    const answers = []
    for (let n = 0; n < 8; n += 1) answers.push((await post(newsroom, dear)).status)
    expect(answers).toEqual([200, 200, 200, 200, 429, 429, 429, 429])
    expect(await post(newsroom, dear)).toMatchObject({ code: 'RATE_LIMITED', message: expect.stringMatching(/operations for a cost of 5000 a minute/) })
    expect((await post(newsroom, PING)).status).toBe(200)
  })

  it('takes nothing from another, nor from staff', async () => {
    const newsroom = await open({ limits: { rates: RATES(2, 10), trustProxy: 1 } })
    const from = (address: string) => post(newsroom, PING, { 'x-forwarded-for': address })
    for (let n = 0; n < 20; n += 1) await from('203.0.113.7')
    expect((await from('203.0.113.7')).status).toBe(429)
    expect((await from('203.0.113.8')).status).toBe(200)
    expect((await newsroom.readAsStaff('{ __typename }')).status).toBe(200)
    // A network of version 6 is one reader.
    expect((await from('2001:db8:1:2::1')).status).toBe(200)
    expect((await from('2001:db8:1:2:ffff::9')).status).toBe(200)
    expect((await from('2001:db8:1:2:3:4:5:6')).status).toBe(429)
    expect((await from('2001:db8:1:3::1')).status).toBe(200)
  })

  it('cannot pass for another by a header, where no proxy is trusted', async () => {
    const newsroom = await open({ limits: { rates: RATES(3) } })
    const statuses = []
    for (let n = 0; n < 5; n += 1) statuses.push((await post(newsroom, PING, { 'x-forwarded-for': `203.0.113.${n}` })).status)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
  })

  it('on this machine is not counted, unless a number was set', async () => {
    const newsroom = await open({ limits: { rates: RATES(undefined) } })
    const many = await Promise.all(Array.from({ length: 50 }, () => post(newsroom, PING)))
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]))
    expect(ratesFrom({ READER: undefined, PARTNER: 0, STAFF: 7 }).viewers).toEqual({ READER: { requests: 6000, countsLoopback: false }, PARTNER: { requests: undefined, countsLoopback: true }, STAFF: { requests: 7, countsLoopback: true } })
  })

  it('finds the same headers in every answer, however much is left', async () => {
    const newsroom = await open({ limits: { rates: RATES(10) } })
    const names = async () => [...(await post(newsroom, PING)).headers].filter(([name]) => name !== 'date').map(String).toSorted()
    const first = await names()
    for (let n = 0; n < 5; n += 1) expect(await names()).toEqual(first)
  })
})

describe('tokens', () => {
  it('that are guessed are turned away after some, and one that is valid still gets through', async () => {
    const newsroom = await open({ limits: { rates: RATES() } })
    const guess = (token: string) => post(newsroom, PING, { authorization: `Bearer ${token}` }, PATHS.NEWSROOM)
    const statuses = []
    for (let n = 0; n < 40; n += 1) statuses.push((await guess(`onr_staff_${n}`)).status)
    expect(statuses).toEqual([...new Array<number>(30).fill(401), ...new Array<number>(10).fill(429)])
    expect(await guess('onr_staff_x')).toMatchObject({ code: 'RATE_LIMITED', retryAfter: '2' })
    expect((await guess(await newsroom.token('EDITOR'))).status).toBe(200)
    // Nothing at all is no guess.
    expect((await post(newsroom, PING, {}, PATHS.NEWSROOM)).status).toBe(401)
  })
})

describe('the count of requests', () => {
  it('remembers a bounded number of addresses, and forgets who was longest away', () => {
    const limiter = new RateLimiter(() => new Date(0))
    for (let n = 0; n < 60_000; n += 1) limiter.take(`address ${n}`, 2)
    expect(limiter.size).toBeLessThanOrEqual(50_000)
    expect(limiter.take('address 59999', 2)).toBe(0)
    expect(limiter.take('address 59999', 2)).toBeGreaterThan(0)
  })

  it('tells addresses apart by network', () => {
    expect(['10.0.0.1', '::ffff:10.0.0.1', '2001:DB8::1', '2001:db8:0:0:9::', '::1', 'fe80::1%eth0'].map(addressKey)).toEqual(['10.0.0.1', '10.0.0.1', '2001:db8:0:0', '2001:db8:0:0', '0:0:0:0', 'fe80:0:0:0'])
  })
})

describe('a server with more to do than it can', () => {
  /** A database that answers once it is told to. */
  /** What reads stories; who asks is still looked up. */
  const READS = /^stories_/
  function stalled() {
    let release!: () => void
    const gate = new Promise<void>((resolve) => { release = resolve })
    const database = (real: Database): Database => ({ ...real, prisma: () => real.prisma(), query: async <Row>(statement: Statement, values: readonly unknown[]) => { if (READS.test(statement.name)) await gate; return real.query<Row>(statement, values) } })
    return { database, release }
  }
  const until = async (condition: () => Promise<boolean>) => { while (!(await condition())) await new Promise((resolve) => { setTimeout(resolve, 20) }) }

  it('turns readers away before it reads them, keeps places for staff, and recovers', async () => {
    const { database, release } = stalled()
    const newsroom = await open({ database, limits: { shedding: { mostInFlight: 3 } } })
    const token = await newsroom.token('EDITOR')
    const waiting = [1, 2, 3].map(() => post(newsroom, LIST))
    await until(async () => (await post(newsroom, PING)).status === 503)
    expect(await post(newsroom, PING)).toMatchObject({ status: 503, code: 'OVERLOADED', retryAfter: '2' })
    // Whatever the body is: it is not looked at.
    expect(await post(newsroom, '{')).toMatchObject({ status: 503, code: 'OVERLOADED' })
    expect(await send(newsroom.url + PATHS.PUBLIC, { method: 'POST', headers: JSON_TYPE, body: Buffer.alloc(5_000_000, 32) })).toMatchObject({ status: 503, headers: { 'retry-after': '2' } })
    expect(await post(newsroom, PING, { authorization: `Bearer ${token}` }, PATHS.NEWSROOM)).toMatchObject({ status: 200 })
    expect((await fetch(`${newsroom.url}/healthz`)).status).toBe(200)
    release()
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200])
    await until(async () => (await post(newsroom, LIST)).status === 200)
  })

  it('gives back the place of a reader who went away', async () => {
    const { database, release } = stalled()
    const newsroom = await open({ database, limits: { shedding: { mostInFlight: 1 } } })
    const gone = new AbortController()
    const waiting = fetch(newsroom.url + PATHS.PUBLIC, { method: 'POST', headers: JSON_TYPE, body: LIST, signal: gone.signal }).catch(() => undefined)
    await until(async () => (await post(newsroom, PING)).status === 503)
    gone.abort()
    await waiting
    await until(async () => (await post(newsroom, PING)).status === 200)
    release()
  })

  it('sheds while its event loop is late, and takes requests again once it is not', async () => {
    const newsroom = await open({ limits: { shedding: { mostDelay: 150 } } })
    let busy = true
    const work = (): void => {
      const end = performance.now() + 400
      while (performance.now() < end);
      if (busy) setTimeout(work, 1)
    }
    work()
    await until(async () => (await post(newsroom, PING)).status === 503)
    busy = false
    await until(async () => (await post(newsroom, PING)).status === 200)
  })
})

describe('an operation that takes too long', () => {
  it('is given up with a code, and starts nothing more', async () => {
    let statements = 0
    const newsroom = await open({
      limits: { operationTime: 300 },
      database: (real) => ({ ...real, prisma: () => real.prisma(), query: async <Row>(statement: Statement, values: readonly unknown[]) => {
        statements += 1
        await new Promise((resolve) => { setTimeout(resolve, 600) })
        return real.query<Row>(statement, values)
      } }),
    })
    await newsroom.add(story(1))
    const answered = await post(newsroom, JSON.stringify({ query: '{ stories { nodes { slug followUps { nodes { slug } } } } }' }))
    expect(answered).toMatchObject({ status: 503, code: 'TIMED_OUT', retryAfter: '5', message: expect.stringContaining('1 seconds') })
    for (const path of ['/stories/harbor-plan-1', '/changes']) {
      const page = await fetch(newsroom.url + path)
      expect([page.status, ((await page.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code], path).toEqual([503, 'TIMED_OUT'])
    }
    const atAnswer = statements
    await new Promise((resolve) => { setTimeout(resolve, 1_500) })
    expect(statements).toBe(atAnswer)
  })

  it('rolls its change back, and its idempotency key with it: sent again, it is done once', async () => {
    let isSlow = true
    const ends: Promise<string>[] = []
    const newsroom = await open({
      limits: { operationTime: 1_500 },
      database: (real) => ({ ...real, prisma: () => real.prisma(), query: real.query.bind(real), transaction: (work) => {
        const whole = real.transaction((queries) => work({
          query: async <Row>(statement: Statement, values: readonly unknown[]) => {
            const rows = await queries.query<Row>(statement, values)
            if (isSlow) await new Promise((resolve) => { setTimeout(resolve, 1_000) })
            return rows
          },
        }))
        ends.push(whole.then(() => 'committed', () => 'rolled back'))
        return whole
      } }) as Database,
    })
    const create = () => newsroom.readAsStaff('mutation ($input: CreateStoryInput!) { createStory(input: $input) { story { slug } errors { code } } }', { input: { document: { ...story(7), onrecord: 1 }, idempotencyKey: 'slow' } })
    const counts = async () => Promise.all([(await base.database.prisma()).story.count({ where: { slug: 'harbor-plan-7' } }), (await base.database.prisma()).idempotencyKey.count()])
    expect(await create()).toMatchObject({ status: 503, errors: [{ extensions: { code: 'TIMED_OUT' }, message: expect.stringContaining('same idempotency key') }] })
    isSlow = false
    expect(await Promise.all(ends)).toEqual(['rolled back'])
    expect(await counts()).toEqual([0, 0])
    for (let n = 0; n < 2; n += 1) expect((await create()).data).toEqual({ createStory: { story: { slug: 'harbor-plan-7' }, errors: [] } })
    expect(await counts()).toEqual([1, 1])
  })
})

describe('a connection', () => {
  it('that sends its head or its body a byte at a time is closed, with an answer', async () => {
    const { url } = await open({})
    const [head, body] = await Promise.all([
      drip(url, `POST ${PATHS.PUBLIC} HTTP/1.1\r\nhost: x\r\n`, 'x-a: b\r\n'),
      drip(url, `POST ${PATHS.PUBLIC} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n`, ' '),
    ])
    for (const text of [head, body]) {
      expect(text).toMatch(/^HTTP\/1\.1 408 /)
      expect(JSON.parse(text.split('\r\n\r\n')[1]!)).toMatchObject({ errors: [{ extensions: { code: 'REQUEST_TIMEOUT' } }] })
    }
  }, 40_000)
})

/** Sends a little, again and again, until the server has enough of it. */
function drip(url: string, start: string, more: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => socket.write(start))
    const timer = setInterval(() => socket.write(more), 500)
    socket.on('data', (chunk) => { text += chunk.toString() })
    socket.on('error', () => undefined)
    socket.on('close', () => { clearInterval(timer); resolve(text) })
  })
}
