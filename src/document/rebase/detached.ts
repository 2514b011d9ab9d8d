import type { StoryDocument, TextRange } from '../schema.js'
import type { LostReason } from './locate.js'

/** What a range says about the entry that it belongs to. */
export type RangeRole =
  | 'CONTENT' | 'CUE' | 'MENTION' | 'ADDRESSEE' | 'SAID_AT' | 'QUOTE'
  | 'DESCRIPTOR' | 'HEADCOUNT' | 'REASON' | 'BASIS' | 'AFFILIATION' | 'MOTIVE' | 'TERMS'
  | 'OUTCOME_LINE' | 'OUTLET_MENTION' | 'OUTLET_CONTENT' | 'OCCURRENCE' | 'EVENT' | 'CAPTION'

export const RANGED = ['events', 'media', 'sources', 'attributions', 'quotes', 'requestsForComment', 'outletCredits', 'claims'] as const
export type Ranged = (typeof RANGED)[number]

interface Owned {
  /** In the old document: `attributions[3].cue`; of an entry `attributions[3]`. */
  readonly path: string
  readonly collection: Ranged
  readonly key: string
  /** Events and media have none. */
  readonly lineage: string | undefined
  /** The words held; those of all content, quote or occurrence ranges of an entry, joined by a space. */
  readonly exact: string
  /** The words before and after, at most 32 UTF-16 units each, in the old text. */
  readonly prefix: string
  readonly suffix: string
}

/** A range that points at nothing any more. Its entry is in the document without it, or is reported as a `DetachedEntry` too. */
export interface DetachedRange extends Owned {
  readonly kind: 'RANGE'
  readonly role: RangeRole
  /** In the old text. Of a `CAPTION`, the whole paragraph. */
  readonly range: TextRange
  /**
   * `OWNER_LEFT_OUT`: a claim's occurrence whose attribution was left out; alone it would say that the outlet asserts the claim
   * itself. `ROLE_CHANGED`: the paragraph of a caption is now something else.
   */
  readonly reason: LostReason | 'OWNER_LEFT_OUT' | 'ROLE_CHANGED'
  /** What was dropped with the range: a claim's occurrence with its attribution and strength, the exact headcount, the form of a mention. */
  readonly dropped?: unknown
}

/** An entry that cannot be in the document: a range that it needs is detached, or what it belongs to is left out. */
export interface DetachedEntry extends Owned {
  readonly kind: 'ENTRY'
  readonly role: 'ENTRY'
  readonly reason: 'RANGES_DETACHED' | 'OWNER_LEFT_OUT'
  /** The entry as it was, with ranges in the old text. */
  readonly entry: StoryDocument[Ranged][number]
  /** Those of its ranges that still hold: their paths in the old document, and where they stand in the new text. */
  readonly holding: readonly { readonly path: string; readonly range: TextRange }[]
  /** References to it that were cleared, as paths in the old document: `attributions[4].antecedent`. */
  readonly references: readonly string[]
}

export type Detached = DetachedRange | DetachedEntry

const ROLES: Readonly<Record<Ranged, Readonly<Record<string, RangeRole>>>> = {
  events: { range: 'EVENT' },
  media: { caption: 'CAPTION' },
  sources: { descriptorRange: 'DESCRIPTOR', headcount: 'HEADCOUNT', reason: 'REASON', basis: 'BASIS', affiliation: 'AFFILIATION', motive: 'MOTIVE', terms: 'TERMS' },
  attributions: { content: 'CONTENT', cue: 'CUE', mention: 'MENTION', addressee: 'ADDRESSEE', saidAt: 'SAID_AT' },
  quotes: { ranges: 'QUOTE' },
  requestsForComment: { outcomeLine: 'OUTCOME_LINE' },
  outletCredits: { mention: 'OUTLET_MENTION', content: 'OUTLET_CONTENT' },
  claims: { occurrences: 'OCCURRENCE' },
}

/** The role of a range by the field of its entry that holds it. */
export function roleOf(collection: Ranged, field: string): RangeRole {
  const role = ROLES[collection][field]
  // A range added to the document format needs a role here; without one its loss could not be told.
  if (!role) throw new TypeError(`No role is known for ranges in ${collection}[].${field}`)
  return role
}
