import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql'
import { StaffRole } from '../findings/waiver.types.js'
import { NewsroomOnly } from './audience.js'
import { GraphQLContext } from './context.js'

@ObjectType({ description: 'Who is signed in. Newsroom only.' })
export class SignedIn {
  @Field(() => String, { description: 'The name that changes are recorded under.' })
  readonly name!: string

  @Field(() => StaffRole, { description: 'The role.' })
  readonly role!: string
}

@Resolver()
export class SignedInResolver {
  @NewsroomOnly()
  @Query(() => SignedIn, { nullable: true, description: 'Who asks, and in which role. For staff.' })
  signedIn(@Ctx() { viewer }: GraphQLContext): SignedIn | null {
    return viewer.kind === 'STAFF' ? { name: viewer.name, role: viewer.role } : null
  }
}
