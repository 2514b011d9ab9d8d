import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { isWaivable, SEVERITIES, type Finding as Found, type Suggestion as Suggested, type WordChange as Change } from '../checks/index.js'
import type { StoryDocument, TextRange as DocumentRange } from '../document/index.js'
import { enumOf } from '../graphql/enum-of.js'
import { globalId } from '../graphql/global-id.js'
import type { StoryIndex } from '../stories/story-index.js'
import { Story } from '../stories/story.types.js'
import { TextRange } from '../stories/text.types.js'
import { Waiver } from './waiver.types.js'
import type { StoredWaiver } from './waiver.store.js'

export const Severity = enumOf(SEVERITIES.map((severity) => severity.toUpperCase()))
registerEnumType(Severity, {
  name: 'Severity', description: 'How much a finding weighs. Newsroom only.',
  valuesConfig: { ERROR: { description: 'Stops publication until it is put right or waived.' }, WARNING: { description: 'An editor should look at it.' }, INFO: { description: 'Worth knowing.' } },
})
const WordChangeKind = enumOf(['SAME', 'REMOVED', 'ADDED'])
registerEnumType(WordChangeKind, {
  name: 'WordChangeKind', description: 'What became of words between a record and a quote. Newsroom only.',
  valuesConfig: { SAME: { description: 'They stand in both.' }, REMOVED: { description: 'They are in the record and not in the quote.' }, ADDED: { description: 'They are in the quote and not in the record.' } },
})

type Place = { readonly document: StoryDocument }

@ObjectType({ description: 'Another place that a finding is about. Newsroom only.' })
export class RelatedRange {
  constructor(private readonly of: Place, private readonly words: string, private readonly at: DocumentRange) {}

  @Field(() => String, { description: 'What it has to do with the finding.' })
  get label(): string { return this.words }

  @Field(() => TextRange, { description: 'Where it lies.' })
  get range(): TextRange { return new TextRange(this.of, this.at) }
}

@ObjectType({ description: 'Words that would put a finding right. Newsroom only.' })
export class Suggestion {
  constructor(private readonly of: Place, private readonly suggested: Suggested) {}

  @Field(() => TextRange, { description: 'What would be replaced.' })
  get range(): TextRange { return new TextRange(this.of, this.suggested.range) }

  @Field(() => String, { description: 'By what.' })
  get replacement(): string { return this.suggested.replacement }
}

@ObjectType({ description: 'Words in a record, a quote, or both. Newsroom only.' })
export class WordChange {
  constructor(private readonly change: Change) {}

  @Field(() => WordChangeKind, { description: 'In which of the two they stand.' })
  get kind(): string { return this.change.kind.toUpperCase() }

  @Field(() => String, { description: 'The words.' })
  get words(): string { return this.change.words }
}

/** Of a stored story where `story` is given; else of a text or document that was only checked. */
@ObjectType({ description: 'What a check reports about one place of a story, or about the story as a whole. Computed, never stored. Newsroom only.' })
export class Finding {
  constructor(private readonly of: Place, readonly found: Found, private readonly waivedBy?: StoredWaiver | undefined, private readonly inStory?: StoryIndex | undefined) {}

  @Field(() => ID, { description: 'Id of the rule, such as "bare-source-descriptor".' })
  get rule(): string { return this.found.rule }

  @Field(() => String, { description: 'What the rule reports, in a few words.' })
  get title(): string { return this.found.title }

  @Field(() => Severity, { description: 'How much it weighs under the profile that was asked for.' })
  get severity(): string { return this.found.severity.toUpperCase() }

  @Field(() => String, { description: 'What is the matter, why it matters and what to do, in one text.' })
  get message(): string { return this.found.message }

  @Field(() => String, { description: 'First part of the message: what is the matter.' })
  get what(): string { return this.found.what }

  @Field(() => String, { description: 'Second part: why it matters.' })
  get why(): string { return this.found.why }

  @Field(() => String, { description: 'Third part: what to do.' })
  get advice(): string { return this.found.advice }

  @Field(() => TextRange, { nullable: true, description: 'The words that it is about, the first of them. Null where it is about the story as a whole.' })
  get range(): TextRange | null { return TextRange.maybe(this.of, this.found.ranges[0]) }

  @Field(() => [TextRange], { description: 'All the words that it is about, in reading order.' })
  get ranges(): TextRange[] { return this.found.ranges.map((range) => new TextRange(this.of, range)) }

  @Field(() => String, { description: 'The words under the ranges, joined by " … "; empty for the story as a whole.' })
  get exact(): string { return this.found.exact }

  @Field(() => [RelatedRange], { description: 'Other places that it is about.' })
  get related(): RelatedRange[] { return this.found.related.map(({ label, range }) => new RelatedRange(this.of, label, range)) }

  @Field(() => Suggestion, { nullable: true, description: 'Words that would put it right.' })
  get suggestion(): Suggestion | null { return this.found.suggestion ? new Suggestion(this.of, this.found.suggestion) : null }

  @Field(() => [WordChange], { description: 'For a quote that differs from its record: how, in order.' })
  get changes(): WordChange[] { return (this.found.changes ?? []).map((change) => new WordChange(change)) }

  @Field(() => Boolean, { description: 'Whether it rests on something that no person has confirmed. Then it is a question, and never an error.' })
  get isQuestion(): boolean { return this.found.isQuestion }

  @Field(() => String, { description: 'Of the rule, the words and the related words: the same as long as they are. Give it to `waiveFinding`.' })
  get fingerprint(): string { return this.found.fingerprint }

  @Field(() => Boolean, { description: 'Whether anybody may waive it.' })
  get isWaivable(): boolean { return isWaivable(this.found.rule) }

  @Field(() => Waiver, { nullable: true, description: 'The waiver that lets the story be published in spite of it.' })
  get waiver(): Waiver | null { return this.waivedBy ? new Waiver(this.waivedBy, true) : null }

  @Field(() => ID, { nullable: true, description: 'Id of the attribution that it is about, in a stored story.' })
  get attributionId(): string | null {
    const attribution = this.inStory?.find('attributions', this.found.attribution)
    return attribution ? globalId('Attribution', attribution.lineage) : null
  }

  @Field(() => String, { nullable: true, description: 'Key of the source that it is about, among the story\'s sources.' })
  get sourceKey(): string | null { return this.found.source ?? null }

  @Field(() => Story, { nullable: true, description: 'The story. Null for a text or document that is not stored.' })
  get story(): Story | null { return this.inStory ? new Story(this.inStory) : null }
}
