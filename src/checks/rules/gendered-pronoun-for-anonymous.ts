import type { CheckContext, Said } from '../analysis/context.js'
import { overlaps } from '../analysis/ranges.js'
import { defineRule, type Draft } from '../rule.js'

const GENDERED = /\b(?:he|she|his|hers?|him|himself|herself)\b/gi
/** A name or a named person's title in the sentence could own the pronoun. */
const NAMED = /(?<=[a-z,;:]["”]?\s)(?:Mr|Mrs|Ms|Dr)\.|(?<=\s)[A-Z][a-z]+ [A-Z][a-z]+/

/** "who spoke because she feared …": pronouns in the sentence outside what is attributed and outside quotation marks. */
function beside(context: CheckContext, said: Said): Draft[] {
  const { sentence, cast } = said
  if (!sentence || !cast || cast.source.kind !== 'ANONYMOUS' || cast.source.headcount.exact !== 1 || !said.mentionRange || context.saidIn(sentence).some((other) => other.cast && other.cast !== cast)) return []
  const outside = sentence.text.replace(/[“"][^“”"]*[”"]/g, (quoted) => ' '.repeat(quoted.length))
  if (NAMED.test(outside.slice(1)) || context.document.people.some(({ name, aliases }) => [name, ...aliases, name.split(' ').at(-1)!].some((each) => outside.includes(each)))) return []
  return [...outside.matchAll(GENDERED)].map((match) => context.rangeOf(sentence, match.index, match.index + match[0].length))
    .filter((range) => range.start > said.mentionRange!.start && !said.attribution.content.some((content) => overlaps(content, range))).slice(0, 1)
    .map((range) => draft(range, said))
}

const NEUTRAL: Readonly<Record<string, string>> = { he: 'the person', she: 'the person', his: 'their', hers: 'theirs', him: 'the person', himself: 'themselves', herself: 'themselves' }

function draft(range: Draft['ranges'][number], said: Said): Draft {
  const neutral = NEUTRAL[range.exact.toLowerCase()]
  const isCapital = /^\p{Lu}/u.test(range.exact)
  return {
    ranges: [range], said, what: `“${range.exact}” gives away the gender of an anonymous source`,
    ...(neutral && { suggestion: { range, replacement: isCapital ? neutral.charAt(0).toUpperCase() + neutral.slice(1) : neutral } }),
  }
}

export const rule = defineRule({
  id: 'gendered-pronoun-for-anonymous',
  title: 'Pronoun gives away an anonymous source’s gender',
  severity: 'error',
  isWaivable: false,
  flags: 'He, she, his or her stands for an anonymous source.',
  policy: 'Newsroom confidentiality practice; AP (describe without putting at risk)',
  why: 'Half of the candidates drop out with one word.',
  advice: 'Write “the person”, “the official” or “they”.',
  examples: {
    flagged: {
      text: 'The sale is off, a board member said. The price was too low, she said.', sources: { s: { anonymous: 'a board member', exactly: 1 } },
      says: [{ key: 'first', source: 's', says: 'The sale is off', cue: 'member [said]', by: 'a board member' }, { source: 's', says: 'The price was too low', cue: 'she [said]', by: 'she', antecedent: 'first' }],
    },
    fine: {
      text: 'The sale is off, a board member said. The price was too low, the person said.', sources: { s: { anonymous: 'a board member', exactly: 1 } },
      says: [{ key: 'first', source: 's', says: 'The sale is off', cue: 'member [said]', by: 'a board member' }, { source: 's', says: 'The price was too low', cue: 'person [said]', by: 'the person', antecedent: 'first' }],
    },
  },
  check: (context) => context.said.filter((said) => said.isAnonymous).flatMap((said) =>
    said.mention?.pronoun === 'he' || said.mention?.pronoun === 'she' ? [draft(said.mentionRange!, said)] : beside(context, said)),
})
