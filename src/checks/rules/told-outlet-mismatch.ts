import { defineRule, type Draft } from '../rule.js'

export const rule = defineRule({
  id: 'told-outlet-mismatch',
  title: '“Told” an outlet that is not ours',
  severity: 'error',
  flags: '“Told OUTLET” names an outlet that neither provides the story nor is credited in it.',
  policy: 'AP (crediting)',
  why: 'It claims an interview that somebody else had, or a partner’s copy was rewritten.',
  advice: 'Credit the outlet, or name the one to which the source spoke.',
  examples: {
    flagged: {
      text: 'The bridge will close, an engineer told The Courier.', outlets: [{ key: 'courier', name: 'The Courier' }, { key: 'wire', name: 'The Wire' }], providers: ['wire'], sources: { s: { anonymous: 'an engineer', exactly: 1 } },
      says: [{ source: 's', says: 'The bridge will close', cue: 'told', by: 'an engineer', to: 'The Courier', toldTo: ['courier'] }],
    },
    fine: {
      text: 'The bridge will close, an engineer told The Wire.', outlets: [{ key: 'wire', name: 'The Wire' }], providers: ['wire'], sources: { s: { anonymous: 'an engineer', exactly: 1 } },
      says: [{ source: 's', says: 'The bridge will close', cue: 'told', by: 'an engineer', to: 'The Wire', toldTo: ['wire'] }],
    },
  },
  check: (context) => {
    const { providers, outletCredits, outlets } = context.document
    if (providers.length === 0) return []
    const credited = new Set([...providers, ...outletCredits.map(({ outlet }) => outlet), ...context.cast.flatMap(({ source }) => (source.kind === 'OUTLET' ? [source.outlet] : []))])
    return context.said.filter((said) => said.isConfirmed).flatMap((said): Draft[] => {
      const foreign = [...said.attribution.toldTo].sort().filter((outlet) => !credited.has(outlet) && said.cast?.source.heldBy !== outlet)
      if (foreign.length === 0) return []
      const name = outlets.find(({ key }) => key === foreign[0])?.name ?? foreign[0]!
      // Somebody named who "told The Courier" is itself a credit; only the record of it is missing.
      return [{ ranges: [said.attribution.addressee ?? said.credit], said, ...(!said.isAnonymous && { severity: 'info' as const }), what: `The source spoke to ${name}, which neither provides the story nor is credited` }]
    })
  },
})
