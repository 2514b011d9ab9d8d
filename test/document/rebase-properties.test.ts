import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutsPair, parseStoryDocument, rebase, storyDocumentOf, type StoryDocument } from '../../src/document/index.js'

const text = fc.array(fc.constantFrom('ferry', '“strike”', '🚢', 'said', 'said,', 'the', 'é', '中文', '👩‍🚀', 'official', 'officials', 'Monday.', 'café', '\n'), { minLength: 1, maxLength: 25 }).map((parts) => `x${parts.join(' ')}`)
const body = (texts: readonly string[]) => texts.map((entry) => ({ role: 'BODY' as const, text: entry }))

/** Where words may begin and end: anywhere but within a surrogate pair and next to white space. */
function rangesIn(paragraphs: readonly string[], seeds: readonly [number, number, number][]) {
  return seeds.flatMap(([at, from, length]) => {
    const paragraph = at % paragraphs.length
    const own = paragraphs[paragraph]!
    let start = from % own.length
    let end = Math.min(own.length, start + 1 + (length % 30))
    while (cutsPair(own, start) || /\s/.test(own[start]!)) start = (start + 1) % own.length
    end = Math.max(end, start + 1)
    while (end < own.length && cutsPair(own, end)) end += 1
    while (/\s/.test(own[end - 1]!)) end -= 1
    return [{ paragraph, start, end }]
  })
}

function documentOf(paragraphs: readonly string[], seeds: readonly [number, number, number][]): StoryDocument {
  const ranges = rangesIn(paragraphs, seeds)
  return storyDocumentOf({
    onrecord: 1, slug: 'x', desk: 'x', paragraphs: body(paragraphs),
    attributions: ranges.map((content, at) => ({ key: `a${at}`, speech: 'INDIRECT', content: [content], ...(at % 2 ? { cue: ranges[at - 1] } : {}), ...(at > 0 ? { antecedent: `a${at - 1}` } : {}) })),
    quotes: ranges.map((range, at) => ({ key: `q${at}`, attribution: `a${(at * 7) % ranges.length}`, ranges: [range] })),
    claims: ranges.slice(0, 3).map((range, at) => ({ key: `k${at}`, text: 'x', kind: 'FACT', occurrences: [{ range, attribution: `a${at}` }, { range }] })),
  })
}

const seeds = fc.array(fc.tuple(fc.nat(9), fc.nat(500), fc.nat(40)), { minLength: 1, maxLength: 12 })
const exacts = (document: StoryDocument) => new Map(document.attributions.map((entry) => [entry.key, [entry.content.map((range) => range.exact), entry.cue?.exact]]))

describe('rebase', () => {
  it('gives a document that parses, in which every range holds the words it held, and reports all others', () => {
    fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), fc.array(text, { minLength: 1, maxLength: 5 }), seeds, (from, to, marks) => {
      const document = documentOf(from, marks)
      const { document: result, detached } = rebase(document, body(to))
      expect(parseStoryDocument(result)).toEqual({ ok: true, document: result })
      const before = exacts(document)
      for (const [key, [content, cue]] of exacts(result)) {
        expect(content).toEqual(before.get(key)![0])
        expect(cue === undefined || cue === before.get(key)![1]).toBe(true)
      }
      for (const collection of ['attributions', 'quotes', 'claims'] as const) {
        const left = detached.filter((entry) => entry.kind === 'ENTRY' && entry.collection === collection)
        expect(result[collection].length + left.length).toBe(document[collection].length)
      }
      expect(rebase(document, body(to))).toEqual({ document: result, detached })
    }), { numRuns: 400 })
  })

  it('onto the same text is the same document', () => {
    fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), seeds, (paragraphs, marks) => {
      const document = documentOf(paragraphs, marks)
      expect(rebase(document, document.paragraphs)).toEqual({ document, detached: [] })
    }))
  })

  it('detaches nothing when whole paragraphs are inserted, deleted or moved elsewhere', () => {
    fc.assert(fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), seeds, fc.array(fc.tuple(fc.nat(9), text), { maxLength: 4 }), fc.nat(), (texts, marks, inserted, seed) => {
      const paragraphs = texts.map((own, at) => `${own} ${at}`)
      const document = documentOf(paragraphs, marks)
      const used = new Set(document.attributions.map((entry) => entry.content[0]!.paragraph))
      const to = paragraphs.filter((_, at) => used.has(at) || (seed >> at) % 2 === 0)
      for (const [at, own] of inserted) to.splice(at % (to.length + 1), 0, `${own} new`)
      if (seed % 3 === 0) to.push(to.shift()!)
      const result = rebase(document, body(to))
      expect(result.detached).toEqual([])
      for (const [at, entry] of result.document.attributions.entries()) {
        expect(to[entry.content[0]!.paragraph]).toBe(paragraphs[document.attributions[at]!.content[0]!.paragraph])
        expect(entry.content[0]!.start).toBe(document.attributions[at]!.content[0]!.start)
      }
    }))
  })

  it('moves a range by what is typed before it, and not by what is typed after it', () => {
    fc.assert(fc.property(text, seeds, fc.nat(), fc.boolean(), (own, marks, place, isBare) => {
      const document = documentOf([own], marks)
      let at = place % (own.length + 1)
      while (at > 0 && at < own.length && cutsPair(own, at)) at += 1
      const typed = isBare && /^\s|^$/.test(own.slice(at)) && /\s$|^$/.test(own.slice(0, at)) ? 'zq7' : ' zq7 '
      const result = rebase(document, body([own.slice(0, at) + typed + own.slice(at)])).document
      const now = new Map(result.attributions.map((entry) => [entry.key, entry.content[0]!]))
      for (const { key, content: [range] } of document.attributions) {
        if (range!.start < at && at < range!.end) expect(now.has(key)).toBe(false)
        // A part of a word that the typing cut is a part of another word now.
        else if (!now.has(key)) expect(own.slice(at - 1, at + 1)).toMatch(/^\S\S$/)
        else expect(now.get(key)?.start).toBe(range!.start + (at <= range!.start ? typed.length : 0))
      }
    }), { numRuns: 400 })
  })
})

const NAMES = ['Smith', 'Jones', 'The mayor', 'Two officials']
const THINGS = ['the ferry would stop', 'the plan was off', 'nobody knew', 'it was late', 'the mayor knew', 'they had read the order']
const sentences = fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...THINGS)), { minLength: 2, maxLength: 12, selector: ([name, thing]) => `${name} ${thing}` })
type Sentence = readonly [name: string, thing: string]
const written = ([name, thing]: Sentence, day: string) => `${name} said ${thing} ${day}.`

/** A story of sentences that differ in speaker and matter alone, with speaker, verb and matter of each marked. */
function sayings(paragraphs: readonly (readonly Sentence[])[]): { document: StoryDocument; of: Map<string, Sentence> } {
  const of = new Map<string, Sentence>()
  const attributions: unknown[] = []
  const texts = paragraphs.map((list, paragraph) => {
    let own = ''
    for (const sentence of list) {
      const start = own.length + (own ? 1 : 0) + sentence[0].length + 1
      own = `${own}${own ? ' ' : ''}${written(sentence, 'on Friday')}`
      of.set(`a${attributions.length}`, sentence)
      attributions.push({
        key: `a${attributions.length}`, speech: 'INDIRECT',
        mention: { paragraph, start: start - 1 - sentence[0].length, end: start - 1 }, cue: { paragraph, start, end: start + 4 },
        content: [{ paragraph, start: start + 5, end: start + 5 + sentence[1].length }],
      })
    }
    return own
  })
  return { document: storyDocumentOf({ onrecord: 1, slug: 'x', desk: 'x', paragraphs: body(texts), attributions }), of }
}

function chunks<T>(list: readonly T[], sizes: readonly number[]): T[][] {
  const result: T[][] = []
  let at = 0
  for (let index = 0; at < list.length; index += 1) {
    const size = 1 + (sizes[index % sizes.length]! % 4)
    result.push(list.slice(at, at + size))
    at += size
  }
  return result
}

describe('a verb that stands in every sentence', () => {
  it('never becomes that of another sentence, through removed, added, moved, split and merged text', () => {
    let kept = 0
    let lost = 0
    fc.assert(fc.property(sentences, fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }), fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }), fc.nat(), fc.nat(), (all, sizes, newSizes, removed, order) => {
      const old: Sentence[] = all.filter((_, at) => at % 4 !== 3)
      const { document, of } = sayings(chunks(old, sizes))
      const now: Sentence[] = all.filter((sentence, at) => !old.includes(sentence) || (removed >> at) % 3 !== 0)
      if (order % 4 === 0) now.push(...now.splice(0, order % (now.length + 1)))
      if (now.length === 0) return
      const to = chunks(now, order % 2 ? sizes : newSizes)
      const result = rebase(document, body(to.map((list) => list.map((sentence) => written(sentence, 'on Friday')).join(' ')))).document
      for (const { key, content: [matter], cue, mention } of result.attributions) {
        const own = of.get(key)!
        const sentenceOf = ({ paragraph, start }: { paragraph: number; start: number }) => sentenceAt(to[paragraph]!, start)!
        const found = sentenceOf(matter!)
        // Of a sentence that is gone, what the editor may have put in its place keeps the words it shares with it, as one.
        if (now.includes(own)) expect(found).toBe(own)
        else expect(found[1]).toBe(own[1])
        if (cue) expect(sentenceOf(cue)).toBe(found)
        if (mention) expect(sentenceOf(mention)).toBe(found)
      }
      kept += result.attributions.length
      const keys = new Set(result.attributions.map((entry) => entry.key))
      lost += [...of].filter(([key, sentence]) => now.includes(sentence) && !keys.has(key)).length
    }), { numRuns: 1000 })
    expect(lost).toBe(0)
    expect(kept).toBeGreaterThan(1000)
  })
})

function sentenceAt(list: readonly Sentence[], offset: number): Sentence | undefined {
  let start = 0
  for (const sentence of list) {
    const { length } = written(sentence, 'on Friday')
    if (offset < start + length) return sentence
    start += length + 1
  }
  return undefined
}
