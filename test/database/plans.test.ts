import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database, Statement } from '../../src/database/index.js'
import { demoDocuments } from '../../src/demo/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { walk } from '../support/schema-walk.js'

/** Enough that reading all of them costs more than finding some. */
const STORIES = 200
/** Rows of a table that is not worth an index. */
const FEW = 100
/** Statements of staff that count or rank all there is: a period's stories, all requests for comment. */
const REPORTS = /^(desk_months|request_list)_/
/** Indexes that are read in order, as far as a page goes, or hold little: what is still open. */
const IN_ORDER = /_listedAt_|_publishedAt_|_key_key$|^StoryEvent_pkey$|^Notice_open_idx$/

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly Plan[]
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

describe('the plan of every statement that a query runs', () => {
  let newsroom: TestNewsroom
  const asked = new Map<string, { statement: Statement; values: readonly unknown[] }>()
  const listening = (database: Database): Database => ({
    ...database,
    // The database's own properties are made where they are used.
    prisma: () => database.prisma(),
    query: (statement, values) => {
      asked.set(statement.text, { statement, values })
      return database.query(statement, values)
    },
  })

  beforeAll(async () => {
    newsroom = await TestNewsroom.open({ database: listening })
    await newsroom.add(...demoDocuments(newsroom.now), ...Array.from({ length: STORIES }, (_, n) => story(n + 1)))
    await newsroom.database.query({ name: 'analyze', text: 'ANALYZE' }, [])
  }, 120_000)
  afterAll(() => newsroom.close())

  it.each(['PUBLIC', 'PARTNER', 'NEWSROOM'] as const)('reads no whole table, for %s', async (viewer) => {
    const key = viewer === 'PARTNER' ? await newsroom.partnerKey({ desks: ['Metro'], topics: ['medtop:04000000'], archiveDays: 3000 }) : undefined
    const ask = (query: string) => (key !== undefined ? newsroom.readAsPartner(key, query) : viewer === 'PUBLIC' ? newsroom.read(query) : newsroom.readAsStaff(query))
    const ids: string[] = (await newsroom.read('{ stories(first: 5) { nodes { id } } }')).data!['stories'].nodes.map((node: { id: string }) => node.id)
    const roots = {
      story: 'slug: "harbor-plan-1"', tombstone: 'slug: "harbor-plan-1"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "harbor"', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids.slice(0, 3))}`,
      personEntry: 'key: "ada-quill"', organizationEntry: 'key: "port"', filedStatement: `id: "${ids[0]}"`, partner: `id: "${ids[0]}"`, webhookDeliveries: `webhookId: "${ids[0]}"`, findExcerpts: `statementId: "${ids[0]}", storyId: "${ids[0]}"`, vaultRecords: 'key: "none"',
      extractStory: 'text: "It is late."', checkText: 'text: "It is late."', checkDocument: 'document: {onrecord: 1, slug: "x", desk: "Metro", paragraphs: []}', attributionReport: `storyId: "${ids[0]}"`,
    }
    const large = new Set((await newsroom.database.query<{ name: string }>({ name: 'large', text: `SELECT c."relname" AS name FROM pg_class AS c WHERE c."relkind" = 'r' AND c."reltuples" >= ${FEW} AND c."relnamespace" = current_schema()::regnamespace` }, [])).map(({ name }) => name))
    expect(large.size).toBeGreaterThan(15)
    asked.clear()
    for (const { query, path } of walk(schemas()[viewer === 'NEWSROOM' ? 'NEWSROOM' : 'PUBLIC'], roots)) if (!/^Query\.(check|extract|rules|vault)/.test(path)) await ask(query(2))
    expect(asked.size).toBeGreaterThan(20)
    const wrong: string[] = []
    for (const { statement, values } of asked.values()) {
      if (!/^\s*(SELECT|WITH)\b/i.test(statement.text) || REPORTS.test(statement.name)) continue
      // With little in a table its plan would read all of it; what has no other way still does.
      const [row] = await newsroom.database.transaction(async (on) => {
        for (const way of ['seqscan', 'mergejoin', 'hashjoin']) await on.query({ name: `no_${way}`, text: `SET LOCAL enable_${way} = off` }, [])
        return on.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>({ name: `explain_${statement.name}`, text: `EXPLAIN (FORMAT JSON) ${statement.text}`, isOnce: true }, values)
      })
      for (const node of nodesOf(row!['QUERY PLAN'][0]!.Plan)) {
        const table = node['Relation Name']
        if (table === undefined || !large.has(table)) continue
        if (node['Node Type'] === 'Seq Scan') wrong.push(`${statement.name} reads all of ${table}`)
        // In the order of a list it stops at the page's end.
        else if (/^Index/.test(node['Node Type']) && node['Index Cond'] === undefined && !IN_ORDER.test(node['Index Name'] ?? '')) wrong.push(`${statement.name} reads all of ${node['Index Name']}`)
      }
    }
    expect([...new Set(wrong)]).toEqual([])
  }, 240_000)
})
