import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { attributionReport, profileOf, rules } from '../checks/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { connectionType, NodePage, PageInfo, pagingOf, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { badInput } from '../graphql/errors.js'
import { keyOfId } from '../graphql/global-id.js'
import { Story } from '../stories/story.types.js'
import { archivePage } from './archive.js'
import { AttributionReport, DeskSourcing } from './attribution-report.types.js'
import { CheckFailed } from './checker.js'
import { Finding } from './finding.types.js'
import { AnonymousSourcingArgs, AttributionReportArgs, FindingsArgs, ProfileArgs, StoryFindingsArgs } from './findings.inputs.js'
import { isWanted, judgedOf, waiversWithForce } from './judged.js'
import { profileOfEnum, Rule } from './rule.types.js'
import { deskMonths } from './sourcing.store.js'
import { Waiver } from './waiver.types.js'

const YEAR = 365 * 24 * 60 * 60 * 1000
const FindingConnection = connectionType<Finding>('Finding', () => Finding)

/** A check that came to no end is the caller's to know of, not a bug. */
export async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof CheckFailed ? badInput(`The checks came to no end: ${error.message}`) : error
  }
}

@Resolver(() => Story)
export class StoryFindingsResolver {
  @NewsroomOnly()
  @FieldResolver(() => [Finding], { description: 'What the checks report about the revision read here, most severe first. Staff only.' })
  async findings(@Root() { index }: Story, @Ctx() context: GraphQLContext, @Args(() => StoryFindingsArgs) { profile, ...wanted }: StoryFindingsArgs): Promise<Finding[]> {
    const judged = await told(judgedOf(context.reader, context.checker, index.record, profileOf(profileOfEnum(profile, context.checker))))
    return judged.filter((each) => isWanted(each, wanted)).map(({ finding, waiver }) => new Finding(index, finding, waiver, index))
  }

  @NewsroomOnly()
  @FieldResolver(() => [Waiver], { description: 'Every waiver that was given for the story, newest first, also those that lapsed or were revoked. Staff only.' })
  async waivers(@Root() { index }: Story, @Ctx() context: GraphQLContext): Promise<Waiver[]> {
    return (await told(waiversWithForce(context.reader, context.checker, index.record))).map(({ waiver, holds }) => new Waiver(waiver, holds))
  }
}

@Resolver()
export class FindingsResolver {
  @NewsroomOnly()
  @Query(() => FindingConnection, { description: 'Findings across the archive, in the current revision of each story; stories newest first. Staff only.' })
  async findings(@Ctx() context: GraphQLContext, @Args(() => FindingsArgs) { filter, profile, ...page }: FindingsArgs): Promise<Connection<Finding>> {
    const known = new Set(rules.list().map(({ id }) => id))
    const unknown = filter?.rules?.find((id) => !known.has(id))
    if (unknown !== undefined) throw badInput(`There is no rule "${unknown}"; the query "rules" lists them.`)
    const { request, boundTo } = pagingOf(context, page, 'findings', [filter, profile])
    const severities = filter?.severities ? new Set(filter.severities) : undefined
    const found = await told(archivePage(context.reader, context.checker, {
      stories: { desks: filter?.desks ?? undefined, journalist: filter?.journalist ?? undefined }, savedSince: filter?.since ?? undefined,
      rules: filter?.rules ? new Set(filter.rules) : undefined, severities, includeWaived: filter?.includeWaived, profile: profileOf(profileOfEnum(profile, context.checker)), limit: request.limit, after: request.after,
    }))
    const nodes = found.entries.map(({ story, judged: { finding, waiver } }) => {
      const index = context.index(story)
      return new Finding(index, finding, waiver, index)
    })
    const seal = (place: readonly string[] | undefined) => (place ? context.cursors.seal(place, boundTo) : null)
    return new NodePage(nodes, (index) => seal(found.entries[index]!.place)!, new PageInfo(found.hasMore, request.after !== undefined, () => seal(found.entries[0]?.place), () => seal(found.end)))
  }

  @NewsroomOnly()
  @Query(() => AttributionReport, { nullable: true, description: 'Who carries a story: its cast, how much of it is anonymous, what rests on one source. Null where there is no such story. Staff only.' })
  async attributionReport(@Ctx() context: GraphQLContext, @Args(() => AttributionReportArgs) { storyId }: AttributionReportArgs): Promise<AttributionReport | null> {
    const story = await context.storyById(keyOfId('Story', storyId, 'storyId'))
    return story ? new AttributionReport(attributionReport(story.document)) : null
  }

  @NewsroomOnly()
  @Query(() => [DeskSourcing], { description: 'How much of what each desk published is credited to sources that the copy does not name, month by month. Staff only.' })
  async anonymousSourcing(@Ctx() { database, now }: GraphQLContext, @Args(() => AnonymousSourcingArgs) { from, before, desks }: AnonymousSourcingArgs): Promise<DeskSourcing[]> {
    const end = before ?? now
    return (await deskMonths(database, from ?? new Date(end.getTime() - YEAR), end, desks ?? undefined)).map((row) => new DeskSourcing(row))
  }

  @NewsroomOnly()
  @Query(() => [Rule], { description: 'The checks that stories are put through, by id. Staff only.' })
  rules(@Ctx() { checker }: GraphQLContext, @Args(() => ProfileArgs) { profile }: ProfileArgs): Rule[] {
    const under = profileOfEnum(profile, checker)
    return rules.list(under).map(({ id }) => new Rule(rules.explain(id, under)!, checker)).sort((a, b) => (a.id < b.id ? -1 : 1))
  }
}
