import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffRole } from '../../src/access/index.js'
import { PROPOSAL_COLLECTIONS, storyDocumentOf } from '../../src/document/index.js'
import { createServer } from '../../src/server.js'
import { TextWorkers, type TextWorkersOptions } from '../../src/workers/index.js'
import { TestNewsroom, type Answer } from '../support/newsroom.js'
import { describeWithSeed, seedStoryText } from '../support/seed-story.js'

/** What was read out of it is checked only as far as any extractor must read it. */
const TEXT = [
  'Port Authority to reopen north pier', '“The pier is safe,” said Ada Quill, the director of the Port Authority.',
  'Two officials briefed on the plan said that the money is there. They told the Bay Ledger that work begins in spring.',
  'The Port Authority said in a statement: “We will open on Friday.” Mayor Ib Lund declined to comment.',
].join('\n\n')
const PARTS = 'document diagnostics { code message start end } proposals { collection key path rule confidence words ranges { exact prefix suffix } entry } errors { code message path }'
const EXTRACT = `query ($text: String!, $language: String, $desk: String, $slug: String, $provider: String) { extractStory(text: $text, language: $language, desk: $desk, slug: $slug, provider: $provider) { ${PARTS} } }`
const CREATE = `mutation ($input: CreateStoryFromTextInput!) { createStoryFromText(input: $input) { story { id slug desk state document proposals { collection key words rule confidence entry } revision { number } } diagnostics { code } errors { code message path } } }`

describe('a text', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => { newsroom = await TestNewsroom.open() })
  afterAll(() => newsroom.close())
  const extract = async (variables: object, role: StaffRole = 'REPORTER') => {
    const answer = await newsroom.readAsStaff(EXTRACT, variables, role)
    expect(answer.errors).toBeUndefined()
    return answer.data!['extractStory']
  }
  const create = async (input: object, role: StaffRole = 'REPORTER') => {
    const answer = await newsroom.readAsStaff(CREATE, { input }, role)
    expect(answer.errors).toBeUndefined()
    return answer.data!['createStoryFromText']
  }

  it('is read without being stored: the document, and each proposal with rule, confidence and words', async () => {
    const stories = await (await newsroom.database.prisma()).story.count()
    const { document, proposals, diagnostics, errors } = await extract({ text: TEXT, desk: 'Metro', language: 'en-US', provider: 'Tidewater Post' })
    expect([errors, diagnostics]).toEqual([[], []])
    expect(document).toMatchObject({ slug: 'port-authority-to-reopen-north-pier', desk: 'Metro', language: 'en-US' })
    expect(document.outlets.map(({ name }: { name: string }) => name)).toContain('Tidewater Post')
    expect(storyDocumentOf(document)).toEqual(document)
    const quoted = proposals.find(({ collection, words }: { collection: string; words: string }) => collection === 'attributions' && words.includes('The pier is safe'))
    expect(quoted).toMatchObject({ rule: expect.any(String), confidence: expect.any(Number), ranges: [{ exact: expect.stringContaining('The pier is safe') }], entry: { speech: 'DIRECT', confirmed: false } })
    expect(quoted.confidence).toBeGreaterThan(0)
    expect(proposals.find(({ key }: { key: string }) => key === quoted.entry.source).words).toBe('Ada Quill')
    expect(new Set(proposals.map(({ collection }: { collection: string }) => collection))).toEqual(new Set(['sources', 'attributions', 'quotes', 'statements', 'requestsForComment']))
    expect(proposals).toHaveLength(PROPOSAL_COLLECTIONS.reduce((sum, name) => sum + document[name].length, 0))
    expect(await (await newsroom.database.prisma()).story.count()).toBe(stories)
  })

  it('becomes a draft whose proposals nobody has confirmed; titles and other names, which nobody could confirm, are left out', async () => {
    const { story, errors, diagnostics } = await create({ text: TEXT, slug: 'pier', desk: 'Metro' })
    expect([errors, diagnostics]).toEqual([[], []])
    expect(story).toMatchObject({ slug: 'pier', desk: 'Metro', state: 'DRAFT', revision: { number: 1 } })
    expect(story.proposals.length).toBeGreaterThan(10)
    for (const name of PROPOSAL_COLLECTIONS) for (const entry of story.document[name]) expect(entry).toMatchObject({ confirmed: false, proposal: { rule: expect.any(String), confidence: expect.any(Number) } })
    for (const { affiliations, aliases } of story.document.people) expect([affiliations, aliases]).toEqual([[], []])
    for (const { aliases } of story.document.organizations) expect(aliases).toEqual([])
    expect((await newsroom.read('{ story(slug: "pier") { slug } }')).data).toEqual({ story: null })
    const row = await (await newsroom.database.prisma()).attribution.findFirst({ where: { revision: { story: { slug: 'pier' } } } })
    expect(row).toMatchObject({ confirmed: false, isPublic: false })
  })

  it('gets its slug from its headline, once', async () => {
    expect((await create({ text: TEXT })).story.slug).toBe('port-authority-to-reopen-north-pier')
    expect((await create({ text: TEXT })).errors).toEqual([{ code: 'SLUG_TAKEN', path: 'slug', message: 'slug "port-authority-to-reopen-north-pier" belongs to another story; choose another slug.' }])
  })

  it('is stored once for an idempotency key', async () => {
    const input = { text: TEXT, slug: 'pier-once', idempotencyKey: 'from-text' }
    const first = await create(input)
    expect(first.errors).toEqual([])
    expect(await create(input)).toEqual(first)
    expect((await create({ ...input, slug: 'pier-twice' })).errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', path: 'idempotencyKey' }])
  })

  it.each([
    [{ text: '' }, 'TEXT_EMPTY', 'text', 'The text holds no words.'],
    [{ text: ' \n\t\n\u00a0' }, 'TEXT_EMPTY', 'text', 'The text holds no words.'],
    [{ text: TEXT, slug: 'Not a slug' }, 'INVALID_DOCUMENT', 'slug', 'slug is not a slug: lower-case words and numbers joined by "-".'],
    [{ text: TEXT, desk: ' ' }, 'INVALID_DOCUMENT', 'desk', 'desk is empty; leave the field out instead.'],
    [{ text: TEXT, language: 'English' }, 'INVALID_DOCUMENT', 'language', 'language is not a BCP 47 language tag such as "en" or "pt-BR".'],
    [{ text: TEXT, provider: 'A\u0007' }, 'INVALID_DOCUMENT', 'provider', 'provider holds the control character U+0007 at offset 1; remove it.'],
  ])('is refused where it, or what is said of it, is wrong: %j', async (given, code, path, message) => {
    const errors = [{ code, path, message }]
    expect(await extract(given)).toEqual({ document: null, proposals: [], diagnostics: [], errors })
    expect(await create(given)).toEqual({ story: null, diagnostics: [], errors })
  })

  it('with a NUL, or larger than a request may be, does not get so far', async () => {
    expect(await newsroom.readAsStaff(EXTRACT, { text: 'a\u0000b' })).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
    expect(await newsroom.readAsStaff(EXTRACT, { text: 'x '.repeat(2_200_000) })).toMatchObject({ status: 413, errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] })
  })

  it('longer than a story is read as far as a story goes, and says so; it is never stored cut off', async () => {
    const text = `${TEXT}\n\n${'The sea is calm today.\n'.repeat(50_000)}`
    const { document, diagnostics } = await extract({ text })
    expect(diagnostics).toContainEqual({ code: 'TEXT_CUT', message: expect.any(String), start: 1_048_576, end: text.length })
    expect(document.paragraphs.length).toBeGreaterThan(10)
    expect(await create({ text, slug: 'too-long' })).toEqual({ story: null, diagnostics: [], errors: [{ code: 'TEXT_TOO_LONG', path: 'text', message: `The text has ${text.length} UTF-16 units; a story may hold 1048576.` }] })
  })

  it('in another language gives its quotation marks, credited to nobody, and says so; characters that cannot be stored are replaced', async () => {
    const { story, diagnostics } = await create({ text: 'La jetée rouvre\n\n« La jetée est sûre et nous en sommes très heureux aujourd’hui », a déclaré\u0007 la directrice du port devant les élus de la ville.', slug: 'la-jetee' })
    expect(diagnostics.map(({ code }: { code: string }) => code).sort()).toEqual(expect.arrayContaining(['CHARACTERS_REPLACED', 'LANGUAGE']))
    expect(story.document).toMatchObject({ language: 'und', sources: [] })
  })

  it('is read for those who write: not for a preview token, and not in public', async () => {
    const errors = [{ code: 'FORBIDDEN', path: null, message: expect.stringMatching(/you are preview\.$/) }]
    expect(await extract({ text: TEXT }, 'PREVIEW')).toEqual({ document: null, proposals: [], diagnostics: [], errors })
    expect(await create({ text: TEXT, slug: 'preview' }, 'PREVIEW')).toEqual({ story: null, diagnostics: [], errors })
    expect((await newsroom.read(EXTRACT, { text: TEXT })).errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    expect((await newsroom.ask('/newsroom/graphql', EXTRACT, { text: TEXT }, {})).status).toBe(401)
  })

  describe('that there is no time for', () => {
    const askOf = async (options: TextWorkersOptions, work: (ask: (query: string, variables: object) => Promise<Answer>) => Promise<void>) => {
      const workers = new TextWorkers(options)
      const server = await createServer({ database: newsroom.database, secret: Buffer.alloc(32, 7), now: () => newsroom.now, logLevel: 'silent', workers })
      const url = await server.listen({ port: 0, host: '127.0.0.1' })
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${await newsroom.token('REPORTER')}` }
      try {
        await work(async (query, variables) => {
          const response = await fetch(`${url}/newsroom/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
          return { status: response.status, ...((await response.json()) as object) }
        })
      } finally {
        await server.close()
        await workers.close()
      }
    }

    it('is told so when too many wait, and nothing is stored', () => askOf({ size: 1, queue: 0 }, async (ask) => {
      const errors = [{ code: 'BUSY', path: null, message: 'The text cannot be read now: too many texts are waiting. Try again in a few seconds.' }]
      expect((await ask(EXTRACT, { text: TEXT })).data!['extractStory']).toEqual({ document: null, proposals: [], diagnostics: [], errors })
      expect((await ask(CREATE, { input: { text: TEXT, slug: 'busy' } })).data!['createStoryFromText']).toEqual({ story: null, diagnostics: [], errors })
      expect(await (await newsroom.database.prisma()).story.count({ where: { slug: 'busy' } })).toBe(0)
    }))

    it('is told so when it takes too long', () => askOf({ size: 1, timeoutMs: 1 }, async (ask) => {
      expect((await ask(EXTRACT, { text: TEXT })).data!['extractStory'].errors).toMatchObject([{ code: 'TOOK_TOO_LONG', path: 'text' }])
    }))

    it('leaves the server answering others meanwhile', () => askOf({ size: 1 }, async (ask) => {
      const order: string[] = []
      const long = ask(EXTRACT, { text: `${TEXT}\n\n`.repeat(1_500) }).then(() => order.push('long'))
      for (let index = 0; index < 3; index += 1) await ask('{ stories(first: 1) { nodes { slug } } }', {}).then(() => order.push('short'))
      await long
      expect(order).toEqual(['short', 'short', 'short', 'long'])
    }))
  })
})

describeWithSeed('the seed story', () => {
  it('becomes a draft of its text, with its quotes, its cast and its statement proposed', async () => {
    const newsroom = await TestNewsroom.open()
    const { data } = await newsroom.readAsStaff(CREATE, { input: { text: seedStoryText()!, slug: 'seed', desk: 'National' } })
    const { story, errors } = data!['createStoryFromText']
    expect(errors).toEqual([])
    expect(story.document.paragraphs.map(({ text }: { text: string }) => text).join('\n\n')).toBe(seedStoryText()!.trim())
    const words = (collection: string) => story.proposals.filter((proposal: { collection: string }) => proposal.collection === collection).map((proposal: { words: string }) => proposal.words)
    expect(words('attributions').length).toBeGreaterThanOrEqual(17)
    expect(words('quotes').length).toBeGreaterThanOrEqual(2)
    expect(words('sources')).toEqual(expect.arrayContaining(['Pete Hegseth', 'Axios', 'a senior Pentagon official', 'one source familiar with the meeting']))
    expect(words('statements')).toHaveLength(1)
    const accepted = (await newsroom.readAsStaff(`mutation { acceptProposals(input: {storyId: "${story.id}", expectedRevision: 1, all: true}) { story { proposals { key } document } errors { message } } }`)).data!['acceptProposals']
    expect([accepted.story.proposals, accepted.errors]).toEqual([[], []])
    // The text has no byline, and a story that rests on anonymous sources is not published without one.
    const publish = `mutation { publishStory(input: {storyId: "${story.id}"}) { errors { code message } } }`
    expect((await newsroom.readAsStaff(publish)).data!['publishStory'].errors).toMatchObject([{ message: expect.stringMatching(/^missing-byline-on-anonymous: /) }])
    const document = { ...accepted.story.document, journalists: [{ key: 'nadia-brooks', name: 'Nadia Brooks' }], bylines: [{ journalist: 'nadia-brooks' }] }
    const saved = await newsroom.readAsStaff('mutation ($input: SaveRevisionInput!) { saveRevision(input: $input) { errors { message } } }', { input: { storyId: story.id, expectedRevision: 2, document } })
    expect(saved.data!['saveRevision'].errors).toEqual([])
    expect((await newsroom.readAsStaff(publish)).data!['publishStory'].errors).toEqual([])
    const published = await newsroom.read('{ story(slug: "seed") { quotes { text } anonymousAttributions { descriptor } officialStatements { issuer { name } } } }')
    expect(published.data!['story'].quotes).toHaveLength(words('quotes').length)
    expect(published.data!['story'].officialStatements).toEqual([{ issuer: { name: 'Anthropic' } }])
    await newsroom.close()
  })
})
