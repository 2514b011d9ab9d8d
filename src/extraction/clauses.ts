import type { Cue } from './cues.js'
import { findCues } from './cues.js'
import { readAfter, type After } from './contents.js'
import { hasFinite, isDash } from './phrases.js'
import { isQuoted, quotePieces, trim } from './pieces.js'
import { isTemporal } from './lexicons/times.js'
import { isQuoteMark, type Reading, type Span } from './reading.js'
import type { Relation } from './relations.js'
import type { Sentence } from './sentences.js'
import { readPassive } from './passives.js'
import { subjectOf, type Subject } from './subjects.js'

interface Found { readonly cue: Cue; readonly subject: Subject }

/** Attributions by verb in one sentence. `floor` is where its own words begin, after a dateline. */
export function readSentence(reading: Reading, index: number, floor: number): Relation[] {
  const sentence = { ...reading.sentences[index]!, from: floor }
  const found: Found[] = []
  const relations: Relation[] = []
  for (const cue of findCues(reading, sentence)) {
    if (cue.passive) {
      const relation = readPassive(reading, sentence, index, cue)
      if (relation) relations.push(relation)
      continue
    }
    const subject = subjectOf(reading, sentence, cue)
    if (subject?.span || (subject && subject.kind !== 'plain')) found.push({ cue, subject })
  }
  const active: Relation[] = []
  found.forEach((entry, at) => {
    const shared = withSharedSubject(entry, found.slice(0, at), active)
    const relation = readRelation(reading, sentence, index, shared, found.slice(at + 1), active)
    if (relation) active.push(relation)
  })
  return [...relations, ...active]
}

/** A verb without a subject of its own takes the one of the attribution before it, where that speaks for the main clause. */
function withSharedSubject(entry: Found, before: readonly Found[], relations: readonly Relation[]): Found {
  if (entry.subject.kind !== 'shared' && entry.subject.kind !== 'participle') return entry
  const last = relations.at(-1)
  const lastFound = before.at(-1)
  if (!last?.source || !lastFound) return entry
  // "Smith said X, adding Y": Smith, whatever stands between. Not if a clause of its own comes between, outside what was said.
  const ownLater = entry.subject.span && entry.subject.span.from > (last.content.at(-1)?.to ?? last.cue!.to)
  return ownLater ? entry : { ...entry, subject: { ...entry.subject, span: last.source } }
}

function readRelation(reading: Reading, sentence: Sentence, index: number, { cue, subject }: Found, later: readonly Found[], earlier: readonly Relation[]): Relation | undefined {
  const high = closingStart(reading, sentence)
  const after = readAfter(reading, cue, subject, high)
  const content = contentOf(reading, sentence, cue, subject, after, later, earlier, high)
  if (!content || content.pieces.length === 0) return undefined
  if (inventedQuestion(reading, sentence, cue, subject, content.pieces)) return undefined
  return {
    rule: `${content.rule}${subject.kind === 'plain' ? '' : `, ${subject.kind} subject`}`, confidence: content.confidence * (subject.kind === 'plain' || subject.kind === 'inverted' ? 1 : 0.9),
    sentence: index, source: subject.span, cue: { from: cue.from, to: cue.to }, lemma: cue.verb.lemma, content: content.pieces, negated: cue.negated, thought: cue.verb.frames.has('m'),
    ...(after.addressee && { addressee: after.addressee }), ...(after.anonymity && { anonymity: after.anonymity }), adverbials: after.adverbials,
  }
}

/** "Did he say …?", "I think": the outlet's own voice asks, or nobody is credited. */
function inventedQuestion(reading: Reading, sentence: Sentence, cue: Cue, subject: Subject, pieces: readonly Span[]): boolean {
  const word = subject.span && subject.span.to === subject.span.from + 1 ? reading.tokens[subject.span.from]!.lower : ''
  if (!/^(?:i|we|you|that|which|this|these|it)$/.test(word)) return false
  if (word === 'it' || word === 'that' || word === 'which' || word === 'this') return cue.verb.frames.has('m') || /^(?:show|find|indicate|suggest|signal|read|mean|imply)$/.test(cue.verb.lemma) && !pieces.some((piece) => reading.tokens[piece.from]!.region >= 0)
  return word !== 'we' || !pieces.some((piece) => reading.tokens[piece.from]!.region >= 0) || sentence.to === 0
}

/** The end of the sentence without its full stop, unless a quotation ends it. */
function closingStart(reading: Reading, sentence: Sentence): number {
  let to = sentence.to
  while (to > sentence.from + 1 && !reading.tokens[to - 1]!.word && reading.tokens[to - 1]!.region < 0 && /^[.?!;,]$/.test(reading.tokens[to - 1]!.text)) to -= 1
  return to
}

interface Content { readonly pieces: readonly Span[]; readonly rule: string; readonly confidence: number }

function contentOf(reading: Reading, sentence: Sentence, cue: Cue, subject: Subject, after: After, later: readonly Found[], earlier: readonly Relation[], high: number): Content | undefined {
  const end = subordinateEnd(reading, sentence, subject, after.from, contentEnd(reading, after.from, subject.span && subject.kind === 'participle' && subject.span.from > after.from ? subject.span.from - 1 : high, later, earlier.some(({ content }) => content.some((piece) => piece.from < cue.from && cue.from < piece.to))))
  const rest = trim(reading, { from: after.from, to: end })
  const found = beforeOf(reading, sentence, cue, subject, earlier)
  const before = found && found.from < found.to ? found : undefined
  const quotedBefore = before !== undefined && isQuoted(reading, before)
  switch (after.form) {
    case 'quote': {
      const pieces = quotePieces(reading, withoutTail(reading, rest))
      if (pieces.length === 0) return undefined
      if (quotedBefore) return { pieces: [...quotePieces(reading, before), ...pieces], rule: 'quotation around its cue', confidence: 0.95 }
      if (before && goesOnInQuote(reading, before, pieces[0]!)) return { pieces: [before, ...pieces], rule: 'clause and quotation around its cue', confidence: 0.85 }
      return { pieces, rule: isQuoted(reading, rest) ? 'quotation after its cue' : 'clause with a quotation after its cue', confidence: 0.93 }
    }
    case 'clause': case 'question':
      if (rest.from >= rest.to) return undefined
      if (quotedBefore && after.form === 'clause' && subject.kind === 'plain' && !hasThat(reading, rest)) return { pieces: quotePieces(reading, before), rule: 'quotation before its cue', confidence: 0.9 }
      return { pieces: quotePieces(reading, rest), rule: after.form === 'clause' ? 'clause after its cue' : 'question after its cue', confidence: cue.verb.frames.has('m') ? 0.6 : 0.88 }
    case 'infinitive': return rest.from < rest.to ? { pieces: [rest], rule: 'promise or request', confidence: 0.65 } : undefined
    case 'phrase': return quotedBefore || (rest.to - rest.from === 1 && reading.tokens[rest.from]!.tag === 'PRON') ? undefined : nounContent(reading, rest)
    case 'predicate': return rest.from < rest.to ? { pieces: quotePieces(reading, rest), rule: 'naming or reproach', confidence: 0.65 } : undefined
    case 'medial': return medialContent(reading, cue, before, quotedBefore, rest, after, later)
    case 'none': return before && validBefore(reading, before, quotedBefore, cue, subject) ? { pieces: quotePieces(reading, before), rule: quotedBefore ? 'quotation before its cue' : 'clause before its cue', confidence: quotedBefore ? 0.96 : 0.92 } : undefined
  }
}

/** `shouted "Shame!" as they left`: what follows a quotation that is a sentence of its own is not said. */
function withoutTail(reading: Reading, span: Span): Span {
  const first = reading.tokens[span.from]
  const region = first && first.region >= 0 ? reading.regions[first.region]! : undefined
  if (!region || !region.closed || region.open !== span.from || region.close >= span.to) return span
  return /^[.?!]$/.test(reading.tokens[region.last - 1]!.text) && /^(?:as|while|when|after|before|during|at|in|from|to|with|and)$/.test(reading.tokens[region.close]!.lower) ? { from: span.from, to: region.close } : span
}

/** `She plans to go, she said, "if they let us."`: a quotation that begins in lower case goes on with the clause. */
function goesOnInQuote(reading: Reading, before: Span, piece: Span): boolean {
  const first = reading.tokens[piece.from]!.word ? reading.tokens[piece.from]! : reading.tokens[piece.from + 1]
  return first !== undefined && /^\p{Ll}/u.test(first.text) && before.to - before.from >= 3 && (before.to - before.from > 5 || !isTemporal(reading.tokens[before.to - 1]!)) && !/^(?:SCONJ|ADP|ADV|VERB)$/.test(reading.tokens[before.from]!.tag) && !/^(?:later|earlier|ago)$/.test(reading.tokens[before.to - 1]!.lower)
}

const hasThat = (reading: Reading, span: Span): boolean => reading.tokens[span.from - 1]?.lower === 'that'

function nounContent(reading: Reading, rest: Span): Content | undefined {
  return rest.from < rest.to ? { pieces: [rest], rule: 'noun phrase after its cue', confidence: 0.55 } : undefined
}

function validBefore(reading: Reading, before: Span, quoted: boolean, cue: Cue, subject: Subject): boolean {
  if (quoted) return cue.verb.frames.has('q') || subject.kind === 'inverted' || reading.tokens[before.to - 1]!.region >= 0
  if (!cue.verb.frames.has('t')) return false
  if (subject.kind === 'shared' || subject.kind === 'participle' || subject.kind === 'relative') return false
  const first = reading.tokens[before.from]!
  if (hasFinite(reading, before)) return !(/^(?:when|while|after|before|until|once)$/.test(first.lower) && !commaInside(reading, before))
  return before.to - before.from >= 3 && first.tag !== 'ADP' && first.tag !== 'SCONJ' && first.tag !== 'ADV' && first.tag !== 'VERB'
}

function commaInside(reading: Reading, span: Span): boolean {
  for (let at = span.from; at < span.to; at += 1) if (reading.tokens[at]!.text === ',') return true
  return false
}

/** `The plan, he said, will fail`; `…, he said, adding`; `"…," he said, "…"`. */
function medialContent(reading: Reading, cue: Cue, before: Span | undefined, quoted: boolean, rest: Span, after: After, later: readonly Found[]): Content | undefined {
  const next = reading.tokens[rest.from]
  if (!before) {
    // "He said, however, the plan would fail."
    return next && cue.verb.frames.has('t') && rest.from < rest.to && hasFinite(reading, rest) && !/ing$/.test(next.lower) && next.tag !== 'CCONJ' ? { pieces: quotePieces(reading, rest), rule: 'clause after its cue', confidence: 0.7 } : undefined
  }
  if (quoted) return { pieces: quotePieces(reading, before), rule: 'quotation before its cue', confidence: 0.95 }
  // "… because, she said, chemicals were still burning"
  if (/^(?:because|that|but|and|if|since|although|though|while|so|where|when)$/.test(reading.tokens[before.to - 1]!.lower) && rest.from < rest.to && hasFinite(reading, rest)) return { pieces: quotePieces(reading, rest), rule: 'clause after its cue', confidence: 0.75 }
  if (before.to - before.from === 1 && /^(?:still|however|meanwhile|instead|now|but|yet|also|moreover|nevertheless|nonetheless|besides|indeed)$/.test(reading.tokens[before.from]!.lower) && rest.from < rest.to && hasFinite(reading, rest)) return { pieces: quotePieces(reading, rest), rule: 'clause after its cue', confidence: 0.8 }
  if (!cue.verb.frames.has('t')) return undefined
  const first = reading.tokens[before.from]!
  const whole = hasFinite(reading, before)
  if (!whole && (first.tag === 'ADP' || first.tag === 'ADV' || first.tag === 'SCONJ') && !after.addressee && rest.from < rest.to && !hasFinite(reading, rest)) return undefined
  const goesOn = next !== undefined && rest.from < rest.to && !/ing$/.test(next.lower) && !(next.tag === 'ADV' && /ing$/.test(reading.tokens[rest.from + 1]?.lower ?? '')) && !/^(?:who|whose|citing|referring|according)$/.test(next.lower)
  if (!goesOn) return whole ? { pieces: quotePieces(reading, before), rule: 'clause before its cue', confidence: 0.9 } : undefined
  const joined = reading.tokens[rest.from - 1]?.tag === 'CCONJ' && next.tag !== 'VERB' && next.tag !== 'AUX' && hasFinite(reading, rest) && !later.some(({ subject: { span, kind } }) => kind === 'plain' && span !== undefined && span.from <= rest.from + 1 && span.to > rest.from)
  if (joined) return { pieces: [before, { from: rest.from - 1, to: rest.to }], rule: 'clause around its cue', confidence: 0.75 }
  if (!whole || next.tag === 'SCONJ' || next.tag === 'CCONJ' || next.lower === 'which' || next.tag === 'ADP') return { pieces: [before, rest], rule: 'clause around its cue', confidence: 0.85 }
  return { pieces: quotePieces(reading, before), rule: 'clause before its cue', confidence: 0.85 }
}

/** Where content after a cue ends: with the sentence, or where another attribution takes over. */
function contentEnd(reading: Reading, from: number, high: number, later: readonly Found[], nested: boolean): number {
  const { tokens } = reading
  for (let at = from; at < high; at += 1) {
    const token = tokens[at]!
    if (token.text === ',' && token.region < 0 && tokens[at + 1]?.lower === 'according' && tokens[at + 2]?.lower === 'to') return at
  }
  for (let at = from; at + 2 < high; at += 1) if (nested && tokens[at]!.text === ',' && tokens[at]!.region < 0 && /^(?:and|but)$/.test(tokens[at + 1]!.lower) && tokens[at + 2]!.lower === 'that') return at
  for (const { cue, subject } of later) {
    if (cue.from <= from || cue.from >= high) continue
    // "A neighbor who asked …, said": what is asked ends where the main verb begins. "…, the paper said": no content at all.
    if (subject.kind === 'plain' && subject.span && subject.span.from < from && subject.span.to > from) return subject.span.to
    if (subject.kind === 'plain' && subject.span?.from === from && reading.tokens[from - 1]?.text === ',' && readAfter(reading, cue, subject, high).form === 'none') return from
    const cut = cutAt(reading, cue, subject, from, high)
    if (cut !== undefined && cut > from) return cut
  }
  return high
}

/** "Because officials say they are not sure, the plan may fail": inside a subordinate clause, content ends with the clause. */
function subordinateEnd(reading: Reading, sentence: Sentence, subject: Subject, from: number, end: number): number {
  const { tokens } = reading
  const opener = subject.span && subject.kind === 'plain' ? tokens[subject.span.from - 1] : undefined
  if (!opener || subject.span!.from <= sentence.from || !/^(?:because|if|although|though|while|since|when|after|as|until|unless)$/.test(opener.lower)) return end
  const opens = subject.span!.from - 2 < sentence.from || tokens[subject.span!.from - 2]!.tag === 'CCONJ' || !tokens[subject.span!.from - 2]!.word
  if (!opens) return end
  for (let at = from; at < end; at += 1) if (tokens[at]!.text === ',' && tokens[at]!.region < 0 && hasFinite(reading, { from: at + 1, to: end })) return at
  return end
}

function cutAt(reading: Reading, cue: Cue, subject: Subject, from: number, high: number): number | undefined {
  const { tokens } = reading
  const speech = !cue.verb.frames.has('m')
  if (!speech || cue.group <= from) return undefined
  const before = tokens[cue.group - 1]!
  if (subject.kind === 'participle') return before.text === ',' || isDash(before) ? cue.group - 1 : before.tag === 'CCONJ' ? withoutComma(reading, cue.group - 1) : undefined
  if (subject.kind === 'shared') {
    if (before.tag !== 'CCONJ') return before.text === ',' ? cue.group - 1 : undefined
    const inner = innerSubject(reading, from, cue.group - 1)
    return inner && before.lower === 'and' && tokens[cue.group - 2]!.text !== ',' && !cue.verb.frames.has('t') && !cue.verb.frames.has('r') ? undefined : withoutComma(reading, cue.group - 1)
  }
  if (subject.kind === 'inverted') return tokens[cue.group - 1]!.text === ',' ? cue.group - 1 : undefined
  if (subject.kind !== 'plain' || !subject.span) return undefined
  return plainCut(reading, cue, subject.span, from, high)
}

/** "…, and Smith said": a new clause. "…, Smith said.": what stands before belongs to Smith. */
function plainCut(reading: Reading, cue: Cue, span: Span, from: number, high: number): number | undefined {
  const { tokens } = reading
  if (span.from <= from) return undefined
  const opener = tokens[span.from - 1]!
  const beforeOpener = tokens[span.from - 2]
  const ends = cue.to >= high || /^[,.]$/.test(tokens[cue.to]!.text) || readAfter(reading, cue, { span, kind: 'plain' }, high).form === 'none'
  if (opener.text === ',' && opener.region < 0) return ends ? span.from - 1 : undefined
  if (opener.text === ';' ) return span.from - 1
  if (/^(?:and|but|while|though|although|whereas)$/.test(opener.lower) && beforeOpener && (beforeOpener.text === ',' || beforeOpener.text === ';' || beforeOpener.region >= 0)) return withoutComma(reading, span.from - 1)
  if (opener.lower === 'with' && beforeOpener?.text === ',') return span.from - 2
  return undefined
}

const innerSubject = (reading: Reading, from: number, to: number): boolean => hasFinite(reading, { from, to })

function withoutComma(reading: Reading, at: number): number {
  return reading.tokens[at - 1]?.text === ',' && reading.tokens[at - 1]!.region < 0 ? at - 1 : at
}

/** What stands before the subject (or before an inverted verb), up to the comma or mark that closes it. */
function beforeOf(reading: Reading, sentence: Sentence, cue: Cue, subject: Subject, earlier: readonly Relation[]): Span | undefined {
  const { tokens } = reading
  if (subject.kind === 'shared' || subject.kind === 'participle' || subject.kind === 'relative') return undefined
  const at = subject.kind === 'inverted' ? cue.group : subject.span!.from
  let to = at
  // "…, as she put it"
  if (to - 1 > sentence.from && tokens[to - 1]!.lower === 'as') to -= 1
  if (to <= sentence.from) return undefined
  const mark = tokens[to - 1]!
  const quoted = mark.region >= 0
  if (!quoted && mark.text !== ',' && !isDash(mark) && !(/^[?!]$/.test(mark.text))) return afterAdverb(reading, sentence, at)
  if (!quoted) to -= 1
  let from = sentence.from
  for (const relation of earlier) {
    const end = Math.max(relation.cue?.to ?? 0, relation.source?.to ?? 0)
    const postposed = relation.content.every((piece) => piece.to <= (relation.cue?.from ?? 0))
    if (postposed && end < to && end > from) from = end
  }
  return trim(reading, { from: afterSemicolon(reading, from, to), to })
}

/** `"…," on Monday the senator said` is too rare to read; `"…" the senator said` without a comma is not. */
function afterAdverb(reading: Reading, sentence: Sentence, at: number): Span | undefined {
  return isQuoteMark(reading, at - 1) ? trim(reading, { from: sentence.from, to: at }) : undefined
}

function afterSemicolon(reading: Reading, from: number, to: number): number {
  for (let at = to - 1; at >= from; at -= 1) if (reading.tokens[at]!.text === ';' && reading.tokens[at]!.region < 0) return at + 1
  return from
}
