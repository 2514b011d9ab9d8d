import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { proposalsOf } from '../document/index.js'
import { Does, NewsroomOnly } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { badInput } from '../graphql/errors.js'
import { ExtractStoryArgs, ProposalsArgs } from './proposal.inputs.js'
import { errorsOf, optionsOf } from './proposal.mutations.js'
import { EXTRACT_CODES, ExtractStoryPayload, Proposal } from './proposal.types.js'
import { Story } from './story.types.js'

@Resolver(() => Story)
export class ProposalResolver {
  @Does('EXTRACT')
  @Query(() => ExtractStoryPayload, { description: 'Reads a story out of plain text: who said what, in which words. Stores nothing. For reporters and editors.' })
  async extractStory(@Ctx() context: GraphQLContext, @Args(() => ExtractStoryArgs) args: ExtractStoryArgs): Promise<ExtractStoryPayload> {
    const nothing = { document: null, proposals: [], diagnostics: [] }
    const extracted = await context.extractor.extract(args.text, optionsOf(args))
    if (!extracted.ok) return { ...nothing, errors: errorsOf(extracted.problems, EXTRACT_CODES) }
    const { document, diagnostics } = extracted
    return { document, diagnostics, errors: [], proposals: proposalsOf(document).map((proposal) => new Proposal({ document }, proposal)) }
  }

  @NewsroomOnly()
  @FieldResolver(() => [Proposal], { description: 'What no person has confirmed, and so is not public: cast, attributions, quotes, statements, requests for comment, credits, claims. Staff only.' })
  proposals(@Root() { index }: Story, @Args(() => ProposalsArgs) { collections, first }: ProposalsArgs): Proposal[] {
    if (typeof first === 'number' && first < 1) throw badInput(`"first" is ${first}; ask for at least 1, or leave it out for all.`)
    const found = proposalsOf(index.document).filter(({ collection }) => !collections || collections.includes(collection))
    return found.slice(0, first ?? undefined).map((proposal) => new Proposal(index, proposal))
  }
}
