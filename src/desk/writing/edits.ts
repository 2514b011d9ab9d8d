import type { Paragraph } from '../../document/index.js'
import type { ParagraphEditInput } from '../generated/graphql'

export const isSameText = (a: readonly Paragraph[], b: readonly Paragraph[]) => a.length === b.length && a.every((one, at) => isSame(one, b[at]!))
const isSame = (a: Paragraph, b: Paragraph) => a.role === b.role && a.text === b.text

/** The edits that make one text of another: paragraph by paragraph where none was added or removed, else all that lies between what stayed. */
export function editsBetween(before: readonly Paragraph[], after: readonly Paragraph[]): ParagraphEditInput[] {
  const insert = ({ role, text }: Paragraph) => ({ role, text })
  if (before.length === after.length) return after.flatMap((paragraph, at) => (isSame(paragraph, before[at]!) ? [] : [{ at, remove: 1, insert: [insert(paragraph)] }]))
  let start = 0
  while (start < before.length && start < after.length && isSame(before[start]!, after[start]!)) start += 1
  let end = 0
  while (end < before.length - start && end < after.length - start && isSame(before.at(-1 - end)!, after.at(-1 - end)!)) end += 1
  return [{ at: start, remove: before.length - start - end, insert: after.slice(start, after.length - end).map(insert) }]
}

/** Where two texts part: what both have, or what each has in this place. */
export interface Block { readonly same?: readonly Paragraph[]; readonly mine: readonly Paragraph[]; readonly theirs: readonly Paragraph[]; readonly suggested: Choice }
export type Choice = 'mine' | 'theirs' | 'both'

/** Two edits of one text, side by side. Where only one of the two changed anything, that one is suggested. */
export function blocksOf(base: readonly Paragraph[], mine: readonly Paragraph[], theirs: readonly Paragraph[]): Block[] {
  const blocks: Block[] = []
  const known = new Set(base.map(({ role, text }) => `${role} ${text}`))
  const isOfBase = (paragraphs: readonly Paragraph[]) => paragraphs.every(({ role, text }) => known.has(`${role} ${text}`))
  let [i, j] = [0, 0]
  for (const [a, b] of [...common(mine, theirs), [mine.length, theirs.length] as const]) {
    const [own, other] = [mine.slice(i, a), theirs.slice(j, b)]
    // A conflict of several paragraphs is decided one by one where both have as many.
    const pairs = own.length === other.length ? own.map((one, at) => [[one], [other[at]!]] as const) : own.length + other.length > 0 ? [[own, other] as const] : []
    for (const [left, right] of pairs) blocks.push({ mine: left, theirs: right, suggested: isOfBase(left) && !isOfBase(right) ? 'theirs' : 'mine' })
    if (a < mine.length) blocks.push({ same: [mine[a]!], mine: [], theirs: [], suggested: 'mine' })
    ;[i, j] = [a + 1, b + 1]
  }
  return blocks
}

/** A longest run of pairs of equal paragraphs, in order. */
function common(a: readonly Paragraph[], b: readonly Paragraph[]): (readonly [number, number])[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1) for (let j = b.length - 1; j >= 0; j -= 1) lengths[i]![j] = isSame(a[i]!, b[j]!) ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (isSame(a[i]!, b[j]!)) pairs.push([i++, j++])
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i += 1
    else j += 1
  }
  return pairs
}
