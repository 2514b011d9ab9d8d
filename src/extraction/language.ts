import type { Token } from './tokens.js'

const ENGLISH = new Set('the of and to in a is that for it was on with as be at by said he his from this have not are but had they an or were which their has would who will she her its been more after we about when one than there what no if out so up into'.split(' '))
const SAMPLE = 600

/** Whether a text reads as English: enough of its words are the commonest English ones. Too few words count as English. */
export function isEnglish(tokens: readonly Token[]): boolean {
  let words = 0
  let common = 0
  for (const token of tokens) {
    if (!token.word || !/\p{L}/u.test(token.text)) continue
    words += 1
    if (ENGLISH.has(token.lower)) common += 1
    if (words >= SAMPLE) break
  }
  return words < 12 ? !tokens.some((token) => /[^\p{Script=Latin}\P{L}]/u.test(token.text)) : common / words >= 0.14
}
