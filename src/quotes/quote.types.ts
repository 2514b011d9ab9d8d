import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { QUOTE_STANDINGS, RECORD_KINDS, wordsOf, type Quote as DocumentQuote, type StoryDocument } from '../document/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { enumOf } from '../graphql/enum-of.js'
import { globalId } from '../graphql/global-id.js'
import { Node } from '../graphql/node.type.js'
import { DateTime } from '../graphql/scalars.js'
import { Attribution, attributionOf } from '../sources/attribution.types.js'
import { Speech } from '../sources/enums.js'
import { PersonSource, Source, sourceOfAttribution } from '../sources/source.types.js'
import { OfficialStatement } from '../statements/statement.types.js'
import type { StoryIndex } from '../stories/story-index.js'
import { Story } from '../stories/story.types.js'
import { Paragraph, TextRange } from '../stories/text.types.js'

export const QuoteStanding = enumOf(QUOTE_STANDINGS)
registerEnumType(QuoteStanding, {
  name: 'QuoteStanding', description: 'Whether a quote can be relied on.',
  valuesConfig: {
    STANDS: { description: 'Nobody disputes it.' }, CHALLENGED: { description: 'Somebody disputes it.' }, CORRECTED: { description: 'It has been corrected.' }, WITHDRAWN: { description: 'It has been withdrawn; do not use it.' },
  },
})
export const RecordKind = enumOf(RECORD_KINDS)
registerEnumType(RecordKind, {
  name: 'RecordKind', description: 'What a quote can be checked against. Newsroom only.',
  valuesConfig: { TRANSCRIPT: { description: 'A transcript.' }, RECORDING: { description: 'A recording.' }, NOTES: { description: 'A reporter\'s notes.' } },
})

@ObjectType({ description: 'The original of a quote that was translated.' })
export class Translation {
  constructor(private readonly translation: NonNullable<DocumentQuote['translation']>) {}

  @Field(() => String, { description: 'The words as spoken.' })
  get original(): string { return this.translation.original }

  @Field(() => String, { description: 'Their language, BCP 47.' })
  get language(): string { return this.translation.language }

  @Field(() => String, { nullable: true, description: 'Who translated.' })
  get translator(): string | null { return this.translation.translator ?? null }
}

@ObjectType({ description: 'The place in a statement\'s text that a quote is taken from.' })
export class StatementExcerpt {
  constructor(private readonly story: StoryIndex, private readonly quote: DocumentQuote, private readonly excerpt: NonNullable<DocumentQuote['excerptOf']>) {}

  @Field(() => OfficialStatement, { description: 'The statement.' })
  get statement(): OfficialStatement { return new OfficialStatement(this.story, this.story.get('statements', this.excerpt.statement)) }

  @Field(() => String, { description: 'The words of the statement; where its full text is not released, the words as quoted.' })
  get exact(): string { return this.isOpen ? this.excerpt.exact : wordsOf(this.quote.ranges) }

  @Field(() => Int, { nullable: true, description: 'First UTF-16 code unit in `fullText`. Null where the full text is not released to the viewer.' })
  get start(): number | null { return this.isOpen ? this.excerpt.start : null }

  @Field(() => Int, { nullable: true, description: 'UTF-16 code unit after the last.' })
  get end(): number | null { return this.isOpen ? this.excerpt.end : null }

  private get isOpen(): boolean { return this.statement.fullText !== null }
}

@ObjectType({ description: 'A stretch of a transcript or recording.' })
export class RecordSegment {
  constructor(private readonly segment: StoryDocument['records'][number]['segments'][number]) {}

  @Field(() => String, { nullable: true, description: 'Who speaks.' })
  get speaker(): string | null { return this.segment.speaker ?? null }

  @Field(() => Int, { description: 'Where it begins, in milliseconds.' })
  get startMs(): number { return this.segment.startMs }

  @Field(() => Int, { description: 'Where it ends, in milliseconds.' })
  get endMs(): number { return this.segment.endMs }

  @Field(() => String, { description: 'What is said.' })
  get text(): string { return this.segment.text }
}

@ObjectType({ description: 'What quotes can be checked against. Newsroom only.' })
export class Record {
  constructor(private readonly record: StoryDocument['records'][number]) {}

  @Field(() => RecordKind, { description: 'What it is.' })
  get kind(): string { return this.record.kind }

  @Field(() => String, { nullable: true, description: 'Its title.' })
  get title(): string | null { return this.record.title ?? null }

  @Field(() => String, { nullable: true, description: 'The programme it was part of.' })
  get programme(): string | null { return this.record.programme ?? null }

  @Field(() => DateTime, { nullable: true, description: 'When that was on air.' })
  get airedAt(): string | null { return this.record.airedAt ?? null }

  @Field(() => String, { nullable: true, description: 'Where it is kept.' })
  get url(): string | null { return this.record.url ?? null }

  @Field(() => [RecordSegment], { description: 'Its segments, in order.' })
  get segments(): RecordSegment[] { return this.record.segments.map((segment) => new RecordSegment(segment)) }
}

/** Other quotes of the same speaker are in the resolver: they are elsewhere in the archive. */
@ObjectType({ implements: Node, description: 'Words between quotation marks, verbatim, as the story prints them.' })
export class Quote implements Node {
  readonly __typename = 'Quote'
  constructor(readonly index: StoryIndex, readonly quote: DocumentQuote) {}

  @Field(() => ID, { description: 'Opaque id, the same in all versions of the story while the speaker stays named or unnamed.' })
  get id(): string { return globalId('Quote', this.quote.lineage) }

  @Field(() => String, { description: 'The words, without the quotation marks; parts of an interrupted quote are joined by a space.' })
  get text(): string { return wordsOf(this.quote.ranges) }

  @Field(() => [TextRange], { description: 'Where the words stand.' })
  get ranges(): TextRange[] { return this.quote.ranges.map((range) => new TextRange(this.index, range)) }

  @Field(() => Speech, { description: 'Whether the attribution quotes throughout, or in part.' })
  get speech(): string { return this.attributed.speech }

  @Field(() => QuoteStanding, { description: 'Whether the quote can be relied on.' })
  get standing(): string { return this.quote.standing }

  @Field(() => Attribution, { description: 'The attribution that the quote belongs to.' })
  get attribution(): Attribution { return attributionOf(this.index, this.attributed) }

  @Field(() => Paragraph, { description: 'The paragraph in which the quote begins.' })
  get paragraph(): Paragraph { return new Paragraph(this.index, this.quote.ranges[0]!.paragraph) }

  @Field(() => Source, { nullable: true, description: 'Who is quoted, named or not.' })
  get source(): Source | null { return sourceOfAttribution(this.index, this.attributed) }

  @Field(() => PersonSource, { nullable: true, description: 'The named speaker, with the title as of the story. Null for an unnamed one, a body or a document.' })
  get speaker(): PersonSource | null {
    const source = this.source
    return source instanceof PersonSource ? source : null
  }

  @Field(() => DateTime, { nullable: true, description: 'When the words were said, if known. Of an anonymous source the public has the beginning of the day, and only if the story says when.' })
  get saidAt(): string | null { return this.attributed.saidAt?.earliest ?? null }

  @Field(() => Translation, { nullable: true, description: 'The original, for a translated quote.' })
  get translation(): Translation | null { return this.quote.translation ? new Translation(this.quote.translation) : null }

  @Field(() => StatementExcerpt, { nullable: true, description: 'The official statement that it excerpts, and where. An anonymous source leads the public to none that names who put it out.' })
  get excerpt(): StatementExcerpt | null { return this.quote.excerptOf ? new StatementExcerpt(this.index, this.quote, this.quote.excerptOf) : null }

  @Field(() => Story, { description: 'The story.' })
  get story(): Story { return new Story(this.index) }

  @NewsroomOnly()
  @Field(() => Record, { nullable: true, description: 'What the quote can be checked against. Staff only.' })
  get record(): Record | null {
    const record = this.index.find('records', this.quote.record?.record)
    return record ? new Record(record) : null
  }

  @NewsroomOnly()
  @Field(() => Boolean, { description: 'Whether a person stands behind it. An unconfirmed one is never public.' })
  get confirmed(): boolean { return this.quote.confirmed }

  private get attributed() { return this.index.get('attributions', this.quote.attribution) }
}
