import type { Paragraph, TextRange } from '../schema.js'
import { align, refined, type Alignment, type Run } from './align.js'
import { BREAK, joins } from './characters.js'
import { movedSentences, type MovedSentence } from './moved-sentences.js'
import { matchParagraphs, type ParagraphLink } from './paragraphs.js'
import { newEffort, type Effort } from './token-diff.js'

type Paragraphs = readonly Pick<Paragraph, 'role' | 'text'>[]

/**
 * Why words no longer hold. `PARAGRAPH_REMOVED`: nothing is left of their paragraph. `WORDS_REMOVED`, `WORDS_CHANGED`: all, or
 * some, of them are gone, or they became part of a longer word. `SPLIT`: a paragraph now ends within them. `AMBIGUOUS`: the same
 * words stand there, but may be another occurrence of them.
 */
export type LostReason = 'PARAGRAPH_REMOVED' | 'WORDS_REMOVED' | 'WORDS_CHANGED' | 'SPLIT' | 'AMBIGUOUS'
export type Located = { readonly range: TextRange } | { readonly lost: LostReason }

export interface Locator {
  /** Where the words of an old range stand now. */
  readonly locate: (range: TextRange) => Located
  /** The new place of a whole paragraph, for what points at paragraphs. Undefined where too few of its words are left. */
  readonly paragraph: (index: number) => number | undefined
  /** Whether an edit has put the end of a sentence or of a paragraph between the words and the ones they belong to. */
  readonly isParted: (oldOwners: readonly TextRange[], old: TextRange, owners: readonly TextRange[], range: TextRange) => boolean
}

/** Old and new paragraphs that became one another, joined, with what became of their words. */
interface Group {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly a: string
  readonly b: string
  readonly startA: ReadonlyMap<number, number>
  readonly startB: readonly number[]
  readonly alignment: Alignment
  /** The equal words, before runs were drawn out by single characters. */
  readonly words: readonly Run[]
  /** Where words stand, by the words: most are asked for more than once ("said"). */
  readonly found: Map<string, { readonly a: readonly number[]; readonly b: readonly number[] }>
}

/** Searches for other occurrences may read so many UTF-16 units of text; past that, words whose surroundings changed are in doubt. */
const MOST_SEARCHED = 24_000_000

export function createLocator(from: Paragraphs, to: Paragraphs): Locator {
  const links = matchParagraphs(from, to)
  const effort = newEffort()
  const same = new Map(links.filter((link) => link.by === 'SAME').map((link) => [link.from, link.to]))
  const whole = new Map(links.filter((link) => link.by === 'SAME' || link.by === 'SIMILAR').map((link) => [link.from, link.to]))
  const members = groupsOf(links.filter((link) => link.by === 'SIMILAR' || link.by === 'PART'))
  const groups = new Map<number, Group>()
  for (const member of members) {
    const group = groupOf(from, to, member, effort)
    for (const at of member.from) groups.set(at, group)
  }
  const search = { left: MOST_SEARCHED }
  let moved: ReadonlyMap<number, readonly MovedSentence[]> | undefined
  return {
    paragraph: (index) => whole.get(index),
    isParted: (oldOwners, old, owners, range) => owners.every((owner) => hasEndBetween(to, owner, range)) && !oldOwners.every((owner) => hasEndBetween(from, owner, old)),
    locate: (range) => {
      const place = same.get(range.paragraph)
      if (place !== undefined) return { range: { ...range, paragraph: place } }
      // A whole sentence that both texts have once says more than the words around an edit.
      moved ??= movedSentences(from, to)
      const sentence = locateMoved(from, to, moved.get(range.paragraph) ?? [], range)
      if (sentence) return sentence
      const group = groups.get(range.paragraph)
      return group ? locateIn(group, range, search) : { lost: 'PARAGRAPH_REMOVED' }
    },
  }
}

/** Paragraphs that were split or merged belong together, through however many links. */
function groupsOf(links: readonly ParagraphLink[]): { from: number[]; to: number[] }[] {
  const parents = new Map<string, string>()
  const root = (name: string): string => {
    let at = name
    while (parents.has(at)) at = parents.get(at)!
    return at
  }
  for (const { from, to } of links) {
    const [x, y] = [root(`a${from}`), root(`b${to}`)]
    if (x !== y) parents.set(y, x)
  }
  const groups = new Map<string, { from: Set<number>; to: Set<number> }>()
  for (const { from, to } of links) {
    const name = root(`a${from}`)
    const group = groups.get(name) ?? { from: new Set(), to: new Set() }
    groups.set(name, group)
    group.from.add(from)
    group.to.add(to)
  }
  const inOrder = (places: Iterable<number>) => [...places].sort((x, y) => x - y)
  return [...groups.values()].map(({ from, to }) => ({ from: inOrder(from), to: inOrder(to) }))
}

function groupOf(from: Paragraphs, to: Paragraphs, member: { from: readonly number[]; to: readonly number[] }, effort: Effort): Group {
  const a = member.from.map((at) => from[at]!.text).join(BREAK)
  const b = member.to.map((at) => to[at]!.text).join(BREAK)
  const starts = (places: readonly number[], paragraphs: Paragraphs) => {
    let start = 0
    return places.map((at) => {
      const own = start
      start += paragraphs[at]!.text.length + 1
      return own
    })
  }
  const startsA = starts(member.from, from)
  const alignment = align(a, b, effort)
  return {
    ...member, a, b,
    startA: new Map(member.from.map((at, index) => [at, startsA[index]!])),
    startB: starts(member.to, to),
    alignment: refined(a, b, alignment),
    words: alignment.runs,
    found: new Map(),
  }
}

function locateIn(group: Group, range: TextRange, search: { left: number }): Located {
  const { a, b, alignment: { runs, doubtful } } = group
  const start = group.startA.get(range.paragraph)! + range.start
  const end = start + range.end - range.start
  const at = firstEndingAfter(runs, start, (run) => run.a + run.length)
  const run = runs[at]
  if (!run || run.a > start || run.a + run.length < end) return { lost: reasonFor(group, start, end) }
  if (doubtful.some((span) => span.start < end && span.end > start)) return { lost: 'AMBIGUOUS' }
  const place = run.b + start - run.a
  if (isNowPartOfWord(a, start, end, b, place)) return { lost: 'WORDS_CHANGED' }
  if (hasRival(group, at, start, place, end - start, search)) return { lost: 'AMBIGUOUS' }
  const index = group.startB.findLastIndex((first) => first <= place)
  const first = place - group.startB[index]!
  return { range: { ...range, paragraph: group.to[index]!, start: first, end: first + end - start } }
}

function firstEndingAfter<T>(list: readonly T[], offset: number, endOf: (entry: T) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (endOf(list[middle]!) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

function reasonFor(group: Group, start: number, end: number): LostReason {
  const runs = group.words
  const at = firstEndingAfter(runs, start, (run) => run.a + run.length)
  const first = runs[at]
  if (!first || first.a >= end) return 'WORDS_REMOVED'
  return isSplit(group, first, runs[at + 1], start, end) ? 'SPLIT' : 'WORDS_CHANGED'
}

/** Whether all of the words are there, and only the end of a paragraph (and the space there) came between them. */
function isSplit(group: Group, first: Run, last: Run | undefined, start: number, end: number): boolean {
  if (!last || first.a > start || last.a + last.length < end) return false
  const between = group.b.slice(first.b + first.length, last.b)
  return between.includes(BREAK) && between.trim() === BREAK && group.a.slice(first.a + first.length, last.a).trim() === ''
}

/** "official" within "officials" is another word: a range that began or ended between words must still do so. */
function isNowPartOfWord(a: string, start: number, end: number, b: string, place: number): boolean {
  return (joins(b, place) && !joins(a, start)) || (joins(b, place + end - start) && !joins(a, end))
}

const CONTEXT = 32
const HAS_WORD = /[\p{L}\p{N}]/u

/**
 * Whether the same words, removed elsewhere in the old text or added elsewhere in the new, fit better: then an edit has moved or
 * repeated them, and where they stand now cannot be told. Asked only where the words beside them changed.
 */
function hasRival(group: Group, at: number, start: number, place: number, length: number, search: { left: number }): boolean {
  const { a, b, alignment: { runs } } = group
  const run = runs[at]!
  const isHeldLeft = HAS_WORD.test(a.slice(Math.max(run.a, start - CONTEXT), start)) || (isEdge(a, start) && isEdge(b, place))
  const runEnd = run.a + run.length
  const isHeldRight = HAS_WORD.test(a.slice(start + length, Math.min(runEnd, start + length + CONTEXT))) || (isEdge(a, start + length) && isEdge(b, place + length))
  if (isHeldLeft && isHeldRight) return false
  const words = a.slice(start, start + length)
  let found = group.found.get(words)
  if (!found) {
    search.left -= a.length + b.length
    if (search.left < 0) return true
    group.found.set(words, found = { a: placesOf(a, words), b: placesOf(b, words) })
  }
  const own = likeness(a, start, b, place, length)
  const [previous, next] = [runs[at - 1], runs[at + 1]]
  // Between the same neighbours an equal likeness decides nothing; further away, order speaks for the place found.
  const wins = (score: number, isBeside: boolean) => score > own || (isBeside && score === own)
  return found.a.some((other) => other !== start && !isHeld(runs, other, length, 'a')
    && wins(likeness(a, other, b, place, length), other + length > (previous ? previous.a + previous.length : 0) && other < (next ? next.a : a.length)))
    || found.b.some((other) => other !== place && !isHeld(runs, other, length, 'b')
      && wins(likeness(a, start, b, other, length), other + length > (previous ? previous.b + previous.length : 0) && other < (next ? next.b : b.length)))
}

function hasEndBetween(paragraphs: Paragraphs, x: TextRange, y: TextRange): boolean {
  if (x.paragraph !== y.paragraph) return true
  const between = paragraphs[x.paragraph]!.text.slice(Math.min(x.end, y.end), Math.max(x.start, y.start))
  return /[.!?…。！？]["'”’»)\]]*\s/.test(between)
}

function isEdge(text: string, offset: number): boolean {
  return offset === 0 || offset === text.length || text[offset] === BREAK || text[offset - 1] === BREAK
}

function placesOf(text: string, words: string): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) places.push(at)
  return places
}

function isHeld(runs: readonly Run[], start: number, length: number, side: 'a' | 'b'): boolean {
  const run = runs[firstEndingAfter(runs, start, (entry) => entry[side] + entry.length)]
  return run !== undefined && run[side] <= start && start + length <= run[side] + run.length
}

/** How many characters beside the words agree, up to 32 on each side. */
function likeness(a: string, start: number, b: string, place: number, length: number): number {
  let left = 0
  while (left < CONTEXT && left < start && left < place && a[start - 1 - left] === b[place - 1 - left]) left += 1
  let right = 0
  while (right < CONTEXT && start + length + right < a.length && a[start + length + right] === b[place + length + right]) right += 1
  return left + right
}

function locateMoved(from: Paragraphs, to: Paragraphs, sentences: readonly MovedSentence[], range: TextRange): Located | undefined {
  const sentence = sentences[firstEndingAfter(sentences, range.start, (sentence) => sentence.end)]
  if (!sentence || sentence.start > range.start) return undefined
  const start = sentence.to.start + range.start - sentence.start
  const end = start + range.end - range.start
  const text = to[sentence.to.paragraph]!.text
  if (end > text.length || text.slice(start, end) !== range.exact || isNowPartOfWord(from[range.paragraph]!.text, range.start, range.end, text, start)) return undefined
  return { range: { ...range, paragraph: sentence.to.paragraph, start, end } }
}
