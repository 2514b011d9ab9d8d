import { Args, ArgsType, Ctx, Field, FieldResolver, InputType, Query, Resolver, Root } from 'type-graphql'
import { QUOTES, STATEMENTS, STORIES, type StatementFilter } from '../database/read/index.js'
import { connectionType, PageArgs, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { listField, listOfParent } from '../graphql/list-field.js'
import { DateTime } from '../graphql/scalars.js'
import { quoteOfRow } from '../quotes/quote-lists.js'
import { QuoteConnection } from '../quotes/quote.resolver.js'
import type { Quote } from '../quotes/quote.types.js'
import { StoryConnection } from '../stories/story-connection.js'
import { StoryFilterInput, TimeOrder } from '../stories/story-filter.input.js'
import type { StoryIndex } from '../stories/story-index.js'
import { Story } from '../stories/story.types.js'
import { OfficialStatement, StatementChannel } from './statement.types.js'

export const OfficialStatementConnection = connectionType<OfficialStatement>('OfficialStatement', () => OfficialStatement)

@InputType({ description: 'Conditions on official statements; all that are given must hold.' })
class OfficialStatementFilterInput implements StatementFilter {
  @Field(() => String, { nullable: true, description: 'Key of the organization whose statements.' })
  issuer?: string

  @Field(() => [StatementChannel], { nullable: true, description: 'Any of these channels.' })
  channels?: string[]

  @Field(() => DateTime, { nullable: true, description: 'Issued at this instant or later; where that is unknown, first reported then.' })
  issuedFrom?: Date

  @Field(() => DateTime, { nullable: true, description: 'Issued before this instant; where that is unknown, first reported before it.' })
  issuedBefore?: Date
}

@ArgsType()
class OfficialStatementsArgs extends PageArgs {
  @Field(() => OfficialStatementFilterInput, { nullable: true, description: 'Conditions on the statements.' })
  filter?: OfficialStatementFilterInput

  @Field(() => StoryFilterInput, { nullable: true, description: 'Conditions on the stories that report them first.' })
  stories?: StoryFilterInput

  @Field(() => TimeOrder, { defaultValue: 'NEWEST', description: 'In which order.' })
  orderBy!: string
}

export function statementOfRow(story: StoryIndex, row: { readonly [column: string]: unknown }): OfficialStatement {
  return new OfficialStatement(story, story.document.statements.find((statement) => statement.lineage === row['lineage'])!)
}

@Resolver(() => OfficialStatement)
export class OfficialStatementResolver {
  @Query(() => OfficialStatementConnection, { description: 'Official statements that stories which the viewer may see report; each once.' })
  officialStatements(@Ctx() context: GraphQLContext, @Args(() => OfficialStatementsArgs) { filter, stories, orderBy, ...page }: OfficialStatementsArgs): Promise<Connection<OfficialStatement>> {
    return listField(context, 'officialStatements', STATEMENTS, page, { stories, filter, order: orderBy }, statementOfRow)
  }

  @FieldResolver(() => QuoteConnection, { description: 'The quotes that excerpt it, in all stories that the viewer may see.' })
  excerpts(@Root() statement: OfficialStatement, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Quote>> {
    return listOfParent(context, 'excerpts', QUOTES, 'statement', statement.statement.lineage, page, {}, quoteOfRow)
  }

  @FieldResolver(() => StoryConnection, { description: 'The stories that report it.' })
  stories(@Root() statement: OfficialStatement, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Story>> {
    return listOfParent(context, 'stories', STORIES, 'statement', statement.statement.lineage, page, {}, (story) => new Story(story))
  }
}
