import type { ArchiveReport } from '../archive/archive-index.js'
import { EXPLAINED, type ArchiveFinding } from '../archive/archive-story.js'
import { LOOKS, wrap, type Paint } from './paint.js'

/** What shows only across stories, and how much each desk rests on anonymous sources. */
export function archiveText({ findings, desks }: ArchiveReport, paint: Paint, width: number): string {
  const heads = findings.map((finding) => findingText(finding, paint, width)).join('\n')
  const rows = desks.map(({ desk, month, stories, attributions, anonymous, share }) => [desk, month, String(stories), `${anonymous} of ${attributions}`, `${Math.round(share * 100)}%`])
  const table = rows.length === 0 ? '' : `${paint('bold', 'Attributions to anonymous sources')}\n${aligned([['DESK', 'MONTH', 'STORIES', 'ANONYMOUS', 'SHARE'], ...rows])}`
  return `${paint('bold', 'Across the stories')}: ${findings.length === 0 ? 'no findings' : `${findings.length} finding${findings.length === 1 ? '' : 's'}`}\n\n${heads}${heads === '' ? '' : '\n'}${table}${table === '' ? '' : '\n'}`
}

function findingText({ check, severity, what, why, advice, places }: ArchiveFinding, paint: Paint, width: number): string {
  const { name, style } = LOOKS[severity]
  const where = places.slice(0, 6).map(({ slug, range }) => `    ${paint('dim', `${slug}${range ? `, paragraph ${range.paragraph + 1}:` : ''}`)}${range ? ` “${cut(range.exact, width - 12)}”` : ''}\n`).join('')
  const more = places.length > 6 ? `    ${paint('dim', `and ${places.length - 6} more`)}\n` : ''
  return `${paint(style, name)} ${paint('bold', EXPLAINED[check].title)} ${paint('dim', check)}\n${where}${more}${wrap(what, '    ', width)}\n${wrap(why, '    ', width)}\n${wrap(advice, '  → ', width)}\n`
}

function cut(words: string, length: number): string {
  const flat = words.replace(/\s+/g, ' ')
  return flat.length > length ? `${flat.slice(0, Math.max(1, flat.lastIndexOf(' ', length)))} …` : flat
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()}\n`).join('')
}
