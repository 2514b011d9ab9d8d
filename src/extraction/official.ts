import type { STATEMENT_CHANNELS } from '../document/index.js'
import type { Resolved } from './coreference.js'
import type { Reading, Span } from './reading.js'

export type Channel = (typeof STATEMENT_CHANNELS)[number]
export interface Official { readonly channel: Channel; readonly words: Span }

const CHANNELS: readonly (readonly [pattern: RegExp, channel: Channel])[] = [
  [/^statement$/, 'WRITTEN_STATEMENT'], [/^release$/, 'PRESS_RELEASE'], [/^(?:email|e-mail)$/, 'EMAIL'], [/^letter$/, 'LETTER'], [/^(?:filing|brief|motion|complaint)$/, 'COURT_FILING'],
]

/** Whether the words around the cue say that an institution put this out, and how. */
export function officialStatement(reading: Reading, { relation, entity }: Resolved): Official | undefined {
  if (!entity || !(entity.spokesperson || entity.type === 'organization' || entity.type === 'person' || (entity.type === 'document' && entity.head === 'statement'))) return undefined
  const { from, to } = reading.sentences[relation.sentence]!
  for (let at = from; at < to; at += 1) {
    const token = reading.tokens[at]!
    if (token.region >= 0) continue
    const channel = CHANNELS.find(([pattern]) => pattern.test(token.lower))?.[1]
    if (!channel || !(channel === 'WRITTEN_STATEMENT' || channel === 'PRESS_RELEASE')) continue
    if (channel === 'PRESS_RELEASE' && !/^(?:news|press)$/.test(reading.tokens[at - 1]?.lower ?? '')) continue
    const inside = relation.content.some((piece) => at >= piece.from && at < piece.to)
    if (!inside && nearCue(reading, relation.cue, at)) return { channel, words: { from: at, to: at + 1 } }
  }
  return undefined
}

function nearCue(reading: Reading, cue: Span | undefined, at: number): boolean {
  if (!cue) return false
  const between = reading.tokens.slice(Math.min(cue.from, at), Math.max(cue.to, at))
  return between.length < 14 && !between.some((token) => token.text === ';' || token.region >= 0)
}
