import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { ATTRIBUTIONS, JOURNALISTS, ORGANIZATIONS, PERSONS, QUOTES, STATEMENTS, TOPICS } from '../database/read/index.js'
import { quoteOfRow } from '../quotes/quote-lists.js'
import { attributionOfRow } from '../sources/attribution.resolver.js'
import { journalistOfRow, organizationOfRow, personOfRow, topicOfRow } from '../sources/entity.resolver.js'
import { statementOfRow } from '../statements/statement.resolver.js'
import { Story } from '../stories/story.types.js'
import { MOST_PER_PAGE } from './connection.js'
import { GraphQLContext } from './context.js'
import { badInput } from './errors.js'
import { parseGlobalId, type NodeType } from './global-id.js'
import { findOne } from './list-field.js'
import { Node } from './node.type.js'

const FINDERS: Record<NodeType, (context: GraphQLContext, key: string) => Promise<Node | null>> = {
  Story: async (context, key) => {
    const story = await context.storyById(key)
    return story ? new Story(story) : null
  },
  Quote: (context, key) => findOne(context, 'quotes', QUOTES, 'lineage', key, quoteOfRow),
  Attribution: (context, key) => findOne(context, 'attributions', ATTRIBUTIONS, 'lineage', key, attributionOfRow),
  OfficialStatement: (context, key) => findOne(context, 'officialStatements', STATEMENTS, 'key', key, statementOfRow),
  Person: (context, key) => findOne(context, 'persons', PERSONS, 'key', key, personOfRow),
  Organization: (context, key) => findOne(context, 'organizations', ORGANIZATIONS, 'key', key, organizationOfRow),
  Topic: (context, key) => findOne(context, 'topics', TOPICS, 'key', key, topicOfRow),
  Journalist: (context, key) => findOne(context, 'journalists', JOURNALISTS, 'key', key, journalistOfRow),
}

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'Anything by its id. Null where there is nothing by that id that the viewer may see.' })
  async node(@Ctx() context: GraphQLContext, @Arg('id', () => ID, { description: 'An `id` from an earlier answer.' }) id: string): Promise<Node | null> {
    // An id that is none of ours looks like one of a thing that does not exist (I5).
    const parsed = parseGlobalId(id)
    return parsed ? FINDERS[parsed.type](context, parsed.key) : null
  }

  @Query(() => [Node], { nullable: 'items', description: `Several things by their ids, in the order asked; at most ${MOST_PER_PAGE}. Null in the place of each that the viewer may not see.` })
  nodes(@Ctx() context: GraphQLContext, @Arg('ids', () => [ID], { description: '`id`s from earlier answers.' }) ids: string[]): Promise<(Node | null)[]> {
    if (ids.length > MOST_PER_PAGE) throw badInput(`"ids" has ${ids.length} entries; ask for at most ${MOST_PER_PAGE} at once.`)
    return Promise.all(ids.map((id) => this.node(context, id)))
  }
}
