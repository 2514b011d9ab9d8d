import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { STAFF_ROLES } from '../access/index.js'
import { enumOf } from '../graphql/enum-of.js'
import { DateTime } from '../graphql/scalars.js'
import { WAIVER_REASONS, type StoredWaiver } from './waiver.store.js'

export const WaiverReason = enumOf(WAIVER_REASONS)
registerEnumType(WaiverReason, {
  name: 'WaiverReason', description: 'Why an editor publishes in spite of a finding. Newsroom only.',
  valuesConfig: {
    EDITOR_VERIFIED: { description: 'An editor checked it and stands behind it.' }, SAFETY_OF_SOURCE: { description: 'What the rule asks for would put a source at risk.' },
    LEGAL_ADVICE: { description: 'On the advice of lawyers.' }, PUBLIC_INTEREST: { description: 'The public interest outweighs it.' }, TERM_OF_ART: { description: 'The words are the usual term.' },
    RECORD_UNAVAILABLE: { description: 'The record that it would be checked against is not to be had.' }, FALSE_ALARM: { description: 'The rule is wrong here.' }, TIME_CRITICAL: { description: 'Waiting would do more harm.' },
  },
})
export const StaffRole = enumOf(STAFF_ROLES)
registerEnumType(StaffRole, {
  name: 'StaffRole', description: 'What a member of staff may do. Newsroom only.',
  valuesConfig: {
    PREVIEW: { description: 'A frontend that shows drafts: reads only.' }, LAWYER: { description: 'Reads drafts, approvals and waivers; changes nothing.' }, REPORTER: { description: 'Writes and saves.' }, EDITOR: { description: 'Publishes, corrects, kills, and waives findings.' },
    STANDARDS_EDITOR: { description: 'The same, withdraws, and waives what is left to standards.' }, ADMIN: { description: 'Everything.' },
  },
})

@ObjectType({ description: 'An editor\'s decision to publish in spite of a finding. It lapses when the words that the finding is about change; one about the story as a whole is spent with the next publication. Newsroom only.' })
export class Waiver {
  constructor(private readonly stored: StoredWaiver, private readonly holds: boolean) {}

  @Field(() => ID, { description: 'Give it to `revokeWaiver`.' })
  get id(): string { return this.stored.id }

  @Field(() => ID, { description: 'Id of the rule.' })
  get rule(): string { return this.stored.rule }

  @Field(() => WaiverReason, { description: 'Why, as a code.' })
  get reason(): string { return this.stored.reason }

  @Field(() => String, { nullable: true, description: 'Why, in the editor\'s words.' })
  get note(): string | null { return this.stored.note }

  @Field(() => String, { description: 'The words that were waived; empty where it is about the story as a whole.' })
  get exact(): string { return this.stored.exact }

  @Field(() => String, { description: 'Who decided.' })
  get by(): string { return this.stored.by }

  @Field(() => StaffRole, { description: 'In which role.' })
  get role(): string { return this.stored.role }

  @Field(() => DateTime, { description: 'When.' })
  get at(): string { return this.stored.at }

  @Field(() => Int, { description: 'Number of the revision that was looked at.' })
  get revision(): number { return this.stored.revision }

  @Field(() => Boolean, { description: 'Whether a finding of the revision read here is waived by it now. False once it lapsed or was revoked, or when whoever waived stands in the byline.' })
  get isInForce(): boolean { return this.holds }

  @Field(() => DateTime, { nullable: true, description: 'When it was taken back.' })
  get revokedAt(): string | null { return this.stored.revokedAt }

  @Field(() => String, { nullable: true, description: 'Who took it back.' })
  get revokedBy(): string | null { return this.stored.revokedBy }
}
