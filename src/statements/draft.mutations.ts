import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { Queries } from '../database/index.js'
import type { ContactChannel, DocumentProblem, RequestOutcome } from '../document/index.js'
import { again } from '../graphql/again.js'
import { Does } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { change, STORY_CODES, type MutationError } from '../graphql/mutation.js'
import { errorsOf, input, payloadType } from '../graphql/payload.js'
import { STORY_RESULT } from '../stories/story-payload.types.js'
import { Story } from '../stories/story.types.js'
import { attachRecord } from './attach-record.js'
import { editDraft, type Draft, type Editing } from './edit-draft.js'
import { FiledStatement, filesOf } from './filed-statement.types.js'
import { linkingExcerpts } from './link-excerpts.js'
import { present } from './present.js'
import { recordAttempt, recordOutcome, recordRequest, type RequestResult } from './requests.js'
import { statementFiles } from './statement-file.js'
import { AttachRecordInput, LinkExcerptsInput, RecordAttemptInput, RecordOutcomeInput, RecordRequestForCommentInput, type AttemptInput, type OnDraft } from './statement.inputs.js'
import { recordOf } from './statement.mutations.js'
import { RequestForComment } from './statement.types.js'

const INVALID = { INVALID: 'A field breaks its format or limit.', STATEMENT_DIFFERS: 'The draft has the statement otherwise than it is on file.' } as const
const QUOTE = { UNKNOWN_QUOTE: 'The draft has no such quote.' } as const
const ATTRIBUTION = { UNKNOWN_ATTRIBUTION: 'The draft has no such attribution.' } as const
const STATEMENT = { UNKNOWN_STATEMENT: 'No such statement is on file.', EXCERPT_LOST: 'The newest text no longer has words that the draft quotes.' } as const
const LINK = { WORDS_DIFFER: 'The quote has other words.', SPEAKER_UNNAMED: 'The draft does not name who said it, and the statement does.' } as const
const TIMES = { TIME_RANGE_BACKWARDS: 'One instant comes before another that it follows.' } as const
const FUTURE = { TIME_IN_THE_FUTURE: 'The instant is yet to come.' } as const
const REQUEST = { UNKNOWN_REQUEST: 'The draft has no such request for comment.' } as const

const request = { request: { type: () => RequestForComment, description: 'The request.' } }
const statement = { statement: { type: () => FiledStatement, description: 'The statement.' } }
const LinkExcerptsPayload = payloadType('linkExcerpts', { ...STORY_CODES, ...INVALID, ...QUOTE, ...ATTRIBUTION, ...STATEMENT, ...LINK }, { ...STORY_RESULT, ...statement })
const AttachRecordPayload = payloadType('attachRecord', { ...STORY_CODES, ...INVALID, ...QUOTE, ...TIMES, UNKNOWN_SEGMENT: 'The record has no such segment.' }, STORY_RESULT)
const RecordRequestForCommentPayload = payloadType('recordRequestForComment', { ...STORY_CODES, ...INVALID, ...TIMES, ...FUTURE, NOT_IN_REGISTER: 'Nobody has that id.' }, { ...STORY_RESULT, ...request })
const RecordAttemptPayload = payloadType('recordAttempt', { ...STORY_CODES, ...INVALID, ...REQUEST, ...FUTURE }, { ...STORY_RESULT, ...request })
const RecordOutcomePayload = payloadType('recordOutcome', { ...STORY_CODES, ...INVALID, ...REQUEST, ...ATTRIBUTION, ...STATEMENT }, { ...STORY_RESULT, ...request })

@Resolver()
export class DraftMutations {
  @Does('SAVE')
  @Mutation(() => LinkExcerptsPayload, { description: 'Has a draft report a statement on file, and links quotes to the words of it that they quote. Saves a revision. For reporters and editors.' })
  async linkExcerpts(@Ctx() context: GraphQLContext, @Arg(...input(() => LinkExcerptsInput)) given: LinkExcerptsInput): Promise<object> {
    const id = keyOfId('OfficialStatement', given.statementId, 'statementId')
    const links = {
      excerpts: given.excerpts.map(({ quoteId, start, end }, index) => ({ quote: keyOfId('Quote', quoteId, `excerpts[${index}].quoteId`), start, end })),
      attributions: given.attributionIds.map((each, index) => keyOfId('Attribution', each, `attributionIds[${index}]`)),
      unlink: given.unlinkQuoteIds.map((each, index) => keyOfId('Quote', each, `unlinkQuoteIds[${index}]`)),
    }
    const payload = await editing(context, 'linkExcerpts', given, async (queries, draft, by) => {
      const [file] = await statementFiles(queries, [id])
      if (!file) return { ok: false, code: 'UNKNOWN_STATEMENT', message: 'No such statement is on file; fileStatement files one.', path: 'statementId' }
      return editDraft(queries, draft, linkingExcerpts(file, links), by)
    })
    return { ...payload, statement: FiledStatement.maybe(context, await filesOf(context).load(id)) }
  }

  @Does('SAVE')
  @Mutation(() => AttachRecordPayload, { description: 'Attaches a transcript, recording or notes to a draft, and says which quotes can be checked against it. Saves a revision. For reporters and editors.' })
  attachRecord(@Ctx() context: GraphQLContext, @Arg(...input(() => AttachRecordInput)) given: AttachRecordInput): Promise<object> {
    const quotes = given.quotes.map(({ quoteId, segment }, index) => ({ quote: keyOfId('Quote', quoteId, `quotes[${index}].quoteId`), segment: segment ?? undefined }))
    return editing(context, 'attachRecord', given, (queries, draft, by) => attachRecord(queries, draft, recordOf(given.record), quotes, by))
  }

  @Does('SAVE')
  @Mutation(() => RecordRequestForCommentPayload, { description: 'Notes in a draft whom one asked for comment, when, how, and by when. Saves a revision. For reporters and editors.' })
  recordRequestForComment(@Ctx() context: GraphQLContext, @Arg(...input(() => RecordRequestForCommentInput)) given: RecordRequestForCommentInput): Promise<object> {
    const key = (type: 'Person' | 'Organization' | 'Journalist', id: string | null | undefined, argument: string) => (id === null || id === undefined ? undefined : keyOfId(type, id, argument))
    const asked = {
      person: key('Person', given.personId, 'personId'), organization: key('Organization', given.organizationId, 'organizationId'), askedBy: key('Journalist', given.askedById, 'askedById'),
      attempts: given.attempts.map(attemptOf), deadline: given.deadline ?? undefined,
    }
    return editing(context, 'recordRequestForComment', given, (queries, draft, by) => recordRequest(queries, draft, asked, by))
  }

  @Does('SAVE')
  @Mutation(() => RecordAttemptPayload, { description: 'Notes one more attempt to reach whom a request is for. Saves a revision. For reporters and editors.' })
  recordAttempt(@Ctx() context: GraphQLContext, @Arg(...input(() => RecordAttemptInput)) given: RecordAttemptInput): Promise<object> {
    return editing(context, 'recordAttempt', given, (queries, draft, by) => recordAttempt(queries, draft, given.request, attemptOf(given.attempt), by))
  }

  @Does('SAVE')
  @Mutation(() => RecordOutcomePayload, { description: 'Notes what came of a request for comment, and what answered it. Saves a revision. For reporters and editors.' })
  recordOutcome(@Ctx() context: GraphQLContext, @Arg(...input(() => RecordOutcomeInput)) given: RecordOutcomeInput): Promise<object> {
    const { outcomeLine, statementId, attributionId } = present(given)
    const outcome = {
      outcome: given.outcome as RequestOutcome, outcomeLine,
      statement: statementId === undefined ? undefined : keyOfId('OfficialStatement', statementId, 'statementId'), attribution: attributionId === undefined ? undefined : keyOfId('Attribution', attributionId, 'attributionId'),
    }
    return editing(context, 'recordOutcome', given, (queries, draft, by) => recordOutcome(queries, draft, given.request, outcome, by))
  }
}

const attemptOf = ({ at, channel, note }: AttemptInput) => ({ at, channel: channel as ContactChannel, note: note ?? undefined })

type Result = RequestResult | { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string; readonly path?: string } | { readonly ok: false; readonly problems: readonly DocumentProblem[] }
type Work = (queries: Queries, draft: Draft, by: Editing) => Promise<Result>

async function editing(context: GraphQLContext, mutation: string, given: OnDraft, work: Work): Promise<object> {
  const storyId = keyOfId('Story', given.storyId, 'storyId')
  const draft = { storyId, expectedRevision: given.expectedRevision }
  const result = await again(() => change(context, mutation, given, (queries, staff) => work(queries, draft, { staff, now: context.now, newId: context.newId })))
  const index = await context.storyById(storyId)
  const request = result.ok && 'request' in result ? index?.find('requestsForComment', result.request) : undefined
  return { story: index ? new Story(index) : null, request: request && index ? new RequestForComment(index, request) : null, errors: 'problems' in result ? result.problems.map(errorOf) : errorsOf(result) }
}

const CODES: ReadonlySet<string> = new Set(Object.keys({ ...INVALID, ...QUOTE, ...ATTRIBUTION, ...STATEMENT, ...TIMES, ...FUTURE, ...REQUEST, ...LINK, UNKNOWN_SEGMENT: '', NOT_IN_REGISTER: '' }))

/** A problem of the changed document; those of the document format are all INVALID. */
function errorOf({ code, message, path }: DocumentProblem): MutationError {
  return { code: CODES.has(code) ? code : 'INVALID', message: `${path || 'The document'} ${message}.`, path }
}
