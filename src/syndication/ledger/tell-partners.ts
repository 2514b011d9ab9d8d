import { coveredNow, couldHaveRead } from '../../database/read/index.js'
import { statement, type Queries } from '../../database/index.js'
import { NOTICES, REMOVALS } from './events.js'

/** What is older is no news: whoever wants it reads the change feed. */
const NEWS = "interval '3 days'"

const GETS_EMBARGOED = `(EXISTS (SELECT FROM "PartnerKey" AS pk WHERE pk."partnerId" = p."id" AND 'EMBARGOED' = ANY (pk."scopes")) OR EXISTS (SELECT FROM "WebhookEndpoint" AS pw WHERE pw."partnerId" = p."id"))`

/**
 * Notices for whoever took any version, or could have since it came out (I9), and deliveries for endpoints: of those, and of whatever the
 * partner's contract covers as the story is now. That a story was held is over once it is restored.
 */
const TELL = statement('tell_partners', `
  WITH told AS MATERIALIZED (SELECT e.* FROM "StoryEvent" AS e WHERE e."seq" = ANY ($1::bigint[])),
  noticed AS (
    INSERT INTO "Notice" ("id", "partnerId", "storyId", "ordinal", "kind", "version", "at", "isEmbargoed")
    SELECT "notice_id"(p."id", t."storyId", t."ordinal"), p."id", t."storyId", t."ordinal", t."kind", t."version", t."at", NOT t."isOpen"
    FROM told AS t JOIN "Story" AS s ON s."id" = t."storyId" CROSS JOIN "Partner" AS p
    WHERE t."kind"::text IN (${NOTICES}) AND (EXISTS (SELECT FROM "StoryTaking" AS k WHERE k."storyId" = s."id" AND k."partnerId" = p."id") OR ${couldHaveRead({ story: 's', partner: 'p."id"', readsEmbargoed: GETS_EMBARGOED, until: 't."at"' })})
    ON CONFLICT ("id") DO NOTHING RETURNING "id", "partnerId", "storyId", "ordinal"
  ), lifted AS (
    UPDATE "Notice" AS n SET "liftedAt" = t."at" FROM told AS t WHERE t."kind" = 'RESTORED' AND n."storyId" = t."storyId" AND n."kind" IN ('HELD', 'UNPUBLISHED') AND n."acknowledgedAt" IS NULL AND n."liftedAt" IS NULL
  )
  INSERT INTO "WebhookDelivery" ("id", "endpointId", "storyId", "ordinal", "kind", "version", "at", "state", "attempts", "nextAttemptAt", "since", "noticeId")
  SELECT md5(concat_ws(':', e."id", t."storyId", t."ordinal"))::uuid, e."id", t."storyId", t."ordinal", t."kind", t."version", t."at",
    CASE WHEN e."state" = 'ACTIVE' THEN 'WAITING' ELSE 'UNDELIVERABLE' END::"WebhookDeliveryState", 0, $2::timestamptz, $2::timestamptz, n."id"
  FROM told AS t JOIN "Story" AS s ON s."id" = t."storyId" JOIN "WebhookEndpoint" AS e ON e."state" <> 'REMOVED' AND t."kind" = ANY (e."events")
    LEFT JOIN noticed AS n ON n."partnerId" = e."partnerId" AND n."storyId" = t."storyId" AND n."ordinal" = t."ordinal"
  WHERE t."at" > $2::timestamptz - ${NEWS} AND (n."id" IS NOT NULL OR t."kind"::text NOT IN (${REMOVALS}) AND ${coveredNow({ story: 's', partner: 'e."partnerId"', now: '$2::timestamptz' })})
  ON CONFLICT ("id") DO NOTHING`)

/**
 * Says to partners what happened to stories, in one SQL statement and in the transaction of the change: whatever is told later rests on
 * these rows.
 *
 * @param seqs numbers of rows of StoryEvent, written in this transaction
 */
export async function tellPartners(queries: Queries, seqs: readonly string[], now: Date): Promise<void> {
  if (seqs.length > 0) await queries.query(TELL, [seqs, now])
}
