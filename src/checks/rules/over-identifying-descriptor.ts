import { defineRule } from '../rule.js'

export const rule = defineRule({
  id: 'over-identifying-descriptor',
  title: 'Too few people fit the description',
  severity: 'error',
  isWaivable: false,
  flags: 'Descriptor, facts of the story and sibling stories leave fewer candidates than the newsroom’s threshold (jigsaw identification).',
  policy: 'BBC jigsaw identification; SPJ minimise harm',
  why: 'Those who know the field can work out who spoke.',
  advice: 'Widen the description, or take out the facts that narrow it down.',
  options: { k: 5 },
  optionHelp: { k: 'The fewest people that a descriptor may leave.' },
  examples: {
    flagged: {
      text: 'The vote was rigged, one of the six who attended said.', sources: { s: { anonymous: 'one of the six who attended', exactly: 1 } }, says: [{ source: 's', says: 'The vote was rigged', cue: 'said', by: 'one of the six who attended' }],
      vault: { records: [], candidatePools: [{ story: 'example', source: 's', candidates: 2, because: 'four of the six have denied it' }] },
    },
    fine: {
      text: 'The vote was rigged, a member of the party said.', sources: { s: { anonymous: 'a member of the party', exactly: 1 } }, says: [{ source: 's', says: 'The vote was rigged', cue: 'said', by: 'a member of the party' }],
      vault: { records: [], candidatePools: [{ story: 'example', source: 's', candidates: 4000 }] },
    },
  },
  checkVault: (context, { k }) => context.anonymous.flatMap((member) => {
    const pool = context.vault!.pools.filter((each) => each.source === member.key).sort((a, b) => a.candidates - b.candidates)[0]
    const range = member.descriptorRange ?? member.said[0]?.mentionRange
    if (!pool || !range || pool.candidates >= k) return []
    return [{ ranges: [range], source: member.key, isQuestion: false, what: `The description fits ${pool.candidates} ${pool.candidates === 1 ? 'person' : 'people'}${pool.because === undefined ? '' : ` (${pool.because})`}, fewer than ${k}` }]
  }),
})
