import { OPINION, SPECULATION } from '../lexicon/phrases.js'
import { shown } from '../analysis/sourcing.js'
import type { CheckContext } from '../analysis/context.js'
import { addGuesses, defineRule, type Draft } from '../rule.js'

const KINDS: Readonly<Record<string, string>> = { OPINION: 'an opinion', SPECULATION: 'a forecast' }

function claimed(context: CheckContext): Draft[] {
  return context.claims.filter(({ claim }) => claim.kind in KINDS).flatMap(({ claim, isConfirmed, occurrences }) => {
    const credited = occurrences.filter(({ said }) => said)
    if (credited.some(({ said }) => !said!.isAnonymous && said!.cast?.source.kind !== 'GROUP')) return []
    return credited.filter(({ said }) => said!.isAnonymous).map(({ range, said }) => draft(range, KINDS[claim.kind]!, { said: said!, isQuestion: !isConfirmed || !said!.isConfirmed, claim: claim.key }))
  })
}

function guessed(context: CheckContext): Draft[] {
  if (!context.guessesClaims) return []
  const seen = new Set<string>()
  // Words inside two attributions, one in the other, are reported once.
  const isNew = ({ ranges: [range] }: Draft) => seen.size < seen.add(`${range!.paragraph}:${range!.start}`).size
  return context.said.filter((said) => said.isAnonymous && said.attribution.speech !== 'DIRECT' && said.cue?.class !== 'INTERNAL').flatMap((said) => said.attribution.content.flatMap((content): Draft[] => {
    const match = OPINION.exec(content.exact) ?? SPECULATION.exec(content.exact)
    if (!match || isInsideQuote(content.exact, match.index) || (!OPINION.test(match[0]) && CONDITION.test(content.exact.slice(0, match.index)))) return []
    const range = { ...content, start: content.start + match.index, end: content.start + match.index + match[0].length, exact: match[0] }
    return [draft(range, OPINION.test(match[0]) ? KINDS['OPINION']! : KINDS['SPECULATION']!, { said, isQuestion: true })]
  })).filter(isNew)
}

/** "where a mistake may cost lives": what may be, and not what will come. */
const CONDITION = /\b(?:where|which|if|whether|who|unless|whose|when)\b[^,;]*$/i
const isInsideQuote = (words: string, at: number) => ((words.slice(0, at).match(/["“”]/g) ?? []).length % 2) === 1

const draft = (range: Draft['ranges'][number], kind: string, rest: Partial<Draft>): Draft => ({ ranges: [range], what: `${shown(range.exact)} is ${kind}, and nobody with a name stands behind it`, ...rest })

export const rule = defineRule({
  id: 'anonymous-opinion-or-speculation',
  title: 'Anonymous opinion or speculation',
  severity: 'warning',
  flags: 'What an anonymous source contributes is an opinion, a forecast or a characterisation, not information.',
  policy: 'AP; Reuters; USA Today',
  why: 'Anonymity is granted for facts that cannot be had otherwise, not for views.',
  advice: 'Leave it out, get it on the record, or report the facts that it rests on.',
  examples: {
    flagged: {
      text: 'The board is incompetent, a manager said.', sources: { s: { anonymous: 'a manager', exactly: 1 } }, says: [{ key: 'x', source: 's', says: 'The board is incompetent', cue: 'said', by: 'a manager' }],
      claims: [{ text: 'The board cannot do its work.', kind: 'OPINION', at: [{ words: 'The board is incompetent', by: 'x' }] }],
    },
    fine: {
      text: 'The board met once last year, a manager said.', sources: { s: { anonymous: 'a manager', exactly: 1 } }, says: [{ key: 'x', source: 's', says: 'The board met once last year', cue: 'said', by: 'a manager' }],
      claims: [{ text: 'One meeting in a year.', kind: 'FACT', at: [{ words: 'The board met once last year', by: 'x' }] }],
    },
  },
  check: (context) => addGuesses(claimed(context), guessed(context)),
})
