import { describe, expect, it } from 'vitest'
import { demoDocuments } from '../../src/demo/index.js'
import {
  CLAIM_KINDS, CONTACT_CHANNELS, GROUND_RULES, MEDIA_KINDS, MENTION_FORMS, PARAGRAPH_ROLES, parseStoryDocument, publicForm, QUOTE_STANDINGS,
  RECORD_KINDS, REQUEST_OUTCOMES, REVISION_KINDS, SOURCE_KINDS, SPEECHES, type AnonymousSource, type StoryDocument,
} from '../../src/document/index.js'
import { describeWithSeed, seedStoryText } from '../support/seed-story.js'

const NOW = new Date('2026-11-24T09:30:00Z')
const stories = demoDocuments(NOW)
const bySlug = new Map(stories.map((story) => [story.slug, story]))
const story = (slug: string) => bySlug.get(slug)!
const attributions = stories.flatMap((each) => each.attributions)
const quotes = stories.flatMap((each) => each.quotes)
const sources = stories.flatMap((each) => each.sources)
const statements = stories.flatMap((each) => each.statements)
const anonymous = sources.filter((source): source is AnonymousSource => source.kind === 'ANONYMOUS')

describe('the demo newsroom', () => {
  it('has at least sixteen stories with slugs of their own, on at least six desks', () => {
    expect(bySlug.size).toBe(stories.length)
    expect(stories.length).toBeGreaterThanOrEqual(16)
    expect(new Set(stories.map((each) => each.desk)).size).toBeGreaterThanOrEqual(6)
  })

  it.each(stories.map((each) => [each.slug, each] as const))('%s is a story document with a headline, a summary and copy', (_, each) => {
    expect(parseStoryDocument(JSON.parse(JSON.stringify(each)))).toEqual({ ok: true, document: each })
    expect(each.paragraphs.slice(0, 2).map((paragraph) => paragraph.role)).toEqual(['HEADLINE', 'SUMMARY'])
    expect(each.paragraphs.length).toBeGreaterThanOrEqual(8)
    expect(each.attributions.length).toBeGreaterThanOrEqual(4)
  })

  it('has one draft; all other stories appeared in the three weeks before now', () => {
    const published = stories.flatMap((each) => each.publication ?? [])
    expect(published).toHaveLength(stories.length - 1)
    for (const { firstPublishedAt, publishedAt, embargoedUntil } of published) {
      expect(NOW.getTime() - Date.parse(firstPublishedAt)).toBeLessThan(21 * 86_400_000)
      for (const instant of [firstPublishedAt, publishedAt, embargoedUntil]) if (instant) expect(Date.parse(instant)).toBeLessThan(NOW.getTime())
    }
  })

  it('lists a story after those that it follows, translates or belongs to', () => {
    stories.forEach((each, index) => {
      const earlier = stories.slice(0, index).map((one) => one.slug)
      for (const slug of [each.evolvedFrom, each.translationOf, each.parent]) if (slug) expect(earlier).toContain(slug)
    })
  })

  it('is the same for the same now, with the same lineages at any time', () => {
    expect(demoDocuments(new Date(NOW))).toEqual(stories)
    const lineages = (of: readonly StoryDocument[]) => of.map((each) => [...each.sources, ...each.attributions, ...each.quotes, ...each.statements, ...each.claims].map((entry) => entry.lineage))
    expect(lineages(demoDocuments(new Date('2027-03-01T23:59:59Z')))).toEqual(lineages(stories))
  })

  it('names weekdays that agree with its dates, whatever day it is', () => {
    for (let day = 0; day < 7; day += 1) {
      const documents = demoDocuments(new Date(NOW.getTime() + day * 86_400_000))
      const [pentagon, audit] = ['pentagon-anthropic-deadline', 'ellis-street-bridge-audit'].map((slug) => documents.find((each) => each.slug === slug)!)
      expect(new Date(pentagon!.publication!.firstPublishedAt).getUTCDay()).toBe(2)
      const weekday = new Date(audit!.dateline!.date!).toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' })
      expect(audit!.paragraphs[2]!.text).toContain(`released ${weekday}.`)
    }
  })
})

describe('every structure of the format is in use', () => {
  it.each<[string, readonly string[], readonly (string | undefined)[]]>([
    ['kinds of revision', REVISION_KINDS, stories.map((each) => each.kind)],
    ['paragraph roles', PARAGRAPH_ROLES, stories.flatMap((each) => each.paragraphs.map((paragraph) => paragraph.role))],
    ['kinds of source', SOURCE_KINDS, sources.map((source) => source.kind)],
    ['speech', SPEECHES, attributions.map((attribution) => attribution.speech)],
    ['mention forms', MENTION_FORMS, attributions.map((attribution) => attribution.mentionForm)],
    ['ground rules', GROUND_RULES, attributions.map((attribution) => attribution.groundRules.terms)],
    ['standings of quotes', QUOTE_STANDINGS, quotes.map((quote) => quote.standing)],
    ['kinds of record', RECORD_KINDS, stories.flatMap((each) => each.records.map((record) => record.kind))],
    ['outcomes of requests', REQUEST_OUTCOMES, stories.flatMap((each) => each.requestsForComment.map((request) => request.outcome))],
    ['contact channels', CONTACT_CHANNELS, stories.flatMap((each) => each.requestsForComment.flatMap((request) => request.attempts.map((attempt) => attempt.channel)))],
    ['kinds of claim', CLAIM_KINDS, stories.flatMap((each) => each.claims.map((claim) => claim.kind))],
    ['kinds of media', MEDIA_KINDS, stories.flatMap((each) => each.media.map((media) => media.kind))],
  ])('all %s', (_, all, used) => {
    expect(all.filter((value) => !used.includes(value))).toEqual([])
  })

  const some = <T>(entries: readonly T[], holds: (entry: T) => unknown) => entries.some((entry) => Boolean(holds(entry)))
  it.each<[string, boolean]>([
    ['interrupted content', some(attributions, (each) => each.content.length > 1)],
    ['a quote split by its cue', some(quotes, (each) => each.ranges.length > 1)],
    ['nested attributions', some(attributions, (each) => each.parent)],
    ['antecedents of pronouns', some(attributions, (each) => each.antecedent && each.mentionForm === 'PRONOUN')],
    ['antecedents of "the person" or "the official"', some(attributions, (each) => each.antecedent && /^the (person|official)$/i.test(each.mention?.exact ?? ''))],
    ['an addressee and an outlet told', some(attributions, (each) => each.addressee && each.toldTo.length > 0)],
    ['a negated cue', some(attributions, (each) => each.negated)],
    ['a dated history of ground rules', some(attributions, (each) => each.groundRules.history.length > 1)],
    ['when and on which occasion it was said', some(attributions, (each) => each.saidAt && each.occasion)],
    ['a source that another outlet vouches for', some(sources, (each) => each.heldBy)],
    ['an unnamed spokesperson', some(sources, (each) => each.kind === 'ORGANIZATION' && each.spokesperson)],
    ['an anonymous source with everything published', some(anonymous, (each) => each.descriptorRange && each.headcount.exact && each.reason?.range && each.basis?.range && each.affiliation?.organization && each.terms?.range)],
    ['a published motive', some(anonymous, (each) => each.motive?.range)],
    ['several approvals of one agreement', some(anonymous, (each) => each.agreed?.grantedBy && each.agreed.approvals.length > 1)],
    ['an approval by an editor who does not know the source', some(anonymous, (each) => each.agreed?.approvals.some((approval) => !approval.knowsIdentity))],
    ['a translated quote', some(quotes, (each) => each.translation?.translator)],
    ['an excerpt of a statement released in full', some(stories, (each) => each.quotes.some((quote) => each.statements.some((one) => one.key === quote.excerptOf?.statement && one.release === 'FULL')))],
    ['an excerpt of a statement that is not', some(stories, (each) => each.quotes.some((quote) => each.statements.some((one) => one.key === quote.excerptOf?.statement && one.release === 'EXCERPT')))],
    ['snapshots of one statement', some(statements, (each) => each.texts.length > 1)],
    ['a statement under embargo', some(statements, (each) => each.embargoedUntil)],
    ['a quote in a segment of a transcript', some(quotes, (each) => each.record?.segment !== undefined)],
    ['a printed outcome', some(stories, (each) => each.requestsForComment.some((request) => request.outcomeLine && request.answeredBy))],
    ['an outlet credit with link and time', some(stories, (each) => each.outletCredits.some((credit) => credit.url && credit.publishedAt))],
    ['a claim with several occurrences of different strength', some(stories, (each) => each.claims.some((claim) => new Set(claim.occurrences.map((one) => one.strength)).size > 1))],
    ['a claim with a document', some(stories, (each) => each.claims.some((claim) => claim.documents.length > 0))],
    ['a public event', some(stories, (each) => each.events.some((event) => event.visibility === 'PUBLIC'))],
    ['a private event', some(stories, (each) => each.events.some((event) => event.visibility === 'PRIVATE'))],
    ['several bylines with roles', some(stories, (each) => each.bylines.length > 1 && each.bylines.some((byline) => byline.role))],
    ['several providers', some(stories, (each) => each.providers.length > 1)],
    ['a note to editors', some(stories, (each) => each.editorsNote)],
    ['an organization with aliases', some(stories, (each) => each.organizations.some((organization) => organization.aliases.length > 0))],
    ['a chain of three stories', some(stories, (each) => each.evolvedFrom && story(each.evolvedFrom).evolvedFrom)],
    ['posts of a live blog', stories.filter((each) => each.parent).length > 1],
    ['a translation', some(stories, (each) => each.translationOf && each.language !== story(each.translationOf).language)],
    ['an embargo', some(stories, (each) => each.publication?.embargoedUntil)],
    ['a version later than the first', some(stories, (each) => each.publication && each.publication.version > 1)],
    ['emoji', some(stories, (each) => each.paragraphs.some((paragraph) => /\p{Extended_Pictographic}/u.test(paragraph.text)))],
    ['a proposed attribution in a published story', some(stories, (each) => each.publication && each.attributions.some((one) => !one.confirmed && one.proposal))],
    ['a proposed source, quote and claim', [sources, quotes, stories.flatMap((each) => each.claims)].every((entries) => some<{ confirmed: boolean; proposal?: unknown }>(entries, (each) => !each.confirmed && each.proposal))],
  ])('%s', (_, isInUse) => {
    expect(isInUse).toBe(true)
  })

  it('captions stand under media', () => {
    for (const each of stories) {
      const captions = each.paragraphs.flatMap((paragraph, index) => (paragraph.role === 'CAPTION' ? [index] : []))
      expect(each.media.flatMap((media) => media.caption ?? []).toSorted((a, b) => a - b), each.slug).toEqual(captions)
    }
  })
})

describe('what stories share', () => {
  it('lets people speak in several stories, some under a new title', () => {
    const titles = (person: string) => new Set(sources.flatMap((source) => (source.kind === 'PERSON' && source.person === person ? [source.title] : [])))
    expect(stories.filter((each) => each.people.some((person) => person.key === 'maria-okafor')).length).toBeGreaterThanOrEqual(4)
    for (const person of ['maria-okafor', 'marcus-tully', 'helen-brandt']) expect(titles(person).size, person).toBeGreaterThan(1)
  })

  it('quotes one statement in two stories, with the same words on file', () => {
    const shared = statements.filter((statement) => statements.filter((other) => other.lineage === statement.lineage).length > 1)
    expect(new Set(shared.map((statement) => statement.lineage)).size).toBeGreaterThanOrEqual(2)
    for (const statement of shared) {
      for (const other of shared.filter((one) => one.lineage === statement.lineage)) expect([other.issuer, other.texts]).toEqual([statement.issuer, statement.texts])
    }
  })

  it('shares no lineage of a source, an attribution or a quote', () => {
    const lineages = [...sources, ...attributions, ...quotes].map((entry) => entry.lineage)
    expect(new Set(lineages).size).toBe(lineages.length)
  })
})

describe('what readers see', () => {
  it.each([['DEEP_BACKGROUND', 'ellis-street-bridge-warnings'], ['OFF_RECORD', 'transit-levy-passes']] as const)('nothing of what was said under %s', (terms, slug) => {
    const hidden = story(slug).attributions.filter((each) => each.groundRules.terms === terms)
    expect(hidden).toHaveLength(1)
    const seen = JSON.stringify(publicForm(story(slug)))
    for (const attribution of hidden) {
      const source = story(slug).sources.find((each) => each.key === attribution.source)!
      for (const secret of [attribution.lineage, source.lineage, 'descriptor' in source ? source.descriptor : '']) expect(seen).not.toContain(secret)
    }
  })

  it('nothing that is only proposed', () => {
    for (const each of stories) {
      const form = JSON.stringify(publicForm(each))
      for (const entry of [...each.sources, ...each.attributions, ...each.quotes].filter((one) => !one.confirmed)) expect(form).not.toContain(entry.lineage)
    }
  })
})

describe('the well sourced story', () => {
  const audit = story('ellis-street-bridge-audit')

  it('names everyone who speaks, on the record, with a record or a statement for every quote', () => {
    expect(audit.sources.filter((source) => !['PERSON', 'ORGANIZATION', 'DOCUMENT'].includes(source.kind))).toEqual([])
    for (const attribution of audit.attributions) {
      const source = audit.sources.find((each) => each.key === attribution.source)!
      if (source.kind !== 'DOCUMENT') expect(attribution.groundRules.terms).toBe('ON_RECORD')
    }
    for (const quote of audit.quotes) expect(quote.record ?? quote.excerptOf, quote.key).toBeDefined()
    for (const statement of audit.statements) expect(statement).toMatchObject({ spokesperson: { person: expect.any(String) }, issuedAt: expect.any(String), url: expect.any(String), texts: [expect.anything()] })
  })

  it('credits every paragraph of copy and every claim, and has an answer from all it speaks ill of', () => {
    audit.paragraphs.forEach((paragraph, index) => {
      if (paragraph.role !== 'CAPTION') expect(audit.attributions.some((each) => each.content.some((range) => range.paragraph === index)), paragraph.text).toBe(true)
    })
    for (const claim of audit.claims) {
      for (const occurrence of claim.occurrences) expect(occurrence.attribution, claim.key).toBeDefined()
      const target = claim.target?.organization
      if (target) expect(audit.requestsForComment.some((request) => request.organization === target && request.outcome === 'ANSWERED' && request.outcomeLine), target).toBe(true)
    }
    expect(audit).toMatchObject({ dateline: { place: expect.any(String), date: expect.any(String) }, timeZone: 'America/New_York', bylines: [expect.anything(), expect.anything()] })
  })
})

describe('the story that retells the seed story', () => {
  const retold = story('pentagon-anthropic-deadline')
  const attribution = (key: string) => retold.attributions.find((each) => each.key === key)!
  const sourceOf = (key: string) => retold.sources.find((source) => source.key === attribution(key).source)!

  it('has its attribution structure', () => {
    expect(sourceOf('people-told')).toMatchObject({ kind: 'ANONYMOUS', headcount: { min: 2 } })
    expect(attribution('people-told')).toMatchObject({ addressee: { exact: 'CBS News' }, toldTo: ['cbs-news'] })
    for (const key of ['the-sources-said', 'they-said']) expect(attribution(key)).toMatchObject({ source: 'knowing', antecedent: 'people-told' })
    expect(['sources-told', 'sources-said'].map((key) => attribution(key).mention?.exact)).toEqual(['sources', 'sources'])
    expect(sourceOf('two-sources-said')).toMatchObject({ headcount: { min: 2, exact: 2 } })
    expect(attribution('officials-say')).toMatchObject({ parent: 'two-sources-said' })
    expect(attribution('the-person-said')).toMatchObject({ antecedent: 'one-source-said', mention: { exact: 'the person' } })
    expect(attribution('senior-official-said')).toMatchObject({ speech: 'DIRECT', source: 'senior-official' })
    expect(attribution('the-official-said')).toMatchObject({ antecedent: 'senior-official-said', mention: { exact: 'The official' } })
    expect(retold).toMatchObject({ providers: ['cbs-news'], outletCredits: [{ outlet: 'axios' }], statements: [{ issuer: 'anthropic', attributions: ['spokesperson-said'] }] })
    expect(retold.quotes.filter((quote) => quote.excerptOf?.statement === 'anthropic')).toHaveLength(2)
  })

  describeWithSeed('next to the seed story', () => {
    it('shares no eight words in a row with it', () => {
      const runs = (text: string) => {
        const words = text.toLowerCase().replaceAll('’', "'").match(/[\p{L}\p{N}$']+/gu) ?? []
        return words.slice(7).map((_, index) => words.slice(index, index + 8).join(' '))
      }
      const original = new Set(runs(seedStoryText()!))
      expect(retold.paragraphs.flatMap((paragraph) => runs(paragraph.text)).filter((run) => original.has(run))).toEqual([])
    })
  })
})
