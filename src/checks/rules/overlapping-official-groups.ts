import { describedMentions, isUnitFree } from '../analysis/sourcing.js'
import type { Cast, CheckContext, Said } from '../analysis/context.js'
import type { Descriptor } from '../analysis/descriptor.js'
import { defineRule, type Draft } from '../rule.js'

const OFFICIAL = new Set(['official', 'officer', 'aide'])

/** Which institution the officials are of; undefined where the words leave it open. */
function institution(context: CheckContext, member: Cast, mention: Descriptor): string | undefined {
  if (member.source.kind === 'ANONYMOUS' && member.source.affiliation?.organization !== undefined) return context.institutions.ofKey(member.source.affiliation.organization)
  const names = mention.before.filter((word) => /^\p{Lu}/u.test(word) && word.toLowerCase() !== 'senior')
  const joined = context.institutions.named(names.join(' '))
  if (joined !== undefined) return joined
  return names.every(isUnitFree) ? undefined : names.join(' ').toLowerCase()
}

function groups(context: CheckContext): Draft[] {
  const mentions = context.cast.filter(({ source }) => source.kind === 'ANONYMOUS' || source.kind === 'GROUP').flatMap((member) => describedMentions(member)
    .filter(({ mention, sentence }) => OFFICIAL.has(mention.head) && !mention.isDefinite && !mention.isPartitive && !mention.isOther && sentence?.role === 'BODY')
    .map((said) => ({ said, member, from: institution(context, member, said.mention) })))
  const open = mentions.filter(({ from }) => from === undefined)
  const named = [...new Set(mentions.map(({ from }) => from))].filter((from) => from !== undefined).sort()
  // Officials of two different institutions cannot be the same people; without "officials" of nobody knows where there is nothing to ask.
  const pools = named.length > 0 ? named.map((from) => [...open, ...mentions.filter((each) => each.from === from)]) : [open]
  const pool = pools.filter((each) => new Set(each.map(({ member }) => member)).size > 1 && each.some(({ said }) => said.mention.isPlural)).sort((a, b) => b.length - a.length)[0]
  if (!pool) return []
  const credited = pool.map(({ said }) => said)
  return [{
    ranges: credited.map((said) => said.mentionRange), severity: 'info', isQuestion: credited.some((said) => !said.isConfirmed),
    what: `${list(credited)} may be the same people`,
  }]
}

function list(mentions: readonly Said[]): string {
  const words = [...new Set(mentions.map((said) => `“${said.mention!.words}”`))]
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function inVault(context: CheckContext): Draft[] {
  const groupsOf = context.anonymous.filter((member) => (context.vault!.peopleBehind.get(member.key)?.size ?? 0) > 0)
  return groupsOf.flatMap((member, index): Draft[] => groupsOf.slice(0, index).flatMap((other) => {
    const shared = [...context.vault!.peopleBehind.get(member.key)!].filter((person) => context.vault!.peopleBehind.get(other.key)!.has(person)).length
    const here = describedMentions(member)[0]
    const there = describedMentions(other)[0]
    return shared > 0 && here && there ? [{ ranges: [here.mentionRange], said: here, isQuestion: false, what: `“${here.mention.words}” and “${there.mention.words}” share ${shared === 1 ? 'one person' : `${shared} people`}`, related: [{ label: 'the other group', range: there.mentionRange }] }] : []
  }))
}

export const rule = defineRule({
  id: 'overlapping-official-groups',
  title: 'Groups of officials that may overlap',
  severity: 'warning',
  flags: 'Officials are cited as several groups that may share members. Must not count as corroboration.',
  policy: 'Reuters; BBC (corroboration)',
  why: 'One office that speaks twice is not two sources.',
  advice: 'Tell the groups apart by office, or say that they are the same.',
  examples: {
    flagged: {
      text: 'Officials said the dam was safe. A senior official said repairs were planned.', sources: { s: { anonymous: 'Officials', atLeast: 2 }, t: { anonymous: 'A senior official', exactly: 1 } },
      says: [{ source: 's', says: 'the dam was safe', cue: 'Officials [said]', by: 'Officials' }, { source: 't', says: 'repairs were planned', cue: 'official [said]', by: 'A senior official' }],
    },
    fine: {
      text: 'Two Water Authority officials said the dam was safe. A Treasury official said repairs were paid for.', sources: { s: { anonymous: 'Two Water Authority officials', exactly: 2 }, t: { anonymous: 'A Treasury official', exactly: 1 } },
      says: [{ source: 's', says: 'the dam was safe', cue: 'officials [said]', by: 'Two Water Authority officials' }, { source: 't', says: 'repairs were paid for', cue: 'official [said]', by: 'A Treasury official' }],
    },
  },
  check: groups,
  checkVault: inVault,
})
