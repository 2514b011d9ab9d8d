import type { StoryDocument, TextRange } from '../../document/index.js'
import type { ArchiveReport } from '../archive/archive-index.js'
import { compareFindings, SEVERITIES, type Severity } from '../finding.js'
import type { JudgedFinding } from '../waivers.js'

/** One story with what was found in it, waived findings included. */
export interface ReportedStory {
  readonly document: Pick<StoryDocument, 'slug' | 'paragraphs'>
  readonly findings: readonly JudgedFinding[]
  /** Path of the file that was checked, for formats that point into files. The slug takes its place where there is none. */
  readonly file?: string
  /** What stands in that file, where it is plain text: lines and columns are then those of the file. */
  readonly text?: string
}
export interface ReportInput {
  readonly stories: readonly ReportedStory[]
  /** Version of Onrecord. */
  readonly version?: string
  readonly profile?: string
  /** What shows only across the stories. */
  readonly archive?: ArchiveReport
  /** For what was written story by story: `pretty` then adds the archive and the total alone. */
  readonly isTotalOnly?: boolean
}
export interface ReportOptions {
  /** ANSI colours; off by default. */
  readonly color?: boolean
  /** Columns of the terminal; 80 by default. */
  readonly width?: number
}

export const nameOf = (story: ReportedStory) => story.file ?? story.document.slug

export const ordered = (story: ReportedStory): JudgedFinding[] => [...story.findings].sort((a, b) => compareFindings(a.finding, b.finding))

/** Findings by severity, those across the stories included, waived ones left out. */
export function countsOf({ stories, archive }: Pick<ReportInput, 'stories' | 'archive'>): Readonly<Record<Severity, number>> & { readonly waived: number } {
  const counts = { error: 0, warning: 0, info: 0, waived: 0 }
  for (const { severity } of archive?.findings ?? []) counts[severity] += 1
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

export interface Position { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number }

/** Lines and columns, from 1, the end exclusive: in the plain text that was checked, else in a text with one line for every paragraph. */
export function position(story: ReportedStory, range: TextRange): Position {
  const start = story.text === undefined ? undefined : startsIn(story.text, story.document)[range.paragraph]
  if (start === undefined) return { line: range.paragraph + 1, column: range.start + 1, endLine: range.paragraph + 1, endColumn: range.end + 1 }
  const [from, to] = [place(story.text!, start + range.start), place(story.text!, start + range.end)]
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

const memo = new WeakMap<ReportedStory['document'], readonly (number | undefined)[]>()

/** Where each paragraph begins in the text; undefined where its words do not stand there. */
function startsIn(text: string, document: ReportedStory['document']): readonly (number | undefined)[] {
  const known = memo.get(document)
  if (known) return known
  let from = 0
  const starts = document.paragraphs.map((paragraph) => {
    const start = text.indexOf(paragraph.text, from)
    if (start < 0) return undefined
    from = start + paragraph.text.length
    return start
  })
  memo.set(document, starts)
  return starts
}

function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}
