import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { deskPage } from '../database/read/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { connectionOf, connectionType, pagingOf, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { Story } from '../stories/story.types.js'
import { fileOfStory } from './agreement-file.js'
import { APPROVAL_SQL, type RecordedApproval } from './agreement.store.js'
import { ApprovalsArgs } from './agreement.inputs.js'
import { AnonymityAgreement, Approval } from './agreement.types.js'
import { notedFacts } from './noted.store.js'
import { SourceChange } from './source-change.types.js'
import { sourcesOnFile } from './timeline.js'

const ApprovalConnection = connectionType<Approval>('Approval', () => Approval)

@Resolver(() => Story)
export class StoryAgreementsResolver {
  @NewsroomOnly()
  @FieldResolver(() => [AnonymityAgreement], { description: 'What is on file about every anonymous source that the story has, or ever had. Staff only.' })
  async agreements(@Root() { index }: Story, @Ctx() { reader }: GraphQLContext): Promise<AnonymityAgreement[]> {
    const { id } = index.record
    const [file, noted] = await Promise.all([fileOfStory(reader, id), notedFacts(reader, id)])
    return sourcesOnFile(file, noted, index.document.sources.map(({ lineage }) => lineage)).map((source) => new AnonymityAgreement(index, source, file))
  }

  @NewsroomOnly()
  @FieldResolver(() => [SourceChange], { description: 'Attributions that must no longer be credited to their source, by day. Staff only.' })
  async sourceChanges(@Root() { index }: Story, @Ctx() { reader }: GraphQLContext): Promise<SourceChange[]> {
    return (await fileOfStory(reader, index.record.id)).changes.map((row) => new SourceChange(index, row))
  }
}

@Resolver()
export class ApprovalsResolver {
  @NewsroomOnly()
  @Query(() => ApprovalConnection, { description: 'Approvals recorded beside the revisions, across all stories, the latest first. Those that came with a document stand at its sources (`AnonymousSource.agreed`). Staff only.' })
  async approvals(@Ctx() context: GraphQLContext, @Args(() => ApprovalsArgs) { filter, ...page }: ApprovalsArgs): Promise<Connection<Approval>> {
    const { approvedBy, desks, storyId, from, before, revoked } = filter ?? {}
    const paging = pagingOf(context, page, 'approvals', filter)
    const story = storyId === null || storyId === undefined ? undefined : keyOfId('Story', storyId, 'filter.storyId')
    const order = [{ sql: 'x."approvedAt"', type: 'timestamptz', descending: true }, { sql: 'x."id"', type: 'uuid', descending: false }] as const
    const found = await deskPage(context.database, { name: 'approval_list', from: '"RecordedApproval" AS x JOIN "Story" AS s ON s."id" = x."storyId" JOIN "Revision" AS r ON r."id" = s."currentRevisionId"', id: `json_build_object('storyId', x."storyId", 'approval', ${APPROVAL_SQL})::text`, order }, (p) => [
      ...(typeof approvedBy === 'string' ? [`x."approvedBy" = ${p.add(approvedBy, 'text')}`] : []),
      ...(desks ? [`r."desk" = ANY (${p.add(desks, 'text[]')})`] : []),
      ...(story === undefined ? [] : [`x."storyId" = ${p.add(story, 'uuid')}`]),
      ...(from ? [`x."approvedAt" >= ${p.add(from, 'timestamptz')}`] : []),
      ...(before ? [`x."approvedAt" < ${p.add(before, 'timestamptz')}`] : []),
      ...(typeof revoked === 'boolean' ? [`x."revokedAt" IS ${revoked ? 'NOT ' : ''}NULL`] : []),
    ], paging.request)
    const nodes = await Promise.all(found.rows.map(async (row) => {
      const recorded = JSON.parse(row.id) as { readonly storyId: string; readonly approval: RecordedApproval }
      return Approval.recorded((await context.storyById(recorded.storyId))!, recorded.approval)
    }))
    return connectionOf(context, paging, found, nodes)
  }
}
