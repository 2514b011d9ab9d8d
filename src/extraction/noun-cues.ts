import { CUE_NOUNS } from './lexicons/cue-verbs.js'
import { nounPhraseBefore } from './phrases.js'
import { trim } from './clauses.js'
import type { Reading, Span } from './reading.js'
import type { Relation } from './relations.js'

/** "Trump's claim that …", "the warning from doctors that …", "reports that …". */
export function readNounCues(reading: Reading, index: number, floor: number): Relation[] {
  const { tokens } = reading
  const sentence = reading.sentences[index]!
  const relations: Relation[] = []
  for (let at = floor + 1; at + 2 < sentence.to; at += 1) {
    const token = tokens[at]!
    if (token.region >= 0 || !CUE_NOUNS.has(token.lower) || token.tag === 'VERB') continue
    if (tokens[at + 1]!.lower !== 'that' || tokens[at + 1]!.region >= 0) continue
    const source = possessor(reading, at, floor)
    const content = trim(reading, { from: at + 2, to: clauseEnd(reading, at + 2, sentence.to) })
    if (!source || content.to - content.from < 3) continue
    relations.push({ rule: 'noun with "that"', confidence: 0.7, sentence: index, source, cue: { from: at, to: at + 1 }, lemma: token.lower, content: [content], negated: false, thought: /^(?:belief|fears|concerns|view)$/.test(token.lower) })
  }
  return relations
}

function possessor(reading: Reading, at: number, floor: number): Span | undefined {
  const { tokens } = reading
  let index = at - 1
  while (index > floor && tokens[index]!.tag === 'ADJ') index -= 1
  const token = tokens[index]!
  if (/^(?:his|her|their|its)$/.test(token.lower)) return { from: index, to: index + 1 }
  if (token.lower !== "'s" && token.lower !== "'") return undefined
  return nounPhraseBefore(reading, index, floor)
}

/** Content of a noun ends where the main clause goes on: at a comma, or with the sentence. */
function clauseEnd(reading: Reading, from: number, high: number): number {
  for (let at = from + 3; at < high; at += 1) if (/^[,;]$/.test(reading.tokens[at]!.text) && reading.tokens[at]!.region < 0) return at
  return high
}
