import { Ctx, Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../graphql/enum-of.js'
import { GraphQLContext } from '../graphql/context.js'
import { globalId } from '../graphql/global-id.js'
import { CalendarDate } from '../graphql/scalars.js'
import type { StoryIndex } from '../stories/story-index.js'
import type { RecordedChange } from './agreement.store.js'
import { GUIDANCE, NOTICE, SOURCE_CHANGES, tasksOf, type Task } from './source-change.js'

export const SourceChangeKind = enumOf(SOURCE_CHANGES)
registerEnumType(SourceChangeKind, {
  name: 'SourceChangeKind', description: 'What a source did after publication. Given, never told: no field has this type. Newsroom only.',
  valuesConfig: { CONSENT_WITHDRAWN: { description: 'It takes its words back.' }, WENT_ON_RECORD: { description: 'From now on it speaks under its name.' } },
})

@ObjectType({ description: 'One attribution that must no longer be credited to a source. Newsroom only.' })
export class SourceChangeTask {
  constructor(private readonly task: Task) {}

  @Field(() => ID, { description: 'Id of the attribution.' })
  get attributionId(): string { return globalId('Attribution', this.task.attribution) }

  @Field(() => String, { nullable: true, description: 'The words, as they were. Null where they were expunged.' })
  get words(): string | null { return this.task.words ?? null }

  @Field(() => [String], { description: 'The quotes in it.' })
  get quotes(): readonly string[] { return this.task.quotes }

  @Field(() => Boolean, { description: 'Whether the draft still has it, credited to the source, or its words credited to nobody else.' })
  get isInDraft(): boolean { return this.task.isInDraft }

  @Field(() => Boolean, { description: 'Whether the public version still has it, or the one that would be public again.' })
  get isPublic(): boolean { return this.task.isPublic }

  @Field(() => Boolean, { description: 'Whether nothing is left to do.' })
  get isDone(): boolean { return !this.task.isPublic && !this.task.isInDraft }
}

@ObjectType({ description: 'That attributions must no longer be credited to a source of a published story. Why, is nowhere. Newsroom only.' })
export class SourceChange {
  #tasks: Promise<readonly Task[]> | undefined

  constructor(private readonly index: StoryIndex, private readonly row: RecordedChange) {}

  @Field(() => ID, { description: 'Names it among the changes of its story.' })
  get id(): string { return this.row.id }

  @Field(() => ID, { description: 'The key of the source in its story.' })
  get sourceKey(): string { return this.row.source }

  @Field(() => CalendarDate, { nullable: true, description: 'By which day it is to be done.' })
  get due(): string | null { return this.row.due }

  @Field(() => CalendarDate, { description: 'The day on which it was put on file; no closer, so that changes in several stories do not find each other.' })
  get recordedOn(): string { return this.row.recordedOn }

  @Field(() => String, { description: 'Who put it on file.' })
  get recordedBy(): string { return this.row.recordedBy }

  @Field(() => [String], { description: 'What to do.' })
  get guidance(): readonly string[] { return GUIDANCE }

  @Field(() => String, { description: 'What readers and partners are told with the next version, word for word.' })
  get notice(): string { return NOTICE }

  @Field(() => [SourceChangeTask], { description: 'What must change, attribution by attribution.' })
  async tasks(@Ctx() context: GraphQLContext): Promise<SourceChangeTask[]> { return (await this.read(context)).map((task) => new SourceChangeTask(task)) }

  @Field(() => Boolean, { description: 'Whether nothing is left to do.' })
  async isDone(@Ctx() context: GraphQLContext): Promise<boolean> { return (await this.read(context)).every(({ isPublic, isInDraft }) => !isPublic && !isInDraft) }

  private read({ reader }: GraphQLContext): Promise<readonly Task[]> {
    return (this.#tasks ??= (async () => {
      const { id, state, document } = this.index.record
      const history = await reader.history(id)
      const number = state === 'KILLED' || state === 'WITHDRAWN' ? undefined : history?.revisions.find(({ isPublic }) => isPublic)?.number
      const [basis, published] = await Promise.all([reader.revision(id, this.row.revision), number === undefined ? undefined : reader.revision(id, number)])
      return tasksOf(this.row, { basis, draft: document, published })
    })())
  }
}
