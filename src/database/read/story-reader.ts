import DataLoader from 'dataloader'
import type { Viewer } from '../../access/index.js'
import type { StoryDocument } from '../../document/index.js'
import { statement, type Queries } from '../database.js'
import { pageStatement, type AnyList, type PageAnswer, type PageRequest, type PageRow } from './page.js'
import { Parameters } from './parameters.js'
import { scopeOf, type Scope } from './scope.js'
import { DOCUMENTS, HISTORIES, VERSIONS, type RevisionRef, type StoryHistory } from './story-history.js'
import { recordSql, withinLimits, type StoryRecord, type TombstoneRecord } from './story-record.js'

const TOMBSTONE = statement('tombstone', `SELECT s."slug", s."state", s."removedAt", s."advisory", s."replacedById" FROM "Story" AS s
  WHERE (s."slug" = $1::text OR s."id" = $2::uuid) AND s."state" IN ('HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED') AND (s."embargoedUntil" IS NULL OR s."embargoedUntil" <= s."removedAt")`)

/** A page of one list: at most `limit` rows, and whether there are more on the side that was read towards. */
export interface Page {
  readonly rows: readonly PageRow[]
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

  constructor(readonly queries: Queries, readonly viewer: Viewer, readonly now: Date) {
    this.scope = scopeOf(viewer)
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
   * What is left of a story that was taken from the public. Only what the public could have seen leaves anything: a story that was never
   * published, or removed before its embargo ended, is answered like one that never was (I5).
   */
  async tombstone(ref: { readonly slug: string } | { readonly id: string }): Promise<TombstoneRecord | undefined> {
    const [found] = await this.queries.query<TombstoneRecord>(TOMBSTONE, 'slug' in ref ? [ref.slug, null] : [null, ref.id])
    return found
  }

  /** A page of the whole archive. */
  async page<Filter extends object>(list: AnyList<Filter>, request: PageRequest<Filter>): Promise<Page> {
    const { statement: sql, values } = pageStatement(list, this.scope, this.now, request)
    const [answer] = await this.queries.query<PageAnswer>(sql, values)
    this.#keep(answer)
    return pageOf(answer?.rows ?? [], request)
  }

  /** The page of one parent: `link` is one of the list's parents. Parents that ask in the same tick share a statement. */
  pageOf<Filter extends object>(name: string, list: AnyList<Filter>, link: string, parent: string, request: PageRequest<Filter>): Promise<Page> {
    const shape = JSON.stringify([name, link, request])
    let loader = this.#pages.get(shape)
    if (!loader) this.#pages.set(shape, (loader = new DataLoader((parents) => this.#pagesOf(list, link, parents, request))))
    return loader.load(parent)
  }

  async #pagesOf<Filter extends object>(list: AnyList<Filter>, link: string, ids: readonly string[], request: PageRequest<Filter>): Promise<Page[]> {
    const { statement: sql, values } = pageStatement(list, this.scope, this.now, request, { link, ids })
    const [answer] = await this.queries.query<PageAnswer>(sql, values)
    this.#keep(answer)
    const byParent = ids.map((): PageRow[] => [])
    for (const row of answer?.rows ?? []) byParent[row.parent - 1]!.push(row)
    return byParent.map((rows) => pageOf(rows, request))
  }

  /** Whoever asks for a story that a page brought along gets it without another statement. */
  #keep(answer: PageAnswer | undefined): void {
    for (const story of (answer?.stories ?? []).map(withinLimits)) {
      this.#byId.prime(story.id, story)
      this.#bySlug.prime(story.slug, story)
    }
  }

  async #stories(column: 'id' | 'slug', type: string, keys: readonly string[]): Promise<(StoryRecord | undefined)[]> {
    const { scope } = this
    const parameters = new Parameters()
    const wanted = parameters.add(keys, `${type}[]`)
    const clock = parameters.once(this.now, 'timestamptz')
    const sql = statement(`stories_by_${column}`, `SELECT ${recordSql({ scope, visible: (of, alias) => of.visible(clock, alias), now: clock })} AS story FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s.${scope.revision}
      WHERE s."${column}" = ANY (${wanted}) AND ${scope.visible(clock)}`)
    const rows = await this.queries.query<{ story: StoryRecord }>(sql, parameters.values)
    const found = new Map(rows.map(({ story }) => [story[column], withinLimits(story)]))
    return keys.map((key) => found.get(key))
  }
}

function pageOf(rows: readonly PageRow[], request: PageRequest): Page {
  const hasMore = rows.length > request.limit
  // Rows come in the list's order; the one too many is at the far end.
  const kept = !hasMore ? rows : request.backward ? rows.slice(1) : rows.slice(0, request.limit)
  return { rows: kept, hasMore }
}
