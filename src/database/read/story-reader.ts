import DataLoader from 'dataloader'
import type { Viewer } from '../../access/index.js'
import type { StoryDocument } from '../../document/index.js'
import { statement, type Queries } from '../database.js'
import { changesAfter, changesOfContract, isShowing, type ChangeAnswer, type ChangePlace, type ChangeRow, type Held } from './changes.js'
import type { HeldRevisions } from './held-revisions.js'
import { pageStatement, type AnyList, type PageAnswer, type PageRequest, type PageRow, type PageStory } from './page.js'
import { Parameters } from './parameters.js'
import { scopeOf, type Scope } from './scope.js'
import { documentOf, type Reads, type Slice } from './slices.js'
import { DOCUMENTS, HISTORIES, VERSIONS, type RevisionRef, type StoryHistory } from './story-history.js'
import { recordSql, withinLimits, type StoryRecord } from './story-record.js'
import { tombstoneOf, type TombstoneRecord, type TombstoneRef } from './tombstone.js'

/** A page of one list: at most `limit` rows, and whether there are more on the side that was read towards. */
export interface Page {
  readonly rows: readonly PageRow[]
  readonly hasMore: boolean
  /** The stories behind the rows: all of them that was asked for. */
  readonly records: readonly StoryRecord[]
}

/** A page of changes. Of a change that shows a story, the story comes along where it was asked for. */
export interface ChangePage {
  readonly rows: readonly (ChangeRow & { readonly story: StoryRecord | undefined })[]
  readonly hasMore: boolean
}

/**
 * Loads stories for one request: one viewer, one instant. Whatever is asked, each list and each set of ids is one SQL statement,
 * however many parents ask for it at the same time (I10).
 */
export class StoryReader {
  readonly scope: Scope
  readonly #byId: DataLoader<string, StoryRecord | undefined>
  readonly #bySlug: DataLoader<string, StoryRecord | undefined>
  readonly #histories: DataLoader<string, StoryHistory | undefined>
  readonly #documents: DataLoader<RevisionRef, StoryDocument | undefined, string>
  readonly #versions: DataLoader<RevisionRef, StoryDocument | undefined, string>
  readonly #pages = new Map<string, DataLoader<string, Page>>()
  /** What is held of published revisions: for whoever reads these. */
  readonly #held: HeldRevisions | undefined

  constructor(readonly queries: Queries, readonly viewer: Viewer, readonly now: Date, readonly reads?: Reads, held?: HeldRevisions) {
    this.scope = scopeOf(viewer, now)
    this.#held = this.scope.isNewsroom ? undefined : held
    this.#byId = new DataLoader((ids) => this.#stories('id', 'uuid', ids))
    this.#bySlug = new DataLoader((slugs) => this.#stories('slug', 'text', slugs))
    this.#histories = new DataLoader(async (ids) => {
      const found = new Map((await this.queries.query<StoryHistory>(HISTORIES, [ids])).map((history) => [history.storyId, history]))
      return ids.map((id) => found.get(id))
    })
    const cacheKeyFn = (ref: RevisionRef) => JSON.stringify(ref)
    this.#documents = new DataLoader(async (refs) => (await this.queries.query<{ document: StoryDocument | null }>(DOCUMENTS, [JSON.stringify(refs)])).map((row) => row.document ?? undefined), { cacheKeyFn })
    this.#versions = new DataLoader(async (refs) => {
      const rows = await this.queries.query<{ public: Pick<StoryRecord, 'document' | 'limits'> | null }>(VERSIONS, [JSON.stringify(refs), this.now])
      return rows.map((row) => (row.public ? withinLimits(row.public).document : undefined))
    }, { cacheKeyFn })
  }

  /** Undefined where there is no such story, or none that this viewer may know of (I5). */
  storyById(id: string): Promise<StoryRecord | undefined> {
    return this.#byId.load(id)
  }

  storyBySlug(slug: string): Promise<StoryRecord | undefined> {
    return this.#bySlug.load(slug)
  }

  /** Only for the newsroom. The story must be one that the viewer may see. */
  history(storyId: string): Promise<StoryHistory | undefined> {
    return this.#histories.load(storyId)
  }

  /** A revision's whole document, only for the newsroom; undefined where there is none, or its words were expunged. */
  revision(storyId: string, number: number): Promise<StoryDocument | undefined> {
    return this.#documents.load({ storyId, number })
  }

  /** What the public read as a version of a story that the viewer may see; undefined where it is not kept, or was expunged. */
  version(storyId: string, version: number): Promise<StoryDocument | undefined> {
    return this.#versions.load({ storyId, version })
  }

  /**
   * What is left of a story that was taken from the public. Only what the viewer could have seen leaves anything: a story that was never
   * published, or removed before its embargo ended, is answered like one that never was (I5).
   */
  async tombstone(ref: TombstoneRef): Promise<TombstoneRecord | undefined> {
    const { statement: sql, values } = tombstoneOf(this.viewer, ref)
    const [found] = await this.queries.query<TombstoneRecord>(sql, values)
    return found
  }

  /** A page of the whole archive. */
  async page<Filter extends object>(list: AnyList<Filter>, request: PageRequest<Filter>): Promise<Page> {
    const { rows, recordOf } = await this.#rowsOf(list, request)
    return pageOf(rows, request, recordOf)
  }

  /** A page of what changed after a place; undefined where there is no such place. */
  async changes(place: ChangePlace | undefined, limit: number, withStories = true): Promise<ChangePage | undefined> {
    return this.#changes(changesAfter(place, { viewer: this.viewer, scope: this.scope, now: this.now, limit, withStories }), limit)
  }

  /** A page of what a partner gained and lost by its contract; undefined where there is no such place. */
  async changesOfContract(held: Held, limit: number, withStories = true): Promise<ChangePage | undefined> {
    if (this.viewer.kind !== 'PARTNER') throw new TypeError('Only partners have contracts.')
    return this.#changes(changesOfContract(held, { viewer: this.viewer, scope: this.scope, now: this.now, limit, withStories }), limit)
  }

  async #changes({ statement: sql, values }: ReturnType<typeof changesAfter>, limit: number): Promise<ChangePage | undefined> {
    const [answer] = await this.queries.query<ChangeAnswer>(sql, values)
    if (!answer!.isKnown) return undefined
    const stories = this.#broughtAlong((answer!.stories ?? []).map(withinLimits))
    const rows = answer!.rows ?? []
    return { rows: rows.slice(0, limit).map((row) => ({ ...row, story: isShowing(row) ? stories.get(row.storyId) : undefined })), hasMore: rows.length > limit }
  }

  /** The page of one parent: `link` is one of the list's parents. Parents that ask in the same tick share a statement. */
  pageOf<Filter extends object>(name: string, list: AnyList<Filter>, link: string, parent: string, request: PageRequest<Filter>): Promise<Page> {
    const shape = JSON.stringify([name, link, request])
    let loader = this.#pages.get(shape)
    if (!loader) this.#pages.set(shape, (loader = new DataLoader((parents) => this.#pagesOf(list, link, parents, request))))
    return loader.load(parent)
  }

  async #pagesOf<Filter extends object>(list: AnyList<Filter>, link: string, ids: readonly string[], request: PageRequest<Filter>): Promise<Page[]> {
    const { rows, recordOf } = await this.#rowsOf(list, request, { link, ids })
    const byParent = ids.map((): PageRow[] => [])
    for (const row of rows) byParent[row.parent - 1]!.push(row)
    return byParent.map((found) => pageOf(found, request, recordOf))
  }

  async #rowsOf<Filter extends object>(list: AnyList<Filter>, request: PageRequest<Filter>, parents?: { readonly link: string; readonly ids: readonly string[] }): Promise<{ rows: readonly PageRow[]; recordOf: (row: PageRow) => StoryRecord }> {
    const bodies = new Bodies(this.#held)
    const { statement: sql, values, isWhole, place } = pageStatement(list, this.scope, this.now, request, parents, this.reads, bodies.knownAt)
    const [answer] = await this.queries.query<PageAnswer>(sql, values)
    const recordOf = isWhole ? this.#wholeOf(answer, bodies) : partsOf(answer, bodies)
    bodies.show(place)
    return { rows: answer?.rows ?? [], recordOf }
  }

  #wholeOf(answer: PageAnswer | undefined, bodies: Bodies): (row: PageRow) => StoryRecord {
    const stories = this.#broughtAlong((answer?.stories ?? []).map((story) => withinLimits({ ...story, document: bodies.whole(story.revisionId, story.document) })))
    return (row) => stories.get(row.storyId)!
  }

  /** Whoever asks for a whole story that a list brought along gets it without another statement. */
  #broughtAlong(stories: readonly StoryRecord[]): Map<string, StoryRecord> {
    for (const story of stories) {
      this.#byId.prime(story.id, story)
      this.#bySlug.prime(story.slug, story)
    }
    return new Map(stories.map((story) => [story.id, story]))
  }

  async #stories(column: 'id' | 'slug', type: string, keys: readonly string[]): Promise<(StoryRecord | undefined)[]> {
    const { scope } = this
    const place = (key: string) => `${column} ${key}`
    const bodies = new Bodies(this.#held)
    const parameters = new Parameters()
    const wanted = parameters.add(keys, `${type}[]`)
    const clock = parameters.once(this.now, 'timestamptz')
    const given = { now: clock, parameters }
    const known = bodies.knownAt && parameters.add(bodies.knownAt(...keys.map(place)), 'text[]')
    const sql = statement(`stories_by_${column}`, `SELECT ${recordSql({ scope, visible: (of, alias) => of.visible(given, alias), now: clock }, known)} AS story FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s.${scope.revision}
      WHERE s."${column}" = ANY (${wanted}) AND ${scope.visible(given)}`)
    const rows = await this.queries.query<{ story: PageStory }>(sql, parameters.values)
    const found = new Map(rows.map(({ story }) => {
      const document = bodies.whole(story.revisionId, story.document)
      bodies.show(place(story[column]))
      return [story[column], withinLimits({ ...story, document })]
    }))
    return keys.map((key) => found.get(key))
  }
}

/** The bodies of one answer: those that were held, and those that came. */
class Bodies {
  /** Keys of what need not come, where these places are read again; undefined where nothing is ever held. */
  readonly knownAt: ((...places: readonly string[]) => readonly string[]) | undefined
  #seen: ReadonlyMap<string, Slice> = new Map()
  #shown = new Map<string, Slice>()

  constructor(private readonly held: HeldRevisions | undefined) {
    this.knownAt = held && ((...places) => {
      this.#seen = held.seenAt(places)
      return [...this.#seen.keys()]
    })
  }

  /** @param came null where it was known */
  of(key: string, came: Slice | null): Slice {
    const body = came ?? this.#seen.get(key)
    if (!body) throw new Error(`No body came for ${key}, and none is held.`)
    this.#shown.set(key, body)
    return body
  }

  whole(revisionId: string, came: StoryDocument | null): StoryDocument {
    return this.of(revisionId, came) as StoryDocument
  }

  /** Holds what came since the last time for a place. */
  show(place: string): void {
    this.held?.show(place, this.#shown)
    this.#shown = new Map()
  }
}

/** Stories of which only parts were read. A row that stands for a part of its own has a record of its own. */
function partsOf(answer: PageAnswer | undefined, bodies: Bodies): (row: PageRow) => StoryRecord {
  const heads = new Map((answer?.stories ?? []).map((story) => {
    const head = bodies.of(`${story.revisionId} HEAD`, story.document)
    const opening = story.opening === undefined ? undefined : bodies.of(`${story.revisionId} OPENING`, story.opening)
    return [story.id, { ...story, document: documentOf(head, opening) }]
  }))
  const slices = new Map((answer?.rows ?? []).flatMap((row) => (row.sliceKey === undefined ? [] : [[row, bodies.of(row.sliceKey, row.slice!)]])))
  return (row) => {
    const head = heads.get(row.storyId)!
    const slice = slices.get(row)
    return slice ? { ...head, document: documentOf(head.document, slice) } : head
  }
}

function pageOf(rows: readonly PageRow[], request: PageRequest, recordOf: (row: PageRow) => StoryRecord): Page {
  const hasMore = rows.length > request.limit
  // Rows come in the list's order; the one too many is at the far end.
  const kept = !hasMore ? rows : request.backward ? rows.slice(1) : rows.slice(0, request.limit)
  return { rows: kept, hasMore, records: kept.map(recordOf) }
}
