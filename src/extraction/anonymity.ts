import { CUE_VERBS } from './lexicons/cue-verbs.js'
import { isFinite } from './phrases.js'
import type { Entity, Resolved } from './coreference.js'
import type { Reading, Span } from './reading.js'

/** What the copy says about an unnamed source: on which terms, why, how it knows. */
export interface Anonymity { readonly terms?: Span; readonly reason?: Span; readonly basis?: Span; readonly background?: boolean }

const BASIS = /^(?:familiar|briefed|involved|present|knowledgeable|close|informed|aware)$/

/** Finds the terms of every unnamed source: beside its cue, in its own description, or in a sentence of their own. */
export function anonymityOf(reading: Reading, resolved: readonly Resolved[]): Map<Entity, Anonymity> {
  const found = new Map<Entity, Anonymity>()
  const bySentence = new Map<number, Resolved[]>()
  for (const entry of resolved) {
    const list = bySentence.get(entry.relation.sentence)
    if (list) list.push(entry)
    else bySentence.set(entry.relation.sentence, [entry])
    if (entry.entity?.type === 'unnamed' && !found.get(entry.entity)?.basis) {
      const basis = basisOf(reading, entry.entity.introduction)
      if (basis) found.set(entry.entity, { ...found.get(entry.entity), basis })
    }
  }
  let last: Entity | undefined
  reading.sentences.forEach((sentence, index) => {
    const own = bySentence.get(index) ?? []
    const speaker = own.findLast(({ entity }) => entity?.type === 'unnamed')?.entity
    if (speaker) last = speaker
    const words = termsIn(reading, sentence)
    if (words && last) found.set(last, { ...found.get(last), ...words })
  })
  return found
}

/** "familiar with the meeting", "briefed on the talks", "with knowledge of the matter", "who was in the room". */
function basisOf(reading: Reading, span: Span): Span | undefined {
  for (let at = span.from + 1; at < span.to; at += 1) {
    const { lower } = reading.tokens[at]!
    const next = reading.tokens[at + 1]?.lower ?? ''
    if (BASIS.test(lower) || (lower === 'with' && /^(?:knowledge|direct|firsthand|first-hand)$/.test(next)) || (lower === 'who' && /^(?:was|were|attended|saw|heard|read|viewed|reviewed)$/.test(next))) return { from: at, to: span.to }
  }
  return undefined
}

/** "on condition of anonymity because …", "on background", "not authorized to speak". */
function termsIn(reading: Reading, sentence: Span): Pick<Anonymity, 'terms' | 'reason' | 'background'> | undefined {
  const { tokens } = reading
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const { lower, region } = tokens[at]!
    if (region >= 0) continue
    if (lower === 'background' && tokens[at - 1]?.lower === 'on') return { terms: { from: at - 1, to: at + 1 }, background: true }
    const refusal = /^(?:named|identified|quoted)$/.test(lower) && tokens[at - 1]?.lower === 'be' && tokens[at - 2]?.lower === 'to' ? refusalBefore(reading, at - 3, sentence.from) : undefined
    if (refusal !== undefined) {
      const reason = reasonAfter(reading, tokens[at + 1]?.lower === 'by' ? at + 3 : at + 1, sentence.to)
      return { terms: { from: refusal, to: at + 1 }, background: true, ...(reason && { reason }) }
    }
    if (lower !== 'anonymity' && lower !== 'anonymously') continue
    let from = at
    while (from > sentence.from && at - from < 4 && /^(?:of|condition|the|on|strict|under)$/.test(tokens[from - 1]!.lower)) from -= 1
    const reason = reasonAfter(reading, at + 1, sentence.to)
    return { terms: { from, to: at + 1 }, background: true, ...(reason && { reason }) }
  }
  return undefined
}

/** Where "asked not", "declined", "did not want" says that somebody is not to be named. */
function refusalBefore({ tokens }: Reading, at: number, floor: number): number | undefined {
  for (let index = at; index >= floor && index > at - 4; index -= 1) if (/^(?:not|declined|refused|didn't|n't)$/.test(tokens[index]!.lower)) return index
  return undefined
}

function reasonAfter(reading: Reading, at: number, high: number): Span | undefined {
  const { tokens } = reading
  let from = at
  if (tokens[from]?.text === ',') from += 1
  if (!tokens[from] || from >= high) return undefined
  if (/^(?:because|since|as|citing|fearing)$/.test(tokens[from]!.lower)) from += tokens[from]!.lower === 'fearing' || tokens[from]!.lower === 'citing' ? 0 : 1
  else if (tokens[from]!.lower === 'due' || tokens[from]!.lower === 'for') from += tokens[from]!.lower === 'due' ? 2 : 1
  else if (tokens[from]!.lower !== 'to') return undefined
  let to = from
  while (to < high && to < from + 45 && tokens[to]!.region < 0 && !/^[.;:]$|^,$/.test(tokens[to]!.text) && !(tokens[from]!.lower === 'to' && isFinite(reading, to) && CUE_VERBS.has(tokens[to]!.lower))) to += 1
  return to > from + 1 ? { from, to } : undefined
}
