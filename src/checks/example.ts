import { storyDocumentOf, type StoryDocument, type StoryDocumentInput } from '../document/index.js'
import type { OpenedVault } from './vault.js'

type Listed<K extends keyof StoryDocumentInput> = NonNullable<StoryDocumentInput[K]> extends readonly (infer Entry)[] ? Entry : never
type WithoutKey<T> = T extends unknown ? Omit<T, 'key'> : never
type AnonymousInput = Extract<Listed<'sources'>, { kind: 'ANONYMOUS' }>
interface Place { readonly paragraph: number; readonly start: number; readonly end: number }

/** Words of the example's text; in brackets among words around them where they stand more than once: `the source [said]`. */
export type Words = string

/** A source in short: an anonymous one by its words, with how many people at least or exactly. Or in full, as the document format has it. */
export type ExampleSource = WithoutKey<Exclude<Listed<'sources'>, { kind: 'ANONYMOUS' }>> | (Omit<AnonymousInput, 'key' | 'headcount' | 'descriptor' | 'kind' | 'reason' | 'basis' | 'affiliation' | 'terms'> & {
  readonly anonymous: Words
  readonly atLeast?: number
  readonly exactly?: number
  readonly reason?: string
  readonly basis?: string
  readonly affiliation?: string
  readonly organization?: string
})

export interface ExampleSaying extends Omit<Listed<'attributions'>, 'key' | 'speech' | 'content' | 'cue' | 'mention' | 'addressee'> {
  /** Defaults to `a1`, `a2` … in the order of the list. */
  readonly key?: string
  readonly speech?: Listed<'attributions'>['speech']
  readonly says: Words | readonly Words[]
  readonly cue?: Words
  readonly by?: Words
  readonly to?: Words
}

/** A small story, written by its words. What else it needs is written as in the document format. */
export interface Example extends Omit<Partial<StoryDocumentInput>, 'paragraphs' | 'sources' | 'attributions' | 'quotes' | 'claims' | 'requestsForComment' | 'outletCredits' | 'onrecord'> {
  /** Paragraphs are parted by a blank line. A paragraph beginning with `# ` is a headline. */
  readonly text: string
  readonly sources?: Readonly<Record<string, ExampleSource>>
  readonly says?: readonly ExampleSaying[]
  readonly quotes?: readonly (Omit<Listed<'quotes'>, 'key' | 'ranges' | 'attribution'> & { readonly words: Words | readonly Words[]; readonly of: string })[]
  readonly claims?: readonly (Omit<Listed<'claims'>, 'key' | 'occurrences'> & { readonly at: readonly { readonly words: Words; readonly by?: string; readonly strength?: string }[] })[]
  readonly requestsForComment?: readonly (Omit<Listed<'requestsForComment'>, 'key' | 'outcomeLine'> & { readonly line?: Words })[]
  readonly outletCredits?: readonly (Omit<Listed<'outletCredits'>, 'key' | 'mention' | 'content'> & { readonly mention: Words; readonly credits?: Words })[]
  /** For rules of the vault side. */
  readonly vault?: OpenedVault
}

/** The example as a document. Throws where its words are missing or ambiguous. */
export function buildExample(example: Example): StoryDocument {
  const { text, sources = {}, says = [], quotes = [], claims = [], requestsForComment = [], outletCredits = [], vault: _, ...rest } = example
  const paragraphs = text.split('\n\n').map((paragraph) => (paragraph.startsWith('# ') ? { role: 'HEADLINE' as const, text: paragraph.slice(2) } : { role: 'BODY' as const, text: paragraph }))
  const at = (words: Words) => placeOf(paragraphs, words)
  const all = (words: Words | readonly Words[]) => (typeof words === 'string' ? [words] : words).map(at)
  let number = 0
  const lineage = () => `00000000-0000-4000-8000-${String(number++).padStart(12, '0')}`
  return storyDocumentOf({
    onrecord: 1, slug: 'example', desk: 'Example', ...rest, paragraphs,
    sources: Object.entries(sources).map(([key, source]) => ({ key, ...('anonymous' in source ? anonymousSource(source, at) : source) })),
    attributions: says.map(({ key, speech, says: content, cue, by, to, ...more }, index) => ({
      key: key ?? `a${index + 1}`, speech: speech ?? 'INDIRECT', content: all(content),
      ...(cue !== undefined && { cue: at(cue) }), ...(to !== undefined && { addressee: at(to) }),
      ...(by !== undefined && { mention: at(by), mentionForm: /^(?:he|she|they)$/i.test(bare(by)) ? ('PRONOUN' as const) : ('DESCRIPTION' as const) }),
      ...more,
    })),
    quotes: quotes.map(({ words, of, ...more }, index) => ({ key: `q${index + 1}`, attribution: of, ranges: all(words), ...more })),
    claims: claims.map(({ at: places, ...claim }, index) => ({
      key: `c${index + 1}`, ...claim,
      occurrences: places.map(({ words, by, strength }) => ({ range: at(words), ...(by !== undefined && { attribution: by }), ...(strength !== undefined && { strength }) })),
    })),
    requestsForComment: requestsForComment.map(({ line, ...request }, index) => ({ key: `r${index + 1}`, ...request, ...(line !== undefined && { outcomeLine: at(line) }) })),
    outletCredits: outletCredits.map(({ mention, credits, ...credit }, index) => ({ key: `o${index + 1}`, ...credit, mention: at(mention), content: credits === undefined ? [] : [at(credits)] })),
  }, { lineage })
}

function anonymousSource(source: Extract<ExampleSource, { anonymous: Words }>, at: (words: Words) => Place): Omit<AnonymousInput, 'key'> {
  const { anonymous, atLeast, exactly, reason, basis, affiliation, organization, ...rest } = source
  const place = at(anonymous)
  const descriptor = bare(anonymous)
  const wording = (words: string | undefined) => (words === undefined ? undefined : { text: bare(words), range: at(words) })
  return {
    kind: 'ANONYMOUS', descriptor, descriptorRange: place,
    headcount: exactly === undefined ? { min: atLeast ?? 1 } : { min: exactly, exact: exactly, range: { ...place, end: place.start + descriptor.split(' ')[0]!.length } },
    ...(reason !== undefined && { reason: wording(reason)! }), ...(basis !== undefined && { basis: wording(basis)! }),
    ...(affiliation !== undefined && { affiliation: { ...wording(affiliation)!, ...(organization !== undefined && { organization }) } }),
    ...rest,
  }
}

const bare = (words: Words) => /\[([^\]]*)\]/.exec(words)?.[1] ?? words

function placeOf(paragraphs: readonly { readonly text: string }[], words: Words): Place {
  const bracket = /\[([^\]]*)\]/.exec(words)
  const sought = bracket ? words.replace(bracket[0], bracket[1]!) : words
  const shift = bracket?.index ?? 0
  const found: Place[] = []
  paragraphs.forEach(({ text }, paragraph) => {
    for (let from = text.indexOf(sought); from >= 0; from = text.indexOf(sought, from + 1)) {
      const start = from + shift
      const end = start + bare(words).length
      if (!isLetter(text[start - 1]) && !(isLetter(text[end - 1]) && isLetter(text[end]))) found.push({ paragraph, start, end })
    }
  })
  if (found.length !== 1) throw new RangeError(`The example says "${sought}" ${found.length} times; it must stand there once`)
  return found[0]!
}

const isLetter = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char)
