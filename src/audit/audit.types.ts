import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionType, MOST_PER_PAGE } from '../graphql/connection.js'
import { enumOf } from '../graphql/enum-of.js'
import { CalendarDate } from '../graphql/scalars.js'
import { AUDIT_ACTS, type AuditEntry } from './chain.js'
import type { AuditRow } from './audit.store.js'

const AuditActEnum = enumOf(AUDIT_ACTS)
registerEnumType(AuditActEnum, {
  name: 'AuditAct', description: 'What a record of the audit log tells of. Newsroom only.',
  valuesConfig: {
    SEAL: { description: 'A vault record was sealed.' }, GRANT: { description: 'Somebody was cleared for it.' }, REVOKE: { description: 'Somebody is cleared for it no more.' }, FETCH: { description: 'Its ciphertext was given to somebody.' },
    DESTROY: { description: 'It was destroyed.' }, REFUSAL: { description: 'Something was asked of the vault and refused.' }, KEY_REGISTERED: { description: 'A key was registered.' }, KEY_ATTESTED: { description: 'A member vouched for a key.' }, KEY_RETIRED: { description: 'A key was taken out of use.' },
    HOLD_PLACED: { description: 'A legal hold was placed.' }, HOLD_LIFTED: { description: 'A legal hold was lifted.' }, EXPIRE: { description: 'What older records tell expired.' },
  },
})

@ObjectType({ description: 'A record of the audit log. It names record and person, never a story or a descriptor, and the day alone. For administrators. Newsroom only.' })
export class AuditLogRecord {
  private readonly entry: Partial<AuditEntry>

  constructor(private readonly row: AuditRow) {
    this.entry = row.text === null ? {} : (JSON.parse(row.text) as AuditEntry)
  }

  @Field(() => Int, { description: 'Its number, from 1, without gaps.' })
  get number(): number { return this.row.number }

  @Field(() => CalendarDate, { description: 'The day.' })
  get day(): string { return this.row.day }

  @Field(() => String, { description: 'Its hash, which covers all records before it.' })
  get hash(): string { return this.row.hash }

  @Field(() => AuditActEnum, { nullable: true, description: 'What happened. Null, like all that follows, once it has expired.' })
  get act(): string | null { return this.entry.act ?? null }

  @Field(() => String, { nullable: true, description: 'Who did it.' })
  get person(): string | null { return this.entry.person ?? null }

  @Field(() => ID, { nullable: true, description: 'The vault record.' })
  get record(): string | null { return this.entry.record ?? null }

  @Field(() => String, { nullable: true, description: 'Whom it concerns, where that is another.' })
  get subject(): string | null { return this.entry.subject ?? null }

  @Field(() => String, { nullable: true, description: 'Fingerprint of the key.' })
  get key(): string | null { return this.entry.key ?? null }

  @Field(() => String, { nullable: true, description: 'What was asked, where that is not told by the act.' })
  get asked(): string | null { return this.entry.asked ?? null }

  @Field(() => String, { nullable: true, description: 'Why it was refused: the code that was answered.' })
  get code(): string | null { return this.entry.code ?? null }
}

export const AuditLogRecordConnection = connectionType<AuditLogRecord>('AuditLogRecord', () => AuditLogRecord)

@ArgsType()
export class AuditLogArgs {
  @Field(() => Int, { nullable: true, description: `How many at most; 1 to ${MOST_PER_PAGE}. 20 where left out.` })
  first?: number | null

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor, from `endCursor` or an edge of the same query.' })
  after?: string | null
}
