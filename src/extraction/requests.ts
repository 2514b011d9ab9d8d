import { nounPhraseBefore } from './phrases.js'
import type { Resolved } from './coreference.js'
import type { Reading, Span } from './reading.js'

/** A place where the story says whom it asked, and what came back. */
export interface RequestFound {
  readonly outcome: 'ANSWERED' | 'DECLINED' | 'NO_RESPONSE' | 'UNREACHABLE'
  /** Whom. */
  readonly asked: Span | undefined
  /** The words that report the outcome. */
  readonly words: Span
  readonly answer?: Resolved
}

const NOT = /^(?:not|n't|didn't|hasn't|haven't|couldn't|wouldn't|wasn't|weren't|never)$/

export function findRequests(reading: Reading, resolved: readonly Resolved[]): RequestFound[] {
  const bySentence = new Map<number, Resolved[]>()
  for (const entry of resolved) bySentence.set(entry.relation.sentence, [...(bySentence.get(entry.relation.sentence) ?? []), entry])
  const found: RequestFound[] = []
  reading.sentences.forEach((sentence, index) => {
    if (sentence.to - sentence.from > 200) return
    const request = declined(reading, sentence) ?? silent(reading, sentence) ?? answered(reading, sentence, bySentence.get(index) ?? [])
    if (request) found.push(request)
  })
  return found
}

/** "declined to comment", "would not comment", "had no comment". */
function declined(reading: Reading, sentence: Span): RequestFound | undefined {
  const { tokens } = reading
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const { lower, region } = tokens[at]!
    if (region >= 0) continue
    const next = tokens[at + 1]?.lower ?? ''
    const then = tokens[at + 2]?.lower ?? ''
    const refuses = /^(?:declined|declines|refused|refuses)$/.test(lower) && (next === 'comment' || (next === 'to' && /^(?:comment|discuss|answer|elaborate|say|speak|respond)$/.test(then)) || (/^(?:an|a|requests?|multiple)$/.test(next) && /^(?:interview|request|requests|comment)$/.test(then)))
    const would = (lower === 'comment' && /^(?:not|n't)$/.test(tokens[at - 1]?.lower ?? '')) || (lower === 'comment' && /^wouldn't$/.test(tokens[at - 1]?.lower ?? ''))
    const none = lower === 'comment' && tokens[at - 1]?.lower === 'no' && /^(?:had|offered|has)$/.test(tokens[at - 2]?.lower ?? '')
    if (refuses || would || none) return build(reading, sentence, groupStart(reading, at, sentence.from), 'DECLINED')
  }
  return undefined
}

/** "did not respond to a request for comment", "could not be reached". */
function silent(reading: Reading, sentence: Span): RequestFound | undefined {
  const { tokens } = reading
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const { lower, region } = tokens[at]!
    if (region >= 0) continue
    const denied = tokens.slice(Math.max(sentence.from, at - 4), at).some((token) => NOT.test(token.lower))
    if (lower === 'reached' && denied && tokens[at - 1]?.lower === 'be') return build(reading, sentence, groupStart(reading, at, sentence.from), 'UNREACHABLE')
    if (/^(?:respond|responded|reply|replied)$/.test(lower) && denied && mentions(reading, at, sentence.to, /^(?:comment|request|requests|questions|inquiry|inquiries|messages?|emails?|calls?|interview)$/)) return build(reading, sentence, groupStart(reading, at, sentence.from), 'NO_RESPONSE')
    if (/^(?:return|returned|answer|answered)$/.test(lower) && denied && mentions(reading, at, sentence.to, /^(?:calls?|messages?|requests?|emails?|comment|phone|voicemails?)$/)) return build(reading, sentence, groupStart(reading, at, sentence.from), 'NO_RESPONSE')
  }
  return undefined
}

/** "When asked for comment, an official said …". */
function answered(reading: Reading, sentence: Span, entries: readonly Resolved[]): RequestFound | undefined {
  const { tokens } = reading
  for (let at = sentence.from; at + 2 < sentence.to; at += 1) {
    if (tokens[at]!.region >= 0) continue
    const asked = /^(?:asked|contacted|reached|pressed)$/.test(tokens[at]!.lower) && tokens[at + 1]!.lower === 'for' && /^(?:comment|a)$/.test(tokens[at + 2]!.lower) && mentions(reading, at, Math.min(sentence.to, at + 5), /^(?:comment|response)$/)
    const response = tokens[at]!.lower === 'response' && tokens[at + 1]!.lower === 'to' && mentions(reading, at, Math.min(sentence.to, at + 9), /^comment$/)
    if (!asked && !response) continue
    const answer = entries.find(({ relation }) => relation.cue && relation.source && !relation.thought)
    if (!answer) return undefined
    const from = tokens[at - 1]?.lower === 'when' || tokens[at - 1]?.lower === 'in' ? at - 1 : at
    const to = Math.max(answer.relation.cue!.to, answer.relation.source!.to)
    return { outcome: 'ANSWERED', asked: answer.relation.source, words: from < to ? { from, to } : { from: answer.relation.source!.from, to: sentence.to }, answer }
  }
  return undefined
}

function mentions(reading: Reading, at: number, to: number, pattern: RegExp): boolean {
  for (let index = at + 1; index < to && index < at + 10; index += 1) if (pattern.test(reading.tokens[index]!.lower)) return true
  return false
}

function groupStart(reading: Reading, at: number, floor: number): number {
  let from = at
  while (from > floor) {
    const { tag, lower } = reading.tokens[from - 1]!
    if (tag !== 'AUX' && tag !== 'ADV' && !NOT.test(lower) && !/^(?:no|had|has|be|offered|immediately|did|could|would|to)$/.test(lower)) break
    from -= 1
  }
  return from
}

function build(reading: Reading, sentence: Span, group: number, outcome: RequestFound['outcome']): RequestFound {
  let to = sentence.to
  while (to > sentence.from + 1 && !reading.tokens[to - 1]!.word && reading.tokens[to - 1]!.region < 0) to -= 1
  return { outcome, asked: nounPhraseBefore(reading, group, sentence.from), words: { from: sentence.from, to } }
}
