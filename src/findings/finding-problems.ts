import type { Finding } from '../checks/index.js'

/** Code of the errors that a refused publication answers with, one for each finding. */
export const FINDINGS_NOT_WAIVED = 'FINDINGS_NOT_WAIVED'

/** Findings in the way of publishing, in the form of a document's problems: where, and what to do. */
export function findingProblems(findings: readonly Finding[]): { readonly code: typeof FINDINGS_NOT_WAIVED; readonly message: string; readonly path: string }[] {
  return findings.map(({ rule, message, ranges: [range] }) => ({ code: FINDINGS_NOT_WAIVED, message: `${rule}: ${message}`, path: range ? `paragraphs[${range.paragraph}]` : '' }))
}
