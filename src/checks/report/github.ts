import type { Severity } from '../finding.js'
import { nameOf, ordered, position, type ReportInput } from './input.js'

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' }

/** Workflow commands of GitHub Actions, a line for every finding that is not waived. */
export function githubReport(input: ReportInput): string {
  return input.stories.flatMap((story) => ordered(story).filter(({ waiver }) => !waiver).map(({ finding }) => {
    const range = finding.ranges[0]
    const place = range ? position(range) : undefined
    const properties = [`file=${property(nameOf(story))}`, ...(place ? [`line=${place.line}`, `col=${place.column}`, `endColumn=${place.endColumn}`] : []), `title=${property(`${finding.title} (${finding.rule})`)}`]
    return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${data(finding.message)}\n`
  })).join('')
}

const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
