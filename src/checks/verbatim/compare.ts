import { diffArrays } from 'diff'
import type { WordChange } from '../finding.js'
import { NEGATIONS } from '../lexicon/phrases.js'
import { piecesOf, wordsOf, type Piece, type Word } from './words.js'

export interface Comparison {
  /** `same`: found, marks allowed for. `deletion`: the record's words with some left out unmarked. `changed`: other words. `missing`: not in the record at all. */
  readonly verdict: 'same' | 'deletion' | 'changed' | 'missing'
  /** A negation of the record is not in the quote, or the other way round. */
  readonly flips: boolean
  /** From the record to the quote. */
  readonly changes: readonly WordChange[]
}

/** In place of a bracketed insertion or a marked omission the record may hold so many words. */
const LONGEST_GAP = 400
const LONGEST_INSERT = 12
/** Less than this share of the quote in the record, and it is no quote of it. */
const LEAST_SHARED = 0.5

/** Of a word that the record says more often, so many places vote on where the quote is nearest. */
const MOST_PLACES = 64

/** A record's words and where each stands, made once for all quotes of it. */
export interface RecordWords { readonly words: readonly Word[]; readonly places: ReadonlyMap<string, readonly number[]> }

export function recordWords(record: string): RecordWords {
  const words = wordsOf(record)
  const places = new Map<string, number[]>()
  words.forEach(({ plain }, at) => {
    const known = places.get(plain)
    if (known) known.push(at)
    else places.set(plain, [at])
  })
  return { words, places }
}

/**
 * Compares printed pieces of one quote with its record. The pieces follow one another in the record; between them words may stand.
 * @param record the full text that the quote was taken from, in the language that was spoken.
 */
export function compareQuote(printed: readonly string[], record: string | RecordWords): Comparison {
  const { words: source, places } = typeof record === 'string' ? recordWords(record) : record
  const whole = piecesOf(printed.join(' '))
  const place = locate(whole, source, places) ?? locate(printed.flatMap((part, index): Piece[] => (index === 0 ? piecesOf(part) : [{ kind: 'gap' }, ...piecesOf(part)])), source, places)
  if (place) {
    // A marked omission must not hide a negation.
    const flips = place.gaps.some(hidesNegation)
    return { verdict: flips ? 'deletion' : 'same', flips, changes: flips ? changesOf(source.slice(place.start, place.end), spoken(whole)) : [] }
  }
  return differing(spoken(whole), source, places)
}

const spoken = (pieces: readonly Piece[]) => pieces.flatMap((piece) => (piece.kind === 'gap' ? [] : piece.words))
const isNegation = (word: string) => NEGATIONS.has(word.replaceAll('\'', '')) || /n't$/.test(word)
/** Words of the record that print leaves out at one place, and the last word before them. */
interface Gap { readonly before: Word | undefined; readonly words: readonly Word[] }

/** A negation next to what is left, in the same sentence, changes it; one inside a thought that is left out as a whole does not. */
function hidesNegation({ before, words }: Gap): boolean {
  const firstEnd = words.findIndex(({ ends }) => ends)
  const left = before?.ends ? [] : words.slice(0, firstEnd < 0 ? words.length : firstEnd + 1)
  const right = words.slice(words.findLastIndex(({ ends }) => ends) + 1)
  const isShort = words.length <= 3 && firstEnd < 0
  return (isShort ? words : [...left.slice(0, 2), ...right.slice(-2)]).some(({ plain }) => isNegation(plain))
}

interface Found { readonly start: number; readonly end: number; readonly gaps: readonly Gap[] }

/** The first place where the pieces stand one after another in the record. */
function locate(pieces: readonly Piece[], source: readonly Word[], places: RecordWords['places']): Found | undefined {
  const first = pieces.find((piece) => piece.kind === 'words')
  if (!first) return undefined
  for (const start of places.get(first.words[0]!.plain) ?? []) {
    if (!standsAt(first.words, source, start)) continue
    const found = follow(pieces.slice(pieces.indexOf(first) + 1), source, start + first.words.length)
    if (found) return { start, ...found }
  }
  return undefined
}

function follow(pieces: readonly Piece[], source: readonly Word[], from: number): { end: number; gaps: readonly Gap[] } | undefined {
  let at = from
  let slack = 0
  const gaps: Gap[] = []
  for (const piece of pieces) {
    if (piece.kind !== 'words') {
      slack = Math.max(slack, piece.kind === 'gap' ? LONGEST_GAP : LONGEST_INSERT)
      continue
    }
    let skip = 0
    while (skip <= slack && !standsAt(piece.words, source, at + skip)) skip += 1
    if (skip > slack) return undefined
    if (skip > 0) gaps.push({ before: source[at - 1], words: source.slice(at, at + skip) })
    at += skip + piece.words.length
    slack = 0
  }
  return { end: at, gaps }
}

function standsAt(words: readonly Word[], source: readonly Word[], at: number): boolean {
  return at >= 0 && at + words.length <= source.length && words.every((word, index) => source[at + index]!.plain === word.plain)
}

/** The quote is not there word by word: what is nearest, and how it differs. */
function differing(quote: readonly Word[], source: readonly Word[], places: RecordWords['places']): Comparison {
  const near = nearest(quote, source, places)
  const changes = changesOf(near, quote)
  const count = (kind: WordChange['kind']) => changes.filter((change) => change.kind === kind).reduce((sum, change) => sum + change.words.split(' ').length, 0)
  if (quote.length === 0 || count('same') / quote.length < LEAST_SHARED) return { verdict: 'missing', flips: false, changes: [] }
  const lost = changes.some((change) => change.kind !== 'same' && wordsOf(change.words).some(({ plain }) => isNegation(plain)))
  return { verdict: count('added') === 0 ? 'deletion' : 'changed', flips: lost, changes }
}

/** The stretch of the record that shares most with the quote, trimmed to where it begins and ends. */
function nearest(quote: readonly Word[], source: readonly Word[], places: RecordWords['places']): readonly Word[] {
  const size = Math.min(source.length, Math.ceil(quote.length * 1.5) + 6)
  const votes = new Map<number, number>()
  quote.forEach(({ plain }, index) => {
    const found = (places.get(plain) ?? []).slice(0, MOST_PLACES)
    for (const at of found) {
      const start = Math.max(0, Math.floor((at - index) / 4) * 4)
      votes.set(start, (votes.get(start) ?? 0) + 1 / found.length)
    }
  })
  const best = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0
  const from = Math.max(0, best - 6)
  return trimmed(source.slice(from, from + size + 12), quote)
}

function trimmed(stretch: readonly Word[], quote: readonly Word[]): readonly Word[] {
  const parts = diffArrays(stretch.map(({ plain }) => plain), quote.map(({ plain }) => plain))
  const lead = parts[0]?.removed && !parts[1]?.added ? parts[0].value.length : 0
  const last = parts.at(-1)
  const tail = last?.removed ? last.value.length : 0
  return stretch.slice(lead, tail > 0 ? stretch.length - tail : stretch.length)
}

function changesOf(record: readonly Word[], quote: readonly Word[]): WordChange[] {
  let inRecord = 0
  let inQuote = 0
  return diffArrays(record.map(({ plain }) => plain), quote.map(({ plain }) => plain)).map((part): WordChange => {
    const from = part.added ? quote.slice(inQuote, inQuote + part.value.length) : record.slice(inRecord, inRecord + part.value.length)
    if (!part.removed) inQuote += part.value.length
    if (!part.added) inRecord += part.value.length
    return { kind: part.added ? 'added' : part.removed ? 'removed' : 'same', words: from.map(({ written }) => written).join(' ') }
  })
}

/** "the [not] plan to [close → shut]", for a message. */
export function changesText(changes: readonly WordChange[]): string {
  const removed = changes.filter(({ kind }) => kind === 'removed').map(({ words }) => `“${words}”`)
  const added = changes.filter(({ kind }) => kind === 'added').map(({ words }) => `“${words}”`)
  const parts = [removed.length > 0 ? `the record has ${removed.slice(0, 4).join(', ')}` : '', added.length > 0 ? `the quote has ${added.slice(0, 4).join(', ')}` : '']
  return parts.filter((part) => part !== '').join('; ')
}
