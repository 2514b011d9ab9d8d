import type { Slice } from './slices.js'

interface Held {
  readonly body: Slice
  readonly bytes: number
}

/** Bodies, each with its key. */
export interface Seen {
  readonly keys: readonly string[]
  readonly bodies: readonly Slice[]
}

/** What an entry takes beside its JSON, roughly: as objects a text takes more. */
const OVERHEAD = 500
/** A body that takes a larger part of the memory than this is not held: it would push out too many others. */
const LARGEST_PART = 16
/** Places whose last revisions are remembered, and the characters of one: what is asked for once, with a long filter, is not worth it. */
const [MOST_PLACES, LONGEST_PLACE] = [5_000, 500]

/**
 * Published revisions, which never change (I2), and their parts, held in memory so that they need not be sent and parsed again. The database
 * is asked at every request which revision a viewer may read now, and sends whatever is not here.
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
  seenAt(places: readonly string[]): Seen {
    const seen = { keys: [] as string[], bodies: [] as Slice[] }
    for (const place of places) {
      for (const key of this.#places.get(place) ?? []) {
        const held = this.#bodies.get(key)
        if (!held) continue
        seen.keys.push(key)
        seen.bodies.push(held.body)
      }
    }
    return seen
  }

  /** Holds what a place shows now. */
  show(place: string, { keys, bodies }: Seen): void {
    if (keys.length === 0 || place.length > LONGEST_PLACE) return
    this.#places.delete(place)
    this.#places.set(place, keys)
    if (this.#places.size > MOST_PLACES) this.#places.delete(this.#places.keys().next().value!)
    keys.forEach((key, index) => this.#hold(key, bodies[index]!))
    for (const [key, { bytes }] of this.#bodies) {
      if (this.#bytes <= this.most) break
      this.#bodies.delete(key)
      this.#bytes -= bytes
    }
  }

  /** Whether the order in which bodies were used last is of no use, since there is room for as many again. */
  get hasRoom(): boolean {
    return 2 * this.#bytes <= this.most
  }

  #hold(key: string, body: Slice): void {
    const held = this.#bodies.get(key)
    if (held) {
      // The last is the one used last.
      if (this.hasRoom) return
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
