import type { PlainStory } from './plain-story.mjs'

// Stories of the size that a story page has, the same for the same number: 20 paragraphs, 12 quotes, 6 unnamed sources, 2 statements.
const WORDS = 'harbor council budget vote ferry audit nurses contract bridge ruling storm grid repair inspector testimony levy housing transit permit clinic strike records evidence hearing deadline the of a to in on for with by from'.split(' ')
const ROLES = ['director', 'spokeswoman', 'mayor', 'engineer', 'attorney', 'resident']
const DESCRIPTORS = ['a senior official familiar with the talks', 'people briefed on the matter', 'a current employee', 'a former board member']
const TERMS = ['not authorized to speak publicly', 'on condition of anonymity to discuss a pending case', 'for fear of retaliation']
const CHANNELS = ['press release', 'email', 'press conference', 'social media post', 'court filing']
const KINDS = ['direct', 'direct', 'partial', 'paraphrase']
const START = Date.UTC(2019, 0, 1)
const HOUR = 3_600_000

/** A stream of numbers from 0 to 1, by Mulberry's mixing of a counter. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const slugOf = (index: number): string => `story-${String(index + 1).padStart(6, '0')}`

export class Writer {
  readonly #random: () => number
  constructor(seed: number) { this.#random = randomFrom(seed) }

  number(from: number, to: number): number { return from + Math.floor(this.#random() * (to - from + 1)) }
  one<T>(list: readonly T[]): T { return list[this.number(0, list.length - 1)]! }
  chance(of: number): boolean { return this.#random() < of }
  /** Few come often, most seldom. */
  rank(count: number): number { return Math.floor(count * this.#random() ** 2.5) }
  text(length: number): string {
    const words: string[] = []
    for (let at = 0; at < length; at += words.at(-1)!.length + 1) words.push(this.one(WORDS))
    return `${words.join(' ')}.`
  }
}

const people = (stories: number) => Math.max(200, Math.round(stories / 5))
const bodyOf = (id: number) => ({ id, name: `Harbor Authority ${id}` })

export function* madeUpStories(count: number): Generator<PlainStory> {
  const writer = new Writer(20_261_128)
  const range = <T>(length: number, make: (index: number) => T) => Array.from({ length }, (_, index) => make(index))
  for (let index = 0; index < count; index += 1) {
    const published = START + index * HOUR + writer.number(0, HOUR - 1)
    const topic = writer.number(0, 59)
    yield {
      slug: slugOf(index), headline: writer.text(70), dek: writer.text(130), publishedAt: new Date(published).toISOString(), updatedAt: new Date(published + writer.number(0, 24 * HOUR)).toISOString(),
      paragraphs: range(20, () => writer.text(writer.number(160, 360))),
      quotes: range(12, () => {
        const id = writer.rank(people(count)) + 1
        const said = { kind: writer.one(KINDS), text: writer.text(writer.number(60, 160)), saidAt: new Date(published - writer.number(60_000, 48 * HOUR)).toISOString() }
        return writer.chance(0.8) ? { ...said, person: { id, name: `Ada Quill ${id}`, role: ROLES[id % ROLES.length]!, organization: bodyOf((id % 60) + 1) } } : { ...said, anonymousSource: writer.one(DESCRIPTORS) }
      }),
      anonymousAttributions: range(6, () => ({ descriptor: writer.one(DESCRIPTORS), headcount: writer.number(1, 5), terms: writer.one(TERMS) })),
      statements: range(2, () => ({ organization: bodyOf(writer.number(1, 60)), channel: writer.one(CHANNELS), text: writer.text(writer.number(120, 260)), issuedAt: new Date(published - writer.number(60_000, 24 * HOUR)).toISOString() })),
      topics: range(3, (at) => { const id = ((topic + at * 7) % 60) + 1; return { slug: `topic-${id}`, name: `harbor matter ${id}` } }),
      bylines: range(writer.chance(0.4) ? 2 : 1, (at) => { const id = ((index + at) % 40) + 1; return { id, name: `Sam Reyes ${id}` } }),
    }
  }
}
