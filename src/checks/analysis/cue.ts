import { CUES, type CueEntry } from '../lexicon/cues.js'

/** What the words of attribution do: the first known verb among them. */
export function cueOf(words: string | undefined): CueEntry | undefined {
  if (words === undefined) return undefined
  for (const word of words.toLowerCase().split(/[^\p{L}]+/u)) {
    const entry = CUES.get(word)
    if (entry) return entry
  }
  return undefined
}
