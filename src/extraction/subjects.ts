import { CUE_VERBS } from './lexicons/cue-verbs.js'
import { isTemporal } from './lexicons/times.js'
import type { Cue } from './cues.js'
import { fullPhraseAfter, isDash, isFinite, isNominal, nounPhraseAfter, nounPhraseBefore } from './phrases.js'
import type { Reading, Span } from './reading.js'
import type { Sentence } from './sentences.js'

export type SubjectKind = 'plain' | 'inverted' | 'shared' | 'participle' | 'relative'
export interface Subject { readonly span: Span | undefined; readonly kind: SubjectKind }

/** Who does the saying: the phrase before the verb, the one after it, or the one it shares with an earlier verb. */
export function subjectOf(reading: Reading, sentence: Sentence, cue: Cue): Subject | undefined {
  const { tokens } = reading
  const before = cue.group > sentence.from ? tokens[cue.group - 1] : undefined
  const inverted = invertedSubject(reading, sentence, cue)
  if (inverted) return { span: inverted, kind: 'inverted' }
  if (!before) return cue.participle ? laterSubject(reading, sentence, cue) : undefined
  if (cue.participle) return participleSubject(reading, sentence, cue)
  if (before.tag === 'CCONJ' || before.lower === 'then' || (before.text === ',' && tokens[cue.group - 2]?.tag === 'CCONJ')) return { span: mainSubject(reading, sentence, cue.group - 1), kind: 'shared' }
  if (before.text === ',' && sharedAfterComma(reading, sentence, cue)) return { span: mainSubject(reading, sentence, cue.group - 1), kind: 'shared' }
  if (/^(?:who|which|that)$/.test(before.lower) && before.tag !== 'DET') {
    const end = tokens[cue.group - 2]?.text === ',' ? cue.group - 2 : cue.group - 1
    const span = nounPhraseBefore(reading, end, sentence.from)
    if (before.lower === 'that' && !span) return undefined
    return span && { span, kind: 'relative' }
  }
  if (before.lower === 'no') return undefined
  const floor = quoteFloor(reading, sentence, cue.group)
  const span = nounPhraseBefore(reading, cue.group, floor) ?? beforeLater(reading, cue.group, floor)
  if (!span) return undefined
  if (isReducedRelative(reading, cue, span, sentence)) return undefined
  return { span: trimTemporal(reading, span), kind: 'plain' }
}

/** "Lane later wrote": the adverb of time stands between subject and verb. */
function beforeLater(reading: Reading, group: number, floor: number): Span | undefined {
  const at = group - 1
  const before = reading.tokens[at - 1]
  if (at <= floor || !/^(?:later|earlier|today|yesterday|then|ago)$/.test(reading.tokens[at]!.lower) || !before || isTemporal(before)) return undefined
  return nounPhraseBefore(reading, at, floor)
}

/** "Noting that prices fell, Yellen said …": the subject comes after the comma. */
function laterSubject(reading: Reading, sentence: Sentence, cue: Cue): Subject | undefined {
  for (let at = cue.to; at + 2 < sentence.to; at += 1) {
    const token = reading.tokens[at]!
    if (token.text !== ',' || token.region >= 0) continue
    const span = nounPhraseAfter(reading, at + 1, sentence.to)
    if (span && (isFinite(reading, span.to) || reading.tokens[span.to]?.text === ',')) return { span, kind: 'participle' }
  }
  return undefined
}

/** A subject never reaches back over a quoted turn. */
function quoteFloor(reading: Reading, sentence: Sentence, before: number): number {
  for (let at = before - 1; at >= sentence.from; at -= 1) {
    const { region } = reading.tokens[at]!
    if (region >= 0 && reading.regions[region]!.last - reading.regions[region]!.first > 6) return Math.max(sentence.from, reading.regions[region]!.close)
  }
  return sentence.from
}

/** `"…," said Okafor`: after a comma or a closing mark, before a phrase that no verb of its own follows. */
function invertedSubject(reading: Reading, sentence: Sentence, cue: Cue): Span | undefined {
  const { tokens } = reading
  if (!cue.verb.frames.has('v') || cue.group !== cue.from || cue.participle) return undefined
  const before = cue.group > sentence.from ? tokens[cue.group - 1]! : undefined
  if (before && before.text !== ',' && before.region < 0 && !isDash(before) && !/^[?!]$/.test(before.text)) return undefined
  const first = tokens[cue.to]
  if (!first || cue.to >= sentence.to || first.tag === 'ADP' || first.lower === 'that' || (!isNominal(first) && first.tag !== 'DET')) return undefined
  if (!before && first.tag !== 'PROPN') return undefined
  if (/^(?:nothing|little|so|much|something|anything|as|no)$/.test(first.lower)) return undefined
  const core = nounPhraseAfter(reading, cue.to, sentence.to)
  if (!core) return undefined
  const next = tokens[core.to]
  if (core.to < sentence.to && next && (isFinite(reading, core.to) || (next.tag === 'ADV' && isFinite(reading, core.to + 1)))) return undefined
  if (next?.lower === 'to' && cue.verb.frames.has('o')) return undefined
  if (isTemporal(first) && !/^(?:april|may|june)$/.test(first.lower)) return undefined
  if (first.tag === 'PRON' && before?.text === ',' && tokens[core.to] && !/^[.,]$/.test(tokens[core.to]!.text)) return undefined
  if (before?.text === ',' && before.region < 0 && !quoteOrClauseBefore(reading, sentence, cue.group)) return undefined
  return fullPhraseAfter(reading, cue.to, sentence.to) ?? core
}

/** Whether what stands before the comma can be what is said, rather than a subject with its apposition. */
function quoteOrClauseBefore(reading: Reading, sentence: Sentence, end: number): boolean {
  for (let at = sentence.from; at < end; at += 1) if (reading.tokens[at]!.region >= 0 || isFinite(reading, at)) return true
  return false
}

/** "…, saying", "with one poster writing". */
function participleSubject(reading: Reading, sentence: Sentence, cue: Cue): Subject | undefined {
  const { tokens } = reading
  const before = tokens[cue.group - 1]!
  if (before.text === ',' || isDash(before) || before.tag === 'CCONJ' || before.region >= 0) {
    return { span: mainSubject(reading, sentence, cue.group - 1), kind: 'participle' }
  }
  const span = nounPhraseBefore(reading, cue.group, sentence.from)
  if (span && tokens[span.from - 1]?.lower === 'with') return { span, kind: 'plain' }
  // "a statement saying", "a letter warning": the document speaks.
  if (span && /^(?:statement|letter|memo|email|e-mail|message|tweet|post|note|report|sign|signs|text|press|op-ed|filing|tweets|statements|letters|messages)$/.test(before.lower)) return { span, kind: 'plain' }
  if (span && tokens[span.from - 1]?.text === ',' && tokens[span.from]!.tag === 'DET') return { span, kind: 'plain' }
  if (!/^(?:saying|adding|claiming|arguing|telling|insisting|warning|calling|urging|accusing|promising|vowing|noting|writing|declaring|denying|asserting|alleging|stating|complaining|demanding)$/.test(tokens[cue.from]!.lower)) return undefined
  if (before.tag === 'VERB' || before.tag === 'NOUN' || before.tag === 'ADV' || before.tag === 'PROPN') {
    return { span: mainSubject(reading, sentence, cue.group - 1), kind: 'participle' }
  }
  return undefined
}

function sharedAfterComma(reading: Reading, sentence: Sentence, cue: Cue): boolean {
  // ", called Claude," describes.
  if (cue.verb.frames.has('s') || cue.verb.frames.has('m')) return false
  // "He thanked them, told them to go home and left": a list of verbs.
  for (let at = cue.group - 2; at > sentence.from; at -= 1) {
    const token = reading.tokens[at]!
    if (token.text === ',' || token.region >= 0) return false
    if (isFinite(reading, at)) return nounPhraseBefore(reading, cue.group, sentence.from) === undefined
  }
  return false
}

/**
 * The subject of the nearest clause to the left that is not a relative clause, and whose verb is not itself a cue's content.
 * Used where a verb has no subject of its own.
 */
export function mainSubject(reading: Reading, sentence: Sentence, before: number): Span | undefined {
  const { tokens } = reading
  let best: Span | undefined
  let inner = false
  for (let at = before - 1; at >= sentence.from; at -= 1) {
    const token = tokens[at]!
    if (token.region >= 0 || !isFinite(reading, at)) continue
    let group = at
    while (group > sentence.from && (tokens[group - 1]!.tag === 'AUX' || tokens[group - 1]!.tag === 'ADV') && tokens[group - 1]!.word) group -= 1
    if (group === sentence.from) continue
    const left = tokens[group - 1]!
    if (/^(?:who|which)$/.test(left.lower) || (left.lower === 'that' && left.tag !== 'DET')) continue
    const span = nounPhraseBefore(reading, group, quoteFloor(reading, sentence, group))
    if (!span) continue
    const opener = tokens[span.from - 1]
    // A clause under a cue verb or a conjunction is not the one that speaks, if there is another.
    inner = span.from > sentence.from && opener !== undefined && (opener.lower === 'that' || opener.tag === 'SCONJ' || /^(?:if|because|whether|when|while|after|as|how|what|where|before|since)$/.test(opener.lower) || (CUE_VERBS.has(opener.lower) && opener.tag === 'VERB') || reading.tokens[span.from - 1]!.tag === 'VERB' || opener.tag === 'ADP' || opener.tag === 'NOUN')
    if (!inner) return trimTemporal(reading, span)
    best ??= trimTemporal(reading, span)
  }
  return best
}

/** "a dossier called", "a man accused of": a participle that describes its noun. */
function isReducedRelative(reading: Reading, cue: Cue, span: Span, sentence: Sentence): boolean {
  const { tokens } = reading
  if (cue.group !== cue.from || !/(?:ed|en|wn)$/.test(tokens[cue.from]!.lower)) return false
  const next = tokens[cue.to]
  if (next?.lower === 'by') return true
  const opener = tokens[span.from - 1]
  if (span.from > sentence.from && opener?.tag === 'ADP' && span.from - 1 > sentence.from && !UNMISTAKABLE_PAST.test(tokens[cue.from]!.lower)) return true
  if (span.from > sentence.from && opener && opener.tag === 'VERB' && !CUE_VERBS.has(opener.lower)) return true
  // "people expected to attend were", "a man accused of murder was": another finite verb follows with no subject of its own.
  return /^(?:accused|called|dubbed|expected|asked|ordered|wanted|labeled|described|urged|blamed|credited|told|believed|thought|considered)$/.test(tokens[cue.from]!.lower) && next?.tag === 'ADP' && !/^(?:for|on|whether|if|that)$/.test(next.lower)
}

const UNMISTAKABLE_PAST = /^(?:argued|added|insisted|acknowledged|admitted|conceded|testified|vowed|pledged|warned|urged|explained|declared|tweeted|contended|alleged|asserted|quipped|noted|suggested|replied|responded|stressed|claimed|complained)$/

function trimTemporal(reading: Reading, span: Span): Span {
  let { from } = span
  while (from + 1 < span.to && (isTemporal(reading.tokens[from]!) && reading.tokens[from + 1]!.lower !== "'s" && isNominal(reading.tokens[from + 1]))) from += 1
  // "The agency on Thursday approved": the phrase ends before the day.
  let { to } = span
  while (to - 1 > from && isTemporal(reading.tokens[to - 1]!) && !/^(?:of|for|that|this|last|next|since|until|from|by|before|after|through|during)$/.test(reading.tokens[to - 2]!.lower)) to -= 1
  // "A lawsuit filed on Monday": the day belongs to the phrase.
  if (to < span.to && to - 2 > from && /^(?:on|in)$/.test(reading.tokens[to - 1]!.lower) && reading.tokens[to - 2]!.tag === 'VERB') return { from, to: span.to }
  if (to < span.to && to - 1 > from && /^(?:on|in|late|early|earlier)$/.test(reading.tokens[to - 1]!.lower)) to -= 1
  return { from, to }
}
