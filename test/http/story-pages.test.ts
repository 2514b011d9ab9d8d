import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draft, TestDesk } from '../stories/desk.js'
import { story } from '../support/documents.js'
import { CachedNewsroom } from './cached-newsroom.js'

const HTML = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' }
const SHARED = 'public, max-age=0, s-maxage=2, must-revalidate'
const hostile = story('hostile', { publication: { firstPublishedAt: '2026-03-01T12:00:00Z' } })

let cached: CachedNewsroom
let desk: TestDesk
let key: string
beforeAll(async () => {
  cached = await CachedNewsroom.open()
  desk = new TestDesk(cached.newsroom)
  await cached.newsroom.add(
    story(1), story(2, { evolvedFrom: 'harbor-plan-1' }), story('embargo', { desk: 'Science', publication: { firstPublishedAt: '2026-03-02T12:00:00Z', embargoedUntil: '2026-04-01T00:00:00Z' } }),
    { ...hostile, paragraphs: hostile.paragraphs.map((paragraph, index) => (index === 6 ? { ...paragraph, text: '<script>alert("x")</script> & \'more\' ]]>' } : paragraph)) },
  )
  key = await cached.newsroom.partnerKey({ embargoAccess: 'ADVANCE' })
})
afterAll(() => cached.close())

/** Bytes as they come, which `fetch` would unpack. */
function raw(path: string, headers: Record<string, string>, body?: string): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const asked = request(cached.newsroom.url + path, { method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }))
    })
    asked.on('error', reject).end(body)
  })
}

/** Twice the same from the server that keeps answers, and once more from the one that does not. */
async function same(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const anew = await cached.getAnew(path, headers, method)
  for (let again = 0; again < 2; again += 1) expect(await cached.get(path, headers, method), path).toEqual(anew)
  return anew
}

describe('the address of a story', () => {
  it('gives it as JSON, with what the public contract tells of who said what', async () => {
    const { status, headers, text } = await same('/stories/harbor-plan-2')
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': SHARED, vary: 'Authorization, Accept, Accept-Encoding', link: '</stories/harbor-plan-2>; rel="canonical"', 'content-language': 'en' })
    expect(headers).not.toHaveProperty('set-cookie')
    expect(JSON.parse(text)).toMatchObject({
      slug: 'harbor-plan-2', version: 1, usability: { status: 'USABLE' }, evolvedFrom: { slug: 'harbor-plan-1' },
      attributions: expect.arrayContaining([expect.objectContaining({ text: '“We will build berth 2,”', source: expect.objectContaining({ label: 'Ada Quill' }) })]),
    })
    expect(text).not.toMatch(/CANARY/)
  })

  it('gives it as a page, in which nothing of a story is mark-up', async () => {
    const { status, headers, text } = await same('/stories/harbor-plan-hostile', HTML)
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /)
    expect(text).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;more&#39; ]]&gt;')
    expect(text).not.toMatch(/<script|CANARY/)
    expect(text).toContain('<h2>Who said what</h2>')
    expect(text).toContain('<dt>Two officials briefed on the plan</dt>')
    expect(text).toContain('The source is not named: they may not speak for the port. How they know: briefed on the plan.')
  })

  it.each([
    ['application/json', 'application/json'], ['*/*', 'application/json'], ['', 'application/json'], ['text/*', 'text/html'], ['text/html;q=0.5, application/json', 'application/json'],
    ['application/json;q=0.1, text/html;q=0.2', 'text/html'], ['*/*;q=0.1, text/html', 'text/html'],
  ])('answers "%s" with %s', async (accept, type) => {
    expect((await raw('/stories/harbor-plan-1', accept === '' ? {} : { accept })).headers['content-type']).toBe(`${type}; charset=utf-8`)
  })

  it.each(['image/png', 'application/json;q=0, text/html;q=0', 'application/xml'])('refuses "%s", which it has not', async (accept) => {
    const { status, headers, text } = await same('/stories/harbor-plan-1', { accept })
    expect([status, headers['cache-control'], JSON.parse(text).errors[0].extensions.code]).toEqual([406, 'no-store', 'NOT_ACCEPTABLE'])
  })

  it('has a head without a body', async () => {
    const whole = await same('/stories/harbor-plan-1')
    const head = await same('/stories/harbor-plan-1', {}, 'HEAD')
    expect(head).toEqual({ ...whole, text: '' })
  })

  it('says 304 to whoever has these bytes, and only to them', async () => {
    const { headers: { etag } } = await same('/stories/harbor-plan-1')
    expect(etag).toMatch(/^W\/"[\w-]{27}"$/)
    for (const known of [etag!, `"other", ${etag!.slice(2)}`, '*']) {
      const answer = await same('/stories/harbor-plan-1', { 'if-none-match': known })
      expect(answer).toMatchObject({ status: 304, text: '', headers: { etag, 'cache-control': SHARED } })
    }
    expect((await same('/stories/harbor-plan-1', { 'if-none-match': '"other"' })).status).toBe(200)
    expect((await same('/stories/harbor-plan-1', { ...HTML, 'if-none-match': etag! })).status).toBe(200)
  })

  it('leads from a version that is superseded to the current one, and says so', async () => {
    const { id } = await desk.publish(draft('v'))
    expect(await same('/stories/harbor-plan-v/versions/1')).toMatchObject({ status: 200 })
    await desk.editParagraphs(id, 1, [{ at: 0, remove: 1, insert: [{ role: 'HEADLINE', text: 'Harbor plan v stalls' }] }])
    await desk.mutate('updateStory', { storyId: id }, 'EDITOR', 'StoryActionInput')
    const superseded = await raw('/stories/harbor-plan-v/versions/1', {})
    expect(superseded).toMatchObject({ status: 303, headers: { location: '/stories/harbor-plan-v?from=1', link: '</stories/harbor-plan-v>; rel="latest-version"', 'cache-control': 'no-store' } })
    expect(JSON.parse(superseded.body.toString())).toEqual({ slug: 'harbor-plan-v', version: 1, isSuperseded: true, current: { version: 2, address: '/stories/harbor-plan-v' } })
    const page = await same('/stories/harbor-plan-v/versions/1', HTML)
    expect(page.text).toContain('You followed a link to version 1 of this story. It is superseded; this is version 2.')
    expect(page.text).toContain('Harbor plan v stalls')
    expect(page.text).not.toContain('moves ahead')
    expect(JSON.parse((await same('/stories/harbor-plan-v?from=1')).text)).toMatchObject({ version: 2, supersedes: 1 })
    expect((await raw('/stories/harbor-plan-v/versions/2', {})).headers).toMatchObject({ location: '/stories/harbor-plan-v' })
    for (const wrong of ['3', '0', 'x', '-1', '1e1']) expect((await same(`/stories/harbor-plan-v/versions/${wrong}`)).status, wrong).toBe(404)
  })

  it('is gone with a reason once the story was taken away, for whoever could have seen it, and was never there for others', async () => {
    const { id } = await desk.publish(draft('k'))
    expect((await same('/stories/harbor-plan-k')).status).toBe(200)
    await desk.mutate('killStory', { storyId: id, advisory: 'It was wrong.', replacedBy: 'harbor-plan-1' }, 'EDITOR', 'RemoveStoryInput')
    const gone = await same('/stories/harbor-plan-k')
    expect(gone).toMatchObject({ status: 410, headers: { 'cache-control': 'no-store' } })
    expect(JSON.parse(gone.text)).toMatchObject({ errors: [{ extensions: { code: 'GONE' } }], tombstone: { slug: 'harbor-plan-k', reason: 'KILLED', advisory: 'It was wrong.', replacedBy: { slug: 'harbor-plan-1' } } })
    expect((await same('/stories/harbor-plan-k', HTML)).text).toContain('This story was killed.')
    expect((await same('/stories/harbor-plan-k/versions/1')).status).toBe(410)
    const never = await same('/stories/never')
    expect(never.status).toBe(404)
    // A draft, and what is under embargo (I5, I6).
    await desk.create(draft('d'))
    for (const hidden of ['harbor-plan-d', 'harbor-plan-embargo']) {
      for (const headers of [{}, HTML]) for (const path of ['', '/versions/1', '/versions/2']) expect(await same(`/stories/${hidden}${path}`, headers)).toEqual(await same(`/stories/never${path}`, headers))
    }
    const { id: embargoed } = await (await cached.newsroom.database.prisma()).story.findFirstOrThrow({ where: { slug: 'harbor-plan-embargo' } })
    cached.newsroom.now = new Date(cached.newsroom.now.getTime() + 60 * 60 * 1000)
    await desk.mutate('killStory', { storyId: Buffer.from(`Story:${embargoed}`).toString('base64url') }, 'EDITOR', 'RemoveStoryInput')
    expect(await same('/stories/harbor-plan-embargo')).toEqual(never)
    // Whoever had it in advance is told.
    expect((await same('/stories/harbor-plan-embargo', { authorization: `Bearer ${key}` })).status).toBe(410)
  })

  it('takes GET and HEAD, and says so', async () => {
    for (const path of ['/stories/harbor-plan-1', '/stories/never', '/stories/harbor-plan-embargo/versions/1']) for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await same(path, {}, method)
      expect(answer, `${method} ${path}`).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
      expect(JSON.parse(answer.text).errors[0].extensions.code).toBe('METHOD_NOT_ALLOWED')
    }
  })

  it('gives a partner what the contract covers, and that to no cache', async () => {
    const answer = await same('/stories/harbor-plan-1', { authorization: `Bearer ${key}` })
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store, private' } })
    await cached.newsroom.changeContract({ desks: ['Science'] })
    expect((await same('/stories/harbor-plan-1', { authorization: `Bearer ${key}` })).status).toBe(404)
    expect((await same('/stories/harbor-plan-1', { authorization: 'Bearer nobody' })).status).toBe(401)
  })
})

describe('an answer', () => {
  const query = JSON.stringify({ query: '{ story(slug: "harbor-plan-1") { paragraphs { text segments { text marks { kind } } } attributions { text } } }' })
  const post = (headers: Record<string, string>, body = query) => raw('/graphql', { 'content-type': 'application/json', ...headers }, body)

  it('is compressed as the client likes it, first and kept, where it is worth it', async () => {
    const plain = await post({})
    expect(plain.headers).not.toHaveProperty('content-encoding')
    for (let again = 0; again < 2; again += 1) {
      const [br, gzip] = [await post({ 'accept-encoding': 'gzip, deflate, br' }), await post({ 'accept-encoding': 'gzip;q=1, br;q=0.5' })]
      expect([br.headers['content-encoding'], gzip.headers['content-encoding']]).toEqual(['br', 'gzip'])
      expect(brotliDecompressSync(br.body)).toEqual(plain.body)
      expect(gunzipSync(gzip.body)).toEqual(plain.body)
      for (const none of ['identity', 'deflate', 'br;q=0, gzip;q=0', '']) expect((await post({ 'accept-encoding': none })).body).toEqual(plain.body)
      expect((await post({ 'accept-encoding': 'br' }, '{"query":"{ __typename }"}')).headers).not.toHaveProperty('content-encoding')
    }
    const page = await raw('/stories/harbor-plan-1', { 'accept-encoding': '*' })
    expect(page.headers).toMatchObject({ 'content-encoding': 'br', etag: (await raw('/stories/harbor-plan-1', {})).headers['etag'] })
  })

  it('to a credential is never compressed, so that its length tells nothing of what only this partner reads', async () => {
    await cached.newsroom.changeContract({})
    for (let again = 0; again < 2; again += 1) {
      const answer = await post({ 'accept-encoding': 'br', authorization: `Bearer ${key}` })
      expect(answer.status).toBe(200)
      expect(answer.body.length).toBeGreaterThan(1_024)
      expect(answer.headers).not.toHaveProperty('content-encoding')
    }
  })

  it('over GraphQL has an ETag where it stands for an address', async () => {
    const path = `/graphql?query=${encodeURIComponent('{ stories(first: 2) { nodes { slug } } }')}`
    const preflight = { 'apollo-require-preflight': 'true' }
    const { headers: { etag }, status } = await same(path, preflight)
    expect(status).toBe(200)
    expect(await same(path, { ...preflight, 'if-none-match': etag! })).toMatchObject({ status: 304, text: '' })
    expect((await post({ 'if-none-match': etag! })).headers).not.toHaveProperty('etag')
  })

  it('that tells of an error is kept by nobody', async () => {
    for (const wrong of ['{ nothing }', '{ stories(first: 500) { nodes { slug } } }']) expect((await cached.ask(wrong)).headers['cache-control']).toBe('no-store')
    expect((await cached.get('/nowhere')).status).toBe(404)
  })
})
