import type { TextRange } from '../../document/index.js'
import { UNIT_FREE_ADJECTIVES } from '../lexicon/people-words.js'
import { DELIBERATION, DELIBERATION_HINT, PRIVATE_SETTING, PUBLIC_SETTING } from '../lexicon/phrases.js'
import type { Cast, CheckContext, Said } from './context.js'
import type { Descriptor } from './descriptor.js'
import { compare, covers } from './ranges.js'
import type { Sentence } from './sentences.js'

/** A sentence that tells what was said or decided where the public was not, and nobody in it who told the newsroom. */
export interface UnsourcedTalk {
  readonly sentence: Sentence
  /** The words that tell it. */
  readonly range: TextRange
  /** The talk as an attribution: somebody at the event speaking. Undefined for a deliberation that no attribution marks. */
  readonly said: Said | undefined
  /** Only the words point to it; no editor said so. */
  readonly isGuess: boolean
}

/** Whether an attribution is somebody speaking at a private event, and not somebody telling the newsroom of it. */
export function isPrivateTalk(context: CheckContext, said: Said): boolean {
  const occasion = said.attribution.occasion
  if (occasion !== undefined) return !said.isAnonymous && context.document.events.some((event) => event.key === occasion && event.visibility === 'PRIVATE')
  return context.guessesClaims && guessedTalk(context, said)
}

/** Whether an attribution credits somebody who tells the newsroom, as opposed to somebody acting in the story. */
export function isSourcing(context: CheckContext, said: Said): boolean {
  return said.cast?.source.kind !== 'GROUP' && said.cue?.class !== 'DELIBERATION' && !isPrivateTalk(context, said)
}

/** The attribution that answers for these words to the reader, if there is one. */
export function sourcingOf(context: CheckContext, range: TextRange): Said | undefined {
  return context.coveredBy(range, (said) => isSourcing(context, said))
}

/** "In the meeting, X told Y": a setting without the public, and nobody but those present. */
function guessedTalk(context: CheckContext, said: Said): boolean {
  const kind = said.cast?.source.kind
  if (kind !== 'PERSON' && kind !== 'GROUP') return false
  if (said.attribution.toldTo.length > 0 || said.attribution.speech !== 'INDIRECT' || said.mention?.pronoun) return false
  const { sentence } = said
  return sentence !== undefined && said.attribution.addressee !== undefined && PRIVATE_SETTING.test(sentence.text) && !PUBLIC_SETTING.test(sentence.text)
}

const memo = new WeakMap<CheckContext, readonly UnsourcedTalk[]>()

/** All of them, in reading order. From claims that an editor tied to private events; without claims, from the words. */
export function unsourcedTalks(context: CheckContext): readonly UnsourcedTalk[] {
  const known = memo.get(context)
  if (known) return known
  const talks = context.guessesClaims ? guessedTalks(context) : claimedTalks(context)
  memo.set(context, talks)
  return talks
}

function claimedTalks(context: CheckContext): UnsourcedTalk[] {
  const secret = new Set(context.document.events.filter((event) => event.visibility === 'PRIVATE').map((event) => event.key))
  const talks = new Map<Sentence, UnsourcedTalk>()
  for (const { claim, isConfirmed, occurrences } of context.claims) {
    if (claim.event === undefined || !secret.has(claim.event) || claim.documents.length > 0) continue
    for (const { range, said, sentence } of occurrences) {
      if (said || !sentence || sentence.role !== 'BODY' || sourcingOf(context, range)) continue
      const talk = context.saidIn(sentence).find((each) => isPrivateTalk(context, each) && covers(range, each.first))
      if (!talks.has(sentence)) talks.set(sentence, { sentence, range, said: talk, isGuess: !isConfirmed })
    }
  }
  return [...talks.values()].sort((a, b) => a.sentence.index - b.sentence.index)
}

function guessedTalks(context: CheckContext): UnsourcedTalk[] {
  const talks = new Map<Sentence, UnsourcedTalk>()
  for (const said of context.said) {
    if (!said.sentence || said.parent || !isPrivateTalk(context, said) || said.sentence.role !== 'BODY') continue
    const range = context.rangeOf(said.sentence, 0, said.sentence.text.replace(/[.!?"”]+$/, '').length)
    if (!sourcingOf(context, range) && !isToldElsewhere(context, said)) talks.set(said.sentence, { sentence: said.sentence, range, said, isGuess: true })
  }
  for (const sentence of context.body) {
    const match = DELIBERATION_HINT.test(sentence.text) ? DELIBERATION.exec(sentence.text) : null
    if (!match || talks.has(sentence) || PUBLIC_SETTING.test(sentence.text)) continue
    const range = context.rangeOf(sentence, match.index, sentence.text.replace(/[.!?"”]+$/, '').length)
    if (context.saidIn(sentence).some((said) => isSourcing(context, said))) continue
    talks.set(sentence, { sentence, range, said: undefined, isGuess: true })
  }
  return [...talks.values()].sort((a, b) => a.sentence.index - b.sentence.index)
}

/** Somebody outside the talk is credited in the same sentence. */
function isToldElsewhere(context: CheckContext, talk: Said): boolean {
  return context.saidIn(talk.sentence!).some((said) => said !== talk && isSourcing(context, said) && said.attribution.content.some((content) => covers(content, talk.first) || covers(content, talk.credit)))
}

/**
 * Whether a mention brings in people of whom the copy says no more than "officials": left to `vague-official-plural`,
 * so that one weakness is reported once.
 */
export function isVagueOfficials(member: Cast): boolean {
  const words = member.descriptor
  return words !== undefined && words.head === 'official' && words.isPlural && !words.isNumbered && words.after === '' && words.before.every((word) => isUnitFree(word))
}

export function isUnitFree(word: string): boolean {
  return UNIT_FREE_ADJECTIVES.has(word.toLowerCase())
}

export type Described = Said & { readonly mention: Descriptor; readonly mentionRange: TextRange }

/** The places where a source is described in words, not by a pronoun; each once, though it may carry two verbs. The introduction comes first. */
export function describedMentions(member: Cast): readonly Described[] {
  const described = member.said.filter((said): said is Described => said.mention !== undefined && said.mentionRange !== undefined && !said.mention.pronoun)
  return described.filter((said, index) => index === 0 || compare(described[index - 1]!.mentionRange, said.mentionRange) !== 0)
}

/** Whether a single human being stands behind the source, as far as the copy tells. */
export function isOnePerson(member: Cast): boolean {
  return member.source.kind === 'ANONYMOUS' && member.source.headcount.exact === 1
}

/** The key of the organization that a source speaks from, where the document says it. */
export function organizationOf(context: CheckContext, member: Cast | undefined): readonly string[] {
  const source = member?.source
  if (source?.kind === 'ORGANIZATION') return [source.organization]
  if (source?.kind === 'PERSON') return [...new Set([...(source.organization === undefined ? [] : [source.organization]), ...context.institutions.ofPerson(source.person)])]
  if (source?.kind === 'ANONYMOUS') return source.affiliation?.organization === undefined ? [] : [source.affiliation.organization]
  return []
}

/** Quoted words as message text, cut where they are long. */
export function shown(words: string): string {
  const flat = words.replace(/\s+/g, ' ').trim()
  return `“${flat.length > 70 ? `${flat.slice(0, flat.lastIndexOf(' ', 67))} …` : flat}”`
}
