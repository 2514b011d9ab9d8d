import type { StoryDocumentInput } from '../document/index.js'
import type { Copy } from './copy.js'

type Anonymous = Omit<Extract<NonNullable<StoryDocumentInput['sources']>[number], { kind: 'ANONYMOUS' }>, 'key'>

const NUMBERS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, un: 1, two: 2, dos: 2, three: 3, four: 4 }

/**
 * An anonymous source as the copy introduces it: "two engineers" stands for exactly two,
 * a plural without a number, whose noun is named, for at least two.
 */
export function unnamed(copy: Copy, descriptor: string, more: Partial<Anonymous> & { plural?: string } = {}): Anonymous {
  const { plural, ...rest } = more
  const descriptorRange = copy.at(descriptor)
  const words = copy.words(descriptorRange)
  const part = (start: number, length: number) => ({ ...descriptorRange, start: descriptorRange.start + start, end: descriptorRange.start + start + length })
  const number = words.split(' ')[0]!
  const count = NUMBERS[number.toLowerCase()]
  if (count === undefined && plural === undefined) throw new RangeError(`"${words}" tells no number; name its plural noun`)
  const headcount = count === undefined ? { min: 2, range: part(words.indexOf(plural!), plural!.length) } : { min: count, exact: count, range: part(0, number.length) }
  return { kind: 'ANONYMOUS', descriptor: words, descriptorRange, headcount, ...rest }
}

/** Words about a source that the copy prints. `text` is the newsroom's own wording, where it differs. */
export function printed(copy: Copy, words: string, text?: string) {
  const range = copy.at(words)
  return { text: text ?? copy.words(range), range }
}
