/** A run of UTF-16 code units, end-exclusive. */
export interface Place { readonly start: number; readonly end: number }

/** A text with its quotation marks, spaces and invisible characters made alike, and where each unit of it stood. */
interface Folded { readonly text: string; readonly at: readonly number[] }

const MOST_PLACES = 10
const DOUBLE = /[“”„‟«»〝〞＂]/
const SINGLE = /[‘’‚‛‹›＇`´]/
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/
const WORD = /[\p{L}\p{N}]/u
/** What may stand between the parts of a quote that the story interrupts. */
const BETWEEN = /^[\s"',;:.!?–—-]*/
const CLOSING = /[\s,;:.–—-]+$/

/** Quotation marks of every kind alike, every run of white space one space. Nothing else is changed: not case, not words. */
export function folded(text: string): string {
  return fold(text).text.trim()
}

/**
 * Where in a statement's text a quote stands word for word, but for quotation marks, spaces and the comma or full stop before the closing
 * mark. `parts` are the runs of a quote that the story interrupts, in order: they follow each other in the statement too. At most ten
 * places, in order. Time grows with the text.
 */
export function placesOf(text: string | Folded, parts: readonly string[]): Place[] {
  const statement = typeof text === 'string' ? fold(text) : text
  const wanted = parts.map(folded)
  const last = wanted.at(-1)
  if (last === undefined || wanted.some((part) => part === '')) return []
  const inner = wanted.slice(0, -1).map((part) => part.replace(CLOSING, ''))
  const exact = search(statement, [...inner, last])
  const bare = last.replace(CLOSING, '')
  return exact.length > 0 || bare === last || bare === '' ? exact : search(statement, [...inner, bare])
}

/** For many quotes of one statement: its text is folded once. */
export function placesOfAll(text: string, quotes: readonly (readonly string[])[]): Place[][] {
  const statement = fold(text)
  return quotes.map((parts) => placesOf(statement, parts))
}

function search({ text, at }: Folded, parts: readonly string[]): Place[] {
  const places: Place[] = []
  for (let from = text.indexOf(parts[0]!); from >= 0 && places.length < MOST_PLACES; from = text.indexOf(parts[0]!, from + 1)) {
    const to = endOf(text, from, parts)
    if (to !== undefined && isWhole(text, from, to)) places.push({ start: at[from]!, end: at[to - 1]! + 1 })
  }
  return places
}

/** Where the last part ends, if the parts follow one another from here on. */
function endOf(text: string, from: number, parts: readonly string[]): number | undefined {
  let to = from + parts[0]!.length
  for (const part of parts.slice(1)) {
    to += BETWEEN.exec(text.slice(to, to + 8))![0].length
    if (!text.startsWith(part, to)) return undefined
    to += part.length
  }
  return to
}

/** Whether a run neither begins nor ends inside a word. */
function isWhole(text: string, from: number, to: number): boolean {
  const joins = (before: string | undefined, after: string | undefined) => before !== undefined && after !== undefined && WORD.test(before) && WORD.test(after)
  return !joins(text[from - 1], text[from]) && !joins(text[to - 1], text[to])
}

function fold(text: string): Folded {
  let made = ''
  const at: number[] = []
  for (let index = 0; index < text.length; index += 1) {
    const unit = text[index]!
    if (INVISIBLE.test(unit)) continue
    const isSpace = /\s/.test(unit)
    if (isSpace && made.endsWith(' ')) continue
    made += isSpace ? ' ' : DOUBLE.test(unit) ? '"' : SINGLE.test(unit) ? '\'' : unit
    at.push(index)
  }
  return { text: made, at }
}
