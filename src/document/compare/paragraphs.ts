import { align, type Run } from '../rebase/align.js'
import { matchParagraphs } from '../rebase/paragraphs.js'
import { longestRising, newEffort } from '../rebase/token-diff.js'
import type { ParagraphRole } from '../enums.js'
import type { Paragraph } from '../schema.js'

/** A run of words of a changed paragraph. `SAME` and `REMOVED` joined are the old text, `SAME` and `ADDED` the new. */
export interface TextPart { readonly text: string; readonly kind: 'SAME' | 'ADDED' | 'REMOVED' }

/** `CHANGED` in words or role, and perhaps moved as well. `MOVED`: the same words between other paragraphs. */
export type ParagraphChange =
  | { readonly kind: 'ADDED'; readonly to: number; readonly role: ParagraphRole; readonly text: string }
  | { readonly kind: 'REMOVED'; readonly from: number; readonly role: ParagraphRole; readonly text: string }
  | { readonly kind: 'MOVED'; readonly from: number; readonly to: number; readonly role: ParagraphRole; readonly text: string }
  | {
    readonly kind: 'CHANGED'; readonly from: number; readonly to: number; readonly moved: boolean
    readonly roleBefore: ParagraphRole; readonly role: ParagraphRole; readonly parts: readonly TextPart[]
  }

type Paragraphs = readonly Pick<Paragraph, 'role' | 'text'>[]

/**
 * What became of the paragraphs, in the order of the new text; removed ones stand after what preceded them. Of paragraphs that
 * changed places, those moved are told that leave most in order. The larger part of a split paragraph is the changed one, the rest is
 * added; merged ones likewise.
 */
export function compareParagraphs(from: Paragraphs, to: Paragraphs): readonly ParagraphChange[] {
  const pairs = matchParagraphs(from, to).filter((link) => link.by !== 'PART')
  const inOrder = new Set(longestRising(pairs.map((pair) => pair.to)).map((at) => pairs[at]!))
  const byTo = new Map(pairs.map((pair) => [pair.to, pair]))
  const kept = new Set(pairs.map((pair) => pair.from))
  const effort = newEffort()
  const changes: ParagraphChange[] = []
  let next = 0
  const removedUpTo = (end: number) => {
    for (; next < end; next += 1) if (!kept.has(next)) changes.push({ kind: 'REMOVED', from: next, ...paragraphOf(from[next]!) })
  }
  to.forEach((paragraph, at) => {
    const pair = byTo.get(at)
    if (!pair) return changes.push({ kind: 'ADDED', to: at, ...paragraphOf(paragraph) })
    if (inOrder.has(pair)) removedUpTo(pair.from)
    const moved = !inOrder.has(pair)
    const before = from[pair.from]!
    if (before.text !== paragraph.text || before.role !== paragraph.role) {
      changes.push({ kind: 'CHANGED', from: pair.from, to: at, moved, roleBefore: before.role, role: paragraph.role, parts: partsOf(before.text, paragraph.text, align(before.text, paragraph.text, effort).runs) })
    } else if (moved) {
      changes.push({ kind: 'MOVED', from: pair.from, to: at, ...paragraphOf(paragraph) })
    }
    return undefined
  })
  removedUpTo(from.length)
  return changes
}

const paragraphOf = ({ role, text }: Paragraphs[number]) => ({ role, text })

/** The two texts word by word; where words were replaced, the old ones first. */
function partsOf(before: string, after: string, runs: readonly Run[]): TextPart[] {
  const parts: TextPart[] = []
  const push = (kind: TextPart['kind'], text: string) => {
    if (text !== '') parts.push({ text, kind })
  }
  let a = 0
  let b = 0
  for (const run of [...runs, { a: before.length, b: after.length, length: 0 }]) {
    push('REMOVED', before.slice(a, run.a))
    push('ADDED', after.slice(b, run.b))
    push('SAME', before.slice(run.a, run.a + run.length));
    [a, b] = [run.a + run.length, run.b + run.length]
  }
  return parts
}
