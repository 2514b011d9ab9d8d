import type { MentionForm, Speech, StoryDocumentInput } from '../document/index.js'
import type { Copy, Range } from './copy.js'
import type { Keyed } from './story-builder.js'

type AttributionInput = NonNullable<StoryDocumentInput['attributions']>[number]
type QuoteInput = NonNullable<StoryDocumentInput['quotes']>[number]

/** Words of the copy, looked for near what is credited; or a range. */
type Words = string | Range

/** More about a quote than its words. */
export interface QuoteNote extends Omit<QuoteInput, 'key' | 'attribution' | 'ranges' | 'excerptOf' | 'record'> {
  /** The quoted words, where they are not all that stands in quotation marks. */
  readonly words?: string
  /** Key of the statement that it quotes; the place is found by the words, of a translated quote by the original. */
  readonly from?: string
  /** Key of the record it can be checked against; the segment is found by the words. */
  readonly record?: string
}

/** One attribution with its quotes. Whether speech is direct, mixed or indirect shows in the quotation marks. */
export interface Saying extends Omit<AttributionInput, 'key' | 'speech' | 'content' | 'cue' | 'mention' | 'addressee'> {
  readonly content: string | readonly string[]
  readonly cue?: Words
  /** The words that name the source. */
  readonly by?: Words
  /** The words that name who was told. */
  readonly to?: Words
  readonly quote?: QuoteNote
  /** In place of `quote`, where there are several, or none in spite of quotation marks. */
  readonly quotes?: Readonly<Record<string, QuoteNote>>
}

type Entry<T> = Omit<T, 'key'>
interface Said {
  readonly attributions: Record<string, Entry<AttributionInput> & { content: Range[] }>
  readonly quotes: Record<string, Entry<QuoteInput>>
}

export function attributionsAndQuotes(copy: Copy, says: Readonly<Record<string, Saying>>, sources: Keyed<'sources'>, statements: Keyed<'statements'>, records: Keyed<'records'>): Said {
  const said: Said = { attributions: {}, quotes: {} }
  for (const [key, { content: written, cue, by, to, quote, quotes, ...rest }] of Object.entries(says)) {
    const content = [written].flat().map((words) => copy.at(words))
    const places = [...new Set(content.map((range) => range.paragraph))]
    const find = (words: Words) => (typeof words === 'string' ? copy.within(places, words) : words)
    const mention = by === undefined ? undefined : find(by)
    const quoted = copy.quoted(content)
    const notes = quotes ?? (quoted.length > 0 ? { [key]: quote ?? {} } : {})
    for (const [name, { words, ...note }] of Object.entries(notes)) said.quotes[name] = quoteOf(key, note, words === undefined ? quoted : [find(words)], copy, statements, records)
    const kind = rest.source === undefined ? undefined : sources[rest.source]?.kind
    said.attributions[key] = {
      speech: speechOf(content, Object.keys(notes).length > 0, copy),
      content,
      ...(cue !== undefined && { cue: find(cue) }),
      ...(mention && { mention, mentionForm: mentionFormOf(copy.words(mention), kind) }),
      ...(to !== undefined && { addressee: find(to) }),
      ...rest,
    }
  }
  return said
}

function quoteOf(attribution: string, { from, record, ...note }: Omit<QuoteNote, 'words'>, ranges: Range[], copy: Copy, statements: Keyed<'statements'>, records: Keyed<'records'>): Entry<QuoteInput> {
  const spoken = note.translation ? [note.translation.original] : ranges.map((range) => copy.words(range).replace(/[,.]$/, ''))
  return {
    attribution,
    ranges,
    ...note,
    ...(from !== undefined && { excerptOf: excerptOf(from, statements[from], spoken) }),
    ...(record !== undefined && { record: placeIn(record, records[record], spoken) }),
  }
}

/** From the beginning of the first quoted words to the end of the last, in the statement's latest text. */
function excerptOf(key: string, statement: Keyed<'statements'>[string] | undefined, spoken: readonly string[]) {
  const text = statement?.texts?.at(-1)?.text
  if (text === undefined) throw new RangeError(`The statement "${key}" has no text to quote from`)
  const placeOf = (words: string) => {
    const start = text.indexOf(words)
    if (start < 0) throw new RangeError(`The statement "${key}" does not say "${words}"`)
    return start
  }
  const last = spoken.at(-1)!
  return { statement: key, start: placeOf(spoken[0]!), end: placeOf(last) + last.length }
}

/** The segment that holds the words; of notes without segments, the notes. */
function placeIn(key: string, record: Keyed<'records'>[string] | undefined, spoken: readonly string[]) {
  if (!record) throw new RangeError(`There is no record "${key}"`)
  if (!record.segments?.length) return { record: key }
  const segment = record.segments.findIndex(({ text }) => spoken.every((words) => text.includes(words)))
  if (segment < 0) throw new RangeError(`The record "${key}" does not say "${spoken.join(' … ')}"`)
  return { record: key, segment }
}

function speechOf(content: readonly Range[], isQuoted: boolean, copy: Copy): Speech {
  if (!isQuoted) return 'INDIRECT'
  return content.every((range) => /^(“[^”]+”|"[^"]+"|«[^»]+»)$/.test(copy.words(range))) ? 'DIRECT' : 'MIXED'
}

const PRONOUN = /^(he|she|they|it|we|i|who)$/i
const INDEFINITE = /^(an?|una?) /i

/** Who is named is called by capital letters, an article apart: "The Medicines Review Board", but "the board" and "a Bayside spokesperson". */
function mentionFormOf(words: string, kind: string | undefined): MentionForm {
  if (PRONOUN.test(words)) return 'PRONOUN'
  const canBeNamed = kind === 'PERSON' || kind === 'OUTLET' || kind === 'ORGANIZATION'
  return canBeNamed && !INDEFINITE.test(words) && /\p{Lu}/u.test(words.replace(/^The /, '')) ? 'NAME' : 'DESCRIPTION'
}
