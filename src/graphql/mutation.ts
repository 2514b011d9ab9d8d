import { createHash } from 'node:crypto'
import { Field, ObjectType, registerEnumType, type ClassType } from 'type-graphql'
import { viewerKey, type Staff } from '../access/index.js'
import { statement, type Queries } from '../database/index.js'
import { GraphQLContext } from './context.js'
import { enumOf } from './enum-of.js'
import { badInput, unauthenticated } from './errors.js'

export interface MutationError { readonly code: string; readonly message: string; readonly path: string | null }

/** The error type of one mutation: what the caller can put right, each with a code, a message and where in the input. */
export function errorType(mutation: string, codes: Readonly<Record<string, string>>): ClassType<MutationError> {
  const name = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}`
  const Code = enumOf(Object.keys(codes))
  registerEnumType(Code, {
    name: `${name}ErrorCode`, description: `Why ${mutation} did nothing.`,
    valuesConfig: Object.fromEntries(Object.entries(codes).map(([code, description]) => [code, { description }])),
  })
  @ObjectType(`${name}Error`, { description: `What kept ${mutation} from being done. Nothing was changed.` })
  class ErrorType implements MutationError {
    @Field(() => Code, { description: 'Why.' })
    readonly code!: string

    @Field(() => String, { description: 'What is wrong, and what to do.' })
    readonly message!: string

    @Field(() => String, { nullable: true, description: 'Where in the input; in a document, where in that.' })
    readonly path!: string | null
  }
  return ErrorType
}

/** Codes that every mutation of a story may give. */
export const STORY_CODES = {
  NOT_FOUND: 'There is no such story.', FORBIDDEN: 'Your role may not do this.', WRONG_STATE: 'The story\'s state does not allow it.',
  CONFLICT: 'Somebody else saved in the meantime.', IDEMPOTENCY_KEY_REUSED: 'The key was used before, with another input.',
} as const

type Outcome = { readonly ok: true } | { readonly ok: false }

const CLAIM_KEY = statement('claim_key', `INSERT INTO "IdempotencyKey" ("viewer", "key", "mutation", "inputHash", "answer", "createdAt")
  VALUES ($1, $2, $3, $4, $5::json, $6::timestamptz) ON CONFLICT DO NOTHING RETURNING 1`)
const KNOWN_KEY = statement('known_key', `SELECT k."mutation", k."inputHash", k."answer" FROM "IdempotencyKey" AS k WHERE k."viewer" = $1 AND k."key" = $2`)
const ANSWER_KEY = statement('answer_key', `UPDATE "IdempotencyKey" SET "answer" = $3::json WHERE "viewer" = $1 AND "key" = $2`)

export const KEY_REUSED = { ok: false, code: 'IDEMPOTENCY_KEY_REUSED', message: 'This idempotency key was used before with another input. Use a new key for a new request.', path: 'idempotencyKey' } as const

/** UTF-16 code units of an idempotency key. */
const LONGEST_KEY = 200

/** Takes a transaction back without being an error. */
class RolledBack<T> extends Error {
  constructor(readonly outcome: T) {
    super('rolled back')
  }
}

/**
 * Does a change in one transaction, once for an idempotency key: asked again with the same input, the same answer comes and nothing is
 * done; a change that was refused leaves no trace, the key included.
 *
 * @param foretold what comes of it unless it is refused, where that is known before: it is kept with the key at once.
 */
export async function change<T extends Outcome>(
  context: GraphQLContext, mutation: string, input: { readonly idempotencyKey?: string | null | undefined }, work: (queries: Queries, staff: Staff) => Promise<T>, foretold?: T & { readonly ok: true },
): Promise<T | typeof KEY_REUSED> {
  const { viewer, database } = context
  if (viewer.kind !== 'STAFF') throw unauthenticated('Changes are for staff.')
  const { idempotencyKey: key, ...rest } = input
  if (key && key.length > LONGEST_KEY) throw badInput(`The idempotencyKey is longer than ${LONGEST_KEY} UTF-16 units; use a shorter one, such as a random UUID.`)
  const who = viewerKey(viewer)
  const hash = key ? createHash('sha256').update(JSON.stringify([mutation, rest])).digest('hex') : undefined
  try {
    return await database.transaction(async (queries) => {
      if (key) {
        const claimed = await queries.query(CLAIM_KEY, [who, key, mutation, hash, JSON.stringify(foretold ?? null), context.now])
        if (claimed.length === 0) {
          const [known] = await queries.query<{ mutation: string; inputHash: string; answer: T }>(KNOWN_KEY, [who, key])
          return known!.inputHash === hash ? known!.answer : KEY_REUSED
        }
      }
      const outcome = await work(queries, viewer)
      if (!outcome.ok) throw new RolledBack(outcome)
      if (key && !foretold) await queries.query(ANSWER_KEY, [who, key, JSON.stringify(outcome)])
      return outcome
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome as T
    throw error
  } finally {
    context.readWhole()
  }
}
