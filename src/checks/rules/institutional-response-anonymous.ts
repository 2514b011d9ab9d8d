import { ASKED_FOR_COMMENT } from '../lexicon/phrases.js'
import { SPOKES_HEADS } from '../lexicon/people-words.js'
import type { CheckContext, Said } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

function answered(context: CheckContext): Map<Said, Draft> {
  const drafts = new Map<Said, Draft>()
  for (const request of context.document.requestsForComment) {
    const said = context.said.find((each) => each.key === request.answeredBy?.attribution)
    // `unnamed-spokesperson` speaks of those whose office it is to answer.
    if (said?.isAnonymous && request.organization !== undefined && !SPOKES_HEADS.has(said.mention?.head ?? '')) drafts.set(said, draft(said, request.outcomeLine, { isQuestion: !request.confirmed || !said.isConfirmed }))
  }
  return drafts
}

/** "When asked for comment, an official said": what the text alone tells. */
function guessed(context: CheckContext, known: ReadonlyMap<Said, Draft>): Draft[] {
  return context.said.filter((said) => said.isAnonymous && !known.has(said) && said.mention !== undefined && !said.mention.isGeneric && !/^spokes/.test(said.mention.head)).flatMap((said): Draft[] => {
    const match = said.sentence && ASKED_FOR_COMMENT.exec(said.sentence.text)
    if (!match || said.sentence!.start + match.index > said.credit.end + 120) return []
    return [draft(said, context.rangeOf(said.sentence!, match.index, match.index + match[0].length), { isQuestion: true })]
  })
}

const draft = (said: Said, line: Draft['ranges'][number] | undefined, rest: Partial<Draft>): Draft => ({
  ranges: [said.credit], said, what: `“${said.mentionRange?.exact ?? said.credit.exact}” answers for an institution that was asked for comment`, ...(line && { related: [{ label: 'the request', range: line }] }), ...rest,
})

export const rule = defineRule({
  id: 'institutional-response-anonymous',
  title: 'Institution answers through somebody unnamed',
  severity: 'warning',
  flags: 'An institution’s answer to a request for comment comes from an anonymous official.',
  policy: 'AP (push for on the record); NPR',
  why: 'The answer of an institution is on the record by its nature.',
  advice: 'Ask for a name or a statement; failing that, say that the institution gave no answer on the record.',
  examples: {
    flagged: {
      text: 'Asked for comment, a senior ministry official said the claims were false.', organizations: [{ key: 'min', name: 'Ministry' }], sources: { s: { anonymous: 'a senior ministry official', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'the claims were false', cue: 'said', by: 'a senior ministry official' }], requestsForComment: [{ organization: 'min', outcome: 'ANSWERED', answeredBy: { attribution: 'x' }, line: 'Asked for comment' }],
    },
    fine: {
      text: 'Asked for comment, ministry spokesman Adam Quill said the claims were false.', organizations: [{ key: 'min', name: 'Ministry' }], people: [{ key: 'quill', name: 'Adam Quill' }], sources: { s: { kind: 'PERSON', person: 'quill' } },
      says: [{ key: 'x', source: 's', says: 'the claims were false', cue: 'said', by: 'ministry spokesman Adam Quill' }], requestsForComment: [{ organization: 'min', outcome: 'ANSWERED', answeredBy: { attribution: 'x' }, line: 'Asked for comment' }],
    },
  },
  check: (context) => {
    const known = answered(context)
    return [...known.values(), ...guessed(context, known)]
  },
})
