import { VAGUE_CREDIT } from '../lexicon/phrases.js'
import { shown } from '../analysis/sourcing.js'
import { overlaps, span } from '../analysis/ranges.js'
import type { CheckContext } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

function credits(context: CheckContext): Draft[] {
  return context.document.outletCredits.filter((credit) => !context.document.providers.includes(credit.outlet)).flatMap((credit): Draft[] => {
    const vague = credit.content.find((range) => VAGUE_CREDIT.test(range.exact))
    const isLinked = credit.url !== undefined || credit.publishedAt !== undefined
    if (!vague && (isLinked || credit.content.length > 0 && !credit.confirmed)) return []
    const problems = [vague ? `${shown(vague.exact)} does not say which facts` : credit.content.length === 0 ? 'no facts are marked as theirs' : '', isLinked ? '' : 'no link or time is on file'].filter((part) => part !== '')
    const near = vague && vague.paragraph === credit.mention.paragraph ? vague : undefined
    return [{ ranges: [near ? span(context.textOf(credit.mention.paragraph), [credit.mention, near]) : credit.mention], isQuestion: !credit.confirmed, what: `The credit to ${credit.mention.exact} is loose: ${problems.join(', and ')}` }]
  })
}

/** A report of another outlet that no credit is on file for. */
function unfiled(context: CheckContext, known: readonly Draft[]): Draft[] {
  return context.said.filter((said) => said.cast?.source.kind === 'OUTLET' && !context.document.providers.includes(said.cast.source.outlet) && !known.some(({ ranges }) => ranges.some((range) => overlaps(range, said.credit)))).flatMap((said): Draft[] => {
    const vague = said.attribution.content.find((range) => VAGUE_CREDIT.test(range.exact))
    return vague ? [{ ranges: [vague], said, what: `The credit to ${said.mentionRange?.exact ?? 'another outlet'} is loose: ${shown(vague.exact)} does not say which facts` }] : []
  })
}

export const rule = defineRule({
  id: 'vague-outlet-credit',
  title: 'Loose credit to another outlet',
  severity: 'info',
  flags: 'A credit to another outlet does not say which facts are theirs, or has no link or time on file.',
  policy: 'AP crediting policy of 2010',
  why: 'Readers cannot tell whose reporting they read, nor whether it was confirmed.',
  advice: 'Name the facts that are theirs, and say which of them you have confirmed; file the link.',
  examples: {
    flagged: { text: 'The Courier earlier reported some details of the plan.', outlets: [{ key: 'courier', name: 'The Courier' }], outletCredits: [{ outlet: 'courier', mention: 'The Courier', credits: 'some details of the plan' }] },
    fine: { text: 'The Courier first reported that the bridge would close.', outlets: [{ key: 'courier', name: 'The Courier' }], outletCredits: [{ outlet: 'courier', mention: 'The Courier', credits: 'that the bridge would close', url: 'https://courier.example/bridge' }] },
  },
  check: (context) => {
    const known = credits(context)
    return [...known, ...unfiled(context, known)]
  },
})
