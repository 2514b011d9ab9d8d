import { isDash } from './phrases.js'
import type { Reading } from './reading.js'
import type { Sentence } from './sentences.js'

const LONGEST = 14

/** Where the sentence's own words begin: after "WASHINGTON (AP) —" or "Taipei, Taiwan —". */
export function datelineEnd(reading: Reading, sentence: Sentence): number {
  const { tokens } = reading
  const first = tokens[sentence.from]
  if (!first?.word || !/^\p{Lu}/u.test(first.text)) return sentence.from
  for (let at = sentence.from + 1; at < sentence.to && at < sentence.from + LONGEST; at += 1) {
    const token = tokens[at]!
    if (isDash(token) || (token.text === '-' && !touches(reading, at))) return isPlace(reading, sentence.from, at) ? at + 1 : sentence.from
    if (token.region >= 0 || /^[.;:!?]$/.test(token.text)) return sentence.from
  }
  return sentence.from
}

const touches = ({ tokens }: Reading, at: number): boolean => tokens[at]!.start === tokens[at - 1]!.end || tokens[at]!.end === tokens[at + 1]?.start

/** Capitals, commas, brackets and an agency: nothing that a sentence could begin with. */
function isPlace({ tokens }: Reading, from: number, to: number): boolean {
  const shouted = /^\p{Lu}{2,}/u.test(tokens[from]!.text)
  for (let at = from; at < to; at += 1) {
    const token = tokens[at]!
    if (!token.word || /^\d/.test(token.text) || /^\p{Lu}/u.test(token.text) || /^(?:de|al|of|the|and)$/.test(token.lower)) continue
    return false
  }
  return shouted || to - from <= 8
}
