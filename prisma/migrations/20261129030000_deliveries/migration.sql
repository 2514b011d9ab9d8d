-- CreateEnum
CREATE TYPE "WebhookState" AS ENUM ('ACTIVE', 'DISABLED', 'REMOVED');

-- CreateEnum
CREATE TYPE "WebhookDisabledReason" AS ENUM ('BY_HAND', 'GONE', 'FAILING', 'SECRET_LOST');

-- CreateEnum
CREATE TYPE "WebhookDeliveryState" AS ENUM ('WAITING', 'DELIVERED', 'UNDELIVERABLE', 'OBSOLETE');

-- CreateEnum
CREATE TYPE "TakingWay" AS ENUM ('FETCHED', 'PUSHED');

-- CreateTable
CREATE TABLE "WebhookEndpoint" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" "StoryEventKind"[],
    "state" "WebhookState" NOT NULL DEFAULT 'ACTIVE',
    "disabledReason" "WebhookDisabledReason",
    "disabledAt" TIMESTAMPTZ(3),
    "failingSince" TIMESTAMPTZ(3),
    "secret" TEXT,
    "previousSecret" TEXT,
    "previousUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "WebhookEndpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" UUID NOT NULL,
    "endpointId" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" "StoryEventKind" NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" "WebhookDeliveryState" NOT NULL DEFAULT 'WAITING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "lastAttemptAt" TIMESTAMPTZ(3),
    "lastStatus" INTEGER,
    "lastFailure" TEXT,
    "deliveredAt" TIMESTAMPTZ(3),
    "noticeId" UUID,

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StoryTaking" (
    "storyId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "way" "TakingWay" NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StoryTaking_pkey" PRIMARY KEY ("storyId","partnerId","version","way")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "storyId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" "StoryEventKind" NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "isEmbargoed" BOOLEAN NOT NULL,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "acknowledgedBy" TEXT,
    "liftedAt" TIMESTAMPTZ(3),
    "overdueToldAt" TIMESTAMPTZ(3),

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "WebhookEndpoint_partnerId_idx" ON "WebhookEndpoint"("partnerId");

-- CreateIndex
CREATE INDEX "WebhookDelivery_endpointId_at_id_idx" ON "WebhookDelivery"("endpointId", "at" DESC, "id");

-- CreateIndex
CREATE INDEX "WebhookDelivery_storyId_idx" ON "WebhookDelivery"("storyId");

-- CreateIndex
CREATE INDEX "WebhookDelivery_noticeId_idx" ON "WebhookDelivery"("noticeId");

-- CreateIndex
CREATE INDEX "StoryTaking_partnerId_idx" ON "StoryTaking"("partnerId");

-- CreateIndex
CREATE INDEX "Notice_partnerId_at_id_idx" ON "Notice"("partnerId", "at" DESC, "id");

-- CreateIndex
CREATE INDEX "Notice_storyId_idx" ON "Notice"("storyId");

-- AddForeignKey
ALTER TABLE "WebhookEndpoint" ADD CONSTRAINT "WebhookEndpoint_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "WebhookEndpoint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoryTaking" ADD CONSTRAINT "StoryTaking_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoryTaking" ADD CONSTRAINT "StoryTaking_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Prisma knows no index on some of the rows.
CREATE INDEX "WebhookDelivery_due_idx" ON "WebhookDelivery"("endpointId", "nextAttemptAt") WHERE "state" = 'WAITING';
CREATE INDEX "WebhookDelivery_done_idx" ON "WebhookDelivery"("at") WHERE "state" <> 'WAITING';
CREATE INDEX "Notice_open_idx" ON "Notice"("at", "id") WHERE "acknowledgedAt" IS NULL AND "liftedAt" IS NULL;

ALTER TABLE "WebhookEndpoint" ADD CONSTRAINT "WebhookEndpoint_events_check" CHECK (cardinality("events") > 0);
ALTER TABLE "WebhookEndpoint" ADD CONSTRAINT "WebhookEndpoint_disabled_check" CHECK (("state" = 'DISABLED') = ("disabledReason" IS NOT NULL) AND ("disabledReason" IS NULL) = ("disabledAt" IS NULL));
ALTER TABLE "WebhookEndpoint" ADD CONSTRAINT "WebhookEndpoint_secret_check" CHECK (("secret" IS NULL) = ("state" = 'REMOVED') AND ("previousSecret" IS NULL) = ("previousUntil" IS NULL));
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_delivered_check" CHECK (("state" = 'DELIVERED') = ("deliveredAt" IS NOT NULL));
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_acknowledged_check" CHECK (("acknowledgedAt" IS NULL) = ("acknowledgedBy" IS NULL));

-- One partner is told of one event once, whoever writes it down.
CREATE FUNCTION "notice_id"(partner uuid, story uuid, ordinal integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT md5(partner::text || ':' || story::text || ':' || ordinal::text)::uuid
$$;

-- I9: a partner whose answer was under way while a story was taken away or corrected. The foreign key has waited for that change by now.
CREATE FUNCTION "tell_late_taker"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "Notice" ("id", "partnerId", "storyId", "ordinal", "kind", "version", "at", "isEmbargoed")
  SELECT "notice_id"(NEW."partnerId", e."storyId", e."ordinal"), NEW."partnerId", e."storyId", e."ordinal", e."kind", e."version", e."at", NOT e."isOpen"
  FROM "StoryEvent" AS e JOIN "Story" AS s ON s."id" = e."storyId"
  WHERE e."storyId" = NEW."storyId" AND (e."kind" = 'CORRECTED' AND e."version" > NEW."version"
    OR e."kind" IN ('HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED') AND s."state" <> 'PUBLISHED' AND e."at" = s."removedAt")
  ON CONFLICT ("id") DO NOTHING;
  RETURN NULL;
END
$$;
-- Named so that it runs after the foreign keys are checked.
CREATE TRIGGER "StoryTaking_late" AFTER INSERT ON "StoryTaking" FOR EACH ROW EXECUTE FUNCTION "tell_late_taker"();
