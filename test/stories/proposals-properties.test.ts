import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStoryDocument, proposalsOf, publicForm, type StoryDocument } from '../../src/document/index.js'
import { acceptProposals, editProposal, rejectProposals, type Changed } from '../../src/stories/proposal-changes.js'
import { arbitraryDocument } from '../support/arbitrary-document.js'

const done = (changed: Changed) => {
  if ('problems' in changed) throw new Error(JSON.stringify(changed.problems))
  return changed
}
/** Some of a document's proposals, told by the bits of a number. */
const some = (document: StoryDocument, bits: number) => proposalsOf(document).filter((_, index) => (bits >> (index % 31)) & 1)
/** Without what may lead elsewhere once the attribution that it led to is gone. */
const withoutLinks = (document: StoryDocument) => ({ ...document, attributions: document.attributions.map(({ parent: _parent, antecedent: _antecedent, ...rest }) => rest) })

describe('of any story, any of its proposals', () => {
  it('can be rejected: a document is left in which nothing points nowhere, and the public reads what it read before (I11)', () => {
    fc.assert(fc.property(arbitraryDocument(), fc.nat(), (document, bits) => {
      const chosen = some(document, bits)
      fc.pre(chosen.length > 0)
      const { document: left, changes } = done(rejectProposals(document, chosen))
      expect(parseStoryDocument(left)).toEqual({ ok: true, document: left })
      for (const { collection, key } of chosen) expect(left[collection].some((entry: { key: string }) => entry.key === key)).toBe(false)
      expect(withoutLinks(publicForm(left))).toEqual(withoutLinks(publicForm(document)))
      // Whatever is gone or different is told.
      const told = new Set(changes.map(({ collection, key }) => `${collection} ${key}`))
      for (const collection of ['sources', 'attributions', 'quotes', 'statements', 'requestsForComment', 'outletCredits', 'claims'] as const) {
        const after = new Map(left[collection].map((entry) => [entry.key, entry] as const))
        for (const entry of document[collection]) if (!told.has(`${collection} ${entry.key}`)) expect(after.get(entry.key)).toEqual(entry)
      }
    }), { numRuns: 100 })
  })

  it('can be accepted: it is confirmed then, and nothing else changes', () => {
    fc.assert(fc.property(arbitraryDocument(), fc.nat(), (document, bits) => {
      const chosen = some(document, bits)
      fc.pre(chosen.length > 0)
      const { document: accepted } = done(acceptProposals(document, chosen))
      expect(parseStoryDocument(accepted)).toEqual({ ok: true, document: accepted })
      expect(proposalsOf(accepted).length).toBe(proposalsOf(document).length - chosen.length)
      expect(JSON.stringify(accepted).replaceAll('"confirmed":false', '"confirmed":true')).toBe(JSON.stringify(document).replaceAll('"confirmed":false', '"confirmed":true'))
    }), { numRuns: 60 })
  })

  it('can be given back as it is: that accepts it', () => {
    fc.assert(fc.property(arbitraryDocument(), fc.nat(), (document, bits) => {
      const [chosen] = some(document, bits | 1)
      fc.pre(chosen !== undefined)
      expect(done(editProposal(document, chosen!, chosen!.entry, randomUUID)).document).toEqual(done(acceptProposals(document, [chosen!])).document)
    }), { numRuns: 60 })
  })
})
