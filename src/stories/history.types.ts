import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { EmbargoLiftRecord, EmbargoRecord, RevisionRecord } from '../database/read/index.js'
import type { Changes, EntryChange, FieldChange, ParagraphChange, PublicChange, PublicChanges, PublicParagraphChange, TextPart } from '../document/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { enumOf } from '../graphql/enum-of.js'
import { DateTime } from '../graphql/scalars.js'
import { ExpungeReason, LiftReason } from './story.inputs.js'

export const ChangeKind = enumOf(['APPEARED', 'VANISHED', 'CHANGED'])
registerEnumType(ChangeKind, {
  name: 'ChangeKind', description: 'What became of an entry of a story.',
  valuesConfig: { APPEARED: { description: 'It is new.' }, VANISHED: { description: 'It is gone.' }, CHANGED: { description: 'It is there in both, and differs.' } },
})
export const ParagraphChangeKind = enumOf(['ADDED', 'REMOVED', 'CHANGED', 'MOVED'])
registerEnumType(ParagraphChangeKind, {
  name: 'ParagraphChangeKind', description: 'What became of a paragraph.',
  valuesConfig: {
    ADDED: { description: 'It is new.' }, REMOVED: { description: 'It is gone.' }, CHANGED: { description: 'Its words or role differ; it may have moved too.' }, MOVED: { description: 'The same words stand between other paragraphs.' },
  },
})
const TextPartKind = enumOf(['SAME', 'ADDED', 'REMOVED'])
registerEnumType(TextPartKind, {
  name: 'TextPartKind', description: 'Whether words stayed.', valuesConfig: { SAME: { description: 'They stand in both.' }, ADDED: { description: 'They are new.' }, REMOVED: { description: 'They are gone.' } },
})
const DescriptorDirection = enumOf(['WIDENED', 'NARROWED'])
registerEnumType(DescriptorDirection, {
  name: 'DescriptorDirection', description: 'Whether new words for a source say less of it, or more.',
  valuesConfig: { WIDENED: { description: 'They say less than before: more people could be meant.' }, NARROWED: { description: 'They say more than before: fewer people could be meant.' } },
})

@ObjectType('RevisionSummary', { description: 'One saved state of a story. Newsroom only.' })
export class RevisionSummary {
  constructor(private readonly record: RevisionRecord) {}

  @Field(() => Int, { description: 'Counts revisions from 1. A number that is missing was an autosave that a later one replaced.' })
  get number(): number { return this.record.number }

  @Field(() => DateTime, { description: 'When it was saved.' })
  get savedAt(): string { return this.record.createdAt }

  @Field(() => String, { nullable: true, description: 'Who saved it.' })
  get savedBy(): string | null { return this.record.savedBy }

  @Field(() => Boolean, { description: 'Whether it was saved by itself while somebody typed.' })
  get isAutosave(): boolean { return this.record.isAutosave }

  @Field(() => DateTime, { nullable: true, description: 'When it was published; null where it never was.' })
  get publishedAt(): string | null { return this.record.publishedAt }

  @Field(() => Int, { nullable: true, description: 'The version as which the public read it; null where it never did.' })
  get version(): number | null { return this.record.version }

  @Field(() => Boolean, { description: 'Whether it is the one the public reads.' })
  get isPublic(): boolean { return this.record.isPublic }

  @Field(() => String, { description: 'SHA-256 of its document, hexadecimal. It stays when the words are expunged.' })
  get documentHash(): string { return this.record.documentHash }

  @Field(() => DateTime, { nullable: true, description: 'When its words were removed for good.' })
  get expungedAt(): string | null { return this.record.expungedAt }

  @Field(() => ExpungeReason, { nullable: true, description: 'Why.' })
  get expungeReason(): string | null { return this.record.expungeReason }

  @Field(() => String, { nullable: true, description: 'By whom.' })
  get expungedBy(): string | null { return this.record.expungedBy }
}

@ObjectType({ description: 'An embargo on a story: agreed with whoever gave the material, until an instant or until it is lifted. Who may read the story before has agreed to it too.' })
export class Embargo {
  constructor(private readonly record: Pick<EmbargoRecord, 'until' | 'terms'> & { readonly setBy?: string | null }) {}

  @Field(() => DateTime, { nullable: true, description: 'Until when the public does not see the story; null until somebody lifts it.' })
  get until(): string | null { return this.record.until }

  @Field(() => Boolean, { description: 'Whether it has no end: it holds until somebody lifts it.' })
  get isOpen(): boolean { return this.record.until === null }

  @Field(() => String, { nullable: true, description: 'Its terms, as agreed.' })
  get terms(): string | null { return this.record.terms }

  @NewsroomOnly()
  @Field(() => String, { nullable: true, description: 'Who set it. Staff only.' })
  get setBy(): string | null { return this.record.setBy ?? null }
}

@ObjectType({ description: 'An embargo that a person ended. Newsroom only.' })
export class EmbargoLift {
  constructor(private readonly record: EmbargoLiftRecord) {}

  @Field(() => LiftReason, { description: 'Why.' })
  get reason(): string { return this.record.reason }

  @Field(() => String, { nullable: true, description: 'Who broke it.' })
  get outlet(): string | null { return this.record.outlet }

  @Field(() => String, { nullable: true, description: 'Where.' })
  get url(): string | null { return this.record.url }

  @Field(() => DateTime, { nullable: true, description: 'Until when it would have held; null for one without an end.' })
  get until(): string | null { return this.record.until }

  @Field(() => DateTime, { description: 'When it was lifted.' })
  get at(): string { return this.record.at }

  @Field(() => String, { description: 'Who lifted it.' })
  get by(): string { return this.record.by }
}

@ObjectType('TextPart', { description: 'A run of words of a changed paragraph. What is the same or removed, joined, is the old text; what is the same or added, the new.' })
class TextPartType implements TextPart {
  @Field(() => TextPartKind, { description: 'Whether they stayed.' })
  readonly kind!: TextPart['kind']

  @Field(() => String, { description: 'The words.' })
  readonly text!: string
}

@ObjectType('ParagraphChange', { description: 'What became of a paragraph between two revisions.' })
export class ParagraphChangeType {
  constructor(private readonly change: ParagraphChange) {}

  @Field(() => ParagraphChangeKind, { description: 'What became of it.' })
  get kind(): string { return this.change.kind }

  @Field(() => Int, { nullable: true, description: 'Its index in the earlier revision.' })
  get from(): number | null { return 'from' in this.change ? this.change.from : null }

  @Field(() => Int, { nullable: true, description: 'Its index in the later revision.' })
  get to(): number | null { return 'to' in this.change ? this.change.to : null }

  @Field(() => [TextPartType], { description: 'Its words, compared.' })
  get parts(): readonly TextPart[] {
    const { change } = this
    if (change.kind === 'CHANGED') return change.parts
    return [{ kind: change.kind === 'MOVED' ? 'SAME' : change.kind, text: change.text }]
  }
}

@ObjectType('FieldChange', { description: 'A field before and after, in words.' })
class FieldChangeType implements FieldChange {
  @Field(() => String, { description: 'The field: "speech", "headcount", "descriptor".' })
  readonly field!: string

  @Field(() => String, { nullable: true, description: 'What it said; null where it said nothing.' })
  readonly before!: string | null

  @Field(() => String, { nullable: true, description: 'What it says; null where it says nothing.' })
  readonly after!: string | null

  @Field(() => DescriptorDirection, { nullable: true, description: 'For the words of a source: whether they say less of it than before, or more.' })
  readonly direction?: 'WIDENED' | 'NARROWED'
}

@ObjectType('EntryChange', { description: 'What became of an attribution, quote, source or another entry, followed by its lineage.' })
class EntryChangeType implements EntryChange {
  @Field(() => ChangeKind, { description: 'What became of it.' })
  readonly kind!: EntryChange['kind']

  @Field(() => String, { description: 'Its lineage: the same in all revisions.' })
  readonly lineage!: string

  @Field(() => String, { nullable: true, description: 'Its key in the earlier document.' })
  readonly from!: string | null

  @Field(() => String, { nullable: true, description: 'Its key in the later document.' })
  readonly to!: string | null

  @Field(() => String, { description: 'What it is called, where it was last.' })
  readonly label!: string

  @Field(() => [FieldChangeType], { description: 'How it changed; empty for what appeared or vanished.' })
  readonly changes!: readonly FieldChange[]
}

@ObjectType({ description: 'How one revision of a story differs from another. Newsroom only.' })
export class RevisionChanges {
  constructor(private readonly changes: Changes) {}

  @Field(() => [ParagraphChangeType], { description: 'The text, word by word, in the order of the later revision.' })
  get paragraphs(): ParagraphChangeType[] { return this.changes.paragraphs.map((change) => new ParagraphChangeType(change)) }

  @Field(() => [FieldChangeType], { description: 'What is said of the story as a whole.' })
  get fields(): readonly FieldChange[] { return this.changes.fields }

  @Field(() => [EntryChangeType], { description: 'Its attributions.' })
  get attributions(): readonly EntryChange[] { return this.changes.attributions }

  @Field(() => [EntryChangeType], { description: 'Its quotes.' })
  get quotes(): readonly EntryChange[] { return this.changes.quotes }

  @Field(() => [EntryChangeType], { description: 'Its cast.' })
  get sources(): readonly EntryChange[] { return this.changes.sources }

  @Field(() => [EntryChangeType], { description: 'The official statements.' })
  get statements(): readonly EntryChange[] { return this.changes.statements }

  @Field(() => [EntryChangeType], { description: 'The requests for comment.' })
  get requestsForComment(): readonly EntryChange[] { return this.changes.requestsForComment }

  @Field(() => [EntryChangeType], { description: 'The credits of other outlets.' })
  get outletCredits(): readonly EntryChange[] { return this.changes.outletCredits }

  @Field(() => [EntryChangeType], { description: 'What it asserts.' })
  get claims(): readonly EntryChange[] { return this.changes.claims }
}

@ObjectType('VersionParagraphChange', { description: 'What became of a paragraph between two versions. What it said before is not told.' })
class PublicParagraphChangeType implements PublicParagraphChange {
  @Field(() => ParagraphChangeKind, { description: 'What became of it.' })
  readonly kind!: PublicParagraphChange['kind']

  @Field(() => Int, { nullable: true, description: 'Its index in the earlier version.' })
  readonly from!: number | null

  @Field(() => Int, { nullable: true, description: 'Its index in the current version.' })
  readonly to!: number | null
}

@ObjectType('VersionEntryChange', { description: 'What became of an attribution, quote, source or another entry between two versions.' })
class PublicEntryChangeType implements PublicChange {
  readonly from!: string | null
  readonly to!: string | null

  @Field(() => ChangeKind, { description: 'What became of it.' })
  readonly kind!: PublicChange['kind']

  @Field(() => String, { nullable: true, description: 'What it is called now; null for what vanished.' })
  readonly label!: string | null

  @Field(() => [String], { description: 'Which of its fields differ.' })
  readonly fields!: readonly string[]
}

@ObjectType({ description: 'What changed in a story since an earlier version, in public terms: what it said before is not told.' })
export class VersionChanges {
  constructor(private readonly changes: PublicChanges) {}

  @Field(() => [PublicParagraphChangeType], { description: 'Which paragraphs.' })
  get paragraphs(): readonly PublicParagraphChange[] { return this.changes.paragraphs }

  @Field(() => [String], { description: 'Which fields of the story as a whole.' })
  get fields(): readonly string[] { return this.changes.fields }

  @Field(() => [PublicEntryChangeType], { description: 'Which attributions.' })
  get attributions(): readonly PublicChange[] { return this.changes.attributions }

  @Field(() => [PublicEntryChangeType], { description: 'Which quotes.' })
  get quotes(): readonly PublicChange[] { return this.changes.quotes }

  @Field(() => [PublicEntryChangeType], { description: 'Which of the cast.' })
  get sources(): readonly PublicChange[] { return this.changes.sources }

  @Field(() => [PublicEntryChangeType], { description: 'Which official statements.' })
  get officialStatements(): readonly PublicChange[] { return this.changes.statements }

  @Field(() => [PublicEntryChangeType], { description: 'Which requests for comment.' })
  get requestsForComment(): readonly PublicChange[] { return this.changes.requestsForComment }

  @Field(() => [PublicEntryChangeType], { description: 'Which credits of other outlets.' })
  get outletCredits(): readonly PublicChange[] { return this.changes.outletCredits }
}
