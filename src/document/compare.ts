import type { StoryDocument } from './schema.js'
import { compareEntries, type EntryChange } from './compare/entries.js'
import { compareMetadata, type FieldChange } from './compare/metadata.js'
import { Names } from './compare/names.js'
import { compareParagraphs, type ParagraphChange } from './compare/paragraphs.js'

export type { ParagraphChange, TextPart } from './compare/paragraphs.js'
export type { EntryChange } from './compare/entries.js'
export type { FieldChange } from './compare/metadata.js'
export { separateLineages, withFreshLineages, type AnonymitySides } from './compare/anonymity.js'
export { compareCredits, comparePublicly, RETRACTION_REASONS, type RetractionReason, type CreditChange, type CreditChanges, type PublicChange, type PublicChanges, type PublicParagraphChange } from './compare/public.js'

/** How one revision differs from another, for the newsroom alone: it tells of ground rules, approvals and unconfirmed entries. */
export interface Changes {
  readonly paragraphs: readonly ParagraphChange[]
  readonly fields: readonly FieldChange[]
  readonly attributions: readonly EntryChange[]
  readonly quotes: readonly EntryChange[]
  readonly sources: readonly EntryChange[]
  readonly statements: readonly EntryChange[]
  readonly requestsForComment: readonly EntryChange[]
  readonly outletCredits: readonly EntryChange[]
  readonly claims: readonly EntryChange[]
}

/**
 * Compares two revisions of a story: paragraphs word by word, what is said of the story as a whole, and by lineage what appeared,
 * vanished or changed, and how. That words stand elsewhere is a change of the paragraphs and of nothing else. Keys do not count: they
 * are a document's own. Deterministic; the time grows with the two documents.
 */
export function compareDocuments(from: StoryDocument, to: StoryDocument): Changes {
  const names = [new Names(from), new Names(to)] as const
  return {
    paragraphs: compareParagraphs(from.paragraphs, to.paragraphs),
    fields: compareMetadata(from, to, names),
    attributions: compareEntries('attributions', ...names),
    quotes: compareEntries('quotes', ...names),
    sources: compareEntries('sources', ...names),
    statements: compareEntries('statements', ...names),
    requestsForComment: compareEntries('requestsForComment', ...names),
    outletCredits: compareEntries('outletCredits', ...names),
    claims: compareEntries('claims', ...names),
  }
}
