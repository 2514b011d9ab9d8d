import type { Queries } from '../database/index.js'
import type { ContactChannel, RequestOutcome, StoryDocument } from '../document/index.js'
import { asJournalist, asOrganization, asPerson, editDraft, freeKey, impossible, namedBy, withNamed, type Draft, type Edit, type Editing } from './edit-draft.js'
import { cite } from './link-excerpts.js'
import type { RevisionResult } from '../stories/index.js'
import { statementFiles } from './statement-file.js'

export interface GivenAttempt { readonly at: Date; readonly channel: ContactChannel; readonly note?: string | undefined }
export interface GivenRequest {
  /** Keys of the register, one of the two at least; of a journalist. */
  readonly person?: string | undefined
  readonly organization?: string | undefined
  readonly askedBy?: string | undefined
  readonly attempts: readonly GivenAttempt[]
  readonly deadline?: Date | undefined
}
export interface GivenOutcome {
  readonly outcome: RequestOutcome
  readonly outcomeLine?: { readonly paragraph: number; readonly start: number; readonly end: number; readonly exact?: string | undefined } | undefined
  /** Lineage of a statement that the draft reports or that is on file, and of an attribution of the draft. */
  readonly statement?: string | undefined
  readonly attribution?: string | undefined
}

export type RequestResult = (RevisionResult & { readonly ok: true; readonly request: string }) | Extract<RevisionResult, { ok: false }>
type Request = StoryDocument['requestsForComment'][number]
type Refusal = Extract<RevisionResult, { ok: false }>

const refused = (code: string, message: string, path: string): Refusal => ({ ok: false, ...impossible(code, message, path) })
const UNKNOWN = { person: 'there is no such person; findOrCreatePerson makes one', organization: 'there is no such organization; findOrCreateOrganization makes one', askedBy: 'there is no such journalist; the byline of a story makes one' } as const

/** Notes in a draft whom the newsroom asked for comment, when, how, and by when an answer was wanted. */
export async function recordRequest(queries: Queries, draft: Draft, given: GivenRequest, editing: Editing): Promise<RequestResult> {
  if (given.person === undefined && given.organization === undefined) return refused('INVALID', 'name the person or the organization that was asked', 'personId')
  const person = given.person === undefined ? undefined : await namedBy(queries, 'Person', given.person)
  const organization = given.organization === undefined ? undefined : await namedBy(queries, 'Organization', given.organization)
  const askedBy = given.askedBy === undefined ? undefined : await namedBy(queries, 'Journalist', given.askedBy)
  for (const [name, found] of [['person', person], ['organization', organization], ['askedBy', askedBy]] as const) {
    if (given[name] !== undefined && !found) return refused('NOT_IN_REGISTER', UNKNOWN[name], `${name}Id`)
  }
  const attempts = given.attempts.map(attemptOf)
  const wrong = timeProblem(given.attempts, given.deadline, editing.now)
  if (wrong) return wrong
  let key = ''
  const result = await editDraft(queries, draft, (document) => {
    key = freeKey(document.requestsForComment, 'request')
    const people = person && withNamed(document.people, given.person!, person, asPerson)
    const organizations = organization && withNamed(document.organizations, given.organization!, organization, asOrganization)
    const journalists = askedBy && withNamed(document.journalists, given.askedBy!, askedBy, asJournalist)
    const request = { key, ...(people && { person: people.key }), ...(organizations && { organization: organizations.key }), ...(journalists && { askedBy: journalists.key }), attempts, ...(given.deadline && { deadline: given.deadline.toISOString() }), outcome: 'PENDING' as const }
    return {
      ...document, people: people?.entries ?? document.people, organizations: organizations?.entries ?? document.organizations, journalists: journalists?.entries ?? document.journalists,
      requestsForComment: [...document.requestsForComment, request],
    }
  }, editing)
  return result.ok ? { ...result, request: key } : result
}

/** Notes one more attempt to reach whom a request is for. */
export async function recordAttempt(queries: Queries, draft: Draft, request: string, given: GivenAttempt, editing: Editing): Promise<RequestResult> {
  const wrong = timeProblem([given], undefined, editing.now)
  if (wrong) return { ...wrong, problems: wrong.problems.map((problem) => ({ ...problem, path: problem.path.replace('attempts[0]', 'attempt') })) }
  return changing(queries, draft, request, editing, (known, document) => ({ document, request: { ...known, attempts: [...known.attempts, attemptOf(given)].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)) } }))
}

/** Notes what came of a request, the words in which the story says so, and what answered. A statement on file is cited with it. */
export async function recordOutcome(queries: Queries, draft: Draft, request: string, given: GivenOutcome, editing: Editing): Promise<RequestResult> {
  const [file] = given.statement === undefined ? [] : await statementFiles(queries, [given.statement])
  return changing(queries, draft, request, editing, (known, document) => {
    const attribution = document.attributions.find((entry) => entry.lineage === given.attribution)
    if (given.attribution !== undefined && !attribution) return impossible('UNKNOWN_ATTRIBUTION', 'is no attribution of the draft', 'attributionId')
    const reported = document.statements.find((entry) => entry.lineage === given.statement)
    if (given.statement !== undefined && !file && !reported) return impossible('UNKNOWN_STATEMENT', 'is neither reported by the draft nor on file; file it first', 'statementId')
    const cited = reported || !file ? { document, key: reported?.key } : cite(document, file)
    if ('problems' in cited) return cited
    const answeredBy = { ...(cited.key !== undefined && { statement: cited.key }), ...(attribution && { attribution: attribution.key }) }
    const { outcomeLine: line = known.outcomeLine, outcome } = given
    return { document: cited.document, request: { ...known, outcome, ...(line && { outcomeLine: line as Request['outcomeLine'] }), ...(Object.keys(answeredBy).length > 0 && { answeredBy: { ...known.answeredBy, ...answeredBy } }) } as Request }
  })
}

type Change = (known: Request, document: StoryDocument) => { readonly document: StoryDocument; readonly request: Request } | ReturnType<typeof impossible>

async function changing(queries: Queries, draft: Draft, request: string, editing: Editing, change: Change): Promise<RequestResult> {
  const edit: Edit = (document) => {
    const known = document.requestsForComment.find((entry) => entry.key === request)
    if (!known) return impossible('UNKNOWN_REQUEST', 'is no request for comment of the draft', 'request')
    const changed = change(known, document)
    if ('problems' in changed) return changed
    return { ...changed.document, requestsForComment: changed.document.requestsForComment.map((entry) => (entry.key === request ? changed.request : entry)) }
  }
  const result = await editDraft(queries, draft, edit, editing)
  return result.ok ? { ...result, request } : result
}

function attemptOf({ at, channel, note }: GivenAttempt): Request['attempts'][number] {
  return { at: at.toISOString(), channel, ...(note !== undefined && { note }) }
}

function timeProblem(attempts: readonly GivenAttempt[], deadline: Date | undefined, now: Date): (Refusal & { problems: readonly { path: string; code: string; message: string }[] }) | undefined {
  const problem = (code: string, message: string, path: string) => ({ ok: false, ...impossible(code, message, path) } as const)
  const early = attempts.findIndex(({ at }) => at > now)
  if (early >= 0) return problem('TIME_IN_THE_FUTURE', `is ${attempts[early]!.at.toISOString()}, which is yet to come`, `attempts[${early}].at`)
  if (deadline && attempts.length > 0 && attempts.every(({ at }) => at > deadline)) return problem('TIME_RANGE_BACKWARDS', `is ${deadline.toISOString()}, before anybody was asked`, 'deadline')
  return undefined
}
