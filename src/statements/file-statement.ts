import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Staff } from '../access/index.js'
import { insertRows, statement, type Queries } from '../database/index.js'
import { LIMITS, line, prose, record as documentRecord, statement as documentStatement, url, type StatementRelease } from '../document/index.js'
import { rootOf, type Refused } from '../sources/index.js'
import { tellStatementChanged } from '../stories/index.js'
import { folded } from './find-excerpts.js'

export type FileCode = 'INVALID' | 'UNKNOWN_ORGANIZATION' | 'UNKNOWN_PERSON' | 'ALREADY_FILED' | 'NOT_FOUND' | 'TIME_IN_THE_PAST' | 'TIME_IN_THE_FUTURE' | 'TIME_RANGE_BACKWARDS' | 'NOTHING_NEW'
export type FileResult = { readonly ok: true; readonly statementId: string } | (Refused<FileCode> & { readonly statementId?: string })

const refuse = (code: FileCode, message: string, path?: string): Refused<FileCode> => ({ ok: false, code, message, ...(path !== undefined && { path }) })

export interface GivenStatement {
  /** Keys of the register. */
  readonly issuer: string
  readonly spokesperson?: string | undefined
  readonly descriptor?: string | undefined
  readonly channel: string
  readonly issuedAt?: Date | undefined
  readonly text: string
  readonly takenAt?: Date | undefined
  readonly url?: string | undefined
  readonly attachments: readonly { readonly url: string; readonly title?: string | undefined }[]
  readonly release: string
  readonly embargoedUntil?: Date | undefined
}

export interface Filing { readonly staff: Staff; readonly now: Date; readonly newId: () => string }

const MOST_ATTACHMENTS = 50
const attachments = z.array(z.strictObject({ url, title: line.optional() })).max(MOST_ATTACHMENTS, `are more than ${MOST_ATTACHMENTS}`)
const FINGERPRINT = statement('filed_already', `SELECT f."statementId" FROM "FiledStatement" AS f WHERE f."fingerprint" = $1`)
const LOCK_FINGERPRINT = statement('lock_fingerprint', `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`)

/** Files a statement. The same words of the same issuer are filed once: whoever is second gets the one on file. */
export async function fileStatement(queries: Queries, given: GivenStatement, { staff, now, newId }: Filing): Promise<FileResult> {
  const wrong = formProblem(given) ?? timeProblem(given, now)
  if (wrong) return wrong
  const issuerId = await rootOf(queries, 'Organization', given.issuer)
  if (issuerId === undefined) return refuse('UNKNOWN_ORGANIZATION', 'There is no such organization; findOrCreateOrganization makes one.', 'issuerId')
  const spokespersonId = given.spokesperson === undefined ? undefined : await rootOf(queries, 'Person', given.spokesperson)
  if (given.spokesperson !== undefined && spokespersonId === undefined) return refuse('UNKNOWN_PERSON', 'There is no such person; findOrCreatePerson makes one.', 'spokespersonId')
  const fingerprint = createHash('sha256').update(`${issuerId} ${folded(given.text)}`).digest('hex')
  await queries.query(LOCK_FINGERPRINT, [fingerprint])
  const [known] = await queries.query<{ statementId: string }>(FINGERPRINT, [fingerprint])
  if (known) return { ...refuse('ALREADY_FILED', 'These words of this issuer are on file; use that statement.', 'text'), statementId: known.statementId }
  const id = newId()
  await insertRows(queries, {
    OfficialStatement: [{ id, issuerId }],
    StatementText: [{ statementId: id, takenAt: given.takenAt ?? now, text: given.text }],
    FiledStatement: [{ statementId: id, spokespersonId, spokesperson: given.descriptor, channel: given.channel, issuedAt: given.issuedAt, url: given.url, release: given.release, embargoedUntil: given.embargoedUntil, fingerprint, filedAt: now, filedBy: staff.name }],
    StatementAttachment: given.attachments.map((attachment, ordinal) => ({ statementId: id, ordinal, ...attachment })),
  })
  return { ok: true, statementId: id }
}

const LOCK = statement('lock_filed_statement', `
  SELECT f."issuedAt", f."release", f."embargoedUntil", t."takenAt", t."text", (SELECT count(*)::int FROM "StatementText" AS c WHERE c."statementId" = f."statementId") AS count
  FROM "FiledStatement" AS f CROSS JOIN LATERAL (SELECT l."takenAt", l."text" FROM "StatementText" AS l WHERE l."statementId" = f."statementId" ORDER BY l."takenAt" DESC LIMIT 1) AS t WHERE f."statementId" = $1::uuid`)
const LOCK_ROW = statement('lock_statement_row', `SELECT 1 FROM "FiledStatement" WHERE "statementId" = $1::uuid FOR UPDATE`)
const MOST_TEXTS = 100
interface Locked { readonly issuedAt: Date | null; readonly release: StatementRelease; readonly embargoedUntil: Date | null; readonly takenAt: Date; readonly text: string; readonly count: number }

async function locked(queries: Queries, id: string): Promise<Locked | undefined> {
  await queries.query(LOCK_ROW, [id])
  // A statement of its own: the one that waited for the lock does not see what the other transaction wrote.
  return (await queries.query<Locked>(LOCK, [id]))[0]
}

const notOnFile = refuse('NOT_FOUND', 'No such statement is on file; fileStatement files one.', 'statementId')

/** Adds a later snapshot of the full text. */
export async function addStatementText(queries: Queries, id: string, text: string, takenAt: Date | undefined, { now }: Filing): Promise<FileResult> {
  const wrong = textProblem(text)
  if (wrong) return wrong
  const at = takenAt ?? now
  if (at > now) return refuse('TIME_IN_THE_FUTURE', `${at.toISOString()} is yet to come.`, 'takenAt')
  const file = await locked(queries, id)
  if (!file) return notOnFile
  if (text === file.text) return refuse('NOTHING_NEW', 'The newest text on file has the same words.', 'text')
  if (at <= file.takenAt) return refuse('TIME_RANGE_BACKWARDS', `The newest text on file was taken at ${file.takenAt.toISOString()}; a new one is later.`, 'takenAt')
  if (file.count >= MOST_TEXTS) return refuse('INVALID', `${MOST_TEXTS} texts of this statement are on file, the most there can be.`, 'text')
  await insertRows(queries, { StatementText: [{ statementId: id, takenAt: at, text }] })
  return { ok: true, statementId: id }
}

const RELEASE = statement('release_statement', `UPDATE "FiledStatement" SET "release" = $2::"StatementRelease", "embargoedUntil" = $3::timestamptz WHERE "statementId" = $1::uuid`)

/** Sets how much of a statement may be public, and its own embargo: at once, for every story that reports it. No embargo lifts the present one. */
export async function releaseStatement(queries: Queries, id: string, given: { readonly release: StatementRelease; readonly embargoedUntil: Date | undefined }, { now }: Filing): Promise<FileResult> {
  const file = await locked(queries, id)
  if (!file) return notOnFile
  const wrong = timeProblem({ embargoedUntil: given.embargoedUntil, issuedAt: file.issuedAt ?? undefined }, now)
  if (wrong) return wrong
  const terms = { release: given.release, embargoedUntil: given.embargoedUntil ?? null }
  await queries.query(RELEASE, [id, terms.release, terms.embargoedUntil])
  await tellStatementChanged(queries, id, file, terms, now)
  return { ok: true, statementId: id }
}

export interface GivenRecord {
  readonly kind: string
  readonly title?: string | undefined
  readonly programme?: string | undefined
  readonly airedAt?: string | undefined
  readonly url?: string | undefined
  readonly segments: readonly { readonly speaker?: string | undefined; readonly startMs: number; readonly endMs: number; readonly text: string }[]
}

/** What is wrong with a transcript or recording, or undefined. */
export function recordProblem(given: GivenRecord): Refused<FileCode> | undefined {
  const checked = documentRecord.safeParse({ key: 'record', ...given })
  if (!checked.success) return formRefusal(checked.error.issues[0]!)
  const backwards = given.segments.findIndex((segment) => segment.endMs < segment.startMs)
  return backwards < 0 ? undefined : refuse('TIME_RANGE_BACKWARDS', `The segment would end at ${given.segments[backwards]!.endMs} ms, before it begins at ${given.segments[backwards]!.startMs} ms.`, `record.segments[${backwards}].endMs`)
}

/** Attaches a transcript or recording to a statement on file. */
export async function attachToStatement(queries: Queries, id: string, given: GivenRecord, { staff, now, newId }: Filing): Promise<FileResult> {
  const wrong = recordProblem(given)
  if (wrong) return wrong
  if (!await locked(queries, id)) return notOnFile
  await insertRows(queries, { StatementRecord: [{ id: newId(), statementId: id, ...given, attachedAt: now, attachedBy: staff.name }] })
  return { ok: true, statementId: id }
}

function textProblem(text: string): Refused<FileCode> | undefined {
  const checked = prose(LIMITS.statementText, 'a statement').safeParse(text)
  return checked.success ? undefined : refuse('INVALID', `The text ${checked.error.issues[0]!.message}.`, 'text')
}

function formProblem(given: GivenStatement): Refused<FileCode> | undefined {
  if (given.spokesperson !== undefined && given.descriptor !== undefined) return refuse('INVALID', 'A spokesperson is named or described, not both.', 'spokespersonDescriptor')
  const wrong = textProblem(given.text)
  if (wrong) return wrong
  const form = documentStatement.safeParse({
    key: 'statement', issuer: given.issuer, channel: given.channel, release: given.release, ...(given.url !== undefined && { url: given.url }),
    ...(given.descriptor !== undefined && { spokesperson: { descriptor: given.descriptor } }),
  })
  if (!form.success) return formRefusal(form.error.issues[0]!)
  const attached = attachments.safeParse(given.attachments)
  return attached.success ? undefined : formRefusal({ ...attached.error.issues[0]!, path: ['attachments', ...attached.error.issues[0]!.path] })
}

function formRefusal(issue: { readonly path: readonly PropertyKey[]; readonly message: string }): Refused<FileCode> {
  const path = issue.path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`)).join('').replace(/^spokesperson\.descriptor$/, 'spokespersonDescriptor')
  return refuse('INVALID', `${path} ${issue.message}.`, path)
}

function timeProblem({ issuedAt, takenAt, embargoedUntil }: Pick<GivenStatement, 'issuedAt' | 'takenAt' | 'embargoedUntil'>, now: Date): Refused<FileCode> | undefined {
  if (takenAt && takenAt > now) return refuse('TIME_IN_THE_FUTURE', `${takenAt.toISOString()} is yet to come.`, 'takenAt')
  if (embargoedUntil && issuedAt && embargoedUntil < issuedAt) return refuse('TIME_RANGE_BACKWARDS', `The embargo would end at ${embargoedUntil.toISOString()}, before the statement is issued at ${issuedAt.toISOString()}.`, 'embargoedUntil')
  if (embargoedUntil && embargoedUntil <= now) return refuse('TIME_IN_THE_PAST', `${embargoedUntil.toISOString()} is past; leave the embargo out, or choose a later instant.`, 'embargoedUntil')
  return undefined
}
