import type { Viewer } from '../access/index.js'
import { StoryReader, type Page, type StoryRecord } from '../database/read/index.js'
import type { Database } from '../database/index.js'
import type { StoryExtractor } from '../stories/index.js'
import { StoryIndex } from '../stories/story-index.js'
import type { Checker } from '../findings/index.js'
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
  /** Replaced after a change, so that what is read then is what is there then. */
  reader: StoryReader
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
    this.reader = new StoryReader(parts.database, parts.viewer, parts.now)
  }

  index(record: StoryRecord): StoryIndex {
    let index = this.indexes.get(record)
    if (!index) this.indexes.set(record, (index = new StoryIndex(record, this.now, this.reader.scope.name === 'NEWSROOM')))
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
  async indexesOf(page: Page): Promise<StoryIndex[]> {
    return Promise.all(page.rows.map(async (row) => this.index((await this.reader.storyById(row.storyId))!)))
  }
}
