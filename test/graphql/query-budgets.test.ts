import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putOnFile } from '../../src/agreements/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { walk } from '../support/schema-walk.js'
import { makeKey } from '../../src/vault/seal/index.js'
import { TestVault } from '../vault/people.js'

const STORIES = 50

describe('the number of SQL statements', () => {
  let newsroom: TestNewsroom
  let filed: string
  let partner: string
  let webhook: string
  let proof: string
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    // Public by the words "The mayor declined to comment".
    const people = story(0).people!.map((person) => (person.key === 'mayor-lund' ? { ...person, aliases: ['the mayor'] } : person))
    await newsroom.add(story(0, { people }))
    for (let n = 1; n < STORIES; n += 1) {
      await newsroom.add(story(n, {
        people,
        evolvedFrom: 'harbor-plan-0', translationOf: 'harbor-plan-0', parent: 'harbor-plan-0',
        topics: [{ code: `medtop:2000${String(n).padStart(4, '0')}`, name: `Topic ${n}` }, { code: 'medtop:04000000', name: 'economy, business and finance' }],
        journalists: [{ key: 'sam-reyes', name: 'Sam Reyes' }, { key: 'editor-vo', name: 'Linh Vo' }, { key: `writer-${n}`, name: `Writer ${n}` }], bylines: [{ journalist: 'sam-reyes' }, { journalist: `writer-${n}` }],
      }))
    }
  })
  beforeAll(async () => {
    const issuer = Buffer.from('Organization:port').toString('base64url')
    for (let n = 0; n < STORIES; n += 1) {
      filed = (await newsroom.readAsStaff(`mutation { fileStatement(input: {issuerId: "${issuer}", channel: EMAIL, text: "We will build berth 1. Copy ${n}."}) { statement { id } } }`)).data!['fileStatement'].statement.id
    }
    const add = (n: number) => `createPartner(input: {name: "Partner ${n}", dutyContact: {phone: "+1 555 0100"}}) { partner { id } }`
    for (let n = 0; n < STORIES; n += 1) {
      partner = (await newsroom.readAsStaff(`mutation { ${add(n)} }`, undefined, 'ADMIN')).data!['createPartner'].partner.id
      await newsroom.readAsStaff(`mutation { setPartnerContract(input: {partnerId: "${partner}", allDesks: true, allTopics: true, wholeArchive: true}) { errors { code } } }`, undefined, 'ADMIN')
      const { id: keyId } = (await newsroom.readAsStaff(`mutation { issuePartnerKey(input: {partnerId: "${partner}", label: "x"}) { partnerKey { id } } }`, undefined, 'ADMIN')).data!['issuePartnerKey'].partnerKey
      await newsroom.readAsStaff(`mutation { rotatePartnerKey(input: {keyId: "${keyId}", overlapHours: 1}) { errors { code } } }`, undefined, 'ADMIN')
    }
    const { id, quotes } = (await newsroom.read('{ story(slug: "harbor-plan-1") { id quotes { id } } }')).data!['story']
    for (let n = 0; n < STORIES; n += 1) {
      await newsroom.readAsStaff(`mutation { openChallenge(input: {storyId: "${id}", quoteId: "${quotes[0].id}", complainant: "Reader ${n}", complaint: "Not said."}) { errors { code } } }`)
      await newsroom.readAsStaff(`mutation { findOrCreatePerson(input: {name: "Person ${n}", affiliation: {organizationId: "${issuer}", title: "member"}}) { created } }`)
    }
    const { nodes } = (await newsroom.readAsStaff(`{ stories(first: ${STORIES}) { nodes { id sources { key kind } attributions { id source { key } } } } }`)).data!['stories']
    const uuid = (id: string) => Buffer.from(id, 'base64url').toString().split(':')[1]!
    for (const [n, node] of nodes.entries()) {
      const source = node.sources.find((entry: { kind: string }) => entry.kind === 'ANONYMOUS').key
      const present = node.attributions.filter((entry: any) => entry.source?.key === source).map((entry: { id: string }) => uuid(entry.id))
      const [at, id] = ['2026-03-02T08:00:00.000Z', `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`]
      const on = { id, storyId: uuid(node.id), source, recordedAt: at, recordedBy: 'Rita Holm', role: 'REPORTER', revision: 1 } as const
      await putOnFile(newsroom.database, 'agreements', { ...on, terms: 'BACKGROUND', reason: 'Would be dismissed.', grantedBy: 'sam-reyes', grantedByName: 'Sam Reyes', agreedAt: at, editorKnowsIdentity: true, heldOffSystem: false })
      await putOnFile(newsroom.database, 'groundRules', { ...on, attributions: present, terms: 'BACKGROUND', note: null, agreedAt: at })
      await putOnFile(newsroom.database, 'approvals', { ...on, use: 'All.', attributions: present, present, approvedBy: 'editor-vo', approvedByName: 'Linh Vo', channel: 'PHONE', knowsIdentity: true, approvedAt: at, recordedByKey: null, revokedAt: null, revokedBy: null, revokedInRevision: null })
      await putOnFile(newsroom.database, 'changes', { id, storyId: on.storyId, source, attributions: present, due: null, recordedOn: '2026-03-02', recordedBy: 'Ruth Kessler', revision: 1 })
    }
  }, 60_000)
  beforeAll(async () => {
    const vault = new TestVault(newsroom)
    const admin = { name: 'admin', token: await newsroom.token('ADMIN'), key: await makeKey('admin', 'MEMBER') }
    await vault.register(admin)
    for (let n = 0; n < STORIES; n += 1) await vault.record(admin)
    const { fingerprint, at, signature } = vault.prove('LIST', null, admin.key)
    proof = `proof: {fingerprint: "${fingerprint}", at: "${at}", signature: "${signature}"}`
  }, 60_000)
  beforeAll(async () => {
    const prisma = await newsroom.database.prisma()
    const [partners, stories] = [await prisma.partner.findMany(), await prisma.story.findMany({ orderBy: { slug: 'asc' } })]
    const endpoints = partners.map(({ id: partnerId }) => ({ id: randomUUID(), partnerId, url: 'https://desk.example/', events: ['KILLED' as const], secret: 'x', createdAt: newsroom.now, createdBy: 'admin' }))
    webhook = Buffer.from(`Webhook:${endpoints[0]!.id}`).toString('base64url')
    await prisma.webhookEndpoint.createMany({ data: endpoints })
    await prisma.webhookDelivery.createMany({ data: stories.map(({ id: storyId }) => ({ id: randomUUID(), endpointId: endpoints[0]!.id, storyId, ordinal: 9, kind: 'KILLED' as const, version: 1, at: newsroom.now, nextAttemptAt: newsroom.now, since: newsroom.now })) })
    await prisma.storyTaking.createMany({ data: partners.flatMap(({ id: partnerId }) => stories.map(({ id: storyId }) => ({ storyId, partnerId, version: 1, way: 'FETCHED' as const, firstAt: newsroom.now, lastAt: newsroom.now }))) })
    for (const { id } of partners) await notify(id)
  })
  afterAll(() => newsroom.close())
  /** A correction of every story that a partner must acknowledge. */
  const notify = async (partnerId: string) => {
    const stories = await (await newsroom.database.prisma()).story.findMany()
    await (await newsroom.database.prisma()).notice.createMany({ data: stories.map(({ id: storyId }) => ({ id: randomUUID(), partnerId, storyId, ordinal: 9, kind: 'CORRECTED' as const, version: 1, at: newsroom.now, isEmbargoed: false })) })
  }

  for (const [viewer, contract] of [['a reader', 'PUBLIC'], ['a partner', 'PUBLIC'], ['staff', 'NEWSROOM']] as const) {
    it(`is the same for 1 row and for ${STORIES}, for every field that ${viewer} may ask for (I10)`, async () => {
      const key = viewer === 'a partner' ? await newsroom.partnerKey({ desks: ['Metro', 'World'], topics: ['medtop:04000000'], archiveDays: 1000, embargoAccess: 'ADVANCE' }) : ''
      if (key) await notify((await (await newsroom.database.prisma()).partner.findFirstOrThrow({ where: { name: 'Bay Radio' } })).id)
      const ask = (query: string) => (viewer === 'a reader' ? newsroom.read(query) : viewer === 'a partner' ? newsroom.readAsPartner(key, query) : newsroom.readAsStaff(query, undefined, 'ADMIN'))
      const ids = (await newsroom.read(`{ stories(first: ${STORIES}) { nodes { id } } }`)).data!['stories'].nodes.map((node: { id: string }) => node.id) as string[]
      const fields = walk(schemas()[contract], {
        story: 'slug: "harbor-plan-1"', tombstone: 'slug: "harbor-plan-1"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"',
        personEntry: 'key: "ada-quill"', organizationEntry: 'key: "port"', filedStatement: `id: "${filed}"`, partner: `id: "${partner}"`, webhookDeliveries: `webhookId: "${webhook}"`, findExcerpts: `statementId: "${filed}", storyId: "${ids[0]}"`,
        vaultRecords: proof, search: 'query: "harbor"', extractStory: `text: "“It is cold,” Ada Quill said. Two officials briefed on the plan said it is late."`, attributionReport: `storyId: "${ids[0]}"`, checkText: 'text: "The sale is off, sources said."', checkDocument: 'document: {onrecord: 1, slug: "x", desk: "Metro", paragraphs: [{text: "The first ferry in the world sails on Friday."}]}', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}`,
      })
      expect(fields.length).toBeGreaterThan(150)
      await newsroom.token('ADMIN')
      // Who asks is one statement more.
      const token = viewer === 'a reader' ? 0 : 1
      for (const { path, query } of fields) {
        const counts: number[] = []
        for (const first of [1, STORIES]) {
          let answer
          const statements = await newsroom.statementsOf(async () => { answer = await ask(query(first)) })
          expect(answer, query(first)).toMatchObject({ status: 200, data: expect.anything() })
          expect(answer, query(first)).not.toHaveProperty('errors')
          // A partner's answer is written down in one, whatever it holds; none of it is for anybody else.
          const recorded = statements.filter((text) => text.includes('INSERT INTO "StoryTaking"')).length
          expect(recorded, path).toBeLessThanOrEqual(viewer === 'a partner' ? 1 : 0)
          counts.push(statements.length - token - recorded)
        }
        expect(counts[1], `${path}: ${query(STORIES)}`).toBe(counts[0])
        // A list, and at most one more statement for each list or story below it.
        // What is asked of the vault under a key is answered in a transaction, with the member locked.
        expect(counts[0], path).toBeLessThanOrEqual(path.split('.').length + (path.startsWith('Query.vaultRecords') ? 2 : 0))
      }
    }, 120_000)
  }

  it('of a whole story is one', async () => {
    const whole = `{ story(slug: "harbor-plan-3") { id slug headline paragraphs { text segments { text marks { kind } } } quotes { text speaker { name title organization { name } } excerpt { exact start } }
      attributions { text source { label } antecedent { text } nested { text } } anonymousAttributions { descriptor anonymousSource { headcount { min exact } reason { text } } }
      officialStatements { issuer { name } fullText } topics { name } bylines { name } media { uri caption { text } } requestsForComment { outcomeLine { exact } } outletCredits { outlet { name } } } }`
    expect(await newsroom.statementsOf(async () => expect((await newsroom.read(whole)).errors).toBeUndefined())).toHaveLength(1)
  })

  it('of lists that are asked for at the same time is one', async () => {
    let answer: any
    const lists = `{ stories(first: 3) { nodes { slug quotes(first: 2) { text } } } quotes(first: 4, filter: {speaker: "ada-quill"}) { nodes { text story { slug } } } topics(first: 2) { nodes { code } } other: quotes(first: 2, orderBy: OLDEST) { nodes { text } } }`
    expect(await newsroom.statementsOf(async () => { answer = await newsroom.read(lists) })).toHaveLength(1)
    expect(answer.errors).toBeUndefined()
    // As each of them alone.
    for (const [alias, query] of [['stories', '{ stories(first: 3) { nodes { slug quotes(first: 2) { text } } } }'], ['quotes', '{ quotes(first: 4, filter: {speaker: "ada-quill"}) { nodes { text story { slug } } } }'], ['topics', '{ topics(first: 2) { nodes { code } } }'], ['other', '{ other: quotes(first: 2, orderBy: OLDEST) { nodes { text } } }']] as const) {
      expect((await newsroom.read(query)).data![alias]).toEqual(answer.data[alias])
    }
  })

  it('of somebody with their lists is one, however they are asked for', async () => {
    const first = await newsroom.read('{ person(key: "ada-quill") { quotes(first: 2) { nodes { id } pageInfo { endCursor } } } }')
    const { endCursor } = first.data!['person'].quotes.pageInfo
    const asked: Record<string, string> = {
      'a page': `query ($after: String) { person(key: "ada-quill") { name quotes(first: 2, after: $after) { nodes { id } } } }`,
      'through fragments, twice': `query ($after: String) { person(key: "ada-quill") { ... { more: quotes(first: 2, after: $after) { nodes { id } } } ...L } } fragment L on Person { stories(first: 3) { nodes { slug } } attributions(first: 1) { nodes { id } } }`,
      'an organization': '{ organization(key: "port") { name quotes(first: 1) { nodes { id } } officialStatements(first: 1) { nodes { id } } stories(first: 1) { nodes { slug } } } }',
      'a topic': '{ topic(code: "medtop:04000000") { name stories(first: 2) { nodes { slug } } } }',
      'a journalist': '{ journalist(key: "sam-reyes") { name stories(first: 2) { nodes { slug } } } }',
      'nobody': '{ person(key: "nobody") { name quotes(first: 2) { nodes { id } } } }',
    }
    for (const [what, query] of Object.entries(asked)) {
      let answer: any
      const asks = await newsroom.statementsOf(async () => { answer = await newsroom.read(query, { after: endCursor }) })
      expect(answer.errors, what).toBeUndefined()
      expect(asks, what).toHaveLength(1)
    }
    // Keys go as they are: of several lists each has its own.
    const apart = await newsroom.read('{ none: person(key: "ada-quill,mayor-lund") { quotes(first: 2) { nodes { id } } } one: person(key: "ada-quill") { key quotes(first: 1) { nodes { speaker { person { key } } } } } two: person(key: "mayor-lund") { key quotes(first: 1) { nodes { speaker { person { key } } } } } }')
    expect(apart).toMatchObject({ data: { none: null, one: { key: 'ada-quill', quotes: { nodes: [{ speaker: { person: { key: 'ada-quill' } } }] } }, two: { key: 'mayor-lund' } } })
    // What is left out is not read.
    const without = await newsroom.statementsOf(() => newsroom.read('query ($no: Boolean!) { person(key: "ada-quill") { name quotes(first: 2) @include(if: $no) { nodes { id } } ... @skip(if: true) { stories(first: 1) { nodes { slug } } } } }', { no: false }))
    expect(without.map((text) => /"Quote" AS q|stories1/.test(text))).toEqual([false])
    // What is wrong with a list is said where it stands.
    const wrong = await newsroom.read('{ person(key: "ada-quill") { name quotes(first: 2, after: "nonsense") { nodes { id } } } }')
    expect(wrong.errors).toHaveLength(1)
    expect(wrong.errors![0]).toMatchObject({ path: ['person', 'quotes'], extensions: { code: 'BAD_USER_INPUT' } })
  })
})
