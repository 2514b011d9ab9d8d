import { cutsPair } from '../text-range.js'

/** Stands between two paragraphs of a joined text. No stored text holds it (`textProblem`), so it never equals a character of one. */
export const BREAK = '\u0000'

/** Scripts written without spaces: each character is a token of its own, or one typed character would change a whole sentence. */
const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const LETTER = `(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])`
const TOKEN = new RegExp(`${LETTER}+(?:['’]${LETTER}+)*|\\s+|[^]`, 'gu')
const WORD = new RegExp(`${LETTER}+(?:['’]${LETTER}+)*|[^\\s\\p{P}]`, 'gu')
const WORD_CHARACTER = new RegExp(`^${LETTER}`, 'u')
/** What changes the character before it: combining marks, variation selectors, joiners, skin tones. */
const MODIFIER = /^(?:\p{M}|\u200d|\p{Emoji_Modifier})/u
const JOINER = 0x200d

/** Words, runs of white space, and single characters; joined they are the text. */
export function tokensOf(text: string): readonly string[] {
  return text.match(TOKEN) ?? []
}

/** The words of a text in lower case, for counting. A text of symbols alone has those. */
export function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(WORD) ?? []
}

/** Whether the characters on both sides of an offset belong together: a word, a surrogate pair, a character and its modifier. */
export function joins(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false
  const before = text.charCodeAt(offset - 1)
  const after = text.charCodeAt(offset)
  if (before < 0x80 && after < 0x80) return isAsciiWord(before) && isAsciiWord(after)
  if (cutsPair(text, offset) || before === JOINER) return true
  const next = text.slice(offset, offset + 2)
  if (MODIFIER.test(next)) return true
  return isWordBefore(text, offset) && WORD_CHARACTER.test(next)
}

function isWordBefore(text: string, offset: number): boolean {
  const from = cutsPair(text, offset - 1) ? offset - 2 : offset - 1
  return WORD_CHARACTER.test(text.slice(from, offset))
}

function isAsciiWord(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
}

const SPACE = /\s/
const SENTENCE_END = /[.!?…。！？]["'”’»)\]]*$/

/** How good a place an offset is for an edit to begin or end: 6 at the end of a paragraph, down to 0 between two marks. */
export function edgeStrength(text: string, offset: number): number {
  const before = text[offset - 1]
  const after = text[offset]
  if (before === undefined || after === undefined || before === BREAK || after === BREAK) return 6
  if (before === '\n') return 5
  const isAfterSpace = SPACE.test(before)
  if (isAfterSpace) return SENTENCE_END.test(text.slice(Math.max(0, offset - 8), offset).trimEnd()) ? 4 : 2
  if (!SPACE.test(after)) return 0
  return SENTENCE_END.test(text.slice(Math.max(0, offset - 8), offset)) ? 3 : 1
}
