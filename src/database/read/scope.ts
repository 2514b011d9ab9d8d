import type { Entitlement, Partner, Viewer } from '../../access/index.js'
import type { Parameters } from './parameters.js'

/** What a condition is compared with, in the statement that it becomes part of. */
export interface Given {
  /** The placeholder of the request's instant. */
  readonly now: () => string
  readonly parameters: Parameters
}

/**
 * What a viewer may see of the stories, as SQL over the aliases `s` (Story) and `r` (its revision for this viewer).
 * Every statement of the read path is built from it; publication, embargo and entitlement are decided here and nowhere else (I5, I6).
 */
export interface Scope {
  /** Part of prepared statements' identity and of caches' and cursors' keys. */
  readonly name: 'PUBLIC' | 'PARTNER' | 'NEWSROOM'
  /** Whether what only the newsroom knows is read. Everybody else reads the public form. */
  readonly isNewsroom: boolean
  /** The limits of this viewer's contract: at one instant, viewers with the same ones see the same. */
  readonly limits?: Entitlement | undefined
  /** The column of Story that leads to the revision this viewer reads. */
  readonly revision: '"publicRevisionId"' | '"currentRevisionId"'
  /** The column of Revision with the document this viewer reads. */
  readonly document: '"publicDocument"' | '"document"'
  /** Condition on the story behind an alias. */
  visible(given: Given, alias?: string): string
  /** Condition on a row of a revision, by its alias. */
  row(alias: string): string
}

const PUBLIC: Scope = {
  name: 'PUBLIC',
  isNewsroom: false,
  revision: '"publicRevisionId"',
  document: '"publicDocument"',
  visible: ({ now }, alias = 's') => `${alias}."state" = 'PUBLISHED' AND (${alias}."embargoedUntil" IS NULL OR ${alias}."embargoedUntil" <= ${now()})`,
  row: (alias) => `${alias}."isPublic"`,
}

const NEWSROOM: Scope = {
  name: 'NEWSROOM',
  isNewsroom: true,
  revision: '"currentRevisionId"',
  document: '"document"',
  visible: () => 'true',
  row: () => 'true',
}

/** No contract is in force: no story has one of no desks. */
const NOTHING: Entitlement = { desks: [], topics: null, archiveDays: null, hasAdvanceAccess: false }

/**
 * What a partner may republish, which can be less than what everybody may read: of the published stories those whose public revision the
 * contract covers by desk and by topic, whose current version came out within its archive depth, and which are under no embargo, unless
 * the contract gives access in advance. A story's age counts from when everybody could read that version, so that a correction of an old
 * story comes through. What differs between partners are values alone: there are two texts, with and without limits on desk and topic.
 */
function partnerScope({ entitlement }: Partner): Scope {
  const limits = entitlement ?? NOTHING
  const { desks, topics, archiveDays, hasAdvanceAccess } = limits
  return {
    ...PUBLIC,
    name: 'PARTNER',
    limits,
    visible: (given, alias = 's') => {
      const { parameters } = given
      const placeholders = { advance: parameters.shared('advance', hasAdvanceAccess, 'boolean'), since: daysBefore(given.now(), parameters.shared('archiveDays', archiveDays, 'int')) }
      if (!desks && !topics) return covered(alias, given.now(), placeholders)
      return covered(alias, given.now(), { ...placeholders, only: { desks: parameters.shared('desks', desks, 'text[]'), topics: parameters.shared('topics', topics, 'text[]') } })
    },
  }
}

const daysBefore = (instant: string, days: string) => `(${instant} - make_interval(days => ${days}))`

/** The limits of a contract, as SQL. */
interface Limits {
  readonly advance: string
  readonly since: string
  /** Desks and topics; each may be null. */
  readonly only?: { readonly desks: string; readonly topics: string }
}

function covered(alias: string, now: string, { advance, since, only }: Limits): string {
  const published = `${alias}."state" = 'PUBLISHED' AND (${alias}."embargoedUntil" IS NULL OR ${alias}."embargoedUntil" <= ${now} OR ${advance})`
  const within = `(${since} IS NULL OR greatest(${alias}."publishedAt", ${alias}."openSince", ${alias}."embargoedUntil") > ${since})`
  if (!only) return `${published} AND ${within}`
  return `${published} AND ${within} AND EXISTS (SELECT FROM "Revision" AS cr WHERE cr."id" = ${alias}."publicRevisionId" AND (${only.desks} IS NULL OR cr."desk" = ANY (${only.desks}))
        AND (${only.topics} IS NULL OR EXISTS (SELECT FROM "RevisionTopic" AS ct JOIN "Topic" AS cc ON cc."id" = ct."topicId" WHERE ct."revisionId" = cr."id" AND cc."code" = ANY (${only.topics}))))`
}

/**
 * The same predicate where no key asks: whether the contract that a partner has now covers a story as it is now. Of the contracts that have
 * begun, the last one holds. All three are SQL: an alias of Story, a partner's id, an instant.
 */
export function coveredNow({ story, partner, now }: { readonly story: string; readonly partner: string; readonly now: string }): string {
  const limits = {
    advance: `c."embargoAccess" = 'ADVANCE'`, since: daysBefore(now, 'c."archiveDays"'),
    only: { desks: `(CASE WHEN NOT c."allDesks" THEN c."desks" END)`, topics: `(CASE WHEN NOT c."allTopics" THEN c."topics" END)` },
  }
  return `EXISTS (SELECT FROM (SELECT l.* FROM "PartnerContract" AS l WHERE l."partnerId" = ${partner} AND l."validFrom" <= ${now} ORDER BY l."number" DESC LIMIT 1) AS c
      WHERE (c."validUntil" IS NULL OR c."validUntil" > ${now}) AND ${covered(story, now, limits)})`
}

/** What a viewer may see at an instant. */
export function scopeOf(viewer: Viewer): Scope {
  if (viewer.kind === 'STAFF') return NEWSROOM
  return viewer.kind === 'PARTNER' ? partnerScope(viewer) : PUBLIC
}
