import { OTHER_ABBREVIATIONS, SENTENCE_OPENERS, TITLE_ABBREVIATIONS } from './lexicons/abbreviations.js'
import { CUE_VERBS } from './lexicons/cue-verbs.js'
import type { Region } from './quotations.js'
import { isCapital, type Token } from './tokens.js'

/** Indices of tokens, end-exclusive. */
export interface Sentence { readonly from: number; readonly to: number; readonly paragraph: number }

/** Tokens. No sentence of copy is longer; a longer run (a list, a quotation of pages, no punctuation at all) is cut, so that time stays linear. */
const LONGEST_SENTENCE = 1_500

const CLOSERS = /^[)\]}’']$/

/** Cuts paragraphs into sentences. The inner sentences of a quotation stay together. */
export function findSentences(tokens: readonly Token[], regions: readonly Region[], paragraphs: readonly (readonly [number, number])[]): Sentence[] {
  const sentences: Sentence[] = []
  paragraphs.forEach(([from, to], paragraph) => {
    let start = from
    for (let at = from; at < to; at += 1) {
      const end = at - start >= LONGEST_SENTENCE ? at + 1 : boundaryAfter(tokens, regions, at, to)
      if (end === undefined) continue
      if (end > start) sentences.push({ from: start, to: end, paragraph })
      start = end
      at = Math.max(at, end - 1)
    }
    if (start < to) sentences.push({ from: start, to, paragraph })
  })
  return sentences
}

/** Where the sentence ends, if it ends with the token at `at` and what closes it. */
function boundaryAfter(tokens: readonly Token[], regions: readonly Region[], at: number, to: number): number | undefined {
  const token = tokens[at]!
  const region = token.region >= 0 ? regions[token.region] : undefined
  if (region && at < region.last) {
    // Inside a quotation no sentence ends, unless the quotation was opened by mistake and holds the rest of the paragraph.
    return undefined
  }
  if (region && region.closed && at === region.close - 1) {
    if (tokens[at + 1] && !tokens[at + 1]!.word && /^[.?!]$/.test(tokens[at + 1]!.text)) return undefined
    return endsAfterQuote(tokens, region, at, to) ? at + 1 : undefined
  }
  if (token.word ? !abbreviationEnds(tokens, at, to) : !/^[.?!…]$|^\.{2,}$/.test(token.text)) return undefined
  let end = at + 1
  while (end < to && !tokens[end]!.word && (CLOSERS.test(tokens[end]!.text) || /^[.?!]$/.test(tokens[end]!.text))) end += 1
  if (end >= to) return end
  const next = tokens[end]!
  const strong = /^[.?!]$/.test(token.text) || token.word
  if (!strong) return isCapital(next) && SENTENCE_OPENERS.has(next.lower) ? end : undefined
  return opensSentence(next) ? end : undefined
}

function opensSentence(next: Token): boolean {
  return isCapital(next) || /^[\d$€£]/.test(next.text) || !/^[\p{L},;:.?!)\]]/u.test(next.text) || /^[^\x00-\x7f]/.test(next.text)
}

function abbreviationEnds(tokens: readonly Token[], at: number, to: number): boolean {
  const token = tokens[at]!
  if (!token.text.endsWith('.')) return false
  if (at + 1 >= to) return true
  const stem = token.lower.slice(0, -1)
  if (TITLE_ABBREVIATIONS.has(stem) && stem !== 'no') return false
  if (!OTHER_ABBREVIATIONS.has(stem) && /^\p{L}$/u.test(stem)) return false
  const next = tokens[at + 1]!
  if (!next.word) return next.region >= 0 && tokens[at + 1]!.text !== ',' && /^["“]/.test(next.text)
  return isCapital(next) && SENTENCE_OPENERS.has(next.lower)
}

/** `"…ends." Next one` is a boundary; `"Why?" Smith asked` is not. */
function endsAfterQuote(tokens: readonly Token[], region: Region, at: number, to: number): boolean {
  if (at + 1 >= to) return true
  const last = tokens[region.last - 1]
  const final = last && (/^[.?!…]$|^\.{2,}$/.test(last.text) || (last.word && last.text.endsWith('.')))
  if (!final) return false
  const next = tokens[at + 1]!
  if (!next.word) return /^["“„«]|^``$/.test(next.text) || (/^[([]$/.test(next.text) && last.text === '.')
  if (!isCapital(next) && !/^\d/.test(next.text)) return false
  if (/^[?!]$/.test(last.text) && asksNext(tokens, at + 1, to)) return false
  if (last.text === '.' && !SENTENCE_OPENERS.has(next.lower)) return !cueFollows(tokens, at + 1, to, 3)
  return !cueFollows(tokens, at + 1, to, last.text === '.' ? 1 : 8)
}

/** `"Why?" Christie asked reporters`. */
function asksNext(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from + 1; at < to && at < from + 5; at += 1) {
    if (/^(?:asked|said|shouted|yelled|wondered|told)$/.test(tokens[at]!.lower)) return !/^(?:that|he|she|it|they|if|whether)$/.test(tokens[at + 1]?.lower ?? '')
    if (!isCapital(tokens[at])) return false
  }
  return false
}

/** Whether a cue verb comes within so many words, and closes a sentence or a quoted turn: "Smith asked." */
function cueFollows(tokens: readonly Token[], from: number, to: number, reach: number): boolean {
  for (let at = from; at < to && at < from + reach; at += 1) {
    const token = tokens[at]!
    if (token.region >= 0 || /^[.;:]$/.test(token.text)) return false
    const verb = CUE_VERBS.get(token.lower)
    if (!verb?.frames.has('q')) continue
    const next = tokens[at + 1]
    return next === undefined || at + 1 >= to || (!next.word && /^[.,:]$/.test(next.text)) || next.tag === 'ADP' || next.tag === 'ADV' || (next.tag === 'PROPN' && verb.frames.has('a'))
  }
  return false
}
