import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { CLAIM_KINDS, EVENT_VISIBILITIES, type Claim as DocumentClaim, type StoryDocument } from '../document/index.js'
import { enumOf } from '../graphql/enum-of.js'
import { DateTime } from '../graphql/scalars.js'
import { Attribution, attributionOf } from '../sources/attribution.types.js'
import { Organization, Person } from '../sources/entity.types.js'
import type { StoryIndex } from './story-index.js'
import { TextRange } from './text.types.js'

export const ClaimKind = enumOf(CLAIM_KINDS)
registerEnumType(ClaimKind, {
  name: 'ClaimKind', description: 'What kind of assertion a claim is. Newsroom only.',
  valuesConfig: {
    FACT: { description: 'A fact.' }, ALLEGATION: { description: 'An accusation.' }, OPINION: { description: 'A judgement.' }, SPECULATION: { description: 'A prediction or guess.' }, BACKGROUND: { description: 'Background of public record.' },
  },
})
export const EventVisibility = enumOf(EVENT_VISIBILITIES)
registerEnumType(EventVisibility, {
  name: 'EventVisibility', description: 'Who could witness an event. Newsroom only.',
  valuesConfig: { PUBLIC: { description: 'Anyone.' }, PRIVATE: { description: 'Those who were let in.' } },
})

@ObjectType({ description: 'One place where a claim is made. Newsroom only.' })
export class ClaimOccurrence {
  constructor(private readonly story: StoryIndex, private readonly occurrence: DocumentClaim['occurrences'][number]) {}

  @Field(() => TextRange, { description: 'Where.' })
  get range(): TextRange { return new TextRange(this.story, this.occurrence.range) }

  @Field(() => Attribution, { nullable: true, description: 'Who is credited with it there. Null where the outlet says it in its own voice.' })
  get attribution(): Attribution | null {
    const attribution = this.story.find('attributions', this.occurrence.attribution)
    return attribution ? attributionOf(this.story, attribution) : null
  }

  @Field(() => String, { nullable: true, description: 'What sets this statement of the claim apart: "considering", "5 p.m. Friday".' })
  get strength(): string | null { return this.occurrence.strength ?? null }
}

@ObjectType({ description: 'An event that a story tells of. Newsroom only.' })
export class Event {
  constructor(private readonly event: StoryDocument['events'][number]) {}

  @Field(() => String, { description: 'Its name.' })
  get name(): string { return this.event.name }

  @Field(() => EventVisibility, { description: 'Who could witness it.' })
  get visibility(): string { return this.event.visibility }

  @Field(() => DateTime, { nullable: true, description: 'When it began.' })
  get startsAt(): string | null { return this.event.startsAt ?? null }

  @Field(() => String, { nullable: true, description: 'Where it took place.' })
  get place(): string | null { return this.event.place ?? null }
}

@ObjectType({ description: 'What is asserted, identified across its restatements. Newsroom only.' })
export class Claim {
  constructor(private readonly story: StoryIndex, private readonly claim: DocumentClaim) {}

  @Field(() => String, { description: 'The assertion in the newsroom\'s words.' })
  get text(): string { return this.claim.text }

  @Field(() => ClaimKind, { description: 'What kind of assertion.' })
  get kind(): string { return this.claim.kind }

  @Field(() => Boolean, { description: 'Whether it speaks ill of its target.' })
  get disparages(): boolean { return this.claim.disparages }

  @Field(() => Person, { nullable: true, description: 'The person it is about.' })
  get targetPerson(): Person | null {
    const person = this.story.find('people', this.claim.target?.person)
    return person ? new Person(this.story, person) : null
  }

  @Field(() => Organization, { nullable: true, description: 'The body it is about.' })
  get targetOrganization(): Organization | null { return Organization.maybe(this.story, this.claim.target?.organization) }

  @Field(() => Event, { nullable: true, description: 'The event it is about.' })
  get event(): Event | null {
    const event = this.story.find('events', this.claim.event)
    return event ? new Event(event) : null
  }

  @Field(() => [ClaimOccurrence], { description: 'Where it is made.' })
  get occurrences(): ClaimOccurrence[] { return this.claim.occurrences.map((occurrence) => new ClaimOccurrence(this.story, occurrence)) }

  @Field(() => Boolean, { description: 'Whether a person stands behind it.' })
  get confirmed(): boolean { return this.claim.confirmed }
}
