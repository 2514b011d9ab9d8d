import { Args, Ctx, Query, Resolver } from 'type-graphql'
import { Does, DoesOnRecord } from '../graphql/audience.js'
import { connectionOf, pagingOf, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { again } from '../graphql/again.js'
import type { MutationError } from '../graphql/mutation.js'
import { errorsOf, payloadType } from '../graphql/payload.js'
import { listRecords } from './records.js'
import { proofOf, requestOf } from './vault.mutations.js'
import { VaultRecordsArgs } from './vault.inputs.js'
import { allAttestations, allMembers } from './vault.store.js'
import { VaultMember, VaultRecord, VaultRecordConnection } from './vault.types.js'

const VaultRecordsPayload = payloadType('vaultRecords', { FORBIDDEN: 'Your role may not do this.', PROOF_WRONG: 'The proof is not of a key of yours that is in use.' }, {
  records: { type: () => VaultRecordConnection, description: 'Those that are sealed to the key; nobody learns of others.' },
})

@Resolver()
export class VaultResolver {
  @Does('USE_VAULT')
  @Query(() => [VaultMember], { description: 'Every vault key that was registered. For staff who may use the vault.' })
  async vaultMembers(@Ctx() context: GraphQLContext): Promise<VaultMember[]> {
    const { database } = requestOf(context)
    const [members, attestations] = await Promise.all([allMembers(database), allAttestations(database)])
    return members.map((member) => new VaultMember(member, attestations))
  }

  @DoesOnRecord('USE_VAULT')
  @Query(() => VaultRecordsPayload, { description: 'The records that are sealed to one\'s key. For reporters and editors who hold a vault key.' })
  async vaultRecords(@Ctx() context: GraphQLContext, @Args(() => VaultRecordsArgs) { proof, first, after }: VaultRecordsArgs): Promise<{ records: Connection<VaultRecord> | null; errors: MutationError[] }> {
    const paging = pagingOf(context, { first: first ?? null, after: after ?? null }, 'vaultRecords', proof.fingerprint)
    const { limit, after: place } = paging.request
    const answer = await again(() => listRecords(requestOf(context), { proof: proofOf(proof), after: place?.[0] ?? null, limit: limit + 1 }))
    if (!answer.ok) return { records: null, errors: errorsOf(answer) }
    const rows = answer.records.slice(0, limit)
    const page = { rows: rows.map(({ id }) => ({ place: [id] })), hasMore: answer.records.length > limit }
    return { records: connectionOf(context, paging, page, rows.map((record) => new VaultRecord(record))), errors: [] }
  }
}
