import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schemas } from '../../src/graphql/schemas.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { walk } from '../support/schema-walk.js'

const STORIES = 50

describe('the number of SQL statements', () => {
  let newsroom: TestNewsroom
  let filed: string
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(story(0))
    for (let n = 1; n < STORIES; n += 1) {
      await newsroom.add(story(n, {
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
    const { id, quotes } = (await newsroom.read('{ story(slug: "harbor-plan-1") { id quotes { id } } }')).data!['story']
    for (let n = 0; n < STORIES; n += 1) {
      await newsroom.readAsStaff(`mutation { openChallenge(input: {storyId: "${id}", quoteId: "${quotes[0].id}", complainant: "Reader ${n}", complaint: "Not said."}) { errors { code } } }`)
      await newsroom.readAsStaff(`mutation { findOrCreatePerson(input: {name: "Person ${n}", affiliation: {organizationId: "${issuer}", title: "member"}}) { created } }`)
    }
  }, 60_000)
  afterAll(() => newsroom.close())

  for (const contract of ['PUBLIC', 'NEWSROOM'] as const) {
    it(`is the same for 1 row and for ${STORIES}, for every field of the ${contract.toLowerCase()} contract (I10)`, async () => {
      const ask = (query: string) => (contract === 'PUBLIC' ? newsroom.read(query) : newsroom.readAsStaff(query))
      const ids = (await newsroom.read(`{ stories(first: ${STORIES}) { nodes { id } } }`)).data!['stories'].nodes.map((node: { id: string }) => node.id) as string[]
      const fields = walk(schemas()[contract], {
        story: 'slug: "harbor-plan-1"', tombstone: 'slug: "harbor-plan-1"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"',
        personEntry: 'key: "ada-quill"', organizationEntry: 'key: "port"', filedStatement: `id: "${filed}"`, findExcerpts: `statementId: "${filed}", storyId: "${ids[0]}"`,
        search: 'query: "harbor"', extractStory: `text: "“It is cold,” Ada Quill said. Two officials briefed on the plan said it is late."`, attributionReport: `storyId: "${ids[0]}"`, checkText: 'text: "The sale is off, sources said."', checkDocument: 'document: {onrecord: 1, slug: "x", desk: "Metro", paragraphs: [{text: "The first ferry in the world sails on Friday."}]}', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}`,
      })
      expect(fields.length).toBeGreaterThan(150)
      await newsroom.token('EDITOR')
      const token = contract === 'NEWSROOM' ? 1 : 0
      for (const { path, query } of fields) {
        const counts: number[] = []
        for (const first of [1, STORIES]) {
          let answer
          const statements = await newsroom.statementsOf(async () => { answer = await ask(query(first)) })
          expect(answer, query(first)).toMatchObject({ status: 200, data: expect.anything() })
          expect(answer, query(first)).not.toHaveProperty('errors')
          counts.push(statements.length - token)
        }
        expect(counts[1], `${path}: ${query(STORIES)}`).toBe(counts[0])
        // A list, and at most one more statement for each list or story below it.
        expect(counts[0], path).toBeLessThanOrEqual(path.split('.').length)
      }
    }, 120_000)
  }

  it('of a whole story is one', async () => {
    const whole = `{ story(slug: "harbor-plan-3") { id slug headline paragraphs { text segments { text marks { kind } } } quotes { text speaker { name title organization { name } } excerpt { exact start } }
      attributions { text source { label } antecedent { text } nested { text } } anonymousAttributions { descriptor anonymousSource { headcount { min exact } reason { text } } }
      officialStatements { issuer { name } fullText } topics { name } bylines { name } media { uri caption { text } } requestsForComment { outcomeLine { exact } } outletCredits { outlet { name } } } }`
    expect(await newsroom.statementsOf(async () => expect((await newsroom.read(whole)).errors).toBeUndefined())).toHaveLength(1)
  })
})
