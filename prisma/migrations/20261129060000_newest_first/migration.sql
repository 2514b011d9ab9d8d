-- Where a story stands in newest-first lists, beside what it cites: the newest of thousands is then the first of an index.

DROP INDEX "Byline_journalistId_idx";
ALTER TABLE "Byline" ADD COLUMN "listedAt" TIMESTAMPTZ(3);
-- Published revisions are frozen, but this is no word of theirs.
ALTER TABLE "Byline" DISABLE TRIGGER USER;
UPDATE "Byline" AS c SET "listedAt" = s."listedAt" FROM "Revision" AS r JOIN "Story" AS s ON s."id" = r."storyId" WHERE r."id" = c."revisionId";
ALTER TABLE "Byline" ENABLE TRIGGER USER;
ALTER TABLE "Byline" ALTER COLUMN "listedAt" SET NOT NULL;
CREATE INDEX "Byline_journalistId_listedAt_idx" ON "Byline"("journalistId", "listedAt" DESC);

DROP INDEX "RevisionTopic_topicId_idx";
ALTER TABLE "RevisionTopic" ADD COLUMN "listedAt" TIMESTAMPTZ(3);
-- Published revisions are frozen, but this is no word of theirs.
ALTER TABLE "RevisionTopic" DISABLE TRIGGER USER;
UPDATE "RevisionTopic" AS c SET "listedAt" = s."listedAt" FROM "Revision" AS r JOIN "Story" AS s ON s."id" = r."storyId" WHERE r."id" = c."revisionId";
ALTER TABLE "RevisionTopic" ENABLE TRIGGER USER;
ALTER TABLE "RevisionTopic" ALTER COLUMN "listedAt" SET NOT NULL;
CREATE INDEX "RevisionTopic_topicId_listedAt_idx" ON "RevisionTopic"("topicId", "listedAt" DESC);

DROP INDEX "PersonCitation_personId_idx";
ALTER TABLE "PersonCitation" ADD COLUMN "listedAt" TIMESTAMPTZ(3);
-- Published revisions are frozen, but this is no word of theirs.
ALTER TABLE "PersonCitation" DISABLE TRIGGER USER;
UPDATE "PersonCitation" AS c SET "listedAt" = s."listedAt" FROM "Revision" AS r JOIN "Story" AS s ON s."id" = r."storyId" WHERE r."id" = c."revisionId";
ALTER TABLE "PersonCitation" ENABLE TRIGGER USER;
ALTER TABLE "PersonCitation" ALTER COLUMN "listedAt" SET NOT NULL;
CREATE INDEX "PersonCitation_personId_listedAt_idx" ON "PersonCitation"("personId", "listedAt" DESC);

DROP INDEX "OrganizationCitation_organizationId_idx";
ALTER TABLE "OrganizationCitation" ADD COLUMN "listedAt" TIMESTAMPTZ(3);
-- Published revisions are frozen, but this is no word of theirs.
ALTER TABLE "OrganizationCitation" DISABLE TRIGGER USER;
UPDATE "OrganizationCitation" AS c SET "listedAt" = s."listedAt" FROM "Revision" AS r JOIN "Story" AS s ON s."id" = r."storyId" WHERE r."id" = c."revisionId";
ALTER TABLE "OrganizationCitation" ENABLE TRIGGER USER;
ALTER TABLE "OrganizationCitation" ALTER COLUMN "listedAt" SET NOT NULL;
CREATE INDEX "OrganizationCitation_organizationId_listedAt_idx" ON "OrganizationCitation"("organizationId", "listedAt" DESC);
