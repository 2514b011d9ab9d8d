import type { CheckContext, Said } from '../analysis/context.js'
import { defineRule } from '../rule.js'

const HEADS: ReadonlySet<string> = new Set(['source', 'person', 'individual', 'insider', 'official', 'aide'])
const FORMS: Readonly<Record<string, RegExp>> = {
  source: /\bsources?\b/i, person: /\b(?:person|people|man|woman|men|women)\b/i, individual: /\bindividuals?\b/i, insider: /\binsiders?\b/i,
  official: /\b(?:official|officials|officer|secretary|minister|spokes\w+|director|chief|commissioner|administrator)\b/i, aide: /\b(?:aides?|advis[eo]rs?|staffers?|assistants?)\b/i,
}

/** The text has brought in somebody before to whom the words could lead. */
function isIntroduced(context: CheckContext, said: Said): boolean {
  if (said.attribution.antecedent !== undefined) return true
  const place = said.mentionRange!
  const isEarlier = (other: Said) => other !== said && (other.first.paragraph < place.paragraph || (other.first.paragraph === place.paragraph && other.first.start < place.start))
  if (context.said.some((other) => isEarlier(other) && (other.cast === said.cast || (other.isAnonymous && (other.mention?.head === said.mention!.head || (other.mention?.isGeneric && said.mention!.isGeneric)))))) return true
  const form = FORMS[said.mention!.head]!
  return context.sentences.some((sentence) => sentence.paragraph <= place.paragraph && form.test(sentence.paragraph === place.paragraph ? sentence.text.slice(0, Math.max(0, place.start - sentence.start)) : sentence.text))
}

export const rule = defineRule({
  id: 'definite-reference-without-antecedent',
  title: '“The source” without an earlier one',
  severity: 'error',
  flags: '“The source”, “the person” or “the official” refers back to somebody who has not been introduced.',
  policy: 'AP (second reference)',
  why: 'Readers look for an introduction that is not there; it may have been cut.',
  advice: 'Introduce the source here, or put the introduction back.',
  examples: {
    flagged: { text: 'The sale is off, the source said.', sources: { s: { anonymous: 'the source', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'the source' }] },
    fine: {
      text: 'The sale is off, a source at the bank said. The price was too low, the source said.', sources: { s: { anonymous: 'a source at the bank', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'The sale is off', cue: 'bank [said]', by: 'a source at the bank' }, { source: 's', says: 'The price was too low', cue: 'the source [said]', by: 'the source', antecedent: 'x' }],
    },
  },
  check: (context) => context.said
    .filter((said) => said.isAnonymous && said.mentionRange && said.mention?.isDefinite && said.mention.isBare && HEADS.has(said.mention.head) && !isIntroduced(context, said))
    .map((said) => ({ ranges: [said.mentionRange!], said, what: `“${said.mention!.words}” refers back, but nobody was introduced before` })),
})
