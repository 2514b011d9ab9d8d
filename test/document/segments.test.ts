import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentsOf, storyDocumentOf } from '../../src/document/index.js'

const words = fc.array(fc.constantFrom('ferry', '“strike”', '🚢', 'said', 'é', '中文'), { minLength: 1, maxLength: 30 }).map((parts) => parts.join(' '))

/** A paragraph with attributions whose ranges begin and end between words. */
const marked = words.chain((text) => {
  const cuts = [0, ...[...text.matchAll(/ /g)].map((match) => match.index), text.length]
  const range = fc.tuple(fc.nat(cuts.length - 1), fc.nat(cuts.length - 1)).filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ paragraph: 0, start: cuts[Math.min(a, b)]!, end: cuts[Math.max(a, b)]! }))
  return fc.array(fc.record({ content: range, cue: range }), { maxLength: 8 }).map((entries) => ({ text, entries }))
})

describe('segments', () => {
  it('joined are the text, never overlap, and carry exactly the marks that cover them', () => {
    fc.assert(fc.property(marked, ({ text, entries }) => {
      const document = storyDocumentOf({
        onrecord: 1, slug: 'x', desk: 'x', paragraphs: [{ text }],
        attributions: entries.map(({ content, cue }, index) => ({ key: `a${index}`, speech: 'INDIRECT', content: [content], cue })),
      })
      const [segments] = segmentsOf(document)
      expect(segments!.map((segment) => segment.text).join('')).toBe(text)
      let end = 0
      for (const segment of segments!) {
        expect(segment.start).toBe(end)
        end = segment.end
        const covering = entries.flatMap(({ content, cue }, index) => [
          ...(content.start <= segment.start && segment.end <= content.end ? [`a${index} CONTENT`] : []),
          ...(cue.start <= segment.start && segment.end <= cue.end ? [`a${index} CUE`] : []),
        ])
        expect(segment.marks.map((mark) => `${mark.attribution} ${mark.kind}`).sort()).toEqual(covering.sort())
      }
    }))
  })

  it('of a paragraph without marks is one', () => {
    const document = storyDocumentOf({ onrecord: 1, slug: 'x', desk: 'x', paragraphs: [{ text: 'Plain.' }] })
    expect(segmentsOf(document)).toEqual([[{ start: 0, end: 6, text: 'Plain.', marks: [] }]])
  })
})
