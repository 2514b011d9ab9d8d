import { createHash, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { issueStaffToken, type StaffRole } from '../../src/access/index.js'
import type { Database, Queries } from '../../src/database/index.js'
import { storyDocumentOf, type StoryDocument, type StoryDocumentInput } from '../../src/document/index.js'
import { createServer, PATHS, type ServerLimits } from '../../src/server.js'
import type { LogLevel, Metrics } from '../../src/telemetry/index.js'
import { createStory } from '../../src/stories/index.js'
import { createPartner, issueKey, setPartnerContract } from '../../src/syndication/index.js'
import type { RecordTaken } from '../../src/graphql/record-takings.js'
import { freshDatabase, type TestDatabase } from './database.js'
import type { GivenSyndication } from '../../src/syndication/webhooks/index.js'
import type { TextWorkers } from '../../src/workers/index.js'

export interface Answer<T = Record<string, any>> {
  readonly status: number
  readonly data?: T | null
  readonly errors?: readonly { message: string; path?: (string | number)[]; extensions: { code: string; requestId?: string } }[]
}

/** Of every request: ids are random, and what is compared should differ by what was asked alone. */
export const REQUEST_ID = '00000000-0000-4000-8000-000000000000'

/** What a test says of a contract; what it leaves out is not limited. */
export interface TestContract {
  readonly desks?: readonly string[]
  readonly topics?: readonly string[]
  readonly archiveDays?: number
  readonly embargoAccess?: 'NONE' | 'ADVANCE'
  readonly registeredOnly?: boolean
  readonly validFrom?: Date
  readonly validUntil?: Date
}

interface TestParts {
  readonly limits?: ServerLimits
  readonly auditLog?: string
  readonly database?: (database: Database) => Database
  /** Nothing is logged where it is left out; what is, is kept in `log`. */
  readonly logLevel?: LogLevel
  readonly metrics?: Metrics
  readonly workers?: TextWorkers
  readonly syndication?: GivenSyndication
  readonly cacheBytes?: number
  readonly heldBytes?: number
  readonly recordTaken?: RecordTaken
  /** Does something to the server before it listens. */
  readonly prepare?: (server: FastifyInstance) => void
}

/** UUIDs that look random and depend on a name alone. */
export function idsOf(name: string): () => string {
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
  newId: () => string = randomUUID
  readonly sources = { now: () => this.now, newId: () => this.newId() }
  database!: Database
  server!: FastifyInstance
  url!: string
  #drop!: () => Promise<void>
  readonly #tokens = new Map<StaffRole, string>()

  /** Lines of the server's log. */
  readonly log: string[] = []

  /** @param parts.fresh an empty database, where it is not one of the usual ones */
  static async open(parts: TestParts & { readonly fresh?: TestDatabase } = {}): Promise<TestNewsroom> {
    const newsroom = new TestNewsroom()
    const { database, drop } = parts.fresh ?? (await freshDatabase({ onStatement: (text) => newsroom.statements.push(text) }))
    newsroom.database = database
    newsroom.#drop = drop
    return newsroom.#serve(parts)
  }

  /** Another server on the same database, with settings and a clock of its own. Close it before this one. */
  async beside(parts: TestParts = {}): Promise<TestNewsroom> {
    const other = new TestNewsroom()
    other.database = this.database
    other.#drop = async () => undefined
    return other.#serve(parts)
  }

  async #serve(parts: TestParts): Promise<this> {
    this.server = await createServer({
      secret: Buffer.alloc(32, 7), now: () => this.now, newId: this.sources.newId, newRequestId: () => REQUEST_ID, heldBytes: 24 * 1024 * 1024, ...parts,
      database: parts.database?.(this.database) ?? this.database, logLevel: parts.logLevel ?? (process.env['ONRECORD_TEST_LOG'] ? 'error' : 'silent'),
      ...(parts.logLevel && { logStream: { write: (line: string) => { this.log.push(line) } } }),
    })
    parts.prepare?.(this.server)
    this.url = await this.server.listen({ port: 0, host: '127.0.0.1' })
    return this
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
    if (!token) this.#tokens.set(role, (token = await issueStaffToken(this.database, { name: role.toLowerCase(), role }, this.sources)))
    return token
  }

  /** A key of a new partner with this contract. Its ids follow from its name, so that two newsrooms with the same partner are alike. */
  async partnerKey(contract: TestContract = {}, name = 'Bay Radio', scopes: readonly string[] = ['READ', 'EMBARGOED']): Promise<string> {
    const managing = { staff: { name: 'admin', role: 'ADMIN' }, now: this.now, newId: idsOf(`partner ${name}`) } as const
    return this.database.transaction(async (queries) => {
      const made = await createPartner(queries, { name, dutyContact: { email: 'night@partner.example' } }, managing)
      if (!made.ok) throw new Error(made.message)
      await this.#contract(queries, made.partnerId, contract)
      let key = ''
      const issued = await issueKey(queries, made.partnerId, { label: 'test', scopes }, (shown) => { key = shown }, managing)
      if (!issued.ok) throw new Error(issued.message)
      return key
    })
  }

  /** Gives a partner another contract. */
  async changeContract(contract: TestContract, name = 'Bay Radio'): Promise<void> {
    const { id } = await (await this.database.prisma()).partner.findFirstOrThrow({ where: { name } })
    await this.database.transaction((queries) => this.#contract(queries, id, contract))
  }

  async #contract(queries: Queries, partnerId: string, contract: TestContract): Promise<void> {
    const { desks, topics, archiveDays, embargoAccess = 'NONE', registeredOnly = false, ...valid } = contract
    const given = { allDesks: !desks, desks: desks ?? [], allTopics: !topics, topics: topics ?? [], wholeArchive: archiveDays === undefined, archiveDays, embargoAccess, registeredOnly, ...valid }
    const set = await setPartnerContract(queries, partnerId, given, { staff: { name: 'admin', role: 'ADMIN' }, now: this.now, newId: randomUUID })
    if (!set.ok) throw new Error(set.message)
  }

  /** Asks the public contract with the key of a partner. */
  readAsPartner<T = Record<string, any>>(key: string, query: string, variables?: object): Promise<Answer<T>> {
    return this.ask(PATHS.PUBLIC, query, variables, { authorization: `Bearer ${key}` })
  }

  async ask<T>(path: string, query: string, variables: object | undefined, headers: Record<string, string>, operationName?: string): Promise<Answer<T>> {
    const response = await fetch(this.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query, variables, operationName }) })
    return { status: response.status, ...((await response.json()) as object) }
  }

  /** The bytes, status and headers of an answer of the public contract, dates aside; to a partner, where its key is given. */
  bytes(query: string, key?: string): Promise<string> {
    return this.exchange(PATHS.PUBLIC, { query }, key)
  }

  /** The bytes, status and headers of an answer, dates aside. */
  async exchange(path: string, body: object, bearer?: string): Promise<string> {
    const response = await fetch(this.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) }, body: JSON.stringify(body) })
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
