import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { Does } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { change, STORY_CODES, type KEY_REUSED, type MutationError } from '../graphql/mutation.js'
import { errorsOf, input, payloadType } from '../graphql/payload.js'
import { Story } from '../stories/story.types.js'
import { RevokeWaiverInput, WaiveFindingInput } from './findings.inputs.js'
import { checkAhead } from './gate.js'
import { waiversWithForce } from './judged.js'
import { revokeWaiver, waiveFinding, type WaiverResult } from './waive-finding.js'
import { Waiver } from './waiver.types.js'
import type { WaiverReason } from './waiver.store.js'

const WAIVER_RESULT = {
  story: { type: () => Story, description: 'The story as it is now. Null where there is none.' }, waiver: { type: () => Waiver, description: 'The waiver. Null where nothing was done.' },
}
const WaiveFindingPayload = payloadType('waiveFinding', {
  ...STORY_CODES, FINDING_NOT_FOUND: 'The story has no such finding; its words may have changed.', NOT_WAIVABLE: 'Findings of this rule cannot be waived.', IN_BYLINE: 'Nobody waives findings of a story of their own.',
  ALREADY_WAIVED: 'Somebody waived it already.', NOTE_TOO_LONG: 'The note is too long.', CHECKS_FAILED: 'The story could not be checked.',
}, WAIVER_RESULT)
const RevokeWaiverPayload = payloadType('revokeWaiver', {
  NOT_FOUND: 'There is no such waiver.', FORBIDDEN: STORY_CODES.FORBIDDEN, ALREADY_REVOKED: 'It was revoked before.', IDEMPOTENCY_KEY_REUSED: STORY_CODES.IDEMPOTENCY_KEY_REUSED,
}, WAIVER_RESULT)

interface WaiverPayload { readonly story: Story | null; readonly waiver: Waiver | null; readonly errors: readonly MutationError[] }

@Resolver()
export class WaiverMutations {
  @Does('WAIVE')
  @Mutation(() => WaiveFindingPayload, { description: 'Decides to publish in spite of a finding under the newsroom\'s own profile. For editors who are not in the byline; of some rules for standards editors, of some for nobody.' })
  async waiveFinding(@Ctx() context: GraphQLContext, @Arg(...input(() => WaiveFindingInput)) given: WaiveFindingInput): Promise<WaiverPayload> {
    const storyId = keyOfId('Story', given.storyId, 'storyId')
    const request = { storyId, rule: given.rule, fingerprint: given.fingerprint, reason: given.reason as WaiverReason, note: given.note ?? undefined, expectedRevision: given.expectedRevision ?? undefined }
    await checkAhead(context.database, context.checker, storyId)
    return payloadOf(context, await change(context, 'waiveFinding', given, (queries, staff) => waiveFinding(queries, request, staff, context.checker, context.now, context.newId)), storyId)
  }

  @Does('WAIVE')
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
    errors: errorsOf(result),
  }
}
