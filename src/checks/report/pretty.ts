import type { TextRange } from '../../document/index.js'
import { sentencesOf, type Sentence } from '../analysis/sentences.js'
import { groupFindings, type Finding } from '../finding.js'
import type { JudgedFinding } from '../waivers.js'
import { archiveText } from './pretty-archive.js'
import { CODES, LOOKS, wrap, type Paint, type Style } from './paint.js'
import { countsOf, countText, nameOf, type ReportedStory, type ReportInput, type ReportOptions } from './input.js'

/** Made to be read in a terminal: the sentence with the words underlined, what is the matter, the other places, what to do. */
export function prettyReport(input: ReportInput, options: ReportOptions = {}): string {
  const paint: Paint = options.color ? (style, text) => (CODES[style] === '' ? text : `\u001B[${CODES[style]}m${text}\u001B[0m`) : (_, text) => text
  const width = Math.max(40, options.width ?? 80)
  const stories = input.isTotalOnly ? '' : input.stories.map((story) => storyText(story, paint, width)).join('')
  const archive = input.archive ? archiveText(input.archive, paint, width) : ''
  const total = input.stories.length > 1 || input.archive ? `${paint('bold', `${input.stories.length.toLocaleString('en-US')} ${input.stories.length === 1 ? 'story' : 'stories'}`)}: ${countText(countsOf(input))}\n` : ''
  return stories + archive + total
}

function storyText(story: ReportedStory, paint: Paint, width: number): string {
  const counts = countsOf({ stories: [story] })
  const title = `${paint('bold', nameOf(story))}: ${countText(counts)}\n`
  if (story.findings.length === 0) return `${paint('green', '✓')} ${title}`
  const open = story.findings.filter(({ waiver }) => !waiver).map(({ finding }) => finding)
  const sentences = sentencesOf(story.document)
  const groups = groupFindings(open).map(({ findings }) => groupText(findings, sentences, paint, width))
  const waived = story.findings.filter(({ waiver }) => waiver).map((judged) => waivedText(judged, paint))
  return `${title}\n${groups.join('\n')}${waived.length > 0 ? `\n${waived.join('')}` : ''}\n`
}

/** All findings on the same words under one sentence. */
function groupText(findings: readonly Finding[], sentences: readonly Sentence[], paint: Paint, width: number): string {
  const lead = findings[0]!
  const [first] = lead.ranges
  const style = LOOKS[lead.severity].style
  const place = first ? `paragraph ${first.paragraph + 1}` : 'whole story'
  const shown = first ? excerpts(lead.ranges, sentences, width).map((each) => excerptText(each, style, paint)).join('') : ''
  const heads = findings.map((finding) => {
    const look = LOOKS[finding.severity]
    return `${paint(look.style, look.name)} ${paint('bold', finding.title)} ${paint('dim', finding.rule)}${finding === lead ? paint('dim', `  ${place}`) : ''}\n${body(finding, sentences, paint, width)}`
  })
  return `${heads[0]!.split('\n')[0]!}\n${shown}${heads[0]!.split('\n').slice(1).join('\n')}${heads.slice(1).map((head) => `  ${paint('dim', '+')} ${head}`).join('')}`
}

function body(finding: Finding, sentences: readonly Sentence[], paint: Paint, width: number): string {
  const related = finding.related.slice(0, 4).map(({ label, range }) => `    ${paint('dim', `${label}, paragraph ${range.paragraph + 1}:`)} ${within(range, sentences, width - 8)}\n`).join('')
  const more = finding.related.length > 4 ? `    ${paint('dim', `and ${finding.related.length - 4} more`)}\n` : ''
  const changes = finding.changes && finding.changes.length > 0 ? `${wrap(finding.changes.map(({ kind, words }) => (kind === 'same' ? words : kind === 'removed' ? paint('red', `[-${words}-]`) : paint('green', `{+${words}+}`))).join(' '), '    record → quote: ', width)}\n` : ''
  const suggestion = finding.suggestion ? `    ${paint('green', `write: ${finding.suggestion.replacement}`)} ${paint('dim', `for: ${finding.suggestion.range.exact}`)}\n` : ''
  return `${wrap(finding.what, '    ', width)}\n${changes}${wrap(finding.why, '    ', width)}\n${related}${more}${wrap(finding.advice, '  → ', width)}\n${suggestion}`
}

interface Excerpt { readonly text: string; readonly marks: readonly (readonly [start: number, end: number])[] }

/** The sentences of the ranges, cut to the terminal's width around the words that matter. */
function excerpts(ranges: readonly TextRange[], sentences: readonly Sentence[], width: number): Excerpt[] {
  const found = new Map<Sentence, TextRange[]>()
  for (const range of ranges) {
    const sentence = sentenceAt(range, sentences)
    if (sentence) found.set(sentence, [...(found.get(sentence) ?? []), range])
  }
  return [...found].slice(0, 6).flatMap(([sentence, inside]) => lines(sentence, inside, width - 4))
}

/** Wraps a sentence and keeps the lines on which something is marked. */
function lines(sentence: Sentence, ranges: readonly TextRange[], width: number): Excerpt[] {
  const flat = sentence.text.replace(/\s/g, ' ')
  const rows: { start: number; end: number }[] = []
  for (let start = 0; start < flat.length;) {
    let end = Math.min(flat.length, start + width)
    if (end < flat.length) end = Math.max(flat.lastIndexOf(' ', end), start + 1)
    rows.push({ start, end })
    start = flat[end] === ' ' ? end + 1 : end
  }
  const marks = ranges.map((range) => [range.start - sentence.start, Math.min(range.end, sentence.end) - sentence.start] as const)
  const marked = rows.map((row, index) => ({ row, index, marks: marks.map(([start, end]) => [Math.max(start, row.start) - row.start, Math.min(end, row.end) - row.start] as const).filter(([start, end]) => start < end) }))
  const kept = rows.length <= 4 ? marked : marked.filter((each) => each.marks.length > 0).slice(0, 4)
  return kept.map(({ row, marks: inside }) => ({ text: flat.slice(row.start, row.end), marks: inside }))
}

function excerptText({ text, marks }: Excerpt, style: Style, paint: Paint): string {
  if (marks.length === 0) return `    ${text}\n`
  let under = ''
  for (const [start, end] of marks) under = under.padEnd(start) + '~'.repeat(Math.max(0, end - Math.max(start, under.length)))
  return `    ${text}\n    ${paint(style, under)}\n`
}

function sentenceAt(range: TextRange, sentences: readonly Sentence[]): Sentence | undefined {
  return sentences.findLast((sentence) => sentence.paragraph === range.paragraph && sentence.start <= range.start)
}

/** The words of a related place, with a little of what stands around them. */
function within(range: TextRange, sentences: readonly Sentence[], width: number): string {
  const sentence = sentenceAt(range, sentences)
  const words = range.exact.replace(/\s+/g, ' ').replace(/^["“]|["”]$/g, '')
  if (words.length > width) return `“${words.slice(0, words.lastIndexOf(' ', width - 3))} …”`
  if (!sentence || words.length > 40) return `“${words}”`
  const before = sentence.text.slice(0, range.start - sentence.start).trim().split(/\s+/).slice(-3).join(' ')
  const after = sentence.text.slice(range.end - sentence.start).trim().split(/\s+/).slice(0, 3).join(' ')
  return `${before === '' ? '' : `… ${before} `}“${words}”${after === '' || /^[.,;:!?]/.test(after) ? '' : ` ${after} …`}`
}

function waivedText({ finding, waiver }: JudgedFinding, paint: Paint): string {
  return `${paint('dim', `waived (${waiver!.code}): ${finding.title}${finding.exact === '' ? '' : `, “${finding.exact.slice(0, 60)}”`}`)}\n`
}
