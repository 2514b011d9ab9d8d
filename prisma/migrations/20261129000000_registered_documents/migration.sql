-- AlterTable
ALTER TABLE "PartnerContract" ADD COLUMN     "registeredOnly" BOOLEAN NOT NULL DEFAULT false;
