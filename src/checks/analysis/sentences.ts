import type { ParagraphRole, StoryDocument } from '../../document/index.js'

export interface Sentence {
  /** Position among all sentences of the document. */
  readonly index: number
  readonly paragraph: number
  readonly role: ParagraphRole
  /** UTF-16 offsets in the paragraph, end-exclusive, without the space around. */
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Longer runs without a full stop are cut at a space, so that work on a sentence stays small whatever the text. */
const LONGEST = 4_000

const ABBREVIATIONS = new Set(('mr mrs ms dr prof gen sen rep gov lt col sgt capt cmdr maj adm hon rev fr st jr sr vs etc inc corp co ltd no vol fig dept est approx mt ft ' +
  'jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat u.s u.n u.k e.u d.c a.m p.m i.e e.g cf al ave blvd rd pres supt insp det messrs').split(' '))
/** After "p.m." and "U.S." these begin a new sentence; a name or a weekday does not. */
const STARTERS = new Set('The He She It They We I You A An In On At But And Or If When While After Before As For From With This That These Those There Their His Her Its Both Many Some Most No Not Other Another'.split(' '))
const SPEAKS = /^(?:[\p{Lu}][\p{L}.’'-]*\s+){0,3}(?:said|says|asked|asks|told|added|wrote|replied|shouted|wondered|cried|demanded)\b/u
const OPENING = '“«„'
const CLOSING = '”»'

/** Sentences of every paragraph. What stands between quotation marks stays with its sentence. Time grows with the text. */
export function sentencesOf(document: Pick<StoryDocument, 'paragraphs'>): Sentence[] {
  const sentences: Sentence[] = []
  document.paragraphs.forEach(({ text, role }, paragraph) => {
    let start = 0
    for (const cut of [...cuts(text), text.length]) {
      const from = skipSpace(text, start, cut)
      let end = cut
      while (end > from && isSpace(text.charCodeAt(end - 1))) end -= 1
      if (end > from) sentences.push({ index: sentences.length, paragraph, role, start: from, end, text: text.slice(from, end) })
      start = cut
    }
  })
  return sentences
}

/** Offsets at which a new sentence begins, after its leading space. */
function cuts(text: string): number[] {
  const found: number[] = []
  let isQuoted = false
  let begin = 0
  for (let at = 0; at < text.length; at += 1) {
    // Most characters are letters and spaces, and decide nothing.
    if (at - begin <= LONGEST && isPlain(text.charCodeAt(at))) continue
    const char = text[at]!
    if (char === '"') isQuoted = !isQuoted
    else if (OPENING.includes(char)) isQuoted = true
    else if (CLOSING.includes(char)) isQuoted = false
    const isClose = char === '"' || CLOSING.includes(char)
    const ends = isEnd(char) || (isClose && !isQuoted && isEnd(text[at - 1] ?? ''))
    if (char === '\n' || (!isQuoted && ends && endsSentence(text, at))) {
      found.push(at + 1)
      begin = at + 1
      if (char === '\n') isQuoted = false
    } else if (at - begin > LONGEST && isSpace(text.charCodeAt(at))) {
      found.push(at)
      begin = at
      isQuoted = false
    }
  }
  return found
}

const isPlain = (code: number) => (code >= 97 && code <= 122) || code === 32 || (code >= 65 && code <= 90)
const isEnd = (char: string) => char === '.' || char === '!' || char === '?' || char === '…'

/** Whether the mark at `at` closes a sentence: what follows starts one, and what precedes is no abbreviation. */
function endsSentence(text: string, at: number): boolean {
  let after = at + 1
  while (after < text.length && ')]’\''.includes(text[after]!)) after += 1
  if (after >= text.length || !isSpace(text.charCodeAt(after))) return false
  const next = text.slice(skipSpace(text, after, text.length), after + 64)
  if (!/^["“«„‘'([]?[\p{Lu}\d]/u.test(next)) return false
  const isClose = !isEnd(text[at]!)
  if (isClose) return !SPEAKS.test(next)
  if (text[at] !== '.') return true
  const word = wordBefore(text, at)
  if (/^\p{Lu}$/u.test(word)) return false
  if (!ABBREVIATIONS.has(word.toLowerCase())) return true
  return word.includes('.') && STARTERS.has(/^[\p{L}]+/u.exec(next)?.[0] ?? '')
}

function wordBefore(text: string, at: number): string {
  let from = at
  while (from > 0 && at - from < 24 && /[\p{L}.]/u.test(text[from - 1]!)) from -= 1
  return text.slice(from, at)
}

const isSpace = (code: number) => code === 32 || code === 160 || (code >= 9 && code <= 13) || code === 8239 || (code >= 8192 && code <= 8202)

function skipSpace(text: string, from: number, to: number): number {
  while (from < to && isSpace(text.charCodeAt(from))) from += 1
  return from
}
