-- Offsets in the API and in the tables are UTF-16 units, PostgreSQL counts code points. These two functions are the bridge.
-- Both are linear in the text; the second looks offsets up by binary search.
CREATE FUNCTION "astral_offsets"(t text) RETURNS integer[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN t !~ '[\U00010000-\U0010ffff]' THEN '{}'::integer[] ELSE (
    SELECT array_agg((n - 1 + before)::integer ORDER BY n)
    FROM (
      SELECT n, c, count(*) FILTER (WHERE ascii(c) > 65535) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM string_to_table(t, NULL) WITH ORDINALITY AS characters(c, n)
    ) AS counted
    WHERE ascii(c) > 65535
  ) END
$$;

CREATE FUNCTION "range_holds"(t text, astral integer[], s integer, e integer, exact text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT s >= 0 AND s < e AND CASE WHEN cardinality(astral) = 0
    THEN e <= length(t) AND substring(t FROM s + 1 FOR e - s) = exact
    ELSE e <= length(t) + cardinality(astral)
      AND coalesce(astral[width_bucket(s - 1, astral)] <> s - 1, true)
      AND coalesce(astral[width_bucket(e - 1, astral)] <> e - 1, true)
      AND substring(t FROM s - width_bucket(s - 1, astral) + 1 FOR (e - width_bucket(e - 1, astral)) - (s - width_bucket(s - 1, astral))) = exact
  END
$$;

-- CreateEnum
CREATE TYPE "RevisionKind" AS ENUM ('ALERT', 'WRITE_THROUGH', 'SUB', 'ADD', 'ADVANCE');

-- CreateEnum
CREATE TYPE "StoryState" AS ENUM ('DRAFT', 'PUBLISHED', 'HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED');

-- CreateEnum
CREATE TYPE "ParagraphRole" AS ENUM ('HEADLINE', 'SUMMARY', 'BODY', 'CAPTION', 'CORRECTION', 'EDITORS_NOTE');

-- CreateEnum
CREATE TYPE "Speech" AS ENUM ('DIRECT', 'MIXED', 'INDIRECT');

-- CreateEnum
CREATE TYPE "SourceKind" AS ENUM ('PERSON', 'ORGANIZATION', 'ANONYMOUS', 'DOCUMENT', 'OUTLET', 'GROUP');

-- CreateEnum
CREATE TYPE "MentionForm" AS ENUM ('NAME', 'DESCRIPTION', 'PRONOUN');

-- CreateEnum
CREATE TYPE "GroundRules" AS ENUM ('ON_RECORD', 'BACKGROUND', 'DEEP_BACKGROUND', 'OFF_RECORD', 'UNSTATED');

-- CreateEnum
CREATE TYPE "QuoteStanding" AS ENUM ('STANDS', 'CHALLENGED', 'CORRECTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "StatementChannel" AS ENUM ('WRITTEN_STATEMENT', 'PRESS_RELEASE', 'EMAIL', 'PRESS_CONFERENCE', 'BRIEFING', 'INTERVIEW', 'SOCIAL_MEDIA', 'COURT_FILING', 'LETTER', 'WEBSITE', 'OTHER');

-- CreateEnum
CREATE TYPE "StatementRelease" AS ENUM ('EXCERPT', 'FULL');

-- CreateEnum
CREATE TYPE "ContactChannel" AS ENUM ('PHONE', 'EMAIL', 'TEXT_MESSAGE', 'IN_PERSON', 'LETTER', 'SOCIAL_MEDIA', 'LAWYER', 'OTHER');

-- CreateEnum
CREATE TYPE "RequestOutcome" AS ENUM ('ANSWERED', 'PARTIAL', 'DECLINED', 'NO_RESPONSE', 'UNREACHABLE', 'PENDING');

-- CreateEnum
CREATE TYPE "RecordKind" AS ENUM ('TRANSCRIPT', 'RECORDING', 'NOTES');

-- CreateEnum
CREATE TYPE "EventVisibility" AS ENUM ('PUBLIC', 'PRIVATE');

-- CreateEnum
CREATE TYPE "MediaKind" AS ENUM ('PICTURE', 'VIDEO', 'AUDIO', 'GRAPHIC');

-- CreateEnum
CREATE TYPE "ClaimKind" AS ENUM ('FACT', 'ALLEGATION', 'OPINION', 'SPECULATION', 'BACKGROUND');

-- CreateEnum
CREATE TYPE "RangeRole" AS ENUM ('CONTENT', 'CUE', 'MENTION', 'ADDRESSEE', 'SAID_AT', 'QUOTE', 'DESCRIPTOR', 'HEADCOUNT', 'REASON', 'BASIS', 'AFFILIATION', 'MOTIVE', 'TERMS', 'OUTCOME_LINE', 'CREDIT_MENTION', 'CREDIT_CONTENT', 'CLAIM_OCCURRENCE', 'EVENT');

-- CreateEnum
CREATE TYPE "StaffRole" AS ENUM ('PREVIEW', 'REPORTER', 'EDITOR', 'STANDARDS_EDITOR', 'ADMIN');

-- CreateTable
CREATE TABLE "Story" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "state" "StoryState" NOT NULL DEFAULT 'DRAFT',
    "version" INTEGER NOT NULL DEFAULT 0,
    "currentRevisionId" UUID NOT NULL,
    "publicRevisionId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "listedAt" TIMESTAMPTZ(3) NOT NULL,
    "firstPublishedAt" TIMESTAMPTZ(3),
    "publishedAt" TIMESTAMPTZ(3),
    "embargoedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "Story_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Storyline" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,

    CONSTRAINT "Storyline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Revision" (
    "id" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "RevisionKind" NOT NULL,
    "desk" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "slugline" TEXT,
    "urgency" INTEGER,
    "datelinePlace" TEXT,
    "datelineDate" DATE,
    "timeZone" TEXT,
    "editorsNote" TEXT,
    "storylineId" UUID,
    "evolvedFromId" UUID,
    "translationOfId" UUID,
    "parentId" UUID,
    "document" JSON NOT NULL,
    "publicDocument" JSON NOT NULL,
    "documentHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "publishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Paragraph" (
    "revisionId" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "role" "ParagraphRole" NOT NULL,
    "text" TEXT NOT NULL,
    "astral" INTEGER[] GENERATED ALWAYS AS ("astral_offsets"("text")) STORED,
    "search" tsvector GENERATED ALWAYS AS (to_tsvector('english', left("text", 200000))) STORED,

    CONSTRAINT "Paragraph_pkey" PRIMARY KEY ("revisionId","index")
);

-- CreateTable
CREATE TABLE "TextRange" (
    "revisionId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "role" "RangeRole" NOT NULL,
    "paragraph" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "exact" TEXT NOT NULL,
    "attributionId" UUID,
    "quoteId" UUID,
    "sourceId" UUID,
    "requestId" UUID,
    "creditId" UUID,
    "occurrenceId" UUID,
    "eventId" UUID,

    CONSTRAINT "TextRange_pkey" PRIMARY KEY ("revisionId","ordinal")
);

-- CreateTable
CREATE TABLE "Journalist" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Journalist_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Byline" (
    "revisionId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "journalistId" UUID NOT NULL,
    "role" TEXT,

    CONSTRAINT "Byline_pkey" PRIMARY KEY ("revisionId","ordinal")
);

-- CreateTable
CREATE TABLE "Topic" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Topic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RevisionTopic" (
    "revisionId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "topicId" UUID NOT NULL,

    CONSTRAINT "RevisionTopic_pkey" PRIMARY KEY ("revisionId","ordinal")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Organization" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Affiliation" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "from" DATE,
    "to" DATE,

    CONSTRAINT "Affiliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outlet" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT,

    CONSTRAINT "Outlet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Provider" (
    "revisionId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "outletId" UUID NOT NULL,

    CONSTRAINT "Provider_pkey" PRIMARY KEY ("revisionId","ordinal")
);

-- CreateTable
CREATE TABLE "PersonCitation" (
    "revisionId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "isPublic" BOOLEAN NOT NULL,

    CONSTRAINT "PersonCitation_pkey" PRIMARY KEY ("revisionId","personId")
);

-- CreateTable
CREATE TABLE "OrganizationCitation" (
    "revisionId" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "isPublic" BOOLEAN NOT NULL,

    CONSTRAINT "OrganizationCitation_pkey" PRIMARY KEY ("revisionId","organizationId")
);

-- CreateTable
CREATE TABLE "Source" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "lineage" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "SourceKind" NOT NULL,
    "personId" UUID,
    "organizationId" UUID,
    "documentId" UUID,
    "outletId" UUID,
    "name" TEXT,
    "title" TEXT,
    "spokesperson" TEXT,
    "heldById" UUID,
    "isPublic" BOOLEAN NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    "proposalRule" TEXT,
    "proposalConfidence" DOUBLE PRECISION,

    CONSTRAINT "Source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AnonymousSource" (
    "sourceId" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "descriptor" TEXT NOT NULL,
    "headcountMin" INTEGER NOT NULL,
    "headcountExact" INTEGER,
    "reason" TEXT,
    "basis" TEXT,
    "affiliation" TEXT,
    "organizationId" UUID,
    "motive" TEXT,
    "terms" TEXT,

    CONSTRAINT "AnonymousSource_pkey" PRIMARY KEY ("sourceId")
);

-- CreateTable
CREATE TABLE "AnonymityAgreement" (
    "sourceId" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "reason" TEXT,
    "grantedById" UUID,

    CONSTRAINT "AnonymityAgreement_pkey" PRIMARY KEY ("sourceId")
);

-- CreateTable
CREATE TABLE "Approval" (
    "sourceId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "revisionId" UUID NOT NULL,
    "use" TEXT NOT NULL,
    "approvedById" UUID NOT NULL,
    "recordedById" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "knowsIdentity" BOOLEAN NOT NULL,

    CONSTRAINT "Approval_pkey" PRIMARY KEY ("sourceId","ordinal")
);

-- CreateTable
CREATE TABLE "Attribution" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "lineage" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "sourceId" UUID,
    "sourceKind" "SourceKind",
    "personId" UUID,
    "organizationId" UUID,
    "speech" "Speech" NOT NULL,
    "mentionForm" "MentionForm",
    "negated" BOOLEAN NOT NULL,
    "groundRules" "GroundRules" NOT NULL,
    "parentId" UUID,
    "antecedentId" UUID,
    "saidEarliest" TIMESTAMPTZ(3),
    "saidLatest" TIMESTAMPTZ(3),
    "occasionId" UUID,
    "listedAt" TIMESTAMPTZ(3) NOT NULL,
    "isPublic" BOOLEAN NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    "proposalRule" TEXT,
    "proposalConfidence" DOUBLE PRECISION,

    CONSTRAINT "Attribution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AnonymousAttribution" (
    "attributionId" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "sourceId" UUID NOT NULL,
    "mention" TEXT,
    "listedAt" TIMESTAMPTZ(3) NOT NULL,
    "isPublic" BOOLEAN NOT NULL,

    CONSTRAINT "AnonymousAttribution_pkey" PRIMARY KEY ("attributionId")
);

-- CreateTable
CREATE TABLE "AttributionOutlet" (
    "attributionId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "revisionId" UUID NOT NULL,
    "outletId" UUID NOT NULL,

    CONSTRAINT "AttributionOutlet_pkey" PRIMARY KEY ("attributionId","ordinal")
);

-- CreateTable
CREATE TABLE "GroundRulesEntry" (
    "attributionId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "revisionId" UUID NOT NULL,
    "terms" "GroundRules" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,

    CONSTRAINT "GroundRulesEntry_pkey" PRIMARY KEY ("attributionId","ordinal")
);

-- CreateTable
CREATE TABLE "Quote" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "lineage" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "attributionId" UUID NOT NULL,
    "speakerId" UUID,
    "organizationId" UUID,
    "text" TEXT NOT NULL,
    "standing" "QuoteStanding" NOT NULL,
    "original" TEXT,
    "originalLanguage" TEXT,
    "translator" TEXT,
    "statementId" UUID,
    "excerptStart" INTEGER,
    "excerptEnd" INTEGER,
    "excerptExact" TEXT,
    "recordId" UUID,
    "segment" INTEGER,
    "listedAt" TIMESTAMPTZ(3) NOT NULL,
    "search" tsvector GENERATED ALWAYS AS (to_tsvector('english', left("text", 200000))) STORED,
    "isPublic" BOOLEAN NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    "proposalRule" TEXT,
    "proposalConfidence" DOUBLE PRECISION,

    CONSTRAINT "Quote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OfficialStatement" (
    "id" UUID NOT NULL,
    "issuerId" UUID NOT NULL,

    CONSTRAINT "OfficialStatement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StatementText" (
    "statementId" UUID NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "search" tsvector GENERATED ALWAYS AS (to_tsvector('english', left("text", 200000))) STORED,

    CONSTRAINT "StatementText_pkey" PRIMARY KEY ("statementId","takenAt")
);

-- CreateTable
CREATE TABLE "StatementCitation" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "statementId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "spokespersonId" UUID,
    "spokesperson" TEXT,
    "channel" "StatementChannel" NOT NULL,
    "issuedAt" TIMESTAMPTZ(3),
    "url" TEXT,
    "release" "StatementRelease" NOT NULL,
    "embargoedUntil" TIMESTAMPTZ(3),
    "textTakenAt" TIMESTAMPTZ(3),
    "listedAt" TIMESTAMPTZ(3) NOT NULL,
    "isPublic" BOOLEAN NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    "proposalRule" TEXT,
    "proposalConfidence" DOUBLE PRECISION,

    CONSTRAINT "StatementCitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StatementReport" (
    "citationId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "revisionId" UUID NOT NULL,
    "attributionId" UUID NOT NULL,

    CONSTRAINT "StatementReport_pkey" PRIMARY KEY ("citationId","ordinal")
);

-- CreateTable
CREATE TABLE "RequestForComment" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "lineage" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "personId" UUID,
    "organizationId" UUID,
    "askedById" UUID,
    "deadline" TIMESTAMPTZ(3),
    "outcome" "RequestOutcome" NOT NULL,
    "statementId" UUID,
    "attributionId" UUID,
    "isPublic" BOOLEAN NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    "proposalRule" TEXT,
    "proposalConfidence" DOUBLE PRECISION,

    CONSTRAINT "RequestForComment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RequestAttempt" (
    "requestId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "revisionId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "channel" "ContactChannel" NOT NULL,
    "note" TEXT,

    CONSTRAINT "RequestAttempt_pkey" PRIMARY KEY ("requestId","ordinal")
);

-- CreateTable
CREATE TABLE "SourceDocument" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "lineage" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "publisher" TEXT,
    "url" TEXT,
    "publishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SourceDocument_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Record" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "lineage" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "RecordKind" NOT NULL,
    "title" TEXT,
    "programme" TEXT,
    "airedAt" TIMESTAMPTZ(3),
    "url" TEXT,

    CONSTRAINT "Record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordSegment" (
    "recordId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "revisionId" UUID NOT NULL,
    "speaker" TEXT,
    "startMs" INTEGER NOT NULL,
    "endMs" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "RecordSegment_pkey" PRIMARY KEY ("recordId","ordinal")
);

-- CreateTable
CREATE TABLE "Event" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "visibility" "EventVisibility" NOT NULL,
    "startsAt" TIMESTAMPTZ(3),
    "place" TEXT,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claim" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "lineage" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "kind" "ClaimKind" NOT NULL,
    "disparages" BOOLEAN NOT NULL,
    "targetPersonId" UUID,
    "targetOrganizationId" UUID,
    "holderPersonId" UUID,
    "holderOrganizationId" UUID,
    "holderSourceId" UUID,
    "eventId" UUID,
    "confirmed" BOOLEAN NOT NULL,
    "proposalRule" TEXT,
    "proposalConfidence" DOUBLE PRECISION,

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClaimOccurrence" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "claimId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "attributionId" UUID,
    "strength" TEXT,

    CONSTRAINT "ClaimOccurrence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClaimDocument" (
    "claimId" UUID NOT NULL,
    "documentId" UUID NOT NULL,
    "revisionId" UUID NOT NULL,

    CONSTRAINT "ClaimDocument_pkey" PRIMARY KEY ("claimId","documentId")
);

-- CreateTable
CREATE TABLE "OutletCredit" (
    "id" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "lineage" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "outletId" UUID NOT NULL,
    "attributionId" UUID,
    "url" TEXT,
    "publishedAt" TIMESTAMPTZ(3),
    "isPublic" BOOLEAN NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    "proposalRule" TEXT,
    "proposalConfidence" DOUBLE PRECISION,

    CONSTRAINT "OutletCredit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MediaRef" (
    "revisionId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "MediaKind" NOT NULL,
    "uri" TEXT NOT NULL,
    "caption" INTEGER,
    "credit" TEXT,
    "rights" TEXT,

    CONSTRAINT "MediaRef_pkey" PRIMARY KEY ("revisionId","ordinal")
);

-- CreateTable
CREATE TABLE "StaffToken" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "StaffRole" NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StaffToken_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Story_slug_key" ON "Story"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Story_currentRevisionId_key" ON "Story"("currentRevisionId");

-- CreateIndex
CREATE UNIQUE INDEX "Story_publicRevisionId_key" ON "Story"("publicRevisionId");

-- CreateIndex
CREATE INDEX "Story_listedAt_id_idx" ON "Story"("listedAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Story_publishedAt_id_idx" ON "Story"("publishedAt" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "Storyline_slug_key" ON "Storyline"("slug");

-- CreateIndex
CREATE INDEX "Revision_desk_idx" ON "Revision"("desk");

-- CreateIndex
CREATE INDEX "Revision_storylineId_idx" ON "Revision"("storylineId");

-- CreateIndex
CREATE INDEX "Revision_evolvedFromId_idx" ON "Revision"("evolvedFromId");

-- CreateIndex
CREATE INDEX "Revision_translationOfId_idx" ON "Revision"("translationOfId");

-- CreateIndex
CREATE INDEX "Revision_parentId_idx" ON "Revision"("parentId");

-- CreateIndex
CREATE UNIQUE INDEX "Revision_storyId_number_key" ON "Revision"("storyId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Journalist_key_key" ON "Journalist"("key");

-- CreateIndex
CREATE INDEX "Byline_journalistId_idx" ON "Byline"("journalistId");

-- CreateIndex
CREATE UNIQUE INDEX "Topic_code_key" ON "Topic"("code");

-- CreateIndex
CREATE INDEX "RevisionTopic_topicId_idx" ON "RevisionTopic"("topicId");

-- CreateIndex
CREATE UNIQUE INDEX "Person_key_key" ON "Person"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Organization_key_key" ON "Organization"("key");

-- CreateIndex
CREATE INDEX "Affiliation_organizationId_idx" ON "Affiliation"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "Affiliation_personId_organizationId_title_from_key" ON "Affiliation"("personId", "organizationId", "title", "from") NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "Outlet_key_key" ON "Outlet"("key");

-- CreateIndex
CREATE INDEX "Provider_outletId_idx" ON "Provider"("outletId");

-- CreateIndex
CREATE INDEX "PersonCitation_personId_idx" ON "PersonCitation"("personId");

-- CreateIndex
CREATE INDEX "OrganizationCitation_organizationId_idx" ON "OrganizationCitation"("organizationId");

-- CreateIndex
CREATE INDEX "Source_personId_idx" ON "Source"("personId");

-- CreateIndex
CREATE INDEX "Source_organizationId_idx" ON "Source"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "Source_revisionId_lineage_key" ON "Source"("revisionId", "lineage");

-- CreateIndex
CREATE UNIQUE INDEX "Source_revisionId_key_key" ON "Source"("revisionId", "key");

-- CreateIndex
CREATE INDEX "AnonymousSource_revisionId_idx" ON "AnonymousSource"("revisionId");

-- CreateIndex
CREATE INDEX "AnonymousSource_organizationId_idx" ON "AnonymousSource"("organizationId");

-- CreateIndex
CREATE INDEX "AnonymityAgreement_revisionId_idx" ON "AnonymityAgreement"("revisionId");

-- CreateIndex
CREATE INDEX "Approval_revisionId_idx" ON "Approval"("revisionId");

-- CreateIndex
CREATE INDEX "Attribution_lineage_idx" ON "Attribution"("lineage");

-- CreateIndex
CREATE INDEX "Attribution_listedAt_lineage_idx" ON "Attribution"("listedAt" DESC, "lineage");

-- CreateIndex
CREATE INDEX "Attribution_personId_listedAt_lineage_idx" ON "Attribution"("personId", "listedAt" DESC, "lineage");

-- CreateIndex
CREATE INDEX "Attribution_organizationId_listedAt_lineage_idx" ON "Attribution"("organizationId", "listedAt" DESC, "lineage");

-- CreateIndex
CREATE UNIQUE INDEX "Attribution_revisionId_lineage_key" ON "Attribution"("revisionId", "lineage");

-- CreateIndex
CREATE UNIQUE INDEX "Attribution_revisionId_key_key" ON "Attribution"("revisionId", "key");

-- CreateIndex
CREATE INDEX "AnonymousAttribution_sourceId_idx" ON "AnonymousAttribution"("sourceId");

-- CreateIndex
CREATE INDEX "AnonymousAttribution_revisionId_idx" ON "AnonymousAttribution"("revisionId");

-- CreateIndex
CREATE INDEX "AnonymousAttribution_listedAt_attributionId_idx" ON "AnonymousAttribution"("listedAt" DESC, "attributionId");

-- CreateIndex
CREATE INDEX "AttributionOutlet_revisionId_idx" ON "AttributionOutlet"("revisionId");

-- CreateIndex
CREATE INDEX "AttributionOutlet_outletId_idx" ON "AttributionOutlet"("outletId");

-- CreateIndex
CREATE INDEX "GroundRulesEntry_revisionId_idx" ON "GroundRulesEntry"("revisionId");

-- CreateIndex
CREATE INDEX "Quote_attributionId_idx" ON "Quote"("attributionId");

-- CreateIndex
CREATE INDEX "Quote_lineage_idx" ON "Quote"("lineage");

-- CreateIndex
CREATE INDEX "Quote_listedAt_lineage_idx" ON "Quote"("listedAt" DESC, "lineage");

-- CreateIndex
CREATE INDEX "Quote_speakerId_listedAt_lineage_idx" ON "Quote"("speakerId", "listedAt" DESC, "lineage");

-- CreateIndex
CREATE INDEX "Quote_organizationId_listedAt_lineage_idx" ON "Quote"("organizationId", "listedAt" DESC, "lineage");

-- CreateIndex
CREATE INDEX "Quote_statementId_idx" ON "Quote"("statementId");

-- CreateIndex
CREATE UNIQUE INDEX "Quote_revisionId_lineage_key" ON "Quote"("revisionId", "lineage");

-- CreateIndex
CREATE UNIQUE INDEX "Quote_revisionId_key_key" ON "Quote"("revisionId", "key");

-- CreateIndex
CREATE INDEX "OfficialStatement_issuerId_idx" ON "OfficialStatement"("issuerId");

-- CreateIndex
CREATE INDEX "StatementCitation_statementId_listedAt_id_idx" ON "StatementCitation"("statementId", "listedAt", "id");

-- CreateIndex
CREATE INDEX "StatementCitation_listedAt_id_idx" ON "StatementCitation"("listedAt" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "StatementCitation_revisionId_statementId_key" ON "StatementCitation"("revisionId", "statementId");

-- CreateIndex
CREATE INDEX "StatementReport_revisionId_idx" ON "StatementReport"("revisionId");

-- CreateIndex
CREATE INDEX "StatementReport_attributionId_idx" ON "StatementReport"("attributionId");

-- CreateIndex
CREATE INDEX "RequestForComment_personId_idx" ON "RequestForComment"("personId");

-- CreateIndex
CREATE INDEX "RequestForComment_organizationId_idx" ON "RequestForComment"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "RequestForComment_revisionId_lineage_key" ON "RequestForComment"("revisionId", "lineage");

-- CreateIndex
CREATE INDEX "RequestAttempt_revisionId_idx" ON "RequestAttempt"("revisionId");

-- CreateIndex
CREATE UNIQUE INDEX "SourceDocument_revisionId_key_key" ON "SourceDocument"("revisionId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Record_revisionId_key_key" ON "Record"("revisionId", "key");

-- CreateIndex
CREATE INDEX "RecordSegment_revisionId_idx" ON "RecordSegment"("revisionId");

-- CreateIndex
CREATE UNIQUE INDEX "Event_revisionId_key_key" ON "Event"("revisionId", "key");

-- CreateIndex
CREATE INDEX "Claim_targetPersonId_idx" ON "Claim"("targetPersonId");

-- CreateIndex
CREATE INDEX "Claim_targetOrganizationId_idx" ON "Claim"("targetOrganizationId");

-- CreateIndex
CREATE UNIQUE INDEX "Claim_revisionId_lineage_key" ON "Claim"("revisionId", "lineage");

-- CreateIndex
CREATE INDEX "ClaimOccurrence_revisionId_idx" ON "ClaimOccurrence"("revisionId");

-- CreateIndex
CREATE UNIQUE INDEX "ClaimOccurrence_claimId_ordinal_key" ON "ClaimOccurrence"("claimId", "ordinal");

-- CreateIndex
CREATE INDEX "ClaimDocument_revisionId_idx" ON "ClaimDocument"("revisionId");

-- CreateIndex
CREATE INDEX "OutletCredit_outletId_idx" ON "OutletCredit"("outletId");

-- CreateIndex
CREATE UNIQUE INDEX "OutletCredit_revisionId_lineage_key" ON "OutletCredit"("revisionId", "lineage");

-- CreateIndex
CREATE UNIQUE INDEX "StaffToken_hash_key" ON "StaffToken"("hash");

-- AddForeignKey
ALTER TABLE "Story" ADD CONSTRAINT "Story_currentRevisionId_fkey" FOREIGN KEY ("currentRevisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Story" ADD CONSTRAINT "Story_publicRevisionId_fkey" FOREIGN KEY ("publicRevisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_storylineId_fkey" FOREIGN KEY ("storylineId") REFERENCES "Storyline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_evolvedFromId_fkey" FOREIGN KEY ("evolvedFromId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_translationOfId_fkey" FOREIGN KEY ("translationOfId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Paragraph" ADD CONSTRAINT "Paragraph_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextRange" ADD CONSTRAINT "TextRange_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextRange" ADD CONSTRAINT "TextRange_revisionId_paragraph_fkey" FOREIGN KEY ("revisionId", "paragraph") REFERENCES "Paragraph"("revisionId", "index") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextRange" ADD CONSTRAINT "TextRange_attributionId_fkey" FOREIGN KEY ("attributionId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextRange" ADD CONSTRAINT "TextRange_quoteId_fkey" FOREIGN KEY ("quoteId") REFERENCES "Quote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextRange" ADD CONSTRAINT "TextRange_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextRange" ADD CONSTRAINT "TextRange_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "RequestForComment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextRange" ADD CONSTRAINT "TextRange_creditId_fkey" FOREIGN KEY ("creditId") REFERENCES "OutletCredit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextRange" ADD CONSTRAINT "TextRange_occurrenceId_fkey" FOREIGN KEY ("occurrenceId") REFERENCES "ClaimOccurrence"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextRange" ADD CONSTRAINT "TextRange_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Byline" ADD CONSTRAINT "Byline_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Byline" ADD CONSTRAINT "Byline_journalistId_fkey" FOREIGN KEY ("journalistId") REFERENCES "Journalist"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RevisionTopic" ADD CONSTRAINT "RevisionTopic_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RevisionTopic" ADD CONSTRAINT "RevisionTopic_topicId_fkey" FOREIGN KEY ("topicId") REFERENCES "Topic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Affiliation" ADD CONSTRAINT "Affiliation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Affiliation" ADD CONSTRAINT "Affiliation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Provider" ADD CONSTRAINT "Provider_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Provider" ADD CONSTRAINT "Provider_outletId_fkey" FOREIGN KEY ("outletId") REFERENCES "Outlet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonCitation" ADD CONSTRAINT "PersonCitation_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonCitation" ADD CONSTRAINT "PersonCitation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrganizationCitation" ADD CONSTRAINT "OrganizationCitation_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrganizationCitation" ADD CONSTRAINT "OrganizationCitation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Source" ADD CONSTRAINT "Source_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Source" ADD CONSTRAINT "Source_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Source" ADD CONSTRAINT "Source_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Source" ADD CONSTRAINT "Source_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "SourceDocument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Source" ADD CONSTRAINT "Source_outletId_fkey" FOREIGN KEY ("outletId") REFERENCES "Outlet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Source" ADD CONSTRAINT "Source_heldById_fkey" FOREIGN KEY ("heldById") REFERENCES "Outlet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnonymousSource" ADD CONSTRAINT "AnonymousSource_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnonymousSource" ADD CONSTRAINT "AnonymousSource_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnonymityAgreement" ADD CONSTRAINT "AnonymityAgreement_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "AnonymousSource"("sourceId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnonymityAgreement" ADD CONSTRAINT "AnonymityAgreement_grantedById_fkey" FOREIGN KEY ("grantedById") REFERENCES "Journalist"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "AnonymityAgreement"("sourceId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_approvedById_fkey" FOREIGN KEY ("approvedById") REFERENCES "Journalist"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_recordedById_fkey" FOREIGN KEY ("recordedById") REFERENCES "Journalist"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attribution" ADD CONSTRAINT "Attribution_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attribution" ADD CONSTRAINT "Attribution_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attribution" ADD CONSTRAINT "Attribution_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attribution" ADD CONSTRAINT "Attribution_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attribution" ADD CONSTRAINT "Attribution_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attribution" ADD CONSTRAINT "Attribution_antecedentId_fkey" FOREIGN KEY ("antecedentId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attribution" ADD CONSTRAINT "Attribution_occasionId_fkey" FOREIGN KEY ("occasionId") REFERENCES "Event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnonymousAttribution" ADD CONSTRAINT "AnonymousAttribution_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnonymousAttribution" ADD CONSTRAINT "AnonymousAttribution_attributionId_fkey" FOREIGN KEY ("attributionId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnonymousAttribution" ADD CONSTRAINT "AnonymousAttribution_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "AnonymousSource"("sourceId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AttributionOutlet" ADD CONSTRAINT "AttributionOutlet_attributionId_fkey" FOREIGN KEY ("attributionId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AttributionOutlet" ADD CONSTRAINT "AttributionOutlet_outletId_fkey" FOREIGN KEY ("outletId") REFERENCES "Outlet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroundRulesEntry" ADD CONSTRAINT "GroundRulesEntry_attributionId_fkey" FOREIGN KEY ("attributionId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_attributionId_fkey" FOREIGN KEY ("attributionId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_speakerId_fkey" FOREIGN KEY ("speakerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "OfficialStatement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "Record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OfficialStatement" ADD CONSTRAINT "OfficialStatement_issuerId_fkey" FOREIGN KEY ("issuerId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementText" ADD CONSTRAINT "StatementText_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "OfficialStatement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementCitation" ADD CONSTRAINT "StatementCitation_statementId_textTakenAt_fkey" FOREIGN KEY ("statementId", "textTakenAt") REFERENCES "StatementText"("statementId", "takenAt") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementCitation" ADD CONSTRAINT "StatementCitation_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementCitation" ADD CONSTRAINT "StatementCitation_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "OfficialStatement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementCitation" ADD CONSTRAINT "StatementCitation_spokespersonId_fkey" FOREIGN KEY ("spokespersonId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementReport" ADD CONSTRAINT "StatementReport_citationId_fkey" FOREIGN KEY ("citationId") REFERENCES "StatementCitation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementReport" ADD CONSTRAINT "StatementReport_attributionId_fkey" FOREIGN KEY ("attributionId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestForComment" ADD CONSTRAINT "RequestForComment_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestForComment" ADD CONSTRAINT "RequestForComment_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestForComment" ADD CONSTRAINT "RequestForComment_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestForComment" ADD CONSTRAINT "RequestForComment_askedById_fkey" FOREIGN KEY ("askedById") REFERENCES "Journalist"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestForComment" ADD CONSTRAINT "RequestForComment_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "StatementCitation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestForComment" ADD CONSTRAINT "RequestForComment_attributionId_fkey" FOREIGN KEY ("attributionId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestAttempt" ADD CONSTRAINT "RequestAttempt_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "RequestForComment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceDocument" ADD CONSTRAINT "SourceDocument_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Record" ADD CONSTRAINT "Record_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordSegment" ADD CONSTRAINT "RecordSegment_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "Record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_targetPersonId_fkey" FOREIGN KEY ("targetPersonId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_targetOrganizationId_fkey" FOREIGN KEY ("targetOrganizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_holderPersonId_fkey" FOREIGN KEY ("holderPersonId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_holderOrganizationId_fkey" FOREIGN KEY ("holderOrganizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_holderSourceId_fkey" FOREIGN KEY ("holderSourceId") REFERENCES "Source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClaimOccurrence" ADD CONSTRAINT "ClaimOccurrence_claimId_fkey" FOREIGN KEY ("claimId") REFERENCES "Claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClaimOccurrence" ADD CONSTRAINT "ClaimOccurrence_attributionId_fkey" FOREIGN KEY ("attributionId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClaimDocument" ADD CONSTRAINT "ClaimDocument_claimId_fkey" FOREIGN KEY ("claimId") REFERENCES "Claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClaimDocument" ADD CONSTRAINT "ClaimDocument_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "SourceDocument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutletCredit" ADD CONSTRAINT "OutletCredit_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutletCredit" ADD CONSTRAINT "OutletCredit_outletId_fkey" FOREIGN KEY ("outletId") REFERENCES "Outlet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutletCredit" ADD CONSTRAINT "OutletCredit_attributionId_fkey" FOREIGN KEY ("attributionId") REFERENCES "Attribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MediaRef" ADD CONSTRAINT "MediaRef_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Full-text search.
CREATE INDEX "Paragraph_search_idx" ON "Paragraph" USING gin ("search");
CREATE INDEX "Quote_search_idx" ON "Quote" USING gin ("search");
CREATE INDEX "StatementText_search_idx" ON "StatementText" USING gin ("search");

-- What one row can be checked for.
ALTER TABLE "Story"
  ADD CONSTRAINT "Story_published_check" CHECK (("state" = 'DRAFT') = ("firstPublishedAt" IS NULL)),
  ADD CONSTRAINT "Story_version_check" CHECK (("version" > 0) = ("publicRevisionId" IS NOT NULL));
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_number_check" CHECK ("number" >= 1);
ALTER TABLE "TextRange" ADD CONSTRAINT "TextRange_owner_check"
  CHECK (num_nonnulls("attributionId", "quoteId", "sourceId", "requestId", "creditId", "occurrenceId", "eventId") = 1);
ALTER TABLE "Source" ADD CONSTRAINT "Source_kind_check" CHECK (CASE "kind"
  WHEN 'PERSON' THEN "personId" IS NOT NULL AND num_nonnulls("documentId", "outletId", "name") = 0
  WHEN 'ORGANIZATION' THEN "organizationId" IS NOT NULL AND num_nonnulls("personId", "documentId", "outletId", "name") = 0
  WHEN 'DOCUMENT' THEN "documentId" IS NOT NULL AND num_nonnulls("personId", "organizationId", "outletId", "name") = 0
  WHEN 'OUTLET' THEN "outletId" IS NOT NULL AND num_nonnulls("personId", "organizationId", "documentId", "name") = 0
  WHEN 'GROUP' THEN "name" IS NOT NULL AND num_nonnulls("personId", "organizationId", "documentId", "outletId") = 0
  -- Who an anonymous source is stands in no column of this database.
  WHEN 'ANONYMOUS' THEN num_nonnulls("personId", "organizationId", "documentId", "outletId", "name", "title") = 0
END);
ALTER TABLE "AnonymousSource" ADD CONSTRAINT "AnonymousSource_headcount_check"
  CHECK ("headcountMin" >= 1 AND ("headcountExact" IS NULL OR "headcountExact" >= "headcountMin"));
ALTER TABLE "Attribution"
  ADD CONSTRAINT "Attribution_parent_check" CHECK ("parentId" <> "id"),
  ADD CONSTRAINT "Attribution_antecedent_check" CHECK ("antecedentId" <> "id"),
  -- Ground rules that forbid attribution, and what no person has confirmed (I11), never make a public row.
  ADD CONSTRAINT "Attribution_public_check" CHECK (NOT "isPublic" OR ("confirmed" AND "groundRules" NOT IN ('DEEP_BACKGROUND', 'OFF_RECORD')));
ALTER TABLE "Quote"
  ADD CONSTRAINT "Quote_excerpt_check" CHECK (num_nonnulls("excerptStart", "excerptEnd", "excerptExact") IN (0, 3)),
  ADD CONSTRAINT "Quote_public_check" CHECK (NOT "isPublic" OR "confirmed");
ALTER TABLE "Source" ADD CONSTRAINT "Source_public_check" CHECK (NOT "isPublic" OR "confirmed");
ALTER TABLE "StatementCitation" ADD CONSTRAINT "StatementCitation_public_check" CHECK (NOT "isPublic" OR "confirmed");
ALTER TABLE "RequestForComment" ADD CONSTRAINT "RequestForComment_asked_check" CHECK (num_nonnulls("personId", "organizationId") >= 1);

-- I1: a range lies inside its paragraph, and the words under it are the stored ones. The message never holds the words.
CREATE FUNCTION "refuse_wrong_ranges"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  SELECT r."revisionId", r."ordinal" INTO wrong
  FROM changed AS r JOIN "Paragraph" AS p ON p."revisionId" = r."revisionId" AND p."index" = r."paragraph"
  WHERE NOT "range_holds"(p."text", p."astral", r."start", r."end", r."exact")
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'text range % of revision % does not hold its words', wrong."ordinal", wrong."revisionId"
      USING ERRCODE = 'ONR01', CONSTRAINT = 'TextRange_words', TABLE = 'TextRange';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "TextRange_words_insert" AFTER INSERT ON "TextRange" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_wrong_ranges"();
CREATE TRIGGER "TextRange_words_update" AFTER UPDATE ON "TextRange" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_wrong_ranges"();

CREATE FUNCTION "refuse_text_under_ranges"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  SELECT r."revisionId", r."ordinal" INTO wrong
  FROM changed AS p JOIN "TextRange" AS r ON r."revisionId" = p."revisionId" AND r."paragraph" = p."index"
  WHERE NOT "range_holds"(p."text", p."astral", r."start", r."end", r."exact")
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'text range % of revision % would no longer hold its words', wrong."ordinal", wrong."revisionId"
      USING ERRCODE = 'ONR01', CONSTRAINT = 'TextRange_words', TABLE = 'Paragraph';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "Paragraph_words_update" AFTER UPDATE ON "Paragraph" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_text_under_ranges"();

-- I2: a published revision, and every row that belongs to it, never changes. What was agreed with a source (AnonymityAgreement,
-- Approval) stands beside the revision and may be completed later.
CREATE FUNCTION "refuse_published_revision"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."publishedAt" IS NOT NULL THEN
    RAISE EXCEPTION 'revision % is published and cannot change; save a new revision', OLD."id"
      USING ERRCODE = 'ONR02', CONSTRAINT = 'Revision_frozen', TABLE = 'Revision';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER "Revision_frozen" BEFORE UPDATE OR DELETE ON "Revision"
  FOR EACH ROW EXECUTE FUNCTION "refuse_published_revision"();

CREATE FUNCTION "refuse_rows_of_published_revision"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  frozen uuid;
BEGIN
  SELECT r."id" INTO frozen FROM "Revision" AS r
  WHERE r."publishedAt" IS NOT NULL AND r."id" IN (SELECT c."revisionId" FROM changed AS c)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'revision % is published and cannot change; save a new revision', frozen
      USING ERRCODE = 'ONR02', CONSTRAINT = 'Revision_frozen', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END
$$;
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN
    SELECT c.table_name FROM information_schema.columns AS c
    WHERE c.table_schema = current_schema() AND c.column_name = 'revisionId' AND c.table_name NOT IN ('AnonymityAgreement', 'Approval')
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rows_of_published_revision"()', name || '_frozen_insert', name);
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rows_of_published_revision"()', name || '_frozen_delete', name);
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rows_of_published_revision"()', name || '_frozen_update', name);
    -- The other side of an update: a row moved into a published revision.
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rows_of_published_revision"()', name || '_frozen_move', name);
  END LOOP;
END
$$;
