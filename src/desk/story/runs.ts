import type { StoryDocument } from '../../document/index.js'
import type { ShownFindingFragment } from '../generated/graphql'
import { groundOf, type Ground } from './sourcing'

export type Part = 'content' | 'cue' | 'mention' | 'addressee' | 'quote' | 'credit'

interface Marked { readonly start: number; readonly end: number; readonly part: Part | 'finding' | 'place'; readonly key: string; readonly ground?: Ground }

/** A run of text in which nothing begins or ends, with what covers it, the innermost first. */
export interface Run {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly parts: ReadonlySet<Part>
  readonly ground: Ground
  /** Of the source whose mention this is. */
  readonly mentionOf?: Ground | undefined
  readonly attributions: readonly string[]
  readonly findings: readonly string[]
  readonly isQuestion: boolean
  /** The attribution that one gets to by keyboard here. */
  readonly anchor?: string | undefined
  readonly startsMention: boolean
  readonly startsAddressee: boolean
}

export type Shown = Pick<ShownFindingFragment, 'fingerprint' | 'ranges' | 'related' | 'suggestion'>

/** Paragraphs cut into runs. Time grows with the text and the marks on it. */
export function runsOf(document: StoryDocument, findings: readonly Shown[]): readonly (readonly Run[])[] {
  const marked = document.paragraphs.map((): Marked[] => [])
  const add = (range: { readonly paragraph: number; readonly start: number; readonly end: number } | undefined, part: Marked['part'], key: string, ground?: Ground) => {
    if (range) marked[range.paragraph]?.push({ start: range.start, end: range.end, part, key, ...(ground && { ground }) })
  }
  const sources = new Map(document.sources.map((source) => [source.key, source]))
  const unconfirmed = new Set(document.attributions.filter(({ confirmed }) => !confirmed).map(({ key }) => key))
  for (const { key, source, content, cue, mention, addressee } of document.attributions) {
    const ground = groundOf(source === undefined ? undefined : sources.get(source))
    for (const range of content) add(range, 'content', key, ground)
    add(mention, 'mention', key, ground)
    add(cue, 'cue', key, ground)
    add(addressee, 'addressee', key, ground)
  }
  for (const { attribution, ranges } of document.quotes) for (const range of ranges) add(range, 'quote', attribution)
  for (const { key, mention } of document.outletCredits) add(mention, 'credit', `credit:${key}`)
  for (const { fingerprint, ranges, related, suggestion } of findings) {
    for (const range of ranges) add(range, 'finding', fingerprint)
    // Places that one is led to.
    for (const { range } of [...related, ...(suggestion ? [suggestion] : [])]) add(range, 'place', fingerprint)
  }
  const anchors = anchorsOf(document)
  return document.paragraphs.map(({ text }, paragraph) => cut(text, marked[paragraph]!, (start) => anchors.get(`${paragraph}:${start}`), unconfirmed))
}

function cut(text: string, marked: readonly Marked[], anchorAt: (start: number) => string | undefined, unconfirmed: ReadonlySet<string>): Run[] {
  const cuts = [...new Set([0, text.length, ...marked.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b)
  const starting = Map.groupBy(marked, ({ start }) => start)
  const runs: Run[] = []
  let open: Marked[] = []
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const start = cuts[at]!
    const end = cuts[at + 1]!
    open = [...open.filter((mark) => mark.end > start), ...(starting.get(start) ?? [])]
    // Words of attribution before what is attributed, and of that the shortest first.
    const own = open.filter(({ part }) => part !== 'finding' && part !== 'place').sort((a, b) => Number(a.part === 'content') - Number(b.part === 'content') || (a.end - a.start) - (b.end - b.start))
    const attributions = [...new Set(own.filter(({ part }) => part !== 'credit').map(({ key }) => key))]
    runs.push({
      start, end, text: text.slice(start, end),
      parts: new Set(own.map(({ part }) => part as Part)),
      ground: groundAt(own),
      mentionOf: own.find(({ part }) => part === 'mention')?.ground,
      attributions,
      findings: open.filter(({ part }) => part === 'finding').map(({ key }) => key),
      isQuestion: attributions.length > 0 && unconfirmed.has(attributions[0]!),
      anchor: anchorAt(start),
      startsMention: own.some((mark) => mark.part === 'mention' && mark.start === start),
      startsAddressee: own.some((mark) => mark.part === 'addressee' && mark.start === start),
    })
  }
  return runs
}

const OVER: readonly Ground[] = ['own', 'loose', 'named', 'anonymous']

function groundAt(own: readonly Marked[]): Ground {
  return own.reduce<Ground>((top, { part, ground = 'own' }) => (part === 'content' && OVER.indexOf(ground) > OVER.indexOf(top) ? ground : top), 'own')
}

/** Each attribution's place for the keyboard: the words that name the source, else the cue, else what is credited; no place serves two. */
function anchorsOf(document: StoryDocument): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>()
  for (const { key, mention, cue, content } of document.attributions) {
    const place = [mention, cue, ...content].find((range) => range && !anchors.has(`${range.paragraph}:${range.start}`))
    if (place) anchors.set(`${place.paragraph}:${place.start}`, key)
  }
  return anchors
}

/** Attributions in the order in which one reads. */
export function readingOrder(document: StoryDocument): readonly string[] {
  const first = (attribution: StoryDocument['attributions'][number]) => {
    const range = attribution.mention ?? attribution.cue ?? attribution.content[0]!
    return range.paragraph * 1e7 + range.start
  }
  return document.attributions.map((attribution) => ({ key: attribution.key, at: first(attribution) })).sort((a, b) => a.at - b.at).map(({ key }) => key)
}
