import type { Severity } from '../finding.js'

export type Style = 'red' | 'yellow' | 'cyan' | 'green' | 'dim' | 'bold' | 'plain'
export const CODES: Record<Style, string> = { red: '31', yellow: '33', cyan: '36', green: '32', dim: '2', bold: '1', plain: '' }
export const LOOKS: Record<Severity, { name: string; style: Style }> = { error: { name: 'error', style: 'red' }, warning: { name: 'warning', style: 'yellow' }, info: { name: 'note', style: 'cyan' } }

/** Writes in one style, or plain. */
export type Paint = (style: Style, text: string) => string

/** Lines no longer than the width; the second and later ones indented as far as the first begins. */
export function wrap(text: string, indent: string, width: number): string {
  const rows: string[] = []
  let row = indent
  for (const word of text.split(' ')) {
    if (row.length + word.length > width && row.trim() !== '' && row !== indent) {
      rows.push(row.trimEnd())
      row = ' '.repeat(indent.length)
    }
    row += `${word} `
  }
  return [...rows, row.trimEnd()].join('\n')
}
