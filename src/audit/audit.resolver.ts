import { Args, Ctx, Query, Resolver } from 'type-graphql'
import { Does } from '../graphql/audience.js'
import { connectionOf, pagingOf, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { AuditLogArgs, AuditLogRecord, AuditLogRecordConnection } from './audit.types.js'
import { rowsBefore } from './audit.store.js'

@Resolver()
export class AuditResolver {
  @Does('READ_AUDIT')
  @Query(() => AuditLogRecordConnection, { description: 'The audit log of the vault, newest first. For administrators.' })
  async auditLog(@Ctx() context: GraphQLContext, @Args(() => AuditLogArgs) { first, after }: AuditLogArgs): Promise<Connection<AuditLogRecord>> {
    const paging = pagingOf(context, { first: first ?? null, after: after ?? null }, 'auditLog', null)
    const { limit, after: place } = paging.request
    const found = await rowsBefore(context.database, place ? Number(place[0]) : null, limit + 1)
    const rows = found.slice(0, limit)
    const page = { rows: rows.map(({ number }) => ({ place: [String(number)] })), hasMore: found.length > limit }
    return connectionOf(context, paging, page, rows.map((row) => new AuditLogRecord(row)))
  }
}
