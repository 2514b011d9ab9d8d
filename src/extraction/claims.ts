import type { Resolved } from './coreference.js'
import { CUE_VERBS } from './lexicons/cue-verbs.js'
import { isTemporal } from './lexicons/times.js'
import type { Reading, Span } from './reading.js'
import { isCapital } from './tokens.js'

/** Two or more places that seem to assert the same thing. */
export interface ClaimFound { readonly members: readonly Resolved[]; readonly confidence: number }

interface Anchors { readonly names: ReadonlySet<string>; readonly words: ReadonlySet<string> }

/** No more neighbours are compared than this, so that time grows with the text. */
const MOST_SHARED = 24

/** Groups attributions whose contents share a name or a number and most of their other words. Few and likely, rather than many. */
export function findClaims(reading: Reading, resolved: readonly Resolved[]): ClaimFound[] {
  const anchors = resolved.map(({ relation }) => anchorsOf(reading, relation.content))
  const places = new Map<string, number[]>()
  const group = resolved.map((_, index) => index)
  const scores = new Map<number, number>()
  const find = (index: number): number => {
    let at = index
    while (group[at] !== at) at = group[at]!
    return at
  }
  resolved.forEach((_, index) => {
    const seen = new Set<number>()
    for (const word of anchors[index]!.words) {
      const list = places.get(word) ?? []
      for (const other of list.slice(-MOST_SHARED)) seen.add(other)
      list.push(index)
      places.set(word, list)
    }
    for (const other of seen) {
      const score = similarity(anchors[index]!, anchors[other]!)
      if (score < 0.55 || contains(resolved[index]!, resolved[other]!) || contains(resolved[other]!, resolved[index]!)) continue
      const root = find(other)
      group[find(index)] = root
      scores.set(root, Math.max(scores.get(root) ?? 0, score))
    }
  })
  const members = new Map<number, Resolved[]>()
  resolved.forEach((entry, index) => {
    const root = find(index)
    members.set(root, [...(members.get(root) ?? []), entry])
  })
  return [...members].filter(([, list]) => list.length > 1 && list.length <= 20).map(([root, list]) => ({ members: list, confidence: Math.min(0.75, scores.get(root) ?? 0.5) }))
}

function contains(outer: Resolved, inner: Resolved): boolean {
  return inner.relation.content.every((piece) => outer.relation.content.some((other) => other.from <= piece.from && piece.to <= other.to))
}

function anchorsOf(reading: Reading, content: readonly Span[]): Anchors {
  const names = new Set<string>()
  const words = new Set<string>()
  for (const { from, to } of content) {
    for (let at = from; at < Math.min(to, from + 80); at += 1) {
      const token = reading.tokens[at]!
      if (!token.word || isTemporal(token)) continue
      if (/\d/.test(token.text) || (isCapital(token) && token.tag === 'PROPN')) names.add(token.lower)
      else if ((token.tag === 'NOUN' || token.tag === 'VERB' || token.tag === 'ADJ') && token.lower.length > 3 && !CUE_VERBS.has(token.lower)) words.add(stem(token.lower))
    }
  }
  return { names, words }
}

const stem = (word: string): string => word.replace(/(?:ations?|ations|ing|ies|ied|ed|es|s|ly|ment|ments)$/, '').slice(0, 7)

function similarity(a: Anchors, b: Anchors): number {
  const names = shared(a.names, b.names)
  const words = shared(a.words, b.words)
  if (words < 3 || (names === 0 && words < 4)) return 0
  const all = Math.min(a.names.size + a.words.size, b.names.size + b.words.size)
  return all === 0 ? 0 : (names + words) / all
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0
  for (const word of a) if (b.has(word)) count += 1
  return count
}
