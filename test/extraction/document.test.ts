import { describe, expect, it } from 'vitest'
import { parseStoryDocument } from '../../src/document/index.js'
import { annotate, extract } from '../../src/extraction/index.js'
import { attributionLines } from './support/lines.js'

const STORY = `Mill to close, workers say

By Ruth Calder and Tom Reed

March 3, 2024

FAIRMONT, Ohio (AP) — The mill will close, two people briefed on the plan told CBS News.

A Tarrant Steel Corp. spokesman said in a statement that the mill “has no future.” The company did not respond to further questions seeking comment.

The Gazette first reported on the plan on Monday. The mill has closed, according to Axios.

“We built this town,” said Daniel Okafor, a foreman. “Nobody asked us.”

Workers at the mill on Tuesday. (AP Photo/Jane Roe)

Correction: An earlier version of this story misspelled the name of the mill.`

describe('the document', () => {
  const { document, diagnostics } = extract(STORY, { provider: 'CBS News', slug: 'mill' })

  it('knows headline, body, caption and correction; bylines and date lines are no paragraphs', () => {
    expect(document.paragraphs.map(({ role }) => role)).toEqual(['HEADLINE', 'BODY', 'BODY', 'BODY', 'BODY', 'CAPTION', 'CORRECTION'])
    expect(document.paragraphs[0]!.text).toBe('Mill to close, workers say')
  })

  it('knows byline and dateline', () => {
    expect(document.journalists.map(({ name }) => name)).toEqual(['Ruth Calder', 'Tom Reed'])
    expect(document.bylines).toHaveLength(2)
    expect(document.dateline?.place).toBe('FAIRMONT, Ohio')
  })

  it('never takes a dateline or a byline for words of a source', () => {
    for (const { content } of document.attributions) for (const { paragraph, start, end } of content) expect(document.paragraphs[paragraph]!.text.slice(start, end)).not.toMatch(/FAIRMONT|By Ruth/)
  })

  it('knows an official statement, its issuer and its channel', () => {
    expect(document.statements.map(({ issuer, channel }) => [document.organizations.find(({ key }) => key === issuer)?.name, channel])).toEqual([['Tarrant Steel Corp.', 'WRITTEN_STATEMENT']])
  })

  it('knows who was asked for comment', () => {
    expect(document.requestsForComment.map(({ outcome }) => outcome)).toEqual(['NO_RESPONSE'])
  })

  it('credits other outlets and knows its own', () => {
    const name = (key: string): string | undefined => document.outlets.find((outlet) => outlet.key === key)?.name
    expect(document.providers.map(name)).toEqual(['CBS News'])
    expect(document.outletCredits.map(({ outlet }) => name(outlet))).toContain('Axios')
    expect(document.attributions.flatMap(({ toldTo }) => (toldTo ?? []).map(name))).toEqual(['CBS News'])
  })

  it('confirms nothing, and says which rule proposed each entry and how sure it is', () => {
    for (const entry of [...document.attributions, ...document.quotes, ...document.sources, ...document.statements, ...document.requestsForComment]) {
      expect(entry.confirmed).toBe(false)
      expect(entry.proposal?.rule).toBeTruthy()
      expect(entry.proposal!.confidence).toBeGreaterThan(0)
      expect(entry.proposal!.confidence).toBeLessThanOrEqual(1)
    }
  })

  it('is one that can be stored', () => {
    expect(parseStoryDocument(JSON.parse(JSON.stringify(document))).ok).toBe(true)
    expect(diagnostics.filter(({ code }) => code !== 'ORPHAN_QUOTE')).toEqual([])
  })
})

describe('a headline', () => {
  it('may credit somebody itself', () => {
    expect(attributionLines('Mill to close, workers say\n\nThe mill stood empty on Monday. It rained.')).toEqual(['workers | say | Mill to close | indirect'])
    expect(attributionLines('Mayor: Mill will close\n\nThe mill stood empty on Monday. It rained.')).toEqual(['Mayor | - | Mill will close | indirect'])
  })

  it('is none when the first paragraph is a sentence', () => {
    expect(extract('The mill will close.\n\nIt rained.').document.paragraphs.map(({ role }) => role)).toEqual(['BODY', 'BODY'])
  })
})

describe('a dateline', () => {
  it.each(['WASHINGTON (AP) — ', 'WASHINGTON — ', 'WASHINGTON, March 3 (Reuters) - ', 'Taipei, Taiwan – ', 'ST. LOUIS -- '])('"%s" is no part of what is said', (dateline) => {
    expect(attributionLines(`${dateline}The mill will close, Ruth Calder said.`)).toEqual(['Ruth Calder | said | The mill will close | indirect'])
  })

  it('is not taken for one where a sentence only has a dash', () => {
    expect(extract('The mill — an old one — will close. It rained.').document.dateline).toBeUndefined()
  })
})

describe('a claim', () => {
  it('made twice is one claim with two places', () => {
    const { document } = extract('Ruth Calder said the Fairmont mill dumped acid into the Tarrant river in 2019.\n\nThe lawsuit says the Fairmont mill dumped acid into the Tarrant river for months in 2019.')
    expect(document.claims).toHaveLength(1)
    expect(document.claims[0]!.occurrences).toHaveLength(2)
  })

  it('is not made of two that only share a topic', () => {
    expect(extract('Ruth Calder said the mill will close.\n\nTom Reed said the mill needs a roof.').document.claims).toEqual([])
  })
})

describe('text in another language', () => {
  const FRENCH = 'Le ministre a annoncé mardi la fermeture de l’usine. « Nous avons tout essayé pour la sauver », a déclaré le directeur devant les ouvriers réunis dans la cour.'

  it('gives its quotations, credited to nobody, and says so', () => {
    const { document, diagnostics } = extract(FRENCH)
    expect(document.language).toBe('und')
    expect(document.sources).toEqual([])
    expect(document.quotes).toHaveLength(1)
    expect(document.attributions.map(({ source }) => source)).toEqual([undefined])
    expect(diagnostics.map(({ code }) => code)).toContain('LANGUAGE')
  })

  it('keeps the language that it is given', () => {
    expect(extract(FRENCH, { language: 'fr' }).document.language).toBe('fr')
    expect(extract('The mill will close, Ruth Calder said.').document.language).toBe('en')
  })

  it('is told from English in other scripts too', () => {
    expect(extract('Завод закроется, сказал директор в понедельник после долгого совещания с рабочими и профсоюзом.').document.language).toBe('und')
    expect(extract('工場は閉鎖されると社長は述べた。').document.language).toBe('und')
  })
})

describe('the annotation', () => {
  const extraction = extract(STORY)

  it('numbers every attribution in the text and lists the cast with its numbers', () => {
    const printed = annotate(extraction, { color: false, width: 100 })
    for (const { key } of extraction.document.attributions) expect(printed).toContain(`[${key.slice(1)}]`)
    expect(printed).toContain('two people briefed on the plan')
    expect(printed).toMatch(/person\s+Daniel Okafor/)
    expect(printed).toMatch(/Official statements\n.*Tarrant Steel Corp\./)
    expect(printed).toMatch(/Requests for comment\n/)
    expect(printed).toMatch(/Credits\n/)
  })

  it('holds the whole story, and no escape code without colour', () => {
    const printed = annotate(extraction, { color: false, width: 100 })
    // eslint-disable-next-line no-control-regex
    expect(printed).not.toMatch(/\u001b/)
    const plain = printed.replace(/\[\d+\]/g, '').replace(/\s+/g, ' ')
    for (const { text } of extraction.document.paragraphs) expect(plain).toContain(text.replace(/\s+/g, ' '))
  })

  it('keeps to its width, colours aside', () => {
    // eslint-disable-next-line no-control-regex
    const lines = annotate(extraction, { color: true, width: 80 }).replace(/\u001b\[[\d;]*m/g, '').split('\n')
    expect(Math.max(...lines.slice(1).map((line) => [...line].length))).toBeLessThanOrEqual(82)
  })

  it('shows what could not be read', () => {
    expect(annotate(extract('On the gate hang the words “no fishing from the wall” in white.'), { color: false })).toContain('Nobody is credited')
  })
})

describe('the same text', () => {
  it('gives the same answer twice, but for the random lineages', () => {
    const plain = (text: string): string => JSON.stringify(extract(text).document, (key, value: unknown) => (key === 'lineage' ? undefined : value))
    expect(plain(STORY)).toBe(plain(STORY))
  })

  it('gives the same answer after other texts', () => {
    const before = attributionLines(STORY)
    for (let turn = 0; turn < 20; turn += 1) extract(`Story ${turn}: “Word${turn} again,” said Xanthe Quill${turn}. ${'Other words follow. '.repeat(turn)}`)
    expect(attributionLines(STORY)).toEqual(before)
  })
})
