import type { Question } from './page.js'
import type { Slice } from './slices.js'

interface Held {
  readonly body: Slice
  readonly bytes: number
}

interface HeldPlace {
  readonly keys: readonly string[]
  page: HeldPage | undefined
  /** What the page takes, with the bodies that it is made of: it keeps them, also when they are let go of here. */
  readonly pageBytes: number
}

/** A page of a list as it was read last: its mark, and what was made of it. */
export interface HeldPage {
  readonly mark: string
  readonly rows: readonly unknown[]
}

/** Bodies, each with its key. */
export interface Seen {
  readonly keys: readonly string[]
  readonly bodies: readonly Slice[]
}

/** What an entry takes beside its JSON, roughly: as objects a text takes more. So does a row of a page. */
const OVERHEAD = 500
/** A body that takes a larger part of the memory than this is not held: it would push out too many others. */
const LARGEST_PART = 16
/** Places whose last revisions are remembered, and the characters of one: what is asked for once, with a long filter, is not worth it. */
const [MOST_PLACES, LONGEST_PLACE] = [5_000, 500]
/** Questions that are remembered, and the characters of what one asks: of more pages than that the texts would be large. */
const [MOST_QUESTIONS, LONGEST_QUESTION] = [1_000, 2_000]
/** After so many that were wanted, each counts half: what was wanted long ago counts for nothing in the end. */
const COUNTED = 10_000

/**
 * Published revisions, which never change (I2), and their parts, held in memory so that they need not be sent and parsed again. The database
 * is asked at every request which revision a viewer may read now, and sends whatever is not here.
 */
export class HeldRevisions {
  readonly #bodies = new Map<string, Held>()
  readonly #places = new Map<string, HeldPlace>()
  readonly #questions = new Map<string, Question>()
  /** How often bodies were wanted lately, where there is little room. */
  readonly #wanted = new Map<string, number>()
  #counted = 0
  #bytesOfBodies = 0
  #bytesOfPages = 0

  /** @param most bytes of JSON */
  constructor(private readonly most: number) {}

  get bytes(): number {
    return this.#bytesOfBodies + this.#bytesOfPages
  }

  /** The pages that these places showed last; undefined where one of them is not held. */
  pagesAt(places: readonly string[]): readonly HeldPage[] | undefined {
    const pages: HeldPage[] = []
    for (const place of places) {
      const shown = this.#places.get(place)
      if (!shown?.page) return undefined
      // The last is the one used last.
      this.#places.delete(place)
      this.#places.set(place, shown)
      pages.push(shown.page)
    }
    return pages
  }

  /** What is asked of the database to learn whether pages are still those that are held: made once. `of` says what is read, and how. */
  question(of: string, make: () => Question): Question {
    const asked = this.#questions.get(of)
    if (asked) return asked
    const question = make()
    if (question.statement.isOnce || of.length > LONGEST_QUESTION) return question
    this.#questions.set(of, question)
    if (this.#questions.size > MOST_QUESTIONS) this.#questions.delete(this.#questions.keys().next().value!)
    return question
  }

  /** What is held of the bodies that these places showed last. A place is a list's or a story's; what keys mean, whoever reads there decides. */
  seenAt(places: readonly string[]): Seen {
    const seen = { keys: [] as string[], bodies: [] as Slice[] }
    for (const place of places) {
      for (const key of this.#places.get(place)?.keys ?? []) {
        const held = this.#bodies.get(key)
        if (!held) continue
        seen.keys.push(key)
        seen.bodies.push(held.body)
      }
    }
    return seen
  }

  /** Holds what a place shows now, and the page that was made of it. */
  show(place: string, { keys, bodies }: Seen, page?: HeldPage): void {
    if ((keys.length === 0 && !page) || place.length > LONGEST_PLACE) return
    this.#forget(place)
    keys.forEach((key, index) => this.#hold(key, bodies[index]!))
    const pageBytes = page ? page.rows.length * OVERHEAD + keys.reduce((sum, key) => sum + (this.#bodies.get(key)?.bytes ?? this.most), 0) : 0
    const fits = page !== undefined && pageBytes * LARGEST_PART <= this.most
    this.#places.set(place, { keys, page: fits ? page : undefined, pageBytes })
    if (fits) this.#bytesOfPages += pageBytes
    if (this.#places.size > MOST_PLACES) this.#forget(this.#places.keys().next().value!)
    this.#shrink()
  }

  /** Whether the order in which bodies were used last is of no use, since there is room for as many again. */
  get hasRoom(): boolean {
    return 2 * this.bytes <= this.most
  }

  #forget(place: string): void {
    const shown = this.#places.get(place)
    if (shown) this.#letGo(shown)
    this.#places.delete(place)
  }

  #letGo(shown: HeldPlace): void {
    if (shown.page) this.#bytesOfPages -= shown.pageBytes
    shown.page = undefined
  }

  #hold(key: string, body: Slice): void {
    const held = this.#bodies.get(key)
    if (!this.hasRoom) this.#count(key)
    if (held) {
      // The last is the one used last.
      if (this.hasRoom) return
      this.#bodies.delete(key)
      this.#bodies.set(key, held)
      return
    }
    const bytes = OVERHEAD + key.length + lengthOf(body)
    if (bytes * LARGEST_PART > this.most || !this.#isWorth(key, bytes)) return
    this.#bodies.set(key, { body, bytes })
    this.#bytesOfBodies += bytes
  }

  /** Whether there is room for one more body, or it was wanted more often than the one that it would push out. */
  #isWorth(key: string, bytes: number): boolean {
    if (this.bytes + bytes <= this.most) return true
    const [first, held] = this.#bodies.entries().next().value ?? []
    if (first === undefined || (this.#wanted.get(key) ?? 0) > (this.#wanted.get(first) ?? 0)) return true
    // The next one is compared with another.
    this.#bodies.delete(first)
    this.#bodies.set(first, held!)
    return false
  }

  #count(key: string): void {
    this.#wanted.set(key, (this.#wanted.get(key) ?? 0) + 1)
    this.#counted += 1
    if (this.#counted < COUNTED) return
    this.#counted = 0
    for (const [each, times] of this.#wanted) {
      if (times > 1) this.#wanted.set(each, times >> 1)
      else this.#wanted.delete(each)
    }
  }

  /** Pages may take half. The first ones are those used longest ago. */
  #shrink(): void {
    for (const shown of this.#places.values()) {
      if (2 * this.#bytesOfPages <= this.most) break
      this.#letGo(shown)
    }
    for (const [key, { bytes }] of this.#bodies) {
      if (this.bytes <= this.most) return
      this.#bodies.delete(key)
      this.#bytesOfBodies -= bytes
    }
  }
}

/** Characters of a value's JSON, roughly: in a tenth of the time that writing it takes. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 5
  let length = 2
  if (Array.isArray(value)) for (const entry of value) length += 1 + lengthOf(entry)
  else for (const [name, entry] of Object.entries(value)) length += name.length + 4 + lengthOf(entry)
  return length
}
