import type { Slice } from './slices.js'

interface Held {
  readonly body: Slice
  readonly bytes: number
}

/** What an entry takes beside its JSON, roughly: as objects a text takes more. */
const OVERHEAD = 500
/** A body that takes a larger part of the memory than this is not held: it would push out too many others. */
const LARGEST_PART = 16
/** Places whose last revisions are remembered, and the characters of one: what is asked for once, with a long filter, is not worth it. */
const [MOST_PLACES, LONGEST_PLACE] = [5_000, 500]

/**
 * Published revisions, which never change (I2), and their parts, held in memory so that they need not be sent and parsed again. The database
 * is asked at every request which revision a viewer may read now, and sends whatever is not here. What was expunged it always sends.
 */
export class HeldRevisions {
  readonly #bodies = new Map<string, Held>()
  readonly #places = new Map<string, readonly string[]>()
  #bytes = 0

  /** @param most bytes of JSON */
  constructor(private readonly most: number) {}

  get bytes(): number {
    return this.#bytes
  }

  /** What is held of that which these places showed last. A place is a list's or a story's; what keys mean, whoever reads there decides. */
  seenAt(places: readonly string[]): Map<string, Slice> {
    const seen = new Map<string, Slice>()
    for (const key of places.flatMap((place) => this.#places.get(place) ?? [])) {
      const held = this.#bodies.get(key)
      if (held) seen.set(key, held.body)
    }
    return seen
  }

  /** Holds what a place shows now. */
  show(place: string, bodies: ReadonlyMap<string, Slice>): void {
    if (bodies.size === 0 || place.length > LONGEST_PLACE) return
    this.#places.delete(place)
    this.#places.set(place, [...bodies.keys()])
    if (this.#places.size > MOST_PLACES) this.#places.delete(this.#places.keys().next().value!)
    for (const [key, body] of bodies) this.#hold(key, body)
    for (const [key, { bytes }] of this.#bodies) {
      if (this.#bytes <= this.most) break
      this.#bodies.delete(key)
      this.#bytes -= bytes
    }
  }

  #hold(key: string, body: Slice): void {
    const held = this.#bodies.get(key)
    if (held) {
      // The last is the one used last; of no use while there is room for as much again.
      if (2 * this.#bytes <= this.most) return
      this.#bodies.delete(key)
      this.#bodies.set(key, held)
      return
    }
    const bytes = OVERHEAD + key.length + JSON.stringify(body).length
    if (bytes * LARGEST_PART > this.most) return
    this.#bodies.set(key, { body, bytes })
    this.#bytes += bytes
  }
}
