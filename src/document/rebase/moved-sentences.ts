import type { Paragraph } from '../schema.js'

/** A sentence of the old text, and where the only equal one of the new text begins. */
export interface MovedSentence {
  readonly start: number
  readonly end: number
  readonly to: { readonly paragraph: number; readonly start: number }
}

/** Shorter sentences ("“No,” he said.") recur by chance. */
const SHORTEST = 24
const SENTENCE = /\S[^]*?(?:[.!?…。！？]["'”’»)\]]*(?=\s|$)|[。！？]|\n|$)/g

type Paragraphs = readonly Pick<Paragraph, 'text'>[]

/** Sentences that occur once in all of the old text and once in all of the new, by old paragraph. For text cut here and pasted there. */
export function movedSentences(from: Paragraphs, to: Paragraphs): ReadonlyMap<number, readonly MovedSentence[]> {
  const places = unique(to)
  const moved = new Map<number, MovedSentence[]>()
  for (const [sentence, place] of unique(from)) {
    const other = places.get(sentence)
    if (!place || !other) continue
    const list = moved.get(place.paragraph) ?? []
    moved.set(place.paragraph, list)
    list.push({ start: place.start, end: place.start + sentence.length, to: other })
  }
  return moved
}

/** Where each sentence stands, or undefined where it stands more than once. */
function unique(paragraphs: Paragraphs): Map<string, { paragraph: number; start: number } | undefined> {
  const places = new Map<string, { paragraph: number; start: number } | undefined>()
  paragraphs.forEach(({ text }, paragraph) => {
    for (const match of text.matchAll(SENTENCE)) {
      const sentence = match[0].trimEnd()
      if (sentence.length < SHORTEST) continue
      places.set(sentence, places.has(sentence) ? undefined : { paragraph, start: match.index })
    }
  })
  return places
}
