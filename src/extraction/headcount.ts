import type { Reading, Span } from './reading.js'

export interface Headcount {
  readonly min: number
  readonly exact?: number
  /** The words that give the number. */
  readonly words?: Span
}

const NUMBERS: ReadonlyMap<string, number> = new Map('one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(' ').map((word, index) => [word, index + 1]))
const VAGUE: ReadonlyMap<string, number> = new Map([['dozens', 24], ['scores', 40], ['hundreds', 200], ['thousands', 2000], ['handful', 2], ['several', 3], ['multiple', 2], ['many', 2], ['some', 2], ['few', 2], ['numerous', 2], ['various', 2]])

/** "a Western diplomat and two aid workers": the parts of a coordination in which each says how many. */
export function partsOf({ tokens }: Reading, span: Span): Span[] {
  const parts: Span[] = []
  let from = span.from
  for (let at = span.from + 1; at + 1 < span.to && at < span.from + 20; at += 1) {
    const { lower } = tokens[at]!
    if (/^(?:who|which|that|with|in|from|at|for|to|on|about|close|familiar|of)$/.test(lower)) break
    const next = tokens[at + 1]!
    if ((lower === 'and' || lower === ',') && (/^(?:a|an|another|one|his|her)$/.test(next.lower) || NUMBERS.has(next.lower))) {
      parts.push({ from, to: tokens[at - 1]!.text === ',' ? at - 1 : at })
      from = at + 1
    }
  }
  return parts.length === 0 ? [] : [...parts, { from, to: span.to }]
}

/** How many people the words of an unnamed source stand for. */
export function headcountOf(reading: Reading, span: Span, plural: boolean): Headcount {
  const parts = partsOf(reading, span)
  if (parts.length > 1 && parts.every((part) => part.to > part.from)) {
    const counts = parts.map((part) => headcountOf(reading, part, isPlural(reading.tokens[part.to - 1]!.lower)))
    const min = counts.reduce((sum, count) => sum + count.min, 0)
    return counts.every(({ exact }) => exact !== undefined) ? { min, exact: min, words: span } : { min }
  }
  const { tokens } = reading
  let total = 0
  let words: Span | undefined
  let more = false
  for (let at = span.from; at < span.to && at < span.from + 14; at += 1) {
    const { lower } = tokens[at]!
    if (/^(?:who|which|that|with|in|from|at|for|to|on|about|close|familiar)$/.test(lower) && at > span.from) break
    if (lower === 'more' || (lower === 'least' && tokens[at - 1]?.lower === 'at') || lower === 'over' || lower === 'nearly' || lower === 'almost' || lower === 'about' || lower === 'roughly') more = more || lower !== 'about'
    const vague = VAGUE.get(lower)
    if (vague !== undefined) return { min: vague, words: { from: at, to: at + 1 } }
    if (lower === 'dozen') {
      const half = tokens[at - 1]?.lower === 'a' && tokens[at - 2]?.lower === 'half' || tokens[at - 1]?.lower === 'half'
      const count = NUMBERS.get(tokens[at - 1]?.lower ?? '')
      total += half ? 6 : count ? 12 * count - count : 12
      words = { from: words?.from ?? at, to: at + 1 }
      continue
    }
    if (lower === 'pair' || lower === 'couple' || lower === 'both') return { min: 2, exact: 2, words: { from: at, to: at + 1 } }
    const number = NUMBERS.get(lower) ?? (/^\d{1,3}$/.test(lower) ? Number(lower) : undefined)
    if (number !== undefined && !(lower === 'one' && tokens[at + 1]?.lower === 'of' && plural && at > span.from)) {
      if (lower === 'one' && tokens[at + 1]?.lower === 'of') return { min: 1, exact: 1, words: { from: at, to: at + 1 } }
      total += number
      words = { from: words?.from ?? at, to: at + 1 }
    }
  }
  if (total > 0 && words) {
    const than = more && tokens.slice(span.from, words.from).some((token) => token.lower === 'than')
    return more ? { min: than ? total + 1 : total, words } : { min: total, exact: total, words }
  }
  if (plural) return { min: 2 }
  return { min: 1, exact: 1, words: { from: span.from, to: span.from + 1 } }
}

const ALWAYS_PLURAL = /^(?:people|police|authorities|men|women|spokesmen|spokeswomen|spokespeople|congressmen|media|press|personnel|staff|others|many|some|several|most|few|both|firefighters)$/
const NEVER_PLURAL = /(?:ss|us|is|business|analysis)$/

/** Whether a head word is plural. */
export function isPlural(word: string): boolean {
  return ALWAYS_PLURAL.test(word) || (/s$/.test(word) && !NEVER_PLURAL.test(word)) || word === 'they'
}
