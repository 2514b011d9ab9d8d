import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql'
import { enumOf } from '../graphql/enum-of.js'
import { EDITABLE } from './edit-document.js'
import { DocumentEntryScalar } from './story-document.scalar.js'
import { Once } from './story.inputs.js'
import { ParagraphRole } from './text.types.js'

export const DocumentCollection = enumOf(Object.keys(EDITABLE) as (keyof typeof EDITABLE)[])
registerEnumType(DocumentCollection, {
  name: 'DocumentCollection', description: 'A list of a story document.',
  valuesConfig: Object.fromEntries(Object.entries(EDITABLE).map(([name, field]) => [name, { description: `\`${field}\`.` }])),
})

@InputType({ description: 'Part of other inputs.' })
abstract class OnRevision extends Once {
  @Field(() => ID, { description: 'The story.' })
  storyId!: string

  @Field(() => Int, { description: 'The revision that is edited.' })
  expectedRevision!: number

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is saved by itself while somebody types. The next such save of the same person takes its place.' })
  autosave!: boolean
}

@InputType({ description: 'A paragraph as it is to be.' })
export class ParagraphInput {
  @Field(() => ParagraphRole, { defaultValue: 'BODY', description: 'What it is.' })
  role!: string

  @Field(() => String, { description: 'Its text.' })
  text!: string
}

@InputType({ description: 'An edit of the text: some paragraphs replaced by others.' })
export class ParagraphEditInput {
  @Field(() => Int, { description: 'Index of the first paragraph, in the revision that is edited. The number of paragraphs to add at the end.' })
  at!: number

  @Field(() => Int, { defaultValue: 1, description: 'How many paragraphs are replaced; 0 to insert before `at`.' })
  remove!: number

  @Field(() => [ParagraphInput], { description: 'What takes their place; empty to delete them.' })
  insert!: ParagraphInput[]
}

@InputType({ description: 'Edits of a story\'s text. What is marked in the text follows its words.' })
export class EditParagraphsInput extends OnRevision {
  @Field(() => [ParagraphEditInput], { description: 'The edits; none may touch the paragraphs of another.' })
  edits!: ParagraphEditInput[]
}

@InputType({ description: 'An edit of one entry.' })
export class EntryEditInput {
  @Field(() => DocumentCollection, { description: 'The list that it is in.' })
  collection!: string

  @Field(() => String, { description: 'Its key in the document. A key that is not there yet adds an entry.' })
  key!: string

  @Field(() => DocumentEntryScalar, { nullable: true, description: 'The whole entry as it is to be; null to remove it.' })
  entry?: object | null
}

@InputType({ description: 'Edits of attributions, quotes, sources and other entries of a story.' })
export class EditEntriesInput extends OnRevision {
  @Field(() => [EntryEditInput], { description: 'The edits, done in order.' })
  edits!: EntryEditInput[]
}
