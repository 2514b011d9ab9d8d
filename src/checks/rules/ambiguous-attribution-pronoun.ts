import { HEADS } from '../lexicon/people-words.js'
import { GENDER } from '../lexicon/given-names.js'
import type { CheckContext, Said } from '../analysis/context.js'
import type { TextRange } from '../../document/index.js'
import { defineRule, type Draft } from '../rule.js'

/** A plural noun for people at the head of the sentence: "Officials are …, they said". */
const PLURAL_SUBJECT = /^(?:But |And |Meanwhile,? |Still,? )?((?:(?:The|Some|Many|Several|Senior|Two|Three|Four)\s)?(?:[\p{L}.’'-]+\s){0,2}?([\p{Ll}\p{Lu}][\p{Ll}]+s|people|men|women))\s(?:also |still |now |already |have |had |are |were |will |would |do |did |want|need|say|plan|fear|hope|believe|\p{Ll}+ed\b)/u

function they(context: CheckContext, said: Said): Draft[] {
  const { sentence, mentionRange } = said
  if (!sentence || !mentionRange || said.attribution.speech === 'DIRECT') return []
  const subject = PLURAL_SUBJECT.exec(sentence.text)
  const head = subject?.[2] === undefined ? undefined : HEADS.get(subject[2].toLowerCase())
  const before = previousPlural(context, said)
  if (!subject || !head?.plural || !before || sentence.start + subject.index >= mentionRange.start) return []
  const at = sentence.text.indexOf(subject[1]!)
  const here = context.rangeOf(sentence, at, at + subject[1]!.length)
  if (here.end > mentionRange.start || before.cast?.descriptor?.head === head.lemma) return []
  return [{
    ranges: [credit(said)], said, what: `“${said.mention!.words}” can mean “${here.exact}” or “${before.mentionRange!.exact}”`,
    related: [{ label: 'one candidate', range: here }, { label: 'another candidate', range: before.mentionRange! }],
  }]
}

const credit = (said: Said): TextRange => said.credit

/** The last attribution in the sentences before, in this paragraph or the one above, by more than one person. */
function previousPlural(context: CheckContext, said: Said): Said | undefined {
  const near = [1, 2].map((step) => context.sentences[said.sentence!.index - step]).filter((sentence) => sentence !== undefined && sentence.paragraph >= said.sentence!.paragraph - 1)
  for (const sentence of near) {
    const plural = context.saidIn(sentence!).find((other) => other.sentence === sentence && other.mention?.isPlural && !other.mention.pronoun && other.mentionRange)
    if (plural) return plural
  }
  return undefined
}

/** "X told Y …. He argued": both could be meant, though the speaker is likelier. */
function heOrShe(context: CheckContext, said: Said): Draft[] {
  const before = said.sentence && context.sentences[said.sentence.index - 1]
  const telling = before && before.paragraph === said.sentence!.paragraph ? context.saidIn(before).find((other) => other.sentence === before && other.attribution.addressee && other.attribution.toldTo.length === 0 && other.cast?.source.kind === 'PERSON') : undefined
  if (!telling || said.isAnonymous || said.attribution.speech !== 'INDIRECT') return []
  const addressee = telling.attribution.addressee!
  if (!/^(?:\p{Lu}[\p{L}.’'-]+\s?){1,5}$/u.test(addressee.exact) || context.document.outlets.some(({ name }) => name === addressee.exact)) return []
  if (!isPossible(context, addressee.exact, said.mention!.pronoun!) || !telling.mentionRange) return []
  return [{
    ranges: [said.credit], said, severity: 'info', what: `“${said.mention!.words}” can mean ${telling.mentionRange.exact} or ${addressee.exact}`,
    related: [{ label: 'one candidate', range: telling.mentionRange }, { label: 'the nearer one', range: addressee }],
  }]
}

/** Whether a named person can be "he" or "she": only a given name that says otherwise rules it out. */
function isPossible(context: CheckContext, name: string, pronoun: string): boolean {
  const last = name.split(' ').at(-1)!
  const person = context.document.people.find((each) => each.name === name || each.aliases.includes(name) || each.name.endsWith(` ${last}`))
  const given = (person?.name ?? fullName(context, last) ?? name).split(' ')[0]!
  const gender = GENDER.get(given)
  return gender === undefined || (gender === 'M') === (pronoun === 'he')
}

function fullName(context: CheckContext, last: string): string | undefined {
  const pattern = new RegExp(`\\b(\\p{Lu}\\p{Ll}+) ${last.replace(/[^\p{L}]/gu, '.')}\\b`, 'u')
  return context.sentences.map(({ text }) => pattern.exec(text)?.[0]).find((name) => name !== undefined && GENDER.has(name.split(' ')[0]!))
}

export const rule = defineRule({
  id: 'ambiguous-attribution-pronoun',
  title: 'Unclear who “they”, “he” or “she” is',
  severity: 'warning',
  flags: 'A pronoun stands for the speaker, and two people or groups nearby could be meant.',
  policy: 'AP (attribution must be perfectly clear from context)',
  why: 'Readers may credit the words to somebody who did not say them.',
  advice: 'Repeat the noun or the name.',
  examples: {
    flagged: {
      text: 'The sale is off, the sources said. Officials are looking for a new buyer, they said.', sources: { s: { anonymous: 'the sources', atLeast: 2 } },
      says: [{ key: 'x', source: 's', says: 'The sale is off', cue: 'sources [said]', by: 'the sources' }, { source: 's', says: 'Officials are looking for a new buyer', cue: 'they [said]', by: 'they', antecedent: 'x' }],
    },
    fine: {
      text: 'The sale is off, the sources said. The bank is looking for a new buyer, they said.', sources: { s: { anonymous: 'the sources', atLeast: 2 } },
      says: [{ key: 'x', source: 's', says: 'The sale is off', cue: 'sources [said]', by: 'the sources' }, { source: 's', says: 'The bank is looking for a new buyer', cue: 'they [said]', by: 'they', antecedent: 'x' }],
    },
  },
  check: (context) => context.said.flatMap((said) => {
    const pronoun = said.mention?.pronoun
    return pronoun === 'they' ? they(context, said) : pronoun === 'he' || pronoun === 'she' ? heOrShe(context, said) : []
  }),
})
