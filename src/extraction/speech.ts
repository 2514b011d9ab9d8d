import type { Reading, Span } from './reading.js'

/** Direct, mixed or indirect, from how many of the content's words stand between quotation marks. */
export function kindOfContent(reading: Reading, content: readonly Span[]): 'direct' | 'mixed' | 'indirect' {
  let all = 0
  let inside = 0
  for (const { from, to } of content) {
    for (let at = from; at < to; at += 1) {
      if (!reading.tokens[at]!.word) continue
      all += 1
      if (reading.tokens[at]!.region >= 0) inside += 1
    }
  }
  if (inside === 0) return 'indirect'
  return inside / all >= 0.95 ? 'direct' : 'mixed'
}
