import DataLoader from 'dataloader'
import { z } from 'zod'
import { statement, type Queries } from '../database/index.js'
import { line, prose, url } from '../document/index.js'
import type { Refused } from '../sources/index.js'
import type { Editing } from './edit-draft.js'

export const CHALLENGE_OUTCOMES = ['CORRECTION', 'CLARIFICATION', 'NO_CHANGE'] as const
export type ChallengeOutcome = (typeof CHALLENGE_OUTCOMES)[number]

/** Somebody's dispute of a quote. */
export interface Challenge {
  readonly id: string
  readonly storyId: string
  /** Lineage of the quote. */
  readonly quote: string
  readonly words: string
  readonly revision: number
  readonly complainant: string
  readonly complaint: string
  readonly evidence: readonly { readonly note?: string; readonly url?: string }[]
  readonly openedAt: string
  readonly openedBy: string
  readonly outcome: ChallengeOutcome | null
  readonly version: number | null
  readonly explanation: string | null
  readonly resolvedAt: string | null
  readonly resolvedBy: string | null
}

export type ChallengeCode = 'NOT_FOUND' | 'UNKNOWN_QUOTE' | 'INVALID' | 'ALREADY_OPEN' | 'ALREADY_RESOLVED' | 'CORRECTION_MISSING'
export type ChallengeResult = { readonly ok: true; readonly challengeId: string } | (Refused<ChallengeCode> & { readonly challengeId?: string })
const refuse = (code: ChallengeCode, message: string, path: string): Refused<ChallengeCode> => ({ ok: false, code, message, path })

export interface GivenChallenge {
  readonly storyId: string
  readonly quote: string
  readonly complainant: string
  readonly complaint: string
  readonly evidence: readonly { readonly note?: string | undefined; readonly url?: string | undefined }[]
}

const MOST_EVIDENCE = 50
const form = z.object({
  complainant: line, complaint: prose(10_000, 'a complaint'),
  evidence: z.array(z.strictObject({ note: prose(10_000, 'a note').optional(), url: url.optional() }).refine(({ note, url: address }) => note !== undefined || address !== undefined, 'has neither a note nor an address'))
    .max(MOST_EVIDENCE, `has more than ${MOST_EVIDENCE} entries`),
})

const STORY = statement('challenged_story', `SELECT 1 FROM "Story" AS s WHERE s."id" = $1::uuid`)
// The words that readers have, where the quote is published; else those of the draft.
const QUOTE = statement('challenged_quote', `
  SELECT q."text", r."number" FROM "Story" AS s JOIN "Revision" AS r ON r."id" IN (s."publicRevisionId", s."currentRevisionId") JOIN "Quote" AS q ON q."revisionId" = r."id"
  WHERE s."id" = $1::uuid AND q."lineage" = $2::uuid ORDER BY r."id" = s."publicRevisionId" DESC NULLS LAST LIMIT 1`)
const OPEN = statement('open_challenge', `
  INSERT INTO "Challenge" ("id", "storyId", "quote", "words", "revision", "complainant", "complaint", "evidence", "openedAt", "openedBy")
  VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7, $8::json, $9::timestamptz, $10) ON CONFLICT DO NOTHING RETURNING 1`)
const OPEN_ALREADY = statement('open_already', `SELECT c."id" FROM "Challenge" AS c WHERE c."quote" = $1::uuid AND lower(c."complainant") = lower($2) AND c."outcome" IS NULL`)

/** Notes that somebody disputes a quote. Nothing of the story changes: what comes of it is decided when it is resolved. */
export async function openChallenge(queries: Queries, given: GivenChallenge, { staff, now, newId }: Editing): Promise<ChallengeResult> {
  const checked = form.safeParse({ ...given, evidence: given.evidence.map((entry) => ({ ...entry })) })
  if (!checked.success) {
    const [{ path, message }] = checked.error.issues as [z.core.$ZodIssue]
    const where = path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`)).join('')
    return refuse('INVALID', `${where} ${message}.`, where)
  }
  if ((await queries.query(STORY, [given.storyId])).length === 0) return refuse('NOT_FOUND', 'There is no story with that id.', 'storyId')
  const [quote] = await queries.query<{ text: string; number: number }>(QUOTE, [given.storyId, given.quote])
  if (!quote) return refuse('UNKNOWN_QUOTE', 'Neither the public version of the story nor its draft has that quote.', 'quoteId')
  const { complainant, complaint, evidence } = checked.data
  const id = newId()
  const opened = await queries.query(OPEN, [id, given.storyId, given.quote, quote.text, quote.number, complainant.trim(), complaint, JSON.stringify(evidence), now, staff.name])
  if (opened.length > 0) return { ok: true, challengeId: id }
  const [known] = await queries.query<{ id: string }>(OPEN_ALREADY, [given.quote, complainant.trim()])
  return { ...refuse('ALREADY_OPEN', 'The same complainant disputes this quote already; add to that challenge once it is resolved.', 'complainant'), ...(known && { challengeId: known.id }) }
}

export interface GivenResolution {
  readonly challengeId: string
  readonly outcome: ChallengeOutcome
  /** The version whose correction or clarification came of it. */
  readonly version?: number | undefined
  readonly explanation: string
}

const LOCK = statement('lock_challenge', `SELECT c."storyId", c."outcome" FROM "Challenge" AS c WHERE c."id" = $1::uuid FOR UPDATE`)
const CORRECTION = statement('correction_of_challenge', `SELECT 1 FROM "Correction" AS c WHERE c."storyId" = $1::uuid AND c."version" = $2 AND c."kind"::text = $3`)
const RESOLVE = statement('resolve_challenge', `UPDATE "Challenge" SET "outcome" = $2::"ChallengeOutcome", "version" = $3, "explanation" = $4, "resolvedAt" = $5::timestamptz, "resolvedBy" = $6 WHERE "id" = $1::uuid`)

/** Decides a challenge: it led to a correction or clarification that is published, or to nothing. */
export async function resolveChallenge(queries: Queries, given: GivenResolution, { staff, now }: Editing): Promise<ChallengeResult> {
  const explanation = prose(10_000, 'an explanation').safeParse(given.explanation)
  if (!explanation.success) return refuse('INVALID', `explanation ${explanation.error.issues[0]!.message}.`, 'explanation')
  const [challenge] = await queries.query<{ storyId: string; outcome: ChallengeOutcome | null }>(LOCK, [given.challengeId])
  if (!challenge) return refuse('NOT_FOUND', 'There is no such challenge.', 'challengeId')
  if (challenge.outcome !== null) return { ...refuse('ALREADY_RESOLVED', `The challenge was resolved: ${challenge.outcome}.`, 'challengeId'), challengeId: given.challengeId }
  if (given.outcome === 'NO_CHANGE') {
    if (given.version !== undefined) return refuse('INVALID', 'Where nothing changed there is no version; leave it out.', 'version')
  } else if (given.version === undefined || !Number.isInteger(given.version) || (await queries.query(CORRECTION, [challenge.storyId, given.version, given.outcome])).length === 0) {
    return refuse('CORRECTION_MISSING', `The story has no ${given.outcome.toLowerCase()} with version ${given.version ?? '(none given)'}; publish it first, then give its version.`, 'version')
  }
  await queries.query(RESOLVE, [given.challengeId, given.outcome, given.version ?? null, given.explanation, now, staff.name])
  return { ok: true, challengeId: given.challengeId }
}

const instant = (column: string) => `to_char(c."${column}" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const challenges = (column: 'id' | 'quote') => statement('challenges', `
  SELECT json_build_object('id', c."id", 'storyId', c."storyId", 'quote', c."quote", 'words', c."words", 'revision', c."revision", 'complainant', c."complainant", 'complaint', c."complaint", 'evidence', c."evidence",
    'openedAt', ${instant('openedAt')}, 'openedBy', c."openedBy", 'outcome', c."outcome", 'version', c."version", 'explanation', c."explanation", 'resolvedAt', ${instant('resolvedAt')}, 'resolvedBy', c."resolvedBy") AS challenge
  FROM "Challenge" AS c WHERE c."${column}" = ANY ($1::uuid[]) ORDER BY c."openedAt" DESC, c."id"`)

/** Challenges for one request, by id and by the lineage of the quote; each kind one SQL statement (I10). */
export class Challenges {
  readonly byId: DataLoader<string, Challenge | undefined>
  readonly ofQuote: DataLoader<string, readonly Challenge[]>

  constructor(queries: Queries) {
    const load = async (column: 'id' | 'quote', wanted: readonly string[]) => (await queries.query<{ challenge: Challenge }>(challenges(column), [wanted])).map((row) => row.challenge)
    this.byId = new DataLoader(async (ids) => {
      const found = new Map((await load('id', ids)).map((challenge) => [challenge.id, challenge]))
      return ids.map((id) => found.get(id))
    })
    this.ofQuote = new DataLoader(async (lineages) => {
      const found = await load('quote', lineages)
      return lineages.map((lineage) => found.filter((challenge) => challenge.quote === lineage))
    })
  }
}
