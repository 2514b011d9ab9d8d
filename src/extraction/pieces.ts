import type { Reading, Span } from './reading.js'

const OPENERS = /^(?:but|and|yet|so|still|or|meanwhile|however)$/

/** Without conjunctions and commas at its edges. */
export function trim(reading: Reading, span: Span): Span {
  let { from, to } = span
  const { tokens } = reading
  const edge = (at: number): boolean => !tokens[at]!.word && tokens[at]!.region < 0 && /^[,;:.]$|^--{1,2}$|^[—–]$/.test(tokens[at]!.text)
  while (from < to && edge(from)) from += 1
  if (from + 1 < to && OPENERS.test(tokens[from]!.lower) && tokens[from]!.region < 0) {
    from += 1
    while (from < to && edge(from)) from += 1
  }
  while (to > from && edge(to - 1)) to -= 1
  return { from, to }
}

/** Whether nearly all words of a span stand between quotation marks. */
export function isQuoted(reading: Reading, span: Span): boolean {
  let inside = 0
  let all = 0
  for (let at = span.from; at < span.to; at += 1) {
    if (!reading.tokens[at]!.word) continue
    all += 1
    if (reading.tokens[at]!.region >= 0) inside += 1
  }
  return all > 0 && inside / all >= 0.95
}

/** A span that is all quotation, as its quotations; any other span as it is. */
export function quotePieces(reading: Reading, span: Span): Span[] {
  if (span.from >= span.to) return []
  if (!isQuoted(reading, span)) return [span]
  const pieces: Span[] = []
  for (let at = span.from; at < span.to; at += 1) {
    const region = reading.tokens[at]!.region
    if (region < 0) continue
    const { open, close } = reading.regions[region]!
    const piece = { from: Math.max(open, span.from), to: Math.min(close, span.to) }
    if (pieces.at(-1)?.from !== piece.from) pieces.push(piece)
    at = Math.max(at, piece.to - 1)
  }
  return pieces
}
