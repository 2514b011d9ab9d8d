-- CreateEnum
CREATE TYPE "PartnerScope" AS ENUM ('READ', 'EMBARGOED');

-- CreateEnum
CREATE TYPE "EmbargoAccess" AS ENUM ('NONE', 'ADVANCE');

-- CreateTable
CREATE TABLE "Partner" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "dutyName" TEXT,
    "dutyEmail" TEXT,
    "dutyPhone" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "Partner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PartnerKey" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" "PartnerScope"[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "revokedBy" TEXT,
    "replacesId" UUID,

    CONSTRAINT "PartnerKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PartnerContract" (
    "partnerId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "allDesks" BOOLEAN NOT NULL,
    "desks" TEXT[],
    "allTopics" BOOLEAN NOT NULL,
    "topics" TEXT[],
    "embargoAccess" "EmbargoAccess" NOT NULL,
    "archiveDays" INTEGER,
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "validUntil" TIMESTAMPTZ(3),
    "setAt" TIMESTAMPTZ(3) NOT NULL,
    "setBy" TEXT NOT NULL,

    CONSTRAINT "PartnerContract_pkey" PRIMARY KEY ("partnerId","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "PartnerKey_hash_key" ON "PartnerKey"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "PartnerKey_replacesId_key" ON "PartnerKey"("replacesId");

-- CreateIndex
CREATE INDEX "PartnerKey_partnerId_idx" ON "PartnerKey"("partnerId");

-- AddForeignKey
ALTER TABLE "PartnerKey" ADD CONSTRAINT "PartnerKey_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PartnerKey" ADD CONSTRAINT "PartnerKey_replacesId_fkey" FOREIGN KEY ("replacesId") REFERENCES "PartnerKey"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PartnerContract" ADD CONSTRAINT "PartnerContract_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Prisma knows no index on an expression.
CREATE UNIQUE INDEX "Partner_name_key" ON "Partner"(lower("name"));

ALTER TABLE "Partner" ADD CONSTRAINT "Partner_duty_check" CHECK ("dutyEmail" IS NOT NULL OR "dutyPhone" IS NOT NULL);
ALTER TABLE "PartnerKey" ADD CONSTRAINT "PartnerKey_scopes_check" CHECK (cardinality("scopes") > 0);
ALTER TABLE "PartnerKey" ADD CONSTRAINT "PartnerKey_revoked_check" CHECK (("revokedAt" IS NULL) = ("revokedBy" IS NULL));
ALTER TABLE "PartnerContract" ADD CONSTRAINT "PartnerContract_desks_check" CHECK ("allDesks" = (coalesce(cardinality("desks"), 0) = 0));
ALTER TABLE "PartnerContract" ADD CONSTRAINT "PartnerContract_topics_check" CHECK ("allTopics" = (coalesce(cardinality("topics"), 0) = 0));
ALTER TABLE "PartnerContract" ADD CONSTRAINT "PartnerContract_archive_check" CHECK ("archiveDays" > 0);
ALTER TABLE "PartnerContract" ADD CONSTRAINT "PartnerContract_valid_check" CHECK ("validUntil" > "validFrom");

-- What was agreed stays on record: a changed contract is a new row.
CREATE FUNCTION "refuse_contract_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'contract % of partner % cannot change; set a new one', OLD."number", OLD."partnerId"
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'PartnerContract_frozen', TABLE = 'PartnerContract';
END
$$;
CREATE TRIGGER "PartnerContract_frozen" BEFORE UPDATE OR DELETE ON "PartnerContract" FOR EACH ROW EXECUTE FUNCTION "refuse_contract_change"();
