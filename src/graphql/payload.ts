import { Field, ObjectType, type ClassType } from 'type-graphql'
import { errorType, type MutationError } from './mutation.js'

interface ResultField {
  /** Null unless said otherwise, where nothing was done. */
  readonly type: () => object
  readonly description: string
  readonly nullable?: boolean
}

/** The payload type of a mutation: what it made or changed, and what kept it from being done. */
export function payloadType(mutation: string, codes: Readonly<Record<string, string>>, results: Readonly<Record<string, ResultField>>): ClassType<object> {
  const ErrorType = errorType(mutation, codes)
  @ObjectType(`${mutation[0]!.toUpperCase()}${mutation.slice(1)}Payload`, { description: `What came of ${mutation}.` })
  class Payload {
    @Field(() => [ErrorType], { description: 'What kept it from being done; empty where it was done.' })
    readonly errors!: readonly MutationError[]
  }
  for (const [name, { type, description, nullable = true }] of Object.entries(results)) Field(type as () => ClassType, { nullable, description })(Payload.prototype, name)
  return Payload
}

/** A refusal as a payload lists it. */
export function errorsOf(outcome: { readonly ok: boolean; readonly code?: string; readonly message?: string; readonly path?: string | undefined }): MutationError[] {
  return outcome.ok ? [] : [{ code: outcome.code!, message: outcome.message!, path: outcome.path ?? null }]
}

/** Codes that every change of the newsroom's files may give. */
export const DESK_CODES = { FORBIDDEN: 'Your role may not do this.', IDEMPOTENCY_KEY_REUSED: 'The key was used before, with another input.' } as const

/** What a mutation is given: `@Arg(...input(() => PublishStoryInput))`. */
export const input = (type: () => object) => ['input', type, { description: 'What to do.' }] as const
