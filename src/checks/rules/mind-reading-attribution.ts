import { organizationOf, shown } from '../analysis/sourcing.js'
import { CROWD_HEADS, HEADS } from '../lexicon/people-words.js'
import type { CheckContext, Said } from '../analysis/context.js'
import type { Claim } from '../../document/index.js'
import { addGuesses, defineRule, type Draft } from '../rule.js'

export const STATE_OF_MIND = /\b(?:wants?|wanted|believes?|believed|thinks?|thought|hopes?|hoped|fears?|feared|intends?|intended|wishes|wished|worries|worried|feels?|felt|doubts?|doubted|suspects?|suspected|regrets?|regretted|is (?:angry|furious|worried|afraid|frustrated|convinced|determined)|are (?:angry|furious|worried|afraid|frustrated|convinced|determined)|was (?:angry|furious|worried|afraid|frustrated|convinced|determined)|were (?:angry|furious|worried|afraid|frustrated|convinced|determined))\b/
/** Somebody with a name or a role, at the head of the clause, and what goes on in their mind. */
const GUESS = new RegExp(String.raw`^(?:But |And |Meanwhile,? )?(?:(?:The |Some |Senior )?(?:\p{Lu}[\p{L}.’'-]*\s){1,4}(?:officials |executives |leaders |aides )?|(?:The )?\p{Lu}?\p{Ll}+ (?:officials|executives|leaders|aides) )(?:also |still |now |privately |really )?(?:wants?|wanted|believes?|believed|thinks?|thought|hopes?|hoped|fears?|feared|intends?|intended|worries|worried|doubts?|doubted|suspects?|suspected)\b`, 'u')

/** Whether the one who speaks is the one whose mind it is, or speaks for it. */
function isOwnMind(context: CheckContext, said: Said, holder: NonNullable<Claim['holder']>): boolean {
  if (holder.source !== undefined && holder.source === said.cast?.key) return true
  const source = said.cast?.source
  if (source?.kind === 'PERSON' && source.person === holder.person) return true
  const own = organizationOf(context, said.cast)
  const theirs = holder.organization !== undefined ? [holder.organization] : holder.person === undefined ? [] : context.institutions.ofPerson(holder.person)
  return own.some((a) => theirs.some((b) => context.institutions.same(a, b)))
}

/** "Investigators believe": what a body concluded, known to whoever belongs to it. */
const isCrowd = (words: string) => CROWD_HEADS.has(HEADS.get(words.trim().split(/\s+/)[0]!.toLowerCase())?.lemma ?? '')

function claimed(context: CheckContext): Draft[] {
  return context.claims.flatMap(({ claim, isConfirmed, occurrences }) => {
    const holder = claim.holder
    if (!holder) return []
    return occurrences.filter(({ said, range }) => said?.isAnonymous && STATE_OF_MIND.test(range.exact) && !isOwnMind(context, said, holder))
      .map(({ range, said }) => draft(range, said!, { isQuestion: !isConfirmed || !said!.isConfirmed, claim: claim.key }))
  })
}

function guessed(context: CheckContext): Draft[] {
  if (!context.guessesClaims) return []
  return context.said.filter((said) => said.isAnonymous && said.attribution.speech !== 'DIRECT' && said.cue?.class !== 'INTERNAL').flatMap((said) => said.attribution.content.flatMap((content): Draft[] => {
    const match = GUESS.exec(content.exact)
    const affiliation = said.mention?.before.filter((word) => /^\p{Lu}/u.test(word)).join(' ') ?? ''
    return match && !isCrowd(match[0]) && (affiliation === '' || !match[0].includes(affiliation)) ? [draft(content, said, { isQuestion: true })] : []
  }))
}

const draft = (range: Draft['ranges'][number], said: Said, rest: Partial<Draft>): Draft => ({
  ranges: [range], said, what: `${shown(STATE_OF_MIND.exec(range.exact)?.[0] ?? range.exact)} tells what somebody has in mind, on the word of somebody else`,
  related: said.mentionRange ? [{ label: 'who says so', range: said.mentionRange }] : [], ...rest,
})

export const rule = defineRule({
  id: 'mind-reading-attribution',
  title: 'Another person’s mind, at second hand',
  severity: 'warning',
  flags: 'What somebody wants, thinks or intends is reported on the word of an anonymous source who is somebody else.',
  policy: 'AP (first-hand knowledge); NPR (basis); PolNeAR treats states of mind as attributions',
  why: 'Nobody can witness another’s intentions; they can witness what was said or done.',
  advice: 'Report what the person said or did, or say how the source knows.',
  examples: {
    flagged: {
      text: 'Quill wants the post for herself, a colleague said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { s: { anonymous: 'a colleague', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'Quill wants the post for herself', cue: 'said', by: 'a colleague' }],
      claims: [{ text: 'Ambition.', kind: 'FACT', holder: { person: 'quill' }, at: [{ words: 'Quill wants the post for herself', by: 'x' }] }],
    },
    fine: {
      text: 'Quill asked the board for the post, a colleague said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { s: { anonymous: 'a colleague', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'Quill asked the board for the post', cue: 'said', by: 'a colleague' }],
      claims: [{ text: 'Request.', kind: 'FACT', holder: { person: 'quill' }, at: [{ words: 'Quill asked the board for the post', by: 'x' }] }],
    },
  },
  check: (context) => addGuesses(claimed(context), guessed(context)),
})
