import { SPOKES_HEADS } from '../lexicon/people-words.js'
import type { Cast, Said } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

const SPOKES = /\bspokes(?:person|man|woman|people|men|women)\b/i
/** "spokeswoman Jane Doe", "Jane Doe, a spokeswoman": the name stands there. */
const NAMED_BESIDE = /\bspokes(?:person|man|woman)s?,? (?:for [^,]+, )?\p{Lu}[\p{L}.’'-]+ \p{Lu}|\p{Lu}[\p{Ll}’'-]+ \p{Lu}[\p{L}’'-]+,[^,]*\bspokes/u

function voice(member: Cast): Said | undefined {
  return member.said.find((said) => said.mention && (SPOKES_HEADS.has(said.mention.head) || SPOKES.test(said.mention.words)) && !said.mention.isDefinite)
}

export const rule = defineRule({
  id: 'unnamed-spokesperson',
  title: 'Spokesperson without a name',
  severity: 'warning',
  flags: 'Somebody speaks for an institution on the record, and the copy does not name them.',
  policy: 'Guardian (name the spokesman); Reuters (name and position)',
  why: 'Who speaks on the record for an institution can be named, and answers for it.',
  advice: 'Add the name and position, or attribute to the institution.',
  examples: {
    flagged: { text: 'The dam is safe, a Water Authority spokesperson said.', organizations: [{ key: 'wa', name: 'Water Authority' }], sources: { wa: { kind: 'ORGANIZATION', organization: 'wa', spokesperson: 'a Water Authority spokesperson' } }, says: [{ source: 'wa', says: 'The dam is safe', cue: 'said', by: 'a Water Authority spokesperson' }] },
    fine: { text: 'The dam is safe, Water Authority spokesperson Ada Quill said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { quill: { kind: 'PERSON', person: 'quill' } }, says: [{ source: 'quill', says: 'The dam is safe', cue: 'said', by: 'Water Authority spokesperson Ada Quill' }] },
  },
  check: (context) => context.cast.filter(({ source }) => source.kind === 'ORGANIZATION' || source.kind === 'ANONYMOUS').flatMap((member): Draft[] => {
    const said = voice(member)
    if (!said?.mentionRange || !said.sentence) return []
    const named = context.document.statements.some((statement) => statement.spokesperson?.person !== undefined && statement.attributions.includes(said.key))
    const nearby = said.sentence.text.slice(Math.max(0, said.mentionRange.start - said.sentence.start - 60), said.mentionRange.end - said.sentence.start + 60)
    if (named || NAMED_BESIDE.test(nearby)) return []
    return [{ ranges: [said.mentionRange], said, what: `“${said.mention!.words}” speaks for an institution and has no name` }]
  }),
})
