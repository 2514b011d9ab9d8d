import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'
import { PROPOSAL_COLLECTIONS, type Proposal as DocumentProposal, type StoryDocument } from '../document/index.js'
import type { Diagnostic } from '../extraction/index.js'
import { enumOf } from '../graphql/enum-of.js'
import { errorType, type MutationError } from '../graphql/mutation.js'
import { payloadType } from '../graphql/payload.js'
import type { ProposalChange as Change } from './proposal-changes.js'
import { EntryScalar, StoryDocumentScalar } from './story-document.scalar.js'
import { STORY_RESULT } from './story-payload.types.js'
import { Story } from './story.types.js'
import { TextRange } from './text.types.js'

export const ProposalCollection = enumOf(PROPOSAL_COLLECTIONS)
registerEnumType(ProposalCollection, {
  name: 'ProposalCollection', description: 'A collection of the story document whose entries a person confirms, by its name there. Newsroom only.',
  valuesConfig: {
    sources: { description: 'The cast.' }, attributions: { description: 'Places where something is credited.' }, quotes: { description: 'Words between quotation marks.' }, statements: { description: 'Official statements.' },
    requestsForComment: { description: 'Whom the story says was asked.' }, outletCredits: { description: 'Credits to other outlets.' }, claims: { description: 'Assertions across their restatements.' },
  },
})

@ObjectType({ description: 'An entry of a story that no person has confirmed, mostly one read out of its text. It is in no public output until somebody accepts it. Newsroom only.' })
export class Proposal {
  constructor(private readonly story: { readonly document: StoryDocument }, private readonly proposal: DocumentProposal) {}

  @Field(() => ProposalCollection, { description: 'Where in the document it belongs.' })
  get collection(): string { return this.proposal.collection }

  @Field(() => String, { description: 'Its key in the collection.' })
  get key(): string { return this.proposal.key }

  @Field(() => String, { description: 'Its place in `Story.document`: "attributions[3]".' })
  get path(): string { return this.proposal.path }

  @Field(() => String, { nullable: true, description: 'The step that proposed it. Null where nobody said.' })
  get rule(): string | null { return this.proposal.entry.proposal?.rule ?? null }

  @Field(() => Float, { nullable: true, description: 'How sure that step is, from 0 to 1.' })
  get confidence(): number | null { return this.proposal.entry.proposal?.confidence ?? null }

  @Field(() => String, { description: 'What it is about: the words of the story, or the name of a source.' })
  get words(): string { return this.proposal.words }

  @Field(() => [TextRange], { description: 'The words of the story that it rests on.' })
  get ranges(): TextRange[] { return this.proposal.ranges.map((range) => new TextRange(this.story, range)) }

  @Field(() => EntryScalar, { description: 'The whole entry, as `editProposal` takes it.' })
  get entry(): object { return this.proposal.entry }
}

const DiagnosticCode = enumOf(['LANGUAGE', 'EMPTY_TEXT', 'TEXT_CUT', 'CHARACTERS_REPLACED', 'ORPHAN_QUOTE', 'LIMIT'])
registerEnumType(DiagnosticCode, {
  name: 'ExtractionDiagnosticCode', description: 'What an extraction has to say about itself. Newsroom only.',
  valuesConfig: {
    LANGUAGE: { description: 'The text is not in English; only quotation marks were read.' }, EMPTY_TEXT: { description: 'The text holds no words.' }, TEXT_CUT: { description: 'The text is longer than a story; its end was not read.' },
    CHARACTERS_REPLACED: { description: 'Characters that a story cannot hold were replaced.' }, ORPHAN_QUOTE: { description: 'Nobody is credited with quoted words.' }, LIMIT: { description: 'A story may not hold as many entries; later ones were left out.' },
  },
})

@ObjectType({ description: 'A remark of an extraction about its own work. Newsroom only.' })
export class ExtractionDiagnostic implements Diagnostic {
  @Field(() => DiagnosticCode, { description: 'Of which kind.' })
  readonly code!: Diagnostic['code']

  @Field(() => String, { description: 'What it is.' })
  readonly message!: string

  @Field(() => Int, { nullable: true, description: 'Where it begins in the text that was given, in UTF-16 code units.' })
  readonly start?: number

  @Field(() => Int, { nullable: true, description: 'Where it ends, in UTF-16 code units.' })
  readonly end?: number
}

export const EXTRACT_CODES = {
  FORBIDDEN: 'Your role may not do this.', TEXT_EMPTY: 'The text holds no words.', TEXT_TOO_LONG: 'The text is too long.', BUSY: 'Too many texts are waiting; try again.', TOOK_TOO_LONG: 'The text took too long to read.',
  INVALID_DOCUMENT: 'An argument breaks the document\'s format.',
} as const
export const CREATE_CODES = { ...EXTRACT_CODES, SLUG_TAKEN: 'Another story has the slug.', IDEMPOTENCY_KEY_REUSED: 'The key was used before, with another input.' } as const
const ExtractStoryError = errorType('extractStory', EXTRACT_CODES)
const CreateStoryFromTextError = errorType('createStoryFromText', CREATE_CODES)

@ObjectType({ description: 'What was read out of a text. Nothing of it is stored. Newsroom only.' })
export class ExtractStoryPayload {
  @Field(() => StoryDocumentScalar, { nullable: true, description: 'The story document, with nothing in it confirmed; `createStory` takes it. Null after an error.' })
  readonly document!: object | null

  @Field(() => [Proposal], { description: 'Every entry of the document that a person has to confirm.' })
  readonly proposals!: readonly Proposal[]

  @Field(() => [ExtractionDiagnostic], { description: 'What the extraction has to say about its work.' })
  readonly diagnostics!: readonly Diagnostic[]

  @Field(() => [ExtractStoryError], { description: 'What kept it from being done; empty where it was done.' })
  readonly errors!: readonly MutationError[]
}

@ObjectType({ description: 'What came of createStoryFromText.' })
export class CreateStoryFromTextPayload {
  @Field(() => Story, { nullable: true, description: 'The new draft, its proposals unconfirmed. Null where none was made.' })
  readonly story!: Story | null

  @Field(() => [ExtractionDiagnostic], { description: 'What the extraction has to say about its work.' })
  readonly diagnostics!: readonly Diagnostic[]

  @Field(() => [CreateStoryFromTextError], { description: 'What kept it from being done; empty where it was done.' })
  readonly errors!: readonly MutationError[]
}

const ChangeKind = enumOf(['ACCEPTED', 'REJECTED', 'REMOVED', 'UNLINKED', 'UNCONFIRMED', 'EDITED', 'WAITING'])
registerEnumType(ChangeKind, {
  name: 'ProposalChangeKind', description: 'What became of an entry. Newsroom only.',
  valuesConfig: {
    ACCEPTED: { description: 'Confirmed.' }, REJECTED: { description: 'Taken out, as you asked.' }, REMOVED: { description: 'Taken out with what it hung on.' }, UNLINKED: { description: 'Lost a reference to what was taken out, or leads elsewhere now.' },
    UNCONFIRMED: { description: 'Was confirmed, and has to be confirmed anew.' }, EDITED: { description: 'Replaced by what you gave, and confirmed.' }, WAITING: { description: 'Confirmed, but rests on something that is not.' },
  },
})

@ObjectType({ description: 'What became of one entry of a story. Newsroom only.' })
export class ProposalChange implements Change {
  @Field(() => ProposalCollection, { description: 'Its collection.' })
  readonly collection!: Change['collection']

  @Field(() => String, { description: 'Its key.' })
  readonly key!: string

  @Field(() => ChangeKind, { description: 'What became of it.' })
  readonly kind!: Change['kind']

  @Field(() => String, { description: 'The same in a sentence, with the reason.' })
  readonly message!: string
}

/** The payload type of a mutation on proposals. */
export function proposalPayload(mutation: string, codes: Readonly<Record<string, string>>) {
  return payloadType(mutation, codes, { ...STORY_RESULT, changes: { type: () => [ProposalChange], nullable: false, description: 'What became of the entries you named, and of those that hang on them.' } })
}
