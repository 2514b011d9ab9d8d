import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { StoryHistory } from '../database/read/index.js'
import { compareDocuments, comparePublicly } from '../document/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { Embargo, EmbargoLift, RevisionChanges, RevisionSummary, VersionChanges } from './history.types.js'
import { Story } from './story.types.js'

/** How a story came to be what it is. */
@Resolver(() => Story)
export class StoryHistoryResolver {
  @NewsroomOnly()
  @FieldResolver(() => [RevisionSummary], { description: 'Its revisions, by number. Staff only.' })
  async revisions(@Root() story: Story, @Ctx() context: GraphQLContext): Promise<RevisionSummary[]> {
    return (await historyOf(story, context)).revisions.map((record) => new RevisionSummary(record))
  }

  @NewsroomOnly()
  @FieldResolver(() => Int, { nullable: true, description: 'Number of the revision that `scheduledFor` publishes: the one that was current when the story was scheduled, whatever was saved since. Null where nothing is scheduled. Staff only.' })
  async scheduledRevision(@Root() story: Story, @Ctx() context: GraphQLContext): Promise<number | null> {
    return (await historyOf(story, context)).scheduledRevision
  }

  @NewsroomOnly()
  @FieldResolver(() => RevisionChanges, { nullable: true, description: 'How two revisions differ. Null where one of them is not there, or its words were expunged. Staff only.' })
  async changes(
    @Root() story: Story, @Ctx() context: GraphQLContext,
    @Arg('from', () => Int, { description: 'Number of the earlier revision.' }) from: number, @Arg('to', () => Int, { description: 'Number of the later revision.' }) to: number,
  ): Promise<RevisionChanges | null> {
    const [before, after] = await Promise.all([context.reader.revision(story.index.record.id, from), context.reader.revision(story.index.record.id, to)])
    return before && after ? new RevisionChanges(compareDocuments(before, after)) : null
  }

  @FieldResolver(() => VersionChanges, { nullable: true, description: 'What changed since a version that the public read before, up to the current one. Null where there is no such version.' })
  async changesSince(@Root() story: Story, @Ctx() context: GraphQLContext, @Arg('version', () => Int, { description: 'The earlier version.' }) version: number): Promise<VersionChanges | null> {
    const { id, version: current } = story.index.record
    const [before, after] = await Promise.all([context.reader.version(id, version), context.reader.version(id, current)])
    return before && after ? new VersionChanges(comparePublicly(before, after)) : null
  }

  @FieldResolver(() => Embargo, { nullable: true, description: 'Its embargo. For partners whose contract gives access in advance, while it lasts: do not publish before. For staff also when it is over. Null for everybody else, who do not see the story before it ends.' })
  async embargo(@Root() story: Story, @Ctx() context: GraphQLContext): Promise<Embargo | null> {
    const { record, isNewsroom, now } = story.index
    if (!isNewsroom) {
      const { embargoedUntil, embargoIsOpen, embargoTerms } = record
      return embargoedUntil !== null && new Date(embargoedUntil) > now ? new Embargo({ until: embargoIsOpen ? null : embargoedUntil, terms: embargoTerms ?? null }) : null
    }
    const { embargo } = await historyOf(story, context)
    return embargo && new Embargo(embargo)
  }

  @NewsroomOnly()
  @FieldResolver(() => [EmbargoLift], { description: 'Embargoes that were lifted by hand, oldest first. Staff only.' })
  async embargoLifts(@Root() story: Story, @Ctx() context: GraphQLContext): Promise<EmbargoLift[]> {
    return (await historyOf(story, context)).lifts.map((record) => new EmbargoLift(record))
  }
}

async function historyOf(story: Story, context: GraphQLContext): Promise<StoryHistory> {
  return (await context.reader.history(story.index.record.id))!
}
