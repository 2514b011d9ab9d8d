import type { ExecutionResult } from 'graphql'
import type { Viewer } from '../access/index.js'
import type { AuditTrail } from '../audit/index.js'
import { StoryReader, type HeldRevisions, type Page, type Reads, type StoryRecord } from '../database/read/index.js'
import type { Database } from '../database/index.js'
import type { StoryExtractor } from '../stories/index.js'
import { StoryIndex } from '../stories/story-index.js'
import type { Checker } from '../findings/index.js'
import type { SyndicationSettings } from '../syndication/webhooks/index.js'
import type { CursorKey } from './cursors.js'
import { badRequest } from './errors.js'

export type Contract = 'PUBLIC' | 'NEWSROOM'

export interface ContextParts {
  readonly contract: Contract
  readonly viewer: Viewer
  readonly now: Date
  readonly database: Database
  readonly cursors: CursorKey
  readonly newId: () => string
  readonly extractor: StoryExtractor
  readonly checker: Checker
  readonly audit: AuditTrail
  readonly syndication: SyndicationSettings
  /** How much of stories lists read: what the operation needs. All, where left out. */
  readonly reads?: Reads | undefined
  /** Published revisions that need not be read again. */
  readonly held?: HeldRevisions | undefined
}

/** What every resolver gets: who asks, at which instant, and the one way to stories. */
export class GraphQLContext implements ContextParts {
  readonly contract: Contract
  readonly viewer: Viewer
  readonly now: Date
  readonly database: Database
  readonly cursors: CursorKey
  readonly newId: () => string
  readonly extractor: StoryExtractor
  readonly checker: Checker
  readonly audit: AuditTrail
  readonly syndication: SyndicationSettings
  readonly held: HeldRevisions | undefined
  /** What was answered already, but for the wording of its errors. */
  result: Promise<ExecutionResult> | undefined
  /** Told where an operation that is under way cannot come to its end. */
  failed: ((error: unknown) => void) | undefined
  /** Replaced after a change, so that what is read then is what is there then. */
  reader: StoryReader
  /** False where the answer says what the next moment may not hold, without anything having changed. In an object of its own, since Apollo copies the context. */
  readonly keeping = { mayBeKept: true }
  /** Versions of the stories that the answer is made of, by the story's id. */
  readonly taken = new Map<string, number>()
  // Not a #private field: Apollo hands resolvers a copy of the context.
  private readonly indexes = new WeakMap<StoryRecord, StoryIndex>()

  constructor(parts: ContextParts) {
    this.contract = parts.contract
    this.viewer = parts.viewer
    this.now = parts.now
    this.database = parts.database
    this.cursors = parts.cursors
    this.newId = parts.newId
    this.extractor = parts.extractor
    this.checker = parts.checker
    this.audit = parts.audit
    this.syndication = parts.syndication
    this.held = parts.held
    this.reader = new StoryReader(parts.database, parts.viewer, parts.now, parts.reads, parts.held)
  }

  /** From now on all of every story is read. */
  readWhole(): void {
    this.reader = new StoryReader(this.database, this.viewer, this.now, undefined, this.held)
  }

  index(record: StoryRecord): StoryIndex {
    this.taken.set(record.id, record.version)
    let index = this.indexes.get(record)
    if (!index) this.indexes.set(record, (index = new StoryIndex(record, this.now, this.reader.scope.isNewsroom)))
    return index
  }

  /** Ids of stories that change. Set where there is a connection to tell on. */
  watchStories(_storyId: string | undefined): AsyncIterable<string> {
    throw badRequest('Subscribe over WebSocket, with the protocol "graphql-transport-ws".')
  }

  async storyById(id: string): Promise<StoryIndex | undefined> {
    const record = await this.reader.storyById(id)
    return record && this.index(record)
  }

  async storyBySlug(slug: string): Promise<StoryIndex | undefined> {
    const record = await this.reader.storyBySlug(slug)
    return record && this.index(record)
  }

  /** The stories behind the rows of a page, which came along with it. */
  indexesOf(page: Page): StoryIndex[] {
    return page.records.map((record) => this.index(record))
  }
}
