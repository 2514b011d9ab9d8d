import type { TextRange } from '../../document/index.js'
import { EXPLAINED, type ArchiveCheck, type ArchiveFinding } from '../archive/archive-story.js'
import type { Severity } from '../finding.js'
import { fingerprintOf } from '../fingerprint.js'
import { RULES } from '../rules/index.js'
import type { JudgedFinding } from '../waivers.js'
import { nameOf, ordered, position, type ReportedStory, type ReportInput } from './input.js'

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = { error: 'error', warning: 'warning', info: 'note' }

/** SARIF 2.1.0 (OASIS), one run. Lines are paragraphs, columns UTF-16 units from 1; the other places are `relatedLocations`, waivers `suppressions`. */
export function sarifReport(input: ReportInput): string {
  const across = input.archive?.findings ?? []
  const files = new Map(input.stories.map((story) => [story.document.slug, story]))
  const used = [...new Set([...input.stories.flatMap(({ findings }) => findings.map(({ finding }) => finding.rule)), ...across.map(({ check }) => check)])].sort()
  const index = new Map(used.map((id, at) => [id, at]))
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'Onrecord', ...(input.version !== undefined && { version: input.version }), rules: used.map(descriptor) } },
      columnKind: 'utf16CodeUnits',
      results: [...input.stories.flatMap((story) => ordered(story).map((judged) => result(story, judged, index))), ...across.map((finding) => archiveResult(finding, index, files))],
    }],
  }, null, 2)}\n`
}

/** A relative reference: a colon in its first part would make a scheme of it. */
const uriOf = (name: string) => encodeURI(name).replaceAll(':', '%3A')

function descriptor(id: string) {
  const rule = RULES.find((each) => each.id === id)
  if (!rule) {
    const { title, why, advice, severity } = EXPLAINED[id as ArchiveCheck]
    return { id, name: title, shortDescription: { text: title }, fullDescription: { text: why }, help: { text: `${why} ${advice}` }, defaultConfiguration: { level: LEVELS[severity] } }
  }
  return {
    id, name: rule.title, shortDescription: { text: rule.title }, fullDescription: { text: rule.flags }, help: { text: `${rule.why} ${rule.advice} Policy: ${rule.policy}.` },
    defaultConfiguration: { level: LEVELS[rule.severity] },
  }
}

function result(story: ReportedStory, { finding, waiver }: JudgedFinding, index: ReadonlyMap<string, number>) {
  const artifact = { uri: uriOf(nameOf(story)) }
  const place = (range: TextRange, label?: string, id?: number) => ({
    ...(id !== undefined && { id }),
    physicalLocation: { artifactLocation: artifact, region: region(story, range) },
    ...(label !== undefined && { message: { text: label } }),
  })
  const more = [...finding.ranges.slice(1).map((range) => ({ range, label: 'also here' })), ...finding.related]
  return {
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: finding.ranges[0] ? [place(finding.ranges[0])] : [{ physicalLocation: { artifactLocation: artifact } }],
    ...(more.length > 0 && { relatedLocations: more.map(({ range, label }, at) => place(range, label, at + 1)) }),
    partialFingerprints: { 'onrecord/v1': finding.fingerprint },
    ...(finding.suggestion && { fixes: [fix(story, finding.suggestion.range, finding.suggestion.replacement, artifact)] }),
    // The code alone: an editor's words about a source stay in the newsroom.
    suppressions: waiver ? [{ kind: 'external', status: 'accepted', justification: waiver.code }] : [],
  }
}

/** The latest story is where it shows; the others are related. */
function archiveResult({ check, severity, message, places }: ArchiveFinding, index: ReadonlyMap<string, number>, files: ReadonlyMap<string, ReportedStory>) {
  const located = places.map(({ slug, range }, at) => {
    const story = files.get(slug)
    return { id: at + 1, physicalLocation: { artifactLocation: { uri: uriOf(story ? nameOf(story) : slug) }, ...(story && range && { region: region(story, range) }) }, message: { text: slug } }
  })
  const { id: _, ...latest } = located.at(-1)!
  return {
    ruleId: check, ruleIndex: index.get(check), level: LEVELS[severity], message: { text: message }, locations: [latest],
    ...(located.length > 1 && { relatedLocations: located.slice(0, -1) }), partialFingerprints: { 'onrecord/v1': fingerprintOf([check, ...places.map(({ slug, range }) => `${slug} ${range?.exact ?? ''}`)]) }, suppressions: [],
  }
}

function region(story: ReportedStory, range: TextRange) {
  const { line, column, endLine, endColumn } = position(story, range)
  return { startLine: line, startColumn: column, endLine, endColumn, snippet: { text: range.exact } }
}

function fix(story: ReportedStory, range: TextRange, replacement: string, artifactLocation: { uri: string }) {
  const { snippet: _, ...deletedRegion } = region(story, range)
  return { description: { text: `Write “${replacement}”` }, artifactChanges: [{ artifactLocation, replacements: [{ deletedRegion, insertedContent: { text: replacement } }] }] }
}
