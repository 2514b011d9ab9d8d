import type { Quote, Source, StoryDocument, TextRange } from '../../document/index.js'
import { analyse, type CheckContext, type Said } from '../analysis/context.js'
import { isOnePerson, isSourcing } from '../analysis/sourcing.js'
import { isAsked, isHeard, nameOf, type Party } from '../analysis/voices.js'
import type { ArchiveStory } from './archive-story.js'

export interface TitleFact { readonly title: string; readonly organization: string | undefined; readonly name: string; readonly language: string; readonly range: TextRange | undefined }
export interface QuoteFact { readonly printed: readonly string[]; readonly range: TextRange; readonly speaker: string }
export interface PartyFact { readonly name: string; readonly range: TextRange | undefined; readonly isAccused: boolean; readonly isAnswering: boolean }

/** All that the archive remembers of a story; its text is not kept. Keyed by what stories share. */
export interface StoryFacts {
  readonly slug: string
  readonly desk: string
  /** Milliseconds; undefined for a draft. */
  readonly at: number | undefined
  readonly titles: ReadonlyMap<string, readonly TitleFact[]>
  readonly quotes: ReadonlyMap<string, readonly QuoteFact[]>
  /** Storyline key → party → what the story has about it. */
  readonly parties: ReadonlyMap<string, ReadonlyMap<string, PartyFact>>
  readonly single: TextRange | undefined
  readonly isSingle: boolean
  readonly credited: number
  readonly anonymous: number
}

/** Reads the facts out of one story. Only what a person has confirmed counts. */
export function factsOf({ slug, publishedAt, desk, document }: ArchiveStory): StoryFacts {
  const context = analyse(document)
  const credited = context.said.filter((said) => said.isConfirmed && said.cast && !said.parent && isSourcing(context, said))
  const anonymous = credited.filter((said) => said.isAnonymous)
  const members = new Set(anonymous.map((said) => said.cast!))
  const isSingle = credited.length > 0 && anonymous.length === credited.length && members.size === 1 && isOnePerson(anonymous[0]!.cast!)
  return {
    slug, desk, at: publishedAt === undefined ? undefined : Date.parse(publishedAt),
    titles: titlesOf(context), quotes: quotesOf(context), parties: partiesOf(context),
    isSingle, single: isSingle ? anonymous[0]!.credit : undefined, credited: credited.length, anonymous: anonymous.length,
  }
}

/** Everything that two stories can share, and the story itself. */
export function keysOf(facts: StoryFacts): ReadonlySet<string> {
  return new Set([...facts.titles.keys(), ...facts.quotes.keys(), ...facts.parties.keys(), `story:${facts.slug}`])
}

function titlesOf(context: CheckContext): Map<string, TitleFact[]> {
  const titles = new Map<string, TitleFact[]>()
  for (const { source, said } of context.cast) {
    if (source.kind !== 'PERSON' || !source.confirmed) continue
    const person = context.document.people.find(({ key }) => key === source.person)
    const only = person?.affiliations.length === 1 ? person.affiliations[0] : undefined
    const title = source.title ?? only?.title
    if (title === undefined || !person) continue
    const range = said.find((each) => each.mentionRange && !each.mention?.pronoun)?.mentionRange
    add(titles, `person:${source.person}`, { title, organization: source.organization ?? only?.organization, name: person.name, language: context.document.language, range })
  }
  return titles
}

function quotesOf(context: CheckContext): Map<string, QuoteFact[]> {
  const quotes = new Map<string, QuoteFact[]>()
  const said = new Map(context.said.map((each) => [each.key, each]))
  for (const quote of context.document.quotes) {
    if (!quote.confirmed) continue
    const by = said.get(quote.attribution)
    const fact = { printed: quote.translation ? [quote.translation.original] : quote.ranges.map(({ exact }) => exact), range: quote.ranges[0]!, speaker: speakerName(context.document, by?.cast?.source) }
    for (const key of quoteKeys(context.document, quote, by)) add(quotes, key, fact)
  }
  return quotes
}

/** A quote from a statement is compared with other quotes of the statement; any other one with those of its speaker. */
function quoteKeys(document: StoryDocument, quote: Quote, by: Said | undefined): string[] {
  const statement = document.statements.find(({ key, attributions }) => key === quote.excerptOf?.statement || attributions.includes(quote.attribution))
  if (statement) return statement.url === undefined ? [`statement:${statement.lineage}`] : [`statement:${statement.lineage}`, `statement:${statement.url}`]
  const source = by?.cast?.source
  return source?.kind === 'PERSON' && by?.isConfirmed ? [`person:${source.person}`] : []
}

function speakerName(document: StoryDocument, source: Source | undefined): string {
  if (source?.kind === 'PERSON') return document.people.find(({ key }) => key === source.person)?.name ?? ''
  return source?.kind === 'ORGANIZATION' ? (document.organizations.find(({ key }) => key === source.organization)?.name ?? '') : ''
}

/** Whom the story accuses, and who is asked or heard in it. Nothing for a story outside a storyline. */
function partiesOf(context: CheckContext): Map<string, Map<string, PartyFact>> {
  const { storyline, people, organizations } = context.document
  const facts = new Map<string, PartyFact>()
  if (storyline === undefined) return new Map()
  const accused = new Map<string, TextRange>()
  for (const { claim, isConfirmed, occurrences } of context.claims) {
    if (isConfirmed && claim.target && (claim.disparages || claim.kind === 'ALLEGATION') && !accused.has(keyOf(claim.target))) accused.set(keyOf(claim.target), occurrences[0]!.range)
  }
  const parties: Party[] = [...people.map(({ key }) => ({ person: key })), ...organizations.map(({ key }) => ({ organization: key }))]
  for (const party of parties) {
    const range = accused.get(keyOf(party))
    const isAnswering = isAsked(context, party) || isHeard(context, party)
    if (range || isAnswering) facts.set(keyOf(party), { name: nameOf(context, party), range, isAccused: range !== undefined, isAnswering })
  }
  return new Map([[`storyline:${storyline}`, facts]])
}

const keyOf = (party: Party) => (party.person === undefined ? `organization:${party.organization ?? ''}` : `person:${party.person}`)

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
