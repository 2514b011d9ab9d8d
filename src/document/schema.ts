import { z } from 'zod'
import {
  CLAIM_KINDS, CONTACT_CHANNELS, EVENT_VISIBILITIES, GROUND_RULES, MEDIA_KINDS, MENTION_FORMS, PARAGRAPH_ROLES,
  QUOTE_STANDINGS, RECORD_KINDS, REQUEST_OUTCOMES, REVISION_KINDS, SPEECHES, STATEMENT_CHANNELS, STATEMENT_RELEASES,
} from './enums.js'
import { LIMITS } from './limits.js'
import { instant, key, language, line, lineage, prose, slug, timeZone, url } from './scalars.js'

/** The version of this format. A document of a newer one is refused, never guessed at. */
export const DOCUMENT_VERSION = 1

const doc = <T extends z.ZodType>(schema: T, description: string): T => schema.describe(description) as T
const list = <T extends z.ZodType>(item: T, max: number = LIMITS.others) =>
  z.array(item).max(max, `holds more than ${max} entries, the limit of one story`).default([])
const keys = z.array(key).max(LIMITS.others).default([])

export const textRange = doc(z.strictObject({
  paragraph: doc(z.int().min(0), 'Index into `paragraphs`, from 0.'),
  start: doc(z.int().min(0), 'First UTF-16 code unit.'),
  end: doc(z.int().min(1), 'UTF-16 code unit after the last.'),
  exact: doc(z.string().min(1).optional(), 'The words of the range. Filled in where it is left out; refused where it differs from the text.'),
}), 'A run of words inside one paragraph.')
const ranges = z.array(textRange).min(1, 'needs at least one range').max(200)

const proposal = doc(z.strictObject({
  rule: doc(line, 'The step that proposed it.'),
  confidence: doc(z.number().min(0).max(1), 'From 0 to 1.'),
}), 'How an extracted part came about.')
/** I11: what `confirmed` is false for never becomes public. */
const confirmable = {
  confirmed: doc(z.boolean().default(true), 'Whether a person stands behind this entry. An unconfirmed one is never public.'),
  proposal: proposal.optional(),
}
const identified = {
  key: doc(key, 'Name of this entry inside the document.'),
  lineage: doc(lineage.optional(), 'Random UUID kept across revisions. Given by the newsroom where it is left out.'),
}

const wording = z.strictObject({
  text: doc(line, 'As the newsroom words it.'),
  range: doc(textRange.optional(), 'The published words that say so. Without it the entry stays in the newsroom.'),
})

const headcount = doc(z.strictObject({
  min: doc(z.int().min(1).max(LIMITS.number), 'At least so many people.'),
  exact: doc(z.int().min(1).max(LIMITS.number).optional(), 'Exactly so many, if the published words say it.'),
  range: doc(textRange.optional(), 'The words that give the number. Needed where `exact` is given.'),
}), 'How many people stand behind an anonymous source.')

const approval = z.strictObject({
  use: doc(line, 'Which use was approved.'),
  approvedBy: doc(key, 'Who approved (a journalist\'s key).'),
  recordedBy: doc(key.optional(), 'Who wrote the approval down (a journalist\'s key).'),
  at: instant,
  knowsIdentity: doc(z.boolean(), 'Whether the approving editor knows who the source is.'),
})

const anonymous = {
  descriptor: doc(line, 'The words that stand for the source: "a senior Pentagon official".'),
  descriptorRange: doc(textRange.optional(), 'Where the descriptor stands.'),
  headcount,
  reason: doc(wording.optional(), 'Why the source is not named, as published.'),
  basis: doc(wording.optional(), 'How the source knows, as published.'),
  affiliation: doc(wording.extend({ organization: key.optional() }).optional(), 'Which side or body the source belongs to, as published.'),
  motive: doc(wording.optional(), 'What the source stands to gain, as published.'),
  terms: doc(wording.optional(), 'The terms as worded in the story: "on condition of anonymity".'),
  agreed: doc(z.strictObject({
    reason: prose(10_000, 'a reason').optional(),
    grantedBy: key.optional(),
    approvals: list(approval),
  }).optional(), 'As agreed. Newsroom only.'),
}

const sourceBase = { ...identified, heldBy: doc(key.optional(), 'The outlet that vouches for the source instead of us.'), ...confirmable }
export const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('PERSON'), ...sourceBase, person: doc(key, 'Key in `people`.'), title: doc(line.optional(), 'Title as of this story.'), organization: doc(key.optional(), 'Whom the person stands for, as of this story.') }),
  z.strictObject({ kind: z.literal('ORGANIZATION'), ...sourceBase, organization: key, spokesperson: doc(line.optional(), 'The unnamed voice of the organization: "a spokesperson".') }),
  z.strictObject({ kind: z.literal('ANONYMOUS'), ...sourceBase, ...anonymous }),
  z.strictObject({ kind: z.literal('DOCUMENT'), ...sourceBase, document: key }),
  z.strictObject({ kind: z.literal('OUTLET'), ...sourceBase, outlet: key }),
  z.strictObject({ kind: z.literal('GROUP'), ...sourceBase, name: doc(line, 'A crowd that is nobody\'s confidence: "critics", "residents".') }),
])

const moment = z.strictObject({
  earliest: instant,
  latest: doc(instant.optional(), 'Where only a span is known.'),
  range: textRange.optional(),
})

export const attribution = z.strictObject({
  ...identified,
  source: doc(key.optional(), 'Key in `sources`. Left out where the text credits nobody in particular.'),
  speech: z.enum(SPEECHES),
  content: doc(ranges, 'What is credited. More than one range where the words are interrupted.'),
  cue: doc(textRange.optional(), 'The words of attribution: "said".'),
  mention: doc(textRange.optional(), 'The words that name the source here.'),
  mentionForm: z.enum(MENTION_FORMS).optional(),
  addressee: doc(textRange.optional(), 'Whom the source told: "CBS News".'),
  toldTo: doc(keys, 'Outlets told, keys in `outlets`.'),
  negated: doc(z.boolean().default(false), 'True for "did not say".'),
  groundRules: doc(z.strictObject({
    terms: z.enum(GROUND_RULES),
    history: list(z.strictObject({ terms: z.enum(GROUND_RULES), at: instant, note: prose(10_000, 'a note').optional() })),
  }).default({ terms: 'UNSTATED', history: [] }), 'The terms of the conversation. Newsroom only.'),
  parent: doc(key.optional(), 'The attribution inside whose content this one stands.'),
  antecedent: doc(key.optional(), 'The earlier attribution that "they" or "the official" refers back to.'),
  saidAt: doc(moment.optional(), 'When it was said.'),
  occasion: doc(key.optional(), 'At which event, key in `events`.'),
  ...confirmable,
})

export const quote = z.strictObject({
  ...identified,
  attribution: doc(key, 'Key in `attributions`.'),
  ranges: doc(ranges, 'The words between the quotation marks, without the marks.'),
  standing: z.enum(QUOTE_STANDINGS).default('STANDS'),
  translation: doc(z.strictObject({ original: prose(LIMITS.statementText, 'an original'), language, translator: line.optional() }).optional(), 'For a translated quote.'),
  excerptOf: doc(z.strictObject({
    statement: key,
    start: doc(z.int().min(0), 'In the statement\'s latest text, UTF-16.'),
    end: z.int().min(1),
    exact: z.string().min(1).optional(),
  }).optional(), 'The statement that it quotes, and where.'),
  record: doc(z.strictObject({ record: key, segment: z.int().min(0).optional() }).optional(), 'What it can be checked against.'),
  ...confirmable,
})

export const statement = z.strictObject({
  ...identified,
  issuer: doc(key, 'Key in `organizations`.'),
  spokesperson: doc(z.strictObject({ person: key.optional(), descriptor: line.optional() }).optional(), 'Who put it out: a person\'s key, or a descriptor where unnamed.'),
  channel: z.enum(STATEMENT_CHANNELS),
  issuedAt: instant.optional(),
  url: url.optional(),
  texts: doc(list(z.strictObject({ takenAt: instant, text: prose(LIMITS.statementText, 'a statement') }), 100), 'Full text, dated snapshots, oldest first.'),
  release: doc(z.enum(STATEMENT_RELEASES).default('EXCERPT'), 'Whether the full text may be public.'),
  embargoedUntil: instant.optional(),
  attributions: doc(keys, 'The attributions that report it.'),
  ...confirmable,
})

export const requestForComment = z.strictObject({
  ...identified,
  person: key.optional(),
  organization: key.optional(),
  askedBy: doc(key.optional(), 'A journalist\'s key.'),
  attempts: list(z.strictObject({ at: instant, channel: z.enum(CONTACT_CHANNELS), note: prose(10_000, 'a note').optional() }), 200),
  deadline: instant.optional(),
  outcome: z.enum(REQUEST_OUTCOMES),
  outcomeLine: doc(textRange.optional(), 'The words in which the story reports the outcome. All that is public.'),
  answeredBy: doc(z.strictObject({ statement: key.optional(), attribution: key.optional() }).optional(), 'What answered.'),
  ...confirmable,
})

export const outletCredit = z.strictObject({
  ...identified,
  outlet: key,
  mention: doc(textRange, 'The words that name the outlet.'),
  content: doc(z.array(textRange).max(200).default([]), 'What is credited to it.'),
  attribution: key.optional(),
  url: url.optional(),
  publishedAt: instant.optional(),
  ...confirmable,
})

export const claim = z.strictObject({
  ...identified,
  text: doc(prose(10_000, 'a claim'), 'What is asserted, in the newsroom\'s words.'),
  kind: z.enum(CLAIM_KINDS),
  disparages: doc(z.boolean().default(false), 'Whether it speaks ill of its target.'),
  target: doc(z.strictObject({ person: key.optional(), organization: key.optional() }).optional(), 'Whom it is about.'),
  holder: doc(z.strictObject({ person: key.optional(), organization: key.optional(), source: key.optional() }).optional(), 'Whose view it is.'),
  event: key.optional(),
  documents: keys,
  occurrences: z.array(z.strictObject({
    range: textRange,
    attribution: doc(key.optional(), 'Left out where the outlet says it in its own voice.'),
    strength: doc(line.optional(), 'What sets this statement of the claim apart: "considering", "5 p.m. Friday".'),
  })).min(1).max(500),
  ...confirmable,
})

const person = z.strictObject({
  key, name: line, aliases: doc(z.array(line).max(50).default([]), 'Other names in use.'),
  affiliations: list(z.strictObject({ organization: key, title: line, from: z.iso.date().optional(), to: z.iso.date().optional() }), 50),
})
const organization = z.strictObject({ key, name: line, aliases: z.array(line).max(50).default([]) })
const outlet = z.strictObject({ key, name: line, url: url.optional() })
const journalist = z.strictObject({ key, name: line })
const event = z.strictObject({ key, name: line, visibility: z.enum(EVENT_VISIBILITIES), startsAt: instant.optional(), place: line.optional(), range: textRange.optional() })
const sourceDocument = z.strictObject({ key, lineage: lineage.optional(), title: line, publisher: line.optional(), url: url.optional(), publishedAt: instant.optional() })
export const record = z.strictObject({
  ...identified, kind: z.enum(RECORD_KINDS), title: line.optional(), programme: line.optional(), airedAt: instant.optional(), url: url.optional(),
  segments: list(z.strictObject({ speaker: line.optional(), startMs: z.int().min(0).max(LIMITS.number), endMs: z.int().min(0).max(LIMITS.number), text: prose(LIMITS.statementText, 'a segment') }), 10_000),
})
const media = z.strictObject({ key, kind: z.enum(MEDIA_KINDS), uri: url, caption: doc(z.int().min(0).optional(), 'Index of the paragraph that is the caption.'), credit: line.optional(), rights: line.optional() })

export const storyDocument = doc(z.strictObject({
  onrecord: doc(z.literal(DOCUMENT_VERSION), 'Version of this format.'),
  slug: doc(slug, 'The story\'s name in URLs, unique in the newsroom.'),
  desk: doc(line, 'The desk that owns the story.'),
  language: language.default('en'),
  kind: z.enum(REVISION_KINDS).default('WRITE_THROUGH'),
  slugline: line.optional(),
  urgency: doc(z.int().min(1).max(9).optional(), 'IPTC: 1 most urgent, 9 least.'),
  dateline: doc(z.strictObject({ place: line, date: z.iso.date().optional() }).optional(), 'Where and on which day the story was filed.'),
  timeZone: timeZone.optional(),
  editorsNote: doc(prose(10_000, 'an editor\'s note').optional(), 'To editors. Newsroom only; a note to readers is a paragraph.'),
  usageTerms: doc(prose(10_000, 'terms of use').optional(), 'What use of the story is allowed: "Not for use in the Nordic countries." Public.'),
  noteToPartners: doc(prose(10_000, 'a note to partners').optional(), 'To those who take the story under a contract: "Adds the port\'s answer." Not for readers.'),
  storyline: doc(slug.optional(), 'Stories that follow one another share it.'),
  evolvedFrom: doc(slug.optional(), 'The story that this one follows.'),
  translationOf: slug.optional(),
  parent: doc(slug.optional(), 'The live blog that this post belongs to.'),
  bylines: list(z.strictObject({ journalist: key, role: doc(line.optional(), '"contributed reporting"') }), 50),
  providers: doc(z.array(key).max(50).default([]), 'Outlets that provide the story, keys in `outlets`.'),
  topics: list(z.strictObject({ code: doc(z.string().regex(/^medtop:\d{8}$/, 'is not an IPTC Media Topics code such as "medtop:11000000"'), 'IPTC Media Topics.'), name: line }), 50),
  publication: doc(z.strictObject({
    firstPublishedAt: instant,
    publishedAt: doc(instant.optional(), 'Of the current version. The same as the first where left out.'),
    version: doc(z.int().min(1).max(LIMITS.number - 1).default(1), 'Counts publications.'),
    embargoedUntil: instant.optional(),
  }).optional(), 'Given for a published story. Without it the document is a draft.'),
  paragraphs: z.array(z.strictObject({ role: z.enum(PARAGRAPH_ROLES).default('BODY'), text: prose(LIMITS.storyText, 'a story\'s text') }))
    .min(1, 'is empty; a story needs at least one paragraph').max(LIMITS.paragraphs, `holds more than ${LIMITS.paragraphs} paragraphs, the limit of one story`),
  people: list(person), organizations: list(organization), outlets: list(outlet), journalists: list(journalist),
  events: list(event), documents: list(sourceDocument), records: list(record), media: list(media),
  sources: list(source, LIMITS.sources),
  attributions: list(attribution, LIMITS.attributions),
  quotes: list(quote, LIMITS.quotes),
  statements: list(statement), requestsForComment: list(requestForComment), outletCredits: list(outletCredit), claims: list(claim),
}), 'One revision of a story with everything it says about who said what.')

/** Fields that `parseStoryDocument` fills in, so that every later reader can rely on them: lineages, and the exact words of ranges. */
type FilledIn<T, K extends keyof T> = K extends 'lineage' | 'exact' ? (NonNullable<T[K]> extends string ? K : never) : never
type Parsed<T> = T extends (infer U)[] ? readonly Parsed<U>[]
  : T extends object ? { readonly [K in keyof T as K extends FilledIn<T, K> ? never : K]: Parsed<T[K]> } & { readonly [K in keyof T as FilledIn<T, K>]-?: string }
    : T

/** One revision of a story: the value that every part of the system speaks. Immutable; made by `parseStoryDocument`. */
export type StoryDocument = Parsed<z.output<typeof storyDocument>>
/** What an author may write: fields with defaults, lineages and exact words may be left out. */
export type StoryDocumentInput = z.input<typeof storyDocument>

export type TextRange = Parsed<z.output<typeof textRange>>
export type Paragraph = StoryDocument['paragraphs'][number]
export type Source = StoryDocument['sources'][number]
export type AnonymousSource = Extract<Source, { kind: 'ANONYMOUS' }>
export type Attribution = StoryDocument['attributions'][number]
export type Quote = StoryDocument['quotes'][number]
export type OfficialStatement = StoryDocument['statements'][number]
export type RequestForComment = StoryDocument['requestsForComment'][number]
export type OutletCredit = StoryDocument['outletCredits'][number]
export type Claim = StoryDocument['claims'][number]
