-- How common a word is decides how it is searched for: known of ten times as many words as usual.
ALTER TABLE "Paragraph" ALTER COLUMN "search" SET STATISTICS 1000;
ALTER TABLE "Quote" ALTER COLUMN "search" SET STATISTICS 1000;
ALTER TABLE "StatementText" ALTER COLUMN "search" SET STATISTICS 1000;
