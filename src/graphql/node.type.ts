import { Field, ID, InterfaceType } from 'type-graphql'

@InterfaceType('Node', { description: 'Anything that has an id of its own and can be fetched again by it. Everyone may read it.', resolveType: (value: { __typename: string }) => value.__typename })
export abstract class Node {
  @Field(() => ID, { description: 'Opaque and stable. It tells nothing about the thing, and carries no time of creation.' })
  readonly id!: string
}
