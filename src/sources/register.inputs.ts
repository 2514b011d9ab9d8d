import { Field, ID, InputType } from 'type-graphql'
import { Once } from '../stories/story.inputs.js'

@InputType({ description: 'A title that a person holds or held.' })
export class AffiliationInput {
  @Field(() => ID, { description: 'The organization, by its id.' })
  organizationId!: string

  @Field(() => String, { description: 'The title.' })
  title!: string

  @Field(() => String, { nullable: true, description: 'Since which day, such as 2026-02-24.' })
  from?: string | null

  @Field(() => String, { nullable: true, description: 'Until which day; not before `from`.' })
  to?: string | null
}

@InputType({ description: 'Part of other inputs.' })
abstract class NamesInput extends Once {
  @Field(() => String, { description: 'The name.' })
  name!: string

  @Field(() => [String], { defaultValue: [], description: 'Other names in use; at most 50.' })
  aliases!: string[]

  @Field(() => Boolean, { defaultValue: false, description: 'Make a new entry though somebody goes by the name: a namesake.' })
  isAnother!: boolean
}

@InputType({ description: 'A person to look for.' })
export class FindOrCreatePersonInput extends NamesInput {
  @Field(() => AffiliationInput, { nullable: true, description: 'A title. It tells namesakes apart, and is recorded.' })
  affiliation?: AffiliationInput | null
}

@InputType({ description: 'An organization to look for.' })
export class FindOrCreateOrganizationInput extends NamesInput {}

@InputType({ description: 'Another name for somebody.' })
export class AddAliasInput extends Once {
  @Field(() => ID, { description: 'The person or organization.' })
  id!: string

  @Field(() => String, { description: 'The name. It belongs to nobody else.' })
  alias!: string
}

@InputType({ description: 'A title to record.' })
export class SetAffiliationInput extends Once {
  @Field(() => ID, { description: 'The person.' })
  personId!: string

  @Field(() => AffiliationInput, { description: 'The title. The same one from the same day on is changed.' })
  affiliation!: AffiliationInput
}

@InputType({ description: 'Two entries that are one.' })
export class MergeInput extends Once {
  @Field(() => ID, { description: 'The one that stays.' })
  intoId!: string

  @Field(() => ID, { description: 'Its duplicate.' })
  fromId!: string
}

@InputType({ description: 'A merge to take back.' })
export class UnmergeInput extends Once {
  @Field(() => ID, { description: 'The person or organization that was merged into another.' })
  id!: string
}
