-- Which lineages an expunged revision had, and on which side of the anonymity boundary each stood.
ALTER TABLE "Revision" ADD COLUMN     "expungedLineages" JSON;

-- Whether another story has a lineage is asked whenever one is given.
CREATE INDEX "Source_lineage_idx" ON "Source"("lineage");
