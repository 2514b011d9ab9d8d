import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { contextOf, PARAGRAPH_ROLES, MARK_KINDS, type Mark as DocumentMark, type Segment as DocumentSegment, type TextRange as DocumentRange } from '../document/index.js'
import { globalId } from '../graphql/global-id.js'
import { enumOf } from '../graphql/enum-of.js'
import type { StoryIndex } from './story-index.js'

export const ParagraphRole = enumOf(PARAGRAPH_ROLES)
registerEnumType(ParagraphRole, {
  name: 'ParagraphRole', description: 'What a paragraph is in its story.',
  valuesConfig: {
    HEADLINE: { description: 'The headline.' }, SUMMARY: { description: 'The summary below the headline.' }, BODY: { description: 'Running text.' },
    CAPTION: { description: 'The caption of a picture, video or graphic.' }, CORRECTION: { description: 'A correction, printed with the story.' }, EDITORS_NOTE: { description: 'A note of the editors to the reader.' },
  },
})
export const MarkKind = enumOf(MARK_KINDS)
registerEnumType(MarkKind, {
  name: 'MarkKind', description: 'What a marked run of text is to its attribution, quote or credit.',
  valuesConfig: {
    CONTENT: { description: 'What is credited to a source.' }, CUE: { description: 'The words of attribution: "said".' }, SOURCE_MENTION: { description: 'The words that name the source.' },
    ADDRESSEE: { description: 'Whom the source told.' }, QUOTE: { description: 'Words between quotation marks.' }, OUTLET_CREDIT: { description: 'The words that credit another outlet.' },
  },
})

@ObjectType({ description: 'A run of words in one paragraph. Offsets are UTF-16 code units, end-exclusive; `exact`, `prefix` and `suffix` let a client find the words again (W3C TextQuoteSelector).' })
export class TextRange {
  constructor(private readonly story: Pick<StoryIndex, 'document'>, private readonly range: DocumentRange) {}

  static maybe(story: Pick<StoryIndex, 'document'>, range: DocumentRange | undefined): TextRange | null {
    return range ? new TextRange(story, range) : null
  }

  @Field(() => Int, { description: 'Index into `Story.paragraphs`, from 0.' })
  get paragraph(): number { return this.range.paragraph }

  @Field(() => Int, { description: 'First UTF-16 code unit.' })
  get start(): number { return this.range.start }

  @Field(() => Int, { description: 'UTF-16 code unit after the last.' })
  get end(): number { return this.range.end }

  @Field(() => String, { description: 'The words themselves.' })
  get exact(): string { return this.range.exact }

  @Field(() => String, { description: 'Up to 32 units of text before the words.' })
  get prefix(): string { return contextOf(this.story.document, this.range).prefix }

  @Field(() => String, { description: 'Up to 32 units of text after the words.' })
  get suffix(): string { return contextOf(this.story.document, this.range).suffix }
}

@ObjectType({ description: 'What covers a run of text. Which of the ids is set follows from `kind`.' })
export class Mark {
  constructor(private readonly story: StoryIndex, private readonly mark: DocumentMark) {}

  @Field(() => MarkKind, { description: 'What the run is.' })
  get kind(): string { return this.mark.kind }

  @Field(() => ID, { nullable: true, description: 'Id of the attribution, for CONTENT, CUE, SOURCE_MENTION and ADDRESSEE.' })
  get attributionId(): string | null {
    const attribution = this.story.find('attributions', this.mark.attribution)
    return attribution ? globalId('Attribution', attribution.lineage) : null
  }

  @Field(() => ID, { nullable: true, description: 'Id of the quote, for QUOTE.' })
  get quoteId(): string | null {
    const quote = this.story.find('quotes', this.mark.quote)
    return quote ? globalId('Quote', quote.lineage) : null
  }

  @Field(() => Boolean, { description: 'Whether the source behind the mark is one the story does not name.' })
  get isAnonymous(): boolean {
    const attribution = this.story.find('attributions', this.mark.attribution ?? this.story.find('quotes', this.mark.quote)?.attribution)
    return attribution !== undefined && this.story.sourceOf(attribution)?.kind === 'ANONYMOUS'
  }
}

@ObjectType({ description: 'A run of text inside which no mark begins or ends. The segments of a paragraph, joined, are its text.' })
export class Segment {
  constructor(private readonly story: StoryIndex, private readonly segment: DocumentSegment) {}

  @Field(() => Int, { description: 'First UTF-16 code unit in the paragraph.' })
  get start(): number { return this.segment.start }

  @Field(() => Int, { description: 'UTF-16 code unit after the last.' })
  get end(): number { return this.segment.end }

  @Field(() => String, { description: 'The text of the run.' })
  get text(): string { return this.segment.text }

  @Field(() => [Mark], { description: 'The marks that cover the whole run; empty where the outlet speaks in its own voice.' })
  get marks(): Mark[] { return this.segment.marks.map((mark) => new Mark(this.story, mark)) }
}

@ObjectType({ description: 'A marked range of a paragraph, for clients that do their own rendering.' })
export class MarkedRange {
  constructor(private readonly story: StoryIndex, private readonly at: DocumentRange, private readonly of: DocumentMark) {}

  @Field(() => TextRange, { description: 'Where it lies.' })
  get range(): TextRange { return new TextRange(this.story, this.at) }

  @Field(() => Mark, { description: 'What it is.' })
  get mark(): Mark { return new Mark(this.story, this.of) }
}

@ObjectType({ description: 'A paragraph of a story. Everyone who may read the story may read it.' })
export class Paragraph {
  constructor(private readonly story: StoryIndex, private readonly at: number) {}

  @Field(() => Int, { description: 'Its place in the story, from 0.' })
  get index(): number { return this.at }

  @Field(() => ParagraphRole, { description: 'What it is in its story.' })
  get role(): string { return this.story.document.paragraphs[this.at]!.role }

  @Field(() => String, { description: 'Its text.' })
  get text(): string { return this.story.document.paragraphs[this.at]!.text }

  @Field(() => [Segment], { description: 'The text cut into runs with the marks that cover them: render these, and no offsets are needed.' })
  get segments(): Segment[] { return this.story.segments(this.at).map((segment) => new Segment(this.story, segment)) }

  @Field(() => [MarkedRange], { description: 'Every marked range that lies in the paragraph, in reading order.' })
  get ranges(): MarkedRange[] { return this.story.marked(this.at).map(({ range, mark }) => new MarkedRange(this.story, range, mark)) }
}
