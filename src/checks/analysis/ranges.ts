import type { TextRange } from '../../document/index.js'

export function compare(a: TextRange, b: TextRange): number {
  return a.paragraph - b.paragraph || a.start - b.start || a.end - b.end
}

export function covers(outer: TextRange, inner: TextRange): boolean {
  return outer.paragraph === inner.paragraph && outer.start <= inner.start && inner.end <= outer.end
}

export function overlaps(a: TextRange, b: TextRange): boolean {
  return a.paragraph === b.paragraph && a.start < b.end && b.start < a.end
}

/** UTF-16 units of `inner` under `outer`. */
export function overlapLength(outer: TextRange, inner: TextRange): number {
  return outer.paragraph === inner.paragraph ? Math.max(0, Math.min(outer.end, inner.end) - Math.max(outer.start, inner.start)) : 0
}

/** The range from the first to the last of these, all in one paragraph. */
export function span(paragraphText: string, ranges: readonly TextRange[]): TextRange {
  const start = Math.min(...ranges.map((range) => range.start))
  const end = Math.max(...ranges.map((range) => range.end))
  return { paragraph: ranges[0]!.paragraph, start, end, exact: paragraphText.slice(start, end) }
}

/** Reading order, without repeats. */
export function inOrder(ranges: readonly TextRange[]): TextRange[] {
  const sorted = [...ranges].sort(compare)
  return sorted.filter((range, at) => at === 0 || compare(sorted[at - 1]!, range) !== 0)
}
