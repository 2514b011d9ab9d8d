-- CreateEnum
CREATE TYPE "StoryEventKind" AS ENUM ('PUBLISHED', 'UPDATED', 'CORRECTED', 'CLARIFIED', 'EMBARGO_LIFTED', 'HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED', 'RESTORED', 'EXPUNGED');

-- CreateEnum
CREATE TYPE "CorrectionKind" AS ENUM ('CORRECTION', 'CLARIFICATION');

-- AlterTable
ALTER TABLE "Story" ADD COLUMN     "advisory" TEXT,
ADD COLUMN     "embargoIsOpen" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "embargoSetBy" TEXT,
ADD COLUMN     "embargoTerms" TEXT,
ADD COLUMN     "removalReason" TEXT,
ADD COLUMN     "removedAt" TIMESTAMPTZ(3),
ADD COLUMN     "replacedById" UUID,
ADD COLUMN     "scheduledFor" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Revision" ADD COLUMN     "isAutosave" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "savedBy" TEXT;

-- CreateTable
CREATE TABLE "StoryEvent" (
    "seq" BIGSERIAL NOT NULL,
    "storyId" UUID NOT NULL,
    "kind" "StoryEventKind" NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StoryEvent_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "Correction" (
    "id" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "kind" "CorrectionKind" NOT NULL,
    "version" INTEGER NOT NULL,
    "wrongSince" INTEGER NOT NULL,
    "explanation" TEXT NOT NULL,
    "wrong" JSON,
    "right" JSON,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "Correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "viewer" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "mutation" TEXT NOT NULL,
    "inputHash" TEXT NOT NULL,
    "answer" JSON NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("viewer","key")
);

-- CreateIndex
CREATE INDEX "StoryEvent_storyId_seq_idx" ON "StoryEvent"("storyId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "Correction_storyId_version_key" ON "Correction"("storyId", "version");

-- AddForeignKey
ALTER TABLE "Story" ADD CONSTRAINT "Story_replacedById_fkey" FOREIGN KEY ("replacedById") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoryEvent" ADD CONSTRAINT "StoryEvent_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Correction" ADD CONSTRAINT "Correction_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
