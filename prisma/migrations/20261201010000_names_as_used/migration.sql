-- Topics and journalists by the names that each revision uses, as people and organizations have them: lists are filtered by what they show.
ALTER TABLE "Byline" ADD COLUMN     "name" TEXT NOT NULL DEFAULT '';
ALTER TABLE "RevisionTopic" ADD COLUMN     "name" TEXT NOT NULL DEFAULT '';

-- Published revisions are frozen, but this is what they say already.
ALTER TABLE "Byline" DISABLE TRIGGER USER;
UPDATE "Byline" AS c SET "name" = coalesce((SELECT j.value ->> 'name' FROM json_array_elements(r."document" -> 'journalists') AS j WHERE j.value ->> 'key' = e."key"), e."name")
  FROM "Revision" AS r, "Journalist" AS e WHERE r."id" = c."revisionId" AND e."id" = c."journalistId";
ALTER TABLE "Byline" ENABLE TRIGGER USER;

ALTER TABLE "RevisionTopic" DISABLE TRIGGER USER;
UPDATE "RevisionTopic" AS c SET "name" = coalesce((SELECT t.value ->> 'name' FROM json_array_elements(r."document" -> 'topics') AS t WHERE t.value ->> 'code' = e."code"), e."name")
  FROM "Revision" AS r, "Topic" AS e WHERE r."id" = c."revisionId" AND e."id" = c."topicId";
ALTER TABLE "RevisionTopic" ENABLE TRIGGER USER;
