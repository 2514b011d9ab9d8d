import { createHash, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { issueStaffToken, type StaffRole } from '../../src/access/index.js'
import type { Database } from '../../src/database/index.js'
import { storyDocumentOf, type StoryDocument, type StoryDocumentInput } from '../../src/document/index.js'
import { createServer, PATHS } from '../../src/server.js'
import { createStory } from '../../src/stories/index.js'
import { freshDatabase } from './database.js'

export interface Answer<T = Record<string, any>> {
  readonly status: number
  readonly data?: T | null
  readonly errors?: readonly { message: string; path?: (string | number)[]; extensions: { code: string; requestId?: string } }[]
}

/** UUIDs that look random and depend on a name alone. */
function idsOf(name: string): () => string {
  let count = 0
  return () => {
    const hex = createHash('sha256').update(`${name} ${count++}`).digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
}

/** A newsroom with a real server on a real port, a clock that stands still until it is set, and the SQL statements it runs. */
export class TestNewsroom {
  now = new Date('2026-03-10T12:00:00Z')
  readonly statements: string[] = []
  readonly sources = { now: () => this.now, newId: () => randomUUID() }
  database!: Database
  server!: FastifyInstance
  url!: string
  #drop!: () => Promise<void>
  readonly #tokens = new Map<StaffRole, string>()

  static async open(): Promise<TestNewsroom> {
    const newsroom = new TestNewsroom()
    const { database, drop } = await freshDatabase({ onStatement: (text) => newsroom.statements.push(text) })
    newsroom.database = database
    newsroom.#drop = drop
    newsroom.server = await createServer({ database, secret: Buffer.alloc(32, 7), now: () => newsroom.now, logLevel: process.env['ONRECORD_TEST_LOG'] ? 'error' : 'silent' })
    newsroom.url = await newsroom.server.listen({ port: 0, host: '127.0.0.1' })
    return newsroom
  }

  /** Stores stories. Their ids follow from their slugs, so that two newsrooms with the same stories are alike. */
  async add(...documents: (StoryDocumentInput | StoryDocument)[]): Promise<void> {
    for (const document of documents) {
      const newId = idsOf(document.slug)
      const result = await createStory(this.database, storyDocumentOf(document, { lineage: newId }), { now: this.sources.now, newId })
      if (!result.ok) throw new Error(JSON.stringify(result.problems))
    }
  }

  /** Asks the public contract. */
  read<T = Record<string, any>>(query: string, variables?: object): Promise<Answer<T>> {
    return this.ask(PATHS.PUBLIC, query, variables, {})
  }

  /** Asks the newsroom contract. */
  async readAsStaff<T = Record<string, any>>(query: string, variables?: object, role: StaffRole = 'EDITOR'): Promise<Answer<T>> {
    return this.ask(PATHS.NEWSROOM, query, variables, { authorization: `Bearer ${await this.token(role)}` })
  }

  async token(role: StaffRole): Promise<string> {
    let token = this.#tokens.get(role)
    if (!token) this.#tokens.set(role, (token = await issueStaffToken(this.database.prisma, { name: role.toLowerCase(), role }, this.sources)))
    return token
  }

  async ask<T>(path: string, query: string, variables: object | undefined, headers: Record<string, string>): Promise<Answer<T>> {
    const response = await fetch(this.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query, variables }) })
    return { status: response.status, ...((await response.json()) as object) }
  }

  /** The bytes, status and headers of an answer of the public contract, dates aside. */
  async bytes(query: string): Promise<string> {
    const response = await fetch(this.url + PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) })
    const headers = [...response.headers].filter(([name]) => name !== 'date').map(([name, value]) => `${name}: ${value}`).sort()
    return [response.status, ...headers, await response.text()].join('\n')
  }

  /** The SQL statements that the work runs. */
  async statementsOf(work: () => Promise<unknown>): Promise<string[]> {
    this.statements.length = 0
    await work()
    return [...this.statements]
  }

  async close(): Promise<void> {
    await this.server.close()
    await this.#drop()
  }
}
