import { Args, ArgsType, Ctx, Field, FieldResolver, InputType, Query, Resolver, Root } from 'type-graphql'
import { QUOTES, type QuoteFilter, type SpeechFilter } from '../database/read/index.js'
import { connectionType, PageArgs, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { listField, listOfParent } from '../graphql/list-field.js'
import { DateTime } from '../graphql/scalars.js'
import { SourceKind, Speech } from '../sources/enums.js'
import { StoryFilterInput, TimeOrder } from '../stories/story-filter.input.js'
import { quoteOfRow } from './quote-lists.js'
import { Quote, QuoteStanding } from './quote.types.js'

export const QuoteConnection = connectionType<Quote>('Quote', () => Quote)

@InputType({ description: 'Conditions on who said something, and how; all that are given must hold.' })
export class SpeechFilterInput implements SpeechFilter {
  @Field(() => String, { nullable: true, description: 'Key of the named person who said it.' })
  speaker?: string

  @Field(() => String, { nullable: true, description: 'Key of the organization that said it, or for which the speaker stands in the story.' })
  speakerOrganization?: string

  @Field(() => [Speech], { nullable: true, description: 'Any of these renderings.' })
  speech?: string[]

  @Field(() => [SourceKind], { nullable: true, description: 'Any of these kinds of source.' })
  sourceKinds?: string[]

  @Field(() => DateTime, { nullable: true, description: 'Said at this instant or later; where that is not public, first published then.' })
  saidFrom?: Date

  @Field(() => DateTime, { nullable: true, description: 'Said before this instant; where that is not public, first published before it.' })
  saidBefore?: Date
}

@InputType({ description: 'Conditions on quotes; all that are given must hold.' })
export class QuoteFilterInput extends SpeechFilterInput implements QuoteFilter {
  @Field(() => String, { nullable: true, description: 'Id of an official statement that the quote excerpts.' })
  statement?: string

  @Field(() => String, { nullable: true, description: 'Words in the quote. Quotation marks keep a phrase together, a minus excludes a word.' })
  text?: string

  @Field(() => [QuoteStanding], { nullable: true, description: 'Any of these standings.' })
  standing?: string[]
}

@ArgsType()
class QuotesArgs extends PageArgs {
  @Field(() => QuoteFilterInput, { nullable: true, description: 'Conditions on the quotes.' })
  filter?: QuoteFilterInput

  @Field(() => StoryFilterInput, { nullable: true, description: 'Conditions on the stories they stand in.' })
  stories?: StoryFilterInput

  @Field(() => TimeOrder, { defaultValue: 'NEWEST', description: 'In which order.' })
  orderBy!: string
}

@Resolver(() => Quote)
export class QuoteResolver {
  @Query(() => QuoteConnection, { description: 'Quotes of all stories that the viewer may see.' })
  quotes(@Ctx() context: GraphQLContext, @Args(() => QuotesArgs) { filter, stories, orderBy, ...page }: QuotesArgs): Promise<Connection<Quote>> {
    const conditions = { stories, order: orderBy, filter: filter && { ...filter, statement: filter.statement && keyOfId('OfficialStatement', filter.statement, 'filter.statement') } }
    return listField(context, 'quotes', QUOTES, page, conditions, quoteOfRow)
  }

  @FieldResolver(() => QuoteConnection, { description: 'The same named speaker\'s other quotes, in this story and others. Empty for an unnamed source: its words are never joined beyond the story.' })
  async otherQuotes(@Root() quote: Quote, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Quote>> {
    const person = quote.speaker?.person.key
    // A speaker without a name asks for nobody's quotes, in the same statement as its neighbours.
    return listOfParent(context, 'otherQuotes', QUOTES, 'speakerBut', `${person ?? ''}/${quote.quote.lineage}`, page, {}, quoteOfRow)
  }
}
