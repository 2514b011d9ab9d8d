import { diffArrays } from 'diff'

/** A run of equal tokens: so many from `a` in the old list and from `b` in the new. */
export interface TokenRun { readonly a: number; readonly b: number; readonly length: number }

/**
 * What a comparison may still spend. Counted in steps and not in time, so that the same texts always give the same answer.
 * A step takes about a tenth of a microsecond.
 */
export interface Effort { steps: number }
export const newEffort = (): Effort => ({ steps: 3_000_000 })

/** Lists further apart than so many tokens are compared by what is unique in both. */
const MOST_EDITS = 700

/** Equal runs of two lists of token numbers, in order. Shortest edit where affordable, else found by runs of tokens unique in both. */
export function diffTokens(a: readonly number[], b: readonly number[], effort: Effort): readonly TokenRun[] {
  return shortestEdit(a, b, effort) ?? byUniqueRuns(a, b, effort)
}

function shortestEdit(a: readonly number[], b: readonly number[], effort: Effort): TokenRun[] | undefined {
  const most = Math.min(MOST_EDITS, Math.floor(Math.sqrt(effort.steps)))
  effort.steps -= Math.min(effort.steps, (a.length + b.length) / 4)
  if (fewestEdits(a, b) > most) return undefined
  const changes = diffArrays(a as number[], b as number[], { maxEditLength: most })
  const runs: TokenRun[] = []
  let x = 0
  let y = 0
  let edits = 0
  for (const { added, removed, count } of changes ?? []) {
    if (added) y += count
    else if (removed) x += count
    else runs.push({ a: x, b: y, length: count })
    if (added || removed) edits += count
    else [x, y] = [x + count, y + count]
  }
  const spent = changes ? edits : most
  effort.steps = Math.max(0, effort.steps - spent * spent)
  return changes ? runs : undefined
}

/** No edit is shorter than the difference of how often each token occurs. */
function fewestEdits(a: readonly number[], b: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const token of a) counts.set(token, (counts.get(token) ?? 0) + 1)
  for (const token of b) counts.set(token, (counts.get(token) ?? 0) - 1)
  let edits = 0
  for (const count of counts.values()) edits += Math.abs(count)
  return edits
}

/** Anchors on runs of four tokens that occur once in each list; what lies between anchors is compared by itself. */
function byUniqueRuns(a: readonly number[], b: readonly number[], effort: Effort): TokenRun[] {
  const runs: TokenRun[] = []
  const between = (fromA: number, toA: number, fromB: number, toB: number) => {
    if (fromA === toA || fromB === toB) return
    const left = a.slice(fromA, toA)
    const right = b.slice(fromB, toB)
    for (const run of shortestEdit(left, right, effort) ?? commonEnds(left, right)) runs.push({ a: run.a + fromA, b: run.b + fromB, length: run.length })
  }
  let x = 0
  let y = 0
  for (const anchor of uniqueAnchors(a, b)) {
    if (anchor.a < x || anchor.b < y) continue
    let [startA, startB] = [anchor.a, anchor.b]
    while (startA > x && startB > y && a[startA - 1] === b[startB - 1]) [startA, startB] = [startA - 1, startB - 1]
    let [endA, endB] = [anchor.a, anchor.b]
    while (endA < a.length && endB < b.length && a[endA] === b[endB]) [endA, endB] = [endA + 1, endB + 1]
    between(x, startA, y, startB)
    runs.push({ a: startA, b: startB, length: endA - startA });
    [x, y] = [endA, endB]
  }
  between(x, a.length, y, b.length)
  return runs
}

function commonEnds(a: readonly number[], b: readonly number[]): TokenRun[] {
  const most = Math.min(a.length, b.length)
  let start = 0
  while (start < most && a[start] === b[start]) start += 1
  let end = 0
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  return [{ a: 0, b: 0, length: start }, { a: a.length - end, b: b.length - end, length: end }].filter((run) => run.length > 0)
}

interface Anchor { readonly a: number; readonly b: number }

function uniqueAnchors(a: readonly number[], b: readonly number[]): readonly Anchor[] {
  const names = new Map<number, number>()
  const pairs = (list: readonly number[], apart: number) => list.slice(0, Math.max(0, list.length - apart)).map((token, at) => {
    // Token numbers stay below 2^25, so a pair of them is one safe integer.
    const pair = token * 0x200_0000 + list[at + apart]!
    const name = names.get(pair) ?? names.size + 1
    names.set(pair, name)
    return name
  })
  const [twoA, twoB] = [pairs(a, 1), pairs(b, 1)]
  names.clear()
  const placesA = uniquePlaces(pairs(twoA, 2))
  const placesB = uniquePlaces(pairs(twoB, 2))
  const anchors: Anchor[] = []
  for (const [gram, place] of placesA) {
    const other = placesB.get(gram)
    if (place >= 0 && other !== undefined && other >= 0) anchors.push({ a: place, b: other })
  }
  anchors.sort((left, right) => left.a - right.a)
  return longestRising(anchors.map((anchor) => anchor.b)).map((at) => anchors[at]!)
}

/** Where each value stands, or -1 where it stands more than once. */
function uniquePlaces(values: readonly number[]): Map<number, number> {
  const places = new Map<number, number>()
  values.forEach((value, at) => places.set(value, places.has(value) ? -1 : at))
  return places
}

/** The places of a longest rising subsequence. Among equals, the one that ends lowest. */
export function longestRising(values: readonly number[]): readonly number[] {
  const tails: number[] = []
  const before: number[] = []
  values.forEach((value, at) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[tails[middle]!]! < value) low = middle + 1
      else high = middle
    }
    before[at] = low > 0 ? tails[low - 1]! : -1
    tails[low] = at
  })
  const rising: number[] = []
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at]!) rising.push(at)
  return rising.reverse()
}
