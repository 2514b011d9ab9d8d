import type { StoryDocument } from '../document/index.js'
import type { Cast } from './cast.js'
import type { Entity, Resolved } from './coreference.js'
import type { Reading } from './reading.js'

/** What the extractor has to say about its own work. */
export interface Diagnostic {
  readonly code: 'LANGUAGE' | 'EMPTY_TEXT' | 'TEXT_CUT' | 'CHARACTERS_REPLACED' | 'ORPHAN_QUOTE' | 'LIMIT'
  readonly message: string
  /** Offsets in the whole text, where the words have a place. */
  readonly start?: number
  readonly end?: number
}

export interface ExtractionOptions {
  /** Slug of the story; made from its headline or first words where left out. */
  readonly slug?: string
  readonly desk?: string
  /** BCP 47. Guessed where left out: English, or "und". */
  readonly language?: string
  /** Name of the outlet that publishes the story: "CBS News". */
  readonly provider?: string
}

/** Everything that was read out of one text. */
export interface Extraction {
  readonly text: string
  readonly document: StoryDocument
  readonly sentences: readonly { readonly start: number; readonly end: number }[]
  readonly diagnostics: readonly Diagnostic[]
  readonly analysis: Analysis
}

/** The last pure step before the document: for the line protocol and the printed annotation. */
export interface Analysis {
  readonly reading: Reading
  readonly cast: Cast
  readonly resolved: readonly Resolved[]
  readonly entities: readonly Entity[]
}
