import { namedThroughStatements, type StoryDocument, type TextRange } from '../document/index.js'

/** Rows by table: what `insertRows` hands to the database in one piece. */
export type Rows = Record<string, Record<string, unknown>[]>

export interface RevisionPlace {
  readonly storyId: string
  readonly revisionId: string
  readonly number: number
  readonly createdAt: Date
  /** Name of the member of staff who saves. */
  readonly savedBy?: string | undefined
  readonly isAutosave?: boolean | undefined
  /** Place in newest-first lists of what has no public time of its own. */
  readonly listedAt: Date
  /** Ids of stories that the document names by slug. */
  readonly storyIds: ReadonlyMap<string, string>
  /** Ids of people, organizations and the like, by `kind:key`. */
  readonly entityIds: ReadonlyMap<string, string>
  /** Of the document as it is stored: the text's SHA-256. */
  readonly documentHash: string
  /** A new random id. */
  readonly newId: () => string
}

const confirmation = (entry: { readonly confirmed: boolean; readonly proposal?: { readonly rule: string; readonly confidence: number } | undefined }) => ({
  confirmed: entry.confirmed, proposalRule: entry.proposal?.rule, proposalConfidence: entry.proposal?.confidence,
})

/** A revision in relational form. `publicDocument` is its public form; a row is public if it says the same there. */
export function rowsOf(document: StoryDocument, publicDocument: StoryDocument, place: RevisionPlace): Rows {
  return new RowWriter(document, publicDocument, place).write()
}

class RowWriter {
  readonly #rows: Rows = {}
  readonly #ids = new Map<string, string>()
  readonly #public: Record<'sources' | 'attributions' | 'quotes' | 'statements' | 'requestsForComment' | 'outletCredits', Set<string>>
  readonly #publicSaid: Map<string, string>

  constructor(readonly document: StoryDocument, readonly publicDocument: StoryDocument, readonly place: RevisionPlace) {
    const lineages = (entries: readonly { readonly lineage: string }[]) => new Set(entries.map((entry) => entry.lineage))
    this.#public = {
      sources: lineages(publicDocument.sources), attributions: lineages(publicDocument.attributions), quotes: lineages(publicDocument.quotes),
      statements: lineages(publicDocument.statements), requestsForComment: lineages(publicDocument.requestsForComment), outletCredits: lineages(publicDocument.outletCredits),
    }
    this.#publicSaid = new Map(publicDocument.attributions.flatMap((attribution) => (attribution.saidAt ? [[attribution.lineage, attribution.saidAt.earliest]] : [])))
  }

  write(): Rows {
    this.#revision()
    this.#cited()
    this.#sources()
    this.#attributions()
    this.#statements()
    this.#quotes()
    this.#requests()
    this.#credits()
    this.#claims()
    return this.#rows
  }

  #add(table: string, row: Record<string, unknown>): void {
    ;(this.#rows[table] ??= []).push({ revisionId: this.place.revisionId, ...row })
  }

  /** The row id of a part of the document: made at its first mention. */
  #id(kind: string, key: string | undefined): string | undefined {
    if (key === undefined) return undefined
    const name = `${kind}:${key}`
    let id = this.#ids.get(name)
    if (!id) this.#ids.set(name, (id = this.place.newId()))
    return id
  }

  #entity(kind: EntityKind, key: string | undefined): string | undefined {
    return key === undefined ? undefined : this.place.entityIds.get(`${kind}:${key}`)
  }

  #range(role: string, range: TextRange | undefined, owner: Record<string, string | undefined>): void {
    if (!range) return
    const { paragraph, start, end, exact } = range
    this.#add('TextRange', { ordinal: this.#rows['TextRange']?.length ?? 0, role, paragraph, start, end, exact, ...owner })
  }

  #revision(): void {
    const { document, place } = this
    const story = (slug: string | undefined) => (slug === undefined ? undefined : place.storyIds.get(slug))
    this.#rows['Revision'] = [{
      id: place.revisionId, storyId: place.storyId, number: place.number, kind: document.kind, desk: document.desk, language: document.language,
      slugline: document.slugline, urgency: document.urgency, datelinePlace: document.dateline?.place, datelineDate: document.dateline?.date, timeZone: document.timeZone,
      editorsNote: document.editorsNote, storylineId: this.#entity('Storyline', document.storyline), evolvedFromId: story(document.evolvedFrom),
      translationOfId: story(document.translationOf), parentId: story(document.parent),
      documentHash: place.documentHash, createdAt: place.createdAt, savedBy: place.savedBy, isAutosave: place.isAutosave ?? false,
    }]
    document.paragraphs.forEach(({ role, text }, index) => this.#add('Paragraph', { index, role, text }))
  }

  #cited(): void {
    const { document } = this
    const journalists = new Map(document.journalists.map(({ key, name }) => [key, name]))
    document.bylines.forEach((byline, ordinal) => this.#add('Byline', { ordinal, journalistId: this.#entity('Journalist', byline.journalist), role: byline.role, name: journalists.get(byline.journalist), listedAt: this.place.listedAt }))
    document.providers.forEach((outlet, ordinal) => this.#add('Provider', { ordinal, outletId: this.#entity('Outlet', outlet) }))
    document.topics.forEach((topic, ordinal) => this.#add('RevisionTopic', { ordinal, topicId: this.#entity('Topic', topic.code), name: topic.name, listedAt: this.place.listedAt }))
    const shown = (entries: readonly { readonly key: string }[]) => new Set(entries.map((entry) => entry.key))
    const people = shown(this.publicDocument.people)
    const organizations = shown(this.publicDocument.organizations)
    const through = namedThroughStatements(this.publicDocument)
    for (const { key, name } of document.people) this.#add('PersonCitation', { personId: this.#entity('Person', key), isPublic: people.has(key), name, throughStatements: through.people.get(key), listedAt: this.place.listedAt })
    for (const { key, name } of document.organizations) this.#add('OrganizationCitation', { organizationId: this.#entity('Organization', key), isPublic: organizations.has(key), name, throughStatements: through.organizations.get(key), listedAt: this.place.listedAt })
    for (const { key, lineage, title, publisher, url, publishedAt } of document.documents) this.#add('SourceDocument', { id: this.#id('document', key), lineage, key, title, publisher, url, publishedAt })
    for (const { key, name, visibility, startsAt, place, range } of document.events) {
      const id = this.#id('event', key)
      this.#add('Event', { id, key, name, visibility, startsAt, place })
      this.#range('EVENT', range, { eventId: id })
    }
    for (const { key, lineage, kind, title, programme, airedAt, url, segments } of document.records) {
      const id = this.#id('record', key)
      this.#add('Record', { id, lineage, key, kind, title, programme, airedAt, url })
      segments.forEach((segment, ordinal) => this.#add('RecordSegment', { recordId: id, ordinal, ...segment }))
    }
    document.media.forEach((media, ordinal) => this.#add('MediaRef', { ordinal, ...media }))
  }

  #sources(): void {
    for (const source of this.document.sources) {
      const id = this.#id('source', source.key)
      this.#add('Source', {
        id, lineage: source.lineage, key: source.key, kind: source.kind,
        personId: 'person' in source ? this.#entity('Person', source.person) : undefined,
        organizationId: 'organization' in source ? this.#entity('Organization', source.organization) : undefined,
        documentId: source.kind === 'DOCUMENT' ? this.#id('document', source.document) : undefined,
        outletId: source.kind === 'OUTLET' ? this.#entity('Outlet', source.outlet) : undefined,
        name: source.kind === 'GROUP' ? source.name : undefined,
        title: source.kind === 'PERSON' ? source.title : undefined,
        spokesperson: source.kind === 'ORGANIZATION' ? source.spokesperson : undefined,
        heldById: this.#entity('Outlet', source.heldBy),
        isPublic: this.#public.sources.has(source.lineage), ...confirmation(source),
      })
      if (source.kind !== 'ANONYMOUS') continue
      this.#add('AnonymousSource', {
        sourceId: id, descriptor: source.descriptor, headcountMin: source.headcount.min, headcountExact: source.headcount.exact,
        reason: source.reason?.text, basis: source.basis?.text, affiliation: source.affiliation?.text,
        organizationId: this.#entity('Organization', source.affiliation?.organization), motive: source.motive?.text, terms: source.terms?.text,
      })
      const owner = { sourceId: id }
      this.#range('DESCRIPTOR', source.descriptorRange, owner)
      this.#range('HEADCOUNT', source.headcount.range, owner)
      for (const [role, wording] of [['REASON', source.reason], ['BASIS', source.basis], ['AFFILIATION', source.affiliation], ['MOTIVE', source.motive], ['TERMS', source.terms]] as const) this.#range(role, wording?.range, owner)
      if (!source.agreed) continue
      this.#add('AnonymityAgreement', { sourceId: id, reason: source.agreed.reason, grantedById: this.#entity('Journalist', source.agreed.grantedBy) })
      source.agreed.approvals.forEach(({ use, approvedBy, recordedBy, at, knowsIdentity }, ordinal) =>
        this.#add('Approval', { sourceId: id, ordinal, use, approvedById: this.#entity('Journalist', approvedBy), recordedById: this.#entity('Journalist', recordedBy), at, knowsIdentity }))
    }
  }

  #listedAt(lineage: string): string {
    return this.#publicSaid.get(lineage) ?? this.place.listedAt.toISOString()
  }

  #attributions(): void {
    const sources = new Map(this.document.sources.map((source) => [source.key, source]))
    for (const attribution of this.document.attributions) {
      const id = this.#id('attribution', attribution.key)
      const source = attribution.source === undefined ? undefined : sources.get(attribution.source)
      const isPublic = this.#public.attributions.has(attribution.lineage)
      const listedAt = this.#listedAt(attribution.lineage)
      this.#add('Attribution', {
        id, lineage: attribution.lineage, key: attribution.key, sourceId: this.#id('source', attribution.source), sourceKind: source?.kind,
        personId: this.#entity('Person', speakerOf(source)), organizationId: this.#entity('Organization', organizationOf(source)),
        speech: attribution.speech, mentionForm: attribution.mentionForm, negated: attribution.negated, groundRules: attribution.groundRules.terms,
        parentId: this.#id('attribution', attribution.parent), antecedentId: this.#id('attribution', attribution.antecedent),
        saidEarliest: attribution.saidAt?.earliest, saidLatest: attribution.saidAt?.latest, occasionId: this.#id('event', attribution.occasion),
        listedAt, isPublic, ...confirmation(attribution),
      })
      const owner = { attributionId: id }
      for (const range of attribution.content) this.#range('CONTENT', range, owner)
      this.#range('CUE', attribution.cue, owner)
      this.#range('MENTION', attribution.mention, owner)
      this.#range('ADDRESSEE', attribution.addressee, owner)
      this.#range('SAID_AT', attribution.saidAt?.range, owner)
      if (source?.kind === 'ANONYMOUS') this.#add('AnonymousAttribution', { attributionId: id, sourceId: this.#id('source', source.key), mention: attribution.mention?.exact, listedAt, isPublic })
      attribution.toldTo.forEach((outlet, ordinal) => this.#add('AttributionOutlet', { attributionId: id, ordinal, outletId: this.#entity('Outlet', outlet) }))
      attribution.groundRules.history.forEach((entry, ordinal) => this.#add('GroundRulesEntry', { attributionId: id, ordinal, ...entry }))
    }
  }

  #statements(): void {
    for (const statement of this.document.statements) {
      const id = this.#id('statement', statement.key)
      // The statement itself outlives the revision; it is the same one wherever its lineage comes again.
      ;(this.#rows['OfficialStatement'] ??= []).push({ id: statement.lineage, issuerId: this.#entity('Organization', statement.issuer) })
      for (const text of statement.texts) (this.#rows['StatementText'] ??= []).push({ statementId: statement.lineage, ...text })
      this.#add('StatementCitation', {
        id, statementId: statement.lineage, key: statement.key, spokespersonId: this.#entity('Person', statement.spokesperson?.person),
        spokesperson: statement.spokesperson?.descriptor, channel: statement.channel, issuedAt: statement.issuedAt, url: statement.url, release: statement.release,
        embargoedUntil: statement.embargoedUntil, textTakenAt: statement.texts.at(-1)?.takenAt, listedAt: statement.issuedAt ?? this.place.listedAt, isPublic: this.#public.statements.has(statement.lineage), ...confirmation(statement),
      })
      statement.attributions.forEach((attribution, ordinal) => this.#add('StatementReport', { citationId: id, ordinal, attributionId: this.#id('attribution', attribution) }))
    }
  }

  #quotes(): void {
    const attributions = new Map(this.document.attributions.map((attribution) => [attribution.key, attribution]))
    const sources = new Map(this.document.sources.map((source) => [source.key, source]))
    const statements = new Map(this.document.statements.map((statement) => [statement.key, statement.lineage]))
    const leading = new Set(this.publicDocument.quotes.filter((quote) => quote.excerptOf).map((quote) => quote.lineage))
    for (const quote of this.document.quotes) {
      const id = this.#id('quote', quote.key)
      const attribution = attributions.get(quote.attribution)!
      const source = attribution.source === undefined ? undefined : sources.get(attribution.source)
      const isPublic = this.#public.quotes.has(quote.lineage)
      // Lists ask the row: a public quote leads to a statement only where its public form does.
      const statement = quote.excerptOf && (!isPublic || leading.has(quote.lineage)) ? statements.get(quote.excerptOf.statement) : undefined
      this.#add('Quote', {
        id, lineage: quote.lineage, key: quote.key, attributionId: this.#id('attribution', quote.attribution),
        speakerId: this.#entity('Person', speakerOf(source)), organizationId: this.#entity('Organization', organizationOf(source)),
        text: quote.ranges.map((range) => range.exact).join(' '), standing: quote.standing,
        original: quote.translation?.original, originalLanguage: quote.translation?.language, translator: quote.translation?.translator,
        statementId: statement, excerptStart: quote.excerptOf?.start, excerptEnd: quote.excerptOf?.end, excerptExact: quote.excerptOf?.exact,
        recordId: this.#id('record', quote.record?.record), segment: quote.record?.segment,
        listedAt: this.#listedAt(attribution.lineage), isPublic, ...confirmation(quote),
      })
      for (const range of quote.ranges) this.#range('QUOTE', range, { quoteId: id })
    }
  }

  #requests(): void {
    for (const request of this.document.requestsForComment) {
      const id = this.#id('request', request.key)
      this.#add('RequestForComment', {
        id, lineage: request.lineage, key: request.key, personId: this.#entity('Person', request.person), organizationId: this.#entity('Organization', request.organization),
        askedById: this.#entity('Journalist', request.askedBy), deadline: request.deadline, outcome: request.outcome,
        statementId: this.#id('statement', request.answeredBy?.statement), attributionId: this.#id('attribution', request.answeredBy?.attribution),
        isPublic: this.#public.requestsForComment.has(request.lineage), ...confirmation(request),
      })
      request.attempts.forEach((attempt, ordinal) => this.#add('RequestAttempt', { requestId: id, ordinal, ...attempt }))
      this.#range('OUTCOME_LINE', request.outcomeLine, { requestId: id })
    }
  }

  #credits(): void {
    for (const credit of this.document.outletCredits) {
      const id = this.#id('credit', credit.key)
      this.#add('OutletCredit', {
        id, lineage: credit.lineage, key: credit.key, outletId: this.#entity('Outlet', credit.outlet), attributionId: this.#id('attribution', credit.attribution),
        url: credit.url, publishedAt: credit.publishedAt, isPublic: this.#public.outletCredits.has(credit.lineage), ...confirmation(credit),
      })
      this.#range('CREDIT_MENTION', credit.mention, { creditId: id })
      for (const range of credit.content) this.#range('CREDIT_CONTENT', range, { creditId: id })
    }
  }

  #claims(): void {
    for (const claim of this.document.claims) {
      const id = this.#id('claim', claim.key)
      this.#add('Claim', {
        id, lineage: claim.lineage, key: claim.key, text: claim.text, kind: claim.kind, disparages: claim.disparages,
        targetPersonId: this.#entity('Person', claim.target?.person), targetOrganizationId: this.#entity('Organization', claim.target?.organization),
        holderPersonId: this.#entity('Person', claim.holder?.person), holderOrganizationId: this.#entity('Organization', claim.holder?.organization),
        holderSourceId: this.#id('source', claim.holder?.source), eventId: this.#id('event', claim.event), ...confirmation(claim),
      })
      for (const document of new Set(claim.documents)) this.#add('ClaimDocument', { claimId: id, documentId: this.#id('document', document) })
      claim.occurrences.forEach((occurrence, ordinal) => {
        const occurrenceId = this.place.newId()
        this.#add('ClaimOccurrence', { id: occurrenceId, claimId: id, ordinal, attributionId: this.#id('attribution', occurrence.attribution), strength: occurrence.strength })
        this.#range('CLAIM_OCCURRENCE', occurrence.range, { occurrenceId })
      })
    }
  }
}

type Source = StoryDocument['sources'][number]

function speakerOf(source: Source | undefined): string | undefined {
  return source?.kind === 'PERSON' ? source.person : undefined
}

/** The body a source speaks for. Not for an anonymous source: its side is public only as far as the copy says it. */
function organizationOf(source: Source | undefined): string | undefined {
  return source?.kind === 'PERSON' || source?.kind === 'ORGANIZATION' ? source.organization : undefined
}

export type EntityKind = 'Person' | 'Organization' | 'Outlet' | 'Journalist' | 'Topic' | 'Storyline'
