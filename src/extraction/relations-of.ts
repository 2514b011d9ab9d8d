import { readAccording } from './according.js'
import { readSentence } from './clauses.js'
import { datelineEnd } from './dateline.js'
import { readNounCues } from './noun-cues.js'
import { readContinuations, readUnclaimedQuotes, regionsIn } from './quoted.js'
import type { Reading } from './reading.js'
import type { Relation } from './relations.js'

/** Every attribution of a text as spans, in reading order. */
export function readRelations(reading: Reading): Relation[] {
  const claimed = new Set<number>()
  const bySentence = reading.sentences.map((sentence, index): Relation[] => {
    if (reading.paragraphs[sentence.paragraph]!.role === 'CAPTION' && sentence.to - sentence.from < 4) return []
    const opens = reading.paragraphTokens[sentence.paragraph]![0] === sentence.from
    const floor = opens ? datelineEnd(reading, sentence) : sentence.from
    const verbs = readSentence(reading, index, floor)
    const all = [...verbs, ...readAccording(reading, index, floor, verbs), ...readNounCues(reading, index, floor)]
    claim(reading, all, claimed)
    const unclaimed = regionsIn(reading, sentence).length > 0 ? readUnclaimedQuotes(reading, index, floor, claimed) : []
    claim(reading, unclaimed, claimed)
    return [...all, ...unclaimed]
  })
  readContinuations(reading, bySentence, claimed)
  return bySentence.flatMap((relations) => relations.sort((a, b) => firstOf(a) - firstOf(b)))
}

const firstOf = (relation: Relation): number => relation.cue?.from ?? relation.content[0]!.from

function claim(reading: Reading, relations: readonly Relation[], claimed: Set<number>): void {
  for (const { content } of relations) {
    for (const { from, to } of content) {
      for (let at = from; at < to; at += 1) {
        const { region } = reading.tokens[at]!
        if (region >= 0) {
          claimed.add(region)
          at = Math.max(at, reading.regions[region]!.close - 1)
        }
      }
    }
  }
}
