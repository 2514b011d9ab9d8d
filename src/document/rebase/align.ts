import { cutsPair } from '../text-range.js'
import { edgeStrength, joins, tokensOf } from './characters.js'
import { diffTokens, type Effort } from './token-diff.js'

/** A run of equal text: `length` UTF-16 units from `a` in the old text and from `b` in the new. */
export interface Run { a: number; b: number; length: number }
export interface Span { readonly start: number; readonly end: number }

export interface Alignment {
  /** Equal runs, in order on both sides; what lies between two of them was replaced, removed or added. */
  readonly runs: readonly Run[]
  /** Stretches of the old text of which the texts cannot tell whether they stayed or were repeated or removed beside themselves. */
  readonly doubtful: readonly Span[]
}

/**
 * Which words of one text are which words of another, word by word. An edit that could as well have been made elsewhere
 * ("said X. Smith " or "Smith said X. ") is laid where sentences, else words, begin and end.
 * Time grows with the texts; a comparison that would cost more than `effort` allows is made more coarsely, never given up.
 */
export function align(a: string, b: string, effort: Effort): Alignment {
  const start = commonStart(a, b)
  const end = commonEnd(a, b, start)
  const runs: Run[] = [{ a: 0, b: 0, length: start }]
  runs.push(...middleRuns(a.slice(start, a.length - end), b.slice(start, b.length - end), effort).map((run) => ({ a: run.a + start, b: run.b + start, length: run.length })))
  runs.push({ a: a.length - end, b: b.length - end, length: end })
  return slide(a, b, withoutLoneSpaces(a, b, merged(runs)))
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let at = 0
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1
  while (joins(a, at) || joins(b, at)) at -= 1
  return at
}

function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start
  let length = 0
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1
  while (length > 0 && (joins(a, a.length - length) || joins(b, b.length - length))) length -= 1
  return length
}

function middleRuns(a: string, b: string, effort: Effort): Run[] {
  if (a === '' || b === '') return []
  const numbers = new Map<string, number>()
  const tokenize = (text: string) => {
    const ids: number[] = []
    const starts: number[] = [0]
    for (const token of tokensOf(text)) {
      let id = numbers.get(token)
      if (id === undefined) numbers.set(token, id = numbers.size + 1)
      ids.push(id)
      starts.push(starts[starts.length - 1]! + token.length)
    }
    return { ids, starts }
  }
  const left = tokenize(a)
  const right = tokenize(b)
  return diffTokens(left.ids, right.ids, effort).map((run) => ({
    a: left.starts[run.a]!, b: right.starts[run.b]!, length: left.starts[run.a + run.length]! - left.starts[run.a]!,
  }))
}

/** Without empty runs, and with neighbours that touch on both sides as one. */
function merged(runs: readonly Run[]): Run[] {
  const list: Run[] = []
  for (const run of runs) {
    const last = list.at(-1)
    if (run.length === 0) continue
    if (last && last.a + last.length === run.a && last.b + last.length === run.b) last.length += run.length
    else list.push({ ...run })
  }
  return list
}

/** A space that stayed between two replaced words says nothing. */
function withoutLoneSpaces(a: string, b: string, runs: Run[]): Run[] {
  return runs.filter((run) => {
    const isAtEnd = (run.a === 0 && run.b === 0) || (run.a + run.length === a.length && run.b + run.length === b.length)
    return isAtEnd || run.length > 4 || a.slice(run.a, run.a + run.length).trim() !== ''
  })
}

/**
 * Lays every pure insertion or deletion, where the same change could be made at several places, at the strongest edges. Two
 * places of one kind leave the words between them in doubt.
 */
function slide(a: string, b: string, found: readonly Run[]): Alignment {
  const runs: Run[] = [{ a: 0, b: 0, length: 0 }, ...found, { a: a.length, b: b.length, length: 0 }]
  const doubtful: Span[] = []
  for (let at = 1; at < runs.length; at += 1) {
    const before = runs[at - 1]!
    const after = runs[at]!
    const removed = after.a - before.a - before.length
    const added = after.b - before.b - before.length
    if ((removed === 0) === (added === 0)) continue
    const place = bestPlace(removed > 0 ? a : b, removed > 0 ? after.a - removed : after.b - added, removed + added, before, after, at > 1, at < runs.length - 1)
    if (place.last > place.first) doubtful.push({ start: before.a + before.length + place.first, end: before.a + before.length + place.last + removed })
    before.length += place.by
    after.a += place.by
    after.b += place.by
    after.length -= place.by
  }
  return { runs: merged(runs), doubtful }
}

/**
 * By how much an edit at `start` is moved to its best place, and from where to where it could stand as well: between sentences
 * rather than next to another edit, so that the two are one, rather than between words, rather than anywhere.
 */
function bestPlace(text: string, start: number, length: number, before: Run, after: Run, hasBefore: boolean, hasAfter: boolean): { by: number; first: number; last: number } {
  let left = 0
  while (left < before.length && text.charCodeAt(start - 1 - left) === text.charCodeAt(start + length - 1 - left)) left += 1
  let right = 0
  while (right < after.length && text.charCodeAt(start + right) === text.charCodeAt(start + length + right)) right += 1
  const best = { by: 0, first: 0, last: 0, rank: -1, strength: -1 }
  for (let by = -left; by <= right; by += 1) {
    const from = start + by
    if (by !== 0 && (joins(text, from) || joins(text, from + length))) continue
    const edges = [edgeStrength(text, from), edgeStrength(text, from + length)] as const
    const weaker = Math.min(...edges)
    const touches = (hasBefore && by < 0 && by === -before.length) || (hasAfter && by > 0 && by === after.length)
    const rank = weaker >= 3 ? 3 : touches ? 2 : Math.min(weaker, 1)
    const strength = edges[0] + edges[1]
    if (rank > best.rank) Object.assign(best, { by, first: by, last: by, rank, strength })
    else if (rank === best.rank) {
      best.last = by
      if (strength > best.strength) Object.assign(best, { by, strength })
    }
  }
  return best
}

/** The same runs, drawn out by the characters that replaced words still share at their ends ("minister" and "ministers"). */
export function refined(a: string, b: string, alignment: Alignment): Alignment {
  const runs: Run[] = [{ a: 0, b: 0, length: 0 }, ...alignment.runs.map((run) => ({ ...run })), { a: a.length, b: b.length, length: 0 }]
  for (let at = 1; at < runs.length; at += 1) {
    const before = runs[at - 1]!
    const after = runs[at]!
    const room = () => Math.min(after.a - before.a - before.length, after.b - before.b - before.length)
    let start = 0
    const most = room()
    while (start < most && a.charCodeAt(before.a + before.length + start) === b.charCodeAt(before.b + before.length + start)) start += 1
    if (start > 0 && (cutsPair(a, before.a + before.length + start) || cutsPair(b, before.b + before.length + start))) start -= 1
    before.length += start
    let end = 0
    const left = room()
    while (end < left && a.charCodeAt(after.a - 1 - end) === b.charCodeAt(after.b - 1 - end)) end += 1
    if (end > 0 && (cutsPair(a, after.a - end) || cutsPair(b, after.b - end))) end -= 1
    after.a -= end
    after.b -= end
    after.length += end
  }
  return { runs: merged(runs), doubtful: alignment.doubtful }
}
