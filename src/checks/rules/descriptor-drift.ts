import { describedMentions } from '../analysis/sourcing.js'
import { FORMULA } from '../lexicon/phrases.js'
import type { Cast, CheckContext, Said } from '../analysis/context.js'
import type { Descriptor } from '../analysis/descriptor.js'
import { defineRule, type Draft } from '../rule.js'

const EMPTY = new Set('the a an of with to on in at by for and or that this his her their its who'.split(' '))

/** What sets a descriptor apart: its words without article, number and noun; names of one institution count as one. */
function traits(context: CheckContext, mention: Descriptor): Set<string> {
  const before = context.institutions.named(mention.before.join(' '))
  const parts = before === undefined ? mention.before : []
  const words = [...parts.map((word) => context.institutions.named(word) ?? word), ...(before === undefined ? [] : [before]), ...describing(mention.after).split(' ').map((word) => context.institutions.named(word) ?? word)]
  return new Set(words.map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}:.-]/gu, '')).filter((word) => word !== '' && !EMPTY.has(word)))
}

/** Without what a relative clause adds on the source's terms: ", who was not authorized to speak". */
const describing = (after: string) => after.replace(/(?:^|\s),.*$/, '')

/** A shorter or longer way to say the same does not drift; another trait does. */
const differs = (a: ReadonlySet<string>, b: ReadonlySet<string>) => a.size > 0 && b.size > 0 && ![...a].every((word) => b.has(word)) && ![...b].every((word) => a.has(word))

function withinOne(context: CheckContext, member: Cast): Draft[] {
  const [first, ...rest] = describedMentions(member)
  if (!first) return []
  const known = traits(context, first.mention)
  return rest.filter(({ mention }) => differs(known, traits(context, mention))).slice(0, 1).map((said) => ({
    ranges: [said.mentionRange], said, what: `“${said.mention.words}” and “${first.mention.words}” stand for the same source`, related: [{ label: 'described otherwise here', range: first.mentionRange }],
  }))
}

const formula = (said: Said) => (said.mention?.isGeneric && said.mention.before.length === 0 ? FORMULA.exec(said.mention.words)?.[0].toLowerCase() : undefined)

/** Two entries of the cast that differ in the object of the same formula alone: one pool or two? */
function formulas(context: CheckContext): Draft[] {
  const intros = context.anonymous.flatMap((member) => describedMentions(member).filter((said) => formula(said) !== undefined).slice(0, 1)).filter(({ mention }) => !mention.isOther && !mention.isDefinite)
  const opening = (said: Said) => formula(said)!.split(' ').slice(0, 2).join(' ')
  return intros.flatMap((said, index): Draft[] => {
    const before = intros.slice(0, index).find((other) => opening(other) === opening(said) && formula(other) !== formula(said) && other.mention.head === said.mention.head)
    return before ? [{
      ranges: [said.mentionRange], said, severity: 'info', what: `“${said.mention.words}” may be out of “${before.mention.words}”, or a new source`,
      advice: 'Say which: “one of the sources”, or “a further source”.', related: [{ label: 'almost the same words here', range: before.mentionRange }],
    }] : []
  })
}

/** Different sources under the very same words. */
function shared(context: CheckContext): Draft[] {
  const intros = context.anonymous.flatMap((member) => describedMentions(member).slice(0, 1)).filter(({ mention }) => !mention.isBare && !mention.isOther && !mention.isDefinite && mention.after !== '')
  return intros.flatMap((said, index): Draft[] => {
    const before = intros.slice(0, index).find((other) => other.mention.words.toLowerCase() === said.mention.words.toLowerCase())
    return before ? [{ ranges: [said.mentionRange], said, what: `“${said.mention.words}” stands for two different sources`, advice: 'Set the second apart: “another”, “a second”.', related: [{ label: 'the other source', range: before.mentionRange }] }] : []
  })
}

function inVault(context: CheckContext): Draft[] {
  const vault = context.vault!
  return [...vault.entriesOf].flatMap(([person, keys]): Draft[] => {
    const members = context.anonymous.filter((member) => keys.includes(member.key))
    const intros = members.flatMap((member) => describedMentions(member).slice(0, 1))
    const [first, ...rest] = intros
    if (!first) return []
    const here = rest.filter(({ mention }) => differs(traits(context, mention), traits(context, first.mention)))
    const elsewhere = (vault.elsewhere.get(person) ?? []).filter(({ descriptor }) => descriptor.toLowerCase() !== first.mention.words.toLowerCase()).slice(0, 1)
    return [
      ...here.map((said) => ({ ranges: [said.mentionRange], said, isQuestion: false, what: `“${said.mention.words}” and “${first.mention.words}” are one person`, related: [{ label: 'the same person', range: first.mentionRange }] })),
      ...elsewhere.map(({ story, descriptor }) => ({ ranges: [first.mentionRange], said: first, isQuestion: false, what: `“${first.mention.words}” is called “${descriptor}” in the story ${story}` })),
    ]
  })
}

export const rule = defineRule({
  id: 'descriptor-drift',
  title: 'One source, several descriptions',
  severity: 'warning',
  flags: 'One source or group gets different descriptions, or different sources share one.',
  policy: 'AP and NPR (clarity); BBC (not misleading about a source’s standing)',
  why: 'Readers count a new description as a new source.',
  advice: 'Keep to one description for one source.',
  examples: {
    flagged: {
      text: 'The sale is off, a banker on the deal said. The price was too low, a friend of the chairman said.', sources: { s: { anonymous: 'a banker on the deal', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'The sale is off', cue: 'deal [said]', by: 'a banker on the deal' }, { source: 's', says: 'The price was too low', cue: 'chairman [said]', by: 'a friend of the chairman', antecedent: 'x' }],
    },
    fine: {
      text: 'The sale is off, a banker on the deal said. The price was too low, the banker said.', sources: { s: { anonymous: 'a banker on the deal', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'The sale is off', cue: 'deal [said]', by: 'a banker on the deal' }, { source: 's', says: 'The price was too low', cue: 'the banker [said]', by: 'the banker', antecedent: 'x' }],
    },
  },
  check: (context) => [...context.anonymous.flatMap((member) => withinOne(context, member)), ...formulas(context), ...shared(context)],
  checkVault: inVault,
})
