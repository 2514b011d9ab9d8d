import { EXPLAINED } from '../archive/archive-story.js'
import type { Severity } from '../finding.js'
import { nameOf, ordered, position, type ReportInput } from './input.js'

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' }

/** Workflow commands of GitHub Actions, a line for every finding that is not waived. */
export function githubReport(input: ReportInput): string {
  const stories = input.stories.flatMap((story) => ordered(story).filter(({ waiver }) => !waiver).map(({ finding }) => {
    const range = finding.ranges[0]
    const place = range ? position(story, range) : undefined
    const properties = [`file=${property(nameOf(story))}`, ...(place ? [`line=${place.line}`, `col=${place.column}`, ...(place.endLine === place.line ? [`endColumn=${place.endColumn}`] : [`endLine=${place.endLine}`])] : []), `title=${property(`${finding.title} (${finding.rule})`)}`]
    return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${data(finding.message)}\n`
  }))
  const archive = (input.archive?.findings ?? []).map((finding) => `::${COMMANDS[finding.severity]} file=${property(finding.places.at(-1)!.slug)},title=${property(`${EXPLAINED[finding.check].title} (${finding.check})`)}::${data(finding.message)}\n`)
  return [...stories, ...archive].join('')
}

const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
