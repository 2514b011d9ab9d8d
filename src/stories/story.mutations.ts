import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { StoryRecord } from '../database/read/index.js'
import { parseStoryDocument } from '../document/index.js'
import { checkAhead } from '../findings/index.js'
import { again } from '../graphql/again.js'
import { Does } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { change, STORY_CODES } from '../graphql/mutation.js'
import { input } from '../graphql/payload.js'
import { expungeRevisions, type ExpungeReason } from './expunge.js'
import { actWithin, type ActDetails } from './lifecycle.js'
import { saveRevision } from './save-revision.js'
import { createStoryWithin } from './save-story.js'
import { afterSave, DOCUMENT_CODES, gatedPayload, refused, storyPayload, type StoryPayload } from './story-payload.types.js'
import { CorrectStoryInput, CreateStoryInput, EmbargoStoryInput, ExpungeRevisionsInput, LiftEmbargoInput, OnStory, RemoveStoryInput, SaveRevisionInput, ScheduleStoryInput, StoryActionInput } from './story.inputs.js'
import { Story } from './story.types.js'
import { isGated, type Action } from './transitions.js'

const CreateStoryPayload = storyPayload('createStory', { ...DOCUMENT_CODES, FORBIDDEN: STORY_CODES.FORBIDDEN, IDEMPOTENCY_KEY_REUSED: STORY_CODES.IDEMPOTENCY_KEY_REUSED })
const SaveRevisionPayload = storyPayload('saveRevision', { ...STORY_CODES, ...DOCUMENT_CODES })
const PUBLISHING_CODES = { ...STORY_CODES, ALREADY_PUBLIC: 'The current revision is public already.' }
const INVALID = { INVALID: 'A text is too long, or holds what cannot be stored.' } as const
const CORRECTING_CODES = { ...PUBLISHING_CODES, ...INVALID, REASON_MISSING: 'The explanation is missing.', RANGE_WRONG: 'The range does not hold its words.' }
const REMOVING_CODES = { ...STORY_CODES, ...INVALID, UNKNOWN_STORY: 'The replacement is not there.' }
const TIMING_CODES = { ...STORY_CODES, TIME_IN_THE_PAST: 'The instant is past.' }
const PublishStoryPayload = gatedPayload('publishStory', PUBLISHING_CODES)
const UpdateStoryPayload = gatedPayload('updateStory', PUBLISHING_CODES)
const CorrectStoryPayload = gatedPayload('correctStory', CORRECTING_CODES)
const ClarifyStoryPayload = gatedPayload('clarifyStory', CORRECTING_CODES)
const ScheduleStoryPayload = gatedPayload('scheduleStory', TIMING_CODES)
const UnscheduleStoryPayload = storyPayload('unscheduleStory', STORY_CODES)
const EmbargoStoryPayload = storyPayload('embargoStory', { ...TIMING_CODES, ...INVALID })
const LiftEmbargoPayload = storyPayload('liftEmbargo', { ...STORY_CODES, ...INVALID, NO_EMBARGO: 'The story is under no embargo.', OUTLET_MISSING: 'It is not said who broke it.' })
const HoldStoryPayload = storyPayload('holdStory', REMOVING_CODES)
const WithdrawStoryPayload = storyPayload('withdrawStory', REMOVING_CODES)
const KillStoryPayload = storyPayload('killStory', REMOVING_CODES)
const UnpublishStoryPayload = storyPayload('unpublishStory', REMOVING_CODES)
const RestoreStoryPayload = gatedPayload('restoreStory', STORY_CODES)

const ExpungeRevisionsPayload = storyPayload('expungeRevisions', { ...STORY_CODES, NO_SUCH_REVISION: 'The story has no such revision.' })

@Resolver()
export class StoryMutations {
  @Does('CREATE')
  @Mutation(() => CreateStoryPayload, { description: 'Creates a story as a draft. For reporters and editors.' })
  async createStory(@Ctx() context: GraphQLContext, @Arg(...input(() => CreateStoryInput)) given: CreateStoryInput): Promise<StoryPayload> {
    const parsed = parseStoryDocument(withoutPublication(given.document), { lineage: context.newId })
    if (!parsed.ok) return refused(parsed.problems)
    let draft: StoryRecord | undefined
    const storyId = context.newId()
    const result = await again(() => change(context, 'createStory', given, (queries, staff) =>
      createStoryWithin(queries, parsed.document, { now: () => context.now, newId: context.newId }, staff.name, storyId, (made) => { draft = made }), { ok: true, storyId }))
    // Nobody else can have changed what is there since this moment; and asked again, it is read as it is by then.
    if (result.ok && draft && storyId === result.storyId) return { story: new Story(context.index(draft)), errors: [], findings: [] }
    return afterSave(context, result)
  }

  @Does('SAVE')
  @Mutation(() => SaveRevisionPayload, { description: 'Saves the next revision of a story; the public sees nothing of it before it is published. After a conflict `story` is the current one. For reporters and editors.' })
  async saveRevision(@Ctx() context: GraphQLContext, @Arg(...input(() => SaveRevisionInput)) given: SaveRevisionInput): Promise<StoryPayload> {
    const id = keyOfId('Story', given.storyId, 'storyId')
    const parsed = parseStoryDocument(withoutPublication(given.document), { lineage: context.newId })
    if (!parsed.ok) return refused(parsed.problems)
    const save = { story: { id }, expectedRevision: given.expectedRevision, isAutosave: given.autosave }
    const result = await again(() => change(context, 'saveRevision', given, (queries, staff) => saveRevision(queries, save, staff, () => parsed.document, { now: () => context.now, newId: context.newId })))
    return afterSave(context, result, id)
  }

  @Does('PUBLISH')
  @Mutation(() => PublishStoryPayload, { description: 'Publishes a draft for the first time. For editors.' })
  publishStory(@Ctx() context: GraphQLContext, @Arg(...input(() => StoryActionInput)) given: StoryActionInput): Promise<StoryPayload> {
    return doing(context, 'PUBLISH', 'publishStory', given)
  }

  @Does('UPDATE')
  @Mutation(() => UpdateStoryPayload, { description: 'Publishes the current revision of a published story as its next version. For editors.' })
  updateStory(@Ctx() context: GraphQLContext, @Arg(...input(() => StoryActionInput)) given: StoryActionInput): Promise<StoryPayload> {
    return doing(context, 'UPDATE', 'updateStory', given)
  }

  @Does('CORRECT')
  @Mutation(() => CorrectStoryPayload, { description: 'Publishes the current revision as the next version, with a correction that is public with it. For editors.' })
  correctStory(@Ctx() context: GraphQLContext, @Arg(...input(() => CorrectStoryInput)) given: CorrectStoryInput): Promise<StoryPayload> {
    return doing(context, 'CORRECT', 'correctStory', given, { correction: correctionOf(given) })
  }

  @Does('CLARIFY')
  @Mutation(() => ClarifyStoryPayload, { description: 'The same with a clarification: what was not wrong, but unclear. For editors.' })
  clarifyStory(@Ctx() context: GraphQLContext, @Arg(...input(() => CorrectStoryInput)) given: CorrectStoryInput): Promise<StoryPayload> {
    return doing(context, 'CLARIFY', 'clarifyStory', given, { correction: correctionOf(given) })
  }

  @Does('SCHEDULE')
  @Mutation(() => ScheduleStoryPayload, { description: 'Has a draft published by itself at an instant. For editors.' })
  scheduleStory(@Ctx() context: GraphQLContext, @Arg(...input(() => ScheduleStoryInput)) given: ScheduleStoryInput): Promise<StoryPayload> {
    return doing(context, 'SCHEDULE', 'scheduleStory', given, { at: given.at })
  }

  @Does('UNSCHEDULE')
  @Mutation(() => UnscheduleStoryPayload, { description: 'Takes a schedule back. For editors.' })
  unscheduleStory(@Ctx() context: GraphQLContext, @Arg(...input(() => StoryActionInput)) given: StoryActionInput): Promise<StoryPayload> {
    return doing(context, 'UNSCHEDULE', 'unscheduleStory', given)
  }

  @Does('EMBARGO')
  @Mutation(() => EmbargoStoryPayload, { description: 'Puts a draft under an embargo: once published, the public does not see it before its end. For editors.' })
  embargoStory(@Ctx() context: GraphQLContext, @Arg(...input(() => EmbargoStoryInput)) given: EmbargoStoryInput): Promise<StoryPayload> {
    return doing(context, 'EMBARGO', 'embargoStory', given, { embargo: { until: given.until ?? undefined, terms: given.terms ?? undefined } })
  }

  @Does('LIFT_EMBARGO')
  @Mutation(() => LiftEmbargoPayload, { description: 'Ends an embargo by hand, now. For editors.' })
  liftEmbargo(@Ctx() context: GraphQLContext, @Arg(...input(() => LiftEmbargoInput)) given: LiftEmbargoInput): Promise<StoryPayload> {
    return doing(context, 'LIFT_EMBARGO', 'liftEmbargo', given, { lift: { reason: given.reason as 'AGREED' | 'BROKEN', outlet: given.outlet ?? undefined, url: given.url ?? undefined } })
  }

  @Does('HOLD')
  @Mutation(() => HoldStoryPayload, { description: 'Withholds a story while it is checked; it can be restored. For editors.' })
  holdStory(@Ctx() context: GraphQLContext, @Arg(...input(() => RemoveStoryInput)) given: RemoveStoryInput): Promise<StoryPayload> {
    return doing(context, 'HOLD', 'holdStory', given, { removal: removalOf(given) })
  }

  @Does('WITHDRAW')
  @Mutation(() => WithdrawStoryPayload, { description: 'Recalls a story. For standards editors.' })
  withdrawStory(@Ctx() context: GraphQLContext, @Arg(...input(() => RemoveStoryInput)) given: RemoveStoryInput): Promise<StoryPayload> {
    return doing(context, 'WITHDRAW', 'withdrawStory', given, { removal: removalOf(given) })
  }

  @Does('KILL')
  @Mutation(() => KillStoryPayload, { description: 'Recalls a story everywhere, for good, and its translations and posts with it. `expectedRevision` is not looked at. For editors.' })
  killStory(@Ctx() context: GraphQLContext, @Arg(...input(() => RemoveStoryInput)) given: RemoveStoryInput): Promise<StoryPayload> {
    return doing(context, 'KILL', 'killStory', given, { removal: removalOf(given) })
  }

  @Does('UNPUBLISH')
  @Mutation(() => UnpublishStoryPayload, { description: 'Takes a story down here without recalling it; it can be restored. For editors.' })
  unpublishStory(@Ctx() context: GraphQLContext, @Arg(...input(() => RemoveStoryInput)) given: RemoveStoryInput): Promise<StoryPayload> {
    return doing(context, 'UNPUBLISH', 'unpublishStory', given, { removal: removalOf(given) })
  }

  @Does('RESTORE')
  @Mutation(() => RestoreStoryPayload, { description: 'Makes a held or unpublished story public again. For editors.' })
  restoreStory(@Ctx() context: GraphQLContext, @Arg(...input(() => StoryActionInput)) given: StoryActionInput): Promise<StoryPayload> {
    return doing(context, 'RESTORE', 'restoreStory', given)
  }

  @Does('EXPUNGE')
  @Mutation(() => ExpungeRevisionsPayload, { description: 'Removes the words of revisions for good; what stays is a hash and the reason. The current and the public revision go only with a story that is killed or withdrawn. For standards editors.' })
  async expungeRevisions(@Ctx() context: GraphQLContext, @Arg(...input(() => ExpungeRevisionsInput)) given: ExpungeRevisionsInput): Promise<StoryPayload> {
    const id = keyOfId('Story', given.storyId, 'storyId')
    const expunge = { story: { id }, expectedRevision: given.expectedRevision ?? undefined, reason: given.reason as ExpungeReason, revisions: given.revisions ?? undefined }
    return afterSave(context, await again(() => change(context, 'expungeRevisions', given, (queries, staff) => expungeRevisions(queries, expunge, staff, context.now))), id)
  }
}

async function doing(context: GraphQLContext, action: Action, mutation: string, given: OnStory, details: ActDetails = {}): Promise<StoryPayload> {
  const id = keyOfId('Story', given.storyId, 'storyId')
  const all = { ...details, expectedRevision: given.expectedRevision ?? undefined }
  if (isGated(action)) await checkAhead(context.database, context.checker, id)
  return afterSave(context, await again(() => change(context, mutation, given, (queries, staff) => actWithin(queries, { id }, action, staff, all, context.now, context.newId, context.checker))), id)
}

function withoutPublication(document: object): object {
  const { publication: _ignored, ...rest } = document as { publication?: unknown }
  return rest
}

const correctionOf = ({ explanation, wrong, right }: CorrectStoryInput) => ({ explanation, wrong: wrong ?? undefined, right: right ?? undefined })
const removalOf = ({ advisory, reason, replacedBy }: RemoveStoryInput) => ({ advisory: advisory ?? undefined, reason: reason ?? undefined, replacedBy: replacedBy ?? undefined })
