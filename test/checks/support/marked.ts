import { storyDocumentOf, type StoryDocument, type StoryDocumentInput } from '../../../src/document/index.js'
import type { OpenedVault } from '../../../src/checks/index.js'
import { extract } from '../../../src/extraction/index.js'

type Listed<K extends keyof StoryDocumentInput> = NonNullable<StoryDocumentInput[K]> extends readonly (infer Entry)[] ? Entry : never
type Loose = Readonly<Record<string, unknown>>

/** A text of a table, with the document that it stands for. */
export interface Marked { readonly text: string; readonly document: StoryDocument; readonly vault?: OpenedVault | undefined }

/** What the marks do not tell. Entries of maps are merged into those that the marks make. */
export interface Beside extends Omit<Partial<StoryDocumentInput>, 'sources' | 'attributions' | 'quotes' | 'claims' | 'requestsForComment' | 'outletCredits' | 'people' | 'organizations' | 'documents' | 'outlets'> {
  readonly sources?: Readonly<Record<string, Loose>>
  /** By `a1`, `a2` … in reading order. */
  readonly says?: Readonly<Record<string, Loose>>
  /** Of the quotes of `{!…}` and `{*…}`, by `q1`, `q2` … */
  readonly quotes?: Readonly<Record<string, Loose>>
  readonly claims?: Readonly<Record<string, Loose>>
  readonly people?: Readonly<Record<string, Loose>>
  readonly organizations?: Readonly<Record<string, Loose>>
  readonly outlets?: Readonly<Record<string, string>>
  readonly requests?: readonly (Omit<Listed<'requestsForComment'>, 'key' | 'outcomeLine'> & { readonly line?: string })[]
  readonly credits?: readonly (Omit<Listed<'outletCredits'>, 'key' | 'mention' | 'content'> & { readonly mention: string; readonly credits?: string })[]
  readonly documents?: Readonly<Record<string, Loose>>
  readonly vault?: OpenedVault
}

const KINDS = { p: 'PERSON', o: 'ORGANIZATION', g: 'GROUP', d: 'DOCUMENT', t: 'OUTLET', s: 'ANONYMOUS' } as const
type Letter = keyof typeof KINDS
const NUMBERS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, another: 1, two: 2, three: 3, four: 4 }

interface Span { readonly kind: '{' | '<' | '^' | '@' | '%'; readonly head: string; readonly paragraph: number; readonly start: number; readonly end: number; readonly words: string }

/**
 * A story in marks. Of each part between `||` (or of each paragraph): `{what is said}`, as `{!“whole quotes”}` or `{*“part” quotes}`;
 * `<s.key:who>` with s for anonymous, p person, o organization, g group, d document, t outlet; `^said^`; `@key:told whom@`; and anywhere
 * `%claim:words%` or `%claim~strength:words%`. `# ` begins a headline.
 */
export function marked(source: string, beside: Beside = {}): Marked {
  const units: Span[][] = []
  const paragraphs = source.split('\n\n').map((own, paragraph) => {
    const isHeadline = own.startsWith('# ')
    let text = ''
    ;(isHeadline ? own.slice(2) : own).split(' || ').forEach((unit, index) => {
      if (index > 0) text += ' '
      const { plain, spans } = read(unit, paragraph, text.length)
      text += plain
      units.push(spans)
    })
    return { role: isHeadline ? ('HEADLINE' as const) : ('BODY' as const), text }
  })
  const { vault, sources = {}, says = {}, quotes = {}, claims = {}, people = {}, organizations = {}, outlets = {}, documents = {}, requests = [], credits = [], ...rest } = beside
  const cast = castOf(units)
  const find = (words: string) => rangeIn(paragraphs, words)
  const said = units.flatMap((spans) => (spans.some(({ kind }) => kind === '{') ? [spans] : []))
  const attributions = said.map((spans, index) => ({ ...attributionOf(spans, said.slice(0, index), index), ...says[`a${index + 1}`] }))
  const printed = said.flatMap((spans, index) => spans.filter(({ kind, head }) => kind === '{' && head !== '').flatMap((span) => quotesIn(span).map((range) => ({ attribution: `a${index + 1}`, ranges: [range] }))))
  const keysOf = (letter: Letter) => [...cast].filter(([key]) => key.startsWith(`${letter}.`)).map(([key, words]) => [key.slice(2), words] as const)
  return {
    vault,
    text: paragraphs.map(({ text }) => text).join(' ¶ '),
    document: storyDocumentOf({
      onrecord: 1, slug: 'example', desk: 'Example', ...rest, paragraphs,
      people: merge(keysOf('p').map(([key, words]) => [key, { name: nameIn(words) }]), people), organizations: merge(keysOf('o').map(([key, words]) => [key, { name: nameIn(words) }]), organizations),
      documents: merge(keysOf('d').map(([key, words]) => [key, { title: words }]), documents), outlets: merge(keysOf('t').map(([key, words]) => [key, { name: words }]), Object.fromEntries(Object.entries(outlets).map(([key, name]) => [key, { name }]))),
      sources: [...cast].map(([key, words]) => ({ key: key.slice(2), ...sourceOf(key, words, units), ...withRanges(sources[key.slice(2)] ?? {}, find) })),
      attributions, quotes: printed.map((quote, index) => ({ key: `q${index + 1}`, ...quote, ...quotes[`q${index + 1}`] })),
      claims: claimsOf(units, said, claims),
      requestsForComment: requests.map(({ line, ...request }, index) => ({ key: `r${index + 1}`, ...request, ...(line !== undefined && { outcomeLine: find(line) }) })),
      outletCredits: credits.map(({ mention, credits: words, ...credit }, index) => ({ key: `o${index + 1}`, ...credit, mention: find(mention), content: words === undefined ? [] : [find(words)] })),
    }),
  }
}

/** The same text as somebody pastes it: read by the extractor, confirmed by nobody. */
export function plain(text: string): Marked {
  return { text, document: extract(text).document }
}

function read(unit: string, paragraph: number, offset: number): { plain: string; spans: Span[] } {
  let text = ''
  const open: { kind: Span['kind']; head: string; start: number }[] = []
  const spans: Span[] = []
  for (let at = 0; at < unit.length;) {
    const rest = unit.slice(at)
    const begin = /^(?:(\{)([!*]?)|(<)([psodgt]\.\w+):|(@)(\w*):)/.exec(rest) ?? (/^\^/.test(rest) && !open.some(({ kind }) => kind === '^') ? (['^', undefined, undefined, undefined, undefined, undefined, undefined] as unknown as RegExpExecArray) : null) ?? (open.some(({ kind }) => kind === '%') ? null : /^(%)([\w]+(?:~[^:]*)?):/.exec(rest))
    const end = /^[}>^@%]/.exec(rest)
    if (begin) {
      open.push({ kind: begin[0][0] as Span['kind'], head: begin[2] ?? begin[4] ?? begin[6] ?? '', start: text.length })
      at += begin[0].length
    } else if (end && open.length > 0) {
      const { kind, head, start } = open.pop()!
      spans.push({ kind, head, paragraph, start: offset + start, end: offset + text.length, words: text.slice(start) })
      at += 1
    } else {
      text += unit[at]
      at += 1
    }
  }
  if (open.length > 0) throw new Error(`"${unit}" leaves a mark open`)
  return { plain: text, spans }
}

const place = ({ paragraph, start, end }: Span) => ({ paragraph, start, end })
const nameIn = (words: string) => /(?:\p{Lu}[\p{L}.’'-]+(?: (?=\p{Lu})|$)?)+$/u.exec(words)?.[0].trim() ?? words

function castOf(units: readonly (readonly Span[])[]): Map<string, string> {
  const cast = new Map<string, string>()
  for (const { kind, head, words } of units.flat().sort((a, b) => a.paragraph - b.paragraph || a.start - b.start)) if (kind === '<' && !cast.has(head)) cast.set(head, words)
  return cast
}

function sourceOf(key: string, words: string, units: readonly (readonly Span[])[]): Loose {
  const kind = KINDS[key[0] as Letter]
  if (kind !== 'ANONYMOUS') return { kind, [{ PERSON: 'person', ORGANIZATION: 'organization', GROUP: 'name', DOCUMENT: 'document', OUTLET: 'outlet' }[kind]]: kind === 'GROUP' ? words : key.slice(2) }
  const first = units.flat().find(({ kind: mark, head }) => mark === '<' && head === key)!
  const number = NUMBERS[words.split(' ')[0]!.toLowerCase()]
  const isPlural = /s\b|\bpeople\b/.test(words)
  return { kind, descriptor: words, descriptorRange: place(first), headcount: number === undefined ? { min: isPlural ? 2 : 1 } : { min: number, exact: number, range: { ...place(first), end: first.start + words.split(' ')[0]!.length } } }
}

function attributionOf(spans: readonly Span[], before: readonly (readonly Span[])[], index: number): Loose {
  const of = (kind: Span['kind']) => spans.find((span) => span.kind === kind)
  const content = spans.filter(({ kind }) => kind === '{')
  const [cue, mention, addressee] = [of('^'), of('<'), of('@')]
  const isPronoun = mention !== undefined && /^(?:he|she|they)$/i.test(mention.words)
  const antecedent = mention && /^(?:he|she|they|the)\b/i.test(mention.words) ? before.findLastIndex((other) => other.some(({ kind, head }) => kind === '<' && head === mention.head)) : -1
  return {
    key: `a${index + 1}`, speech: content[0]!.head === '!' ? 'DIRECT' : content[0]!.head === '*' ? 'MIXED' : 'INDIRECT', content: content.map(place),
    ...(mention && { source: mention.head.slice(2), mention: place(mention), mentionForm: isPronoun ? 'PRONOUN' : /^[po]\./.test(mention.head) ? 'NAME' : 'DESCRIPTION' }),
    ...(cue && { cue: place(cue) }), ...(addressee && { addressee: place(addressee), ...(addressee.head !== '' && { toldTo: [addressee.head] }) }), ...(antecedent >= 0 && { antecedent: `a${antecedent + 1}` }),
  }
}

function quotesIn({ words, paragraph, start }: Span) {
  return [...words.matchAll(/“([^”]+)”/g)].map((match) => ({ paragraph, start: start + match.index + 1, end: start + match.index + 1 + match[1]!.length }))
}

function claimsOf(units: readonly (readonly Span[])[], said: readonly (readonly Span[])[], beside: Readonly<Record<string, Loose>>): Loose[] {
  const claims = new Map<string, Loose[]>()
  for (const spans of units) {
    for (const span of spans.filter(({ kind }) => kind === '%').sort((a, b) => a.start - b.start)) {
      const [key, strength] = span.head.split('~') as [string, string?]
      const index = said.indexOf(spans)
      const isCredited = index >= 0 && spans.some((other) => other.kind === '{' && other.start <= span.start && span.end <= other.end)
      claims.set(key, [...(claims.get(key) ?? []), { range: place(span), ...(strength !== undefined && { strength }), ...(isCredited && { attribution: `a${index + 1}` }) }])
    }
  }
  return [...claims].map(([key, occurrences]) => ({ key, text: `Claim ${key}.`, kind: 'FACT', occurrences, ...beside[key] }))
}

/** `reason: 'words'` and its like become the words with their range. */
function withRanges(source: Loose, find: (words: string) => Loose): Loose {
  return Object.fromEntries(Object.entries(source).map(([name, value]) => [name, ['reason', 'basis', 'motive', 'terms', 'affiliation'].includes(name) && typeof value === 'string' ? { text: value, range: find(value) } : value]))
}

function rangeIn(paragraphs: readonly { readonly text: string }[], words: string) {
  const paragraph = paragraphs.findIndex(({ text }) => text.includes(words))
  if (paragraph < 0) throw new Error(`"${words}" is not in the text`)
  const start = paragraphs[paragraph]!.text.indexOf(words)
  return { paragraph, start, end: start + words.length }
}

function merge(made: readonly (readonly [string, Loose])[], beside: Readonly<Record<string, Loose>>): Loose[] {
  const all = new Map(made)
  for (const [key, value] of Object.entries(beside)) all.set(key, { ...all.get(key), ...value })
  return [...all].map(([key, value]) => ({ key, ...value }))
}
