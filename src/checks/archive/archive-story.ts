import type { StoryDocument, TextRange } from '../../document/index.js'
import type { Severity, WordChange } from '../finding.js'

/** One story of an archive, in its present form. */
export interface ArchiveStory {
  readonly slug: string
  /** ISO 8601. Undefined for a draft, which takes no part in what is compared by date. */
  readonly publishedAt?: string | undefined
  readonly desk: string
  readonly document: StoryDocument
}

export const ARCHIVE_CHECKS = ['title-differs', 'quote-reworded', 'statement-quoted-differently', 'never-asked', 'single-anonymous-story'] as const
export type ArchiveCheck = (typeof ARCHIVE_CHECKS)[number]

export interface ArchivePlace {
  readonly slug: string
  /** Undefined for the story as a whole. */
  readonly range: TextRange | undefined
}

/** What shows only across stories. */
export interface ArchiveFinding {
  readonly check: ArchiveCheck
  readonly severity: Severity
  /** What is the matter, why it matters, what to do: the three below in one text. */
  readonly message: string
  readonly what: string
  readonly why: string
  readonly advice: string
  /** What the stories share: `person:KEY`, `statement:…`, `storyline:SLUG` or `story:SLUG`. */
  readonly key: string
  /** Earliest story first. */
  readonly places: readonly ArchivePlace[]
  /** From the earlier words to the later ones. */
  readonly changes?: readonly WordChange[]
}

interface Explained { readonly severity: Severity; readonly title: string; readonly why: string; readonly advice: string }

export const EXPLAINED: Readonly<Record<ArchiveCheck, Explained>> = {
  'title-differs': { severity: 'warning', title: 'One person, two titles', why: 'One of the two may be wrong, or out of date.', advice: 'Look the title up, and correct the story that has it wrong.' },
  'quote-reworded': { severity: 'warning', title: 'One quote, two wordings', why: 'The speaker said it once, in one way.', advice: 'Go back to the record and put the same words in both stories.' },
  'statement-quoted-differently': { severity: 'warning', title: 'One statement quoted in two ways', why: 'The statement stands in writing, so one of the two is not what it says.', advice: 'Compare both with the statement’s text.' },
  'never-asked': { severity: 'warning', title: 'Never asked over a whole storyline', why: 'Whom a running story accuses has a right to answer in it.', advice: 'Ask, file the request, and print its outcome.' },
  'single-anonymous-story': { severity: 'info', title: 'Story that rests on one anonymous source', why: 'Nobody else can be asked whether any of it is true.', advice: 'Find a second source, or a document, for a follow-up.' },
}

export function archiveFinding(check: ArchiveCheck, key: string, what: string, places: readonly ArchivePlace[], more: { readonly changes?: readonly WordChange[]; readonly severity?: Severity } = {}): ArchiveFinding {
  const { severity, why, advice } = EXPLAINED[check]
  return { check, severity, what, why, advice, message: `${what} ${why} ${advice}`, key, places, ...more }
}
