import { EXPLAINED, type ArchiveFinding } from '../archive/archive-story.js'
import type { JudgedFinding } from '../waivers.js'
import { nameOf, ordered, position, type ReportedStory, type ReportInput } from './input.js'

/** JUnit XML: a suite for every story, a case for every finding. Errors and warnings fail; notes pass; waived findings are skipped. */
export function junitReport(input: ReportInput): string {
  const suites = input.stories.map(suite).join('') + (input.archive ? archiveSuite(input.archive.findings) : '')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Onrecord">\n${suites}</testsuites>\n`
}

function suite(story: ReportedStory): string {
  const judged = ordered(story)
  const failures = judged.filter(({ finding, waiver }) => !waiver && finding.severity !== 'info').length
  const skipped = judged.filter(({ waiver }) => waiver).length
  const cases = judged.length === 0 ? `    <testcase classname="${escape(nameOf(story))}" name="all rules"/>\n` : judged.map((each) => testCase(story, each)).join('')
  return `  <testsuite name="${escape(nameOf(story))}" tests="${Math.max(1, judged.length)}" failures="${failures}" errors="0" skipped="${skipped}">\n${cases}  </testsuite>\n`
}

function archiveSuite(findings: readonly ArchiveFinding[]): string {
  const cases = findings.map((finding) => {
    const text = escape(finding.message)
    const outcome = finding.severity === 'info' ? `<system-out>${text}</system-out>` : `<failure type="${finding.severity}" message="${escape(EXPLAINED[finding.check].title)}">${text}</failure>`
    return `    <testcase classname="archive" name="${escape(`${finding.check}: ${finding.places.map(({ slug }) => slug).join(', ')}`)}">${outcome}</testcase>\n`
  })
  const failures = findings.filter(({ severity }) => severity !== 'info').length
  return `  <testsuite name="archive" tests="${Math.max(1, cases.length)}" failures="${failures}" errors="0" skipped="0">\n${cases.length === 0 ? '    <testcase classname="archive" name="all checks"/>\n' : cases.join('')}  </testsuite>\n`
}

function testCase(story: ReportedStory, { finding, waiver }: JudgedFinding): string {
  const range = finding.ranges[0]
  const place = range ? `${nameOf(story)}:${position(story, range).line}:${position(story, range).column}` : nameOf(story)
  const open = `    <testcase classname="${escape(nameOf(story))}" name="${escape(`${finding.rule}: ${finding.exact || 'whole story'}`)}">`
  if (waiver) return `${open}<skipped message="${escape(`waived: ${waiver.code}`)}"/></testcase>\n`
  const text = escape(`${place}\n${finding.message}`)
  return finding.severity === 'info' ? `${open}<system-out>${text}</system-out></testcase>\n` : `${open}<failure type="${finding.severity}" message="${escape(finding.title)}">${text}</failure></testcase>\n`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
// XML 1.0 has no place for these characters, not even as entities.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const escape = (text: string) => text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"']/g, (char) => ENTITIES[char]!)
