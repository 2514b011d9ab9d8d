/** A word of a quote or a record, as it is compared and as it is written. */
export interface Word { readonly plain: string; readonly written: string; /** A sentence ends behind it. */ readonly ends: boolean }
/** `gap`: a marked omission. `insert`: words in brackets, the outlet's own. */
export type Piece = { readonly kind: 'words'; readonly words: readonly Word[] } | { readonly kind: 'gap' } | { readonly kind: 'insert'; readonly words: readonly Word[] }

const ELLIPSIS = /\[\s*(?:…|\.\s?\.\s?\.\.?)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\s?\.\s?\.(?:\s?\.)?/g
const BRACKETS = /\[([^\]]*)\]/

/** Words without what may differ between a record and print: quotation marks, case, punctuation, kinds of dashes and spaces. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  const normal = text.normalize('NFKC').replace(/[‘’ʼ`´]/g, '\'')
  for (const match of normal.matchAll(/[\p{L}\p{N}$€£%&+]+(?:['.,:-][\p{L}\p{N}]+)*/gu)) {
    const plain = match[0].toLowerCase().replace(/(\d),(?=\d{3})/g, '$1')
    const parts = plain.split(/-(?=\p{L})/u)
    const ends = /[.!?]/.test(normal[match.index + match[0].length] ?? '')
    parts.forEach((part, index) => words.push({ plain: part.replace(/[.,:']/g, (mark) => (mark === '\'' || /\d[.:,]\d/.test(part) ? mark : '')), written: match[0], ends: ends && index === parts.length - 1 }))
  }
  return words
}

/** A quote as printed: runs of words, marked omissions, words in brackets. A bracketed beginning of a word, "[T]he", is the word itself. */
export function piecesOf(quote: string): Piece[] {
  const joined = quote.replace(/\[(\p{L}{1,2})\](?=\p{L})/gu, '$1')
  const pieces: Piece[] = []
  joined.split(ELLIPSIS).forEach((part, index) => {
    if (index > 0) pieces.push({ kind: 'gap' })
    let rest = part
    for (let bracket = BRACKETS.exec(rest); bracket; bracket = BRACKETS.exec(rest)) {
      addWords(pieces, rest.slice(0, bracket.index))
      pieces.push({ kind: 'insert', words: wordsOf(bracket[1]!) })
      rest = rest.slice(bracket.index + bracket[0].length)
    }
    addWords(pieces, rest)
  })
  return pieces
}

function addWords(pieces: Piece[], text: string): void {
  const words = wordsOf(text)
  if (words.length > 0) pieces.push({ kind: 'words', words })
}
