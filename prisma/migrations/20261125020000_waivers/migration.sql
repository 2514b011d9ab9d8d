-- CreateEnum
CREATE TYPE "WaiverReason" AS ENUM ('EDITOR_VERIFIED', 'SAFETY_OF_SOURCE', 'LEGAL_ADVICE', 'PUBLIC_INTEREST', 'TERM_OF_ART', 'RECORD_UNAVAILABLE', 'FALSE_ALARM', 'TIME_CRITICAL');

-- AlterTable
ALTER TABLE "Story" ADD COLUMN     "scheduledRevisionId" UUID;

-- AlterTable
ALTER TABLE "StaffToken" ADD COLUMN     "journalist" TEXT;

-- CreateTable
CREATE TABLE "Waiver" (
    "id" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "exact" TEXT NOT NULL,
    "isOfStory" BOOLEAN NOT NULL,
    "reason" "WaiverReason" NOT NULL,
    "note" TEXT,
    "by" TEXT NOT NULL,
    "byJournalist" TEXT,
    "role" "StaffRole" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "revokedBy" TEXT,

    CONSTRAINT "Waiver_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Waiver_storyId_idx" ON "Waiver"("storyId");

-- CreateIndex
CREATE UNIQUE INDEX "Story_scheduledRevisionId_key" ON "Story"("scheduledRevisionId");

-- AddForeignKey
ALTER TABLE "Story" ADD CONSTRAINT "Story_scheduledRevisionId_fkey" FOREIGN KEY ("scheduledRevisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Waiver" ADD CONSTRAINT "Waiver_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A waiver changes what is told of a story too.
CREATE TRIGGER "Waiver_changed" AFTER INSERT OR UPDATE ON "Waiver" FOR EACH ROW EXECUTE FUNCTION "tell_revision_changed"();
