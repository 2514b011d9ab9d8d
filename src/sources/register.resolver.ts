import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { contains, deskPage, ORGANIZATIONS, PERSONS } from '../database/read/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { connectionOf, connectionType, PageArgs, pagingOf, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { badInput } from '../graphql/errors.js'
import { keyOfId } from '../graphql/global-id.js'
import { findOne } from '../graphql/list-field.js'
import { organizationOfRow, personOfRow } from './entity.resolver.js'
import { Organization, Person } from './entity.types.js'
import type { Entry, Kind } from './register.js'
import { OrganizationEntry, PersonEntry, registerOf } from './register.types.js'

const PersonEntryConnection = connectionType<PersonEntry>('PersonEntry', () => PersonEntry)
const OrganizationEntryConnection = connectionType<OrganizationEntry>('OrganizationEntry', () => OrganizationEntry)

@ArgsType()
class EntryArgs {
  @Field(() => String, { nullable: true, description: 'Its key.' })
  key?: string | null

  @Field(() => ID, { nullable: true, description: 'Its id. Give this or the key.' })
  id?: string | null
}

@ArgsType()
class EntriesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Part of a name or alias; case, accents and punctuation do not count.' })
  name?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'Whether entries that were merged into others are listed too.' })
  withDuplicates!: boolean
}

@Resolver(() => PersonEntry)
export class PersonEntryResolver {
  @NewsroomOnly()
  @Query(() => PersonEntry, { nullable: true, description: 'A person of the register, by key or id. For staff.' })
  async personEntry(@Ctx() context: GraphQLContext, @Args(() => EntryArgs) args: EntryArgs): Promise<PersonEntry | null> {
    return PersonEntry.maybe(registerOf(context), await entryOf(context, 'Person', args))
  }

  @NewsroomOnly()
  @Query(() => PersonEntryConnection, { description: 'The register of people, by key. For staff.' })
  personEntries(@Ctx() context: GraphQLContext, @Args(() => EntriesArgs) args: EntriesArgs): Promise<Connection<PersonEntry>> {
    return entriesOf(context, 'Person', args, (entry) => new PersonEntry(registerOf(context), entry))
  }

  @FieldResolver(() => Person, { nullable: true, description: 'The person as stories speak of them; a duplicate leads to the one it was merged into. Null where no story does.' })
  person(@Root() { key }: PersonEntry, @Ctx() context: GraphQLContext): Promise<Person | null> {
    return findOne(context, 'persons', PERSONS, 'key', key, personOfRow)
  }
}

@Resolver(() => OrganizationEntry)
export class OrganizationEntryResolver {
  @NewsroomOnly()
  @Query(() => OrganizationEntry, { nullable: true, description: 'An organization of the register, by key or id. For staff.' })
  async organizationEntry(@Ctx() context: GraphQLContext, @Args(() => EntryArgs) args: EntryArgs): Promise<OrganizationEntry | null> {
    return OrganizationEntry.maybe(registerOf(context), await entryOf(context, 'Organization', args))
  }

  @NewsroomOnly()
  @Query(() => OrganizationEntryConnection, { description: 'The register of organizations, by key. For staff.' })
  organizationEntries(@Ctx() context: GraphQLContext, @Args(() => EntriesArgs) args: EntriesArgs): Promise<Connection<OrganizationEntry>> {
    return entriesOf(context, 'Organization', args, (entry) => new OrganizationEntry(registerOf(context), entry))
  }

  @FieldResolver(() => Organization, { nullable: true, description: 'The organization as stories speak of it; a duplicate leads to the one it was merged into. Null where no story does.' })
  organization(@Root() { key }: OrganizationEntry, @Ctx() context: GraphQLContext): Promise<Organization | null> {
    return findOne(context, 'organizations', ORGANIZATIONS, 'key', key, organizationOfRow)
  }
}

function entryOf(context: GraphQLContext, kind: Kind, { key, id }: EntryArgs): Promise<Entry | undefined> {
  const hasKey = key !== undefined && key !== null
  if (hasKey === (id !== undefined && id !== null)) throw badInput('Give "key" or "id", one of the two.')
  return registerOf(context).byKey(kind, hasKey ? key : keyOfId(kind, id!, 'id'))
}

async function entriesOf<T>(context: GraphQLContext, kind: Kind, { name, withDuplicates, ...args }: EntriesArgs, toNode: (entry: Entry) => T): Promise<Connection<T>> {
  const paging = pagingOf(context, args, `${kind} entries`, { name, withDuplicates })
  const list = { name: 'register', from: `"${kind}" AS e`, id: 'e."id"', order: [{ sql: 'e."key"', type: 'text', descending: false }] } as const
  const page = await deskPage(context.database, list, (parameters) => [
    ...(withDuplicates ? [] : ['e."mergedIntoId" IS NULL']),
    ...(name ? [`EXISTS (SELECT FROM unnest(e."names") AS known WHERE ${contains('known', `"folded_name"(${parameters.add(name, 'text')})`)})`] : []),
  ], paging.request)
  const entries = await Promise.all(page.rows.map((row) => registerOf(context).byId(kind, row.id)))
  return connectionOf(context, paging, page, entries.map((entry) => toNode(entry!)))
}
