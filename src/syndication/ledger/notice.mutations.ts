import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql'
import { again } from '../../graphql/again.js'
import { Does } from '../../graphql/audience.js'
import { GraphQLContext } from '../../graphql/context.js'
import { change } from '../../graphql/mutation.js'
import { DESK_CODES, errorsOf, input, payloadType } from '../../graphql/payload.js'
import { Once } from '../../stories/story.inputs.js'
import { uuidOfId } from '../partner.types.js'
import { recordAcknowledgement } from './notices.js'
import { ledgerOf, Notice } from './notice.types.js'

@InputType({ description: 'What a partner acknowledged by phone.' })
export class RecordAcknowledgementInput extends Once {
  @Field(() => ID, { description: 'The notice.' })
  noticeId!: string
}

const CODES = { NOT_FOUND: 'There is no such notice.', ACKNOWLEDGED_BEFORE: 'It was acknowledged before.' } as const
const RecordAcknowledgementPayload = payloadType('recordAcknowledgement', { ...DESK_CODES, ...CODES }, { notice: { type: () => Notice, description: 'The notice.' } })

@Resolver()
export class NoticeMutations {
  @Does('RECORD_ACKNOWLEDGEMENT')
  @Mutation(() => RecordAcknowledgementPayload, { description: 'Writes down that a partner acknowledged a correction or recall by phone. For editors.' })
  async recordAcknowledgement(@Ctx() context: GraphQLContext, @Arg(...input(() => RecordAcknowledgementInput)) given: RecordAcknowledgementInput): Promise<object> {
    const id = uuidOfId('Notice', given.noticeId, 'noticeId')
    const outcome = await again(() => change(context, 'recordAcknowledgement', given, async (queries, staff) => {
      const code = await recordAcknowledgement(queries, id, staff.name, context.now)
      return code === 'DONE' ? { ok: true } as const : { ok: false, code, message: CODES[code], path: 'noticeId' } as const
    }))
    const record = outcome.ok ? await ledgerOf(context).noticeById.load(id) : undefined
    return { notice: record ? new Notice(context, record) : null, errors: errorsOf(outcome) }
  }
}
