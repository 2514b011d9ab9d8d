import { isEnglish } from './language.js'
import { findParagraphs, type ParagraphSpan } from './paragraphs.js'
import { findRegions, type Region } from './quotations.js'
import { findSentences, type Sentence } from './sentences.js'
import { tagTokens } from './tags.js'
import { tokenize, type Token } from './tokens.js'

/** What the first steps make of a text, and all that the later ones see of it. */
export interface Reading {
  readonly text: string
  readonly english: boolean
  readonly tokens: readonly Token[]
  readonly paragraphs: readonly ParagraphSpan[]
  /** Token ranges of the paragraphs. */
  readonly paragraphTokens: readonly (readonly [number, number])[]
  readonly regions: readonly Region[]
  readonly sentences: readonly Sentence[]
}

/** Indices of tokens, end-exclusive. */
export interface Span { readonly from: number; readonly to: number }

/** Reads a text as far as sentences. Parts of speech are set for English only; `language` settles what is guessed otherwise. */
export function readText(text: string, language?: string): Reading {
  const paragraphs = findParagraphs(text)
  const tokens: Token[] = []
  const paragraphTokens: [number, number][] = []
  for (const { start, end } of paragraphs) {
    const from = tokens.length
    for (const token of tokenize(text, start, end)) tokens.push(token)
    paragraphTokens.push([from, tokens.length])
  }
  const english = language === undefined ? isEnglish(tokens) : /^en\b/.test(language)
  if (english) for (const [from, to] of paragraphTokens) tagTokens(tokens, from, to)
  const regions = findRegions(text, tokens, paragraphTokens)
  return { text, english, tokens, paragraphs, paragraphTokens, regions, sentences: findSentences(tokens, regions, paragraphTokens) }
}

/** The words of a span as they stand in the text. */
export function textOf({ text, tokens }: Reading, span: Span): string {
  return span.to > span.from ? text.slice(tokens[span.from]!.start, tokens[span.to - 1]!.end) : ''
}

/** Whether a token is the opening or closing mark of its region. */
export function isQuoteMark({ tokens, regions }: Reading, at: number): boolean {
  const token = tokens[at]
  if (!token || token.region < 0 || token.word) return false
  const region = regions[token.region]!
  return (at === region.open && region.first > region.open) || (at === region.close - 1 && region.closed)
}
