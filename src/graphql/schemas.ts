import 'reflect-metadata'
import { getNamedType, isAbstractType, isLeafType, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql'
import { buildSchemaSync, getMetadataStorage } from 'type-graphql'
import { AgreementMutations } from '../agreements/agreement.mutations.js'
import { ApprovalsResolver, StoryAgreementsResolver } from '../agreements/agreement.resolver.js'
import { AuditResolver } from '../audit/audit.resolver.js'
import { CheckResolver } from '../findings/check.resolver.js'
import { FindingsSubscription } from '../findings/findings.subscription.js'
import { FindingsResolver, StoryFindingsResolver } from '../findings/findings.resolver.js'
import { WaiverMutations } from '../findings/waivers.mutations.js'
import { QuoteResolver } from '../quotes/quote.resolver.js'
import { SearchResolver } from '../search/search.resolver.js'
import { AttributionResolver } from '../sources/attribution.resolver.js'
import { AnonymousAttribution, NamedAttribution } from '../sources/attribution.types.js'
import { JournalistResolver, OrganizationResolver, PersonResolver, TopicResolver } from '../sources/entity.resolver.js'
import { RegisterMutations } from '../sources/register.mutations.js'
import { OrganizationEntryResolver, PersonEntryResolver } from '../sources/register.resolver.js'
import { AnonymousSource, DocumentSource, GroupSource, OrganizationSource, OutletSource, PersonSource } from '../sources/source.types.js'
import { ChallengeMutations } from '../statements/challenge.mutations.js'
import { ChallengeResolver, QuoteChallengesResolver } from '../statements/challenge.resolver.js'
import { DraftMutations } from '../statements/draft.mutations.js'
import { FiledStatementResolver, StatementFileResolver } from '../statements/filed-statement.resolver.js'
import { StatementMutations } from '../statements/statement.mutations.js'
import { RequestResolver } from '../statements/request.resolver.js'
import { OfficialStatementResolver } from '../statements/statement.resolver.js'
import { StoryEditMutations } from '../stories/edit.mutations.js'
import { StoryEditorsResolver } from '../stories/editors.resolver.js'
import { StoryHistoryResolver } from '../stories/history.resolver.js'
import { ProposalMutations } from '../stories/proposal.mutations.js'
import { ProposalResolver } from '../stories/proposal.resolver.js'
import { StoryMutations } from '../stories/story.mutations.js'
import { StorySubscription } from '../stories/story.subscription.js'
import { StoryResolver, StorylineResolver, TombstoneResolver } from '../stories/story.resolver.js'
import { ChangeResolver, NoteToPartnersResolver } from '../syndication/change.resolver.js'
import { ChangedStory, RemovedStory } from '../syndication/change.types.js'
import { PartnerMutations } from '../syndication/partner.mutations.js'
import { PartnerResolver } from '../syndication/partner.resolver.js'
import { NoticeMutations } from '../syndication/ledger/notice.mutations.js'
import { NoticeResolver, StoryDeliveriesResolver } from '../syndication/ledger/notice.resolver.js'
import { WebhookMutations } from '../syndication/webhooks/webhook.mutations.js'
import { PartnerWebhooksResolver, WebhookResolver } from '../syndication/webhooks/webhook.resolver.js'
import { VaultMutations } from '../vault/vault.mutations.js'
import { VaultResolver } from '../vault/vault.resolver.js'
import type { Contract } from './context.js'
import { guard } from './guard.js'
import { NodeResolver } from './node.resolver.js'
import { publicPart } from './public-part.js'
import { SignedInResolver } from './signed-in.resolver.js'

let built: Readonly<Record<Contract, GraphQLSchema>> | undefined

/**
 * The two contracts, from the same classes. What is declared for the newsroom is absent from the public one: fields, arguments, input
 * fields, and every type that only they lead to.
 */
export function schemas(): Readonly<Record<Contract, GraphQLSchema>> {
  if (built) return built
  forgetGetters()
  const newsroom = buildSchemaSync({
    resolvers: [StoryResolver, StorylineResolver, TombstoneResolver, StoryHistoryResolver, StoryEditorsResolver, StoryMutations, StoryEditMutations, ProposalResolver, ProposalMutations, StorySubscription, FindingsSubscription, QuoteResolver, AttributionResolver, OfficialStatementResolver, PersonResolver, OrganizationResolver, TopicResolver, JournalistResolver, SearchResolver, StoryFindingsResolver, FindingsResolver, CheckResolver, WaiverMutations, PersonEntryResolver, OrganizationEntryResolver, RegisterMutations, FiledStatementResolver, StatementFileResolver, RequestResolver, SignedInResolver, ChallengeResolver, QuoteChallengesResolver, StatementMutations, DraftMutations, ChallengeMutations, PartnerResolver, PartnerMutations, ChangeResolver, NoteToPartnersResolver, PartnerWebhooksResolver, WebhookResolver, WebhookMutations, NoticeResolver, StoryDeliveriesResolver, NoticeMutations, StoryAgreementsResolver, ApprovalsResolver, AgreementMutations, VaultResolver, VaultMutations, AuditResolver, NodeResolver],
    orphanedTypes: [NamedAttribution, AnonymousAttribution, PersonSource, OrganizationSource, AnonymousSource, DocumentSource, OutletSource, GroupSource, ChangedStory, RemovedStory],
    // Asked for wherever there is a subscription; ours bring their own source.
    pubSub: { publish: () => undefined, subscribe: () => { throw new TypeError('There are no topics.') } },
    // Values are checked where they are used.
    validate: false,
    // A third of the time that the schema takes, at every start; that it is valid is for the tests of the contract.
    skipCheck: true,
  })
  readPropertiesPlainly(newsroom)
  tellTypesPlainly(newsroom)
  guard(newsroom)
  newsroom.getQueryType()!.description = 'What can be asked.'
  newsroom.getMutationType()!.description = 'What staff can change. Each change is one transaction: it is done whole, or not at all.'
  newsroom.getSubscriptionType()!.description = 'What staff can be told of as it happens, over WebSocket.'
  built = { PUBLIC: publicPart(newsroom), NEWSROOM: newsroom }
  return built
}

/** type-graphql takes a getter for a resolver, of which it looks through all for each field. A getter is read as the property that it is. */
function forgetGetters(): void {
  const storage = getMetadataStorage()
  storage.fieldResolvers = storage.fieldResolvers.filter(({ kind, target, methodName }) => kind === 'external' || typeof methodOf(target.prototype as object, methodName) === 'function')
}

/**
 * type-graphql wraps every field in a promise, for its guards and middlewares. We have none: what a contract lacks is not in its schema,
 * and which stories there are is decided in the read path. So a field that is a property of its value is read as one.
 */
function readPropertiesPlainly(schema: GraphQLSchema): void {
  const { objectTypes, fieldResolvers } = getMetadataStorage()
  const external = new Set(fieldResolvers.filter((resolver) => resolver.kind === 'external').map((resolver) => `${resolver.getObjectType!().name}.${resolver.methodName}`))
  for (const { name, target } of objectTypes) {
    const type = schema.getType(name)
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      if (external.has(`${target.name}.${field.name}`)) continue
      if (typeof methodOf(target.prototype as object, field.name) !== 'function') delete field.resolve
      else if (takesItsArgumentsAlone(target, field)) field.resolve = (value: Record<string, (...given: unknown[]) => unknown>, given: Record<string, unknown>) => value[field.name]!(...field.args.map(({ name }) => given[name]))
    }
  }
}

/** A method that is given the field's arguments, one by one, and nothing of the request. */
function takesItsArgumentsAlone(target: unknown, field: GraphQLField<unknown, unknown>): boolean {
  const parameters = getMetadataStorage().params.filter((parameter) => (parameter.target === target || Object.prototype.isPrototypeOf.call(parameter.target, target as object)) && parameter.methodName === field.name).sort((a, b) => a.index - b.index)
  return parameters.length > 0 && parameters.length === field.args.length
    && parameters.every((parameter, index) => parameter.kind === 'arg' && parameter.name === field.args[index]!.name && isLeafType(getNamedType(field.args[index]!.type)))
}

function methodOf(prototype: object | null, name: string): unknown {
  if (prototype === null) return undefined
  const own = Object.getOwnPropertyDescriptor(prototype, name)
  return own ? own.value : methodOf(Object.getPrototypeOf(prototype) as object | null, name)
}

/** type-graphql wraps `resolveType` in a promise, which a compiled query cannot use. Our values know their type. */
function tellTypesPlainly(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (value: { __typename: string }) => value.__typename
  }
}
