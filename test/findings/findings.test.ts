import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attributionReport, checkDocument, rules } from '../../src/checks/index.js'
import { demoDocuments } from '../../src/demo/index.js'
import { fillWithDemo } from '../../src/demo/fill.js'
import { storyDocumentOf } from '../../src/document/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { PATHS } from '../../src/server.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { waiveErrors } from '../support/waivers.js'
import { weakStory } from '../support/weak-story.js'

const WHOLE = `rule title severity message what why advice exact fingerprint isQuestion isWaivable attributionId sourceKey
  range { paragraph start end exact prefix suffix } ranges { exact } related { label range { exact } } suggestion { replacement range { exact } } changes { kind words } waiver { by } story { slug }`

describe('findings', () => {
  let newsroom: TestNewsroom
  const weak = Array.from({ length: 30 }, (_, n) => weakStory(`weak-${String(n).padStart(2, '0')}`, { desk: n % 3 === 0 ? 'World' : 'Metro', ...(n % 5 === 0 && { journalists: [{ key: 'linh-vo', name: 'Linh Vo' }], bylines: [{ journalist: 'linh-vo' }] }) }))
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(...weak, story(1))
  })
  afterAll(() => newsroom.close())

  describe('of a story', () => {
    const findings = async (args: string, fields = 'rule severity') => {
      const { data, errors } = await newsroom.readAsStaff(`{ story(slug: "weak-01") { findings${args} { ${fields} } } }`)
      expect(errors).toBeUndefined()
      return data!['story'].findings as { rule: string; severity: string }[]
    }

    it('are those of the checks, most severe first, each with its words and what to do', async () => {
      const expected = checkDocument(storyDocumentOf(weak[1]!))
      const found = (await findings('', WHOLE)) as any[]
      expect(found.map(({ rule, fingerprint, message }) => [rule, fingerprint, message])).toEqual(expected.map(({ rule, fingerprint, message }) => [rule, fingerprint, message]))
      expect(found[0]).toMatchObject({ severity: 'ERROR', exact: 'sources said', range: { paragraph: 1, exact: 'sources said', suffix: '.' }, isQuestion: false, isWaivable: true, attributionId: expect.any(String), sourceKey: 's', waiver: null, story: { slug: 'weak-01' } })
      expect((await newsroom.readAsStaff(`{ node(id: "${found[0].attributionId}") { ... on AnonymousAttribution { descriptor } } }`)).data!['node']).toEqual({ descriptor: 'sources' })
    })

    it('can be asked for by severity and by profile', async () => {
      expect((await findings('(minSeverity: ERROR)')).map(({ rule }) => rule)).toEqual(['bare-source-descriptor'])
      expect(new Set((await findings('(minSeverity: WARNING)')).map(({ severity }) => severity))).toEqual(new Set(['ERROR', 'WARNING']))
      for (const profile of ['AP', 'REUTERS', 'BBC', 'HOUSE'] as const) {
        const expected = checkDocument(storyDocumentOf(weak[1]!), { profile: profile.toLowerCase() })
        expect(await findings(`(profile: ${profile})`), profile).toEqual(expected.map(({ rule, severity }) => ({ rule, severity: severity.toUpperCase() })))
      }
    })

    it('cost the same number of SQL statements for one story and for thirty', async () => {
      const counts: number[] = []
      for (const first of [1, 30]) {
        const statements = await newsroom.statementsOf(async () => expect((await newsroom.readAsStaff(`{ stories(first: ${first}) { nodes { findings { rule waiver { by } } waivers { by } } } }`)).errors).toBeUndefined())
        counts.push(statements.length)
      }
      expect(counts[1]).toBe(counts[0])
    })
  })

  describe('across the archive', () => {
    interface Page { nodes: { rule: string; severity: string; exact: string; story: { slug: string; desk: string } }[]; edges: { cursor: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
    const page = async (args: string): Promise<Page> => {
      const { data, errors } = await newsroom.readAsStaff(`{ findings${args} { nodes { rule severity exact story { slug desk } } edges { cursor } pageInfo { hasNextPage endCursor } } }`)
      expect(errors).toBeUndefined()
      return data!['findings']
    }
    const all = async (filter: string, first: number) => {
      const found: Page['nodes'] = []
      for (let after: string | null = null, pages = 0; pages < 200; pages += 1) {
        const { nodes, pageInfo }: Page = await page(`(first: ${first}, filter: {${filter}}${after ? `, after: "${after}"` : ''})`)
        expect(nodes.length).toBeLessThanOrEqual(first)
        found.push(...nodes)
        if (!pageInfo.hasNextPage) return found
        after = pageInfo.endCursor
      }
      throw new Error('no end')
    }

    it('come in pages of any size, each once and none left out', async () => {
      const expected = [...weak, story(1)].map((document) => checkDocument(storyDocumentOf(document)).length).reduce((sum, count) => sum + count)
      const whole = await all('', 100)
      expect(whole).toHaveLength(expected)
      expect(await all('', 7)).toEqual(whole)
      expect(await all('', 2)).toEqual(whole)
    })

    it('can be asked for by rule, severity, desk, journalist and time', async () => {
      expect(await all('rules: ["bare-source-descriptor"]', 100)).toHaveLength(30)
      expect((await all('severities: [ERROR]', 9)).map(({ rule }) => rule)).toEqual(Array.from({ length: 30 }, () => 'bare-source-descriptor'))
      expect(await all('severities: [ERROR], desks: ["World"]', 4)).toHaveLength(10)
      expect(await all('severities: [ERROR], journalist: "linh-vo"', 4)).toHaveLength(6)
      expect(await all('severities: [ERROR], since: "2026-03-10T12:00:00Z"', 100)).toHaveLength(30)
      expect(await all('severities: [ERROR], since: "2026-03-10T12:00:01Z"', 100)).toEqual([])
      expect((await newsroom.readAsStaff('{ findings(filter: {rules: ["no-such-rule"]}) { nodes { rule } } }')).errors![0]).toMatchObject({ message: expect.stringContaining('no-such-rule'), extensions: { code: 'BAD_USER_INPUT' } })
      expect((await newsroom.readAsStaff('{ findings(first: 101) { nodes { rule } } }')).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
    })

    it('leave out what is waived, unless it is asked for', async () => {
      const { data } = await newsroom.readAsStaff('{ story(slug: "weak-02") { id } }')
      await waiveErrors(newsroom, data!['story'].id)
      expect(await all('severities: [ERROR]', 100)).toHaveLength(29)
      expect(await all('severities: [ERROR], includeWaived: true', 100)).toHaveLength(30)
    })

    it('cost three SQL statements with the token\'s, however many come', async () => {
      for (const first of [1, 100]) expect(await newsroom.statementsOf(() => page(`(first: ${first})`)), String(first)).toHaveLength(3)
    })
  })

  describe('of what is not stored', () => {
    /** Asks for something small, again and again, until the other is answered: as often as not, if nobody is held up. */
    const served = async (isDone: () => boolean) => {
      let count = 0
      for (const start = performance.now(); !isDone(); count += 1) {
        expect((await fetch(`${newsroom.url}/healthz`)).status).toBe(200)
        await new Promise((resolve) => setTimeout(resolve, 50))
        if (performance.now() - start > 2_000) expect(count).toBeGreaterThan(3)
      }
    }

    it('come for a document, and its errors where it is none', async () => {
      const ask = async (document: object) => (await newsroom.readAsStaff('query ($document: StoryDocument!) { checkDocument(document: $document) { findings { rule severity exact range { prefix } story { slug } } errors { message path } } }', { document })).data!['checkDocument']
      const { findings, errors } = await ask(weak[0]!)
      expect(errors).toEqual([])
      expect(findings[0]).toEqual({ rule: 'bare-source-descriptor', severity: 'ERROR', exact: 'sources said', range: { prefix: expect.any(String) }, story: null })
      expect(await ask({ ...weak[0]!, attributions: [{ key: 'a', speech: 'INDIRECT', content: [{ paragraph: 9, start: 0, end: 1 }] }] })).toMatchObject({ findings: [], errors: [{ path: 'attributions[0].content[0]' }] })
      const before = await (await newsroom.database.prisma()).story.count()
      expect(await (await newsroom.database.prisma()).story.count()).toBe(before)
    })

    const checkText = (text: string) => newsroom.readAsStaff('query ($text: String!) { checkText(text: $text) { findings { rule severity isQuestion exact range { exact } } document notes { code message } } }', { text })

    it('come for a plain text, as questions: nothing that nobody confirmed is an error', async () => {
      const { data, errors } = await checkText('Bridge to close\n\nThe bridge will close in May, sources said. It is unsafe, an official told the Tidewater Post.')
      expect(errors).toBeUndefined()
      const { findings, document, notes } = data!['checkText']
      expect(findings.map(({ rule }: { rule: string }) => rule)).toContain('bare-source-descriptor')
      expect(findings.filter(({ severity }: { severity: string }) => severity === 'ERROR')).toEqual([])
      expect(document.paragraphs).toHaveLength(2)
      expect(notes).toEqual([])
      expect((await checkText('')).data!['checkText'].notes.map(({ code }: { code: string }) => code)).toEqual(['EMPTY_TEXT'])
    }, 60_000)

    it.each([
      ['quotation marks', '“'.repeat(1_000_000)],
      ['brackets and quotes that never close', '("['.repeat(350_000)],
      ['one long word', 'a'.repeat(1_000_000)],
      ['one sentence without an end', 'and sources said '.repeat(60_000)],
      ['blank lines', '\n\n'.repeat(500_000)],
      ['combining marks', `e${'\u0301'.repeat(1_000_000)}`],
    ])('answer a megabyte of %s, or refuse it, while everybody else is served', async (_, text) => {
      let isDone = false
      const answer = checkText(text).finally(() => { isDone = true })
      await served(() => isDone)
      const { status, data, errors } = await answer
      expect(status).toBe(200)
      if (errors) expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT')
      else expect(data!['checkText'].findings.filter(({ severity }: { severity: string }) => severity === 'ERROR')).toEqual([])
    }, 60_000)

    it.each([['quotation marks', '“'.repeat(90_000)], ['digits', '1,'.repeat(45_000)]])('come for a document of %s, or its refusal, while everybody else is served', async (_, text) => {
      let isDone = false
      const answer = newsroom.readAsStaff('query ($document: StoryDocument!) { checkDocument(document: $document) { findings { rule } errors { path } } }', { document: { ...weak[0]!, paragraphs: [...weak[0]!.paragraphs, { text }] } }).finally(() => { isDone = true })
      await served(() => isDone)
      const { status, data, errors } = await answer
      expect(status).toBe(200)
      expect(errors ? errors[0]!.extensions.code : data!['checkDocument'].errors).toEqual(errors ? 'BAD_USER_INPUT' : [])
    }, 60_000)

    it('are refused for more than four megabytes', async () => {
      expect(await checkText('x'.repeat(4 * 1024 * 1024))).toMatchObject({ status: 413, errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] })
    })

    it('come for a document that is too large for the event loop, the same as for a small one', async () => {
      const filler = Array.from({ length: 300 }, (_, n) => ({ text: `The ferry number ${n} sails to the islands and back again. `.repeat(10).trim() }))
      const document = { ...weak[0]!, paragraphs: [...weak[0]!.paragraphs, ...filler] }
      const { data, errors } = await newsroom.readAsStaff('query ($document: StoryDocument!) { checkDocument(document: $document) { findings { rule fingerprint } errors { message } } }', { document })
      expect(errors ?? data!['checkDocument'].errors).toEqual([])
      expect(data!['checkDocument'].findings).toEqual(checkDocument(storyDocumentOf(document)).map(({ rule, fingerprint }) => ({ rule, fingerprint })))
    }, 60_000)
  })

  it('can be looked up by rule: what it flags, why, since when, how severe in which profile, and who may waive it', async () => {
    const { data, errors } = await newsroom.readAsStaff('{ rules { id title severity severities { profile severity } flags why advice policy since isWaivable waivableBy needsVault flaggedExample fineExample options { name value help } } ap: rules(profile: AP) { id severity } }')
    expect(errors).toBeUndefined()
    expect(data!['rules'].map(({ id }: { id: string }) => id)).toEqual(rules.list().map(({ id }) => id).toSorted())
    const rule = (id: string) => data!['rules'].find((each: { id: string }) => each.id === id)
    expect(rule('gendered-pronoun-for-anonymous')).toMatchObject({ severity: 'ERROR', isWaivable: false, waivableBy: [] })
    expect(rule('bare-source-descriptor')).toMatchObject({ isWaivable: true, waivableBy: ['EDITOR', 'STANDARDS_EDITOR', 'ADMIN'], since: expect.any(String), policy: expect.stringContaining('AP') })
    expect(rule('missing-anonymity-reason').severities).toContainEqual({ profile: 'AP', severity: 'ERROR' })
    expect(data!['ap']).toContainEqual({ id: 'boilerplate-anonymity-reason', severity: null })
  })

  it('are summed up in a report on who carries a story', async () => {
    const { data: found } = await newsroom.readAsStaff('{ story(slug: "harbor-plan-1") { id } }')
    const { data, errors } = await newsroom.readAsStaff(`{ attributionReport(storyId: "${found!['story'].id}") { cast { sourceKey kind label attributions headcount { min max } hasPublishedReason isConfirmed } anonymousPeople { min max } attributions named anonymous other namedShare anonymousShare
      singleSourceClaims { claimKey text source isAnonymous } outstandingRequests { requestKey party outcome isReported } isSingleAnonymous } }`)
    expect(errors).toBeUndefined()
    const expected = attributionReport(storyDocumentOf(story(1)))
    expect(data!['attributionReport']).toMatchObject({
      cast: expected.cast.map(({ source: sourceKey, ...line }) => ({ sourceKey, ...line })), anonymousPeople: expected.anonymousPeople, attributions: expected.attributions.total, anonymousShare: expected.attributions.anonymousShare,
      singleSourceClaims: expected.singleSourceClaims.map(({ claim: claimKey, ...claim }) => ({ claimKey, ...claim })), isSingleAnonymous: expected.isSingleAnonymous,
    })
    expect((await newsroom.readAsStaff(`{ attributionReport(storyId: "${Buffer.from('Story:00000000-0000-4000-8000-000000000000').toString('base64url')}") { attributions } }`)).data).toEqual({ attributionReport: null })
  })

  it('tell the same by filter: stories that rest on one unnamed person, or on unnamed people only', async () => {
    const one = 'The tunnel will open in May, a person in the works department said.'
    const at = (part: string) => ({ paragraph: 1, start: one.indexOf(part), end: one.indexOf(part) + part.length })
    await newsroom.add(weakStory('one-person', {
      paragraphs: [{ role: 'HEADLINE', text: 'Tunnel to open' }, { text: one }], publication: { firstPublishedAt: '2026-02-01T08:00:00Z' }, desk: 'Tunnels',
      sources: [{ key: 's', kind: 'ANONYMOUS', descriptor: 'a person in the works department', descriptorRange: at('a person in the works department'), headcount: { min: 1, exact: 1, range: at('a person') } }],
      attributions: [{ key: 'a', source: 's', speech: 'INDIRECT', content: [at('The tunnel will open in May')], cue: at('said'), mention: at('a person in the works department'), mentionForm: 'DESCRIPTION' }],
    }))
    const slugs = async (sourcing: string) => (await newsroom.readAsStaff(`{ stories(first: 100, filter: {sourcing: ${sourcing}}) { nodes { slug } } }`)).data!['stories'].nodes.map((node: { slug: string }) => node.slug).toSorted()
    expect(await slugs('SINGLE_ANONYMOUS')).toEqual(['one-person'])
    expect(await slugs('ANONYMOUS_ONLY')).toEqual(['one-person', ...weak.map((each) => each.slug)])
    const { data } = await newsroom.readAsStaff('{ anonymousSourcing { desk month stories attributions anonymous anonymousShare } none: anonymousSourcing(desks: ["Nowhere"]) { desk } old: anonymousSourcing(before: "2026-02-15T00:00:00Z") { desk } }')
    expect(data).toMatchObject({ anonymousSourcing: [{ desk: 'Tunnels', month: '2026-02-01', stories: 1, attributions: 1, anonymous: 1, anonymousShare: 1 }, { desk: 'Metro', month: '2026-03-01', stories: 1, anonymous: 2 }], none: [], old: [{ desk: 'Tunnels' }] })
    expect((await newsroom.read('{ stories(filter: {sourcing: SINGLE_ANONYMOUS}) { nodes { slug } } }')).errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  it('agree, in that filter, with the report on every story of the demo', async () => {
    const demo = await TestNewsroom.open()
    await fillWithDemo(demo.database, demo.sources)
    const { data } = await demo.readAsStaff('{ stories(first: 100, filter: {sourcing: SINGLE_ANONYMOUS}) { nodes { slug } } }')
    expect(data!['stories'].nodes.map((node: { slug: string }) => node.slug).toSorted()).toEqual(demoDocuments(demo.now).filter((document) => attributionReport(document).isSingleAnonymous).map(({ slug }) => slug).toSorted())
    await demo.close()
  }, 60_000)

  it('are in no type, field or argument of the public contract', async () => {
    const names = Object.keys(schemas().PUBLIC.getTypeMap()).join(' ')
    expect(names).not.toMatch(/Finding|Waiver|Rule\b|Severity|AttributionReport|Check/)
    for (const query of ['{ findings { nodes { rule } } }', '{ rules { id } }', '{ story(slug: "harbor-plan-1") { findings { rule } } }', '{ story(slug: "harbor-plan-1") { waivers { by } } }', '{ checkText(text: "x") { document } }']) {
      expect((await newsroom.read(query)).errors![0]!.extensions.code, query).toBe('GRAPHQL_VALIDATION_FAILED')
    }
    const answer = await newsroom.ask(PATHS.NEWSROOM, '{ findings { nodes { rule } } }', undefined, {})
    expect([answer.status, answer.data ?? null]).toEqual([401, null])
  })
})

describe('the demo newsroom', () => {
  it('has published nothing with an error that nobody waived; its draft has one', async () => {
    const newsroom = await TestNewsroom.open()
    await fillWithDemo(newsroom.database, newsroom.sources)
    const drafts = demoDocuments(newsroom.now).filter(({ publication }) => !publication).map(({ slug }) => slug)
    const { data, errors } = await newsroom.readAsStaff('{ findings(first: 100, filter: {severities: [ERROR]}) { nodes { story { slug } } pageInfo { hasNextPage } } waived: findings(first: 100, filter: {severities: [ERROR], includeWaived: true}) { nodes { waiver { reason note by } } } }')
    expect(errors).toBeUndefined()
    expect(data!['findings'].pageInfo.hasNextPage).toBe(false)
    expect(data!['findings'].nodes.filter((node: { story: { slug: string } }) => !drafts.includes(node.story.slug))).toEqual([])
    expect(data!['waived'].nodes.some((node: { waiver: object | null }) => node.waiver)).toBe(true)
    await newsroom.close()
  }, 60_000)
})

describe('the stories of the tests', () => {
  it('can be published as they are', () => {
    expect(checkDocument(storyDocumentOf(story(1))).filter(({ severity }) => severity === 'error')).toEqual([])
  })
})
