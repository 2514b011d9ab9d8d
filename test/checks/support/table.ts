import { describe, expect, it } from 'vitest'
import { checkDocument, checkWithVault, rules, type Finding } from '../../../src/checks/index.js'
import type { Marked } from './marked.js'

/** Rules whose tables have been declared in this file. */
export const tested = new Set<string>()

interface Rows { readonly flagged: readonly (Marked | readonly [Marked, ...string[]])[]; readonly fine: readonly Marked[] }

function findingsIn({ document, vault }: Marked, rule: string): Finding[] {
  const findings = vault ? checkWithVault([document], vault)[0]!.findings : checkDocument(document)
  return findings.filter((finding) => finding.rule === rule)
}

/** A table of texts that a rule flags, each with the words that it flags where given, and of texts that it leaves alone: three of each at least. */
export function table(rule: string, { flagged, fine }: Rows): void {
  tested.add(rule)
  describe(rule, () => {
    const rows = flagged.map((row) => ('document' in row ? { marked: row, words: undefined } : { marked: row[0], words: row.slice(1) }))
    it.each(rows.map((row) => [row.marked.text, row] as const))('flags: %s', (_, { marked, words }) => {
      const found = findingsIn(marked, rule)
      expect(found.length, 'nothing was flagged').toBeGreaterThan(0)
      if (words) expect(found.map((finding) => finding.exact)).toEqual(words)
    })
    it.each(fine.map((marked) => [marked.text, marked] as const))('leaves alone: %s', (_, marked) => {
      expect(findingsIn(marked, rule).map((finding) => finding.what)).toEqual([])
    })
    it('has three rows of each kind', () => {
      expect(rules.explain(rule)).toBeDefined()
      expect([flagged.length >= 3, fine.length >= 3]).toEqual([true, true])
    })
  })
}
