-- Where a part of a public revision stands in lists, and whose it is: readers' lists of quotes and people then pass over nothing that was
-- only saved, of which there is far more.
ALTER TABLE "PublicSlice"
  ADD COLUMN "lineage" UUID,
  ADD COLUMN "personId" UUID,
  ADD COLUMN "organizationId" UUID,
  ADD COLUMN "listedAt" TIMESTAMPTZ(3);

-- Published revisions are frozen, but these are no words of theirs.
ALTER TABLE "PublicSlice" DISABLE TRIGGER USER;
UPDATE "PublicSlice" AS s SET "lineage" = q."lineage", "personId" = q."speakerId", "organizationId" = q."organizationId", "listedAt" = q."listedAt"
  FROM "Quote" AS q WHERE s."kind" = 'QUOTE' AND q."revisionId" = s."revisionId" AND q."lineage" = s."key"::uuid;
UPDATE "PublicSlice" AS s SET "personId" = c."personId", "listedAt" = c."listedAt"
  FROM "Person" AS p JOIN "PersonCitation" AS c ON c."personId" = p."id" WHERE s."kind" = 'PERSON' AND p."key" = s."key" AND c."revisionId" = s."revisionId";
ALTER TABLE "PublicSlice" ENABLE TRIGGER USER;

-- CreateIndex
CREATE INDEX "PublicSlice_kind_listedAt_lineage_idx" ON "PublicSlice"("kind", "listedAt" DESC, "lineage" DESC);
CREATE INDEX "PublicSlice_personId_kind_listedAt_lineage_idx" ON "PublicSlice"("personId", "kind", "listedAt" DESC, "lineage" DESC);
CREATE INDEX "PublicSlice_organizationId_kind_listedAt_lineage_idx" ON "PublicSlice"("organizationId", "kind", "listedAt" DESC, "lineage" DESC);

CREATE OR REPLACE FUNCTION "store_slices"(story uuid, revision uuid) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "PublicSlice" AS s USING "Revision" AS r WHERE r."storyId" = story AND s."revisionId" = r."id";
  INSERT INTO "PublicSlice" ("revisionId", "kind", "key", "body", "lineage", "personId", "organizationId", "listedAt")
  SELECT r."id", s."kind", s."key", s."body"::json, q."lineage", coalesce(q."speakerId", c."personId"), q."organizationId", coalesce(q."listedAt", c."listedAt")
  FROM "Revision" AS r CROSS JOIN LATERAL "slices_of"(r."publicDocument"::jsonb) AS s
    LEFT JOIN "Quote" AS q ON s."kind" = 'QUOTE' AND q."revisionId" = r."id" AND q."lineage"::text = s."key"
    LEFT JOIN ("PersonCitation" AS c JOIN "Person" AS p ON p."id" = c."personId") ON s."kind" = 'PERSON' AND c."revisionId" = r."id" AND p."key" = s."key"
  WHERE r."id" = revision AND r."expungedAt" IS NULL
  ON CONFLICT DO NOTHING;
$$;
