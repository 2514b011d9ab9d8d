import { PSEUDONYM } from '../lexicon/phrases.js'
import { shown } from '../analysis/sourcing.js'
import type { CheckContext, Said } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

const ADMITTED_AS_NAME = 'the copy admits to a made-up name'

/** The copy itself says that the name is not one. */
function admitted(context: CheckContext): Draft[] {
  return context.body.flatMap((sentence) => {
    const match = PSEUDONYM.exec(sentence.text)
    if (!match || context.saidIn(sentence).some((said) => said.cast?.source.kind === 'PERSON' && said.attribution.content.some((content) => content.start <= sentence.start + match.index && sentence.start + match.index < content.end && content.paragraph === sentence.paragraph))) return []
    const isAnonymous = context.anonymous.length > 0
    return isAnonymous || /\b(?:names? (?:has|have) been changed|not (?:his|her|their) real)/i.test(match[0]) ? [{ ranges: [context.rangeOf(sentence, match.index, match.index + match[0].length)], what: `${shown(match[0])}: ${ADMITTED_AS_NAME}` }] : []
  })
}

/** An anonymous source that is mentioned by a name. */
function named(said: Said): boolean {
  return said.isAnonymous && said.attribution.mentionForm === 'NAME' && said.mention !== undefined && said.mention.head === '' && /^\p{Lu}[\p{Ll}’'-]+(?:\s\p{Lu}[\p{Ll}.’'-]*)?$/u.test(said.mention.words)
}

export const rule = defineRule({
  id: 'invented-pseudonym',
  title: 'Made-up name for an anonymous source',
  severity: 'error',
  flags: 'A made-up name stands for an anonymous source in copy.',
  policy: 'NPR, WSJ: no invented pseudonyms',
  why: 'A made-up name is a falsehood, and may be somebody’s real name.',
  advice: 'Describe the person instead, or use a part of the real name with their consent.',
  examples: {
    flagged: { text: '“Marta,” whose name has been changed, said she paid in cash.', sources: { s: { anonymous: 'Marta', exactly: 1 } }, says: [{ source: 's', says: 'she paid in cash', cue: 'said', by: 'Marta', mentionForm: 'NAME' }] },
    fine: { text: 'A tenant of the block said the rent was paid in cash.', sources: { s: { anonymous: 'A tenant of the block', exactly: 1 } }, says: [{ source: 's', says: 'the rent was paid in cash', cue: 'said', by: 'A tenant of the block' }] },
  },
  check: (context) => [
    ...admitted(context),
    ...context.said.filter(named).map((said) => ({ ranges: [said.mentionRange!], said, what: `“${said.mention!.words}” reads like a name, but the source is anonymous` })),
  ],
})
