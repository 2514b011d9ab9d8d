import { describe, expect, it } from 'vitest'
import { parseStoryDocument } from '../../src/document/index.js'

describe('parseStoryDocument', () => {
  it('fills in defaults, lineages and exact words', () => {
    const result = parseStoryDocument({
      onrecord: 1, slug: 'ferry-strike', desk: 'Metro', paragraphs: [{ text: 'The ferry stops, two officials said.' }],
      sources: [{ key: 's1', kind: 'ANONYMOUS', descriptor: 'two officials', headcount: { min: 2 } }],
      attributions: [{ key: 'a1', source: 's1', speech: 'INDIRECT', content: [{ paragraph: 0, start: 0, end: 15 }] }],
    })
    expect(result).toMatchObject({ ok: true, document: { language: 'en', kind: 'WRITE_THROUGH', attributions: [{ content: [{ exact: 'The ferry stops' }], confirmed: true }] } })
    if (result.ok) expect(result.document.sources[0]!.lineage).toMatch(/^[0-9a-f-]{36}$/)
  })
})
