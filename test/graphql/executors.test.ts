import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { execute, getOperationAST, parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { READER } from '../../src/access/index.js'
import { AuditTrail } from '../../src/audit/index.js'
import { HeldRevisions, type Reads } from '../../src/database/read/index.js'
import { demoDocuments } from '../../src/demo/index.js'
import { Checker } from '../../src/findings/index.js'
import { GraphQLContext } from '../../src/graphql/context.js'
import { CursorKey } from '../../src/graphql/cursors.js'
import { readsOf } from '../../src/graphql/look-ahead.js'
import { OperationExecutor } from '../../src/graphql/operation-executor.js'
import { schemas } from '../../src/graphql/schemas.js'
import { Quote } from '../../src/quotes/quote.types.js'
import { StoryExtractor } from '../../src/stories/index.js'
import { randomFrom } from '../bench/speed/made-up-stories.js'
import { story } from '../support/documents.js'
import { madeUpQuery } from '../support/made-up-queries.js'
import { syndicationSettings } from '../../src/syndication/webhooks/index.js'
import { TextWorkers } from '../../src/workers/index.js'
import { TestNewsroom } from '../support/newsroom.js'
import { walk } from '../support/schema-walk.js'

const schema = schemas().PUBLIC
const OFTEN = 2

describe('an answer', () => {
  let newsroom: TestNewsroom
  let ids: string[]
  const workers = new TextWorkers()
  const [extractor, checker] = [new StoryExtractor(workers), new Checker({ workers })]
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(...demoDocuments(newsroom.now), ...[1, 2, 3, 4, 5].map((n) => story(n, n > 1 ? { evolvedFrom: 'harbor-plan-1', translationOf: 'harbor-plan-1', parent: 'harbor-plan-1' } : {})))
    ids = (await newsroom.read('{ stories(first: 20) { nodes { id } } }')).data!['stories'].nodes.map((node: { id: string }) => node.id)
  }, 60_000)
  afterAll(async () => {
    await workers.close()
    await newsroom.close()
  })

  // What is held is for those that look ahead; the others read everything anew.
  const held = new HeldRevisions(300_000)
  const contextOf = (reads?: Reads) => new GraphQLContext({ contract: 'PUBLIC', viewer: READER, now: newsroom.now, database: newsroom.database, cursors: new CursorKey(Buffer.alloc(32, 7)), newId: randomUUID, extractor, checker, audit: new AuditTrail(undefined), syndication: syndicationSettings(Buffer.alloc(32, 7), undefined), reads, held: reads && held })
  const roots = () => ({
    story: 'slug: "harbor-plan-1"', tombstone: 'slug: "harbor-plan-1"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "harbor"', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids.slice(0, 3))}`,
  })

  /** Every answer of the executor against that of graphql-js over whole stories. */
  async function sameEveryTime(executor: OperationExecutor, query: string, variables: Record<string, unknown> = {}): Promise<string> {
    const document = parse(query)
    const operation = getOperationAST(document)!
    const expected = JSON.stringify(await execute({ schema, document, variableValues: variables, contextValue: contextOf() }))
    for (let time = 0; time < OFTEN; time += 1) {
      const context = contextOf(readsOf(schema, document, operation, variables))
      expect(JSON.stringify(await executor.run({ text: query, document, operation, introspects: false, variables }, context)), query).toBe(expected)
      // What was looked ahead for was enough.
      expect(context.reader.reads, query).toBeDefined()
    }
    return expected
  }

  it('is the same from a compiled operation and from parts of stories, for every field', async () => {
    const executor = new OperationExecutor('PUBLIC', schema, OFTEN)
    const fields = walk(schema, roots())
    for (const { query } of fields) await sameEveryTime(executor, query(2))
    expect(executor.compiled).toBeGreaterThan(150)
  }, 240_000)

  it('is the same for operations of any form', async () => {
    const executor = new OperationExecutor('PUBLIC', schema, OFTEN)
    await fc.assert(fc.asyncProperty(fc.integer(), async (seed) => {
      const { query, variables } = madeUpQuery(schema, randomFrom(seed), roots())
      expect(validate(schema, parse(query)), query).toEqual([])
      await sameEveryTime(executor, query, variables as Record<string, unknown>)
    }), { numRuns: 40 })
    expect(executor.compiled).toBeGreaterThan(15)
  }, 180_000)

  it('is the same where it is an error, at any depth and of any variable', async () => {
    const executor = new OperationExecutor('PUBLIC', schema, OFTEN)
    const page = 'query ($first: Int, $after: String, $order: StoryOrder, $from: DateTime) { stories(first: $first, after: $after, orderBy: $order, filter: {publishedFrom: $from}) { nodes { slug } } }'
    for (const variables of [{ first: 0 }, { first: 101 }, { first: 'two' }, { first: 1.5 }, { first: 3e9 }, { after: 'x' }, { after: 7 }, { order: 'BEST' }, { order: null }, { from: 'yesterday' }, { from: {} }, { unknown: 1 }, {}]) await sameEveryTime(executor, page, variables)
    const needs = 'query ($slug: String!, $ids: [ID!]!) { story(slug: $slug) { slug } nodes(ids: $ids) { id } }'
    for (const variables of [{}, { slug: null, ids: [] }, { slug: 's', ids: null }, { slug: 's', ids: [null] }, { slug: 's', ids: 'x' }, { slug: ['s'], ids: [] }]) await sameEveryTime(executor, needs, variables)
    // Errors that stay below a nullable field: which of several are told does not depend on which came first.
    const told = await sameEveryTime(executor, '{ story(slug: "harbor-plan-1") { slug quotes(first: 0) { text } attributions(first: 1) { text } } other: person { name } }')
    expect(JSON.parse(told).errors).toHaveLength(2)
    // One that reaches the top.
    const lost = await sameEveryTime(executor, '{ stories(first: 1) { nodes { slug quotes(first: -1) { text } } } }')
    expect(JSON.parse(lost)).toMatchObject({ data: null, errors: [{ path: ['stories', 'nodes', 0, 'quotes'] }] })
    expect(executor.compiled).toBeGreaterThan(2)
  })

  it('is the same where a value cannot be read, and nothing is left without an answer', async () => {
    const executor = new OperationExecutor('PUBLIC', schema, OFTEN)
    const text = vi.spyOn(Quote.prototype, 'text', 'get').mockImplementation(() => { throw new TypeError('a bug') })
    try {
      const told = await sameEveryTime(executor, '{ quotes(first: 2) { nodes { text } } }')
      expect(JSON.parse(told)).toMatchObject({ data: null, errors: [{ message: 'a bug', path: ['quotes', 'nodes', 0, 'text'] }] })
      await sameEveryTime(executor, '{ story(slug: "harbor-plan-2") { slug quotes(first: 1) { text } } }')
      expect(executor.compiled).toBe(2)
    } finally {
      text.mockRestore()
    }
  }, 20_000)

  it('is the same for the operations that are measured', async () => {
    const executor = new OperationExecutor('PUBLIC', schema, OFTEN)
    const workload = (name: string) => readFileSync(new URL(`../bench/speed/workloads/${name}.graphql`, import.meta.url), 'utf8')
    expect(await sameEveryTime(executor, workload('w1'), { slug: 'harbor-plan-2' })).toContain('berth 2')
    expect(await sameEveryTime(executor, workload('w2'))).toContain('berth')
    expect(await sameEveryTime(executor, workload('w3'), { key: 'ada-quill', first: 3 })).toContain('berth')
  })

  it('to a list of heads or quotes reads no whole story', async () => {
    const depths = (query: string, variables: Record<string, unknown> = {}) => Object.fromEntries(readsOf(schema, parse(query), getOperationAST(parse(query))!, variables))
    expect(depths('{ stories { nodes { slug headline topics { name } } } }')).toEqual({ stories: 'HEAD' })
    expect(depths('query ($n: Int) { stories { nodes { slug quotes(first: $n) { text speaker { name } } } } }', { n: 3 })).toEqual({ stories: 'OPENING' })
    expect(depths('query ($n: Int) { stories { nodes { slug quotes(first: $n) { text } } } }', { n: 4 })).toEqual({ stories: 'WHOLE' })
    expect(depths('{ stories { nodes { ...S } } } fragment S on Story { paragraphs { text } }')).toEqual({ stories: 'WHOLE' })
    expect(depths('{ person(key: "x") { name quotes { nodes { text story { slug } } } } }')).toEqual({ persons: 'HEAD', quotes: 'HEAD' })
    expect(depths('{ quotes { nodes { story { quotes(first: 1) { text } } } } }')).toEqual({ quotes: 'WHOLE' })
  })
})
