import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkDocument, type Finding } from '../../src/checks/index.js'
import { storyDocumentOf, type StoryDocument, type TextRange } from '../../src/document/index.js'
import { extract } from '../../src/extraction/index.js'
import { describeWithSeed, rangeOfSpan, seedStoryText, SEED_FILE } from '../support/seed-story.js'

interface Expected { readonly id: string; readonly rule: string; readonly sentences: readonly number[]; readonly severity: string; readonly fromTextAlone?: string }
interface Judgement {
  readonly sentences: readonly { readonly n: number; readonly span: readonly [number, number] }[]
  readonly findings: readonly Expected[]
  readonly mustNotFire: readonly Expected[]
}
const FILE = join(SEED_FILE, '..', '..', 'rules', 'seed-findings.json')
if (!existsSync(FILE)) console.warn(`\nSKIPPED: what an editor finds in the seed story is missing at ${FILE}\n`)
const judgement = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Judgement) : undefined

/** The numbers of the sentences that a finding is about, related places included. */
function sentencesOf(finding: Finding, document: StoryDocument): number[] {
  const places = judgement!.sentences.map(({ n, span }) => ({ n, range: rangeOfSpan(document.paragraphs, span) }))
  const touches = (range: TextRange) => places.filter((place) => place.range.paragraph === range.paragraph && place.range.start < range.end && range.start < place.range.end).map(({ n }) => n)
  return [...finding.ranges, ...finding.related.map(({ range }) => range)].flatMap(touches)
}

function missed(expected: Expected, findings: readonly Finding[], document: StoryDocument, severity: (finding: Finding) => boolean): readonly number[] | undefined {
  const found = findings.filter((finding) => finding.rule === expected.rule && severity(finding))
  if (found.length === 0) return expected.sentences
  const reached = new Set(found.flatMap((finding) => sentencesOf(finding, document)))
  const rest = expected.sentences.filter((n) => !reached.has(n))
  return rest.length > 0 ? rest : undefined
}

describeWithSeed('the seed story, structured by an editor', (seed) => {
  const document = storyDocumentOf(seed)
  const findings = checkDocument(document)

  it.skipIf(!judgement).each(judgement?.findings.map((each) => [`${each.id} ${each.rule}`, each] as const) ?? [])('has %s at its sentences with its severity', (_, expected) => {
    expect(missed(expected, findings, document, (finding) => finding.severity === expected.severity)).toBeUndefined()
  })
  it.skipIf(!judgement).each(judgement?.mustNotFire.map((each) => [`${each.id} ${each.rule}`, each] as const) ?? [])('does not have %s', (_, expected) => {
    const wrong = findings.filter((finding) => finding.rule === expected.rule && sentencesOf(finding, document).some((n) => expected.sentences.includes(n)))
    expect(wrong.map((finding) => finding.message)).toEqual([])
  })
  it('has no other errors', () => {
    expect(findings.filter((finding) => finding.severity === 'error').map((finding) => finding.rule)).toEqual(['unattributed-private-event', 'unattributed-private-event', 'missing-byline-on-anonymous'])
  })
})

describe.skipIf(!judgement || seedStoryText() === undefined)('the seed story from plain text alone', () => {
  const document = judgement ? extract(seedStoryText()!).document : (undefined as never)
  const findings = judgement ? checkDocument(document) : []

  it('is asked about in at least 30 of the 40 places, with the severities that plain text allows', () => {
    const reached = judgement!.findings.filter((expected) => missed(expected, findings, document, (finding) => finding.severity !== 'error') === undefined)
    expect(reached.length).toBeGreaterThanOrEqual(30)
    for (const { rule } of judgement!.findings.filter((expected) => expected.fromTextAlone === 'info')) {
      expect(findings.filter((finding) => finding.rule === rule).map((finding) => finding.severity), rule).toEqual(expect.arrayContaining(['info']))
      expect(findings.filter((finding) => finding.rule === rule && finding.severity !== 'info'), rule).toEqual([])
    }
  })
  it('has no errors, and none of what must not fire', () => {
    expect(findings.filter((finding) => finding.severity === 'error')).toEqual([])
    for (const expected of judgement!.mustNotFire) {
      expect(findings.filter((finding) => finding.rule === expected.rule && sentencesOf(finding, document).some((n) => expected.sentences.includes(n))).map((finding) => finding.message), expected.id).toEqual([])
    }
  })
})
