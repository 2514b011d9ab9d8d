import type { TextRange } from '../document/index.js'

export const SEVERITIES = ['error', 'warning', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Another place that the finding is about, and what it has to do with it. */
export interface Related {
  readonly label: string
  readonly range: TextRange
}

export interface Suggestion {
  readonly range: TextRange
  readonly replacement: string
}

/** Words that stand in one text and not in the other; in order, and with the words that both share. */
export interface WordChange {
  readonly kind: 'same' | 'removed' | 'added'
  readonly words: string
}

/** What one check reports about one place of a document, or about the document as a whole. */
export interface Finding {
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  /** What is the matter, why it matters, what to do: the three below in one text. */
  readonly message: string
  readonly what: string
  readonly why: string
  readonly advice: string
  /** The words that it is about, in reading order. Empty for the story as a whole. */
  readonly ranges: readonly TextRange[]
  /** The words under the ranges, joined by " … ". */
  readonly exact: string
  readonly related: readonly Related[]
  readonly suggestion?: Suggestion
  /** For quotes that differ from their record: from the record to the quote. */
  readonly changes?: readonly WordChange[]
  /**
   * The same for the same rule on the same words and related words (of an attribution: with what is attributed),
   * wherever they stand. A waiver is bound to it.
   */
  readonly fingerprint: string
  /** Rests on something that no person has confirmed: a question, never an error. */
  readonly isQuestion: boolean
  /** Keys in the document of what it is about. */
  readonly attribution?: string
  readonly source?: string
  readonly quote?: string
  readonly claim?: string
}

/** Most severe first, then in reading order. */
export function compareFindings(a: Finding, b: Finding): number {
  return bySeverity(a.severity, b.severity) || byPlace(a, b) || text(a.rule, b.rule) || text(a.fingerprint, b.fingerprint) || text(a.message, b.message)
}

export function bySeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b)
}

function byPlace(a: Finding, b: Finding): number {
  const x = a.ranges[0]
  const y = b.ranges[0]
  if (!x || !y) return x ? -1 : y ? 1 : 0
  return x.paragraph - y.paragraph || x.start - y.start || x.end - y.end
}

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Findings on the same words, which a reader sees as one. */
export interface FindingGroup {
  /** The most severe, shown first. */
  readonly lead: Finding
  /** All of them, the lead included, most severe first. */
  readonly findings: readonly Finding[]
}

/** Puts findings whose first ranges are the same words together. Groups and their members come most severe first. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of [...findings].sort(compareFindings)) {
    const range = finding.ranges[0]
    const place = range ? `${range.paragraph}:${range.start}:${range.end}` : ''
    const group = groups.get(place)
    if (group && range) group.push(finding)
    else groups.set(range ? place : `story:${finding.rule}:${finding.fingerprint}`, [finding])
  }
  return [...groups.values()].map((members) => ({ lead: members[0]!, findings: members }))
}
