import { REASON, ROTE_REASON } from '../lexicon/phrases.js'
import { shown } from '../analysis/sourcing.js'
import type { CheckContext } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

function marked(context: CheckContext): Draft[] {
  return context.anonymous.flatMap((member) => {
    const reason = member.source.kind === 'ANONYMOUS' ? member.source.reason : undefined
    const rote = reason?.range && ROTE_REASON.exec(reason.range.exact)
    return rote ? [{ ranges: [reason.range!], source: member.key, isQuestion: !member.isConfirmed, what: `${shown(rote[0])} is a stock reason for anonymity` }] : []
  })
}

function unmarked(context: CheckContext, known: readonly Draft[]): Draft[] {
  return context.body.flatMap((sentence) => {
    if (!REASON.test(sentence.text)) return []
    const rote = ROTE_REASON.exec(sentence.text)
    if (!rote) return []
    const range = context.rangeOf(sentence, rote.index, rote.index + rote[0].length)
    if (known.some(({ ranges }) => ranges.some((each) => each.paragraph === range.paragraph && each.start < range.end && range.start < each.end))) return []
    return [{ ranges: [range], what: `${shown(rote[0])} is a stock reason for anonymity` }]
  })
}

export const rule = defineRule({
  id: 'boilerplate-anonymity-reason',
  title: 'Stock reason for anonymity',
  severity: 'info',
  flags: 'The published reason is one of those that every story prints: “not authorized to speak”, “sensitivity of the issue”.',
  policy: 'NYT standards memo of 2010: rote reasons are worse than none',
  why: 'It tells readers nothing about this source.',
  advice: 'Say what would happen to the source, or leave the formula out and describe the source better.',
  examples: {
    flagged: {
      text: 'The sale is off, said a board member, who spoke on condition of anonymity because he was not authorized to speak publicly.',
      sources: { s: { anonymous: 'a board member', exactly: 1, reason: 'because he was not authorized to speak publicly' } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member' }],
    },
    fine: {
      text: 'The sale is off, said a board member, who spoke on condition of anonymity because the chairman has sued over earlier leaks.',
      sources: { s: { anonymous: 'a board member', exactly: 1, reason: 'because the chairman has sued over earlier leaks' } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member' }],
    },
  },
  check: (context) => {
    const found = marked(context)
    return [...found, ...unmarked(context, found)]
  },
})
