-- Names are compared without case, accents, punctuation and double spaces. The API calls the first function too, so that both sides
-- of a comparison are folded by the same hand.
CREATE FUNCTION "folded_name"(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(regexp_replace(lower(normalize(name, NFKD)), '[\u0300-\u036f.''’`´]', '', 'g'), '[\s,;:"“”()\u00ad-]+', ' ', 'g'))
$$;

CREATE FUNCTION "folded_names"(name text, aliases text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT "folded_name"(given)) FROM unnest(name || coalesce(aliases, '{}')) AS given
$$;

-- CreateEnum
CREATE TYPE "ChallengeOutcome" AS ENUM ('CORRECTION', 'CLARIFICATION', 'NO_CHANGE');

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "mergedAt" TIMESTAMPTZ(3),
ADD COLUMN     "mergedBy" TEXT,
ADD COLUMN     "mergedIntoId" UUID,
ADD COLUMN     "names" TEXT[] GENERATED ALWAYS AS ("folded_names"("name", "aliases")) STORED,
ADD COLUMN     "survivorId" UUID;

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "mergedAt" TIMESTAMPTZ(3),
ADD COLUMN     "mergedBy" TEXT,
ADD COLUMN     "mergedIntoId" UUID,
ADD COLUMN     "names" TEXT[] GENERATED ALWAYS AS ("folded_names"("name", "aliases")) STORED,
ADD COLUMN     "survivorId" UUID;

-- AlterTable
ALTER TABLE "PersonCitation" ADD COLUMN     "name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "throughStatements" UUID[];

-- AlterTable
ALTER TABLE "OrganizationCitation" ADD COLUMN     "name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "throughStatements" UUID[];

-- The names that stored revisions use. Nothing that a revision says changes by it, so the published ones are filled in too.
DO $$
DECLARE
  pair text[];
BEGIN
  FOREACH pair SLICE 1 IN ARRAY ARRAY[ARRAY['Person', 'personId', 'people'], ARRAY['Organization', 'organizationId', 'organizations']] LOOP
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', pair[1] || 'Citation');
    EXECUTE format('UPDATE %I AS c SET "name" = e."name" FROM %I AS e WHERE e."id" = c.%I', pair[1] || 'Citation', pair[1], pair[2]);
    EXECUTE format('UPDATE %I AS c SET "name" = said.value ->> ''name'' FROM "Revision" AS r CROSS JOIN LATERAL json_array_elements(r."document" -> %L) AS said(value), %I AS e
      WHERE r."id" = c."revisionId" AND e."id" = c.%I AND e."key" = said.value ->> ''key''', pair[1] || 'Citation', pair[3], pair[1], pair[2]);
    EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', pair[1] || 'Citation');
  END LOOP;
END
$$;

-- CreateTable
CREATE TABLE "FiledStatement" (
    "statementId" UUID NOT NULL,
    "spokespersonId" UUID,
    "spokesperson" TEXT,
    "channel" "StatementChannel" NOT NULL,
    "issuedAt" TIMESTAMPTZ(3),
    "url" TEXT,
    "release" "StatementRelease" NOT NULL,
    "embargoedUntil" TIMESTAMPTZ(3),
    "fingerprint" TEXT NOT NULL,
    "filedAt" TIMESTAMPTZ(3) NOT NULL,
    "filedBy" TEXT NOT NULL,

    CONSTRAINT "FiledStatement_pkey" PRIMARY KEY ("statementId")
);

-- CreateTable
CREATE TABLE "StatementAttachment" (
    "statementId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "title" TEXT,

    CONSTRAINT "StatementAttachment_pkey" PRIMARY KEY ("statementId","ordinal")
);

-- CreateTable
CREATE TABLE "StatementRecord" (
    "id" UUID NOT NULL,
    "statementId" UUID NOT NULL,
    "kind" "RecordKind" NOT NULL,
    "title" TEXT,
    "programme" TEXT,
    "airedAt" TIMESTAMPTZ(3),
    "url" TEXT,
    "segments" JSON NOT NULL,
    "attachedAt" TIMESTAMPTZ(3) NOT NULL,
    "attachedBy" TEXT NOT NULL,

    CONSTRAINT "StatementRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Challenge" (
    "id" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "quote" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "complainant" TEXT NOT NULL,
    "complaint" TEXT NOT NULL,
    "evidence" JSON NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "openedBy" TEXT NOT NULL,
    "outcome" "ChallengeOutcome",
    "version" INTEGER,
    "explanation" TEXT,
    "resolvedAt" TIMESTAMPTZ(3),
    "resolvedBy" TEXT,

    CONSTRAINT "Challenge_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "FiledStatement_fingerprint_key" ON "FiledStatement"("fingerprint");

-- CreateIndex
CREATE INDEX "FiledStatement_filedAt_statementId_idx" ON "FiledStatement"("filedAt" DESC, "statementId");

-- CreateIndex
CREATE INDEX "StatementRecord_statementId_idx" ON "StatementRecord"("statementId");

-- One open challenge of a quote by the same complainant.
CREATE UNIQUE INDEX "Challenge_open_key" ON "Challenge"("quote", lower("complainant")) WHERE "outcome" IS NULL;

-- CreateIndex
CREATE INDEX "Challenge_quote_idx" ON "Challenge"("quote");

-- CreateIndex
CREATE INDEX "Challenge_storyId_idx" ON "Challenge"("storyId");

-- CreateIndex
CREATE INDEX "Challenge_openedAt_id_idx" ON "Challenge"("openedAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Person_survivorId_idx" ON "Person"("survivorId");

-- CreateIndex
CREATE INDEX "Person_mergedIntoId_idx" ON "Person"("mergedIntoId");

-- CreateIndex
CREATE INDEX "Person_names_idx" ON "Person" USING GIN ("names");

-- CreateIndex
CREATE INDEX "Organization_survivorId_idx" ON "Organization"("survivorId");

-- CreateIndex
CREATE INDEX "Organization_mergedIntoId_idx" ON "Organization"("mergedIntoId");

-- CreateIndex
CREATE INDEX "Organization_names_idx" ON "Organization" USING GIN ("names");

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_survivorId_fkey" FOREIGN KEY ("survivorId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_survivorId_fkey" FOREIGN KEY ("survivorId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FiledStatement" ADD CONSTRAINT "FiledStatement_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "OfficialStatement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FiledStatement" ADD CONSTRAINT "FiledStatement_spokespersonId_fkey" FOREIGN KEY ("spokespersonId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementAttachment" ADD CONSTRAINT "StatementAttachment_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "FiledStatement"("statementId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementRecord" ADD CONSTRAINT "StatementRecord_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "FiledStatement"("statementId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Challenge" ADD CONSTRAINT "Challenge_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Challenge" ADD CONSTRAINT "Challenge_storyId_version_fkey" FOREIGN KEY ("storyId", "version") REFERENCES "Correction"("storyId", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Person" ADD CONSTRAINT "Person_merged_check" CHECK (("mergedIntoId" IS NULL) = ("survivorId" IS NULL) AND "survivorId" <> "id" AND "mergedIntoId" <> "id");
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_merged_check" CHECK (("mergedIntoId" IS NULL) = ("survivorId" IS NULL) AND "survivorId" <> "id" AND "mergedIntoId" <> "id");
ALTER TABLE "Challenge" ADD CONSTRAINT "Challenge_resolved_check" CHECK (("outcome" IS NULL) = ("resolvedAt" IS NULL) AND ("version" IS NULL) = ("outcome" IS NULL OR "outcome" = 'NO_CHANGE'));
