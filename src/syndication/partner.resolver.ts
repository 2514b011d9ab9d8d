import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql'
import { contains, deskPage } from '../database/read/index.js'
import { Does } from '../graphql/audience.js'
import { connectionOf, connectionType, PageArgs, pagingOf, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { Partner, partnersOf, uuidOfId } from './partner.types.js'

const PartnerConnection = connectionType<Partner>('Partner', () => Partner)

@ArgsType()
class PartnerArgs {
  @Field(() => ID, { description: 'Its id.' })
  id!: string
}

@ArgsType()
class PartnersArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Part of the name.' })
  name?: string | null
}

@Resolver()
export class PartnerResolver {
  @Does('READ_PARTNERS')
  @Query(() => Partner, { nullable: true, description: 'A partner by its id. For editors and administrators; refused to others, whether or not there is one.' })
  async partner(@Ctx() context: GraphQLContext, @Args(() => PartnerArgs) { id }: PartnerArgs): Promise<Partner | null> {
    return Partner.maybe(context, await partnersOf(context).byId.load(uuidOfId('Partner', id, 'id')))
  }

  @Does('READ_PARTNERS')
  @Query(() => PartnerConnection, { description: 'The outlets that take stories, by name. For editors and administrators; refused to others.' })
  async partners(@Ctx() context: GraphQLContext, @Args(() => PartnersArgs) { name, ...page }: PartnersArgs): Promise<Connection<Partner>> {
    const paging = pagingOf(context, page, 'partners', { name })
    const order = [{ sql: 'p."name"', type: 'text', descending: false }, { sql: 'p."id"', type: 'uuid', descending: false }] as const
    const found = await deskPage(context.database, { name: 'partner_list', from: '"Partner" AS p', id: 'p."id"', order }, (parameters) => (name ? [contains('p."name"', parameters.add(name, 'text'))] : []), paging.request)
    const files = await Promise.all(found.rows.map((row) => partnersOf(context).byId.load(row.id)))
    return connectionOf(context, paging, found, files.map((file) => new Partner(context, file!)))
  }
}

/** @throws FORBIDDEN before anything is read, so that who is refused learns nothing of which partners there are (I5). */