import { Ctx, Field, ID, InterfaceType, ObjectType } from 'type-graphql'
import { fileOfStory, onFile } from '../agreements/index.js'
import { termsInForce, wordsOf, type Attribution as DocumentAttribution } from '../document/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { globalId } from '../graphql/global-id.js'
import { Node } from '../graphql/node.type.js'
import { DateTime } from '../graphql/scalars.js'
import { Quote } from '../quotes/quote.types.js'
import { OfficialStatement } from '../statements/statement.types.js'
import type { StoryIndex } from '../stories/story-index.js'
import { Story } from '../stories/story.types.js'
import { TextRange } from '../stories/text.types.js'
import { Outlet } from './entity.types.js'
import { GroundRulesTerms, MentionForm, Speech } from './enums.js'
import { AnonymousSource, Source, sourceOfAttribution } from './source.types.js'

interface TermsEntry { readonly terms: string; readonly at: string; readonly note?: string | null | undefined; readonly recordedBy?: string }

@ObjectType({ description: 'One entry in the history of a conversation\'s ground rules. Newsroom only.' })
export class GroundRulesEntry {
  constructor(private readonly entry: TermsEntry) {}

  @Field(() => GroundRulesTerms, { description: 'The terms from then on.' })
  get terms(): string { return this.entry.terms }

  @Field(() => DateTime, { description: 'Since when.' })
  get at(): string { return this.entry.at }

  @Field(() => String, { nullable: true, description: 'A note.' })
  get note(): string | null { return this.entry.note ?? null }

  @Field(() => String, { nullable: true, description: 'Who wrote it down beside the document. Null where the document says it.' })
  get recordedBy(): string | null { return this.entry.recordedBy ?? null }
}

@ObjectType({ description: 'The terms of the conversation behind an attribution. Newsroom only.' })
export class GroundRules {
  constructor(private readonly inForce: string, private readonly entries: readonly TermsEntry[]) {}

  @Field(() => GroundRulesTerms, { description: 'The terms in force: the latest, in the document or recorded beside it.' })
  get terms(): string { return this.inForce }

  @Field(() => [GroundRulesEntry], { description: 'How they came about, oldest first.' })
  get history(): GroundRulesEntry[] {
    return [...this.entries].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).map((entry) => new GroundRulesEntry(entry))
  }
}

@InterfaceType({ implements: Node, description: 'One place in a story where something is credited to somebody: content, cue and source, each with its words.', resolveType: (value: { __typename: string }) => value.__typename })
export abstract class Attribution implements Node {
  constructor(protected readonly index: StoryIndex, protected readonly attribution: DocumentAttribution) {}

  @Field(() => ID, { description: 'Opaque id, the same in all versions of the story while the source stays named or unnamed.' })
  get id(): string { return globalId('Attribution', this.attribution.lineage) }

  @Field(() => Speech, { description: 'Whether the content is quoted.' })
  get speech(): string { return this.attribution.speech }

  @Field(() => [TextRange], { description: 'What is credited. More than one range where the words are interrupted.' })
  get content(): TextRange[] { return this.attribution.content.map((range) => new TextRange(this.index, range)) }

  @Field(() => String, { description: 'The words of `content`, joined.' })
  get text(): string { return wordsOf(this.attribution.content) }

  @Field(() => TextRange, { nullable: true, description: 'The words of attribution: "said".' })
  get cue(): TextRange | null { return TextRange.maybe(this.index, this.attribution.cue) }

  @Field(() => TextRange, { nullable: true, description: 'The words that name the source here.' })
  get mention(): TextRange | null { return TextRange.maybe(this.index, this.attribution.mention) }

  @Field(() => MentionForm, { nullable: true, description: 'How they name it.' })
  get mentionForm(): string | null { return this.attribution.mentionForm ?? null }

  @Field(() => TextRange, { nullable: true, description: 'Whom the source told, in words.' })
  get addressee(): TextRange | null { return TextRange.maybe(this.index, this.attribution.addressee) }

  @Field(() => [Outlet], { description: 'The outlets that the source told. Of an anonymous source the public has them only where the story says whom it told.' })
  get toldTo(): Outlet[] { return this.attribution.toldTo.map((key) => new Outlet(this.index.get('outlets', key))) }

  @Field(() => Boolean, { description: 'True for "did not say".' })
  get negated(): boolean { return this.attribution.negated }

  @Field(() => Source, { nullable: true, description: 'Who is credited. Null where the text credits nobody in particular.' })
  get source(): Source | null { return sourceOfAttribution(this.index, this.attribution) }

  @Field(() => Attribution, { nullable: true, description: 'The earlier attribution that "they" or "the official" refers back to.' })
  get antecedent(): Attribution | null { return this.related(this.attribution.antecedent) }

  @Field(() => Attribution, { nullable: true, description: 'The attribution inside whose content this one stands: "officials say …, two sources said".' })
  get parent(): Attribution | null { return this.related(this.attribution.parent) }

  @Field(() => [Attribution], { description: 'The attributions inside this one\'s content.' })
  get nested(): Attribution[] { return this.index.nestedIn(this.attribution).map((attribution) => attributionOf(this.index, attribution)) }

  @Field(() => [Quote], { description: 'The words of it that stand between quotation marks.' })
  get quotes(): Quote[] { return this.index.quotesOf(this.attribution).map((quote) => new Quote(this.index, quote)) }

  @Field(() => OfficialStatement, { nullable: true, description: 'The official statement that it reports. An anonymous source leads the public to none that names who put it out.' })
  get officialStatement(): OfficialStatement | null {
    const statement = this.index.document.statements.find((entry) => entry.attributions.includes(this.attribution.key))
    return statement ? new OfficialStatement(this.index, statement) : null
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was said, if known (the beginning, where only a span is). Of an anonymous source the public has the beginning of the day, and only if the story says when.' })
  get saidAt(): string | null { return this.attribution.saidAt?.earliest ?? null }

  @Field(() => String, { nullable: true, description: 'At which public event it was said.' })
  get occasion(): string | null { return this.index.find('events', this.attribution.occasion)?.name ?? null }

  @Field(() => Story, { description: 'The story.' })
  get story(): Story { return new Story(this.index) }

  @NewsroomOnly()
  @Field(() => GroundRules, { description: 'The terms of the conversation. Staff only.' })
  async groundRules(@Ctx() { reader }: GraphQLContext): Promise<GroundRules> {
    const file = await fileOfStory(reader, this.index.record.id)
    const { terms } = termsInForce(this.attribution, this.index.sourceOf(this.attribution)?.lineage, onFile(file))
    const recorded = file.groundRules.filter(({ attributions }) => attributions.includes(this.attribution.lineage)).map(({ agreedAt: at, ...entry }) => ({ ...entry, at }))
    return new GroundRules(terms, [...this.attribution.groundRules.history, ...recorded])
  }

  @NewsroomOnly()
  @Field(() => Boolean, { description: 'Whether a person stands behind it. An unconfirmed one is never public.' })
  get confirmed(): boolean { return this.attribution.confirmed }

  private related(key: string | undefined): Attribution | null {
    const found = this.index.find('attributions', key)
    return found ? attributionOf(this.index, found) : null
  }
}

@ObjectType({ implements: [Node, Attribution], description: 'An attribution whose source the story names, or credits to nobody in particular.' })
export class NamedAttribution extends Attribution {
  readonly __typename = 'NamedAttribution'
}

@ObjectType({ implements: [Node, Attribution], description: 'An attribution whose source the story does not name.' })
export class AnonymousAttribution extends Attribution {
  readonly __typename = 'AnonymousAttribution'

  @Field(() => AnonymousSource, { description: 'The source, as published.' })
  get anonymousSource(): AnonymousSource { return this.source as AnonymousSource }

  @Field(() => String, { description: 'The words that stand for the source at this place: "the official"; the source\'s descriptor where there are none.' })
  get descriptor(): string { return this.attribution.mention?.exact ?? this.anonymousSource.descriptor }
}

export function attributionOf(story: StoryIndex, attribution: DocumentAttribution): Attribution {
  return story.sourceOf(attribution)?.kind === 'ANONYMOUS' ? new AnonymousAttribution(story, attribution) : new NamedAttribution(story, attribution)
}
