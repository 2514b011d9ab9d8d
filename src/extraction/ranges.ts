import type { ParagraphRole } from '../document/index.js'
import { LIMITS } from '../document/index.js'
import { isByline, isDateLine } from './paragraphs.js'
import type { Reading, Span } from './reading.js'

export interface DocumentRange { readonly paragraph: number; readonly start: number; readonly end: number }
export interface DocumentParagraph { readonly role: ParagraphRole; readonly text: string }

/** Maps tokens to places in the document's paragraphs. Bylines and date lines are no paragraphs of the document. */
export class Layout {
  readonly paragraphs: DocumentParagraph[] = []
  readonly bylines: string[] = []
  readonly #blocks: { start: number; end: number; index: number }[] = []

  constructor(reading: Reading) {
    const kept = reading.paragraphs.filter((span, index) => {
      const words = reading.text.slice(span.start, Math.min(span.end, span.start + 200))
      if (index < 4 && span.end - span.start < 120 && isByline(words)) this.bylines.push(words)
      else if (!(index < 4 && isDateLine(words) && reading.paragraphs.length > 1)) return true
      return false
    })
    const spans = kept.length > 0 ? kept : reading.paragraphs
    // More paragraphs than a document may hold are joined in groups: no word is lost, and offsets stay simple.
    const size = Math.ceil(spans.length / LIMITS.paragraphs)
    for (let at = 0; at < spans.length; at += Math.max(1, size)) {
      const group = spans.slice(at, at + Math.max(1, size))
      const start = group[0]!.start
      const end = group.at(-1)!.end
      this.#blocks.push({ start, end, index: this.paragraphs.length })
      this.paragraphs.push({ role: group[0]!.role, text: reading.text.slice(start, end) })
    }
  }

  /** Where words of the whole text stand in the document; nothing where they are outside all of its paragraphs. */
  offsets(start: number, end: number): DocumentRange | undefined {
    let low = 0
    let high = this.#blocks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#blocks[middle]!.start <= start) low = middle
      else high = middle - 1
    }
    const block = this.#blocks[low]
    if (!block || start < block.start || end > block.end || start >= end) return undefined
    return { paragraph: block.index, start: start - block.start, end: end - block.start }
  }

  range(reading: Reading, span: Span | undefined): DocumentRange | undefined {
    if (!span || span.to <= span.from) return undefined
    return this.offsets(reading.tokens[span.from]!.start, reading.tokens[span.to - 1]!.end)
  }
}
