import { OTHER_ABBREVIATIONS, TITLE_ABBREVIATIONS } from './lexicons/abbreviations.js'

export type Tag = 'ADJ' | 'ADP' | 'ADV' | 'AUX' | 'CCONJ' | 'DET' | 'INTJ' | 'NOUN' | 'NUM' | 'PART' | 'PRON' | 'PROPN' | 'PUNCT' | 'SCONJ' | 'SYM' | 'VERB' | 'X'

/** A word, a clitic ("'s"), a number, or one mark. Offsets are UTF-16 units of the whole text. */
export interface Token {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly lower: string
  readonly word: boolean
  /** Index of the quotation region that holds the token or whose mark it is; -1 outside. Set by `quotations`. */
  region: number
  /** Part of speech. Set by `tags`. */
  tag: Tag
}

/** No word in a language that copy is written in is longer; a longer run is cut, so that no later step meets it whole. */
const LONGEST_WORD = 80

const NUMBER = /[$€£¥]?\d{1,40}(?:[.,:/]\d{1,20}){0,10}(?:st|nd|rd|th|s|%)?(?![\p{L}\p{N}])/uy
const WORD = /[\p{L}\p{N}\p{M}#@$_]{1,80}(?:[.'’‑\-&_/][\p{L}\p{N}\p{M}]{1,80}){0,12}/uy
const CLITIC = /(?:['’](?:s|re|ve|ll|d|m))$/i
const MARKS = /``|''|"|“|”|„|«|»|\.{2,10}|…|--{1,3}|—|–/uy
/** Four or more of one mark stand for one: nothing is read out of them. */
const RUN = /([^\p{L}\p{N}\p{M}\s"“”„«»'‘’`.])\1{3,200}/uy
const SPACE = /[\s\u200b\u200e\u200f\ufeff]{1,1000}/uy

/** Cuts text into tokens from left to right, in time proportional to its length. */
export function tokenize(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = []
  let at = from
  while (at < to) {
    const space = match(SPACE, text, at)
    if (space) {
      at += space.length
      continue
    }
    const found = match(NUMBER, text, at) ?? match(WORD, text, at) ?? match(RUN, text, at) ?? match(MARKS, text, at)
    if (found === undefined) {
      const width = text.codePointAt(at)! > 0xffff ? 2 : 1
      push(tokens, text, at, Math.min(to, at + width), false)
      at += width
      continue
    }
    const end = Math.min(to, at + found.length)
    at = /[\p{L}\p{N}]/u.test(found) ? pushWord(tokens, text, at, end) : (push(tokens, text, at, end, false), end)
  }
  return tokens
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function push(tokens: Token[], text: string, start: number, end: number, word: boolean): void {
  const own = text.slice(start, end)
  tokens.push({ start, end, text: own, lower: own.toLowerCase().replaceAll('’', "'"), word, region: -1, tag: word ? 'NOUN' : 'PUNCT' })
}

/** A word with its full stop where it is an abbreviation, and its clitic cut off. Returns where it ends. */
function pushWord(tokens: Token[], text: string, start: number, wordEnd: number): number {
  let end = Math.min(wordEnd, start + LONGEST_WORD * 2)
  const low = text.charCodeAt(end - 1)
  if (low >= 0xd800 && low <= 0xdbff) end += 1
  const own = text.slice(start, end)
  if (text[end] === '.' && text[end + 1] !== '.' && isAbbreviation(own) && (!/^no$/i.test(own) || /^ ?\d/.test(text.slice(end + 1, end + 3)))) {
    push(tokens, text, start, end + 1, true)
    return end + 1
  }
  const clitic = CLITIC.exec(own)
  if (clitic && clitic.index > 0) {
    push(tokens, text, start, start + clitic.index, true)
    push(tokens, text, start + clitic.index, end, true)
    return end
  }
  push(tokens, text, start, end, true)
  // "the officials' plan": the bare apostrophe of a plural possessive.
  if (/[sS]$/.test(own) && (text[end] === '’' || text[end] === "'") && text[end + 1] === ' ' && text[end - 1] === 's') {
    push(tokens, text, end, end + 1, true)
    return end + 1
  }
  return end
}

function isAbbreviation(word: string): boolean {
  const lower = word.toLowerCase()
  if (/^\p{Lu}$/u.test(word)) return word !== 'I'
  if (/^(?:\p{L}\.){1,5}\p{L}$/u.test(word)) return true
  return TITLE_ABBREVIATIONS.has(lower) ? /^\p{Lu}|^(?:no|vs|v|fig|vol|pp|art)$/u.test(word) : OTHER_ABBREVIATIONS.has(lower) && (word !== lower || /\./.test(word) || /^(?:inc|corp|etc|est|al)$/.test(lower))
}

export const isCapital = (token: Token | undefined): boolean => token !== undefined && token.word && /^(?:(?:al|el|de|du|di|da|bin|ibn|von|van|mc)-)?\p{Lu}/u.test(token.text)
