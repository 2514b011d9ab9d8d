-- CreateTable
CREATE TABLE "PublicSlice" (
    "revisionId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body" JSON NOT NULL,

    CONSTRAINT "PublicSlice_pkey" PRIMARY KEY ("revisionId","kind","key")
);

-- AddForeignKey
ALTER TABLE "PublicSlice" ADD CONSTRAINT "PublicSlice_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The entries of a list whose key is one of these, in the list's order.
CREATE FUNCTION "entries_named"(entries jsonb, keys text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_agg(e.value ORDER BY e.ordinality), '[]') FROM jsonb_array_elements(entries) WITH ORDINALITY AS e WHERE e.value->>'key' = ANY (keys)
$$;

-- All values at a path, as text.
CREATE FUNCTION "texts_at"(entries jsonb, path jsonpath) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(v #>> '{}'), '{}') FROM jsonb_path_query(entries, path) AS v
$$;

-- Quotes of a public form, with whom they are attributed to, and when. What they excerpt is left out: a statement may be under embargo.
CREATE FUNCTION "slice_of_quotes"(form jsonb, quotes jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  attributions jsonb := "entries_named"(form->'attributions', "texts_at"(quotes, '$[*].attribution'));
  sources jsonb := "entries_named"(form->'sources', "texts_at"(attributions, '$[*].source'));
  people jsonb := "entries_named"(form->'people', "texts_at"(sources, '$[*].person'));
BEGIN
  RETURN jsonb_build_object(
    'quotes', (SELECT coalesce(jsonb_agg(q.value - 'excerptOf' ORDER BY q.ordinality), '[]') FROM jsonb_array_elements(quotes) WITH ORDINALITY AS q),
    'attributions', (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', a.value->'key', 'lineage', a.value->'lineage', 'source', a.value->'source', 'speech', a.value->'speech', 'saidAt', a.value->'saidAt')) ORDER BY a.ordinality), '[]') FROM jsonb_array_elements(attributions) WITH ORDINALITY AS a),
    'sources', sources, 'people', people,
    'organizations', "entries_named"(form->'organizations', "texts_at"(sources, '$[*].organization') || "texts_at"(sources, '$[*].affiliation.organization') || "texts_at"(people, '$[*].affiliations[*].organization')),
    'documents', "entries_named"(form->'documents', "texts_at"(sources, '$[*].document')),
    'outlets', "entries_named"(form->'outlets', "texts_at"(sources, '$[*].outlet')));
END
$$;

-- Parts of a public form that lists are answered from, each a document with some of the collections of the whole:
-- HEAD, OPENING (the first three quotes), each QUOTE by its lineage, each PERSON by key.
CREATE FUNCTION "slices_of"(form jsonb) RETURNS TABLE ("kind" text, "key" text, "body" jsonb) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 'HEAD', '', (form - '{paragraphs,sources,attributions,quotes,statements,requestsForComment,outletCredits,claims,records,people,organizations,outlets,events,documents,media,providers}'::text[])
    || jsonb_build_object('paragraphs', (SELECT coalesce(jsonb_agg(p.value ORDER BY p.ordinality), '[]') FROM jsonb_array_elements(form->'paragraphs') WITH ORDINALITY AS p WHERE p.value->>'role' IN ('HEADLINE', 'SUMMARY')))
  UNION ALL SELECT 'OPENING', '', "slice_of_quotes"(form, jsonb_path_query_array(form, '$.quotes[0 to 2]'))
  UNION ALL SELECT 'QUOTE', q->>'lineage', "slice_of_quotes"(form, jsonb_build_array(q)) FROM jsonb_array_elements(form->'quotes') AS q
  UNION ALL SELECT 'PERSON', p->>'key', jsonb_build_object('people', jsonb_build_array(p), 'organizations', "entries_named"(form->'organizations', "texts_at"(p, '$.affiliations[*].organization'))) FROM jsonb_array_elements(form->'people') AS p
$$;

-- Stores the slices of a public revision, in the place of those of its forerunner.
CREATE FUNCTION "store_slices"(story uuid, revision uuid) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "PublicSlice" AS s USING "Revision" AS r WHERE r."storyId" = story AND s."revisionId" = r."id";
  INSERT INTO "PublicSlice" ("revisionId", "kind", "key", "body")
  SELECT r."id", s."kind", s."key", s."body"::json FROM "Revision" AS r CROSS JOIN LATERAL "slices_of"(r."publicDocument"::jsonb) AS s WHERE r."id" = revision AND r."expungedAt" IS NULL
  ON CONFLICT DO NOTHING;
$$;

-- They are what a published revision says (I2): put in the place of others, and never altered.
CREATE FUNCTION "refuse_slice_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'parts of a published revision are never altered' USING ERRCODE = 'ONR02', CONSTRAINT = 'PublicSlice_kept', TABLE = 'PublicSlice';
END
$$;
CREATE TRIGGER "PublicSlice_kept" BEFORE UPDATE ON "PublicSlice" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_slice_change"();

SELECT "store_slices"(s."id", s."publicRevisionId") FROM "Story" AS s WHERE s."publicRevisionId" IS NOT NULL;
