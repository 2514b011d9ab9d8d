import type { Paragraph, StoryDocument, TextRange } from './schema.js'

type Path = readonly (string | number)[]
type Bare = Pick<TextRange, 'paragraph' | 'start' | 'end'> & { readonly exact?: string | undefined }

function isRange(value: object): value is Bare {
  return 'paragraph' in value && 'start' in value && 'end' in value
}

/**
 * The same value with every text range in it replaced by what `change` returns; paths are from the value's root, and hold during the call.
 * Branches without a range are kept as they are, not copied.
 */
export function mapRanges<T>(value: T, change: (range: Bare, path: Path) => Bare, path: (string | number)[] = []): T {
  if (typeof value !== 'object' || value === null) return value
  if (isRange(value)) return change(value, path) as T
  let copy: Record<string | number, unknown> | undefined
  const replace = (at: string | number, before: unknown) => {
    path.push(at)
    const after = mapRanges(before, change, path)
    path.pop()
    if (after !== before) (copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>)[at] = after
  }
  if (Array.isArray(value)) value.forEach((entry, index) => replace(index, entry))
  else for (const key of Object.keys(value)) replace(key, (value as Record<string, unknown>)[key])
  return (copy ?? value) as T
}

/** Why a range does not fit its paragraphs, or undefined (I1). Offsets are UTF-16 code units, end-exclusive. */
export function rangeProblem(paragraphs: readonly Pick<Paragraph, 'text'>[], range: Bare): { code: RangeProblem; message: string } | undefined {
  const text = paragraphs[range.paragraph]?.text
  if (text === undefined) {
    return { code: 'RANGE_OUTSIDE', message: `names paragraph ${range.paragraph}, but the story has paragraphs 0 to ${paragraphs.length - 1}` }
  }
  if (range.start >= range.end) return { code: 'RANGE_OUTSIDE', message: `starts at ${range.start} and ends at ${range.end}; a range holds at least one character` }
  if (range.end > text.length) {
    return { code: 'RANGE_OUTSIDE', message: `ends at ${range.end}, but paragraph ${range.paragraph} has ${text.length} UTF-16 units` }
  }
  for (const offset of [range.start, range.end]) {
    if (cutsPair(text, offset)) return { code: 'RANGE_CUTS_CHARACTER', message: `cuts the character at offset ${offset} of paragraph ${range.paragraph} in half; move it by one` }
  }
  const words = text.slice(range.start, range.end)
  if (range.exact !== undefined && range.exact !== words) {
    return { code: 'RANGE_WORDS_DIFFER', message: `says ${quoted(range.exact)}, but the text there is ${quoted(words)}` }
  }
  return undefined
}
export type RangeProblem = 'RANGE_OUTSIDE' | 'RANGE_CUTS_CHARACTER' | 'RANGE_WORDS_DIFFER'

/** Whether an offset lies between the two halves of a surrogate pair. */
export function cutsPair(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1)
  const after = text.charCodeAt(offset)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}

/** Reading order. */
export function compareRanges(a: Bare, b: Bare): number {
  return a.paragraph - b.paragraph || a.start - b.start || a.end - b.end
}

/** The words of several ranges in reading order, joined by one space. */
export function wordsOf(ranges: readonly TextRange[]): string {
  return ranges.map((range) => range.exact).join(' ')
}

const CONTEXT = 32

/** The words before and after a range, at most 32 UTF-16 units each, never cutting a character (TextQuoteSelector, W3C Web Annotation 4.2.4). */
export function contextOf(document: Pick<StoryDocument, 'paragraphs'>, range: TextRange): { prefix: string; suffix: string } {
  const text = document.paragraphs[range.paragraph]!.text
  let from = Math.max(0, range.start - CONTEXT)
  if (cutsPair(text, from)) from += 1
  let to = Math.min(text.length, range.end + CONTEXT)
  if (cutsPair(text, to)) to -= 1
  return { prefix: text.slice(from, range.start), suffix: text.slice(range.end, to) }
}

function quoted(words: string): string {
  return JSON.stringify(words.length > 60 ? `${words.slice(0, 57)}…` : words)
}
