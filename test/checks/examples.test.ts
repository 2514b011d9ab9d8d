import { describe, expect, it } from 'vitest'
import { rules } from '../../src/checks/index.js'
import { RULES } from '../../src/checks/rules/index.js'
import { findingsOf } from './support/flagged.js'

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('flags its flagged example, with the words and all parts of a message', () => {
    const found = findingsOf(id, rule.examples.flagged)
    expect(found.length).toBeGreaterThan(0)
    for (const finding of found) {
      expect(finding.message).toBe(`${finding.what} ${finding.why} ${finding.advice}`)
      expect(finding.what).toMatch(/[.?]$/)
      expect(finding.ranges.map((range) => range.exact).join(' … ')).toBe(finding.exact)
    }
  })
  it('leaves its fine example alone', () => {
    expect(findingsOf(id, rule.examples.fine).map((finding) => finding.message)).toEqual([])
  })
  it('is explained: what, why, what to do, policy, options', () => {
    const explained = rules.explain(id)!
    expect(explained.flagged.text).not.toBe(explained.fine.text === '' ? undefined : '')
    for (const part of [explained.title, explained.flags, explained.policy, explained.why, explained.advice]) expect(part.length).toBeGreaterThan(3)
    for (const option of explained.options) expect(option.help).not.toBe('')
    expect(explained.since).toBe('0.1.0')
  })
})

describe('the list of rules', () => {
  it('holds fifty rules under unchanging ids, in order', () => {
    const ids = rules.list().map((rule) => rule.id)
    expect(ids).toHaveLength(50)
    expect(ids).toEqual([...ids].sort())
  })
  it('keeps four rules to the vault side, and half of three more', () => {
    expect(rules.list().filter((rule) => rule.side === 'vault').map((rule) => rule.id)).toEqual(['ground-rules-violated', 'over-identifying-descriptor', 'plural-with-single-source', 'quoted-and-declined'])
    expect(rules.list().filter((rule) => rule.side === 'copy' && rule.hasVaultHalf).map((rule) => rule.id)).toEqual(['anonymity-without-approval', 'descriptor-drift', 'overlapping-official-groups'])
  })
  it('explains no rule that there is not', () => {
    expect(rules.explain('no-such-rule')).toBeUndefined()
  })
})
