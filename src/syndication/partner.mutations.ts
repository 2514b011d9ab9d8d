import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { Queries } from '../database/index.js'
import { again } from '../graphql/again.js'
import { Does } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { change } from '../graphql/mutation.js'
import { DESK_CODES, errorsOf, input, payloadType } from '../graphql/payload.js'
import { issueKey, revokeKey, rotateKey, type KeyResult, type Show } from './edit-keys.js'
import { createPartner, setDutyContact, setPartnerContract, type GivenContact, type Managing, type PartnerResult } from './edit-partners.js'
import { CreatePartnerInput, IssuePartnerKeyInput, RevokePartnerKeyInput, RotatePartnerKeyInput, SetDutyContactInput, SetPartnerContractInput, type DutyContactInput } from './partner.inputs.js'
import { Partner, PartnerKey, partnersOf, uuidOfId } from './partner.types.js'

const INVALID = { INVALID: 'A field breaks its format or limit.' } as const
const NO_PARTNER = { NOT_FOUND: 'There is no such partner.' } as const
const NO_KEY = { NOT_FOUND: 'There is no such key.' } as const
const partner = { partner: { type: () => Partner, description: 'The partner.' } }
const partnerKey = { partnerKey: { type: () => PartnerKey, description: 'The key\'s record.' } }
const SHOWN_ONCE = 'The key, for the partner to send as "Authorization: Bearer …". It is shown this one time: asked again with the same idempotency key, the same record comes without it. Where the answer was lost, revoke that key and issue another.'
const key = { key: { type: () => String, description: SHOWN_ONCE } }

const CreatePartnerPayload = payloadType('createPartner', { ...DESK_CODES, ...INVALID, NAME_TAKEN: 'Another partner has the name.' }, partner)
const SetDutyContactPayload = payloadType('setDutyContact', { ...DESK_CODES, ...NO_PARTNER, ...INVALID }, partner)
const SetPartnerContractPayload = payloadType('setPartnerContract', { ...DESK_CODES, ...NO_PARTNER, ...INVALID }, partner)
const IssuePartnerKeyPayload = payloadType('issuePartnerKey', { ...DESK_CODES, ...NO_PARTNER, ...INVALID }, { ...partnerKey, ...key })
const RotatePartnerKeyPayload = payloadType('rotatePartnerKey', { ...DESK_CODES, ...NO_KEY, ...INVALID, KEY_ENDED: 'The key is revoked or has expired.', ALREADY_ROTATED: 'Another key has taken its place.' }, { ...partnerKey, ...key })
const RevokePartnerKeyPayload = payloadType('revokePartnerKey', { ...DESK_CODES, ...NO_KEY, ALREADY_REVOKED: 'It was revoked before.' }, partnerKey)

@Resolver()
export class PartnerMutations {
  @Does('MANAGE_PARTNERS')
  @Mutation(() => CreatePartnerPayload, { description: 'Adds an outlet that takes stories. It reads nothing before it has a contract and a key. For administrators.' })
  createPartner(@Ctx() context: GraphQLContext, @Arg(...input(() => CreatePartnerInput)) given: CreatePartnerInput): Promise<object> {
    return onPartner(context, 'createPartner', given, (queries, by) => createPartner(queries, { name: given.name, dutyContact: contactOf(given.dutyContact) }, by))
  }

  @Does('MANAGE_PARTNERS')
  @Mutation(() => SetDutyContactPayload, { description: 'Says whom to reach of a partner at night. For administrators.' })
  setDutyContact(@Ctx() context: GraphQLContext, @Arg(...input(() => SetDutyContactInput)) given: SetDutyContactInput): Promise<object> {
    const id = uuidOfId('Partner', given.partnerId, 'partnerId')
    return onPartner(context, 'setDutyContact', given, (queries) => setDutyContact(queries, id, contactOf(given.dutyContact)))
  }

  @Does('MANAGE_PARTNERS')
  @Mutation(() => SetPartnerContractPayload, { description: 'Says what a partner is entitled to from an instant on; the contract before stays on record. A partner\'s answers hold what its contract covers, which can be less than what everybody reads. For administrators.' })
  setPartnerContract(@Ctx() context: GraphQLContext, @Arg(...input(() => SetPartnerContractInput)) given: SetPartnerContractInput): Promise<object> {
    const id = uuidOfId('Partner', given.partnerId, 'partnerId')
    const { allDesks, desks, allTopics, topics, wholeArchive, embargoAccess, registeredOnly } = given
    const contract = { allDesks, desks, allTopics, topics, wholeArchive, embargoAccess, registeredOnly, archiveDays: given.archiveDays ?? undefined, validFrom: given.validFrom ?? undefined, validUntil: given.validUntil ?? undefined }
    return onPartner(context, 'setPartnerContract', given, (queries, by) => setPartnerContract(queries, id, contract, by))
  }

  @Does('MANAGE_PARTNERS')
  @Mutation(() => IssuePartnerKeyPayload, { description: 'Makes a key for a partner and shows it once. Only a hash of it is stored. For administrators.' })
  issuePartnerKey(@Ctx() context: GraphQLContext, @Arg(...input(() => IssuePartnerKeyInput)) given: IssuePartnerKeyInput): Promise<object> {
    const id = uuidOfId('Partner', given.partnerId, 'partnerId')
    return onKey(context, 'issuePartnerKey', given, (queries, by, show) => issueKey(queries, id, { label: given.label, scopes: given.scopes, expiresAt: given.expiresAt ?? undefined }, show, by))
  }

  @Does('MANAGE_PARTNERS')
  @Mutation(() => RotatePartnerKeyPayload, { description: 'Makes a key that takes the place of another, and shows it once; the old one works until the overlap is over. For administrators.' })
  rotatePartnerKey(@Ctx() context: GraphQLContext, @Arg(...input(() => RotatePartnerKeyInput)) given: RotatePartnerKeyInput): Promise<object> {
    const id = uuidOfId('PartnerKey', given.keyId, 'keyId')
    return onKey(context, 'rotatePartnerKey', given, (queries, by, show) => rotateKey(queries, id, { overlapHours: given.overlapHours, expiresAt: given.expiresAt ?? undefined }, show, by))
  }

  @Does('MANAGE_PARTNERS')
  @Mutation(() => RevokePartnerKeyPayload, { description: 'Ends a key at once, on every node and for good. For administrators.' })
  revokePartnerKey(@Ctx() context: GraphQLContext, @Arg(...input(() => RevokePartnerKeyInput)) given: RevokePartnerKeyInput): Promise<object> {
    const id = uuidOfId('PartnerKey', given.keyId, 'keyId')
    return onKey(context, 'revokePartnerKey', given, (queries, by) => revokeKey(queries, id, by))
  }
}

interface Given { readonly idempotencyKey?: string | null | undefined }

function contactOf({ name, email, phone }: DutyContactInput): GivenContact {
  return { name: name ?? undefined, email: email ?? undefined, phone: phone ?? undefined }
}

async function onPartner(context: GraphQLContext, mutation: string, given: Given, work: (queries: Queries, by: Managing) => Promise<PartnerResult>): Promise<object> {
  const outcome = await again(() => change(context, mutation, given, (queries, staff) => work(queries, { staff, now: context.now, newId: context.newId })))
  return { partner: 'partnerId' in outcome ? Partner.maybe(context, await partnersOf(context).byId.load(outcome.partnerId)) : null, errors: errorsOf(outcome) }
}

/** The key goes past the outcome, which is stored where an idempotency key was given: a repeated request is answered without it. */
async function onKey(context: GraphQLContext, mutation: string, given: Given, work: (queries: Queries, by: Managing, show: Show) => Promise<KeyResult>): Promise<object> {
  let shown: string | undefined
  const outcome = await again(() => {
    shown = undefined
    return change(context, mutation, given, (queries, staff) => work(queries, { staff, now: context.now, newId: context.newId }, (made) => { shown = made }))
  })
  const record = 'keyId' in outcome ? await partnersOf(context).keyById.load(outcome.keyId) : undefined
  return { partnerKey: PartnerKey.maybe(context, record), key: outcome.ok ? shown ?? null : null, errors: errorsOf(outcome) }
}
