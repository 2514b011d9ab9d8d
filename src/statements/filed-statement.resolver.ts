import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { contains, deskPage, STORIES } from '../database/read/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { connectionOf, connectionType, PageArgs, pagingOf, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { listOfParent } from '../graphql/list-field.js'
import { Quote } from '../quotes/quote.types.js'
import { StoryConnection } from '../stories/story-connection.js'
import { Story } from '../stories/story.types.js'
import { ExcerptProposal, FiledStatement, filesOf } from './filed-statement.types.js'
import { placesOfAll } from './find-excerpts.js'
import { newestText } from './statement-file.js'
import { OfficialStatement } from './statement.types.js'

/** Words that one search takes. */
const MOST_WORDS = 10
const FiledStatementConnection = connectionType<FiledStatement>('FiledStatement', () => FiledStatement)

@ArgsType()
class FiledStatementArgs {
  @Field(() => ID, { description: 'Its id.' })
  id!: string
}

@ArgsType()
class FiledStatementsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Of this organization, or of one merged with it.' })
  issuerId?: string | null

  @Field(() => Boolean, { nullable: true, description: 'Only those under an embargo of their own now, or only the others.' })
  underEmbargo?: boolean | null

  @Field(() => String, { nullable: true, description: 'Words that stand in its newest text or in the name of its issuer, each of them anywhere; case does not count. At most 10.' })
  words?: string | null
}

@ArgsType()
class FindExcerptsArgs {
  @Field(() => ID, { description: 'The statement, on file or reported by a story.' })
  statementId!: string

  @Field(() => ID, { description: 'The story, as a draft.' })
  storyId!: string
}

@Resolver(() => FiledStatement)
export class FiledStatementResolver {
  @NewsroomOnly()
  @Query(() => FiledStatement, { nullable: true, description: 'A statement on file. For staff.' })
  async filedStatement(@Ctx() context: GraphQLContext, @Args(() => FiledStatementArgs) { id }: FiledStatementArgs): Promise<FiledStatement | null> {
    return FiledStatement.maybe(context, await filesOf(context).load(keyOfId('OfficialStatement', id, 'id')))
  }

  @NewsroomOnly()
  @Query(() => FiledStatementConnection, { description: 'The statements on file, the last filed first. For staff.' })
  async filedStatements(@Ctx() context: GraphQLContext, @Args(() => FiledStatementsArgs) { issuerId, underEmbargo, words, ...page }: FiledStatementsArgs): Promise<Connection<FiledStatement>> {
    const issuer = issuerId === null || issuerId === undefined ? undefined : keyOfId('Organization', issuerId, 'issuerId')
    const paging = pagingOf(context, page, 'filedStatements', { issuer, underEmbargo, words })
    const order = [{ sql: 'f."filedAt"', type: 'timestamptz', descending: true }, { sql: 'f."statementId"', type: 'uuid', descending: false }] as const
    const found = await deskPage(context.database, { name: 'filed_statements', from: '"FiledStatement" AS f JOIN "OfficialStatement" AS s ON s."id" = f."statementId" JOIN "Organization" AS o ON o."id" = s."issuerId"', id: 'f."statementId"', order }, (parameters) => [
      ...(issuer === undefined ? [] : [`coalesce(o."survivorId", o."id") = (SELECT coalesce(g."survivorId", g."id") FROM "Organization" AS g WHERE g."key" = ${parameters.add(issuer, 'text')})`]),
      ...(underEmbargo === undefined || underEmbargo === null ? [] : [`coalesce(f."embargoedUntil" > ${parameters.add(context.now, 'timestamptz')}, false) = ${parameters.add(underEmbargo, 'boolean')}`]),
      ...(words ?? '').split(/\s+/u).filter(Boolean).slice(0, MOST_WORDS).map((word) => {
        const given = parameters.add(word, 'text')
        return `(${contains('o."name"', given)} OR ${contains('(SELECT t."text" FROM "StatementText" AS t WHERE t."statementId" = f."statementId" ORDER BY t."takenAt" DESC LIMIT 1)', given)})`
      }),
    ], paging.request)
    const files = await Promise.all(found.rows.map((row) => filesOf(context).load(row.id)))
    return connectionOf(context, paging, found, files.map((file) => new FiledStatement(context, file!)))
  }

  @NewsroomOnly()
  @Query(() => [ExcerptProposal], { nullable: true, description: 'Which quotes of a draft stand word for word in a statement, and where: quotation marks, spaces and the comma before a closing mark do not count. Null where there is no such story or statement. For staff.' })
  async findExcerpts(@Ctx() context: GraphQLContext, @Args(() => FindExcerptsArgs) args: FindExcerptsArgs): Promise<ExcerptProposal[] | null> {
    const id = keyOfId('OfficialStatement', args.statementId, 'statementId')
    const [story, text] = await Promise.all([context.storyById(keyOfId('Story', args.storyId, 'storyId')), newestText(context.database, id)])
    if (!story || text === undefined) return null
    const { quotes } = story.document
    const places = placesOfAll(text, quotes.map((quote) => quote.ranges.map((range) => range.exact)))
    return quotes.flatMap((quote, index) => places[index]!.map(({ start, end }) => {
      const { excerptOf } = quote
      const isLinked = excerptOf?.start === start && excerptOf.end === end && story.find('statements', excerptOf.statement)?.lineage === id
      return new ExcerptProposal(new Quote(story, quote), start, end, text.slice(start, end), isLinked)
    }))
  }

  @FieldResolver(() => StoryConnection, { description: 'The stories that report it, drafts included.' })
  stories(@Root() { file }: FiledStatement, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Story>> {
    return listOfParent(context, 'stories', STORIES, 'statement', file.id, page, {}, (story) => new Story(story))
  }
}

@Resolver(() => OfficialStatement)
export class StatementFileResolver {
  @NewsroomOnly()
  @FieldResolver(() => FiledStatement, { nullable: true, description: 'The statement as it is on file, whose embargo and release hold. Null where nobody filed it. Staff only.' })
  async file(@Root() { statement }: OfficialStatement, @Ctx() context: GraphQLContext): Promise<FiledStatement | null> {
    return FiledStatement.maybe(context, await filesOf(context).load(statement.lineage))
  }
}
