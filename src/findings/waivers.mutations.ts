import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import { NewsroomOnly } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { change, errorType, STORY_CODES, type KEY_REUSED, type MutationError } from '../graphql/mutation.js'
import { Story } from '../stories/story.types.js'
import { RevokeWaiverInput, WaiveFindingInput } from './findings.inputs.js'
import { checkAhead } from './gate.js'
import { waiversWithForce } from './judged.js'
import { revokeWaiver, waiveFinding, type WaiverResult } from './waive-finding.js'
import { Waiver } from './waiver.types.js'
import type { WaiverReason } from './waiver.store.js'

const WaiveFindingError = errorType('waiveFinding', {
  ...STORY_CODES, FINDING_NOT_FOUND: 'The story has no such finding; its words may have changed.', NOT_WAIVABLE: 'Findings of this rule cannot be waived.', IN_BYLINE: 'Nobody waives findings of a story of their own.',
  ALREADY_WAIVED: 'Somebody waived it already.', NOTE_TOO_LONG: 'The note is too long.', CHECKS_FAILED: 'The story could not be checked.',
})
const RevokeWaiverError = errorType('revokeWaiver', {
  NOT_FOUND: 'There is no such waiver.', FORBIDDEN: STORY_CODES.FORBIDDEN, ALREADY_REVOKED: 'It was revoked before.', IDEMPOTENCY_KEY_REUSED: STORY_CODES.IDEMPOTENCY_KEY_REUSED,
})

function waiverPayload(mutation: string, ErrorType: ReturnType<typeof errorType>) {
  @ObjectType(`${mutation[0]!.toUpperCase()}${mutation.slice(1)}Payload`, { description: `What came of ${mutation}.` })
  class Payload {
    @Field(() => Story, { nullable: true, description: 'The story as it is now. Null where there is none.' })
    readonly story!: Story | null

    @Field(() => Waiver, { nullable: true, description: 'The waiver. Null where nothing was done.' })
    readonly waiver!: Waiver | null

    @Field(() => [ErrorType], { description: 'What kept it from being done; empty where it was done.' })
    readonly errors!: readonly MutationError[]
  }
  return Payload
}
interface WaiverPayload { readonly story: Story | null; readonly waiver: Waiver | null; readonly errors: readonly MutationError[] }

const WaiveFindingPayload = waiverPayload('waiveFinding', WaiveFindingError)
const RevokeWaiverPayload = waiverPayload('revokeWaiver', RevokeWaiverError)
const input = (type: () => object) => ['input', type, { description: 'What to do.' }] as const

@Resolver()
export class WaiverMutations {
  @NewsroomOnly()
  @Mutation(() => WaiveFindingPayload, { description: 'Decides to publish in spite of a finding under the newsroom\'s own profile. For editors who are not in the byline; of some rules for standards editors, of some for nobody.' })
  async waiveFinding(@Ctx() context: GraphQLContext, @Arg(...input(() => WaiveFindingInput)) given: WaiveFindingInput): Promise<WaiverPayload> {
    const storyId = keyOfId('Story', given.storyId, 'storyId')
    const request = { storyId, rule: given.rule, fingerprint: given.fingerprint, reason: given.reason as WaiverReason, note: given.note ?? undefined, expectedRevision: given.expectedRevision ?? undefined }
    await checkAhead(context.database, context.checker, storyId)
    return payloadOf(context, await change(context, 'waiveFinding', given, (queries, staff) => waiveFinding(queries, request, staff, context.checker, context.now, context.newId)), storyId)
  }

  @NewsroomOnly()
  @Mutation(() => RevokeWaiverPayload, { description: 'Takes a waiver back. What is published stays; what is scheduled and rested on the waiver is scheduled no more. For editors.' })
  async revokeWaiver(@Ctx() context: GraphQLContext, @Arg(...input(() => RevokeWaiverInput)) given: RevokeWaiverInput): Promise<WaiverPayload> {
    return payloadOf(context, await change(context, 'revokeWaiver', given, (queries, staff) => revokeWaiver(queries, given.waiverId, staff, context.checker, context.now)))
  }
}

async function payloadOf(context: GraphQLContext, result: WaiverResult | typeof KEY_REUSED, storyId?: string): Promise<WaiverPayload> {
  const id = result.ok ? result.storyId : storyId
  const story = id === undefined ? undefined : await context.storyById(id)
  const known = story && result.ok ? await waiversWithForce(context.reader, context.checker, story.record) : []
  const mine = result.ok ? known.find(({ waiver }) => waiver.id === result.waiverId) : undefined
  return {
    story: story ? new Story(story) : null,
    waiver: mine ? new Waiver(mine.waiver, mine.holds) : null,
    errors: result.ok ? [] : [{ code: result.code, message: result.message, path: result.path ?? null }],
  }
}
