import { isInByline } from './byline.js'
import type { GROUND_RULES } from './enums.js'
import type { Attribution, StoryDocument } from './schema.js'

export type Terms = (typeof GROUND_RULES)[number]

/** An approval of a use of an anonymous source, as it was recorded beside the revisions. */
export interface ApprovalOnFile {
  /** Lineage of the source. */
  readonly source: string
  readonly use: string
  /** Lineages of the attributions that were approved. */
  readonly attributions: readonly string[]
  /** Lineages of all that the source was credited with then. */
  readonly present: readonly string[]
  /** The journalist's key, and the name as of then. */
  readonly approvedBy: string
  readonly approvedByName: string
  /** RFC 3339. */
  readonly at: string
  readonly knowsIdentity: boolean
  readonly revokedAt: string | null
}

/** An approval that a document brought, and what the source was credited with in the first revision that has it. */
export interface NotedApproval extends Pick<ApprovalOnFile, 'source' | 'use' | 'approvedBy' | 'at' | 'present'> {}

/** Terms that were recorded beside the revisions, for the conversation behind some attributions. */
export interface TermsOnFile {
  readonly attributions: readonly string[]
  readonly terms: Terms
  readonly at: string
}

/** Attributions that must no longer be credited to a source. */
export interface RemovalOnFile {
  readonly source: string
  readonly attributions: readonly string[]
}

/** What the newsroom has on file about the sources of one story, beside its revisions. Lineages throughout. */
export interface AgreementsOnFile {
  /** Sources to which anonymity was granted, and on which terms; the latest last. */
  readonly granted: readonly { readonly source: string; readonly terms: Terms; readonly at: string }[]
  /** In the order in which they were recorded. */
  readonly approvals: readonly ApprovalOnFile[]
  readonly noted: readonly NotedApproval[]
  /** In the order in which they were recorded. */
  readonly terms: readonly TermsOnFile[]
  readonly removals: readonly RemovalOnFile[]
}

export const NOTHING_ON_FILE: AgreementsOnFile = { granted: [], approvals: [], noted: [], terms: [], removals: [] }

/** Why an approval does not hold for a revision; undefined where it holds. */
export type ApprovalLapse = 'REVOKED' | 'NEW_ATTRIBUTION' | 'APPROVER_IN_BYLINE'

/** Lineages of what a revision credits to a source. */
export function creditedTo(document: StoryDocument, source: string): string[] {
  const key = document.sources.find((entry) => entry.lineage === source)?.key
  return key === undefined ? [] : document.attributions.filter((attribution) => attribution.source === key).map(({ lineage }) => lineage)
}

/** It lapses when the source gains an attribution, and where whoever approved stands in the byline, or comes into it. */
export function lapseOf(approval: Pick<ApprovalOnFile, 'source' | 'present' | 'approvedBy' | 'approvedByName' | 'revokedAt'>, document: StoryDocument): ApprovalLapse | undefined {
  if (approval.revokedAt !== null) return 'REVOKED'
  if (isInByline(document, { name: approval.approvedByName, journalist: approval.approvedBy })) return 'APPROVER_IN_BYLINE'
  return creditedTo(document, approval.source).some((lineage) => !approval.present.includes(lineage)) ? 'NEW_ATTRIBUTION' : undefined
}

type AnonymousSource = Extract<StoryDocument['sources'][number], { kind: 'ANONYMOUS' }>
export type DocumentApproval = NonNullable<AnonymousSource['agreed']>['approvals'][number]

/** An approval of a document in the form of a recorded one. What was never stored with fewer attributions is about all that there are. */
export function approvalOfDocument(approval: DocumentApproval, source: string, document: StoryDocument, noted: readonly NotedApproval[]): ApprovalOnFile {
  const same = (other: NotedApproval) => other.source === source && other.use === approval.use && other.approvedBy === approval.approvedBy && Date.parse(other.at) === Date.parse(approval.at)
  const present = noted.find(same)?.present ?? creditedTo(document, source)
  const approvedByName = document.journalists.find(({ key }) => key === approval.approvedBy)?.name ?? approval.approvedBy
  return { source, use: approval.use, attributions: present, present, approvedBy: approval.approvedBy, approvedByName, at: approval.at, knowsIdentity: approval.knowsIdentity, revokedAt: null }
}

/** The terms of the conversation behind an attribution: the latest that were dated, in the document or on file. */
export function termsInForce(attribution: Attribution, source: string | undefined, { terms, granted }: Pick<AgreementsOnFile, 'terms' | 'granted'>): { readonly terms: Terms; readonly isOnFile: boolean } {
  const changed = latest(terms.filter(({ attributions }) => attributions.includes(attribution.lineage)))
  const written = latest(attribution.groundRules.history)
  if (changed && !(written && Date.parse(written.at) > Date.parse(changed.at))) return { terms: changed.terms, isOnFile: true }
  const grant = attribution.groundRules.terms === 'UNSTATED' ? latest(granted.filter((entry) => entry.source === source)) : undefined
  return grant ? { terms: grant.terms, isOnFile: true } : { terms: attribution.groundRules.terms, isOnFile: false }
}

/** Of entries with the same instant, the one that was recorded last. */
function latest<T extends { readonly at: string }>(entries: readonly T[]): T | undefined {
  return entries.reduce<T | undefined>((found, entry) => (found && Date.parse(found.at) > Date.parse(entry.at) ? found : entry), undefined)
}

/** The document with the terms that are in force, so that its public form leaves out what they forbid. */
export function withTermsInForce(document: StoryDocument, onFile: Pick<AgreementsOnFile, 'terms' | 'granted'>): StoryDocument {
  if (onFile.terms.length === 0 && onFile.granted.length === 0) return document
  const lineages = new Map(document.sources.map(({ key, lineage }) => [key, lineage]))
  return {
    ...document,
    attributions: document.attributions.map((attribution) => {
      const { terms } = termsInForce(attribution, attribution.source === undefined ? undefined : lineages.get(attribution.source), onFile)
      return terms === attribution.groundRules.terms ? attribution : { ...attribution, groundRules: { ...attribution.groundRules, terms } }
    }),
  }
}
