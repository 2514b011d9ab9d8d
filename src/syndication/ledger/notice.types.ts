import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { NewsroomOnly } from '../../graphql/audience.js'
import type { GraphQLContext } from '../../graphql/context.js'
import { enumOf } from '../../graphql/enum-of.js'
import { globalId } from '../../graphql/global-id.js'
import { DateTime } from '../../graphql/scalars.js'
import { Story } from '../../stories/story.types.js'
import { idOf, Partner, partnersOf } from '../partner.types.js'
import { dueAt } from './deadlines.js'
import { NOTICE_KINDS } from './events.js'
import { Ledger, type NoticeRecord, type TakingRecord } from './notices.js'

const NoticeKind = enumOf(NOTICE_KINDS)
registerEnumType(NoticeKind, {
  name: 'NoticeKind', description: 'What whoever took a story is told of until they acknowledge it.',
  valuesConfig: {
    CORRECTED: { description: 'A new version puts right what was wrong. Use that one.' }, HELD: { description: 'Withhold it while we check.' }, WITHDRAWN: { description: 'Take it down; it is recalled.' },
    KILLED: { description: 'Take it down at once; it is recalled everywhere, for good.' }, UNPUBLISHED: { description: 'We took it down; it is not recalled.' },
  },
})
const TakingWay = enumOf(['FETCHED', 'PUSHED'])
registerEnumType(TakingWay, { name: 'TakingWay', description: 'How a partner came by a version. Newsroom only.', valuesConfig: { FETCHED: { description: 'It asked for it.' }, PUSHED: { description: 'It was told that the version is there.' } } })

const loaders = new WeakMap<object, Ledger>()

/** The ledger as this request reads it; after a change, anew. */
export function ledgerOf(context: GraphQLContext): Ledger {
  let ledger = loaders.get(context.reader)
  if (!ledger) loaders.set(context.reader, (ledger = new Ledger(context.database)))
  return ledger
}

@ObjectType({ description: 'A correction or recall that a partner must acknowledge, since it took the story or could have. Acknowledge it with POST /notices/{id}/acknowledgement.' })
export class Notice {
  constructor(private readonly context: GraphQLContext, private readonly record: NoticeRecord) {}

  @Field(() => ID, { description: 'Opaque id.' })
  get id(): string { return idOf('Notice', this.record.id) }

  @Field(() => NoticeKind, { description: 'What happened.' })
  get kind(): string { return this.record.kind }

  @Field(() => ID, { description: 'Id of the story that it happened to.' })
  get storyId(): string { return globalId('Story', this.record.storyId) }

  @Field(() => String, { description: 'Name of that story in URLs.' })
  get slug(): string { return this.record.slug }

  @Field(() => Int, { description: 'The story\'s version then: of a correction, the one that puts it right.' })
  get version(): number { return this.record.version }

  @Field(() => DateTime, { description: 'When it happened.' })
  get at(): string { return this.record.at }

  @Field(() => DateTime, { description: 'By when it should be acknowledged.' })
  get dueAt(): Date { return dueAt(this.record, this.context.syndication.deadlines) }

  @Field(() => Boolean, { description: 'Whether that is past.' })
  get isOverdue(): boolean { return this.record.acknowledgedAt === null && this.dueAt <= this.context.now }

  @Field(() => String, { nullable: true, description: 'Of a recall: what those who took the story are told.' })
  get advisory(): string | null { return this.record.advisory }

  @Field(() => String, { nullable: true, description: 'Of a correction: what was wrong and what is right.' })
  get explanation(): string | null { return this.record.explanation }

  @NewsroomOnly()
  @Field(() => Partner, { description: 'Who must acknowledge it, with whom to call at night.' })
  async partner(): Promise<Partner> { return new Partner(this.context, (await partnersOf(this.context).byId.load(this.record.partnerId))!) }

  @NewsroomOnly()
  @Field(() => DateTime, { nullable: true, description: 'When it was acknowledged.' })
  get acknowledgedAt(): string | null { return this.record.acknowledgedAt }

  @NewsroomOnly()
  @Field(() => String, { nullable: true, description: 'The label of the key that acknowledged it, or who of the staff heard it by phone.' })
  get acknowledgedBy(): string | null { return this.record.acknowledgedBy }
}

@ObjectType({ description: 'That a partner has a version of a story. Written before the answer was sent. Newsroom only.' })
export class StoryDelivery {
  constructor(private readonly context: GraphQLContext, private readonly record: TakingRecord) {}

  @Field(() => Partner, { description: 'Who has it.' })
  async partner(): Promise<Partner> { return new Partner(this.context, (await partnersOf(this.context).byId.load(this.record.partnerId))!) }

  @Field(() => Story, { description: 'The story, as it is now.' })
  async story(): Promise<Story> { return new Story((await this.context.storyById(this.record.storyId))!) }

  @Field(() => Int, { description: 'The version.' })
  get version(): number { return this.record.version }

  @Field(() => TakingWay, { description: 'How the partner came by it.' })
  get way(): string { return this.record.way }

  @Field(() => DateTime, { description: 'When first.' })
  get firstAt(): string { return this.record.firstAt }

  @Field(() => DateTime, { description: 'When last, to the minute.' })
  get lastAt(): string { return this.record.lastAt }
}
