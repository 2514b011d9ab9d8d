import { FORMULA } from '../lexicon/phrases.js'
import { describedMentions, shown } from '../analysis/sourcing.js'
import { defineRule } from '../rule.js'

export const rule = defineRule({
  id: 'formulaic-descriptor',
  title: 'Formula in place of a description',
  severity: 'warning',
  flags: 'All that describes a source is “familiar with”, “close to” or “briefed on” the matter, the situation or the meeting.',
  policy: 'WSJ Style & Substance (overused, lacks specificity)',
  why: 'The formula fits anyone from a principal to a bystander.',
  advice: 'Say what makes the source one: took part, was briefed by whom, works for which side.',
  examples: {
    flagged: { text: 'The sale is off, a person familiar with the matter said.', sources: { s: { anonymous: 'a person familiar with the matter', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a person familiar with the matter' }] },
    fine: { text: 'The sale is off, a banker who worked on the offer said.', sources: { s: { anonymous: 'a banker who worked on the offer', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a banker who worked on the offer' }] },
  },
  check: (context) => context.anonymous.flatMap((member) => describedMentions(member).flatMap((said) => {
    const formula = FORMULA.exec(said.mention.words)
    const rest = said.mention.words.replace(FORMULA, '')
    if (!formula || !said.mention.isGeneric || said.mention.before.length > 0 || /\b(?:who|in|at|from|inside|of)\b/.test(rest)) return []
    return [{ ranges: [said.mentionRange], said, what: `${shown(formula[0])} is all that the copy says about the source` }]
  })),
})
