import type { StoryDocument, TextRange } from './schema.js'
import { wordsOf } from './text-range.js'

/** The collections whose entries a person confirms, one by one (I11). */
export const PROPOSAL_COLLECTIONS = ['sources', 'attributions', 'quotes', 'statements', 'requestsForComment', 'outletCredits', 'claims'] as const
export type ProposalCollection = (typeof PROPOSAL_COLLECTIONS)[number]
export type ProposalEntry<C extends ProposalCollection = ProposalCollection> = StoryDocument[C][number]

/** An entry that no person has confirmed. */
export interface Proposal {
  readonly collection: ProposalCollection
  readonly key: string
  /** Where in the document: `attributions[3]`. */
  readonly path: string
  /** What it is about, in the words of the story where it has some. */
  readonly words: string
  /** The words of the story that it rests on, in reading order. */
  readonly ranges: readonly TextRange[]
  readonly entry: ProposalEntry
}

/** Everything that waits for a person, collection by collection, each in the order of the document. */
export function proposalsOf(document: StoryDocument): readonly Proposal[] {
  const named = namesOf(document)
  return PROPOSAL_COLLECTIONS.flatMap((collection) => {
    const entries: readonly ProposalEntry[] = document[collection]
    return entries.flatMap((entry, index): Proposal[] => {
      if (entry.confirmed) return []
      const ranges = rangesOf(collection, entry, named)
      return [{ collection, key: entry.key, path: `${collection}[${index}]`, words: wordingOf(document, collection, entry, ranges), ranges, entry }]
    })
  })
}

interface Names { readonly attributions: ReadonlyMap<string, ProposalEntry<'attributions'>>; readonly mentions: ReadonlyMap<string, TextRange> }

/** Attributions by their keys, and where each source is first named. */
function namesOf({ attributions }: StoryDocument): Names {
  return {
    attributions: new Map(attributions.map((entry) => [entry.key, entry])),
    mentions: new Map(attributions.toReversed().flatMap(({ source, mention }) => (source !== undefined && mention ? [[source, mention]] : []))),
  }
}

function rangesOf(collection: ProposalCollection, entry: ProposalEntry, { attributions, mentions }: Names): readonly TextRange[] {
  switch (collection) {
    case 'sources': return listed((entry as { descriptorRange?: TextRange }).descriptorRange ?? mentions.get(entry.key))
    case 'attributions': return (entry as ProposalEntry<'attributions'>).content
    case 'quotes': return (entry as ProposalEntry<'quotes'>).ranges
    case 'statements': return (entry as ProposalEntry<'statements'>).attributions.flatMap((key) => attributions.get(key)?.content ?? [])
    case 'requestsForComment': return listed((entry as ProposalEntry<'requestsForComment'>).outcomeLine)
    case 'outletCredits': return [(entry as ProposalEntry<'outletCredits'>).mention]
    case 'claims': return (entry as ProposalEntry<'claims'>).occurrences.map(({ range }) => range)
  }
}

const listed = (range: TextRange | undefined): readonly TextRange[] => (range ? [range] : [])

/** Sources and claims have a wording of their own; of everything else the words of the story say what it is, as far as there are any. */
function wordingOf(document: StoryDocument, collection: ProposalCollection, entry: ProposalEntry, ranges: readonly TextRange[]): string {
  if (collection === 'sources') return nameOf(document, entry as ProposalEntry<'sources'>)
  if (collection === 'claims') return (entry as ProposalEntry<'claims'>).text
  if (ranges.length > 0) return wordsOf(ranges)
  const { issuer, person, organization } = entry as Partial<ProposalEntry<'statements'> & ProposalEntry<'requestsForComment'>>
  return person === undefined ? called(document.organizations, issuer ?? organization ?? '') : called(document.people, person)
}

function nameOf(document: StoryDocument, source: ProposalEntry<'sources'>): string {
  switch (source.kind) {
    case 'PERSON': return called(document.people, source.person)
    case 'ORGANIZATION': return source.spokesperson ?? called(document.organizations, source.organization)
    case 'ANONYMOUS': return source.descriptor
    case 'DOCUMENT': return document.documents.find(({ key }) => key === source.document)?.title ?? source.document
    case 'OUTLET': return called(document.outlets, source.outlet)
    case 'GROUP': return source.name
  }
}

const called = (list: readonly { readonly key: string; readonly name: string }[], key: string) => list.find((one) => one.key === key)?.name ?? key
