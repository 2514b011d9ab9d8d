import type { Claim } from '../../document/index.js'
import { NO_COMMENT } from '../lexicon/phrases.js'
import { isPrivateTalk, organizationOf } from './sourcing.js'
import type { CheckContext } from './context.js'

export type Party = NonNullable<Claim['target']>

/** Organizations by which a party can answer: itself, or those that a person belongs to. */
function bodies(context: CheckContext, party: Party): readonly string[] {
  const own = party.organization === undefined ? [] : [party.organization]
  return party.person === undefined ? own : [...own, ...context.institutions.ofPerson(party.person)]
}

/** Whether a request for comment to the party, or to the body that speaks for it, is on file. */
export function isAsked(context: CheckContext, party: Party): boolean {
  const own = bodies(context, party)
  return context.document.requestsForComment.some((request) =>
    (party.person !== undefined && request.person === party.person)
    || (request.organization !== undefined && own.some((each) => context.institutions.same(each, request.organization!)))
    || (request.person !== undefined && party.organization !== undefined && context.institutions.ofPerson(request.person).some((each) => context.institutions.same(each, party.organization!))))
}

/** Whether the party speaks in the story: by itself, by somebody of the same body, by a statement, or by a line that says it would not. */
export function isHeard(context: CheckContext, party: Party): boolean {
  const own = bodies(context, party)
  const isOwn = (organization: string) => own.some((each) => context.institutions.same(each, organization))
  if (context.document.statements.some((statement) => isOwn(statement.issuer))) return true
  if (context.said.some((said) => !said.parent && !said.isAnonymous && !isPrivateTalk(context, said)
    && ((said.cast?.source.kind === 'PERSON' && said.cast.source.person === party.person) || organizationOf(context, said.cast).some(isOwn)))) return true
  const names = namesOf(context, party)
  return context.body.some(({ text }) => NO_COMMENT.test(text) && names.some((name) => text.includes(name)))
}

function namesOf(context: CheckContext, party: Party): string[] {
  const person = context.document.people.find((each) => each.key === party.person)
  const organization = context.document.organizations.find((each) => each.key === party.organization)
  const last = person?.name.split(' ').at(-1)
  return [...(person ? [person.name, ...person.aliases, ...(last === undefined ? [] : [last])] : []), ...(organization ? [organization.name, ...organization.aliases] : [])]
}

/** The party's name as the newsroom has it. */
export function nameOf(context: CheckContext, party: Party): string {
  return namesOf(context, party)[0] ?? 'the party'
}
