import type { Entitlement, Partner, Viewer } from '../../access/index.js'
import { statement, type Statement } from '../database.js'
import { Parameters } from './parameters.js'
import type { Given, Scope } from './scope.js'
import { recordSql, type StoryRecord } from './story-record.js'
import { anyOf } from './visibility.js'

export const SHOWING = ['PUBLISHED', 'UPDATED', 'CORRECTED', 'CLARIFIED', 'EMBARGO_LIFTED', 'RESTORED', 'STATEMENT_CHANGED', 'GAINED'] as const
export const REMOVING = ['HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED', 'LOST'] as const

/** One change of a story, as one viewer is told of it. */
export interface ChangeRow {
  readonly storyId: string
  /** Which of the story's changes it is; null for what a changed contract brought or took. */
  readonly ordinal: number | null
  readonly kind: (typeof SHOWING)[number] | (typeof REMOVING)[number]
  readonly slug: string
  readonly version: number
  readonly at: string
  /** When the contract stops covering the story because of its age; null where it does not, and for removals. */
  readonly until: string | null
  /** What the newsroom says of a removal that still stands. */
  readonly advisory: string | null
  readonly replacedById: string | null
  readonly changes: ChangeOfCredits | null
}

/** A story can be removed and come back on one page: only the change that shows it has it. */
export function isShowing({ kind }: ChangeRow): boolean {
  return (SHOWING as readonly string[]).includes(kind)
}

export interface ChangeOfCredits {
  readonly quotes: readonly CreditRow[]
  readonly attributions: readonly CreditRow[]
}

export interface CreditRow {
  readonly kind: 'APPEARED' | 'VANISHED' | 'CHANGED'
  readonly lineage: string
  readonly fields: readonly string[]
  readonly reason: string | null
}

export interface ChangeAnswer {
  readonly rows: readonly ChangeRow[] | null
  readonly stories: readonly StoryRecord[] | null
  /** Whether the place that was given is there. */
  readonly isKnown: boolean
}

/** A place among the changes: which change of which story was read last. Positions are not shown: their gaps could be counted. */
export interface ChangePlace {
  readonly storyId: string
  readonly ordinal: number
}

/** Kinds after which a story is not shown. */
const REMOVALS = `('HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED')`
const SHOWS = (e: string) => `${e}."kind" NOT IN ('HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED', 'EXPUNGED')`
const POSITION = ({ storyId, ordinal }: ChangePlace, parameters: Parameters) =>
  `(SELECT a."seq" FROM "StoryEvent" AS a WHERE a."storyId" = ${parameters.add(storyId, 'uuid')} AND a."ordinal" = ${parameters.add(ordinal, 'int')})`

/** Whether a row of a contract, by its alias, covers a change as it was then. */
const contractCovers = (c: string, e: string) => `(${c}."allDesks" OR ${e}."desk" = ANY (${c}."desks")) AND (${c}."allTopics" OR ${e}."topics" && ${c}."topics")`

/** Whether the contract in force covers a change, by its alias, as it was then. */
function covering({ desks, topics }: Entitlement, parameters: Parameters): (e: string) => string {
  return (e) => [
    ...(desks ? [`${e}."desk" = ANY (${parameters.shared('desks', desks, 'text[]')})`] : []), ...(topics ? [`${e}."topics" && ${parameters.shared('topics', topics, 'text[]')}`] : []), 'true',
  ].join(' AND ')
}

/**
 * What a viewer is told of a change, as SQL over `e` (StoryEvent) and `s` (Story): 'SHOWN', 'GAINED', 'REMOVED', 'LOST' or null. Whatever
 * leads to a story passes the one predicate of the scope at this instant; what is told of a removal, whoever could have seen the story.
 */
function told(viewer: Viewer, scope: Scope, given: Given): string {
  if (viewer.kind === 'STAFF') return `CASE WHEN e."kind" = 'EXPUNGED' THEN NULL WHEN e."kind" IN ${REMOVALS} THEN 'REMOVED' ELSE 'SHOWN' END`
  if (viewer.kind === 'READER') return `CASE WHEN NOT e."isOpen" OR e."kind" = 'EXPUNGED' THEN NULL WHEN e."kind" IN ${REMOVALS} THEN 'REMOVED' WHEN ${scope.visible(given)} THEN 'SHOWN' END`
  return toldToPartner(viewer, scope, given)
}

function toldToPartner(partner: Partner, scope: Scope, given: Given): string {
  const { entitlement, contract } = partner
  const { parameters } = given
  const recalled = recalledFrom(partner, parameters)
  if (!entitlement) return `CASE WHEN e."kind" IN ${REMOVALS} AND ${recalled} THEN 'REMOVED' END`
  const { desks, topics, archiveDays, hasAdvanceAccess } = entitlement
  const advance = parameters.shared('advance', hasAdvanceAccess, 'boolean')
  const covers = covering(entitlement, parameters)
  const before = (condition: string) => anyOf(`FROM "StoryEvent" AS b WHERE b."storyId" = e."storyId" AND b."ordinal" = e."ordinal" - 1 AND ${condition}`)
  const known = `(b."isOpen" OR ${advance}) AND ${SHOWS('b')}`
  const isLimited = desks !== null || topics !== null
  const since = parameters.add(contract.since, 'timestamptz')
  const old = archiveDays === null ? 'false' : `b."since" + make_interval(days => ${parameters.add(archiveDays, 'int')}) <= e."at"`
  return `CASE WHEN e."kind" = 'EXPUNGED' THEN NULL
    WHEN e."kind" IN ${REMOVALS} THEN CASE WHEN ${recalled} THEN 'REMOVED' END
    WHEN NOT (e."isOpen" OR ${advance}) THEN NULL
    WHEN ${covers('e')} THEN CASE WHEN ${scope.visible(given)} THEN ${isLimited ? `CASE WHEN ${before(`${known} AND NOT (${covers('b')})`)} THEN 'GAINED' ELSE 'SHOWN' END` : `'SHOWN'`} END
    ${/* What left the contract's desks or topics. What did before this contract began, the contract itself tells. */ ''}WHEN e."at" >= ${since} AND ${before(`${known} AND ${covers('b')} AND NOT (${old})`)} THEN 'LOST' END`
}

/**
 * Whether the partner could have seen the story of a removal `e` before it, whatever its contract says now: a contract of its own was in
 * force while a version that it covers was there to be seen. Whoever took a story is told of its recall.
 */
function recalledFrom({ id, readsEmbargoed }: Partner, parameters: Parameters): string {
  return `EXISTS (
      SELECT FROM "StoryEvent" AS f JOIN "StoryEvent" AS n ON n."storyId" = f."storyId" AND n."ordinal" = f."ordinal" + 1 JOIN (
        SELECT k.*, greatest(k."validFrom", k."setAt") AS "from", least(k."validUntil", min(greatest(k."validFrom", k."setAt")) OVER (ORDER BY k."number" ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)) AS "to"
        FROM "PartnerContract" AS k WHERE k."partnerId" = ${parameters.shared('partner', id, 'uuid')}
      ) AS c ON ${contractCovers('c', 'f')}
      WHERE f."storyId" = e."storyId" AND f."ordinal" < e."ordinal" AND ${SHOWS('f')} AND (f."isOpen" OR (c."embargoAccess" = 'ADVANCE' AND ${parameters.shared('readsEmbargoed', readsEmbargoed, 'boolean')}))
        AND greatest(f."at", c."from") <= least(greatest(n."at", f."at"), c."to", f."since" + make_interval(days => c."archiveDays")))`
}

/** When a contract of limited depth stops covering the story behind `s`; not known yet under an embargo without an end. */
function untilSql(viewer: Viewer, parameters: Parameters): string {
  const days = viewer.kind === 'PARTNER' ? viewer.entitlement?.archiveDays ?? null : null
  if (days === null) return 'NULL'
  return `CASE WHEN NOT s."embargoIsOpen" THEN ${instant(`greatest(s."publishedAt", s."openSince", s."embargoedUntil") + make_interval(days => ${parameters.add(days, 'int')})`)} END`
}

const instant = (sql: string) => `to_char((${sql}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

interface Reading {
  readonly viewer: Viewer
  readonly scope: Scope
  readonly now: Date
  readonly limit: number
  /** Whether the stories come along. */
  readonly withStories: boolean
}
interface Made { readonly statement: Statement; readonly values: unknown[] }

/** The one SQL statement of a page of changes after a place, in the order of commits; from the first one where there is no place. */
export function changesAfter(place: ChangePlace | undefined, { viewer, scope, now, limit, withStories }: Reading): Made {
  const parameters = new Parameters()
  const clock = parameters.once(now, 'timestamptz')
  const given = { now: clock, parameters }
  const position = place && POSITION(place, parameters)
  const page = `SELECT e."seq" AS place, e."storyId", e."ordinal", CASE WHEN t.told IN ('GAINED', 'LOST') THEN t.told ELSE e."kind"::text END AS kind, t.told IN ('SHOWN', 'GAINED') AS shown, s."slug", e."version", e."at", e."changes",
      CASE WHEN t.told IN ('SHOWN', 'GAINED') THEN ${untilSql(viewer, parameters)} END AS until,
      CASE WHEN s."state"::text = e."kind"::text THEN s."advisory" END AS advisory, CASE WHEN s."state"::text = e."kind"::text THEN s."replacedById" END AS "replacedById"
    FROM "StoryEvent" AS e JOIN "Story" AS s ON s."id" = e."storyId" CROSS JOIN LATERAL (SELECT ${told(viewer, scope, given)} AS told) AS t
    WHERE ${position ? `e."seq" > ${position} AND ` : ''}t.told IS NOT NULL ORDER BY e."seq" LIMIT ${parameters.add(limit + 1, 'int')}`
  return answering('changes', page, position ? `${position} IS NOT NULL` : 'true', { scope, given, parameters, withStories })
}

/** What a partner's store may hold: as told under contracts of its own, by number, up to a place. */
export interface Held {
  readonly contracts: readonly number[]
  readonly place: ChangePlace
  /** The story up to which it was put right already, in the order of ids. */
  readonly from: string | undefined
}

/**
 * The one SQL statement of a page of what a partner gained and lost by a changed contract, by the stories' ids: what its store may hold
 * at the place and the contract in force does not give any more, and what that gives and the store lacks. A story that was taken away
 * since is told by its removal. Afterwards the store has what was told up to the place under the contract in force, and no more: what
 * makes a story visible after the place is told there, or a contract that changes once more would not find it. Where the archive's depth
 * changed, every story is told again, with its new end.
 */
export function changesOfContract({ contracts, place, from }: Held, { viewer, scope, now, limit, withStories }: Reading & { readonly viewer: Partner }): Made {
  const parameters = new Parameters()
  const clock = parameters.once(now, 'timestamptz')
  const given = { now: clock, parameters }
  const position = POSITION(place, parameters)
  const embargoed = parameters.add(viewer.readsEmbargoed, 'boolean')
  const days = parameters.add(viewer.entitlement?.archiveDays ?? null, 'int')
  const held = (more = '') => `(SELECT count(*) FROM held AS c WHERE ${SHOWS('l')} AND (l."isOpen" OR (c."embargoAccess" = 'ADVANCE' AND ${embargoed})) AND ${contractCovers('c', 'l')}${more})`
  const at = parameters.add(viewer.contract.since ?? now, 'timestamptz')
  const { entitlement } = viewer
  const isGiven = entitlement ? `${SHOWS('l')} AND (l."isOpen" OR ${parameters.shared('advance', entitlement.hasAdvanceAccess, 'boolean')}) AND ${covering(entitlement, parameters)('l')} AND ${scope.visible(given)}` : 'false'
  const page = `SELECT s."id" AS place, s."id" AS "storyId", NULL::int AS ordinal, CASE WHEN t.told THEN 'GAINED' ELSE 'LOST' END AS kind, t.told AS shown, s."slug", s."version", ${at} AS at, NULL::json AS changes,
      CASE WHEN t.told THEN ${untilSql(viewer, parameters)} END AS until, NULL::text AS advisory, NULL::uuid AS "replacedById"
    FROM "Story" AS s CROSS JOIN LATERAL (SELECT x.* FROM "StoryEvent" AS x WHERE x."storyId" = s."id" AND x."seq" <= ${position} ORDER BY x."ordinal" DESC LIMIT 1) AS l
    CROSS JOIN LATERAL (SELECT CASE WHEN ${isGiven} THEN CASE WHEN ${held(` AND c."archiveDays" IS NOT DISTINCT FROM ${days}`)} < ${parameters.add(contracts.length, 'int')} THEN true END
      WHEN s."state" = 'PUBLISHED' AND ${held()} > 0 THEN false END AS told) AS t
    WHERE ${from === undefined ? '' : `s."id" > ${parameters.add(from, 'uuid')} AND `}t.told IS NOT NULL ORDER BY s."id" LIMIT ${parameters.add(limit + 1, 'int')}`
  const contractsHeld = `held AS MATERIALIZED (SELECT c.* FROM "PartnerContract" AS c WHERE c."partnerId" = ${parameters.add(viewer.id, 'uuid')} AND c."number" = ANY (${parameters.add(contracts, 'int[]')}))`
  return answering('changes_of_contract', page, `${position} IS NOT NULL`, { scope, given, parameters, withStories }, contractsHeld)
}

interface Answering { readonly scope: Scope; readonly given: Given; readonly parameters: Parameters; readonly withStories: boolean }

function answering(label: string, page: string, isKnown: string, { scope, given, parameters, withStories }: Answering, before?: string): Made {
  const view = { scope, visible: (of: Scope, alias?: string) => of.visible(given, alias), now: given.now }
  const stories = withStories ? `(SELECT json_agg(${recordSql(view)}) FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s.${scope.revision} WHERE s."id" IN (SELECT page."storyId" FROM page WHERE page.shown))` : 'NULL::json'
  const text = `WITH ${before ? `${before}, ` : ''}page AS MATERIALIZED (${page})
  SELECT (SELECT json_agg(json_build_object('storyId', page."storyId", 'ordinal', page.ordinal, 'kind', page.kind, 'slug', page."slug", 'version', page."version", 'at', ${instant('page.at')}, 'until', page.until,
      'advisory', page.advisory, 'replacedById', page."replacedById", 'changes', page.changes) ORDER BY page.place) FROM page) AS rows, ${stories} AS stories, ${isKnown} AS "isKnown"`
  return { statement: statement(label, text), values: parameters.values }
}
