-- CreateEnum
CREATE TYPE "VaultPurpose" AS ENUM ('MEMBER', 'RECOVERY');

-- CreateEnum
CREATE TYPE "VaultMemberState" AS ENUM ('PENDING', 'ACTIVE', 'RETIRED');

-- CreateTable
CREATE TABLE "VaultMember" (
    "fingerprint" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "purpose" "VaultPurpose" NOT NULL,
    "recipient" TEXT NOT NULL,
    "signingKey" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "state" "VaultMemberState" NOT NULL,
    "registeredOn" DATE NOT NULL,

    CONSTRAINT "VaultMember_pkey" PRIMARY KEY ("fingerprint")
);

-- CreateTable
CREATE TABLE "VaultAttestation" (
    "subject" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "VaultAttestation_pkey" PRIMARY KEY ("subject","by")
);

-- CreateTable
CREATE TABLE "VaultRecord" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "isDestroyed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "VaultRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VaultVersion" (
    "recordId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "manifest" JSON NOT NULL,
    "manifestHash" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "ciphertext" BYTEA,

    CONSTRAINT "VaultVersion_pkey" PRIMARY KEY ("recordId","version")
);

-- CreateTable
CREATE TABLE "VaultGrant" (
    "recordId" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,

    CONSTRAINT "VaultGrant_pkey" PRIMARY KEY ("recordId","fingerprint")
);

-- CreateTable
CREATE TABLE "LegalHold" (
    "id" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "placedBy" TEXT NOT NULL,
    "placedOn" DATE NOT NULL,
    "liftedBy" TEXT,
    "liftedOn" DATE,

    CONSTRAINT "LegalHold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditRecord" (
    "number" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "commitment" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditRecord_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "AuditPayload" (
    "number" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "AuditPayload_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "VaultMember_owner_idx" ON "VaultMember"("owner");

-- CreateIndex
CREATE INDEX "VaultGrant_fingerprint_idx" ON "VaultGrant"("fingerprint");

-- CreateIndex
CREATE INDEX "LegalHold_recordId_idx" ON "LegalHold"("recordId");

-- CreateIndex
CREATE UNIQUE INDEX "AuditRecord_hash_key" ON "AuditRecord"("hash");

-- AddForeignKey
ALTER TABLE "VaultAttestation" ADD CONSTRAINT "VaultAttestation_subject_fkey" FOREIGN KEY ("subject") REFERENCES "VaultMember"("fingerprint") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VaultAttestation" ADD CONSTRAINT "VaultAttestation_by_fkey" FOREIGN KEY ("by") REFERENCES "VaultMember"("fingerprint") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VaultVersion" ADD CONSTRAINT "VaultVersion_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "VaultRecord"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VaultGrant" ADD CONSTRAINT "VaultGrant_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "VaultRecord"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VaultGrant" ADD CONSTRAINT "VaultGrant_fingerprint_fkey" FOREIGN KEY ("fingerprint") REFERENCES "VaultMember"("fingerprint") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The audit log is written once. What it is chained by is never changed and never deleted; a payload can expire, in a transaction that
-- says so ("onrecord.audit_expires_until", which a record of the chain repeats).
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % of "%" is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'ONR03';
END
$$;
CREATE TRIGGER "AuditRecord_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditRecord" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "AuditPayload_append_only" BEFORE UPDATE OR TRUNCATE ON "AuditPayload" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();

CREATE FUNCTION "refuse_audit_loss"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."number" > coalesce(nullif(current_setting('onrecord.audit_expires_until', true), '')::int, 0) THEN
    RAISE EXCEPTION 'the audit log is append-only: payload % has not expired', OLD."number" USING ERRCODE = 'ONR03';
  END IF;
  RETURN OLD;
END
$$;
CREATE TRIGGER "AuditPayload_expires" BEFORE DELETE ON "AuditPayload" FOR EACH ROW EXECUTE FUNCTION "refuse_audit_loss"();

-- A record follows on the one before it, and has a payload when it is written.
CREATE FUNCTION "refuse_broken_chain"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (NEW."number" = 1 OR EXISTS (SELECT 1 FROM "AuditRecord" AS r WHERE r."number" = NEW."number" - 1 AND r."hash" = NEW."previous")) THEN
    RAISE EXCEPTION 'audit record % does not follow on the one before', NEW."number" USING ERRCODE = 'ONR03';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "AuditRecord_follows" BEFORE INSERT ON "AuditRecord" FOR EACH ROW EXECUTE FUNCTION "refuse_broken_chain"();
ALTER FUNCTION "refuse_broken_chain"() SET enable_seqscan = off;

-- What stands here is ciphertext of age, or nothing.
ALTER TABLE "VaultVersion" ADD CONSTRAINT "VaultVersion_ciphertext_check" CHECK ("ciphertext" IS NULL OR substring("ciphertext" FROM 1 FOR 22) = '\x6167652d656e6372797074696f6e2e6f72672f76310a'::bytea);
