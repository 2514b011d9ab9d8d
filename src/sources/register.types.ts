import { Field, ID, ObjectType } from 'type-graphql'
import type { GraphQLContext } from '../graphql/context.js'
import { globalId } from '../graphql/global-id.js'
import { CalendarDate, DateTime } from '../graphql/scalars.js'
import { Register, type Entry } from './register.js'

const registers = new WeakMap<object, Register>()

/** The register as this request reads it; after a change, anew. */
export function registerOf(context: GraphQLContext): Register {
  let register = registers.get(context.reader)
  if (!register) registers.set(context.reader, (register = new Register(context.database)))
  return register
}

const present = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined)

@ObjectType({ description: 'An organization in the newsroom\'s register, whether or not a story speaks of it. Newsroom only.' })
export class OrganizationEntry {
  constructor(private readonly register: Register, readonly entry: Entry) {}

  static maybe(register: Register, entry: Entry | undefined): OrganizationEntry | null { return entry ? new OrganizationEntry(register, entry) : null }

  @Field(() => ID, { description: 'Opaque id, the same as the organization\'s.' })
  get id(): string { return globalId('Organization', this.entry.key) }

  @Field(() => String, { description: 'The newsroom\'s name for it, unique and stable: what documents call it.' })
  get key(): string { return this.entry.key }

  @Field(() => String, { description: 'The name under which it was entered.' })
  get name(): string { return this.entry.name }

  @Field(() => [String], { description: 'Other names in use.' })
  get aliases(): readonly string[] { return this.entry.aliases }

  @Field(() => OrganizationEntry, { nullable: true, description: 'The entry of which it is a duplicate.' })
  get mergedInto(): Promise<OrganizationEntry | null> | null {
    return this.entry.mergedIntoId === null ? null : this.register.byId('Organization', this.entry.mergedIntoId).then((entry) => OrganizationEntry.maybe(this.register, entry))
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was merged.' })
  get mergedAt(): string | null { return this.entry.mergedAt }

  @Field(() => String, { nullable: true, description: 'Who merged it.' })
  get mergedBy(): string | null { return this.entry.mergedBy }

  @Field(() => [OrganizationEntry], { description: 'Its duplicates, merged into it.' })
  get duplicates(): Promise<OrganizationEntry[]> {
    return Promise.all((this.entry.duplicateIds ?? []).map((id) => this.register.byId('Organization', id))).then((entries) => present(entries).map((entry) => new OrganizationEntry(this.register, entry)))
  }
}

@ObjectType({ description: 'A title that a person holds or held, as the register has it. Newsroom only.' })
export class AffiliationEntry {
  constructor(private readonly register: Register, private readonly entry: NonNullable<Entry['affiliations']>[number]) {}

  @Field(() => OrganizationEntry, { description: 'Where.' })
  get organization(): Promise<OrganizationEntry> {
    return this.register.byId('Organization', this.entry.organizationId).then((entry) => new OrganizationEntry(this.register, entry!))
  }

  @Field(() => String, { description: 'The title.' })
  get title(): string { return this.entry.title }

  @Field(() => CalendarDate, { nullable: true, description: 'Since when, if known.' })
  get from(): string | null { return this.entry.from }

  @Field(() => CalendarDate, { nullable: true, description: 'Until when, if it is over.' })
  get to(): string | null { return this.entry.to }
}

@ObjectType({ description: 'A person in the newsroom\'s register, whether or not a story speaks of them. Newsroom only.' })
export class PersonEntry {
  constructor(private readonly register: Register, readonly entry: Entry) {}

  static maybe(register: Register, entry: Entry | undefined): PersonEntry | null { return entry ? new PersonEntry(register, entry) : null }

  @Field(() => ID, { description: 'Opaque id, the same as the person\'s.' })
  get id(): string { return globalId('Person', this.entry.key) }

  @Field(() => String, { description: 'The newsroom\'s name for the person, unique and stable: what documents call them.' })
  get key(): string { return this.entry.key }

  @Field(() => String, { description: 'The name under which the person was entered.' })
  get name(): string { return this.entry.name }

  @Field(() => [String], { description: 'Other names in use.' })
  get aliases(): readonly string[] { return this.entry.aliases }

  @Field(() => [AffiliationEntry], { description: 'Titles, the latest first.' })
  get affiliations(): AffiliationEntry[] { return (this.entry.affiliations ?? []).map((affiliation) => new AffiliationEntry(this.register, affiliation)) }

  @Field(() => PersonEntry, { nullable: true, description: 'The entry of which this one is a duplicate.' })
  get mergedInto(): Promise<PersonEntry | null> | null {
    return this.entry.mergedIntoId === null ? null : this.register.byId('Person', this.entry.mergedIntoId).then((entry) => PersonEntry.maybe(this.register, entry))
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was merged.' })
  get mergedAt(): string | null { return this.entry.mergedAt }

  @Field(() => String, { nullable: true, description: 'Who merged it.' })
  get mergedBy(): string | null { return this.entry.mergedBy }

  @Field(() => [PersonEntry], { description: 'Duplicates, merged into this entry.' })
  get duplicates(): Promise<PersonEntry[]> {
    return Promise.all((this.entry.duplicateIds ?? []).map((id) => this.register.byId('Person', id))).then((entries) => present(entries).map((entry) => new PersonEntry(this.register, entry)))
  }
}
