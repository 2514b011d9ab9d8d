-- A story that was published has a revision that was: what reads one by the other need not ask whether there is one.
ALTER TABLE "Story" ADD CONSTRAINT "Story_public_check" CHECK (("state" = 'DRAFT') = ("publicRevisionId" IS NULL));
