import { holdName, holdPerson } from './name-in-words.js'
import type { Attribution, OfficialStatement, OutletCredit, Quote, RequestForComment, Source, StoryDocument, TextRange } from './schema.js'
import { compareRanges, wordsOf } from './text-range.js'
import { wholeDays } from './whole-days.js'

/**
 * What readers and partners may see of a revision, as a document of the same shape. Left out: what no person has confirmed (I11),
 * attributions whose ground rules forbid them, everything agreed with sources, claims, records, attempts to reach people, private
 * events, notes to editors; and of an anonymous source whatever the published words do not say. Everything is put in reading order
 * and renamed, so that neither the newsroom's order of entry nor its own names for things show.
 */
export function publicForm(document: StoryDocument): StoryDocument {
  const attributions = publicAttributions(document)
  const sources = publicSources(document, attributions)
  const kept = attributions.filter((attribution) => !attribution.source || sources.has(attribution.source))
  const keptKeys = new Map(kept.map((attribution, index) => [attribution.key, `a${index + 1}`]))
  const quotes = document.quotes.filter((quote) => quote.confirmed && keptKeys.has(quote.attribution)).map(withoutNamedSpeaker(document))
  const statements = publicStatements(document, quotes, keptKeys)
  const sourceKeys = new Map([...sources.keys()].map((key, index) => [key, `s${index + 1}`]))
  const statementKeys = new Map(statements.map((statement, index) => [statement.key, `t${index + 1}`]))
  const form = {
    ...document,
    slugline: undefined,
    editorsNote: undefined,
    sources: [...sources.values()].map((source) => ({ ...source, key: sourceKeys.get(source.key)! })),
    attributions: kept.map((attribution) => publicAttribution(attribution, document, keptKeys, sourceKeys)),
    quotes: quotes.sort(byFirst((quote) => quote.ranges[0])).map((quote, index) => publicQuote(quote, `q${index + 1}`, keptKeys, statementKeys, document)),
    statements: statements.map((statement) => ({ ...statement, key: statementKeys.get(statement.key)! })),
    requestsForComment: publicRequests(document),
    outletCredits: publicCredits(document, keptKeys),
    claims: [],
    records: [],
  } as unknown as StoryDocument
  return withoutUndefined(pruneCited(form, document))
}

const byFirst = <T>(first: (value: T) => TextRange | undefined) => (a: T, b: T) => {
  const x = first(a)
  const y = first(b)
  return x && y ? compareRanges(x, y) : x ? -1 : y ? 1 : 0
}

function publicAttributions(document: StoryDocument): Attribution[] {
  const sources = new Map(document.sources.map((source) => [source.key, source]))
  return document.attributions.filter((attribution) => {
    if (!attribution.confirmed) return false
    if (attribution.groundRules.terms === 'DEEP_BACKGROUND' || attribution.groundRules.terms === 'OFF_RECORD') return false
    return attribution.source === undefined || sources.get(attribution.source)?.confirmed === true
  }).sort(byFirst((attribution) => attribution.content[0]))
}

/** The cast that the public attributions need, in the order in which it appears. */
function publicSources(document: StoryDocument, attributions: readonly Attribution[]): Map<string, Source> {
  const byKey = new Map(document.sources.map((source) => [source.key, source]))
  const cast = new Map<string, Source>()
  for (const attribution of attributions) {
    if (attribution.source === undefined || cast.has(attribution.source)) continue
    const source = byKey.get(attribution.source)!
    const form = source.kind === 'ANONYMOUS' ? publicAnonymous(source, attributions, document) : source
    if (form) cast.set(source.key, { ...form, heldBy: undefined, proposal: undefined } as unknown as Source)
  }
  return cast
}

type Anonymous = Extract<Source, { kind: 'ANONYMOUS' }>

/** Only what the copy says, in the copy's words. A source that the copy describes nowhere has no public form. */
function publicAnonymous(source: Anonymous, attributions: readonly Attribution[], document: StoryDocument): Source | undefined {
  const descriptor = source.descriptorRange?.exact ?? attributions.find((attribution) => attribution.source === source.key && attribution.mention)?.mention?.exact
  if (descriptor === undefined) return undefined
  const printed = <T extends { readonly range?: TextRange | undefined }>(wording: T | undefined) => (wording?.range ? { ...wording, text: wording.range.exact } : undefined)
  return {
    ...source,
    descriptor,
    // A number that no published words give is the newsroom's knowledge.
    headcount: source.headcount.range ? source.headcount : { min: 1 },
    reason: printed(source.reason),
    basis: printed(source.basis),
    affiliation: publicAffiliation(printed(source.affiliation), document),
    motive: printed(source.motive),
    terms: printed(source.terms),
    agreed: undefined,
  } as Source
}

/** "A city agency" says that there is a body, and not which. */
function publicAffiliation(affiliation: Anonymous['affiliation'], { organizations }: StoryDocument): Anonymous['affiliation'] {
  return affiliation && { ...affiliation, organization: printedOrganization(organizations, affiliation.organization, affiliation.text) }
}

/** The key of an organization that printed words name. */
function printedOrganization(organizations: StoryDocument['organizations'], key: string | undefined, words: string): string | undefined {
  const body = organizations.find((organization) => organization.key === key)
  return body && holdName(words, [body.name, ...body.aliases]) ? key : undefined
}

function publicAttribution(attribution: Attribution, document: StoryDocument, keys: Map<string, string>, sources: Map<string, string>): unknown {
  const source = document.sources.find((entry) => entry.key === attribution.source)
  const occasion = document.events.find((event) => event.key === attribution.occasion && event.visibility === 'PUBLIC')
  const isAnonymous = source?.kind === 'ANONYMOUS'
  return {
    ...attribution,
    key: keys.get(attribution.key)!,
    source: attribution.source === undefined ? undefined : sources.get(attribution.source),
    parent: attribution.parent && keys.get(attribution.parent),
    antecedent: attribution.antecedent && keys.get(attribution.antecedent),
    // When, where and with whom an unnamed source spoke can tell who it was, unless the story itself says it; and that says a day at most.
    saidAt: isAnonymous ? publicMoment(attribution.saidAt, document) : attribution.saidAt,
    toldTo: isAnonymous && !attribution.addressee ? [] : attribution.toldTo,
    occasion: isAnonymous ? undefined : occasion?.key,
    groundRules: { terms: 'UNSTATED', history: [] },
    proposal: undefined,
  }
}

function publicMoment(saidAt: Attribution['saidAt'], { timeZone }: StoryDocument): Attribution['saidAt'] {
  return saidAt?.range && { ...wholeDays(saidAt, timeZone ?? 'UTC'), range: saidAt.range }
}

function publicQuote(quote: Quote, key: string, attributions: Map<string, string>, statements: Map<string, string>, document: StoryDocument): unknown {
  const excerpt = quote.excerptOf && statements.has(quote.excerptOf.statement) ? quote.excerptOf : undefined
  const isFull = document.statements.some((statement) => statement.key === excerpt?.statement && statement.release === 'FULL')
  return {
    ...quote,
    key,
    attribution: attributions.get(quote.attribution)!,
    record: undefined,
    proposal: undefined,
    excerptOf: excerpt && { statement: statements.get(excerpt.statement)!, ...(isFull ? { start: excerpt.start, end: excerpt.end, exact: excerpt.exact } : placeless(quote)) },
  }
}

/** Of a statement that is not released in full, the quoted words are public and not their place in it, nor other words of it. */
export function placeless(quote: Pick<Quote, 'ranges'>): { start: number; end: number; exact: string } {
  return { start: 0, end: 1, exact: wordsOf(quote.ranges) }
}

/** Whether an attribution must not lead to a statement: the story does not name who speaks, and the statement does. */
function namingSpeaker(document: StoryDocument): (attribution: string, statement: string) => boolean {
  const anonymous = new Set(document.sources.filter(({ kind }) => kind === 'ANONYMOUS').map(({ key }) => key))
  const unnamed = new Set(document.attributions.filter(({ source }) => source !== undefined && anonymous.has(source)).map(({ key }) => key))
  const naming = new Set(document.statements.filter(({ spokesperson }) => spokesperson?.person !== undefined).map(({ key }) => key))
  return (attribution, statement) => unnamed.has(attribution) && naming.has(statement)
}

function withoutNamedSpeaker(document: StoryDocument): (quote: Quote) => Quote {
  const isNaming = namingSpeaker(document)
  return (quote) => (quote.excerptOf && isNaming(quote.attribution, quote.excerptOf.statement) ? { ...quote, excerptOf: undefined } as unknown as Quote : quote)
}

/** Statements that a public attribution reports or a public quote excerpts. */
function publicStatements(document: StoryDocument, quotes: readonly Quote[], attributions: Map<string, string>): OfficialStatement[] {
  const excerpted = new Set(quotes.map((quote) => quote.excerptOf?.statement))
  const isNaming = namingSpeaker(document)
  return document.statements.flatMap((statement) => {
    const reports = statement.attributions.filter((key) => attributions.has(key) && !isNaming(key, statement.key))
    if (!statement.confirmed || (reports.length === 0 && !excerpted.has(statement.key))) return []
    return [{
      ...statement,
      attributions: reports.map((key) => attributions.get(key)!).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))),
      texts: statement.release === 'FULL' ? statement.texts.slice(-1) : [],
      proposal: undefined,
    } as unknown as OfficialStatement]
  })
}

/** The outcome line the story prints, and whom it names. */
function publicRequests(document: StoryDocument): RequestForComment[] {
  const personIn = (key: string | undefined, words: string) => document.people.find((person) => person.key === key && holdPerson(words, person))?.key
  return document.requestsForComment.filter((request) => request.confirmed && request.outcomeLine)
    .sort(byFirst((request) => request.outcomeLine))
    .map((request, index) => ({
      key: `r${index + 1}`, lineage: request.lineage, outcomeLine: request.outcomeLine,
      person: personIn(request.person, request.outcomeLine!.exact), organization: printedOrganization(document.organizations, request.organization, request.outcomeLine!.exact),
      // The outcome is told by the line; what the newsroom noted is its own.
      outcome: 'PENDING', attempts: [], confirmed: true,
    } as unknown as RequestForComment))
}

function publicCredits(document: StoryDocument, attributions: Map<string, string>): OutletCredit[] {
  return document.outletCredits.filter((credit) => credit.confirmed)
    .sort(byFirst((credit) => credit.mention))
    .map((credit, index) => ({ ...credit, key: `c${index + 1}`, attribution: credit.attribution && attributions.get(credit.attribution), proposal: undefined } as unknown as OutletCredit))
}

/** Drops people, organizations, outlets, events and documents that nothing public names any more. */
export function pruneCited(form: StoryDocument, document: StoryDocument): StoryDocument {
  const named = (values: readonly (string | undefined)[]) => new Set(values.filter((value): value is string => value !== undefined))
  const sources = form.sources
  const people = named([
    ...sources.map((source) => ('person' in source ? source.person : undefined)),
    ...form.statements.map((statement) => statement.spokesperson?.person),
    ...form.requestsForComment.map((request) => request.person),
  ])
  const outlets = named([
    ...form.providers, ...form.outletCredits.map((credit) => credit.outlet),
    ...form.attributions.flatMap((attribution) => attribution.toldTo),
    ...sources.map((source) => ('outlet' in source ? source.outlet : undefined)),
  ])
  const journalists = named(form.bylines.map((byline) => byline.journalist))
  const documents = named(sources.map((source) => ('document' in source ? source.document : undefined)))
  const events = named(form.attributions.map((attribution) => attribution.occasion))
  const keptPeople = document.people.filter((person) => people.has(person.key))
  const organizations = named([
    ...sources.map((source) => ('organization' in source ? source.organization : undefined)),
    ...sources.map((source) => (source.kind === 'ANONYMOUS' ? source.affiliation?.organization : undefined)),
    ...form.statements.map((statement) => statement.issuer),
    ...form.requestsForComment.map((request) => request.organization),
    ...keptPeople.flatMap((person) => person.affiliations.map((affiliation) => affiliation.organization)),
  ])
  return {
    ...form,
    people: keptPeople,
    organizations: document.organizations.filter((organization) => organizations.has(organization.key)),
    outlets: document.outlets.filter((outlet) => outlets.has(outlet.key)),
    journalists: document.journalists.filter((journalist) => journalists.has(journalist.key)),
    documents: document.documents.filter((entry) => documents.has(entry.key)),
    events: document.events.filter((event) => events.has(event.key)),
  }
}

/** JSON has no undefined; neither has a document. */
function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutUndefined) as T
  if (typeof value !== 'object' || value === null) return value
  const kept: Record<string, unknown> = {}
  for (const [name, entry] of Object.entries(value)) if (entry !== undefined) kept[name] = withoutUndefined(entry)
  return kept as T
}
