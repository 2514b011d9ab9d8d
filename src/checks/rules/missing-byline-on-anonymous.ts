import { defineRule } from '../rule.js'

export const rule = defineRule({
  id: 'missing-byline-on-anonymous',
  title: 'Anonymous sources without a byline',
  severity: 'error',
  flags: 'A story with anonymous sources has no byline.',
  policy: 'AP (stories with anonymous sources carry a byline)',
  why: 'If neither the sources nor the writer are named, nobody stands behind the story.',
  advice: 'Add the byline of whoever spoke with the sources.',
  examples: {
    flagged: { text: 'The sale is off, a board member said.', sources: { s: { anonymous: 'a board member', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member' }] },
    fine: { text: 'The sale is off, a board member said.', journalists: [{ key: 'brooks', name: 'Nadia Brooks' }], bylines: [{ journalist: 'brooks' }], sources: { s: { anonymous: 'a board member', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member' }] },
  },
  check: (context) => {
    const spoken = context.anonymous.filter((member) => member.said.length > 0)
    if (spoken.length === 0 || context.document.bylines.length > 0) return []
    const isSure = spoken.some((member) => member.isConfirmed)
    return [{ ranges: [], isQuestion: !isSure, ...(!isSure && { severity: 'info' as const }), what: `The story cites ${spoken.length === 1 ? 'an anonymous source' : `${spoken.length} anonymous sources`} and has no byline` }]
  },
})
