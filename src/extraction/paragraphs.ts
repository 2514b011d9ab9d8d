import type { ParagraphRole } from '../document/index.js'

/** A paragraph of the whole text: where its words begin and end, without the space around them. */
export interface ParagraphSpan { readonly start: number; readonly end: number; readonly role: ParagraphRole }

const FURNITURE = /^(?:By|BY|by)\s+\p{Lu}/u
const CAPTION = /(?:\b(?:Photo|Image|Video|Audio|Picture|File photo|Credit|Illustration)\s*(?:by|:)|\((?:AP|Reuters|AFP|Getty|EPA)(?:\s+Photo)?\/|\bGetty Images\b|\bAP Photo\b|via (?:AP|Reuters|Getty Images)\)?$|\/(?:AP|Reuters|AFP|Getty Images)\)?$)/u
const DATE_LINE = /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)\s+\d{1,2},?\s+\d{4}\.?$/u
const CORRECTION = /^(?:Correction|CORRECTION|Clarification|CLARIFICATION)\b/
const NOTE = /^(?:Editor['’]s note|EDITOR['’]S NOTE|Editors['’] note|\(This story)/i

/**
 * Paragraphs and their roles. A blank line ends a paragraph; so does a line break, unless the line was only wrapped:
 * it ends without a closing mark and the next line goes on in lower case.
 */
export function findParagraphs(text: string): ParagraphSpan[] {
  const lines = linesOf(text)
  const spans: { start: number; end: number }[] = []
  let blank = true
  for (const [from, to] of lines) {
    const [start, end] = trimmed(text, from, to)
    if (start >= end) {
      blank = true
      continue
    }
    const before = spans.at(-1)
    if (before && !blank && isWrapped(text, before, start)) before.end = end
    else spans.push({ start, end })
    blank = false
  }
  return spans.map((span, index) => ({ ...span, role: roleOf(text.slice(span.start, Math.min(span.end, span.start + 600)), span.end - span.start, index, spans.length) }))
}

export function isByline(words: string): boolean {
  return FURNITURE.test(words) && words.length < 120 && !/[.!?]$/.test(words.replace(/\b\p{L}\.$/u, ''))
}

export const isDateLine = (words: string): boolean => words.length < 60 && DATE_LINE.test(words)

function linesOf(text: string): [number, number][] {
  const lines: [number, number][] = []
  let from = 0
  while (from <= text.length) {
    let to = text.indexOf('\n', from)
    if (to < 0) to = text.length
    lines.push([from, to])
    from = to + 1
  }
  return lines
}

function trimmed(text: string, from: number, to: number): [number, number] {
  let start = from
  let end = to
  while (start < end && /\s|\ufeff/.test(text[start]!)) start += 1
  while (end > start && /\s|\ufeff/.test(text[end - 1]!)) end -= 1
  return [start, end]
}

function isWrapped(text: string, before: { start: number; end: number }, next: number): boolean {
  if (before.end - before.start > 100_000) return false
  return /^\p{Ll}/u.test(text.slice(next, next + 2)) && /[\p{L}\p{N},;’'"”-]$/u.test(text.slice(before.end - 2, before.end))
}

function roleOf(words: string, length: number, index: number, count: number): ParagraphRole {
  if (CORRECTION.test(words)) return 'CORRECTION'
  if (NOTE.test(words)) return 'EDITORS_NOTE'
  if (length < 400 && CAPTION.test(words)) return 'CAPTION'
  if (index === 0 && count > 1 && length < 160 && !/[.!?:;,"”]$/.test(words.replace(/\b\p{Lu}\.$/u, '')) && !isByline(words) && !isDateLine(words)) return 'HEADLINE'
  return 'BODY'
}
