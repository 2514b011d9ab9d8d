import { Args, ArgsType, Ctx, Field, InputType, Query, Resolver } from 'type-graphql'
import { ANONYMOUS_ATTRIBUTIONS, ATTRIBUTIONS, type AnonymousFilter } from '../database/read/index.js'
import { connectionType, PageArgs, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { listField } from '../graphql/list-field.js'
import { DateTime } from '../graphql/scalars.js'
import { SpeechFilterInput } from '../quotes/quote.resolver.js'
import { StoryFilterInput, TimeOrder } from '../stories/story-filter.input.js'
import type { StoryIndex } from '../stories/story-index.js'
import { AnonymousAttribution, Attribution, attributionOf } from './attribution.types.js'
import { Speech } from './enums.js'

export const AttributionConnection = connectionType<Attribution>('Attribution', () => Attribution)
const AnonymousAttributionConnection = connectionType<AnonymousAttribution>('AnonymousAttribution', () => AnonymousAttribution)

@InputType({ description: 'Conditions on anonymous attributions; all that are given must hold.' })
class AnonymousAttributionFilterInput implements AnonymousFilter {
  @Field(() => String, { nullable: true, description: 'Part of the words that stand for the source at that place: "official".' })
  descriptor?: string

  @Field(() => [Speech], { nullable: true, description: 'Any of these renderings.' })
  speech?: string[]

  @Field(() => DateTime, { nullable: true, description: 'Said at this instant or later; where that is not public, first published then.' })
  saidFrom?: Date

  @Field(() => DateTime, { nullable: true, description: 'Said before this instant; where that is not public, first published before it.' })
  saidBefore?: Date
}

@ArgsType()
class AttributionsArgs extends PageArgs {
  @Field(() => SpeechFilterInput, { nullable: true, description: 'Conditions on the attributions.' })
  filter?: SpeechFilterInput

  @Field(() => StoryFilterInput, { nullable: true, description: 'Conditions on the stories they stand in.' })
  stories?: StoryFilterInput

  @Field(() => TimeOrder, { defaultValue: 'NEWEST', description: 'In which order.' })
  orderBy!: string
}

@ArgsType()
class AnonymousAttributionsArgs extends PageArgs {
  @Field(() => AnonymousAttributionFilterInput, { nullable: true, description: 'Conditions on the attributions.' })
  filter?: AnonymousAttributionFilterInput

  @Field(() => StoryFilterInput, { nullable: true, description: 'Conditions on the stories they stand in.' })
  stories?: StoryFilterInput

  @Field(() => TimeOrder, { defaultValue: 'NEWEST', description: 'In which order.' })
  orderBy!: string
}

export function attributionOfRow(story: StoryIndex, row: { readonly [column: string]: unknown }): Attribution {
  return attributionOf(story, story.document.attributions.find((attribution) => attribution.lineage === row['lineage'])!)
}

@Resolver(() => Attribution)
export class AttributionResolver {
  @Query(() => AttributionConnection, { description: 'Attributions of all stories that the viewer may see.' })
  attributions(@Ctx() context: GraphQLContext, @Args(() => AttributionsArgs) { filter, stories, orderBy, ...page }: AttributionsArgs): Promise<Connection<Attribution>> {
    return listField(context, 'attributions', ATTRIBUTIONS, page, { stories, filter, order: orderBy }, attributionOfRow)
  }

  @Query(() => AnonymousAttributionConnection, { description: 'Attributions to sources that their stories do not name.' })
  anonymousAttributions(@Ctx() context: GraphQLContext, @Args(() => AnonymousAttributionsArgs) { filter, stories, orderBy, ...page }: AnonymousAttributionsArgs): Promise<Connection<AnonymousAttribution>> {
    return listField(context, 'anonymousAttributions', ANONYMOUS_ATTRIBUTIONS, page, { stories, filter, order: orderBy }, (story, row) => attributionOfRow(story, row) as AnonymousAttribution)
  }
}
