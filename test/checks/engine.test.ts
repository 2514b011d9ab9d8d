import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyWaivers, blockingFindings, checkDocument, compareFindings, groupFindings, lapsedWaivers, type Finding, type Waiver } from '../../src/checks/index.js'
import { buildExample, type Example } from '../../src/checks/example.js'
import { RULES } from '../../src/checks/rules/index.js'
import { storyDocumentOf, type StoryDocument } from '../../src/document/index.js'
import { story } from '../support/documents.js'
import { seedStoryInput } from '../support/seed-story.js'

const BARE: Example = {
  text: 'The sale is off, sources said. The chairman has left the bank, they said.',
  sources: { s: { anonymous: 'sources', atLeast: 2 } },
  says: [{ key: 'x', source: 's', says: 'The sale is off', cue: 'sources [said]', by: 'sources' }, { source: 's', says: 'The chairman has left the bank', cue: 'they [said]', by: 'they', antecedent: 'x' }],
}
const seed = seedStoryInput()
const samples: readonly StoryDocument[] = [storyDocumentOf(story('one')), buildExample(BARE), ...(seed ? [storyDocumentOf(seed)] : []), ...RULES.map((rule) => buildExample(rule.examples.flagged))]
const LISTS = ['people', 'organizations', 'outlets', 'journalists', 'events', 'documents', 'records', 'sources', 'attributions', 'quotes', 'statements', 'requestsForComment', 'outletCredits', 'claims', 'providers'] as const

function shuffled(document: StoryDocument, order: readonly number[]): StoryDocument {
  let next = 0
  const mix = <T>(list: readonly T[]): T[] => list.map((value) => [order[next++ % order.length]!, value] as const).sort((a, b) => a[0] - b[0]).map(([, value]) => value)
  const copy: Record<string, unknown> = { ...document }
  for (const name of LISTS) copy[name] = mix(document[name] as readonly unknown[])
  copy['claims'] = (copy['claims'] as StoryDocument['claims']).map((claim) => ({ ...claim, occurrences: mix(claim.occurrences) }))
  return copy as unknown as StoryDocument
}

describe('checkDocument', () => {
  it('gives the same findings whatever the order of the document’s lists', () => {
    fc.assert(fc.property(fc.constantFrom(...samples), fc.array(fc.integer(), { minLength: 40, maxLength: 80 }), (document, order) => {
      expect(checkDocument(shuffled(document, order))).toEqual(checkDocument(document))
    }), { numRuns: 150 })
  })
  it('gives the same findings twice, most severe first', () => {
    for (const document of samples) {
      const findings = checkDocument(document)
      expect(checkDocument(document)).toEqual(findings)
      expect([...findings].sort(compareFindings)).toEqual(findings)
    }
  })
  it('keeps every range inside its paragraph, with the words that stand there (I1)', () => {
    for (const document of samples) {
      for (const finding of checkDocument(document)) {
        for (const range of [...finding.ranges, ...finding.related.map((each) => each.range), ...(finding.suggestion ? [finding.suggestion.range] : [])]) {
          expect(range.exact.length).toBeGreaterThan(0)
          expect(document.paragraphs[range.paragraph]!.text.slice(range.start, range.end)).toBe(range.exact)
        }
      }
    }
  })
  it('runs no vault rule', () => {
    const vaultRules = new Set(RULES.filter((rule) => rule.side === 'vault').map((rule) => rule.id))
    for (const document of samples) expect(checkDocument(document).filter((finding) => vaultRules.has(finding.rule))).toEqual([])
  })
  it('makes no error of what nobody has confirmed, and asks instead', () => {
    for (const document of samples) {
      const lists = ['sources', 'attributions', 'quotes', 'statements', 'requestsForComment', 'outletCredits', 'claims'] as const
      const proposed = { ...document, ...Object.fromEntries(lists.map((name) => [name, document[name].map((entry) => ({ ...entry, confirmed: false }))])) } as StoryDocument
      for (const finding of checkDocument(proposed)) {
        expect(finding.severity, finding.message).not.toBe('error')
        expect(finding.what).toMatch(/\?$/)
      }
    }
  })
  it('says nothing about a story that credits nobody with anything, but where the words alone tell', () => {
    expect(checkDocument(buildExample({ text: 'The bridge is open. Traffic was light.' }))).toEqual([])
  })
})

describe('a fingerprint', () => {
  const of = (example: Example, rule = 'bare-source-descriptor') => checkDocument(buildExample(example)).find((finding) => finding.rule === rule)!.fingerprint
  it('stays when other words of the story change', () => {
    expect(of({ ...BARE, text: `It rained. The market fell.\n\n${BARE.text} Shares rose.` })).toBe(of(BARE))
  })
  it('changes with the words that it is about, with what they are credited with, and with the rule', () => {
    const other: Example = { ...BARE, text: 'The sale is on, sources said. The chairman has left the bank, they said.', says: [{ ...BARE.says![0]!, says: 'The sale is on' }, BARE.says![1]!] }
    expect(of(other)).not.toBe(of(BARE))
    expect(of(BARE, 'unquantified-plural')).not.toBe(of(BARE))
  })
  it('changes with the words of the related places', () => {
    const drift = RULES.find((rule) => rule.id === 'claim-drift')!.examples.flagged
    const changed: Example = {
      ...drift, text: drift.text.replace('is considering', 'is pondering'), says: [{ ...drift.says![0]!, says: 'The bank is pondering a sale' }, drift.says![1]!],
      claims: [{ ...drift.claims![0]!, at: [{ words: 'The bank is pondering a sale', by: 'x', strength: 'pondering' }, drift.claims![0]!.at[1]!] }],
    }
    expect(of(changed, 'claim-drift')).not.toBe(of(drift, 'claim-drift'))
  })
})

describe('groupFindings', () => {
  it('puts findings on the same words together, the most severe first', () => {
    const findings = checkDocument(buildExample(BARE))
    const group = groupFindings(findings).find(({ lead }) => lead.exact === 'sources')!
    expect(group.findings.map((finding) => finding.rule).sort()).toEqual(['anonymity-without-approval', 'missing-anonymity-reason', 'missing-basis-or-side', 'unquantified-plural'])
    expect(group.findings.map((finding) => finding.severity)).toEqual(['warning', 'warning', 'warning', 'info'])
    expect(groupFindings(findings).flatMap((each) => each.findings)).toHaveLength(findings.length)
  })
  it('keeps findings about the whole story apart', () => {
    const whole = groupFindings(checkDocument(buildExample(BARE))).filter(({ lead }) => lead.ranges.length === 0)
    expect(whole.map(({ findings }) => findings.length)).toEqual([1, 1])
  })
})

describe('waivers', () => {
  const findings = checkDocument(buildExample(BARE))
  const waiver = (finding: Finding): Waiver => ({ rule: finding.rule, fingerprint: finding.fingerprint, code: 'EDITOR_VERIFIED', byRole: 'EDITOR' })
  const bare = findings.find((finding) => finding.rule === 'bare-source-descriptor')!

  it('waive the finding that they were made for, and no other', () => {
    const judged = applyWaivers(findings, [waiver(bare)])
    expect(judged.filter((each) => each.waiver).map((each) => each.finding)).toEqual([bare])
    expect(judged).toHaveLength(findings.length)
  })
  it('leave the other errors to block publication (I3)', () => {
    const errors = findings.filter((finding) => finding.severity === 'error')
    expect(errors.length).toBeGreaterThan(1)
    expect(blockingFindings(findings, [waiver(bare)])).toEqual(errors.filter((finding) => finding !== bare))
    expect(blockingFindings(findings, errors.map(waiver))).toEqual([])
  })
  it('lapse when their words are gone', () => {
    expect(lapsedWaivers([], [waiver(bare)])).toEqual([waiver(bare)])
    expect(lapsedWaivers(findings, [waiver(bare)])).toEqual([])
  })
  it.each(['ground-rules-violated', 'over-identifying-descriptor', 'gendered-pronoun-for-anonymous'])('do nothing for %s', (rule) => {
    const finding = { ...bare, rule }
    expect(blockingFindings([finding], [waiver(finding)])).toEqual([finding])
  })
})
