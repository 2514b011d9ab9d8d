import { Arg, Ctx, Field, Mutation, ObjectType, registerEnumType, Resolver } from 'type-graphql'
import type { Detached, StoryDocument } from '../document/index.js'
import { again } from '../graphql/again.js'
import { Does } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { enumOf } from '../graphql/enum-of.js'
import { keyOfId } from '../graphql/global-id.js'
import { change, STORY_CODES } from '../graphql/mutation.js'
import { input, payloadType } from '../graphql/payload.js'
import { editEntries, editParagraphs, type Edited, type EntryEdit, type ParagraphEdit } from './edit-document.js'
import { EditEntriesInput, EditParagraphsInput } from './edit.inputs.js'
import { saveEdit } from './save-revision.js'
import { DocumentEntryScalar } from './story-document.scalar.js'
import { afterSave, DOCUMENT_CODES, STORY_RESULT, storyPayload, type StoryPayload } from './story-payload.types.js'

const DetachedReason = enumOf(['PARAGRAPH_REMOVED', 'WORDS_REMOVED', 'WORDS_CHANGED', 'SPLIT', 'AMBIGUOUS', 'ROLE_CHANGED', 'RANGES_DETACHED', 'OWNER_LEFT_OUT'])
registerEnumType(DetachedReason, {
  name: 'DetachedReason', description: 'Why words are not marked any more.',
  valuesConfig: {
    PARAGRAPH_REMOVED: { description: 'Nothing is left of their paragraph.' }, WORDS_REMOVED: { description: 'They are gone.' }, WORDS_CHANGED: { description: 'Some of them are gone or changed.' },
    SPLIT: { description: 'A paragraph now ends within them.' }, AMBIGUOUS: { description: 'The same words stand there, but may be another occurrence of them.' }, ROLE_CHANGED: { description: 'The paragraph of a caption is now something else.' },
    RANGES_DETACHED: { description: 'An entry lost the words that it needs, and is not in the document any more.' }, OWNER_LEFT_OUT: { description: 'What it belongs to is not in the document any more.' },
  },
})

@ObjectType('Detached', { description: 'What an edit of the text left without its words: a mark that is gone, or a whole entry that could not stay without it.' })
class DetachedType {
  constructor(private readonly detached: Detached) {}

  @Field(() => String, { description: 'Where it stood in the document before: `attributions[3].cue`; for an entry `attributions[3]`.' })
  get path(): string { return this.detached.path }

  @Field(() => String, { description: 'The key of its entry.' })
  get key(): string { return this.detached.key }

  @Field(() => String, { description: 'What the words were: CONTENT, CUE, MENTION, QUOTE, …; ENTRY for an entry as a whole.' })
  get role(): string { return this.detached.role }

  @Field(() => DetachedReason, { description: 'Why.' })
  get reason(): string { return this.detached.reason }

  @Field(() => String, { description: 'The words it held.' })
  get exact(): string { return this.detached.exact }

  @Field(() => String, { description: 'At most 32 UTF-16 units before them.' })
  get prefix(): string { return this.detached.prefix }

  @Field(() => String, { description: 'At most 32 UTF-16 units after them.' })
  get suffix(): string { return this.detached.suffix }

  @Field(() => DocumentEntryScalar, { nullable: true, description: 'The entry as it was, where it is not in the document any more.' })
  get entry(): object | null { return this.detached.kind === 'ENTRY' ? this.detached.entry : null }
}

const EDIT_CODES = { ...STORY_CODES, ...DOCUMENT_CODES, EDIT_WRONG: 'The edit does not fit the revision.' }
const EditEntriesPayload = storyPayload('editEntries', EDIT_CODES)

const EditParagraphsPayload = payloadType('editParagraphs', EDIT_CODES, {
  ...STORY_RESULT, detached: { type: () => [DetachedType], nullable: false, description: 'What the edit left without its words. Nothing points at other words than before.' },
})

@Resolver()
export class StoryEditMutations {
  @Does('SAVE')
  @Mutation(() => EditParagraphsPayload, { description: 'Saves a revision with an edited text. What is marked in the text follows its words; what does not hold any more is told. For reporters and editors.' })
  async editParagraphs(@Ctx() context: GraphQLContext, @Arg(...input(() => EditParagraphsInput)) given: EditParagraphsInput): Promise<StoryPayload & { detached: readonly DetachedType[] }> {
    const { payload, detached } = await save(context, 'editParagraphs', given, (current) => editParagraphs(current, given.edits as readonly ParagraphEdit[], context.newId, (document, paragraphs) => context.extractor.rebase(document, paragraphs)))
    return { ...payload, detached: detached.map((entry) => new DetachedType(entry)) }
  }

  @Does('SAVE')
  @Mutation(() => EditEntriesPayload, { description: 'Saves a revision with attributions, quotes, sources or other entries replaced, added or removed. For reporters and editors.' })
  async editEntries(@Ctx() context: GraphQLContext, @Arg(...input(() => EditEntriesInput)) given: EditEntriesInput): Promise<StoryPayload> {
    const edits = given.edits.map(({ collection, key, entry }): EntryEdit => ({ collection: collection as EntryEdit['collection'], key, entry: entry ?? null }))
    return (await save(context, 'editEntries', given, (current) => editEntries(current, edits, context.newId))).payload
  }
}

async function save(
  context: GraphQLContext, mutation: string, given: EditParagraphsInput | EditEntriesInput, edit: (current: StoryDocument) => Edited | Promise<Edited>,
): Promise<{ payload: StoryPayload; detached: readonly Detached[] }> {
  const id = keyOfId('Story', given.storyId, 'storyId')
  const revision = { story: { id }, expectedRevision: given.expectedRevision, isAutosave: given.autosave }
  const result = await again(() => change(context, mutation, given, async (queries, staff) => {
    const saved = await saveEdit(queries, revision, staff, edit, { now: () => context.now, newId: context.newId })
    // What is kept for a repeated request holds no more of the document than that.
    return saved.ok ? { ok: true, storyId: saved.storyId, number: saved.number, detached: saved.edited.detached } as const : saved
  }))
  return { payload: await afterSave(context, result, id), detached: result.ok && 'detached' in result ? result.detached : [] }
}
