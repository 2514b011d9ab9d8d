import { PROPOSAL_COLLECTIONS, type Attribution, type Claim, type ProposalCollection, type StoryDocument } from '../document/index.js'
import type { ProposalChange, ProposalRef } from './proposal-changes.js'

/**
 * The document without some entries, and what that does to the rest: a quote goes with its attribution, a claim with its last occurrence, a
 * proposed statement with its last report; other references are dropped, or lead to what the removed entry itself led to. What somebody
 * confirmed about a source that is gone is unconfirmed again.
 */
export function withoutEntries(document: StoryDocument, refs: readonly ProposalRef[]): { readonly document: StoryDocument; readonly changes: readonly ProposalChange[] } {
  const removal = new Removal(refs)
  const statements = removal.statements(document.statements)
  const rest = {
    ...document,
    statements,
    sources: removal.kept('sources', document.sources),
    attributions: removal.attributions(document.attributions),
    quotes: removal.quotes(document.quotes),
    requestsForComment: removal.requests(document.requestsForComment),
    outletCredits: removal.credits(document.outletCredits),
    claims: removal.claims(document.claims),
  }
  return { document: withoutUnnamed(document, rest), changes: removal.changes }
}

type List<C extends ProposalCollection> = StoryDocument[C]

/** Each method gives what is left of one collection. Statements come first, since others refer to them; attributions that go are known from the start. */
class Removal {
  readonly changes: ProposalChange[]
  readonly #gone = new Map(PROPOSAL_COLLECTIONS.map((name) => [name, new Set<string>()]))

  constructor(refs: readonly ProposalRef[]) {
    for (const { collection, key } of refs) this.#gone.get(collection)!.add(key)
    this.changes = refs.map((ref) => ({ ...ref, kind: 'REJECTED', message: 'Rejected, and taken out of the story\'s data. Its text is as it was.' }))
  }

  kept<C extends ProposalCollection>(collection: C, entries: List<C>): List<C> {
    return (entries as readonly { readonly key: string }[]).filter(({ key }) => !this.#isGone(collection, key)) as unknown as List<C>
  }

  statements(entries: List<'statements'>): List<'statements'> {
    return this.kept('statements', entries).flatMap((statement) => {
      const attributions = statement.attributions.filter((key) => !this.#isGone('attributions', key))
      if (attributions.length === statement.attributions.length) return [statement]
      if (attributions.length === 0 && !statement.confirmed) return this.#remove('statements', statement.key, 'Every attribution that reported it is gone.')
      this.#tell('statements', statement.key, 'UNLINKED', 'Keeps only the attributions that are left.')
      return [{ ...statement, attributions }]
    })
  }

  attributions(entries: List<'attributions'>): List<'attributions'> {
    const byKey = new Map(entries.map((entry) => [entry.key, entry]))
    return this.kept('attributions', entries).map((entry) => {
      const linked = this.#relinked(this.#relinked(entry, 'parent', byKey), 'antecedent', byKey)
      const { source, ...rest } = linked
      if (source === undefined || !this.#isGone('sources', source)) return linked
      if (entry.confirmed) this.#tell('attributions', entry.key, 'UNCONFIRMED', `Its source "${source}" is gone: it credits nobody now, and somebody has to confirm it anew.`)
      else this.#tell('attributions', entry.key, 'UNLINKED', `Its source "${source}" is gone: it credits nobody now.`)
      return { ...rest, confirmed: false }
    })
  }

  /** What led to a removed attribution leads to where that one led. */
  #relinked(entry: Attribution, link: 'parent' | 'antecedent', byKey: ReadonlyMap<string, Attribution>): Attribution {
    const { [link]: from, ...rest } = entry
    if (from === undefined || !this.#isGone('attributions', from)) return entry
    let to = byKey.get(from)?.[link]
    while (to !== undefined && this.#isGone('attributions', to)) to = byKey.get(to)?.[link]
    this.#tell('attributions', entry.key, 'UNLINKED', to === undefined ? `Has no ${link} any more: "${from}" is gone.` : `Its ${link} is "${to}" now: "${from}" is gone.`)
    return to === undefined ? rest : { ...rest, [link]: to }
  }

  quotes(entries: List<'quotes'>): List<'quotes'> {
    return this.kept('quotes', entries).flatMap((quote) => {
      if (this.#isGone('attributions', quote.attribution)) return this.#remove('quotes', quote.key, `Its attribution "${quote.attribution}" is gone.`)
      const { excerptOf, ...rest } = quote
      if (!excerptOf || !this.#isGone('statements', excerptOf.statement)) return [quote]
      this.#tell('quotes', quote.key, 'UNLINKED', `Is an excerpt of no statement any more: "${excerptOf.statement}" is gone.`)
      return [rest]
    })
  }

  requests(entries: List<'requestsForComment'>): List<'requestsForComment'> {
    return this.kept('requestsForComment', entries).map((request) => {
      const { answeredBy, ...rest } = request
      const kept = {
        ...(answeredBy?.attribution !== undefined && !this.#isGone('attributions', answeredBy.attribution) && { attribution: answeredBy.attribution }),
        ...(answeredBy?.statement !== undefined && !this.#isGone('statements', answeredBy.statement) && { statement: answeredBy.statement }),
      }
      if (!answeredBy || Object.keys(kept).length === Object.values(answeredBy).filter((value) => value !== undefined).length) return request
      this.#tell('requestsForComment', request.key, 'UNLINKED', 'What it says answered is gone.')
      return Object.keys(kept).length > 0 ? { ...rest, answeredBy: kept } : rest
    })
  }

  credits(entries: List<'outletCredits'>): List<'outletCredits'> {
    return this.kept('outletCredits', entries).map((credit) => {
      const { attribution, ...rest } = credit
      if (attribution === undefined || !this.#isGone('attributions', attribution)) return credit
      this.#tell('outletCredits', credit.key, 'UNLINKED', `Its attribution "${attribution}" is gone.`)
      return rest
    })
  }

  claims(entries: List<'claims'>): List<'claims'> {
    return this.kept('claims', entries).flatMap((claim) => {
      // Without its attribution an occurrence would be the outlet's own words.
      const occurrences = claim.occurrences.filter(({ attribution }) => attribution === undefined || !this.#isGone('attributions', attribution))
      if (occurrences.length === 0) return this.#remove('claims', claim.key, 'Every attribution that made it is gone.')
      if (occurrences.length < claim.occurrences.length) this.#tell('claims', claim.key, 'UNLINKED', 'Keeps only the occurrences that are left.')
      return [this.#withoutHolder({ ...claim, occurrences })]
    })
  }

  #withoutHolder(claim: Claim): Claim {
    const { holder, ...rest } = claim
    if (holder?.source === undefined || !this.#isGone('sources', holder.source)) return claim
    const { source, ...others } = holder
    this.#tell('claims', claim.key, 'UNLINKED', `Is not held by "${source}" any more, which is gone.`)
    return Object.keys(others).length > 0 ? { ...rest, holder: others } : rest
  }

  #remove(collection: ProposalCollection, key: string, message: string): [] {
    this.#gone.get(collection)!.add(key)
    this.#tell(collection, key, 'REMOVED', message)
    return []
  }

  #tell(collection: ProposalCollection, key: string, kind: ProposalChange['kind'], message: string): void {
    this.changes.push({ collection, key, kind, message })
  }

  #isGone(collection: ProposalCollection, key: string): boolean {
    return this.#gone.get(collection)!.has(key)
  }
}

/** Without people, organizations, outlets and documents that only the removed entries named. Who was named by nothing before stays. */
function withoutUnnamed(before: StoryDocument, after: StoryDocument): StoryDocument {
  const named = namedIn(before)
  const people = kept(after.people, named.people, namedIn(after).people)
  const still = namedIn({ ...after, people })
  return {
    ...after, people,
    organizations: kept(after.organizations, named.organizations, still.organizations),
    outlets: kept(after.outlets, named.outlets, still.outlets),
    documents: kept(after.documents, named.documents, still.documents),
  }
}

const kept = <T extends { readonly key: string }>(entries: readonly T[], before: ReadonlySet<string>, now: ReadonlySet<string>) => entries.filter(({ key }) => now.has(key) || !before.has(key))

function namedIn({ people, providers, sources, attributions, statements, requestsForComment, outletCredits, claims }: StoryDocument): Record<'people' | 'organizations' | 'outlets' | 'documents', ReadonlySet<string>> {
  const set = (keys: readonly (string | undefined)[]) => new Set(keys.filter((key) => key !== undefined))
  const of = (name: 'person' | 'organization' | 'document' | 'outlet') => sources.map((source) => (source as { person?: string; organization?: string; document?: string; outlet?: string })[name])
  const parties = claims.flatMap(({ target, holder }) => [target, holder])
  return {
    people: set([...of('person'), ...statements.map(({ spokesperson }) => spokesperson?.person), ...requestsForComment.map(({ person }) => person), ...parties.map((party) => party?.person)]),
    organizations: set([
      ...of('organization'), ...sources.map((source) => (source.kind === 'ANONYMOUS' ? source.affiliation?.organization : undefined)), ...statements.map(({ issuer }) => issuer),
      ...requestsForComment.map(({ organization }) => organization), ...parties.map((party) => party?.organization), ...people.flatMap(({ affiliations }) => affiliations.map(({ organization }) => organization)),
    ]),
    outlets: set([...of('outlet'), ...providers, ...sources.map(({ heldBy }) => heldBy), ...attributions.flatMap(({ toldTo }) => toldTo), ...outletCredits.map(({ outlet }) => outlet)]),
    documents: set([...of('document'), ...claims.flatMap(({ documents }) => documents)]),
  }
}
