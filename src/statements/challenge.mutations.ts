import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { again } from '../graphql/again.js'
import { Does } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { change } from '../graphql/mutation.js'
import { DESK_CODES, errorsOf, input, payloadType } from '../graphql/payload.js'
import { Challenge, challengeOfId, challengesOf } from './challenge.types.js'
import { openChallenge, resolveChallenge, type ChallengeOutcome, type ChallengeResult } from './challenges.js'
import { present } from './present.js'
import { OpenChallengeInput, ResolveChallengeInput } from './statement.inputs.js'

const INVALID = { INVALID: 'A field breaks its format or limit.' } as const
const challenge = { challenge: { type: () => Challenge, description: 'The challenge.' } }
const OpenChallengePayload = payloadType('openChallenge', { ...DESK_CODES, ...INVALID, NOT_FOUND: 'There is no such story.', UNKNOWN_QUOTE: 'The story has no such quote.', ALREADY_OPEN: 'The complainant disputes it already; that challenge is given.' }, challenge)
const ResolveChallengePayload = payloadType('resolveChallenge', { ...DESK_CODES, ...INVALID, NOT_FOUND: 'There is no such challenge.', ALREADY_RESOLVED: 'It was resolved before, as given.', CORRECTION_MISSING: 'The story has no such correction or clarification.' }, challenge)

@Resolver()
export class ChallengeMutations {
  @Does('OPEN_CHALLENGE')
  @Mutation(() => OpenChallengePayload, { description: 'Notes that somebody disputes a quote of a story, in whatever state. Readers see nothing of it. For reporters and editors.' })
  async openChallenge(@Ctx() context: GraphQLContext, @Arg(...input(() => OpenChallengeInput)) given: OpenChallengeInput): Promise<object> {
    const { complainant, complaint, evidence } = present(given)
    const opened = { storyId: keyOfId('Story', given.storyId, 'storyId'), quote: keyOfId('Quote', given.quoteId, 'quoteId'), complainant, complaint, evidence }
    return done(context, await again(() => change(context, 'openChallenge', given, (queries, staff) => openChallenge(queries, opened, { staff, now: context.now, newId: context.newId }))))
  }

  @Does('RESOLVE_CHALLENGE')
  @Mutation(() => ResolveChallengePayload, { description: 'Decides a challenge: it led to a correction, to a clarification, or to nothing. For editors.' })
  async resolveChallenge(@Ctx() context: GraphQLContext, @Arg(...input(() => ResolveChallengeInput)) given: ResolveChallengeInput): Promise<object> {
    const decided = { challengeId: challengeOfId(given.challengeId, 'challengeId'), outcome: given.outcome as ChallengeOutcome, version: given.version ?? undefined, explanation: given.explanation }
    return done(context, await again(() => change(context, 'resolveChallenge', given, (queries, staff) => resolveChallenge(queries, decided, { staff, now: context.now, newId: context.newId }))))
  }
}

async function done(context: GraphQLContext, outcome: ChallengeResult | { readonly ok: false; readonly code: string; readonly message: string }): Promise<object> {
  const id = 'challengeId' in outcome ? outcome.challengeId : undefined
  return { challenge: id === undefined ? null : Challenge.maybe(context, await challengesOf(context).byId.load(id)), errors: errorsOf(outcome) }
}
