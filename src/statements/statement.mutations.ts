import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { StatementRelease } from '../document/index.js'
import { again } from '../graphql/again.js'
import { Does } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { change } from '../graphql/mutation.js'
import { DESK_CODES, errorsOf, input, payloadType } from '../graphql/payload.js'
import { addStatementText, attachToStatement, fileStatement, releaseStatement, type FileResult, type Filing } from './file-statement.js'
import { FiledStatement, filesOf } from './filed-statement.types.js'
import { present } from './present.js'
import { AddStatementTextInput, AttachToStatementInput, FileStatementInput, ReleaseStatementInput, type RecordInput } from './statement.inputs.js'

const INVALID = { INVALID: 'A field breaks its format or limit.' } as const
const TIMES = { TIME_IN_THE_PAST: 'The embargo is over already.', TIME_RANGE_BACKWARDS: 'One instant comes before another that it follows.' } as const
const FUTURE = { TIME_IN_THE_FUTURE: 'The instant is yet to come.' } as const
const NOT_FOUND = { NOT_FOUND: 'No such statement is on file.' } as const
const statement = { statement: { type: () => FiledStatement, description: 'The statement on file.' } }

const FileStatementPayload = payloadType('fileStatement', { ...DESK_CODES, ...INVALID, ...TIMES, ...FUTURE, UNKNOWN_ORGANIZATION: 'There is no such organization.', UNKNOWN_PERSON: 'There is no such person.', ALREADY_FILED: 'The statement is on file; it is given.' }, statement)
const AddStatementTextPayload = payloadType('addStatementText', { ...DESK_CODES, ...NOT_FOUND, ...INVALID, ...FUTURE, TIME_RANGE_BACKWARDS: 'A later text is on file.', NOTHING_NEW: 'The newest text has the same words.' }, statement)
const ReleaseStatementPayload = payloadType('releaseStatement', { ...DESK_CODES, ...NOT_FOUND, ...TIMES }, statement)
const AttachToStatementPayload = payloadType('attachToStatement', { ...DESK_CODES, ...NOT_FOUND, ...INVALID, TIME_RANGE_BACKWARDS: 'A segment ends before it begins.' }, statement)

type Work = (queries: Parameters<typeof fileStatement>[0], filing: Filing) => Promise<FileResult>

@Resolver()
export class StatementMutations {
  @Does('FILE_STATEMENT')
  @Mutation(() => FileStatementPayload, { description: 'Files an official statement. No reader sees anything of it before a published story reports it. For reporters and editors.' })
  fileStatement(@Ctx() context: GraphQLContext, @Arg(...input(() => FileStatementInput)) given: FileStatementInput): Promise<object> {
    const { issuerId, spokespersonId, spokespersonDescriptor, idempotencyKey: _key, ...rest } = present(given)
    const spokesperson = spokespersonId === undefined ? undefined : keyOfId('Person', spokespersonId, 'spokespersonId')
    const file = { ...rest, issuer: keyOfId('Organization', issuerId, 'issuerId'), spokesperson, descriptor: spokespersonDescriptor }
    return filing(context, 'fileStatement', given, (queries, by) => fileStatement(queries, file, by))
  }

  @Does('FILE_STATEMENT')
  @Mutation(() => AddStatementTextPayload, { description: 'Adds a later text of a statement. Drafts keep the text they quote until excerpts are linked again. For reporters and editors.' })
  addStatementText(@Ctx() context: GraphQLContext, @Arg(...input(() => AddStatementTextInput)) given: AddStatementTextInput): Promise<object> {
    const id = keyOfId('OfficialStatement', given.statementId, 'statementId')
    return filing(context, 'addStatementText', given, (queries, by) => addStatementText(queries, id, given.text, given.takenAt ?? undefined, by))
  }

  @Does('RELEASE_STATEMENT')
  @Mutation(() => ReleaseStatementPayload, { description: 'Sets a statement\'s release and embargo: at once, in all stories that report it. What a story itself holds back stays held back. For editors.' })
  releaseStatement(@Ctx() context: GraphQLContext, @Arg(...input(() => ReleaseStatementInput)) given: ReleaseStatementInput): Promise<object> {
    const id = keyOfId('OfficialStatement', given.statementId, 'statementId')
    const terms = { release: given.release as StatementRelease, embargoedUntil: given.embargoedUntil ?? undefined }
    return filing(context, 'releaseStatement', given, (queries, by) => releaseStatement(queries, id, terms, by))
  }

  @Does('FILE_STATEMENT')
  @Mutation(() => AttachToStatementPayload, { description: 'Attaches a transcript or recording to a statement on file. For reporters and editors.' })
  attachToStatement(@Ctx() context: GraphQLContext, @Arg(...input(() => AttachToStatementInput)) given: AttachToStatementInput): Promise<object> {
    const id = keyOfId('OfficialStatement', given.statementId, 'statementId')
    return filing(context, 'attachToStatement', given, (queries, by) => attachToStatement(queries, id, recordOf(given.record), by))
  }
}

/** A record as a story document writes it. */
export function recordOf(record: RecordInput) {
  const { airedAt, ...rest } = present(record)
  return { ...rest, ...(airedAt && { airedAt: airedAt.toISOString() }) }
}

async function filing(context: GraphQLContext, mutation: string, given: { readonly idempotencyKey?: string | null }, work: Work): Promise<object> {
  const outcome = await again(() => change(context, mutation, given, (queries, staff) => work(queries, { staff, now: context.now, newId: context.newId })))
  const id = 'statementId' in outcome ? outcome.statementId : undefined
  return { statement: id === undefined ? null : FiledStatement.maybe(context, await filesOf(context).load(id)), errors: errorsOf(outcome) }
}
