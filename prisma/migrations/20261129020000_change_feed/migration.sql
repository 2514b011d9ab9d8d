-- AlterEnum
ALTER TYPE "StoryEventKind" ADD VALUE 'STATEMENT_CHANGED';

-- DropIndex
DROP INDEX "StoryEvent_storyId_seq_idx";

-- AlterTable
ALTER TABLE "Story" ADD COLUMN     "openSince" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "StoryEvent" ADD COLUMN     "changes" JSON,
ADD COLUMN     "desk" TEXT,
ADD COLUMN     "isOpen" BOOLEAN,
ADD COLUMN     "ordinal" INTEGER,
ADD COLUMN     "since" TIMESTAMPTZ(3),
ADD COLUMN     "topics" TEXT[];

-- A story that was published before there were events gets those that whoever begins to follow must know of, in the order in which they happened.
INSERT INTO "StoryEvent" ("storyId", "kind", "version", "at")
SELECT m."id", m.kind, m."version", m.at FROM (
  SELECT s."id", 'PUBLISHED'::"StoryEventKind" AS kind, s."version", coalesce(s."publishedAt", s."firstPublishedAt") AS at, 1 AS step FROM "Story" AS s
  UNION ALL SELECT s."id", s."state"::text::"StoryEventKind", s."version", coalesce(s."removedAt", s."publishedAt", s."firstPublishedAt"), 2 FROM "Story" AS s WHERE s."state" IN ('HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED')
) AS m JOIN "Story" AS s ON s."id" = m."id"
WHERE s."publicRevisionId" IS NOT NULL AND s."firstPublishedAt" IS NOT NULL AND NOT EXISTS (SELECT FROM "StoryEvent" AS e WHERE e."storyId" = s."id")
ORDER BY m.at, m."id", m.step;

-- The end of an embargo was forgotten once it was recorded.
UPDATE "Story" AS s SET "openSince" = l.at
FROM (SELECT e."storyId", max(e."at") AS at FROM "StoryEvent" AS e WHERE e."kind" = 'EMBARGO_LIFTED' GROUP BY 1) AS l
WHERE l."storyId" = s."id" AND (s."embargoedUntil" IS NULL OR s."embargoedUntil" <= l.at);

-- What the events say of their moment, as far as it can be told from what is there.
WITH published AS (
  SELECT r."id", r."storyId", r."desk", s."version" - row_number() OVER (PARTITION BY r."storyId" ORDER BY r."number" DESC) + 1 AS version
  FROM "Revision" AS r JOIN "Story" AS s ON s."id" = r."storyId" WHERE r."publishedAt" IS NOT NULL
), told AS (
  SELECT e."seq", e."storyId", e."version", e."at", s."publicRevisionId", s."currentRevisionId", s."embargoedUntil",
    e."kind" IN ('PUBLISHED', 'UPDATED', 'CORRECTED', 'CLARIFIED', 'RESTORED', 'EMBARGO_LIFTED') AS is_content, e."kind" = 'EMBARGO_LIFTED' AS is_lift,
    count(*) OVER (PARTITION BY e."storyId" ORDER BY e."seq") AS ordinal,
    count(*) FILTER (WHERE e."kind" = 'EMBARGO_LIFTED') OVER (PARTITION BY e."storyId" ORDER BY e."seq" ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS lifts_to_come,
    max(e."at") FILTER (WHERE e."kind" IN ('PUBLISHED', 'UPDATED', 'CORRECTED', 'CLARIFIED', 'EMBARGO_LIFTED')) OVER (PARTITION BY e."storyId" ORDER BY e."seq") AS newest
  FROM "StoryEvent" AS e JOIN "Story" AS s ON s."id" = e."storyId"
), known AS (
  SELECT t.*, coalesce(p."id", t."publicRevisionId", t."currentRevisionId") AS revision,
    bool_or(t.is_content AND (t.is_lift OR (t.lifts_to_come = 0 AND (t."embargoedUntil" IS NULL OR t."embargoedUntil" <= greatest(t."at", now()))))) OVER (PARTITION BY t."storyId" ORDER BY t."seq") AS is_open
  FROM told AS t LEFT JOIN published AS p ON p."storyId" = t."storyId" AND p.version = t."version"
)
UPDATE "StoryEvent" AS e SET "ordinal" = k.ordinal, "isOpen" = k.is_open, "since" = greatest(coalesce(k.newest, k."at"), CASE WHEN NOT k.is_open THEN k."embargoedUntil" END), "desk" = r."desk",
  "topics" = ARRAY(SELECT c."code" FROM "RevisionTopic" AS t JOIN "Topic" AS c ON c."id" = t."topicId" WHERE t."revisionId" = r."id" ORDER BY 1)
FROM known AS k JOIN "Revision" AS r ON r."id" = k.revision WHERE e."seq" = k."seq";

-- AlterTable
ALTER TABLE "StoryEvent" ALTER COLUMN "ordinal" SET NOT NULL,
ALTER COLUMN "isOpen" SET NOT NULL,
ALTER COLUMN "since" SET NOT NULL,
ALTER COLUMN "desk" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "StoryEvent_storyId_ordinal_key" ON "StoryEvent"("storyId", "ordinal");

-- CreateIndex
CREATE INDEX "StatementCitation_embargoedUntil_idx" ON "StatementCitation"("embargoedUntil");

-- What was told stays told.
CREATE FUNCTION "refuse_event_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the change feed is append-only: % of "%" is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'ONR02', CONSTRAINT = 'StoryEvent_append_only', TABLE = 'StoryEvent';
END
$$;
CREATE TRIGGER "StoryEvent_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "StoryEvent" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_event_change"();

-- Whoever follows hears at the commit that there is something; what it is, they read for themselves.
CREATE FUNCTION "tell_event_appended"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('onrecord_change', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER "StoryEvent_appended" AFTER INSERT ON "StoryEvent" FOR EACH STATEMENT EXECUTE FUNCTION "tell_event_appended"();
