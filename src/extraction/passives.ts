import { skipAdverbials } from './adverbials.js'
import { quotePieces, trim } from './pieces.js'
import type { Cue } from './cues.js'
import { fullPhraseAfter, nounPhraseBefore } from './phrases.js'
import type { Reading, Span } from './reading.js'
import type { Relation } from './relations.js'
import type { Sentence } from './sentences.js'

/** Verbs that report when nobody is their subject: "is said to". */
const REPORTING = /^(?:say|report|allege|claim|believe|think|know|estimate|expect)$/
const NAMING = /^(?:describe|call|characterize|dub|label|brand|denounce|condemn|criticize|praise|hail)$/

/** "It was announced that …", "He is said to …", "was described by officials as …": who says it stands after "by", or nowhere. */
export function readPassive(reading: Reading, sentence: Sentence, index: number, cue: Cue): Relation | undefined {
  const { tokens } = reading
  const subject = nounPhraseBefore(reading, cue.group, sentence.from)
  if (!subject) return undefined
  const by = tokens[cue.to]?.lower === 'by' && cue.to + 1 < sentence.to ? fullPhraseAfter(reading, cue.to + 1, sentence.to) : undefined
  const passive = (content: readonly Span[], confidence: number): Relation =>
    ({ rule: by ? 'passive with "by"' : 'passive without a source', confidence, sentence: index, source: by, cue: { from: cue.from, to: cue.to }, lemma: cue.verb.lemma, content, negated: cue.negated, thought: cue.verb.frames.has('m') })
  if (by && tokens[by.to]?.lower === 'as' && by.to + 1 < sentence.to && NAMING.test(cue.verb.lemma)) return passive([subject, trim(reading, { from: by.to, to: sentence.to })], 0.6)
  const from = skipAdverbials(reading, by ? by.to : cue.to, sentence.to).to
  const next = from < sentence.to ? tokens[from]! : undefined
  const rest = next && trim(reading, { from: next.lower === 'that' ? from + 1 : from, to: sentence.to })
  if (!rest || rest.from >= rest.to || next.region >= 0) return undefined
  const it = subject.to - subject.from === 1 && tokens[subject.from]!.lower === 'it'
  if (it && next.lower === 'that' && cue.verb.frames.has('t')) return passive(quotePieces(reading, rest), 0.5)
  if (it || cue.verb.frames.has('m')) return undefined
  if (next.lower === 'to' && !by && REPORTING.test(cue.verb.lemma) && tokens[from + 1]?.word) return passive([subject, rest], 0.4)
  return undefined
}
