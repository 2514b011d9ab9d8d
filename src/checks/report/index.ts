import { githubReport } from './github.js'
import type { ReportInput, ReportOptions } from './input.js'
import { jsonReport } from './json.js'
import { junitReport } from './junit.js'
import { prettyReport } from './pretty.js'
import { sarifReport } from './sarif.js'

export type { ReportInput, ReportOptions, ReportedStory } from './input.js'

const FORMATS = { pretty: prettyReport, json: jsonReport, sarif: sarifReport, github: githubReport, junit: junitReport } as const satisfies Record<string, (input: ReportInput, options?: ReportOptions) => string>
export type ReportFormat = keyof typeof FORMATS
export const REPORT_FORMATS = Object.keys(FORMATS) as readonly ReportFormat[]

/** All findings in one of the formats. Waived ones are shown as waived. */
export function report(format: ReportFormat, input: ReportInput, options: ReportOptions = {}): string {
  return FORMATS[format](input, options)
}
