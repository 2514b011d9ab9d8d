import { describedMentions, isVagueOfficials } from '../analysis/sourcing.js'
import { defineRule } from '../rule.js'

export const rule = defineRule({
  id: 'unquantified-plural',
  title: 'Plural source without a number',
  severity: 'info',
  flags: 'Anonymous sources in the plural are credited, and the mention gives no number.',
  policy: 'Reuters; AP (be specific); Guardian social audit (make single-source reliance clear)',
  why: 'Two sources and ten weigh differently.',
  advice: 'Give the number, if the agreements allow it.',
  examples: {
    flagged: { text: 'The sale is off, people at the bank said.', sources: { s: { anonymous: 'people at the bank', atLeast: 2 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'people at the bank' }] },
    fine: { text: 'The sale is off, three people at the bank said.', sources: { s: { anonymous: 'three people at the bank', exactly: 3 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'three people at the bank' }] },
  },
  check: (context) => context.anonymous.flatMap((member) => {
    if (member.source.kind !== 'ANONYMOUS' || member.source.headcount.exact !== undefined || isVagueOfficials(member)) return []
    return describedMentions(member).filter(({ mention }) => mention.isPlural && !mention.isNumbered && !mention.isPartitive)
      .map((said) => ({ ranges: [said.mentionRange], said, what: `“${said.mention.words}” ${said.mention.isVaguelyNumbered ? 'gives no exact number' : 'gives no number'}` }))
  }),
})
