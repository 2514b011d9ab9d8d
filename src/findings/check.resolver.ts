import { Args, Ctx, Field, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql'
import { agreementsBySlug } from '../agreements/index.js'
import { profileOf } from '../checks/index.js'
import { parseStoryDocument, type StoryDocument } from '../document/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { enumOf } from '../graphql/enum-of.js'
import { StoryDocumentScalar } from '../stories/story-document.scalar.js'
import type { CheckedText } from './checker.js'
import { Finding } from './finding.types.js'
import { CheckDocumentArgs, CheckTextArgs } from './findings.inputs.js'
import { told } from './findings.resolver.js'
import { profileOfEnum } from './rule.types.js'

@ObjectType({ description: 'Where a document breaks its format. Newsroom only.' })
class DocumentError {
  constructor(message: string, path: string) {
    this.message = message
    this.path = path
  }

  @Field(() => String, { description: 'What is wrong, and what to do.' })
  readonly message: string

  @Field(() => String, { description: 'Where in the document, such as "attributions[3].content[0]".' })
  readonly path: string
}

@ObjectType({ description: 'What the checks report about a document that was not stored. Newsroom only.' })
class CheckedDocument {
  constructor(findings: readonly Finding[], errors: readonly DocumentError[]) {
    this.findings = findings
    this.errors = errors
  }

  @Field(() => [Finding], { description: 'What they report, most severe first.' })
  readonly findings: readonly Finding[]

  @Field(() => [DocumentError], { description: 'What is wrong with the document; where there is something, nothing was checked.' })
  readonly errors: readonly DocumentError[]
}

const ReadingNoteCode = enumOf(['LANGUAGE', 'EMPTY_TEXT', 'TEXT_CUT', 'CHARACTERS_REPLACED', 'ORPHAN_QUOTE', 'LIMIT'])
registerEnumType(ReadingNoteCode, {
  name: 'ReadingNoteCode', description: 'What happened to a text while it was read. Newsroom only.',
  valuesConfig: {
    LANGUAGE: { description: 'It is not English, and only quotation marks were found.' }, EMPTY_TEXT: { description: 'It holds no words.' }, TEXT_CUT: { description: 'It is longer than a story may be, and the rest was not read.' },
    CHARACTERS_REPLACED: { description: 'Control characters were replaced.' }, ORPHAN_QUOTE: { description: 'A quote belongs to no speaker.' }, LIMIT: { description: 'It holds more of something than a document may.' },
  },
})

@ObjectType({ description: 'What happened to a text while it was read. Newsroom only.' })
class ReadingNote {
  constructor(private readonly note: CheckedText['diagnostics'][number]) {}

  @Field(() => ReadingNoteCode, { description: 'What, as a code.' })
  get code(): string { return this.note.code }

  @Field(() => String, { description: 'What, in words.' })
  get message(): string { return this.note.message }
}

@ObjectType({ description: 'What was read out of a plain text, and what the checks report about that. Nothing is stored, and nothing in it is confirmed: findings are questions, none is an error. Newsroom only.' })
class CheckedPlainText {
  constructor(private readonly checked: CheckedText) {}

  @Field(() => [Finding], { description: 'What they report, most severe first.' })
  get findings(): Finding[] { return findingsIn(this.checked.document, this.checked.findings) }

  @Field(() => StoryDocumentScalar, { description: 'The document that is proposed for the text.' })
  get document(): object { return this.checked.document }

  @Field(() => [ReadingNote], { description: 'What happened to the text while it was read.' })
  get notes(): ReadingNote[] { return this.checked.diagnostics.map((note) => new ReadingNote(note)) }
}

const findingsIn = (document: StoryDocument, findings: CheckedText['findings']) => findings.map((finding) => new Finding({ document }, finding))

@Resolver()
export class CheckResolver {
  @NewsroomOnly()
  @Query(() => CheckedDocument, { description: 'Checks a document without storing it; with what is on file about its sources, where the story of that slug is here. Staff only.' })
  async checkDocument(@Ctx() { checker, database, newId }: GraphQLContext, @Args(() => CheckDocumentArgs) { document, profile }: CheckDocumentArgs): Promise<CheckedDocument> {
    const parsed = parseStoryDocument(document, { lineage: newId })
    if (!parsed.ok) return new CheckedDocument([], parsed.problems.map(({ path, message }) => new DocumentError(`${path || 'The document'} ${message}.`, path)))
    const onFile = (await agreementsBySlug(database, [parsed.document.slug]))(parsed.document.slug)
    return new CheckedDocument(findingsIn(parsed.document, await told(checker.of(parsed.document, profileOf(profileOfEnum(profile, checker)), onFile))), [])
  }

  @NewsroomOnly()
  @Query(() => CheckedPlainText, { description: 'Reads a plain text and checks what was read, without storing it. Staff only.' })
  async checkText(@Ctx() { checker }: GraphQLContext, @Args(() => CheckTextArgs) { text, language, profile }: CheckTextArgs): Promise<CheckedPlainText> {
    return new CheckedPlainText(await told(checker.ofText(text, language ? { language } : {}, profileOf(profileOfEnum(profile, checker)))))
  }
}
