-- CreateEnum
CREATE TYPE "ApprovalChannel" AS ENUM ('IN_PERSON', 'PHONE', 'EMAIL', 'TEXT_MESSAGE');

-- CreateTable
CREATE TABLE "RecordedAgreement" (
    "id" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "source" UUID NOT NULL,
    "terms" "GroundRules" NOT NULL,
    "reason" TEXT NOT NULL,
    "grantedBy" TEXT NOT NULL,
    "grantedByName" TEXT NOT NULL,
    "agreedAt" TIMESTAMPTZ(3) NOT NULL,
    "editorKnowsIdentity" BOOLEAN NOT NULL,
    "heldOffSystem" BOOLEAN NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "role" "StaffRole" NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "RecordedAgreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordedGroundRules" (
    "id" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "source" UUID NOT NULL,
    "attributions" UUID[],
    "terms" "GroundRules" NOT NULL,
    "note" TEXT,
    "agreedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "role" "StaffRole" NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "RecordedGroundRules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordedApproval" (
    "id" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "source" UUID NOT NULL,
    "use" TEXT NOT NULL,
    "attributions" UUID[],
    "present" UUID[],
    "approvedBy" TEXT NOT NULL,
    "approvedByName" TEXT NOT NULL,
    "channel" "ApprovalChannel" NOT NULL,
    "knowsIdentity" BOOLEAN NOT NULL,
    "approvedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedByKey" TEXT,
    "role" "StaffRole" NOT NULL,
    "revision" INTEGER NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "revokedBy" TEXT,
    "revokedInRevision" INTEGER,

    CONSTRAINT "RecordedApproval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SourceChange" (
    "id" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "source" UUID NOT NULL,
    "attributions" UUID[],
    "due" DATE,
    "recordedOn" DATE NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "SourceChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RecordedAgreement_storyId_idx" ON "RecordedAgreement"("storyId");

-- CreateIndex
CREATE INDEX "RecordedGroundRules_storyId_idx" ON "RecordedGroundRules"("storyId");

-- CreateIndex
CREATE INDEX "RecordedApproval_storyId_idx" ON "RecordedApproval"("storyId");

-- CreateIndex
CREATE INDEX "RecordedApproval_approvedAt_id_idx" ON "RecordedApproval"("approvedAt" DESC, "id");

-- CreateIndex
CREATE INDEX "RecordedApproval_approvedBy_approvedAt_id_idx" ON "RecordedApproval"("approvedBy", "approvedAt" DESC, "id");

-- CreateIndex
CREATE INDEX "SourceChange_storyId_idx" ON "SourceChange"("storyId");

-- AddForeignKey
ALTER TABLE "RecordedAgreement" ADD CONSTRAINT "RecordedAgreement_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordedGroundRules" ADD CONSTRAINT "RecordedGroundRules_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordedApproval" ADD CONSTRAINT "RecordedApproval_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceChange" ADD CONSTRAINT "SourceChange_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was agreed and approved is answered for years later: a row is never rewritten and never deleted. Two things may happen to it: it
-- is revoked, once, and its words go where the words of its story are expunged. The first argument names the columns of words, the
-- second those of the revocation.
CREATE FUNCTION "refuse_rewriting"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  words text[] := TG_ARGV[0]::text[];
  revocation text[] := TG_ARGV[1]::text[];
  old_row jsonb := to_jsonb(OLD);
  new_row jsonb;
  field text;
  refused boolean := TG_OP = 'DELETE';
BEGIN
  IF NOT refused THEN
    new_row := to_jsonb(NEW);
    refused := (old_row - words - revocation) IS DISTINCT FROM (new_row - words - revocation);
    FOREACH field IN ARRAY words LOOP
      refused := refused OR ((old_row -> field) IS DISTINCT FROM (new_row -> field) AND coalesce(new_row ->> field, '') <> '');
    END LOOP;
    FOREACH field IN ARRAY revocation LOOP
      refused := refused OR ((old_row -> field) IS DISTINCT FROM (new_row -> field) AND (old_row ->> field) IS NOT NULL);
    END LOOP;
  END IF;
  IF refused THEN
    RAISE EXCEPTION '% % is on file and cannot change', TG_TABLE_NAME, OLD."id" USING ERRCODE = 'ONR02', CONSTRAINT = TG_TABLE_NAME || '_kept', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "RecordedAgreement_kept" BEFORE UPDATE OR DELETE ON "RecordedAgreement" FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting"('{reason}', '{}');
CREATE TRIGGER "RecordedGroundRules_kept" BEFORE UPDATE OR DELETE ON "RecordedGroundRules" FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting"('{note}', '{}');
CREATE TRIGGER "RecordedApproval_kept" BEFORE UPDATE OR DELETE ON "RecordedApproval" FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting"('{use}', '{revokedAt,revokedBy,revokedInRevision}');
CREATE TRIGGER "SourceChange_kept" BEFORE UPDATE OR DELETE ON "SourceChange" FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting"('{}', '{}');

-- They change what the checks tell of a story.
CREATE TRIGGER "RecordedAgreement_changed" AFTER INSERT ON "RecordedAgreement" FOR EACH ROW EXECUTE FUNCTION "tell_revision_changed"();
CREATE TRIGGER "RecordedGroundRules_changed" AFTER INSERT ON "RecordedGroundRules" FOR EACH ROW EXECUTE FUNCTION "tell_revision_changed"();
CREATE TRIGGER "RecordedApproval_changed" AFTER INSERT OR UPDATE ON "RecordedApproval" FOR EACH ROW EXECUTE FUNCTION "tell_revision_changed"();
CREATE TRIGGER "SourceChange_changed" AFTER INSERT ON "SourceChange" FOR EACH ROW EXECUTE FUNCTION "tell_revision_changed"();

ALTER TABLE "RecordedApproval" ADD CONSTRAINT "RecordedApproval_revoked_check" CHECK (("revokedAt" IS NULL) = ("revokedBy" IS NULL) AND ("revokedAt" IS NULL) = ("revokedInRevision" IS NULL));
