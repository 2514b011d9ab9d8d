import { OUTLETS } from './lexicons/nouns.js'
import type { Reading, Span } from './reading.js'

const BY_FIRST = new Map<string, string[][]>()
for (const name of OUTLETS) {
  const parts = name.toLowerCase().split(' ')
  const list = BY_FIRST.get(parts[0]!) ?? []
  list.push(parts)
  BY_FIRST.set(parts[0]!, list)
}
for (const list of BY_FIRST.values()) list.sort((a, b) => b.length - a.length)

/** First words of outlets' names. */
export const OUTLET_STARTS: ReadonlySet<string> = new Set(BY_FIRST.keys())

/** The longest outlet's name that begins at a token; names are written with a capital. */
export function outletAt(reading: Reading, at: number, high: number): Span | undefined {
  const { tokens } = reading
  for (const parts of BY_FIRST.get(tokens[at]!.lower) ?? []) {
    if (at + parts.length > high) continue
    if (!parts.every((part, index) => tokens[at + index]!.lower === part)) continue
    if (!/^(?:\p{Lu}|\d)/u.test(tokens[at]!.text) || !/^(?:\p{Lu}|\d|magazine)/u.test(tokens[at + parts.length - 1]!.text)) continue
    return { from: at, to: at + parts.length }
  }
  return undefined
}
