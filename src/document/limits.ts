/**
 * What one document may hold. A document over a limit is refused with the limit in the message;
 * nothing of it is stored.
 */
export const LIMITS = {
  /** UTF-16 code units in all paragraphs of a story together. */
  storyText: 1_048_576,
  /** UTF-16 code units under all ranges of a story together; overlapping ones count each time. */
  rangeText: 4_194_304,
  paragraphs: 5_000,
  sources: 2_000,
  attributions: 5_000,
  quotes: 5_000,
  /** Statements, requests for comment, records, source documents, credits, media, claims, events: each. */
  others: 1_000,
  /** UTF-16 code units of the full text of one official statement or record segment. */
  statementText: 262_144,
  /** Publications of a story, people behind a source, milliseconds of a record: what the database's whole numbers hold. */
  number: 2_147_483_647,
  /** UTF-16 code units of a name, descriptor, title, URL or other single line. */
  line: 2_000,
} as const
