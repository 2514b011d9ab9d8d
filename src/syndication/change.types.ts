import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql'
import { REMOVING, SHOWING, type ChangeRow, type CreditRow } from '../database/read/index.js'
import { RETRACTION_REASONS } from '../document/index.js'
import { connectionType } from '../graphql/connection.js'
import { enumOf } from '../graphql/enum-of.js'
import { globalId } from '../graphql/global-id.js'
import { DateTime } from '../graphql/scalars.js'
import { ChangeKind } from '../stories/history.types.js'
import { UsabilityStatus } from '../stories/publication.types.js'
import { Story } from '../stories/story.types.js'

const StoryChangeKind = enumOf(SHOWING)
registerEnumType(StoryChangeKind, {
  name: 'StoryChangeKind', description: 'Why a story is there to be used.',
  valuesConfig: {
    PUBLISHED: { description: 'Its first version came out; under an embargo, for those who may read it before.' }, UPDATED: { description: 'A new version came out.' }, CORRECTED: { description: 'A new version puts right what was wrong.' },
    CLARIFIED: { description: 'A new version says better what was unclear.' }, EMBARGO_LIFTED: { description: 'Its embargo is over.' }, RESTORED: { description: 'It was held or unpublished, and is back.' },
    STATEMENT_CHANGED: { description: 'The version is the same, but it shows more or less of an official statement.' }, GAINED: { description: 'It is an older one that your contract covers now: the contract changed, or the story\'s desk or topics did.' },
  },
})
const StoryRemovalReason = enumOf(REMOVING)
registerEnumType(StoryRemovalReason, {
  name: 'StoryRemovalReason', description: 'Why a story is not to be used any more.',
  valuesConfig: {
    HELD: { description: 'Withheld while we check. It may come back.' }, WITHDRAWN: { description: 'Recalled: take down what you used.' }, KILLED: { description: 'Recalled everywhere, for good: take down what you used, and say so.' },
    UNPUBLISHED: { description: 'Taken down here; not recalled.' }, LOST: { description: 'Your contract does not cover it any more: the contract changed, or the story\'s desk or topics did. It is not recalled.' },
  },
})
const RetractionReason = enumOf(RETRACTION_REASONS)
registerEnumType(RetractionReason, {
  name: 'RetractionReason', description: 'Why a quote or attribution is not to be used as it was.',
  valuesConfig: { WITHDRAWN: { description: 'It was withdrawn.' }, CORRECTED: { description: 'It was wrong, and is corrected.' }, REMOVED: { description: 'The new version does without it.' } },
})

@ObjectType({ description: 'What became of a quote or an attribution with a new version. What it said before is not told.' })
export class CreditChange {
  constructor(private readonly type: 'Quote' | 'Attribution', private readonly row: CreditRow) {}

  @Field(() => ID, { description: 'Its id, as in the version that has it: of what vanished, in the one before.' })
  get id(): string { return globalId(this.type, this.row.lineage) }

  @Field(() => ChangeKind, { description: 'What became of it.' })
  get kind(): string { return this.row.kind }

  @Field(() => [String], { description: 'Which of its fields differ; empty for what appeared or vanished.' })
  get fields(): readonly string[] { return this.row.fields }

  @Field(() => RetractionReason, { nullable: true, description: 'Why it is not to be used as it was; null where nothing speaks against that.' })
  get reason(): string | null { return this.row.reason }
}

@InterfaceType('Change', { description: 'A change of a story that the viewer is told of.', resolveType: (value: { __typename: string }) => value.__typename })
export abstract class Change {
  constructor(readonly row: ChangeRow) {}

  @Field(() => ID, { description: 'Id of the story.' })
  get storyId(): string { return globalId('Story', this.row.storyId) }

  @Field(() => String, { description: 'The story\'s name in URLs.' })
  get slug(): string { return this.row.slug }

  @Field(() => Int, { description: 'The story\'s version by then. The story itself is given as it is now, which can be a later one.' })
  get version(): number { return this.row.version }

  @Field(() => DateTime, { description: 'When it happened.' })
  get at(): string { return this.row.at }
}

@ObjectType({ implements: Change, description: 'There is a story to be used, or a new version of it.' })
export class ChangedStory extends Change {
  readonly __typename = 'ChangedStory'
  constructor(row: ChangeRow, private readonly shown: Story) { super(row) }

  @Field(() => StoryChangeKind, { description: 'What happened.' })
  get kind(): string { return this.row.kind }

  @Field(() => Story, { description: 'The story as it is now.' })
  get story(): Story { return this.shown }

  @Field(() => DateTime, { nullable: true, description: 'When your contract stops covering the story because of its age. Remove it then, unless a later change says otherwise: no change tells of it. Null where the contract has no such limit, and for readers without one.' })
  get until(): string | null { return this.row.until }

  @Field(() => [CreditChange], { description: 'The quotes that differ from the version before. Empty for what is new as a whole.' })
  get quotes(): CreditChange[] { return (this.row.changes?.quotes ?? []).map((change) => new CreditChange('Quote', change)) }

  @Field(() => [CreditChange], { description: 'The attributions that differ from the version before. Empty for what is new as a whole.' })
  get attributions(): CreditChange[] { return (this.row.changes?.attributions ?? []).map((change) => new CreditChange('Attribution', change)) }
}

@ObjectType({ implements: Change, description: 'A story is not to be used any more. Told to whoever could have had it.' })
export class RemovedStory extends Change {
  readonly __typename = 'RemovedStory'
  constructor(row: ChangeRow, private readonly replacement: () => Promise<Story | null>) { super(row) }

  @Field(() => StoryRemovalReason, { description: 'Why.' })
  get reason(): string { return this.row.kind }

  @Field(() => UsabilityStatus, { description: 'Whether it may be used, in wire terms: canceled where it is recalled, withheld where it is not.' })
  get usability(): string { return this.row.kind === 'WITHDRAWN' || this.row.kind === 'KILLED' ? 'CANCELED' : 'WITHHELD' }

  @Field(() => String, { nullable: true, description: 'What the newsroom says about it.' })
  get advisory(): string | null { return this.row.advisory }

  @Field(() => Story, { nullable: true, description: 'The story that takes its place.' })
  replacedBy(): Promise<Story | null> { return this.replacement() }
}

export const ChangeConnection = connectionType<Change>('Change', () => Change)
