import { Arg, Ctx, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { approvalOfDocument, lapseOf, type ApprovalOnFile, type DocumentApproval } from '../document/index.js'
import { enumOf } from '../graphql/enum-of.js'
import { GraphQLContext } from '../graphql/context.js'
import { globalId } from '../graphql/global-id.js'
import { DateTime } from '../graphql/scalars.js'
import { Journalist } from '../sources/entity.types.js'
import { GroundRulesTerms } from '../sources/enums.js'
import type { StoryIndex } from '../stories/story-index.js'
import { Story } from '../stories/story.types.js'
import { APPROVAL_CHANNELS, type AgreementFile, type RecordedAgreement, type RecordedApproval } from './agreement.store.js'
import { notedFacts } from './noted.store.js'
import type { AnonymousSource } from './source-of-story.js'
import { FACT_KINDS, timelineOf, type Fact } from './timeline.js'

export const ApprovalChannel = enumOf(APPROVAL_CHANNELS)
registerEnumType(ApprovalChannel, {
  name: 'ApprovalChannel', description: 'How an approval came. Newsroom only.',
  valuesConfig: { IN_PERSON: { description: 'Face to face, or written down by the editor.' }, PHONE: { description: 'By phone.' }, EMAIL: { description: 'By e-mail.' }, TEXT_MESSAGE: { description: 'By text message.' } },
})
const ApprovalState = enumOf(['CURRENT', 'LAPSED', 'REVOKED'])
registerEnumType(ApprovalState, {
  name: 'ApprovalState', description: 'Whether an approval holds for the revision read here. Newsroom only.',
  valuesConfig: { CURRENT: { description: 'It holds.' }, LAPSED: { description: 'It does not hold any more, of itself.' }, REVOKED: { description: 'It was taken back.' } },
})
const LapseReason = enumOf(['NEW_ATTRIBUTION', 'APPROVER_IN_BYLINE'])
registerEnumType(LapseReason, {
  name: 'ApprovalLapse', description: 'Why an approval lapsed. Newsroom only.',
  valuesConfig: { NEW_ATTRIBUTION: { description: 'The source is credited with more than there was then.' }, APPROVER_IN_BYLINE: { description: 'Whoever approved is in the byline.' } },
})
const AgreementFactKind = enumOf(FACT_KINDS)
registerEnumType(AgreementFactKind, {
  name: 'AgreementFactKind', description: 'What happened about an anonymous source. Newsroom only.',
  valuesConfig: {
    ANONYMITY_GRANTED: { description: 'Anonymity was granted.' }, GROUND_RULES: { description: 'Ground rules were agreed, or changed.' }, APPROVED: { description: 'An editor approved a use.' }, APPROVAL_REVOKED: { description: 'An approval was taken back.' },
    APPROVAL_LAPSED: { description: 'A revision credits the source with more, and an approval lapsed.' }, REMOVAL_REQUIRED: { description: 'Attributions must no longer be credited to the source.' },
  },
})

const attributionIds = (lineages: readonly string[]) => lineages.map((lineage) => globalId('Attribution', lineage))

@ObjectType({ description: 'An editor\'s approval of one use of an anonymous source. Newsroom only.' })
export class Approval {
  private constructor(private readonly index: StoryIndex, private readonly approval: ApprovalOnFile, private readonly row: RecordedApproval | undefined, private readonly recorderKey: string | undefined) {}

  static recorded(index: StoryIndex, row: RecordedApproval): Approval { return new Approval(index, { ...row, at: row.approvedAt }, row, undefined) }

  static ofDocument(index: StoryIndex, approval: DocumentApproval, source: string, file: AgreementFile): Approval {
    return new Approval(index, approvalOfDocument(approval, source, index.document, file.noted), undefined, approval.recordedBy)
  }

  @Field(() => ID, { nullable: true, description: 'Give it to `revokeApproval`. Null for one that stands in the document.' })
  get id(): string | null { return this.row?.id ?? null }

  @Field(() => Story, { description: 'The story.' })
  get story(): Story { return new Story(this.index) }

  @Field(() => ID, { description: 'The key of the source in its story.' })
  get sourceKey(): string { return this.approval.source }

  @Field(() => String, { description: 'Which use was approved. Empty where the words were expunged.' })
  get use(): string { return this.approval.use }

  @Field(() => [ID], { description: 'Ids of the attributions that were approved.' })
  get attributions(): string[] { return attributionIds(this.approval.attributions) }

  @Field(() => Journalist, { description: 'Who approved, by the name of then.' })
  get approvedBy(): Journalist { return new Journalist({ key: this.approval.approvedBy, name: this.approval.approvedByName }) }

  @Field(() => Journalist, { nullable: true, description: 'Who wrote the approval down, where that is a journalist.' })
  get recordedBy(): Journalist | null {
    if (this.row) return this.row.recordedByKey === null ? null : new Journalist({ key: this.row.recordedByKey, name: this.row.recordedBy })
    const journalist = this.index.find('journalists', this.recorderKey)
    return journalist ? new Journalist(journalist) : null
  }

  @Field(() => String, { nullable: true, description: 'Who wrote it down, by name. Null where a document does not say.' })
  get recorder(): string | null { return this.row?.recordedBy ?? this.index.find('journalists', this.recorderKey)?.name ?? null }

  @Field(() => DateTime, { description: 'When it was given.' })
  get at(): string { return this.approval.at }

  @Field(() => DateTime, { nullable: true, description: 'When it was written down. Null for one that stands in the document.' })
  get recordedAt(): string | null { return this.row?.recordedAt ?? null }

  @Field(() => ApprovalChannel, { nullable: true, description: 'How it came. Null for one that stands in the document.' })
  get channel(): string | null { return this.row?.channel ?? null }

  @Field(() => Int, { nullable: true, description: 'Number of the revision that was looked at. Null for one that stands in the document.' })
  get revision(): number | null { return this.row?.revision ?? null }

  @Field(() => ApprovalState, { description: 'Whether it holds for the revision read here.' })
  get state(): string {
    const lapse = this.lapse
    return lapse === undefined ? 'CURRENT' : lapse === 'REVOKED' ? 'REVOKED' : 'LAPSED'
  }

  @Field(() => LapseReason, { nullable: true, description: 'Why it lapsed; null where it did not.' })
  get lapsedBecause(): string | null {
    const lapse = this.lapse
    return lapse === undefined || lapse === 'REVOKED' ? null : lapse
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was taken back.' })
  get revokedAt(): string | null { return this.approval.revokedAt }

  @Field(() => String, { nullable: true, description: 'Who took it back.' })
  get revokedBy(): string | null { return this.row?.revokedBy ?? null }

  /** Of the approving editor: said of all approvals together, and of none. */
  get isByOneWhoKnows(): boolean { return this.lapse === undefined && this.approval.knowsIdentity }

  private get lapse() { return lapseOf(this.approval, this.index.document) }
}

@ObjectType({ description: 'One thing that happened about an anonymous source. Newsroom only.' })
export class AgreementFact {
  constructor(private readonly fact: Fact) {}

  @Field(() => AgreementFactKind, { description: 'What happened.' })
  get kind(): string { return this.fact.kind }

  @Field(() => DateTime, { nullable: true, description: 'When it happened; of a required removal the day. Null where a document does not date it.' })
  get at(): string | null { return this.fact.at?.length === 10 ? `${this.fact.at}T00:00:00.000Z` : this.fact.at }

  @Field(() => DateTime, { description: 'When it was written down: for what a document says, when its first revision was saved.' })
  get recordedAt(): string { return this.fact.recordedAt }

  @Field(() => String, { nullable: true, description: 'Who wrote it down. Null where that is not known.' })
  get recordedBy(): string | null { return this.fact.recordedBy }

  @Field(() => Int, { description: 'Number of the story\'s revision by then.' })
  get revision(): number { return this.fact.revision }

  @Field(() => Boolean, { description: 'Whether a document says so, rather than a record beside it.' })
  get isFromDocument(): boolean { return this.fact.isFromDocument }

  @Field(() => Journalist, { nullable: true, description: 'Who granted or approved, by the name of then.' })
  get journalist(): Journalist | null { return this.fact.journalist && new Journalist(this.fact.journalist) }

  @Field(() => GroundRulesTerms, { nullable: true, description: 'The terms.' })
  get terms(): string | null { return this.fact.terms ?? null }

  @Field(() => String, { nullable: true, description: 'The reason, the use or the note. Null where there is none, or it was expunged.' })
  get words(): string | null { return this.fact.words }

  @Field(() => ApprovalChannel, { nullable: true, description: 'How an approval came.' })
  get channel(): string | null { return this.fact.channel ?? null }

  @Field(() => Boolean, { nullable: true, description: 'Of anonymity granted: whether an editor knows who the source is; not which. Null of everything else.' })
  get knowsIdentity(): boolean | null { return this.fact.knowsIdentity ?? null }

  @Field(() => Boolean, { nullable: true, description: 'Whether the identity is held off the system.' })
  get heldOffSystem(): boolean | null { return this.fact.heldOffSystem ?? null }

  @Field(() => [ID], { description: 'Ids of the attributions that it is about.' })
  get attributions(): string[] { return attributionIds(this.fact.attributions) }
}

@ObjectType({ description: 'What was agreed with an anonymous source. Newsroom only; who the source is, is nowhere in it.' })
export class AnonymityAgreement {
  constructor(private readonly index: StoryIndex, private readonly source: string, private readonly file: AgreementFile) {}

  /** Null where nothing is on file. */
  static maybe(index: StoryIndex, { lineage, agreed }: AnonymousSource, file: AgreementFile): AnonymityAgreement | null {
    const isOnFile = [...file.agreements, ...file.groundRules, ...file.approvals].some(({ source }) => source === lineage)
    return agreed || isOnFile ? new AnonymityAgreement(index, lineage, file) : null
  }

  @Field(() => ID, { description: 'The key of the source in its story.' })
  get sourceKey(): string { return this.source }

  @Field(() => String, { nullable: true, description: 'What the story calls the source. Null where the revision read here does not have it.' })
  get descriptor(): string | null { return this.entry?.descriptor ?? null }

  @Field(() => String, { nullable: true, description: 'Why anonymity was granted.' })
  get reason(): string | null { return this.latest?.reason || (this.entry?.agreed?.reason ?? null) }

  @Field(() => Journalist, { nullable: true, description: 'Who granted it.' })
  get grantedBy(): Journalist | null {
    if (this.latest) return new Journalist({ key: this.latest.grantedBy, name: this.latest.grantedByName })
    const journalist = this.index.find('journalists', this.entry?.agreed?.grantedBy)
    return journalist ? new Journalist(journalist) : null
  }

  @Field(() => GroundRulesTerms, { nullable: true, description: 'On which terms. Null where that was not recorded; the terms of each conversation are at its attributions.' })
  get terms(): string | null { return this.latest?.terms ?? null }

  @Field(() => DateTime, { nullable: true, description: 'When it was granted, where that was recorded.' })
  get agreedAt(): string | null { return this.latest?.agreedAt ?? null }

  @Field(() => Boolean, { nullable: true, description: 'Whether an editor knows who the source is, by what was recorded last or by an approval that holds; not which. Null where neither is recorded.' })
  get editorKnowsIdentity(): boolean | null {
    const { approvals } = this
    return approvals.some((approval) => approval.isByOneWhoKnows) || (this.latest?.editorKnowsIdentity ?? (approvals.length > 0 ? false : null))
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether the identity is held off the system: nothing in it says who the source is. Null where that was not recorded.' })
  get identityHeldOffSystem(): boolean | null { return this.latest?.heldOffSystem ?? null }

  @Field(() => String, { nullable: true, description: 'Who wrote it down. Null where only the document says so.' })
  get recordedBy(): string | null { return this.latest?.recordedBy ?? null }

  @Field(() => DateTime, { nullable: true, description: 'When it was written down.' })
  get recordedAt(): string | null { return this.latest?.recordedAt ?? null }

  @Field(() => [Approval], { description: 'The approvals on record: those of the document, then those recorded beside it, oldest first.' })
  get approvals(): Approval[] {
    return [
      ...(this.entry?.agreed?.approvals.map((approval) => Approval.ofDocument(this.index, approval, this.source, this.file)) ?? []),
      ...this.file.approvals.filter(({ source }) => source === this.source).map((row) => Approval.recorded(this.index, row)),
    ]
  }

  @Field(() => [AgreementFact], { description: 'Everything that happened about this source, as it happened: what the revisions say, and what was recorded beside them. It outlives corrections, removal and expunging, except for words.' })
  async history(@Ctx() context: GraphQLContext, @Arg('revision', () => Int, { nullable: true, description: 'Only what was on file by that revision of the story.' }) revision?: number | null): Promise<AgreementFact[]> {
    const noted = await notedFacts(context.reader, this.index.record.id)
    return timelineOf(this.file, noted, this.source, revision ?? Infinity).map((fact) => new AgreementFact(fact))
  }

  private get latest(): RecordedAgreement | undefined { return this.file.agreements.findLast(({ source }) => source === this.source) }

  private get entry(): AnonymousSource | undefined {
    return this.index.document.sources.find((source): source is AnonymousSource => source.lineage === this.source && source.kind === 'ANONYMOUS')
  }
}
