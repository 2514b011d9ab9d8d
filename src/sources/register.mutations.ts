import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { again } from '../graphql/again.js'
import { Does } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { badInput } from '../graphql/errors.js'
import { keyOfId, parseGlobalId } from '../graphql/global-id.js'
import { change } from '../graphql/mutation.js'
import { DESK_CODES, errorsOf, input, payloadType } from '../graphql/payload.js'
import { addAlias, findOrCreate, setAffiliation, type GivenAffiliation } from './edit-register.js'
import { mergeEntries, unmergeEntry } from './merge-entries.js'
import type { Kind } from './register.js'
import { AddAliasInput, FindOrCreateOrganizationInput, FindOrCreatePersonInput, MergeInput, SetAffiliationInput, UnmergeInput, type AffiliationInput } from './register.inputs.js'
import { OrganizationEntry, PersonEntry, registerOf } from './register.types.js'

const NAME_CODES = { INVALID_NAME: 'The name cannot be stored.', TOO_MANY: 'The entry would have too many aliases.' } as const
const ALIAS_TAKEN = { ALIAS_TAKEN: 'The name belongs to somebody else.' } as const
const TITLE_CODES = { UNKNOWN_ORGANIZATION: 'There is no such organization.', INVALID_DATE: 'The day is none.', TIME_RANGE_BACKWARDS: 'The title would end before it begins.' } as const
const NOT_FOUND = { NOT_FOUND: 'There is no such entry.' } as const
const AMBIGUOUS = { AMBIGUOUS: 'Several go by the name.' } as const
const MERGE_CODES = { ...DESK_CODES, ...NOT_FOUND, SAME_ENTRY: 'Both are the same.', CYCLE: 'They were merged the other way round.', ALREADY_MERGED: 'It was merged into another.' } as const

const person = { person: { type: () => PersonEntry, description: 'The entry; after a merge, the one that stays.' } }
const organization = { organization: { type: () => OrganizationEntry, description: 'The entry; after a merge, the one that stays.' } }
const created = { created: { type: () => Boolean, description: 'Whether the entry is new.' } }
const candidates = (type: () => object) => ({ candidates: { type: () => [type()], nullable: false, description: 'Those whom the name may mean, where there are several; those who have the alias, where it is taken.' } })

const FindOrCreatePersonPayload = payloadType('findOrCreatePerson', { ...DESK_CODES, ...NAME_CODES, ...ALIAS_TAKEN, ...AMBIGUOUS, ...TITLE_CODES }, { ...person, ...created, ...candidates(() => PersonEntry) })
const FindOrCreateOrganizationPayload = payloadType('findOrCreateOrganization', { ...DESK_CODES, ...NAME_CODES, ...ALIAS_TAKEN, ...AMBIGUOUS }, { ...organization, ...created, ...candidates(() => OrganizationEntry) })
const AddAliasPayload = payloadType('addAlias', { ...DESK_CODES, ...NOT_FOUND, ...NAME_CODES, ...ALIAS_TAKEN }, { ...person, ...organization })
const SetAffiliationPayload = payloadType('setAffiliation', { ...DESK_CODES, ...NOT_FOUND, INVALID_NAME: 'The title cannot be stored.', ...TITLE_CODES }, person)
const MergePeoplePayload = payloadType('mergePeople', MERGE_CODES, person)
const MergeOrganizationsPayload = payloadType('mergeOrganizations', MERGE_CODES, organization)
const UnmergePayload = payloadType('unmerge', { ...DESK_CODES, ...NOT_FOUND, NOT_MERGED: 'It was merged into nobody.' }, { ...person, ...organization })

@Resolver()
export class RegisterMutations {
  @Does('EDIT_REGISTER')
  @Mutation(() => FindOrCreatePersonPayload, { description: 'The one person who goes by a name or alias, or a new entry. For reporters and editors.' })
  findOrCreatePerson(@Ctx() context: GraphQLContext, @Arg(...input(() => FindOrCreatePersonInput)) given: FindOrCreatePersonInput): Promise<object> {
    const entry = { name: given.name, aliases: given.aliases, isAnother: given.isAnother, affiliation: given.affiliation ? affiliationOf(given.affiliation, 'affiliation.organizationId') : undefined }
    return done(context, 'Person', () => change(context, 'findOrCreatePerson', given, (queries) => findOrCreate(queries, 'Person', entry, context.newId)))
  }

  @Does('EDIT_REGISTER')
  @Mutation(() => FindOrCreateOrganizationPayload, { description: 'The one organization that goes by a name or alias, or a new entry. For reporters and editors.' })
  findOrCreateOrganization(@Ctx() context: GraphQLContext, @Arg(...input(() => FindOrCreateOrganizationInput)) given: FindOrCreateOrganizationInput): Promise<object> {
    const entry = { name: given.name, aliases: given.aliases, isAnother: given.isAnother }
    return done(context, 'Organization', () => change(context, 'findOrCreateOrganization', given, (queries) => findOrCreate(queries, 'Organization', entry, context.newId)))
  }

  @Does('EDIT_REGISTER')
  @Mutation(() => AddAliasPayload, { description: 'Adds another name to a person or organization. For reporters and editors.' })
  addAlias(@Ctx() context: GraphQLContext, @Arg(...input(() => AddAliasInput)) given: AddAliasInput): Promise<object> {
    const { kind, key } = entryOfId(given.id)
    return done(context, kind, () => change(context, 'addAlias', given, (queries) => addAlias(queries, kind, key, given.alias)))
  }

  @Does('EDIT_REGISTER')
  @Mutation(() => SetAffiliationPayload, { description: 'Records a title that a person holds or held. Stories keep the titles they were saved with. For reporters and editors.' })
  setAffiliation(@Ctx() context: GraphQLContext, @Arg(...input(() => SetAffiliationInput)) given: SetAffiliationInput): Promise<object> {
    const key = keyOfId('Person', given.personId, 'personId')
    const affiliation = affiliationOf(given.affiliation, 'affiliation.organizationId')
    return done(context, 'Person', () => change(context, 'setAffiliation', given, (queries) => setAffiliation(queries, key, affiliation, context.newId)))
  }

  @Does('MERGE_ENTRIES')
  @Mutation(() => MergePeoplePayload, { description: 'Makes one person the duplicate of another: lists join, and either leads to the one that stays. No revision changes. For editors.' })
  mergePeople(@Ctx() context: GraphQLContext, @Arg(...input(() => MergeInput)) given: MergeInput): Promise<object> {
    return merging(context, 'mergePeople', 'Person', given)
  }

  @Does('MERGE_ENTRIES')
  @Mutation(() => MergeOrganizationsPayload, { description: 'The same for organizations. For editors.' })
  mergeOrganizations(@Ctx() context: GraphQLContext, @Arg(...input(() => MergeInput)) given: MergeInput): Promise<object> {
    return merging(context, 'mergeOrganizations', 'Organization', given)
  }

  @Does('MERGE_ENTRIES')
  @Mutation(() => UnmergePayload, { description: 'Takes a merge back. For editors.' })
  unmerge(@Ctx() context: GraphQLContext, @Arg(...input(() => UnmergeInput)) given: UnmergeInput): Promise<object> {
    const { kind, key } = entryOfId(given.id)
    return done(context, kind, () => change(context, 'unmerge', given, (queries) => unmergeEntry(queries, kind, key)))
  }
}

function merging(context: GraphQLContext, mutation: string, kind: Kind, given: MergeInput): Promise<object> {
  const keys = { into: keyOfId(kind, given.intoId, 'intoId'), from: keyOfId(kind, given.fromId, 'fromId') }
  return done(context, kind, () => change(context, mutation, given, (queries, staff) => mergeEntries(queries, kind, keys, staff, context.now)))
}

function entryOfId(id: string): { kind: Kind; key: string } {
  const parsed = parseGlobalId(id)
  if (parsed?.type !== 'Person' && parsed?.type !== 'Organization') throw badInput('Argument "id" is not the id of a Person or an Organization; use the "id" field of one.')
  return { kind: parsed.type, key: parsed.key }
}

function affiliationOf({ organizationId, title, from, to }: AffiliationInput, argument: string): GivenAffiliation {
  return { organization: keyOfId('Organization', organizationId, argument), title, from: from ?? undefined, to: to ?? undefined }
}

interface Outcome { readonly ok: boolean; readonly id?: string; readonly created?: boolean; readonly code?: string; readonly message?: string; readonly path?: string; readonly candidates?: readonly string[] }

async function done(context: GraphQLContext, kind: Kind, work: () => Promise<Outcome>): Promise<object> {
  const outcome = await again(work)
  const register = registerOf(context)
  const Type = kind === 'Person' ? PersonEntry : OrganizationEntry
  const found = async (id: string) => Type.maybe(register, await register.byId(kind, id))
  return {
    person: null, organization: null, created: outcome.created ?? null,
    ...(outcome.ok && { [kind === 'Person' ? 'person' : 'organization']: await found(outcome.id!) }),
    candidates: await Promise.all((outcome.candidates ?? []).map(found)),
    errors: errorsOf(outcome),
  }
}
