import type { StoryDocument, TextRange } from '../../document/index.js'
import { compareFindings, SEVERITIES, type Finding, type Severity } from '../finding.js'
import type { JudgedFinding } from '../waivers.js'

/** One story with what was found in it, waived findings included. */
export interface ReportedStory {
  readonly document: StoryDocument
  readonly findings: readonly JudgedFinding[]
  /** Path of the file that was checked, for formats that point into files. The slug takes its place where there is none. */
  readonly file?: string
}
export interface ReportInput {
  readonly stories: readonly ReportedStory[]
  /** Version of Onrecord. */
  readonly version?: string
  readonly profile?: string
}
export interface ReportOptions {
  /** ANSI colours; off by default. */
  readonly color?: boolean
  /** Columns of the terminal; 80 by default. */
  readonly width?: number
}

export const nameOf = (story: ReportedStory) => story.file ?? story.document.slug

export const ordered = (story: ReportedStory): JudgedFinding[] => [...story.findings].sort((a, b) => compareFindings(a.finding, b.finding))

/** Findings by severity, waived ones left out. */
export function countsOf(stories: readonly ReportedStory[]): Readonly<Record<Severity, number>> & { readonly waived: number } {
  const counts = { error: 0, warning: 0, info: 0, waived: 0 }
  for (const { findings } of stories) for (const { finding, waiver } of findings) counts[waiver ? 'waived' : finding.severity] += 1
  return counts
}

/** "1 error, 2 warnings and 3 notes". */
export function countText(counts: ReturnType<typeof countsOf>): string {
  const names: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' }
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => `${counts[severity]} ${names[severity]}${counts[severity] === 1 ? '' : 's'}`)
  if (counts.waived > 0) parts.push(`${counts.waived} waived`)
  return parts.length === 0 ? 'no findings' : parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Line and column, both from 1, of a place in the text with one line for every paragraph. */
export function position(range: TextRange): { readonly line: number; readonly column: number; readonly endColumn: number } {
  return { line: range.paragraph + 1, column: range.start + 1, endColumn: range.end + 1 }
}

export const firstRange = (finding: Finding): TextRange | undefined => finding.ranges[0]
