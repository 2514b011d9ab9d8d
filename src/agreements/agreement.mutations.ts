import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { Terms } from '../document/index.js'
import { again } from '../graphql/again.js'
import { Does } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { change, STORY_CODES, type KEY_REUSED } from '../graphql/mutation.js'
import { errorsOf, input, payloadType } from '../graphql/payload.js'
import { Story } from '../stories/story.types.js'
import { fileOfStory } from './agreement-file.js'
import type { ApprovalChannel } from './agreement.store.js'
import { ApproveUseInput, ChangeGroundRulesInput, RecordAgreementInput, RecordSourceChangeInput, RevokeApprovalInput } from './agreement.inputs.js'
import { AnonymityAgreement, Approval } from './agreement.types.js'
import { approveUse, revokeApproval } from './approve-use.js'
import { changeGroundRules, recordAgreement } from './record-agreement.js'
import { guidanceFor, recordSourceChange, type SourceChangeKind } from './source-change.js'
import { SourceChange } from './source-change.types.js'
import type { AgreementResult, Editing } from './source-of-story.js'

const SOURCE_CODES = {
  ...STORY_CODES, INVALID: 'A field breaks its format or limit.', UNKNOWN_SOURCE: 'The story has no source with that key.', NAMED_SOURCE: 'The story names the source.',
} as const
const AGREED_CODES = { ...SOURCE_CODES, TIME_IN_THE_FUTURE: 'It is still to come.', UNKNOWN_ATTRIBUTION: 'The story does not credit that to the source.', UNKNOWN_JOURNALIST: 'There is no such journalist.' } as const
const story = { type: () => Story, description: 'The story as it is now. Null where there is none.' }
const agreement = { type: () => AnonymityAgreement, description: 'What is on file about the source now. Null where nothing was done.' }
const approval = { type: () => Approval, description: 'The approval. Null where nothing was done.' }

const RecordAgreementPayload = payloadType('recordAgreement', AGREED_CODES, { story, agreement })
const ChangeGroundRulesPayload = payloadType('changeGroundRules', AGREED_CODES, { story, agreement })
const ApproveUsePayload = payloadType('approveUse', {
  ...AGREED_CODES, NOT_AN_EDITOR: 'Whoever approved does not work as an editor.', IN_BYLINE: 'Nobody approves for a story of their own.', NO_AGREEMENT: 'Nothing is on file about what was agreed.',
  BEFORE_AGREEMENT: 'It is from before the agreement.', ALREADY_APPROVED: 'The same editor approved it already.',
}, { story, approval })
const RevokeApprovalPayload = payloadType('revokeApproval', {
  NOT_FOUND: 'There is no such approval.', FORBIDDEN: STORY_CODES.FORBIDDEN, ALREADY_REVOKED: 'It was revoked before.', IDEMPOTENCY_KEY_REUSED: STORY_CODES.IDEMPOTENCY_KEY_REUSED,
}, { story, approval })
const { IDEMPOTENCY_KEY_REUSED: _keyless, WRONG_STATE: _stateless, ...CHANGE_CODES } = SOURCE_CODES
const RecordSourceChangePayload = payloadType('recordSourceChange', {
  ...CHANGE_CODES, UNKNOWN_ATTRIBUTION: AGREED_CODES.UNKNOWN_ATTRIBUTION, NOT_PUBLISHED: 'The story was never published.', NOTHING_TO_CHANGE: 'Nothing of the story may be used any more.',
}, {
  story, sourceChange: { type: () => SourceChange, description: 'What must change. Null where nothing must, or nothing was done.' },
  guidance: { type: () => [String], nullable: false, description: 'What to do, told to you alone; empty where nothing was done.' },
})

type Outcome = AgreementResult | typeof KEY_REUSED
const editing = ({ now, newId }: GraphQLContext, staff: Editing['staff']): Editing => ({ staff, now, newId })
const onSource = (given: { readonly storyId: string; readonly source: string; readonly expectedRevision?: number | null }) => ({ storyId: keyOfId('Story', given.storyId, 'storyId'), source: given.source, expectedRevision: given.expectedRevision ?? undefined })
const lineages = (given: readonly string[] | null | undefined) => given?.map((id, at) => keyOfId('Attribution', id, `attributions[${at}]`))

@Resolver()
export class AgreementMutations {
  @Does('RECORD_AGREEMENT')
  @Mutation(() => RecordAgreementPayload, { description: 'Puts on file that a source was granted anonymity: by whom, on which terms, why. It needs no new revision. For reporters and editors.' })
  async recordAgreement(@Ctx() context: GraphQLContext, @Arg(...input(() => RecordAgreementInput)) given: RecordAgreementInput): Promise<object> {
    const agreed = {
      ...onSource(given), terms: given.terms as Terms, reason: given.reason, grantedBy: given.grantedBy ?? undefined, agreedAt: given.agreedAt ?? undefined, editorKnowsIdentity: given.editorKnowsIdentity, heldOffSystem: given.identityHeldOffSystem,
    }
    return withAgreement(context, await again(() => change(context, 'recordAgreement', given, (queries, staff) => recordAgreement(queries, agreed, editing(context, staff), context.checker))), agreed.storyId)
  }

  @Does('RECORD_AGREEMENT')
  @Mutation(() => ChangeGroundRulesPayload, { description: 'Puts new ground rules of a conversation on file, dated. Attributions that they forbid are in no later public version, and words already public are a finding that nobody can waive. For reporters and editors.' })
  async changeGroundRules(@Ctx() context: GraphQLContext, @Arg(...input(() => ChangeGroundRulesInput)) given: ChangeGroundRulesInput): Promise<object> {
    const changed = { ...onSource(given), terms: given.terms as Terms, attributions: lineages(given.attributions), note: given.note ?? undefined, agreedAt: given.agreedAt ?? undefined }
    return withAgreement(context, await again(() => change(context, 'changeGroundRules', given, (queries, staff) => changeGroundRules(queries, changed, editing(context, staff), context.checker))), changed.storyId)
  }

  @Does('RECORD_APPROVAL')
  @Mutation(() => ApproveUsePayload, { description: 'Puts an approval on file. Editors approve for themselves; reporters and editors write down what a named editor approved by phone. Nobody approves for a story of their own. It lapses when the source is credited with more.' })
  async approveUse(@Ctx() context: GraphQLContext, @Arg(...input(() => ApproveUseInput)) given: ApproveUseInput): Promise<object> {
    const approved = {
      ...onSource(given), use: given.use, attributions: lineages(given.attributions), approvedBy: given.approvedBy ?? undefined, channel: given.channel as ApprovalChannel, knowsIdentity: given.knowsIdentity, at: given.at ?? undefined,
    }
    return withApproval(context, await again(() => change(context, 'approveUse', given, (queries, staff) => approveUse(queries, approved, editing(context, staff)))), approved.storyId)
  }

  @Does('APPROVE_USE')
  @Mutation(() => RevokeApprovalPayload, { description: 'Takes an approval back. What is published stays; what is scheduled and rested on it is scheduled no more. For editors.' })
  async revokeApproval(@Ctx() context: GraphQLContext, @Arg(...input(() => RevokeApprovalInput)) given: RevokeApprovalInput): Promise<object> {
    return withApproval(context, await again(() => change(context, 'revokeApproval', given, (queries, staff) => revokeApproval(queries, given.approvalId, editing(context, staff), context.checker))))
  }

  @Does('RECORD_SOURCE_CHANGE')
  @Mutation(() => RecordSourceChangePayload, { description: 'For a source that takes its words back after publication, or goes on the record: puts on file which attributions must no longer be credited to it. Which of the two it was is not kept. For standards editors and administrators.' })
  async recordSourceChange(@Ctx() context: GraphQLContext, @Arg(...input(() => RecordSourceChangeInput)) given: RecordSourceChangeInput): Promise<object> {
    const kind = given.change as SourceChangeKind
    const asked = { ...onSource(given), change: kind, attributions: lineages(given.attributions), due: given.due ?? undefined }
    const outcome = await again(() => change(context, 'recordSourceChange', {}, (queries, staff) => recordSourceChange(queries, asked, editing(context, staff))))
    const found = await context.storyById(asked.storyId)
    const row = outcome.ok && found ? (await fileOfStory(context.reader, asked.storyId)).changes.find(({ id }) => id === outcome.id) : undefined
    return { story: found ? new Story(found) : null, sourceChange: row ? new SourceChange(found!, row) : null, guidance: outcome.ok ? guidanceFor(kind) : [], errors: errorsOf(outcome) }
  }
}

async function withAgreement(context: GraphQLContext, outcome: Outcome, storyId: string): Promise<object> {
  const found = await context.storyById(storyId)
  const agreed = outcome.ok && found ? new AnonymityAgreement(found, outcome.source, await fileOfStory(context.reader, storyId)) : null
  return { story: found ? new Story(found) : null, agreement: agreed, errors: errorsOf(outcome) }
}

async function withApproval(context: GraphQLContext, outcome: Outcome, storyId?: string): Promise<object> {
  const id = outcome.ok ? outcome.storyId : storyId
  const found = id === undefined ? undefined : await context.storyById(id)
  const row = outcome.ok && found ? (await fileOfStory(context.reader, id!)).approvals.find((entry) => entry.id === outcome.id) : undefined
  return { story: found ? new Story(found) : null, approval: row ? Approval.recorded(found!, row) : null, errors: errorsOf(outcome) }
}
