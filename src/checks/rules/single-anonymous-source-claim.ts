import { isOnePerson, isPrivateTalk, organizationOf, shown } from '../analysis/sourcing.js'
import { ASKED_FOR_COMMENT } from '../lexicon/phrases.js'
import { SPOKES_HEADS } from '../lexicon/people-words.js'
import type { CheckContext, Said } from '../analysis/context.js'
import { addGuesses, defineRule, type Draft } from '../rule.js'

/** Everybody whom the story credits with a claim. */
function single(context: CheckContext, allegation: string): Draft[] {
  const drafts = new Map<Said, Draft>()
  for (const { claim, isConfirmed, occurrences } of context.claims) {
    const credited = occurrences.map(({ said }) => said).filter((said) => said !== undefined && !said.attribution.negated && !isPrivateTalk(context, said)) as Said[]
    const sources = new Set(credited.map((said) => said.cast))
    const [first] = credited
    if (!first?.cast || sources.size !== 1 || !isOnePerson(first.cast) || claim.documents.length > 0 || claim.kind === 'BACKGROUND' || (claim.kind === 'OPINION' && speaksForItself(context, first))) continue
    const isAllegation = claim.kind === 'ALLEGATION' && allegation === 'error'
    for (const said of new Set(credited)) {
      if (drafts.has(said) && !isAllegation) continue
      drafts.set(said, draft(said, { isQuestion: !isConfirmed || !said.isConfirmed, claim: claim.key, ...(isAllegation && { severity: 'error' as const }) }))
    }
  }
  return [...drafts.values()]
}

/** An institution's own position needs no second source. */
function speaksForItself(context: CheckContext, said: Said): boolean {
  const own = organizationOf(context, said.cast)
  return said.attribution.speech === 'DIRECT' && own.length > 0 && context.document.requestsForComment.some((request) => request.answeredBy?.attribution === said.key)
}

/** Without claims: what one person tells, but for an answer to a request for comment. */
function guessed(context: CheckContext): Draft[] {
  if (!context.guessesClaims) return []
  return context.said.filter((said) => said.isAnonymous && isOnePerson(said.cast!) && !said.parent && !said.attribution.negated && !SPOKES_HEADS.has(said.cast!.descriptor?.head ?? '') && said.cue?.class !== 'INTERNAL' && !(said.sentence && ASKED_FOR_COMMENT.test(said.sentence.text)) && said.attribution.speech === 'INDIRECT' && said.sentence?.role === 'BODY')
    .filter((said) => !context.saidIn(said.sentence!).some((other) => other.cast !== said.cast && other.cast && other.cast.source.kind !== 'GROUP' && other.sentence === said.sentence && other.parent !== said))
    .map((said) => draft(said, { isQuestion: true }))
}

function draft(said: Said, rest: Partial<Draft>): Draft {
  return {
    ranges: [said.credit], said, what: `${shown(said.attribution.content[0]!.exact)} rests on one anonymous source`,
    related: said.attribution.content.map((range) => ({ label: 'what rests on the source', range })), ...rest,
  }
}

export const rule = defineRule({
  id: 'single-anonymous-source-claim',
  title: 'Claim rests on one anonymous source',
  severity: 'warning',
  flags: 'A claim rests on exactly one anonymous source; an error when it is an allegation.',
  policy: 'BBC 3.3.4 and referral; Reuters; Guardian; AP (seek more than one)',
  why: 'Nobody else can be asked whether it is true.',
  advice: 'Find a second source or a document, or refer it up.',
  options: { allegation: 'error' },
  optionHelp: { allegation: '"error": an allegation that rests on one anonymous source is an error; "warning": it is like other claims.' },
  examples: {
    flagged: {
      text: 'The reserve was emptied in May, a clerk at the bank said.', sources: { s: { anonymous: 'a clerk at the bank', exactly: 1 } }, says: [{ key: 'x', source: 's', says: 'The reserve was emptied in May', cue: 'said', by: 'a clerk at the bank' }],
      claims: [{ text: 'The reserve is gone.', kind: 'FACT', at: [{ words: 'The reserve was emptied in May', by: 'x' }] }],
    },
    fine: {
      text: 'The reserve was emptied in May, two clerks at the bank said.', sources: { s: { anonymous: 'two clerks at the bank', exactly: 2 } }, says: [{ key: 'x', source: 's', says: 'The reserve was emptied in May', cue: 'said', by: 'two clerks at the bank' }],
      claims: [{ text: 'The reserve is gone.', kind: 'FACT', at: [{ words: 'The reserve was emptied in May', by: 'x' }] }],
    },
  },
  check: (context, { allegation }) => addGuesses(single(context, allegation), guessed(context)),
})
