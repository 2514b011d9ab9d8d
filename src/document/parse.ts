import { randomUUID } from 'node:crypto'
import { DOCUMENT_VERSION, storyDocument, type StoryDocument } from './schema.js'
import { LIMITS } from './limits.js'
import { referenceProblems } from './references.js'
import { cutsPair, mapRanges, rangeProblem } from './text-range.js'

export interface DocumentProblem {
  /** Where in the document: `attributions[3].content[0]`. Empty for the document as a whole. */
  readonly path: string
  readonly code: string
  /** What is wrong and what to do, without the path. */
  readonly message: string
}

export type ParseResult = { readonly ok: true; readonly document: StoryDocument } | { readonly ok: false; readonly problems: readonly DocumentProblem[] }

/** At most so many problems are reported for one document. */
const MOST_PROBLEMS = 50

/**
 * Checks a value against the document format and fills in what may be left out: defaults, lineages, the exact words of ranges.
 * Everything that the database would refuse is found here first, with its path. Never throws on bad input.
 */
export function parseStoryDocument(input: unknown, options: { lineage?: () => string } = {}): ParseResult {
  const early = versionProblem(input) ?? sizeProblem(input)
  if (early) return { ok: false, problems: [early] }
  const parsed = storyDocument.safeParse(input)
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.slice(0, MOST_PROBLEMS).map((issue) => ({ path: pathText(issue.path), code: 'INVALID_DOCUMENT', message: issueText(issue) })) }
  }
  const problems: DocumentProblem[] = []
  const report = (path: readonly (string | number)[], code: string, message: string) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ path: pathText(path), code, message })
  }
  const total = parsed.data.paragraphs.reduce((sum, paragraph) => sum + paragraph.text.length, 0)
  if (total > LIMITS.storyText) report(['paragraphs'], 'TOO_LONG', `hold ${total} UTF-16 units together; a story may hold ${LIMITS.storyText}`)
  const { paragraphs, ...rest } = parsed.data
  let underRanges = 0
  const filled = mapRanges(rest, (range, path) => {
    underRanges += Math.max(0, range.end - range.start)
    if (underRanges > LIMITS.rangeText) return range
    const problem = rangeProblem(paragraphs, range)
    if (problem) report(path, problem.code, problem.message)
    return { ...range, exact: paragraphs[range.paragraph]?.text.slice(range.start, range.end) ?? '' }
  })
  if (underRanges > LIMITS.rangeText) report([], 'TOO_LONG', `marks ${underRanges} UTF-16 units with its ranges; a story may mark ${LIMITS.rangeText}`)
  const document = withLineages({ ...filled, paragraphs } as typeof parsed.data, options.lineage ?? randomUUID)
  for (const problem of referenceProblems(document)) report(problem.path, problem.code, problem.message)
  fillExcerpts(document, report)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, document }
}

/** Parses, and throws a `TypeError` that lists the problems. For documents of our own making. */
export function storyDocumentOf(input: unknown, options: { lineage?: () => string } = {}): StoryDocument {
  const result = parseStoryDocument(input, options)
  if (result.ok) return result.document
  throw new TypeError(`Not a story document:\n${result.problems.map((problem) => `  ${problem.path || '(document)'}: ${problem.message}`).join('\n')}`)
}

/** `["attributions", 3, "content", 0]` → `attributions[3].content[0]`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`)).join('')
}

function versionProblem(input: unknown): DocumentProblem | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return { path: '', code: 'INVALID_DOCUMENT', message: 'is not a JSON object' }
  const version = (input as { onrecord?: unknown }).onrecord
  if (version === undefined) return { path: 'onrecord', code: 'INVALID_DOCUMENT', message: `is missing; write "onrecord": ${DOCUMENT_VERSION}, the version of the format` }
  if (typeof version === 'number' && version > DOCUMENT_VERSION) {
    return { path: 'onrecord', code: 'NEWER_VERSION', message: `is version ${version}; this release reads version ${DOCUMENT_VERSION}. Update Onrecord, or export again from the older one` }
  }
  return undefined
}

/** Refuses oversized lists before each entry is looked at. */
function sizeProblem(input: unknown): DocumentProblem | undefined {
  const most: Record<string, number> = { paragraphs: LIMITS.paragraphs, sources: LIMITS.sources, attributions: LIMITS.attributions, quotes: LIMITS.quotes }
  for (const [name, value] of Object.entries(input as object)) {
    const limit = most[name] ?? LIMITS.others
    if (Array.isArray(value) && value.length > limit) {
      return { path: name, code: 'TOO_LONG', message: `holds ${value.length} entries; a story may hold ${limit}` }
    }
  }
  return undefined
}

function issueText(issue: { code?: string; message: string; keys?: string[] }): string {
  if (issue.code === 'unrecognized_keys') return `has ${issue.keys!.length === 1 ? 'an unknown field' : 'unknown fields'}: ${issue.keys!.join(', ')}`
  return issue.message
}

type Unfilled = ReturnType<typeof storyDocument.parse>
const WITH_LINEAGE = ['documents', 'records', 'sources', 'attributions', 'quotes', 'statements', 'requestsForComment', 'outletCredits', 'claims'] as const

function withLineages(document: Unfilled, make: () => string): StoryDocument {
  const filled: Record<string, unknown> = { ...document }
  for (const name of WITH_LINEAGE) filled[name] = document[name].map((entry) => (entry.lineage ? entry : { ...entry, lineage: make() }))
  return filled as unknown as StoryDocument
}

/** An excerpt's range lies in the latest text of its statement, and its words are the words there. */
function fillExcerpts(document: StoryDocument, report: (path: readonly (string | number)[], code: string, message: string) => void): void {
  const statements = new Map(document.statements.map((statement) => [statement.key, statement]))
  document.quotes.forEach((quote, index) => {
    const excerpt = quote.excerptOf as { statement: string; start: number; end: number; exact?: string } | undefined
    if (!excerpt) return
    const path = ['quotes', index, 'excerptOf']
    const text = statements.get(excerpt.statement)?.texts.at(-1)?.text
    if (text === undefined) {
      report(path, 'RANGE_OUTSIDE', `points into statement "${excerpt.statement}", which has no text on file`)
    } else if (excerpt.start >= excerpt.end || excerpt.end > text.length) {
      report(path, 'RANGE_OUTSIDE', `spans ${excerpt.start} to ${excerpt.end}, but the statement has ${text.length} UTF-16 units`)
    } else if (cutsPair(text, excerpt.start) || cutsPair(text, excerpt.end)) {
      report(path, 'RANGE_CUTS_CHARACTER', 'cuts a character in half; move it by one')
    } else if (excerpt.exact !== undefined && excerpt.exact !== text.slice(excerpt.start, excerpt.end)) {
      report(path, 'RANGE_WORDS_DIFFER', 'differs from the words of the statement there')
    } else {
      excerpt.exact = text.slice(excerpt.start, excerpt.end)
    }
  })
}
