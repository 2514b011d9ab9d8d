import type { Paragraph } from '../schema.js'
import { wordsIn } from './characters.js'
import { longestRising } from './token-diff.js'

/**
 * Why two paragraphs belong together. `SAME`: equal text. `SIMILAR`: the best shared words. `PART`: one holds a part of the other,
 * which was split or merged. `PLACE`: only the role and the place agree (a rewritten headline); the words say nothing.
 */
export interface ParagraphLink { readonly from: number; readonly to: number; readonly by: 'SAME' | 'SIMILAR' | 'PART' | 'PLACE' }

type Paragraphs = readonly Pick<Paragraph, 'role' | 'text'>[]

/** At most so many places of one word are looked at: a word that stands everywhere tells nothing. */
const MOST_PLACES = 64
const MOST_CANDIDATES = 8

/**
 * Which old paragraph became which new one: equal text first, then the most similar, those between the same neighbours before others.
 * At most one link of a paragraph is not `PART`. Sorted by old, then new place. Time grows with the text.
 */
export function matchParagraphs(from: Paragraphs, to: Paragraphs): readonly ParagraphLink[] {
  const links = sameLinks(from, to)
  const pairing: Pairing = {
    from, to, links,
    takenFrom: new Set(links.map((link) => link.from)),
    takenTo: new Set(links.map((link) => link.to)),
    ...gapsOf(links, from.length, to.length),
  }
  const openFrom = from.flatMap((_, at) => (pairing.takenFrom.has(at) ? [] : [at]))
  const openTo = to.flatMap((_, at) => (pairing.takenTo.has(at) ? [] : [at]))
  if (openFrom.length > 0 && openTo.length > 0) {
    const scores = overlaps(pairing, openFrom, openTo)
    pairSimilar(pairing, scores)
    pairParts(pairing, scores)
    pairPlaces(pairing)
  }
  return links.sort((x, y) => x.from - y.from || x.to - y.to)
}

interface Pairing {
  readonly from: Paragraphs
  readonly to: Paragraphs
  readonly links: ParagraphLink[]
  readonly takenFrom: Set<number>
  readonly takenTo: Set<number>
  /** Between which equal paragraphs a paragraph stands: gaps are numbered alike on both sides. */
  readonly gapFrom: readonly number[]
  readonly gapTo: readonly number[]
}

function take(pairing: Pairing, link: ParagraphLink): void {
  pairing.links.push(link)
  pairing.takenFrom.add(link.from)
  pairing.takenTo.add(link.to)
}

function sameLinks(from: Paragraphs, to: Paragraphs): ParagraphLink[] {
  const links: ParagraphLink[] = []
  const isSame = (x: number, y: number) => from[x]!.text === to[y]!.text && from[x]!.role === to[y]!.role
  let start = 0
  while (start < from.length && start < to.length && isSame(start, start)) start += 1
  let end = 0
  while (end < Math.min(from.length, to.length) - start && isSame(from.length - 1 - end, to.length - 1 - end)) end += 1
  for (let at = 0; at < start; at += 1) links.push({ from: at, to: at, by: 'SAME' })
  for (let at = 1; at <= end; at += 1) links.push({ from: from.length - at, to: to.length - at, by: 'SAME' })
  let openFrom = range(start, from.length - end)
  let openTo = range(start, to.length - end)
  for (const name of [(paragraph: Paragraphs[number]) => `${paragraph.role}\n${paragraph.text}`, (paragraph: Paragraphs[number]) => paragraph.text]) {
    const found = equalPairs(from, to, openFrom, openTo, name)
    links.push(...found)
    const takenFrom = new Set(found.map((link) => link.from))
    const takenTo = new Set(found.map((link) => link.to))
    openFrom = openFrom.filter((at) => !takenFrom.has(at))
    openTo = openTo.filter((at) => !takenTo.has(at))
  }
  return links
}

/** Pairs of equal name: first those unique on both sides; repeated ones between the same of these, in order; then the rest, in order. */
function equalPairs(from: Paragraphs, to: Paragraphs, openFrom: readonly number[], openTo: readonly number[], name: (paragraph: Paragraphs[number]) => string): ParagraphLink[] {
  const byFrom = grouped(openFrom, (at) => name(from[at]!))
  const byTo = grouped(openTo, (at) => name(to[at]!))
  const links: ParagraphLink[] = []
  for (const [text, places] of byFrom) {
    const others = byTo.get(text)
    if (places.length === 1 && others?.length === 1) links.push({ from: places[0]!, to: others[0]!, by: 'SAME' })
  }
  const { gapFrom, gapTo } = gapsOf(links, from.length, to.length)
  for (const [text, places] of byFrom) {
    const others = byTo.get(text)
    if (!others || (places.length === 1 && others.length === 1)) continue
    const byGap = grouped(others, (at) => gapTo[at]!)
    const late = places.filter((place) => {
      const other = byGap.get(gapFrom[place]!)?.shift()
      if (other !== undefined) links.push({ from: place, to: other, by: 'SAME' })
      return other === undefined
    })
    const rest = [...byGap.values()].flat().sort((x, y) => x - y)
    late.slice(0, rest.length).forEach((place, at) => links.push({ from: place, to: rest[at]!, by: 'SAME' }))
  }
  return links
}

function grouped<T, N>(values: readonly T[], name: (value: T) => N): Map<N, T[]> {
  const groups = new Map<N, T[]>()
  for (const value of values) {
    const group = groups.get(name(value))
    if (group) group.push(value)
    else groups.set(name(value), [value])
  }
  return groups
}

const range = (start: number, end: number) => Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at)

function gapsOf(links: readonly ParagraphLink[], fromLength: number, toLength: number): { gapFrom: number[]; gapTo: number[] } {
  const sorted = [...links].sort((x, y) => x.from - y.from)
  const anchors = longestRising(sorted.map((link) => link.to)).map((at) => sorted[at]!)
  const count = (length: number, places: readonly number[]) => {
    let next = 0
    return range(0, length).map((at) => {
      while (next < places.length && places[next]! <= at) next += 1
      return next
    })
  }
  return { gapFrom: count(fromLength, anchors.map((link) => link.from)), gapTo: count(toLength, anchors.map((link) => link.to)) }
}

interface Overlap {
  readonly from: number
  readonly to: number
  /** Shared words, twice, as a share of both texts' words (Dice). */
  readonly likeness: number
  /** Shared words as a share of the shorter text's. */
  readonly held: number
  readonly shorter: number
  /** Whether both stand between the same equal paragraphs. */
  readonly isNear: boolean
  /** Whether nothing else is open there on either side. */
  readonly isAlone: boolean
}

/** How much the open paragraphs share, for the pairs that could be the best of either. */
function overlaps(pairing: Pairing, openFrom: readonly number[], openTo: readonly number[]): readonly Overlap[] {
  const bags = new Map(openFrom.map((at) => [at, bagOf(pairing.from[at]!.text)]))
  const index = new Map<string, number[]>()
  for (const [at, bag] of bags) {
    for (const word of bag.counts.keys()) {
      const places = index.get(word)
      if (places) places.push(at)
      else index.set(word, [at])
    }
  }
  const nearby = grouped(openFrom, (at) => pairing.gapFrom[at]!)
  const besides = grouped(openTo, (at) => pairing.gapTo[at]!)
  return openTo.flatMap((to) => {
    const bag = bagOf(pairing.to[to]!.text)
    const gap = pairing.gapTo[to]!
    const near = nearby.get(gap) ?? []
    const isAlone = near.length === 1 && besides.get(gap)!.length === 1
    return candidates(bag, index, near, to).map((from) => {
      const isNear = pairing.gapFrom[from] === gap
      return { from, to, isNear, isAlone: isNear && isAlone, ...shares(bags.get(from)!, bag) }
    })
  })
}

interface Bag { readonly counts: ReadonlyMap<string, number>; readonly size: number }

function bagOf(text: string): Bag {
  const counts = new Map<string, number>()
  const words = wordsIn(text)
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return { counts, size: words.length }
}

function candidates(bag: Bag, index: ReadonlyMap<string, readonly number[]>, near: readonly number[], to: number): readonly number[] {
  const shared = new Map<number, number>()
  for (const word of bag.counts.keys()) {
    const places = index.get(word)
    if (places && places.length <= MOST_PLACES) for (const place of places) shared.set(place, (shared.get(place) ?? 0) + 1)
  }
  const best = [...shared].sort(([a, x], [b, y]) => y - x || Math.abs(a - to) - Math.abs(b - to) || a - b).slice(0, MOST_CANDIDATES).map(([place]) => place)
  return [...new Set([...best, ...near.slice(0, MOST_CANDIDATES)])]
}

function shares(a: Bag, b: Bag): Pick<Overlap, 'likeness' | 'held' | 'shorter'> {
  let shared = 0
  for (const [word, count] of b.counts) shared += Math.min(count, a.counts.get(word) ?? 0)
  const shorter = Math.min(a.size, b.size)
  return { likeness: (2 * shared) / Math.max(1, a.size + b.size), held: shared / Math.max(1, shorter), shorter }
}

/** Two paragraphs on one subject share a third of their words by chance; alone between the same neighbours, less is enough. */
function isSimilar({ likeness, held, isNear, isAlone }: Overlap): boolean {
  if (!isNear) return likeness >= 0.55
  return likeness >= (isAlone ? 0.3 : 0.42) || (isAlone && held === 1)
}

function pairSimilar(pairing: Pairing, scores: readonly Overlap[]): void {
  const weight = (score: Overlap) => score.likeness + (score.isNear ? 0.1 : 0)
  const sorted = scores.filter((score) => isSimilar(score))
    .sort((x, y) => weight(y) - weight(x) || Math.abs(x.from - x.to) - Math.abs(y.from - y.to) || x.from - y.from || x.to - y.to)
  for (const { from, to } of sorted) {
    if (!pairing.takenFrom.has(from) && !pairing.takenTo.has(to)) take(pairing, { from, to, by: 'SIMILAR' })
  }
}

/** What is left and is mostly held by another changed paragraph was split off it, or merged into it. */
function pairParts(pairing: Pairing, scores: readonly Overlap[]): void {
  const isPart = ({ held, shorter, isNear }: Overlap) => (shorter < 4 ? isNear && held === 1 : held >= (isNear ? 0.65 : 0.8))
  const best = new Map<string, Overlap>()
  for (const score of scores) {
    if (!isPart(score)) continue
    for (const open of [pairing.takenFrom.has(score.from) ? '' : `from ${score.from}`, pairing.takenTo.has(score.to) ? '' : `to ${score.to}`]) {
      if (open !== '' && (best.get(open)?.held ?? -1) < score.held) best.set(open, score)
    }
  }
  for (const { from, to } of new Set(best.values())) pairing.links.push({ from, to, by: 'PART' })
}

/** A headline, summary or caption alone of its role between the same neighbours was rewritten. */
function pairPlaces(pairing: Pairing): void {
  const name = (role: string, gap: number) => `${role} ${gap}`
  const open = (paragraphs: Paragraphs, taken: ReadonlySet<number>, gaps: readonly number[]) =>
    grouped(paragraphs.flatMap(({ role }, at) => (taken.has(at) || role === 'BODY' ? [] : [at])), (at) => name(paragraphs[at]!.role, gaps[at]!))
  const others = open(pairing.to, pairing.takenTo, pairing.gapTo)
  for (const [place, from] of open(pairing.from, pairing.takenFrom, pairing.gapFrom)) {
    const to = others.get(place)
    if (from.length === 1 && to?.length === 1) take(pairing, { from: from[0]!, to: to[0]!, by: 'PLACE' })
  }
}
