import type { Attribution, Claim, OfficialStatement, OutletCredit, Quote, RequestForComment, Source } from '../schema.js'
import { clipped, type Collection, type Names } from './names.js'
import { direction, enumWords, exactOf, headcountWords, joined, momentWords, plainWords, yesNo } from './words.js'

/** What a field says: in words, and, where the words are only a name for something, which thing that is. */
interface Said { readonly words: string | undefined; readonly id: string | undefined }
export interface Field<T> {
  readonly name: string
  readonly say: (entry: T, names: Names) => Said
  readonly direction?: (before: string, after: string) => 'WIDENED' | 'NARROWED' | undefined
}
export const COMPARED = ['attributions', 'quotes', 'sources', 'statements', 'requestsForComment', 'outletCredits', 'claims'] as const
export type Compared = (typeof COMPARED)[number]
export interface EntryTypes {
  attributions: Attribution
  quotes: Quote
  sources: Source
  statements: OfficialStatement
  requestsForComment: RequestForComment
  outletCredits: OutletCredit
  claims: Claim
}

type Words<T> = (entry: T, names: Names) => string | undefined
/** A field that is its words. */
const words = <T>(name: string, say: Words<T>): Field<T> => ({ name, say: (entry, names) => { const said = say(entry, names); return { words: said, id: said } } })
/** A field that names another entry: it changed if that is another one, not if that one is worded anew. */
const link = <T>(name: string, id: Words<T>, say: Words<T>): Field<T> => ({ name, say: (entry, names) => ({ words: say(entry, names), id: id(entry, names) }) })
/** A person or body: changed where it is another one, though of the same name, and where it is called something else. */
const entity = <T>(name: string, collection: Collection, key: (entry: T) => string | undefined): Field<T> =>
  link(name, (entry, names) => joined([key(entry), names.of(collection, key(entry))], ' '), (entry, names) => names.of(collection, key(entry)))
const attributionLink = <T>(name: string, key: (entry: T) => string | undefined): Field<T> =>
  link(name, (entry, names) => names.attribution(key(entry))?.lineage, (entry, names) => names.attributionLabel(names.attribution(key(entry))))
const confirmable: readonly Field<{ confirmed: boolean; proposal?: { rule: string; confidence: number } | undefined }>[] = [
  words('confirmed', (entry) => (entry.confirmed ? 'confirmed' : 'not confirmed')),
  words('proposal', ({ proposal }) => proposal && `${proposal.rule} (${proposal.confidence})`),
]

const attributions: readonly Field<Attribution>[] = [
  link('source', ({ source }, names) => names.source(source)?.lineage, ({ source }, names) => names.sourceLabel(names.source(source))),
  words('speech', ({ speech }) => enumWords(speech)),
  words('content', ({ content }) => exactOf(content)),
  words('cue', ({ cue }) => cue?.exact),
  words('mention', ({ mention }) => mention?.exact),
  words('mentionForm', ({ mentionForm }) => enumWords(mentionForm)),
  words('addressee', ({ addressee }) => addressee?.exact),
  words('toldTo', ({ toldTo }, names) => joined(toldTo.map((key) => names.of('outlets', key)))),
  words('negated', ({ negated }) => yesNo(negated)),
  words('groundRules', ({ groundRules }) => enumWords(groundRules.terms)),
  words('groundRulesHistory', ({ groundRules }) => joined(groundRules.history.map(({ terms, at, note }) => joined([`${enumWords(terms)} on ${at}`, note], ': ')), '; ')),
  attributionLink('parent', ({ parent }) => parent),
  attributionLink('antecedent', ({ antecedent }) => antecedent),
  words('saidAt', ({ saidAt }) => momentWords(saidAt)),
  words('saidAtAsPrinted', ({ saidAt }) => saidAt?.range?.exact),
  entity('occasion', 'events', ({ occasion }) => occasion),
  ...confirmable,
]

const quotes: readonly Field<Quote>[] = [
  words('words', ({ ranges }) => exactOf(ranges)),
  attributionLink('attribution', ({ attribution }) => attribution),
  words('standing', ({ standing }) => enumWords(standing)),
  words('original', ({ translation }) => translation?.original),
  words('originalLanguage', ({ translation }) => translation?.language),
  words('translator', ({ translation }) => translation?.translator),
  link('excerptOf', ({ excerptOf }, names) => excerptOf && `${names.lineage('statements', excerptOf.statement)} ${excerptOf.start} ${excerptOf.end} ${excerptOf.exact}`, ({ excerptOf }) => excerptOf?.exact),
  link('record', ({ record }, names) => record && `${names.lineage('records', record.record)} ${record.segment}`, ({ record }, names) => record && joined([names.of('records', record.record), record.segment === undefined ? undefined : `segment ${record.segment + 1}`])),
  ...confirmable,
]

type Anonymous = Extract<Source, { kind: 'ANONYMOUS' }>
const anonymous = (name: string, say: Words<Anonymous>): Field<Source> => words(name, (source, names) => (source.kind === 'ANONYMOUS' ? say(source, names) : undefined))
/** What the newsroom says of an anonymous source, and the published words that say so. */
const worded = (name: 'reason' | 'basis' | 'affiliation' | 'motive' | 'terms'): readonly Field<Source>[] => [
  anonymous(name, (source) => source[name]?.text),
  anonymous(`${name}AsPrinted`, (source) => source[name]?.range?.exact),
]
const named = (name: string, say: (source: Exclude<Source, Anonymous>, names: Names) => string | undefined): Field<Source> =>
  words(name, (source, names) => (source.kind === 'ANONYMOUS' ? undefined : say(source, names)))

const nameOf = (source: Source, names: Names) => (source.kind === 'ANONYMOUS' ? undefined : names.sourceLabel(source))
function castKey(source: Source): string | undefined {
  switch (source.kind) {
    case 'PERSON': return source.person
    case 'ORGANIZATION': return source.organization
    case 'DOCUMENT': return source.document
    case 'OUTLET': return source.outlet
    case 'ANONYMOUS': case 'GROUP': return undefined
  }
}

const sources: readonly Field<Source>[] = [
  words('kind', ({ kind }) => enumWords(kind)),
  link('name', (source, names) => joined([castKey(source), nameOf(source, names)], ' '), nameOf),
  named('title', (source) => ('title' in source ? source.title : undefined)),
  entity('organization', 'organizations', (source) => (source.kind === 'PERSON' ? source.organization : undefined)),
  named('spokesperson', (source) => ('spokesperson' in source ? source.spokesperson : undefined)),
  entity('heldBy', 'outlets', ({ heldBy }) => heldBy),
  { ...anonymous('descriptor', ({ descriptor }) => descriptor), direction },
  anonymous('descriptorAsPrinted', ({ descriptorRange }) => descriptorRange?.exact),
  anonymous('headcount', ({ headcount }) => headcountWords(headcount)),
  anonymous('headcountAsPrinted', ({ headcount }) => headcount.range?.exact),
  ...(['reason', 'basis', 'affiliation', 'motive', 'terms'] as const).flatMap(worded),
  entity('affiliationOrganization', 'organizations', (source) => (source.kind === 'ANONYMOUS' ? source.affiliation?.organization : undefined)),
  anonymous('agreedReason', ({ agreed }) => agreed?.reason),
  anonymous('agreedBy', ({ agreed }, names) => names.of('journalists', agreed?.grantedBy)),
  anonymous('approvals', ({ agreed }, names) => joined((agreed?.approvals ?? []).map(({ use, approvedBy, recordedBy, at }) => joined([
    `${use}: approved by ${names.of('journalists', approvedBy)} on ${at}`,
    recordedBy && `recorded by ${names.of('journalists', recordedBy)}`,
  ])), '; ')),
  // Whether one of them does, not which.
  anonymous('editorKnowsIdentity', ({ agreed }) => (agreed === undefined ? undefined : agreed.approvals.some(({ knowsIdentity }) => knowsIdentity) ? 'yes' : 'no')),
  ...confirmable,
]

const statements: readonly Field<OfficialStatement>[] = [
  entity('issuer', 'organizations', ({ issuer }) => issuer),
  link('spokesperson', ({ spokesperson }, names) => spokesperson && joined([spokesperson.person, names.of('people', spokesperson.person), spokesperson.descriptor], ' '),
    ({ spokesperson }, names) => spokesperson && joined([names.of('people', spokesperson.person), spokesperson.descriptor])),
  words('channel', ({ channel }) => enumWords(channel)),
  words('issuedAt', ({ issuedAt }) => issuedAt),
  words('url', ({ url }) => url),
  words('text', ({ texts }) => texts.at(-1)?.text),
  link('snapshots', ({ texts }) => JSON.stringify(texts.map(({ takenAt, text }) => [takenAt, text])), ({ texts }) => joined(texts.map(({ takenAt }) => takenAt))),
  words('release', ({ release }) => enumWords(release)),
  words('embargoedUntil', ({ embargoedUntil }) => embargoedUntil),
  link('attributions', ({ attributions: keys }, names) => keys.map((key) => names.attribution(key)?.lineage).sort().join(' ') || undefined, ({ attributions: keys }, names) => joined(keys.map((key) => names.attributionLabel(names.attribution(key))), '; ')),
  ...confirmable,
]

const requestsForComment: readonly Field<RequestForComment>[] = [
  entity('person', 'people', ({ person }) => person),
  entity('organization', 'organizations', ({ organization }) => organization),
  entity('askedBy', 'journalists', ({ askedBy }) => askedBy),
  words('attempts', ({ attempts }) => joined(attempts.map(({ at, channel, note }) => joined([`${enumWords(channel)} on ${at}`, note], ': ')), '; ')),
  words('deadline', ({ deadline }) => deadline),
  words('outcome', ({ outcome }) => enumWords(outcome)),
  words('outcomeLine', ({ outcomeLine }) => outcomeLine?.exact),
  attributionLink('answeredByAttribution', ({ answeredBy }) => answeredBy?.attribution),
  link('answeredByStatement', ({ answeredBy }, names) => names.lineage('statements', answeredBy?.statement), ({ answeredBy }, names) => statementLabel(names.document.statements.find((statement) => statement.key === answeredBy?.statement), names)),
  ...confirmable,
]

const outletCredits: readonly Field<OutletCredit>[] = [
  entity('outlet', 'outlets', ({ outlet }) => outlet),
  words('mention', ({ mention }) => mention.exact),
  words('content', ({ content }) => exactOf(content)),
  attributionLink('attribution', ({ attribution }) => attribution),
  words('url', ({ url }) => url),
  words('publishedAt', ({ publishedAt }) => publishedAt),
  ...confirmable,
]

const party = ({ person, organization }: { person?: string | undefined; organization?: string | undefined }, names: Names) => joined([names.of('people', person), names.of('organizations', organization)])
const claims: readonly Field<Claim>[] = [
  words('text', ({ text }) => text),
  words('kind', ({ kind }) => plainWords(kind)),
  words('disparages', ({ disparages }) => yesNo(disparages)),
  link('target', ({ target }, names) => target && joined([target.person, target.organization, party(target, names)]), ({ target }, names) => target && party(target, names)),
  link('holder', ({ holder }, names) => holder && joined([holder.person, holder.organization, party(holder, names), names.source(holder.source)?.lineage]), ({ holder }, names) => holder && joined([party(holder, names), names.sourceLabel(names.source(holder.source))])),
  entity('event', 'events', ({ event }) => event),
  words('documents', ({ documents }, names) => joined(documents.map((key) => names.of('documents', key)))),
  link('occurrences',
    ({ occurrences }, names) => JSON.stringify(occurrences.map(({ range, attribution, strength }) => [range.exact, names.attribution(attribution)?.lineage, strength])),
    ({ occurrences }) => joined(occurrences.map(({ range, strength }) => (strength === undefined ? range.exact : `${range.exact} (${strength})`)), '; ')),
  ...confirmable,
]

function statementLabel(statement: OfficialStatement | undefined, names: Names): string | undefined {
  return statement && joined([names.of('organizations', statement.issuer), enumWords(statement.channel), statement.issuedAt])
}

/** What is compared of an entry, in the order in which it is told. Where a range stands is no change; which words it holds is. */
export const FIELDS: { readonly [C in Compared]: readonly Field<EntryTypes[C]>[] } = { attributions, quotes, sources, statements, requestsForComment, outletCredits, claims }

/** A short name of an entry for lists of changes. */
export const LABELS: { readonly [C in Compared]: (entry: EntryTypes[C], names: Names) => string } = {
  attributions: (entry, names) => names.attributionLabel(entry) ?? entry.key,
  quotes: ({ ranges }) => `“${clipped(exactOf(ranges)!)}”`,
  sources: (entry, names) => names.sourceLabel(entry) ?? entry.key,
  statements: (entry, names) => statementLabel(entry, names) ?? entry.key,
  requestsForComment: ({ person, organization, key }, names) => party({ person, organization }, names) ?? key,
  outletCredits: ({ outlet }, names) => names.of('outlets', outlet) ?? outlet,
  claims: ({ text }) => clipped(text),
}
