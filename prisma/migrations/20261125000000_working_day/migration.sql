-- CreateEnum
CREATE TYPE "ExpungeReason" AS ENUM ('COURT_ORDER', 'CONSENT_WITHDRAWN', 'LEGAL_OBLIGATION', 'SAFETY');

-- CreateEnum
CREATE TYPE "EmbargoLiftReason" AS ENUM ('AGREED', 'BROKEN');

-- AlterTable
ALTER TABLE "Revision" ADD COLUMN     "expungeReason" "ExpungeReason",
ADD COLUMN     "expungedAt" TIMESTAMPTZ(3),
ADD COLUMN     "expungedBy" TEXT;

-- CreateTable
CREATE TABLE "EmbargoLift" (
    "id" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "reason" "EmbargoLiftReason" NOT NULL,
    "outlet" TEXT,
    "url" TEXT,
    "until" TIMESTAMPTZ(3),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "EmbargoLift_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "EmbargoLift_storyId_at_idx" ON "EmbargoLift"("storyId", "at");

-- AddForeignKey
ALTER TABLE "EmbargoLift" ADD CONSTRAINT "EmbargoLift_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- I2 has one exception: words that must not exist any more. The revision's row stays, with its hash and the reason, and with nothing else.
CREATE OR REPLACE FUNCTION "refuse_published_revision"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."publishedAt" IS NOT NULL AND NOT (
    TG_OP = 'UPDATE' AND OLD."expungedAt" IS NULL AND NEW."expungedAt" IS NOT NULL AND NEW."expungeReason" IS NOT NULL
    AND (NEW."id", NEW."storyId", NEW."number", NEW."documentHash", NEW."createdAt", NEW."publishedAt") = (OLD."id", OLD."storyId", OLD."number", OLD."documentHash", OLD."createdAt", OLD."publishedAt")
  ) THEN
    RAISE EXCEPTION 'revision % is published and cannot change; save a new revision', OLD."id"
      USING ERRCODE = 'ONR02', CONSTRAINT = 'Revision_frozen', TABLE = 'Revision';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;

CREATE OR REPLACE FUNCTION "refuse_rows_of_published_revision"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  frozen uuid;
BEGIN
  SELECT r."id" INTO frozen FROM "Revision" AS r
  WHERE r."publishedAt" IS NOT NULL AND (r."expungedAt" IS NULL OR TG_OP <> 'DELETE') AND r."id" IN (SELECT c."revisionId" FROM changed AS c)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'revision % is published and cannot change; save a new revision', frozen
      USING ERRCODE = 'ONR02', CONSTRAINT = 'Revision_frozen', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END
$$;

-- A function keeps the plan that was best when the tables were small; where nothing analyzes them, as in an embedded database, it would
-- read whole tables for ever, and every import would be slower than the one before.
ALTER FUNCTION "refuse_wrong_ranges"() SET enable_seqscan = off;
ALTER FUNCTION "refuse_text_under_ranges"() SET enable_seqscan = off;
ALTER FUNCTION "refuse_rows_of_published_revision"() SET enable_seqscan = off;

-- Every node hears which story changed, at the commit of the change; one notice for a story and a transaction. It says nothing else.
CREATE FUNCTION "tell_story_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('onrecord_story', NEW."id"::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER "Story_changed" AFTER INSERT OR UPDATE ON "Story" FOR EACH ROW EXECUTE FUNCTION "tell_story_changed"();

CREATE FUNCTION "tell_revision_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('onrecord_story', NEW."storyId"::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER "Revision_changed" AFTER UPDATE ON "Revision" FOR EACH ROW EXECUTE FUNCTION "tell_revision_changed"();
