import { describedMentions, isVagueOfficials, type Described } from '../analysis/sourcing.js'
import type { Cast, CheckContext } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

/** One group, two numbers. */
function sameGroup(member: Cast): Draft[] {
  const numbered = describedMentions(member).filter(({ mention }) => mention.isNumbered && !mention.isPartitive && !mention.isOther)
  const [first, ...rest] = numbered
  return rest.filter(({ mention }) => mention.number !== first!.mention.number).map((said) => ({
    ranges: [said.mentionRange], said, what: `“${said.mention.words}” and “${first!.mention.words}” give two numbers for the same people`, related: [{ label: 'the other number', range: first!.mentionRange }],
  }))
}

/** Groups under the same plain noun, some with numbers and some without: whether they overlap cannot be told. */
function plainGroups(context: CheckContext): Draft[] {
  const generic = context.anonymous.filter((member) => !isVagueOfficials(member)).flatMap((member) => describedMentions(member).filter(({ mention }) => mention.isGeneric && !mention.isOther && !mention.isPartitive))
  const heads = new Set(generic.map(({ mention }) => mention.head))
  return [...heads].flatMap((head): Draft[] => {
    const mentions = generic.filter(({ mention }) => mention.head === head)
    const open = mentions.filter(({ mention }) => mention.isPlural && !mention.isNumbered)
    const numbered = mentions.filter(({ mention, cast }) => mention.isNumbered && open.some((each) => each.cast !== cast))
    const after = numbered.filter((said) => open.some((each) => each.first.paragraph < said.first.paragraph || (each.first.paragraph === said.first.paragraph && each.first.start < said.first.start)))
    if (open.length === 0 || after.length === 0) return []
    return [{
      ranges: after.map(({ mentionRange }) => mentionRange), severity: 'info', isQuestion: [...open, ...after].some(({ isConfirmed }) => !isConfirmed),
      what: `${list(after)} may or may not be among those called ${list(open)}`,
      related: open.map(({ mentionRange }) => ({ label: 'without a number', range: mentionRange })),
    }]
  })
}

function list(mentions: readonly Described[]): string {
  const words = [...new Set(mentions.map(({ mention }) => `“${mention.words}”`))]
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

export const rule = defineRule({
  id: 'count-conflict',
  title: 'Numbers of sources that do not add up',
  severity: 'warning',
  flags: 'The numbers that the copy gives for one group, or for groups that may overlap, cannot be reconciled from the copy.',
  policy: 'Reuters (honesty in sourcing)',
  why: 'Readers count sources to judge a story, and here they cannot.',
  advice: 'Make clear who belongs to whom: “two of the sources”, “a third person”.',
  examples: {
    flagged: {
      text: 'The sale is off, sources at the bank said. The price was too low, two sources said.', sources: { many: { anonymous: 'sources at the bank', atLeast: 2 }, two: { anonymous: 'two sources', exactly: 2 } },
      says: [{ source: 'many', says: 'The sale is off', cue: 'bank [said]', by: 'sources at the bank' }, { source: 'two', says: 'The price was too low', cue: 'two sources [said]', by: 'two sources' }],
    },
    fine: {
      text: 'The sale is off, three sources at the bank said. The price was too low, two of the sources said.', sources: { three: { anonymous: 'three sources at the bank', exactly: 3 }, two: { anonymous: 'two of the sources', exactly: 2 } },
      says: [{ source: 'three', says: 'The sale is off', cue: 'bank [said]', by: 'three sources at the bank' }, { source: 'two', says: 'The price was too low', cue: 'the sources [said]', by: 'two of the sources' }],
    },
  },
  check: (context) => [...context.anonymous.flatMap(sameGroup), ...plainGroups(context)],
})
