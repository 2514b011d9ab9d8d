import type { StoryDocument, TextRange } from './schema.js'

export type MarkKind = 'CONTENT' | 'CUE' | 'SOURCE_MENTION' | 'ADDRESSEE' | 'QUOTE' | 'OUTLET_CREDIT'
export const MARK_KINDS = ['CONTENT', 'CUE', 'SOURCE_MENTION', 'ADDRESSEE', 'QUOTE', 'OUTLET_CREDIT'] as const

/** What covers a run of text. Exactly one of the keys is set. */
export interface Mark {
  readonly kind: MarkKind
  readonly attribution?: string
  readonly quote?: string
  readonly outletCredit?: string
}

/** A run of text in which nothing begins or ends. */
export interface Segment {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly marks: readonly Mark[]
}

export interface MarkedRange { readonly range: TextRange; readonly mark: Mark }

/**
 * Every paragraph cut into runs of text with the marks that cover them, so that no reader does offset arithmetic.
 * The runs of a paragraph, joined, are its text. Time grows with the text and the number of marks on it.
 */
export function segmentsOf(document: StoryDocument): readonly (readonly Segment[])[] {
  const byParagraph = markedRangesOf(document)
  return document.paragraphs.map((paragraph, index) => segmentsOfParagraph(paragraph.text, byParagraph[index]!))
}

/** The marked ranges of every paragraph, in reading order; the longer first where two begin together. */
export function markedRangesOf(document: StoryDocument): readonly (readonly MarkedRange[])[] {
  const byParagraph = document.paragraphs.map((): MarkedRange[] => [])
  for (const marked of marksOf(document)) byParagraph[marked.range.paragraph]?.push(marked)
  for (const list of byParagraph) list.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end)
  return byParagraph
}

function* marksOf(document: StoryDocument): Generator<MarkedRange> {
  for (const { key: attribution, content, cue, mention, addressee } of document.attributions) {
    for (const range of content) yield { range, mark: { kind: 'CONTENT', attribution } }
    if (mention) yield { range: mention, mark: { kind: 'SOURCE_MENTION', attribution } }
    if (cue) yield { range: cue, mark: { kind: 'CUE', attribution } }
    if (addressee) yield { range: addressee, mark: { kind: 'ADDRESSEE', attribution } }
  }
  for (const { key: quote, ranges } of document.quotes) for (const range of ranges) yield { range, mark: { kind: 'QUOTE', quote } }
  for (const { key: outletCredit, mention } of document.outletCredits) yield { range: mention, mark: { kind: 'OUTLET_CREDIT', outletCredit } }
}

function segmentsOfParagraph(text: string, marked: readonly MarkedRange[]): Segment[] {
  const cuts = [...new Set([0, text.length, ...marked.flatMap(({ range }) => [range.start, range.end])])].sort((a, b) => a - b)
  const starting = new Map<number, MarkedRange[]>()
  for (const entry of marked) {
    const list = starting.get(entry.range.start)
    if (list) list.push(entry)
    else starting.set(entry.range.start, [entry])
  }
  const segments: Segment[] = []
  let open: MarkedRange[] = []
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const start = cuts[at]!
    const end = cuts[at + 1]!
    open = [...open.filter(({ range }) => range.end > start), ...(starting.get(start) ?? [])]
    segments.push({ start, end, text: text.slice(start, end), marks: open.map(({ mark }) => mark) })
  }
  return segments
}
