import { CUE_NOUNS } from './lexicons/cue-verbs.js'
import { hasFinite, isFinite, nounPhraseBefore } from './phrases.js'
import { trim } from './pieces.js'
import type { Reading, Span } from './reading.js'
import type { Relation } from './relations.js'

/** Of a sentence; bounds the time on text that is nothing but cues. */
const MOST_CUES = 8

/** Nouns that credit nobody and yet report what somebody says. */
const UNOWNED = /^(?:claims?|allegations?|accusations?|assertions?|rumors?|reports?|speculation|suspicions?)$/
const THOUGHTS = /^(?:belief|fears|concerns|view|speculation|suspicions?)$/

/** "Trump's claim that …", "the warning that …", "reports that …". */
export function readNounCues(reading: Reading, index: number, floor: number): Relation[] {
  const { tokens } = reading
  const sentence = reading.sentences[index]!
  const relations: Relation[] = []
  for (let at = floor; at + 2 < sentence.to && relations.length < MOST_CUES; at += 1) {
    const token = tokens[at]!
    if (token.region >= 0 || !CUE_NOUNS.has(token.lower) || token.tag === 'VERB') continue
    if (tokens[at + 1]!.lower !== 'that' || tokens[at + 1]!.region >= 0) continue
    const source = possessor(reading, at, floor)
    if (!source && !UNOWNED.test(token.lower)) continue
    const opens = !hasFinite(reading, { from: floor, to: at })
    const content = trim(reading, { from: at + 2, to: contentEnd(reading, at + 2, sentence.to, opens) })
    if (content.to - content.from < 3) continue
    relations.push({ rule: 'noun with "that"', confidence: source ? 0.7 : 0.45, sentence: index, source, cue: { from: at, to: at + 1 }, lemma: token.lower, content: [content], negated: false, thought: THOUGHTS.test(token.lower) })
  }
  return relations
}

function possessor(reading: Reading, at: number, floor: number): Span | undefined {
  const { tokens } = reading
  let index = at - 1
  while (index > floor && tokens[index]!.tag === 'ADJ') index -= 1
  const token = tokens[index]
  if (!token || index < floor) return undefined
  if (/^(?:his|her|their|its)$/.test(token.lower)) return { from: index, to: index + 1 }
  if (token.lower !== "'s" && token.lower !== "'") return undefined
  return nounPhraseBefore(reading, index, floor)
}

/** Content of a noun ends where the main clause goes on: at a comma, at the main verb of a sentence that the noun opens, or with the sentence. */
function contentEnd(reading: Reading, from: number, high: number, opens: boolean): number {
  const { tokens } = reading
  let verbs = 0
  let owed = 1
  for (let at = from; at < high; at += 1) {
    const token = tokens[at]!
    if (at >= from + 3 && /^[,;]$/.test(token.text) && token.region < 0) return at
    if (!opens) continue
    if (/^(?:who|which|that|and|or|but|because|if|while|when|as)$/.test(token.lower) && at > from) owed += 1
    if (!isFinite(reading, at) || (at > from && verbGoesOn(reading, at))) continue
    verbs += 1
    if (verbs > owed) return at
  }
  return high
}

/** "had been closed": one group. */
const verbGoesOn = ({ tokens }: Reading, at: number): boolean => tokens[at - 1]!.tag === 'AUX' || (tokens[at - 1]!.tag === 'ADV' && tokens[at - 2]?.tag === 'AUX')
