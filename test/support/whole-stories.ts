import { expect } from 'vitest'
import type { Database } from '../../src/database/index.js'
import type { StoryDocument } from '../../src/document/index.js'

type Range = { paragraph: number; start: number; end: number; exact: string }
const plain = ({ paragraph, start, end, exact }: Range): Range => ({ paragraph, start, end, exact })
const of = (ranges: readonly (Range & { role: string })[], role: string) => ranges.filter((range) => range.role === role).map(plain)
const one = (ranges: readonly (Range & { role: string })[], role: string) => of(ranges, role)[0]
const iso = (date: Date | null) => date?.toISOString()
const instant = (text: string | undefined) => (text === undefined ? undefined : new Date(text).toISOString())
const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)

/** What the document says, in the order of keys and without what only it holds. */
function said(document: StoryDocument) {
  return {
    desk: document.desk, kind: document.kind, language: document.language, paragraphs: document.paragraphs.map(({ role, text }) => ({ role, text })),
    bylines: document.bylines.map((byline) => byline.journalist), providers: document.providers, topics: document.topics.map((topic) => topic.code),
    people: document.people.map((person) => person.key).sort(), organizations: document.organizations.map((organization) => organization.key).sort(),
    sources: document.sources.map((source) => ({
      key: source.key, lineage: source.lineage, kind: source.kind, confirmed: source.confirmed,
      ...(source.kind === 'ANONYMOUS' && { descriptor: source.descriptor, min: source.headcount.min, exact: source.headcount.exact, at: source.descriptorRange && plain(source.descriptorRange), reason: source.reason?.text, approvals: source.agreed?.approvals.length ?? 0 }),
    })).sort(byKey),
    attributions: document.attributions.map((entry) => ({
      key: entry.key, lineage: entry.lineage, source: entry.source, speech: entry.speech, content: entry.content.map(plain), cue: entry.cue && plain(entry.cue), mention: entry.mention && plain(entry.mention),
      addressee: entry.addressee && plain(entry.addressee), toldTo: entry.toldTo, negated: entry.negated, terms: entry.groundRules.terms, history: entry.groundRules.history.length, parent: entry.parent, antecedent: entry.antecedent,
      saidAt: instant(entry.saidAt?.earliest), occasion: entry.occasion, confirmed: entry.confirmed,
    })).sort(byKey),
    quotes: document.quotes.map((quote) => ({
      key: quote.key, lineage: quote.lineage, attribution: quote.attribution, ranges: quote.ranges.map(plain), standing: quote.standing, original: quote.translation?.original,
      excerpt: quote.excerptOf?.exact, record: quote.record?.record, confirmed: quote.confirmed,
    })).sort(byKey),
    statements: document.statements.map((entry) => ({ key: entry.key, lineage: entry.lineage, issuer: entry.issuer, channel: entry.channel, release: entry.release, texts: entry.texts.map((text) => text.text), attributions: entry.attributions })).sort(byKey),
    requests: document.requestsForComment.map((entry) => ({ key: entry.key, outcome: entry.outcome, attempts: entry.attempts.length, line: entry.outcomeLine && plain(entry.outcomeLine) })).sort(byKey),
    credits: document.outletCredits.map((entry) => ({ key: entry.key, outlet: entry.outlet, mention: plain(entry.mention), content: entry.content.map(plain) })).sort(byKey),
    claims: document.claims.map((entry) => ({ key: entry.key, kind: entry.kind, occurrences: entry.occurrences.map((occurrence) => ({ at: plain(occurrence.range), attribution: occurrence.attribution })) })).sort(byKey),
  }
}

/** Expects of every stored revision that the tables say of it what its document says. Gives their number. */
export async function expectWholeStories(database: Database): Promise<number> {
  const ranges = { orderBy: { ordinal: 'asc' } } as const
  const revisions = await (await database.prisma()).revision.findMany({
    include: {
      story: true, paragraphs: { orderBy: { index: 'asc' } }, bylines: { include: { journalist: true }, orderBy: { ordinal: 'asc' } }, providers: { include: { outlet: true }, orderBy: { ordinal: 'asc' } }, topics: { include: { topic: true }, orderBy: { ordinal: 'asc' } },
      people: { include: { person: true } }, organizations: { include: { organization: true } },
      sources: { include: { ranges, anonymous: { include: { agreement: { include: { approvals: true } } } } } },
      attributions: { include: { ranges, source: true, parent: true, antecedent: true, occasion: true, terms: true, toldTo: { include: { outlet: true }, orderBy: { ordinal: 'asc' } } } },
      quotes: { include: { ranges, attribution: true, record: true } },
      statements: { include: { statement: { include: { issuer: true, texts: { orderBy: { takenAt: 'asc' } } } }, reports: { include: { attribution: true }, orderBy: { ordinal: 'asc' } } } },
      requestsForComment: { include: { ranges, attempts: true } }, outletCredits: { include: { ranges, outlet: true } },
      claims: { include: { occurrences: { include: { ranges, attribution: true }, orderBy: { ordinal: 'asc' } } } },
    },
  })
  for (const row of revisions) {
    const expected = said(row.document as unknown as StoryDocument)
    const found = {
      desk: row.desk, kind: row.kind, language: row.language, paragraphs: row.paragraphs.map(({ role, text }) => ({ role, text })),
      bylines: row.bylines.map((byline) => byline.journalist.key), providers: row.providers.map((provider) => provider.outlet.key), topics: row.topics.map((topic) => topic.topic.code),
      people: row.people.map((entry) => entry.person.key).sort(), organizations: row.organizations.map((entry) => entry.organization.key).sort(),
      sources: row.sources.map((source) => ({
        key: source.key, lineage: source.lineage, kind: source.kind, confirmed: source.confirmed,
        ...(source.anonymous && { descriptor: source.anonymous.descriptor, min: source.anonymous.headcountMin, exact: source.anonymous.headcountExact ?? undefined, at: one(source.ranges, 'DESCRIPTOR'), reason: source.anonymous.reason ?? undefined, approvals: source.anonymous.agreement?.approvals.length ?? 0 }),
      })).sort(byKey),
      attributions: row.attributions.map((entry) => ({
        key: entry.key, lineage: entry.lineage, source: entry.source?.key, speech: entry.speech, content: of(entry.ranges, 'CONTENT'), cue: one(entry.ranges, 'CUE'), mention: one(entry.ranges, 'MENTION'), addressee: one(entry.ranges, 'ADDRESSEE'),
        toldTo: entry.toldTo.map((told) => told.outlet.key), negated: entry.negated, terms: entry.groundRules, history: entry.terms.length, parent: entry.parent?.key, antecedent: entry.antecedent?.key, saidAt: iso(entry.saidEarliest), occasion: entry.occasion?.key, confirmed: entry.confirmed,
      })).sort(byKey),
      quotes: row.quotes.map((quote) => ({
        key: quote.key, lineage: quote.lineage, attribution: quote.attribution.key, ranges: of(quote.ranges, 'QUOTE'), standing: quote.standing, original: quote.original ?? undefined,
        excerpt: quote.excerptExact ?? undefined, record: quote.record?.key, confirmed: quote.confirmed,
      })).sort(byKey),
      statements: row.statements.map((entry) => ({ key: entry.key, lineage: entry.statementId, issuer: entry.statement.issuer.key, channel: entry.channel, release: entry.release, texts: entry.statement.texts.map((text) => text.text), attributions: entry.reports.map((report) => report.attribution.key) })).sort(byKey),
      requests: row.requestsForComment.map((entry) => ({ key: entry.key, outcome: entry.outcome, attempts: entry.attempts.length, line: one(entry.ranges, 'OUTCOME_LINE') })).sort(byKey),
      credits: row.outletCredits.map((entry) => ({ key: entry.key, outlet: entry.outlet.key, mention: one(entry.ranges, 'CREDIT_MENTION'), content: of(entry.ranges, 'CREDIT_CONTENT') })).sort(byKey),
      claims: row.claims.map((entry) => ({ key: entry.key, kind: entry.kind, occurrences: entry.occurrences.map((occurrence) => ({ at: one(occurrence.ranges, 'CLAIM_OCCURRENCE'), attribution: occurrence.attribution?.key })) })).sort(byKey),
    }
    expect(found, row.story.slug).toEqual(expected)
  }
  return revisions.length
}
