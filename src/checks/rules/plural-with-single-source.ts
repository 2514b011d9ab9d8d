import { describedMentions } from '../analysis/sourcing.js'
import { defineRule } from '../rule.js'

export const rule = defineRule({
  id: 'plural-with-single-source',
  title: 'Plural for a single source',
  severity: 'error',
  flags: 'The copy speaks of “sources” or “officials”, and the opened records know of one person behind them.',
  policy: 'Reuters: never cite sources in the plural for one',
  why: 'It claims corroboration that does not exist.',
  advice: 'Write the singular, or find the second source.',
  examples: {
    flagged: {
      text: 'The sale is off, people at the bank said.', sources: { s: { anonymous: 'people at the bank', atLeast: 2 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'people at the bank' }],
      vault: { records: [{ person: 'p1', entries: [{ story: 'example', source: 's' }] }] },
    },
    fine: {
      text: 'The sale is off, people at the bank said.', sources: { s: { anonymous: 'people at the bank', atLeast: 2 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'people at the bank' }],
      vault: { records: [{ person: 'p1', entries: [{ story: 'example', source: 's' }] }, { person: 'p2', entries: [{ story: 'example', source: 's' }] }] },
    },
  },
  checkVault: (context) => context.anonymous.flatMap((member) => {
    const people = context.vault!.peopleBehind.get(member.key)
    const mention = describedMentions(member).find((said) => said.mention.isPlural)
    return people?.size === 1 && mention ? [{ ranges: [mention.mentionRange], said: mention, isQuestion: false, what: `“${mention.mention.words}” is a plural, but the records hold one person behind it` }] : []
  }),
})
