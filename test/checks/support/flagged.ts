import { describe, expect, it } from 'vitest'
import { checkDocument, checkWithVault, type Finding } from '../../../src/checks/index.js'
import { buildExample, type Example } from '../../../src/checks/example.js'

/** What a rule reports for a small story. */
export function findingsOf(rule: string, example: Example): Finding[] {
  const document = buildExample(example)
  const findings = example.vault ? checkWithVault([document], example.vault)[0]!.findings : checkDocument(document)
  return findings.filter((finding) => finding.rule === rule)
}

export interface Row {
  readonly title: string
  readonly example: Example
  /** The words that are flagged, in the order of the findings; none for a fine text. */
  readonly words?: readonly string[]
  readonly severity?: Finding['severity']
  readonly related?: readonly string[]
}

/** A table of flagged and fine texts for one rule. */
export function describeRule(rule: string, rows: { readonly flagged?: readonly Row[]; readonly fine?: readonly (readonly [title: string, example: Example])[] }): void {
  describe(rule, () => {
    it.each((rows.flagged ?? []).map((row) => [row.title, row] as const))('flags %s', (_, { example, words, severity, related }) => {
      const found = findingsOf(rule, example)
      expect(found.length, 'nothing was flagged').toBeGreaterThan(0)
      if (words) expect(found.map((finding) => finding.exact)).toEqual(words)
      if (severity) expect(found[0]!.severity).toBe(severity)
      if (related) expect(found[0]!.related.map(({ range }) => range.exact)).toEqual(related)
    })
    it.each([...(rows.fine ?? [])])('leaves alone %s', (_, example) => {
      expect(findingsOf(rule, example).map((finding) => finding.message)).toEqual([])
    })
  })
}
