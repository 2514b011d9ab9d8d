-- Every node hears, at the commit, that something changed which readers or partners can read, so that it forgets the answers that it kept.
-- The notice is the number of the transaction: heard twice, it counts once.
CREATE FUNCTION "tell_public_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('onrecord_public', pg_current_xact_id()::text);
  RETURN NULL;
END
$$;

-- What is left out of the comparison is the newsroom's alone. A column that comes later counts as public until somebody says otherwise here.
CREATE FUNCTION "public_part_of_story"("Story") RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT to_jsonb($1) - '{currentRevisionId,scheduledFor,scheduledRevisionId,embargoSetBy,removalReason}'::text[]
$$;
CREATE TRIGGER "Story_public_inserted" AFTER INSERT ON "Story" FOR EACH ROW WHEN (NEW."state" <> 'DRAFT') EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Story_public_deleted" AFTER DELETE ON "Story" FOR EACH ROW WHEN (OLD."state" <> 'DRAFT') EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Story_public_updated" AFTER UPDATE ON "Story" FOR EACH ROW
  WHEN ((OLD."state" <> 'DRAFT' OR NEW."state" <> 'DRAFT') AND "public_part_of_story"(OLD) IS DISTINCT FROM "public_part_of_story"(NEW)) EXECUTE FUNCTION "tell_public_changed"();

-- A revision that was never published is nobody's but the newsroom's. The rows of one that was do not change, but with it (expunging).
CREATE TRIGGER "Revision_public_inserted" AFTER INSERT ON "Revision" FOR EACH ROW WHEN (NEW."publishedAt" IS NOT NULL) EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Revision_public_updated" AFTER UPDATE ON "Revision" FOR EACH ROW WHEN (OLD."publishedAt" IS NOT NULL OR NEW."publishedAt" IS NOT NULL) EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Revision_public_deleted" AFTER DELETE ON "Revision" FOR EACH ROW WHEN (OLD."publishedAt" IS NOT NULL) EXECUTE FUNCTION "tell_public_changed"();

-- What stands beside the revisions. A new entry of a register is told with the first public story that names it.
CREATE TRIGGER "PublicSlice_public_changed" AFTER INSERT OR UPDATE OR DELETE ON "PublicSlice" FOR EACH STATEMENT EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Notice_public_changed" AFTER INSERT OR UPDATE OR DELETE ON "Notice" FOR EACH STATEMENT EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Correction_public_changed" AFTER INSERT OR UPDATE OR DELETE ON "Correction" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "StoryEvent_public_changed" AFTER INSERT OR UPDATE OR DELETE ON "StoryEvent" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "FiledStatement_public_changed" AFTER INSERT OR UPDATE OR DELETE ON "FiledStatement" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "OfficialStatement_public_changed" AFTER UPDATE OR DELETE ON "OfficialStatement" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Person_public_changed" AFTER UPDATE OR DELETE ON "Person" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Organization_public_changed" AFTER UPDATE OR DELETE ON "Organization" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Outlet_public_changed" AFTER UPDATE OR DELETE ON "Outlet" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Journalist_public_changed" AFTER UPDATE OR DELETE ON "Journalist" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Topic_public_changed" AFTER UPDATE OR DELETE ON "Topic" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Storyline_public_changed" AFTER UPDATE OR DELETE ON "Storyline" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();

-- A later text of a statement is public where a published story reports the statement.
CREATE FUNCTION "tell_statement_text_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "StatementCitation" AS c JOIN "Revision" AS r ON r."id" = c."revisionId" WHERE c."statementId" = coalesce(NEW."statementId", OLD."statementId") AND r."publishedAt" IS NOT NULL) THEN
    PERFORM pg_notify('onrecord_public', pg_current_xact_id()::text);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "StatementText_public_changed" AFTER INSERT OR UPDATE OR DELETE ON "StatementText" FOR EACH ROW EXECUTE FUNCTION "tell_statement_text_changed"();

-- Who may read, and how much.
CREATE TRIGGER "Partner_public_changed" AFTER INSERT OR UPDATE OR DELETE ON "Partner" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "PartnerKey_public_changed" AFTER INSERT OR UPDATE OR DELETE ON "PartnerKey" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "PartnerContract_public_changed" AFTER INSERT OR UPDATE OR DELETE ON "PartnerContract" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();

-- The next instant at which an embargo ends is looked up after every public change; few rows have one.
CREATE INDEX "Story_embargo" ON "Story" ("embargoedUntil") WHERE "embargoedUntil" IS NOT NULL;
CREATE INDEX "StatementCitation_embargo" ON "StatementCitation" ("embargoedUntil") WHERE "embargoedUntil" IS NOT NULL;
CREATE INDEX "FiledStatement_embargo" ON "FiledStatement" ("embargoedUntil") WHERE "embargoedUntil" IS NOT NULL;
