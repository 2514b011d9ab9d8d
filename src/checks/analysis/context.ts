import type { AgreementsOnFile, AnonymousSource, Attribution, Claim, Source, StoryDocument, TextRange } from '../../document/index.js'
import type { CueEntry } from '../lexicon/cues.js'
import { CROWD_HEADS, PUBLIC_BODIES } from '../lexicon/people-words.js'
import type { VaultStory } from '../vault.js'
import { cueOf } from './cue.js'
import { parseDescriptor, type Descriptor } from './descriptor.js'
import { Institutions } from './institutions.js'
import { compare, covers, inOrder, overlapLength, span } from './ranges.js'
import { sentencesOf, type Sentence } from './sentences.js'

/** An attribution with everything that it leads to. */
export interface Said {
  readonly key: string
  readonly attribution: Attribution
  readonly cast: Cast | undefined
  readonly cue: CueEntry | undefined
  readonly mention: Descriptor | undefined
  readonly mentionRange: TextRange | undefined
  /** Mention, cue and addressee in one, where they stand together: "sources told CBS News". */
  readonly credit: TextRange
  /** The sentence of the credit. */
  readonly sentence: Sentence | undefined
  /** First of its ranges in reading order. */
  readonly first: TextRange
  readonly parent: Said | undefined
  /** Whether people stand behind it and its source. */
  readonly isConfirmed: boolean
  readonly isAnonymous: boolean
}

/** A member of the story's cast with all places where it speaks. */
export interface Cast {
  readonly key: string
  readonly source: Source
  /** The words that introduce it, taken apart. */
  readonly descriptor: Descriptor | undefined
  readonly descriptorRange: TextRange | undefined
  /** In reading order. */
  readonly said: readonly Said[]
  readonly isConfirmed: boolean
}

export interface ClaimView {
  readonly claim: Claim
  readonly isConfirmed: boolean
  /** In reading order. */
  readonly occurrences: readonly Occurrence[]
}
export interface Occurrence {
  readonly range: TextRange
  readonly strength: string | undefined
  /** Undefined where the outlet says it in its own voice. */
  readonly said: Said | undefined
  readonly sentence: Sentence | undefined
}

/** What all rules share, computed once for a document. The lists are in reading order, whatever the order in the document. */
export interface CheckContext {
  readonly document: StoryDocument
  readonly sentences: readonly Sentence[]
  /** Sentences of the running text: no headlines, captions or notes. */
  readonly body: readonly Sentence[]
  readonly said: readonly Said[]
  readonly cast: readonly Cast[]
  readonly anonymous: readonly Cast[]
  readonly claims: readonly ClaimView[]
  readonly institutions: Institutions
  /** No person has confirmed anything: the document is plain text, perhaps with an extractor's proposals. */
  readonly isFromText: boolean
  /** English without confirmed claims: what they would tell has to be guessed from the words. */
  readonly guessesClaims: boolean
  readonly vault: VaultStory | undefined
  /** What the newsroom has on file beside the document; undefined where the document is all there is. */
  readonly onFile: AgreementsOnFile | undefined
  readonly sentenceOf: (range: TextRange) => Sentence | undefined
  /** Attributions whose content, cue or mention touches the sentence. */
  readonly saidIn: (sentence: Sentence) => readonly Said[]
  readonly rangeOf: (sentence: Sentence, start?: number, end?: number) => TextRange
  /** An attribution that credits these words to somebody, if any. */
  readonly coveredBy: (range: TextRange, accepts?: (said: Said) => boolean) => Said | undefined
  readonly textOf: (paragraph: number) => string
}

export function analyse(document: StoryDocument, vault?: VaultStory, onFile?: AgreementsOnFile): CheckContext {
  const sentences = sentencesOf(document)
  const byParagraph = sentencesByParagraph(sentences, document.paragraphs.length)
  const sentenceOf = (range: TextRange) => findSentence(byParagraph[range.paragraph] ?? [], range.start)
  const textOf = (paragraph: number) => document.paragraphs[paragraph]?.text ?? ''
  const { said, cast } = linked(document, sentenceOf, textOf)
  const saidBySentence = indexBySentence(said, byParagraph, sentences.length)
  const saidIn = (sentence: Sentence) => saidBySentence[sentence.index] ?? []
  const entries = [document.sources, document.attributions, document.quotes, document.statements, document.requestsForComment, document.outletCredits, document.claims]
  return {
    document, sentences, said, cast, vault, onFile, sentenceOf, saidIn, textOf,
    body: sentences.filter((sentence) => sentence.role === 'BODY'),
    anonymous: cast.filter(isAnonymous),
    claims: claimViews(document, new Map(said.map((each) => [each.key, each])), sentenceOf),
    institutions: new Institutions(document),
    isFromText: !entries.some((list) => list.some((entry) => entry.confirmed)),
    guessesClaims: /^(?:en|und)\b/.test(document.language) && !document.claims.some((claim) => claim.confirmed),
    rangeOf: (sentence, start = 0, end = sentence.text.length) => ({
      paragraph: sentence.paragraph, start: sentence.start + start, end: sentence.start + end, exact: sentence.text.slice(start, end),
    }),
    coveredBy: (range, accepts = () => true) => {
      const sentence = sentenceOf(range)
      return sentence && saidIn(sentence).find((each) => accepts(each) && each.attribution.content.reduce((sum, content) => sum + overlapLength(content, range), 0) * 2 > range.end - range.start)
    },
  }
}

/** An extractor's proposal counts only where its words can stand for somebody unnamed: not "Minister of Works Ada Quill". */
function isAnonymous({ source, descriptor, isConfirmed }: Cast): boolean {
  if (source.kind !== 'ANONYMOUS') return false
  return isConfirmed || (!isCrowd(source, descriptor) && descriptor !== undefined && descriptor.head !== '' && (descriptor.isPlural || descriptor.number !== undefined || descriptor.isDefinite || !/^\p{Lu}/u.test(descriptor.words)))
}

/** What a crowd does not have: knowledge from inside. */
const INSIDE = /\b(?:familiar|briefed|knowledge|close to|involved|aware|privy|who|whose|with access|anonymity|named|identified)\b/i
/** People of a place, in the open: "people on Front Street". */
const STANDING = /^(?:on|near|along|across|around|outside|waiting|standing|living|gathered|nearby)\b/i

/** "Residents", "fire officials": a crowd, or the voice of a public body, in an extractor's proposal. Whoever is given terms or a reason is neither. */
function isCrowd(source: AnonymousSource, descriptor: Descriptor | undefined): boolean {
  if (!descriptor?.isPlural || descriptor.isNumbered || source.reason || source.terms || source.basis || INSIDE.test(descriptor.after)) return false
  if (descriptor.head === 'person') return STANDING.test(descriptor.after)
  return CROWD_HEADS.has(descriptor.head) || (descriptor.after === '' && descriptor.head === 'official' && descriptor.before.some((word) => PUBLIC_BODIES.has(word.toLowerCase())))
}

function linked(document: StoryDocument, sentenceOf: CheckContext['sentenceOf'], textOf: CheckContext['textOf']): { said: Said[]; cast: Cast[] } {
  type Open = { -readonly [K in keyof Said]: Said[K] }
  type OpenCast = { -readonly [K in keyof Cast]: Cast[K] } & { said: Said[] }
  const cast = new Map<string, OpenCast>()
  for (const source of document.sources) {
    const words = source.kind === 'ANONYMOUS' ? source.descriptor : source.kind === 'GROUP' ? source.name : undefined
    cast.set(source.key, {
      key: source.key, source, said: [], isConfirmed: source.confirmed,
      descriptor: words === undefined ? undefined : parseDescriptor(words),
      descriptorRange: source.kind === 'ANONYMOUS' ? source.descriptorRange : undefined,
    })
  }
  const said = new Map<string, Open>()
  for (const attribution of document.attributions) {
    const member = attribution.source === undefined ? undefined : cast.get(attribution.source)
    const credit = creditOf(attribution, textOf)
    said.set(attribution.key, {
      key: attribution.key, attribution, cast: member, cue: cueOf(attribution.cue?.exact), credit, sentence: sentenceOf(credit), parent: undefined,
      mention: attribution.mention && parseDescriptor(attribution.mention.exact), mentionRange: attribution.mention,
      first: inOrder([...attribution.content, ...(attribution.mention ? [attribution.mention] : [])])[0]!,
      isConfirmed: attribution.confirmed && member?.isConfirmed !== false,
      isAnonymous: member !== undefined && isAnonymous(member),
    })
  }
  const all = [...said.values()].sort((a, b) => compare(a.mentionRange ?? a.first, b.mentionRange ?? b.first) || compare(a.first, b.first) || (a.key < b.key ? -1 : 1))
  for (const each of all) {
    if (each.attribution.parent !== undefined) each.parent = said.get(each.attribution.parent)
    if (each.attribution.source !== undefined) cast.get(each.attribution.source)?.said.push(each)
  }
  const first = (member: Cast) => member.descriptorRange ?? member.said[0]?.first
  return { said: all, cast: [...cast.values()].sort((a, b) => comparePlaces(first(a), first(b)) || (a.key < b.key ? -1 : 1)) }
}

function comparePlaces(a: TextRange | undefined, b: TextRange | undefined): number {
  return a && b ? compare(a, b) : a ? -1 : b ? 1 : 0
}

/** The furthest that mention, cue and addressee may lie apart to be shown as one. */
const CLOSE = 80

function creditOf(attribution: Attribution, textOf: CheckContext['textOf']): TextRange {
  const parts = [attribution.mention, attribution.cue, attribution.addressee].filter((range) => range !== undefined)
  const anchor = parts[0]
  if (!anchor) return attribution.content[0]!
  const near = parts.filter((range) => range.paragraph === anchor.paragraph && !attribution.content.some((content) => covers(content, range) && !covers(content, anchor)))
  const whole = span(textOf(anchor.paragraph), near)
  const isTogether = whole.end - whole.start <= near.reduce((sum, range) => sum + range.end - range.start, 0) + CLOSE
  return isTogether && !attribution.content.some((content) => covers(whole, content)) ? whole : anchor
}

function claimViews(document: StoryDocument, said: ReadonlyMap<string, Said>, sentenceOf: CheckContext['sentenceOf']): ClaimView[] {
  const views = document.claims.map((claim) => ({
    claim,
    isConfirmed: claim.confirmed,
    occurrences: [...claim.occurrences].sort((a, b) => compare(a.range, b.range)).map(({ range, strength, attribution }) => ({
      range, strength, said: attribution === undefined ? undefined : said.get(attribution), sentence: sentenceOf(range),
    })),
  }))
  return views.sort((a, b) => compare(a.occurrences[0]!.range, b.occurrences[0]!.range) || (a.claim.key < b.claim.key ? -1 : 1))
}

function sentencesByParagraph(sentences: readonly Sentence[], paragraphs: number): Sentence[][] {
  const lists: Sentence[][] = Array.from({ length: paragraphs }, () => [])
  for (const sentence of sentences) lists[sentence.paragraph]!.push(sentence)
  return lists
}

/** The sentence at an offset; the one before, where it falls on the space between two. */
function findSentence(list: readonly Sentence[], offset: number): Sentence | undefined {
  let low = 0
  let high = list.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (list[middle]!.start <= offset) low = middle
    else high = middle - 1
  }
  return list[low]
}

function indexBySentence(said: readonly Said[], byParagraph: readonly (readonly Sentence[])[], count: number): (readonly Said[] | undefined)[] {
  const index: (Said[] | undefined)[] = Array.from({ length: count })
  for (const each of said) {
    const seen = new Set<Sentence>()
    for (const range of [...each.attribution.content, each.credit]) {
      const list = byParagraph[range.paragraph] ?? []
      const first = findSentence(list, range.start)
      if (!first) continue
      for (let at = first.index - list[0]!.index; at < list.length && list[at]!.start < range.end; at += 1) seen.add(list[at]!)
    }
    for (const sentence of seen) (index[sentence.index] ??= []).push(each)
  }
  return index
}
