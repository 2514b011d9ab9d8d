import type { Span } from './reading.js'

/** One attribution as words: spans of tokens, before anything is known of who the source is. */
export interface Relation {
  /** The step that proposed it, and how sure it is. */
  readonly rule: string
  readonly confidence: number
  readonly sentence: number
  readonly source: Span | undefined
  readonly cue: Span | undefined
  readonly lemma: string
  /** Pieces in reading order. Later steps add pieces of a quotation that goes on. */
  content: readonly Span[]
  readonly negated: boolean
  /** Belief, wish, intent: not a report of speech. */
  readonly thought: boolean
  readonly addressee?: Span
  readonly anonymity?: Span
  /** Words between cue and content: "in a statement", "on Monday". */
  readonly adverbials?: Span
}
