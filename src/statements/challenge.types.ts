import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { GraphQLContext } from '../graphql/context.js'
import { enumOf } from '../graphql/enum-of.js'
import { badInput } from '../graphql/errors.js'
import { DateTime } from '../graphql/scalars.js'
import { Quote } from '../quotes/quote.types.js'
import { Story } from '../stories/story.types.js'
import { CHALLENGE_OUTCOMES, Challenges, type Challenge as ChallengeRecord } from './challenges.js'

export const ChallengeOutcome = enumOf(CHALLENGE_OUTCOMES)
registerEnumType(ChallengeOutcome, {
  name: 'ChallengeOutcome', description: 'What a challenge led to. Newsroom only.',
  valuesConfig: { CORRECTION: { description: 'The quote was corrected.' }, CLARIFICATION: { description: 'The story was clarified.' }, NO_CHANGE: { description: 'Nothing: the quote stands.' } },
})

const loaders = new WeakMap<object, Challenges>()

/** The challenges as this request reads them; after a change, anew. */
export function challengesOf(context: GraphQLContext): Challenges {
  let loader = loaders.get(context.reader)
  if (!loader) loaders.set(context.reader, (loader = new Challenges(context.database)))
  return loader
}

const PREFIX = 'Challenge:'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws BAD_USER_INPUT for an id of another kind, or none at all. */
export function challengeOfId(id: string, argument: string): string {
  const text = Buffer.from(id, 'base64url').toString('utf8')
  if (!text.startsWith(PREFIX) || !UUID.test(text.slice(PREFIX.length))) throw badInput(`Argument "${argument}" is not the id of a Challenge; use the "id" field of one.`)
  return text.slice(PREFIX.length)
}

@ObjectType({ description: 'What is brought in a challenge. Newsroom only.' })
export class Evidence {
  constructor(private readonly evidence: ChallengeRecord['evidence'][number]) {}

  @Field(() => String, { nullable: true, description: 'What it shows.' })
  get note(): string | null { return this.evidence.note ?? null }

  @Field(() => String, { nullable: true, description: 'Where it is.' })
  get url(): string | null { return this.evidence.url ?? null }
}

@ObjectType({ description: 'That somebody disputes a quote, and what came of it. Newsroom only.' })
export class Challenge {
  constructor(private readonly context: GraphQLContext, private readonly challenge: ChallengeRecord) {}

  static maybe(context: GraphQLContext, challenge: ChallengeRecord | undefined): Challenge | null { return challenge ? new Challenge(context, challenge) : null }

  @Field(() => ID, { description: 'Opaque id.' })
  get id(): string { return Buffer.from(PREFIX + this.challenge.id).toString('base64url') }

  @Field(() => Story, { description: 'The story.' })
  get story(): Promise<Story> { return this.context.storyById(this.challenge.storyId).then((story) => new Story(story!)) }

  @Field(() => Quote, { nullable: true, description: 'The quote, as the draft has it now. Null where it was taken out.' })
  get quote(): Promise<Quote | null> {
    return this.context.storyById(this.challenge.storyId).then((story) => {
      const quote = story!.document.quotes.find((entry) => entry.lineage === this.challenge.quote)
      return quote ? new Quote(story!, quote) : null
    })
  }

  @Field(() => String, { description: 'The words as they stood when they were disputed; the public ones, where the quote was public.' })
  get words(): string { return this.challenge.words }

  @Field(() => Int, { description: 'The revision that had these words.' })
  get revision(): number { return this.challenge.revision }

  @Field(() => String, { description: 'Who disputes it.' })
  get complainant(): string { return this.challenge.complainant }

  @Field(() => String, { description: 'What is said to be wrong.' })
  get complaint(): string { return this.challenge.complaint }

  @Field(() => [Evidence], { description: 'What is brought for or against it.' })
  get evidence(): Evidence[] { return this.challenge.evidence.map((entry) => new Evidence(entry)) }

  @Field(() => DateTime, { description: 'When it was opened.' })
  get openedAt(): string { return this.challenge.openedAt }

  @Field(() => String, { description: 'Who opened it.' })
  get openedBy(): string { return this.challenge.openedBy }

  @Field(() => ChallengeOutcome, { nullable: true, description: 'What it led to; null while it is open.' })
  get outcome(): string | null { return this.challenge.outcome }

  @Field(() => Int, { nullable: true, description: 'The version of the story whose correction or clarification came of it.' })
  get version(): number | null { return this.challenge.version }

  @Field(() => String, { nullable: true, description: 'Why it was decided so.' })
  get explanation(): string | null { return this.challenge.explanation }

  @Field(() => DateTime, { nullable: true, description: 'When it was decided.' })
  get resolvedAt(): string | null { return this.challenge.resolvedAt }

  @Field(() => String, { nullable: true, description: 'Who decided.' })
  get resolvedBy(): string | null { return this.challenge.resolvedBy }
}
