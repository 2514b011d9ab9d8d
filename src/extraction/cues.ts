import { CUE_VERBS, type CueVerb } from './lexicons/cue-verbs.js'
import { isFiniteAux, isNominal, SUBJECT_PRONOUNS } from './phrases.js'
import type { Reading, Span } from './reading.js'
import type { Sentence } from './sentences.js'
import { isCapital, type Token } from './tokens.js'

/** One place where somebody may be credited: the verb, its group ("would not say") and how it is used. */
export interface Cue extends Span {
  readonly verb: CueVerb
  /** Where the verb group begins. */
  readonly group: number
  readonly negated: boolean
  readonly passive: boolean
  /** "saying", without an auxiliary. */
  readonly participle: boolean
}

/** No sentence of copy has more; bounds the time on text that is nothing but "said". */
const MOST_CUES = 24

const UNMISTAKABLE = new Set('said says told tells wrote argued added insisted acknowledged admitted conceded testified vowed pledged warned urged explained declared tweeted contended alleged asserted quipped'.split(' '))
const GO_ON = new Set('went goes going go continued began started proceeded continues failed fails declined declines refused refuses wanted wants likes liked rushed quick'.split(' '))
const BE = new Set("is are was were be been being am 's 're".split(' '))
const SKIPPED = new Set('no longer not n\'t never also already repeatedly has have had'.split(' '))
const DOUBTFUL_MODALS = new Set('should may might must could'.split(' '))

/** The cues of a sentence outside quotation marks, from left to right. */
export function findCues(reading: Reading, sentence: Sentence): Cue[] {
  const cues: Cue[] = []
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const token = reading.tokens[at]!
    if (!token.word || token.region >= 0) continue
    const verb = CUE_VERBS.get(token.lower)
    const cue = verb ?? pointOut(reading.tokens, at)
    if (!cue || !isVerbHere(reading, at, cue, sentence)) continue
    const found = verbGroup(reading, at, cue, sentence)
    if (found) cues.push(found)
    if (cues.length >= MOST_CUES) break
  }
  return cues
}

const PHRASAL: ReadonlyMap<string, CueVerb> = new Map([['point', { lemma: 'point out', frames: new Set(['t', 'q', 'v'] as const) }], ['put', { lemma: 'put it', frames: new Set(['q'] as const) }], ['made', { lemma: 'make clear', frames: new Set(['t', 'w'] as const) }]])
function pointOut(tokens: readonly Token[], at: number): CueVerb | undefined {
  if (/^puts?$/.test(tokens[at]!.lower) && tokens[at + 1]?.lower === 'it') return PHRASAL.get('put')
  if (/^(?:made|makes|make|making)$/.test(tokens[at]!.lower)) return clearAfter(tokens, at) === undefined ? undefined : PHRASAL.get('made')
  return /^point(?:s|ed|ing)?$/.test(tokens[at]!.lower) && tokens[at + 1]?.lower === 'out' ? PHRASAL.get('point') : undefined
}

/** "made clear", "made it clear": where the words end. */
function clearAfter(tokens: readonly Token[], at: number): number | undefined {
  const to = tokens[at + 1]?.lower === 'it' ? at + 2 : at + 1
  return tokens[to]?.lower === 'clear' ? to + 1 : undefined
}

/** "claims" the verb, not the noun. The tagger's word is taken unless the neighbours say otherwise. */
function isVerbHere(reading: Reading, at: number, verb: CueVerb, sentence: Sentence): boolean {
  const { tokens } = reading
  const token = tokens[at]!
  const before = at > sentence.from ? tokens[at - 1] : undefined
  const after = at + 1 < sentence.to ? tokens[at + 1] : undefined
  if (isCapital(token) && at !== sentence.from && before?.word && before.region < 0) return false
  if (before && (before.tag === 'DET' || before.tag === 'ADJ' || /^(?:his|her|their|its|my|our|your|'s|of|some|these|those|any)$/.test(before.lower)) && token.tag !== 'VERB') {
    return UNMISTAKABLE.has(token.lower) && before.lower !== 'of'
  }
  if (UNMISTAKABLE.has(token.lower)) return !(before?.tag === 'DET' && after !== undefined && isNominal(after) && !/^(?:some|many|both|all|others)$/.test(before.lower))
  if (token.tag === 'VERB') return !(before?.tag === 'DET' && !/^(?:both|all|some|another|each|either|neither|many|most)$/.test(before.lower))
  if (before && SUBJECT_PRONOUNS.has(before.lower) && before.tag === 'PRON') return true
  // "The report, which the city paid for, estimates that"; "a blog post that" has no verb.
  if (after?.lower === 'that' && before?.text === ',' && token.lower !== verb.lemma) return true
  if (after?.lower === 'that' && before && isNominal(before)) return !/'s$/.test(before.lower) && !(token.lower === verb.lemma && before.tag === 'NOUN' && !/s$/.test(before.lower))
  if (/(?:ed)$/.test(token.lower) && before && (isNominal(before) || before.tag === 'ADV')) return true
  if (verb.frames.has('q') && after && after.region >= 0 && /s$/.test(token.lower) && before && isNominal(before)) return true
  // "The results show the party", where the tagger took the verb for a noun.
  return token.lower === verb.lemma && before !== undefined && /s$/.test(before.lower) && isNominal(before) && after !== undefined && (after.tag === 'DET' || after.tag === 'PRON' || after.tag === 'NUM' || after.lower === 'that')
}

function verbGroup(reading: Reading, at: number, verb: CueVerb, sentence: Sentence): Cue | undefined {
  const { tokens } = reading
  let group = at
  let negated = false
  let be = false
  let have = false
  let infinitive = false
  let modal = false
  for (let index = at - 1; index >= sentence.from; index -= 1) {
    const token = tokens[index]!
    if (!token.word || token.region >= 0) {
      // "has, he said" never belongs to the group; "would, however, say" does, and is too rare to read.
      break
    }
    if (token.lower === 'to' && (token.tag === 'PART' || token.tag === 'ADP') && index === group - 1 && baseForm(tokens[group]!, verb, at)) infinitive = true
    else if (infinitive && !(GO_ON.has(token.lower) || token.lower === 'on')) break
    else if (infinitive) { if (/^(?:declin|refus|fail)/.test(token.lower)) negated = true } else if (token.lower === 'as' && /ing$/.test(tokens[at]!.lower) && /^(?:quoted|cited|reported)$/.test(tokens[index - 1]?.lower ?? '')) {
      return quotedAs(reading, at, index - 1, verb, sentence)
    } else if (isFiniteAux(token) || token.tag === 'AUX' || /^(?:be|been|being|have|having)$/.test(token.lower)) {
      if (BE.has(token.lower) && (token.lower !== "'s" || token.tag === 'AUX')) be = true
      if (/^(?:has|have|had|having|'ve)$/.test(token.lower)) have = true
      if (DOUBTFUL_MODALS.has(token.lower)) modal = true
      if (/n't$/.test(token.lower)) negated = true
      if (token.lower === "'s" && token.tag !== 'AUX') break
    } else if (token.lower === 'not' || token.lower === 'never' || token.lower === "n't") negated = true
    else if (token.tag !== 'ADV' && !SKIPPED.has(token.lower)) break
    else if (token.tag === 'ADV' && tokens[index - 1]?.tag === 'VERB' && tokens[index - 2]?.lower === 'to') break
    else if (token.tag === 'ADV' && /^(?:when|how|why|where|there|ago|earlier|later|yesterday|today)$/.test(token.lower)) break
    group = index
  }
  if (infinitive && /^(?:comment|respond|answer|discuss|elaborate)$/.test(verb.lemma)) return undefined
  if (infinitive && (group === at - 1 || tokens[group]!.lower === 'to' || tokens[group]!.lower === 'on')) return undefined
  const participle = /ing$/.test(tokens[at]!.lower)
  const past = !participle && !/s$/.test(tokens[at]!.lower) && tokens[at]!.lower !== verb.lemma
  const passive = be && past && !(have && !tokens.slice(group, at).some((token) => token.lower === 'been'))
  if (modal && !quoteIsNear(reading, at, sentence)) return undefined
  const to = verb.lemma === 'point out' || verb.lemma === 'put it' ? at + 2 : verb.lemma === 'make clear' ? clearAfter(tokens, at)! : at + 1
  return { from: at, to, verb, group: trimAdverbs(tokens, group, at), negated, passive, participle: participle && !be }
}

function baseForm(head: Token, verb: CueVerb, at: number): boolean {
  return at >= 0 && (head.lower === verb.lemma || head.tag === 'VERB' || head.tag === 'ADV' || head.tag === 'AUX')
}

/** "was quoted as saying": the subject is whoever said it. */
function quotedAs(reading: Reading, at: number, quoted: number, verb: CueVerb, sentence: Sentence): Cue {
  let group = quoted
  while (group > sentence.from && (isFiniteAux(reading.tokens[group - 1]) || reading.tokens[group - 1]!.tag === 'AUX' || reading.tokens[group - 1]!.tag === 'ADV')) group -= 1
  return { from: at, to: at + 1, verb, group, negated: false, passive: false, participle: false }
}

/** An adverb that opens the clause is not part of the verb group: "Later said". */
function trimAdverbs(tokens: readonly Token[], group: number, at: number): number {
  let from = group
  while (from < at && tokens[from]!.tag === 'ADV' && !tokens[from - 1]?.word) from += 1
  return from
}

function quoteIsNear(reading: Reading, at: number, sentence: Sentence): boolean {
  for (let index = Math.max(sentence.from, at - 4); index < Math.min(sentence.to, at + 4); index += 1) if (reading.tokens[index]!.region >= 0) return true
  return false
}
