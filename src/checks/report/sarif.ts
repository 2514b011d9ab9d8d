import type { TextRange } from '../../document/index.js'
import type { Severity } from '../finding.js'
import { RULES } from '../rules/index.js'
import type { JudgedFinding } from '../waivers.js'
import { nameOf, ordered, position, type ReportedStory, type ReportInput } from './input.js'

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = { error: 'error', warning: 'warning', info: 'note' }

/** SARIF 2.1.0 (OASIS), one run. Lines are paragraphs, columns UTF-16 units from 1; the other places are `relatedLocations`, waivers `suppressions`. */
export function sarifReport(input: ReportInput): string {
  const used = [...new Set(input.stories.flatMap(({ findings }) => findings.map(({ finding }) => finding.rule)))].sort()
  const index = new Map(used.map((id, at) => [id, at]))
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'Onrecord', ...(input.version !== undefined && { version: input.version }), rules: used.map(descriptor) } },
      columnKind: 'utf16CodeUnits',
      results: input.stories.flatMap((story) => ordered(story).map((judged) => result(story, judged, index))),
    }],
  }, null, 2)}\n`
}

function descriptor(id: string) {
  const rule = RULES.find((each) => each.id === id)
  if (!rule) return { id }
  return {
    id, name: rule.title, shortDescription: { text: rule.title }, fullDescription: { text: rule.flags }, help: { text: `${rule.why} ${rule.advice} Policy: ${rule.policy}.` },
    defaultConfiguration: { level: LEVELS[rule.severity] },
  }
}

function result(story: ReportedStory, { finding, waiver }: JudgedFinding, index: ReadonlyMap<string, number>) {
  const artifact = { uri: encodeURI(nameOf(story)) }
  const place = (range: TextRange, label?: string, id?: number) => ({
    ...(id !== undefined && { id }),
    physicalLocation: { artifactLocation: artifact, region: region(range) },
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
    ...(finding.suggestion && { fixes: [fix(finding.suggestion.range, finding.suggestion.replacement, artifact)] }),
    // The code alone: an editor's words about a source stay in the newsroom.
    suppressions: waiver ? [{ kind: 'external', status: 'accepted', justification: waiver.code }] : [],
  }
}

function region(range: TextRange) {
  const { line, column, endColumn } = position(range)
  return { startLine: line, startColumn: column, endLine: line, endColumn, snippet: { text: range.exact } }
}

function fix(range: TextRange, replacement: string, artifactLocation: { uri: string }) {
  const { snippet: _, ...deletedRegion } = region(range)
  return { description: { text: `Write “${replacement}”` }, artifactChanges: [{ artifactLocation, replacements: [{ deletedRegion, insertedContent: { text: replacement } }] }] }
}
