import type { ParagraphRole, StoryDocumentInput } from '../document/index.js'

export interface Range { readonly paragraph: number; readonly start: number; readonly end: number }

type Written = StoryDocumentInput['paragraphs'][number]
const inRole = (role: ParagraphRole) => (text: string): Written => ({ role, text })
export const headline = inRole('HEADLINE')
export const summary = inRole('SUMMARY')
export const caption = inRole('CAPTION')
export const correction = inRole('CORRECTION')
export const editorsNote = inRole('EDITORS_NOTE')

/**
 * A story's paragraphs, and a way to point at words in them without counting characters. Words are written
 * - as they stand: `two engineers`,
 * - by their beginning and end: `The bridge will ... by spring`,
 * - in brackets among words around them, where they stand more than once: `Okafor [said]`.
 */
export interface Copy {
  readonly paragraphs: readonly Written[]
  /** The range of these words. `nth` counts from 1 where they stand more than once. Throws where they are missing or ambiguous. */
  readonly at: (words: string, nth?: number) => Range
  /** The same, looking at these paragraphs only. */
  readonly within: (paragraphs: readonly number[], words: string, nth?: number) => Range
  /** The words of a range. */
  readonly words: (range: Range) => string
  /** What stands between quotation marks in these ranges, without the marks. */
  readonly quoted: (ranges: readonly Range[]) => Range[]
}

const QUOTED = /“([^”]+)”|"([^"]+)"|«([^»]+)»/dg

export function write(written: readonly (string | Written)[]): Copy {
  const paragraphs = written.map((paragraph) => (typeof paragraph === 'string' ? { text: paragraph } : paragraph))
  const everywhere = paragraphs.map((_, index) => index)
  const textOf = (index: number) => paragraphs[index]!.text
  const within = (places: readonly number[], words: string, nth?: number): Range => {
    const pattern = patternOf(words)
    const found = places.flatMap((paragraph) => [...textOf(paragraph).matchAll(pattern)].map((match): Range => {
      const [start, end] = match.indices![1]!
      return { paragraph, start, end }
    }))
    return theOne(found, words, nth)
  }
  return {
    paragraphs,
    within,
    at: (words, nth) => within(everywhere, words, nth),
    words: ({ paragraph, start, end }) => textOf(paragraph).slice(start, end),
    quoted: (ranges) => ranges.flatMap(({ paragraph, start, end }) => [...textOf(paragraph).slice(start, end).matchAll(QUOTED)].map((match) => {
      const [from, to] = match.indices!.slice(1).find((group) => group !== undefined)!
      return { paragraph, start: start + from, end: start + to }
    })),
  }
}

function theOne(found: readonly Range[], words: string, nth: number | undefined): Range {
  const range = found[(nth ?? 1) - 1]
  if (!range) throw new RangeError(found.length === 0 ? `The copy does not say "${words}"` : `The copy says "${words}" ${found.length} times, not ${nth}`)
  if (nth === undefined && found.length > 1) throw new RangeError(`The copy says "${words}" ${found.length} times; put it in brackets among the words around it, or count`)
  return range
}

/** Finds whole words only. A lookahead, so that overlapping finds all count. */
function patternOf(words: string): RegExp {
  const [, before = '', wanted = words, after = ''] = /^([^[]*)\[([^\]]+)\](.*)$/s.exec(words) ?? []
  const stretch = wanted.split(' ... ').map(literal).join('.*?')
  return new RegExp(`(?<![\\p{L}\\p{N}])(?=${literal(before)}(${stretch})${literal(after)}(?![\\p{L}\\p{N}]))`, 'dgsu')
}

const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
