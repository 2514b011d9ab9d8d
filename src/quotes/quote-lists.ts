import type { StoryIndex } from '../stories/story-index.js'
import { Quote } from './quote.types.js'

/** The quote of a list's row. */
export function quoteOfRow(story: StoryIndex, row: { readonly [column: string]: unknown }): Quote {
  return new Quote(story, story.document.quotes.find((quote) => quote.lineage === row['lineage'])!)
}
