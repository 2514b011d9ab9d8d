import { MATCH_END, MATCH_START } from '../database/read/index.js'
import { cutsPair } from '../document/index.js'

export interface Snippet {
  readonly text: string
  /** Where `text` begins in the whole, UTF-16 units. */
  readonly offset: number
  /** `[start, end]` pairs in `text`. */
  readonly highlights: readonly (readonly [number, number])[]
}

const AROUND = 100

/**
 * The words around the first match. `marked` is the whole text with marks around matching words; where it is not the whole text
 * otherwise (the database drops what looks like a tag), the beginning is given without highlights.
 */
export function snippetOf(whole: string, marked: string): Snippet {
  const parts = marked.split(new RegExp(`[${MATCH_START}${MATCH_END}]`))
  const matches: [number, number][] = []
  let at = 0
  // Marks alternate: every second part is a match.
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) matches.push([at, at + part.length])
    at += part.length
  }
  const isFaithful = parts.join('') === whole
  const first = (isFaithful && matches[0]?.[0]) || 0
  const start = wordStart(whole, Math.max(0, first - AROUND))
  const end = wordEnd(whole, Math.min(whole.length, first + 2 * AROUND))
  const highlights = isFaithful ? matches.filter(([from, to]) => from >= start && to <= end).map(([from, to]) => [from - start, to - start] as const) : []
  return { text: whole.slice(start, end), offset: start, highlights }
}

const LONGEST_WORD = 40

function wordStart(text: string, offset: number): number {
  for (let at = offset; at > Math.max(0, offset - LONGEST_WORD); at -= 1) if (/\s/.test(text[at - 1]!)) return at
  return offset > 0 && cutsPair(text, offset) ? offset + 1 : offset
}

function wordEnd(text: string, offset: number): number {
  for (let at = offset; at < Math.min(text.length, offset + LONGEST_WORD); at += 1) if (/\s/.test(text[at]!)) return at
  return cutsPair(text, offset) ? offset - 1 : offset
}
