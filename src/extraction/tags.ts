import winkNLP from 'wink-nlp'
import model from 'wink-eng-lite-web-model'
import { isCapital, type Tag, type Token } from './tokens.js'

/**
 * Parts of speech from wink-nlp's English model. The model keeps every word it has met for as long as it lives,
 * so it is built anew after so many distinct words: memory stays flat over any number of stories.
 */
const MOST_WORDS_KEPT = 30_000
const LONGEST_TAGGED = 40

type Tagger = ReturnType<typeof winkNLP>
let tagger: Tagger | undefined
let met = new Set<string>()

function freshTagger(): Tagger {
  if (tagger === undefined || met.size > MOST_WORDS_KEPT) {
    tagger = winkNLP(model, ['pos'])
    met = new Set()
  }
  return tagger
}

/** Sets the tag of every token. Tokens are handed over paragraph by paragraph, so that a tag never depends on other paragraphs. */
export function tagTokens(tokens: readonly Token[], from: number, to: number): void {
  // A tagger's time grows faster than the text; no sentence needs more than so many words of context.
  for (let at = from; at < to; at += 400) tagRun(tokens, at, Math.min(to, at + 400))
  for (let at = from + 1; at < to; at += 1) repair(tokens, at, to)
}

/** Where the tagger is often wrong on copy. */
function repair(tokens: readonly Token[], at: number, to: number): void {
  const token = tokens[at]!
  const before = tokens[at - 1]!
  const after = at + 1 < to ? tokens[at + 1] : undefined
  if (token.tag !== 'VERB') return
  // "according to court records"
  if (before.lower === 'to' && tokens[at - 2]?.lower === 'according') token.tag = 'NOUN'
  // "its chief, Wade Tolliver,"
  else if (isCapital(token) && after && isCapital(after) && after.tag === 'PROPN' && (before.word || before.text === ',')) token.tag = 'PROPN'
  // "the study's lead author"
  else if (/^['’]s$/.test(before.text) && before.tag === 'PART' && after?.tag === 'NOUN' && !/(?:ed|en|ing)$/.test(token.lower)) token.tag = 'ADJ'
}

function tagRun(tokens: readonly Token[], from: number, to: number): void {
  const starts: number[] = []
  let line = ''
  for (let index = from; index < to; index += 1) {
    const token = tokens[index]!
    const clitic = token.word && /^['’]/.test(token.text)
    // A run of marks tells the tagger no more than its first one.
    const silent = !token.word && index > from && !tokens[index - 1]!.word
    if (line !== '' && !clitic && !silent) line += ' '
    starts.push(silent ? -1 : line.length)
    if (!silent) line += written(token)
  }
  const nlp = freshTagger()
  const read = nlp.readDoc(line).tokens()
  const values = read.out(nlp.its.value) as string[]
  const tags = read.out(nlp.its.pos) as unknown as string[]
  const spaces = read.out(nlp.its.precedingSpaces) as unknown as string[]
  let offset = 0
  let own = 0
  for (let index = 0; index < values.length && own < starts.length; index += 1) {
    offset += spaces[index]!.length
    while (own < starts.length && starts[own]! < 0) own += 1
    if (own < starts.length && offset >= starts[own]!) {
      while (own + 1 < starts.length && starts[own + 1]! >= 0 && starts[own + 1]! <= offset) own += 1
      const token = tokens[from + own]!
      token.tag = token.word ? (tags[index] as Tag) : 'PUNCT'
      own += 1
    }
    offset += values[index]!.length
  }
}

function written(token: Token): string {
  if (!token.word) return /^["“”„«»]|^``$|^''$/.test(token.text) ? '"' : /^[\x21-\x7e…—–]{1,4}$/.test(token.text) ? token.text : '·'
  const plain = token.text.replaceAll('’', "'")
  const short = plain.length > LONGEST_TAGGED ? plain.slice(0, 2) : plain
  met.add(short)
  return short
}
