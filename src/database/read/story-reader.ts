import DataLoader from 'dataloader'
import type { Viewer } from '../../access/index.js'
import type { StoryDocument } from '../../document/index.js'
import { statement, type Queries } from '../database.js'
import { changesAfter, changesOfContract, isShowing, type ChangeAnswer, type ChangePlace, type ChangeRow, type Held } from './changes.js'
import type { HeldPage, HeldRevisions, Seen } from './held-revisions.js'
import type { ListSpec } from './lists.js'
import { pagesStatement, placeOf, shapeOf, type List, type PageAnswer, type PageQuery, type PageRequest, type PageRow, type PagesView, type PageStory, type Question } from './page.js'
import { Parameters } from './parameters.js'
import { scopeOf, type Scope } from './scope.js'
import { bodyKey, documentOf, type Body, type Reads, type Slice, type SliceKind } from './slices.js'
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

/** A row as it came, and its story. */
interface ReadRow {
  readonly row: PageRow
  readonly record: StoryRecord
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
  readonly #contents: DataLoader<PageQuery, readonly ReadRow[]>
  /** What is held of published revisions: for whoever reads these. */
  readonly #held: HeldRevisions | undefined
  /** Few people are merged with others: whoever reads of somebody who is has that looked up, in a statement of its own. */
  #isUnmerged: boolean

  constructor(readonly queries: Queries, readonly viewer: Viewer, readonly now: Date, readonly reads?: Reads, held?: HeldRevisions) {
    this.scope = scopeOf(viewer)
    this.#held = this.scope.isNewsroom ? undefined : held
    this.#isUnmerged = !this.scope.isNewsroom
    this.#contents = new DataLoader((queries) => this.#contentsOf(queries), { cache: false })
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
  async page<Filter extends object>(list: List<Filter>, request: PageRequest<Filter>): Promise<Page> {
    return pageOf(await this.#contents.load({ list, request }), request)
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
  pageOf<Filter extends object>(list: List<Filter>, link: string, parent: string, request: PageRequest<Filter>): Promise<Page> {
    const shape = shapeOf(list, request, link)
    let loader = this.#pages.get(shape)
    if (!loader) this.#pages.set(shape, (loader = new DataLoader((parents) => this.#pagesOf(list, link, parents, request))))
    return loader.load(parent)
  }

  async #pagesOf<Filter extends object>(list: List<Filter>, link: string, ids: readonly string[], request: PageRequest<Filter>): Promise<Page[]> {
    const byParent = ids.map((): ReadRow[] => [])
    for (const each of await this.#contents.load({ list, request, parents: { link, ids } })) byParent[each.row.parent - 1]!.push(each)
    return byParent.map((found) => pageOf(found, request))
  }

  /** Pages that are asked for in the same tick share a statement. Where all of them are held, their marks are asked for, and they themselves only where one has another mark now. */
  async #contentsOf(queries: readonly PageQuery[]): Promise<(readonly ReadRow[])[]> {
    const held = this.#held
    const places = held ? queries.map((query) => placeOf(query, this.scope, this.reads)) : []
    const pages = held?.pagesAt(places)
    if (pages) {
      const { answer } = await this.#answerTo((view) => ({ question: held!.question(`${view.isUnmerged} ${places.join(' ')}`, () => pagesStatement(queries, { ...view, isMarks: true }).question) }))
      if (pages.every(({ mark }, index) => mark === answer[`mark${index}`])) return pages.map(({ rows }) => rows as readonly ReadRow[])
    }
    const bodies = queries.map(() => new Bodies(held))
    const known = held && places.map((place, index) => bodies[index]!.keysAt([place]))
    const { answer, pages: asked } = await this.#answerTo((view) => pagesStatement(queries, { ...view, known }))
    const column = <T>(name: string, index: number) => (answer[`${name}${index}`] ?? null) as T | null
    return asked.map(({ isWhole, slice }, index) => {
      const [rows, stories, mark] = [column<PageRow[]>('rows', index), column<PageStory[]>('stories', index), column<string>('mark', index)]
      const page = { rows, stories }
      const recordOf = isWhole ? this.#wholeOf(page, bodies[index]!) : partsOf(page, slice, bodies[index]!)
      const read = (rows ?? []).map((row) => ({ row, record: recordOf(row) }))
      if (held) bodies[index]!.show(places[index]!, mark === null ? undefined : { mark, rows: read })
      return read
    })
  }

  /** The one row that answers to pages. Whoever reads of somebody who was merged with others asks again, with merges looked up. */
  async #answerTo<Asked extends { readonly question: Question }>(ask: (view: PagesView) => Asked): Promise<Asked & { readonly answer: Readonly<Record<string, unknown>> }> {
    const asked = ask({ scope: this.scope, reads: this.reads, isUnmerged: this.#isUnmerged })
    const [answer] = await this.queries.query(asked.question.statement, asked.question.valuesAt(this.now))
    if (answer!['merged'] !== true) return { ...asked, answer: answer! }
    this.#isUnmerged = false
    return this.#answerTo(ask)
  }

  #wholeOf(answer: PageAnswer, bodies: Bodies): (row: PageRow) => StoryRecord {
    const stories = this.#broughtAlong((answer.stories ?? []).map((story) => withinLimits({ ...story, document: bodies.of(story.document, story.revisionId) as StoryDocument })))
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
    const known = this.#held && parameters.add(bodies.keysAt(keys.map(place)), 'text[]')
    const sql = statement(`stories_by_${column}`, `SELECT ${recordSql({ scope, visible: (of, alias) => of.visible(given, alias), now: clock }, known)} AS story FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s.${scope.revision}
      WHERE s."${column}" = ANY (${wanted}) AND ${scope.visible(given)}`)
    const rows = await this.queries.query<{ story: PageStory }>(sql, parameters.values)
    const found = new Map(rows.map(({ story }) => {
      const document = bodies.of(story.document, story.revisionId) as StoryDocument
      bodies.show(place(story[column]))
      return [story[column], withinLimits({ ...story, document })]
    }))
    return keys.map((key) => found.get(key))
  }
}

/** The bodies of one answer: those that were held, and those that came. */
class Bodies {
  #seen: Seen = { keys: [], bodies: [] }
  #shown: { keys: string[]; bodies: Slice[] } = { keys: [], bodies: [] }
  #came = false

  constructor(private readonly held: HeldRevisions | undefined) {}

  /** The keys of bodies that need not come, where these places are read again. */
  keysAt(places: readonly string[]): readonly string[] {
    if (this.held) this.#seen = this.held.seenAt(places)
    return this.#seen.keys
  }

  of(came: Body, revisionId: string, kind?: SliceKind, key?: string): Slice {
    const isKnown = typeof came === 'number'
    const body = isKnown ? this.#seen.bodies[came - 1]! : came
    if (!isKnown) this.#came = true
    if (this.held) {
      this.#shown.keys.push(isKnown ? this.#seen.keys[came - 1]! : bodyKey(revisionId, kind, key))
      this.#shown.bodies.push(body)
    }
    return body
  }

  /** Holds what came since the last time for a place, and the page that was made of it. */
  show(place: string, page?: HeldPage): void {
    const isSame = !page && !this.#came && this.#shown.keys.length === this.#seen.keys.length
    if (this.held && !(isSame && this.held.hasRoom)) this.held.show(place, this.#shown, page)
    this.#shown = { keys: [], bodies: [] }
    this.#came = false
  }
}

/** Stories of which only parts were read. A row that stands for a part of its own has a record of its own. */
function partsOf(answer: PageAnswer, slice: ListSpec['slice'], bodies: Bodies): (row: PageRow) => StoryRecord {
  const heads = new Map((answer.stories ?? []).map((story) => {
    const { revisionId, opening } = story
    const head = bodies.of(story.document, revisionId, 'HEAD')
    return [story.id, { ...story, document: documentOf(head, opening === undefined ? undefined : bodies.of(opening, revisionId, 'OPENING')) }]
  }))
  return (row) => {
    const head = heads.get(row.storyId)!
    return slice ? { ...head, document: documentOf(head.document, bodies.of(row.slice!, head.revisionId, slice.kind, row[slice.key] as string)) } : head
  }
}

/** One row more than the request asks for tells that there are more. */
function pageOf(rows: readonly ReadRow[], request: PageRequest): Page {
  const hasMore = rows.length > request.limit
  // Rows come in the list's order; the one too many is at the far end.
  const kept = !hasMore ? rows : request.backward ? rows.slice(1) : rows.slice(0, request.limit)
  return { rows: kept.map(({ row }) => row), hasMore, records: kept.map(({ record }) => record) }
}
