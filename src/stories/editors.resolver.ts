import type DataLoader from 'dataloader'
import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql'
import { Does, NewsroomOnly } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { globalId, keyOfId } from '../graphql/global-id.js'
import { change, STORY_CODES } from '../graphql/mutation.js'
import { input } from '../graphql/payload.js'
import { DateTime } from '../graphql/scalars.js'
import { editorLoader, EDITING_SECONDS, editorsNow, markEditing, type EditorRecord } from './editors.js'
import { afterSave, storyPayload, type StoryPayload } from './story-payload.types.js'
import { Once } from './story.inputs.js'
import { Story } from './story.types.js'

const loaders = new WeakMap<object, DataLoader<string, readonly EditorRecord[]>>()

@ObjectType({ description: 'Somebody who has the text of a story open for writing. Newsroom only.' })
export class StoryEditor {
  constructor(private readonly record: EditorRecord, readonly viewer: string | undefined) {}

  @Field(() => ID, { description: 'Id of the story.' })
  get storyId(): string { return globalId('Story', this.record.storyId) }

  @Field(() => String, { description: 'The name that their changes are recorded under.' })
  get name(): string { return this.record.name }

  @Field(() => DateTime, { description: 'When they last told so.' })
  get at(): string { return this.record.at }

  @Field(() => Boolean, { description: 'Whether it is you.' })
  get isYou(): boolean { return this.record.subject === this.viewer }
}

@InputType({ description: 'Whether one has a story open for writing.' })
export class MarkEditingInput extends Once {
  @Field(() => ID, { description: 'The story.' })
  storyId!: string

  @Field(() => Boolean, { defaultValue: true, description: 'False when one stops.' })
  isEditing!: boolean
}

const subjectOf = ({ viewer }: GraphQLContext) => (viewer.kind === 'STAFF' ? viewer.subject : undefined)
const MarkEditingPayload = storyPayload('markEditing', { NOT_FOUND: STORY_CODES.NOT_FOUND, FORBIDDEN: STORY_CODES.FORBIDDEN, IDEMPOTENCY_KEY_REUSED: STORY_CODES.IDEMPOTENCY_KEY_REUSED })

@Resolver(() => Story)
export class StoryEditorsResolver {
  @NewsroomOnly()
  @FieldResolver(() => [StoryEditor], { description: 'Who has its text open for writing now, by name. Nothing is locked by that. Staff only.' })
  async editors(@Root() { index }: Story, @Ctx() context: GraphQLContext): Promise<StoryEditor[]> {
    let loader = loaders.get(context.reader)
    if (!loader) loaders.set(context.reader, (loader = editorLoader(context.database, context.now)))
    return (await loader.load(index.record.id)).map((record) => new StoryEditor(record, subjectOf(context)))
  }

  @NewsroomOnly()
  @Query(() => [StoryEditor], { name: 'editors', description: 'Who has the text of which story open for writing now, at most 1,000. For staff.' })
  async editorsNow(@Ctx() context: GraphQLContext): Promise<StoryEditor[]> {
    return (await editorsNow(context.database, context.now)).map((record) => new StoryEditor(record, subjectOf(context)))
  }

  @Does('SAVE')
  @Mutation(() => MarkEditingPayload, { description: `Tells the others that you have a story open for writing; forgotten after ${EDITING_SECONDS} seconds, so tell it again while you do. Changes nothing of the story. For reporters and editors.` })
  async markEditing(@Ctx() context: GraphQLContext, @Arg(...input(() => MarkEditingInput)) given: MarkEditingInput): Promise<StoryPayload> {
    const id = keyOfId('Story', given.storyId, 'storyId')
    const outcome = await change(context, 'markEditing', given, async (queries, staff) => (
      (await markEditing(queries, id, staff, given.isEditing, context.now)) ? { ok: true, storyId: id } as const : { ok: false, code: 'NOT_FOUND', message: 'There is no such story.', path: 'storyId' } as const
    ))
    return afterSave(context, outcome as never, id)
  }
}
