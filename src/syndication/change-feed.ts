import type { Viewer } from '../access/index.js'
import type { ChangePage, ChangePlace, StoryReader } from '../database/read/index.js'

/** Seals places so that they tell nothing, and opens them for whom they were made. */
export interface Cursors {
  seal(place: readonly string[], boundTo: string): string
  open(cursor: string, boundTo: string): readonly string[] | undefined
}

/** The cursor is of somebody else, of something else, or of a change that is not here. Its message is for whoever sent it. */
export class WrongCursorError extends Error {}

/** How far somebody has followed the feed. */
interface Followed {
  /** The last change read; undefined before the first one. */
  readonly place: ChangePlace | undefined
  /** Of a partner: the contracts, by number, under which its store was filled. More than one while it is put right. */
  readonly contracts: readonly number[]
  /** While it is put right: the contract that it is put right for, and the last story done. */
  readonly towards: number | undefined
  readonly from: string | undefined
}

export interface FeedPage extends ChangePage {
  /** The cursor of a row. */
  cursorOf(index: number): string
  /** Where to go on: of the last row, or where there are none, a cursor as good as the one that was given. Null where there is none yet. */
  readonly end: string | null
}

const NOWHERE: Followed = { place: undefined, contracts: [], towards: undefined, from: undefined }

/**
 * The changes of stories that one viewer is told of, from a cursor on. A cursor says which change was read last and, for a partner, under
 * which contract: where another one is in force since, the feed first tells what that gave and took, and then goes on. So whoever
 * resumes at any cursor ends with the stories that it may have, and nothing about it is stored here.
 */
export class ChangeFeed {
  readonly #viewer: Viewer
  readonly #boundTo: string
  /** Of the contract in force, 0 where none is; undefined for whoever has none by nature. */
  readonly #contract: number | undefined

  constructor(private readonly reader: StoryReader, private readonly cursors: Cursors) {
    const { viewer } = reader
    this.#viewer = viewer
    this.#contract = viewer.kind === 'PARTNER' ? viewer.contract.number : undefined
    // S8: a key that gives no embargoed copy does not go on where one that does has been.
    this.#boundTo = JSON.stringify(['changes', viewer.kind, ...(viewer.kind === 'PARTNER' ? [viewer.id, viewer.readsEmbargoed] : [])])
  }

  /** @throws WrongCursorError */
  async page(after: string | undefined, limit: number, withStories = true): Promise<FeedPage> {
    const followed = after === undefined ? NOWHERE : this.#opened(after)
    const putRight = await this.#putRight(followed, limit, withStories)
    if (putRight) return putRight
    const page = known(await this.reader.changes(followed.place, limit, withStories))
    const cursorOf = (index: number) => this.#sealed(page.rows[index]!)
    return { ...page, cursorOf, end: page.rows.length > 0 ? cursorOf(page.rows.length - 1) : followed.place ? this.#sealed({ storyId: followed.place.storyId, ordinal: followed.place.ordinal }) : null }
  }

  /** What a contract that began or ended since gave and took; undefined where there is nothing to put right. */
  async #putRight({ place, contracts, towards, from }: Followed, limit: number, withStories: boolean): Promise<FeedPage | undefined> {
    const contract = this.#contract
    if (contract === undefined || !place || contracts.every((number) => number === contract)) return undefined
    // It changed again while the store was put right: from the beginning, whatever the store may hold by now.
    const isSame = towards === undefined || towards === contract
    const held = isSame ? contracts : [...new Set([...contracts, towards])]
    const page = known(await this.reader.changesOfContract({ contracts: held, place, from: isSame ? from : undefined }, limit, withStories))
    if (page.rows.length === 0) return undefined
    const cursorOf = (index: number) => this.#seal([place.storyId, String(place.ordinal), held.join(), String(contract), page.rows[index]!.storyId])
    // What follows are the changes after the place.
    return { ...page, hasMore: true, cursorOf, end: cursorOf(page.rows.length - 1) }
  }

  #sealed({ storyId, ordinal }: { readonly storyId: string; readonly ordinal: number | null }): string {
    return this.#seal([storyId, String(ordinal), ...(this.#contract === undefined ? [] : [String(this.#contract)])])
  }

  #seal(plain: readonly string[]): string {
    return this.cursors.seal(plain, this.#boundTo)
  }

  #opened(cursor: string): Followed {
    const plain = this.cursors.open(cursor, this.#boundTo)
    if (!plain) throw new WrongCursorError(`"after" is not a cursor of the changes that ${this.#viewer.kind === 'PARTNER' ? 'this key' : 'you'} may read. Use the last cursor that you got with the same kind of key; or leave it out, to begin with the first change.`)
    const [storyId, ordinal, contracts, towards, from] = plain
    return { place: { storyId: storyId!, ordinal: Number(ordinal) }, contracts: contracts === undefined ? [] : contracts.split(',').map(Number), towards: towards === undefined ? undefined : Number(towards), from }
  }
}

/** A database that was set back to an earlier state does not have the change that was read last. */
function known(page: ChangePage | undefined): ChangePage {
  if (!page) throw new WrongCursorError('"after" is a cursor of a change that is not here. Leave it out, to begin with the first change.')
  return page
}
