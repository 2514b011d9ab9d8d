import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { CorrectionRecord, TombstoneRecord } from '../database/read/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { enumOf } from '../graphql/enum-of.js'
import { DateTime } from '../graphql/scalars.js'
import type { StoryIndex } from './story-index.js'

export const CorrectionKind = enumOf(['CORRECTION', 'CLARIFICATION'])
registerEnumType(CorrectionKind, {
  name: 'CorrectionKind', description: 'How an earlier version fell short.',
  valuesConfig: { CORRECTION: { description: 'It was wrong.' }, CLARIFICATION: { description: 'It was not wrong, but unclear.' } },
})
export const UsabilityStatus = enumOf(['USABLE', 'EMBARGOED', 'WITHHELD', 'CANCELED'])
registerEnumType(UsabilityStatus, {
  name: 'UsabilityStatus', description: 'Whether a story may be used now, in wire terms.',
  valuesConfig: {
    USABLE: { description: 'Use it.' }, EMBARGOED: { description: 'Not before the embargo ends.' }, WITHHELD: { description: 'Do not use it for now.' }, CANCELED: { description: 'Do not use it; take down what you used.' },
  },
})
export const RemovalReason = enumOf(['HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED'])
registerEnumType(RemovalReason, {
  name: 'RemovalReason', description: 'How a story was taken from the public.',
  valuesConfig: {
    HELD: { description: 'Withheld while we check. It may come back.' }, WITHDRAWN: { description: 'Recalled: take down what you used.' }, KILLED: { description: 'Recalled everywhere, for good: take down what you used, and say so.' },
    UNPUBLISHED: { description: 'Taken down here; not recalled.' },
  },
})

@ObjectType({ description: 'What was wrong or unclear in an earlier version of a story. Public with it.' })
export class Correction {
  constructor(private readonly record: CorrectionRecord) {}

  @Field(() => CorrectionKind, { description: 'Whether it was wrong, or unclear.' })
  get kind(): string { return this.record.kind }

  @Field(() => Int, { description: 'The version that put it right.' })
  get version(): number { return this.record.version }

  @Field(() => Int, { description: 'The version before, which had it wrong.' })
  get wrongSince(): number { return this.record.wrongSince }

  @Field(() => String, { description: 'What was wrong and what is right.' })
  get explanation(): string { return this.record.explanation }

  @Field(() => String, { nullable: true, description: 'The wrong words.' })
  get wrong(): string | null { return this.record.wrong?.exact ?? null }

  @Field(() => String, { nullable: true, description: 'The right words.' })
  get right(): string | null { return this.record.right?.exact ?? null }

  @Field(() => DateTime, { description: 'When it was published.' })
  get at(): string { return this.record.at }

  @NewsroomOnly()
  @Field(() => String, { description: 'Who published it. Staff only.' })
  get by(): string { return this.record.by }
}

@ObjectType({ description: 'Whether a story may be used now, and why not.' })
export class Usability {
  constructor(private readonly story: StoryIndex) {}

  @Field(() => UsabilityStatus, { description: 'Whether it may be used.' })
  get status(): string {
    const { state, embargoedUntil } = this.story.record
    if (state === 'WITHDRAWN' || state === 'KILLED') return 'CANCELED'
    if (state !== 'PUBLISHED') return 'WITHHELD'
    return embargoedUntil && new Date(embargoedUntil) > this.story.now ? 'EMBARGOED' : 'USABLE'
  }

  @Field(() => String, { nullable: true, description: 'Why it may not be used; null where it may.' })
  get reason(): string | null {
    const status = this.status
    if (status === 'USABLE') return null
    return status === 'EMBARGOED' ? 'Under an embargo.' : `The story is ${this.story.record.state.toLowerCase()}.`
  }
}

@ObjectType({ description: 'What is left of a story that was taken from the public, for whoever could have seen it.' })
export class Tombstone {
  constructor(readonly record: TombstoneRecord) {}

  @Field(() => String, { description: 'The story\'s name in URLs.' })
  get slug(): string { return this.record.slug }

  @Field(() => RemovalReason, { description: 'How it was taken away.' })
  get reason(): string { return this.record.state }

  @Field(() => DateTime, { description: 'When.' })
  get removedAt(): string { return this.record.removedAt }

  @Field(() => String, { nullable: true, description: 'What the newsroom says about it.' })
  get advisory(): string | null { return this.record.advisory }
}
