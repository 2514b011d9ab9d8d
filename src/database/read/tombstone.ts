import type { Viewer } from '../../access/index.js'
import { statement, type Statement } from '../database.js'

/** A story that was taken from the public, for whoever could have seen it. */
export interface TombstoneRecord {
  readonly slug: string
  readonly state: string
  readonly removedAt: string
  readonly advisory: string | null
  readonly replacedById: string | null
}

const REMOVED = `SELECT s."slug", s."state", s."removedAt", s."advisory", s."replacedById" FROM "Story" AS s
  WHERE (s."slug" = $1::text OR s."id" = $2::uuid) AND s."state" IN ('HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED')`

/** Events of a story that was open to everybody by then. An embargo may end while the story is held, and then opens nothing: the clock alone does not tell. */
const openEvents = (story: string) => `FROM "StoryEvent" AS o WHERE o."storyId" = ${story}."id" AND o."isOpen"`

/** What everybody could have seen (I5, I6). */
const TOMBSTONE = statement('tombstone', `${REMOVED} AND EXISTS (SELECT ${openEvents('s')})`)

interface CouldRead {
  /** An alias of Story. */
  readonly story: string
  readonly partner: string
  /** Whether the partner has a key for embargoed copy. */
  readonly readsEmbargoed: string
  readonly until: string
}

/**
 * Whether a partner could have read a story before an instant, whatever its contract says now: a contract of its own covered a version while
 * that version was published. Whoever took a story is told of its recall, also after the contract has changed or ended. All SQL.
 */
export function couldHaveRead({ story, partner, readsEmbargoed, until }: CouldRead): string {
  return `EXISTS (
    SELECT FROM (
      SELECT r."id", r."desk", r."publishedAt" AS "from", lead(r."publishedAt") OVER (ORDER BY r."number") AS "to" FROM "Revision" AS r WHERE r."storyId" = ${story}."id" AND r."publishedAt" IS NOT NULL
    ) AS v JOIN (
      SELECT c.*, greatest(c."validFrom", c."setAt") AS "from", least(c."validUntil", min(greatest(c."validFrom", c."setAt")) OVER (ORDER BY c."number" ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)) AS "to"
      FROM "PartnerContract" AS c WHERE c."partnerId" = ${partner}
    ) AS c ON (c."allDesks" OR v."desk" = ANY (c."desks"))
      AND (c."allTopics" OR EXISTS (SELECT FROM "RevisionTopic" AS ct JOIN "Topic" AS cc ON cc."id" = ct."topicId" WHERE ct."revisionId" = v."id" AND cc."code" = ANY (c."topics")))
    WHERE greatest(v."from", c."from", CASE WHEN NOT (c."embargoAccess" = 'ADVANCE' AND ${readsEmbargoed}) THEN coalesce((SELECT min(greatest(o."at", o."since")) ${openEvents(story)}), 'infinity') END)
      < least(${until}, v."to", c."to", greatest(v."from", ${story}."openSince", ${story}."embargoedUntil") + make_interval(days => c."archiveDays")))`
}

const TOMBSTONE_OF_PARTNER = statement('tombstone_of_partner', `${REMOVED} AND ${couldHaveRead({ story: 's', partner: '$3::uuid', readsEmbargoed: '$4::boolean', until: 's."removedAt"' })}`)

export type TombstoneRef = { readonly slug: string } | { readonly id: string }

/** The statement that finds a tombstone for a viewer, with its values. */
export function tombstoneOf(viewer: Viewer, ref: TombstoneRef): { readonly statement: Statement; readonly values: readonly unknown[] } {
  const values = 'slug' in ref ? [ref.slug, null] : [null, ref.id]
  if (viewer.kind !== 'PARTNER') return { statement: TOMBSTONE, values }
  return { statement: TOMBSTONE_OF_PARTNER, values: [...values, viewer.id, viewer.readsEmbargoed] }
}
