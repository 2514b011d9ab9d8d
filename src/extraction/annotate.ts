import { segmentsOf, type Attribution, type Mark, type Source, type StoryDocument } from '../document/index.js'
import type { Extraction } from './extraction.js'

export interface AnnotateOptions {
  readonly color?: boolean
  /** Columns of the terminal. */
  readonly width?: number
}

type Style = 'source' | 'unnamed' | 'cue' | 'content' | 'quote' | 'dim' | 'bold' | 'addressee'
const CODES: Record<Style, string> = { source: '1;36', unnamed: '1;35', cue: '33', content: '32', quote: '92', dim: '2', bold: '1', addressee: '34' }

interface Piece { readonly text: string; readonly styles: readonly Style[] }

/** The story with its attributions in colour and numbered, and its cast below. Made to be read. */
export function annotate(extraction: Pick<Extraction, 'document' | 'diagnostics'>, { color = true, width = 100 }: AnnotateOptions = {}): string {
  const paint = painter(color)
  const { document, diagnostics } = extraction
  const columns = Math.max(40, width) - 2
  const blocks = storyPieces(document, color).map((pieces) => wrap(pieces, columns, paint).map((line) => `  ${line}`).join('\n'))
  const sections = [legend(paint), ...blocks, ...castSection(document, paint, columns), ...otherSections(document, paint, columns)]
  if (diagnostics.length > 0) sections.push([paint('Notes', 'bold'), ...diagnostics.slice(0, 8).map(({ message, start }) => `  ${paint('·', 'dim')} ${message}${start === undefined ? '' : paint(` (at ${start})`, 'dim')}`)].join('\n'))
  return `${sections.join('\n\n')}\n`
}

type Paint = (text: string, ...styles: Style[]) => string
function painter(color: boolean): Paint {
  return (text, ...styles) => (!color || styles.length === 0 || text === '' ? text : `\u001b[${styles.map((style) => CODES[style]).join(';')}m${text}\u001b[0m`)
}

function legend(paint: Paint): string {
  return `  ${paint('source', 'source')}  ${paint('unnamed source', 'unnamed')}  ${paint('cue', 'cue')}  ${paint('what is said', 'content')}  ${paint('in quotation marks', 'quote')}  ${paint('told to', 'addressee')}   ${paint('proposals, not confirmed', 'dim')}`
}

/** Every paragraph as pieces of one style; a number follows each cue, or the content where there is no cue. */
function storyPieces(document: StoryDocument, color: boolean): Piece[][] {
  const sources = new Map(document.sources.map((source) => [source.key, source]))
  const attributions = new Map(document.attributions.map((attribution) => [attribution.key, attribution]))
  return segmentsOf(document).map((segments, paragraph) => {
    const pieces: Piece[] = []
    const heading = document.paragraphs[paragraph]!.role !== 'BODY'
    for (const { text, marks, end } of segments) {
      const styles = stylesOf(marks, attributions, sources)
      pieces.push({ text: text.replace(/\s+/g, ' '), styles: heading && styles.length === 0 ? ['bold'] : styles })
      const ending = marks.find((mark) => mark.attribution && endsHere(attributions.get(mark.attribution)!, mark, paragraph, end))
      if (ending) pieces.push({ text: color ? superscript(ending.attribution!) : `[${ending.attribution!.slice(1)}]`, styles: ['dim'] })
    }
    return pieces
  })
}

function endsHere({ cue, content }: Attribution, mark: Mark, paragraph: number, end: number): boolean {
  const range = cue ?? content.at(-1)!
  return mark.kind === (cue ? 'CUE' : 'CONTENT') && range.paragraph === paragraph && range.end === end
}

function stylesOf(marks: readonly Mark[], attributions: ReadonlyMap<string, Attribution>, sources: ReadonlyMap<string, Source>): Style[] {
  const has = (kind: Mark['kind']): Mark | undefined => marks.find((mark) => mark.kind === kind)
  const mention = has('SOURCE_MENTION')
  if (mention) return [sources.get(attributions.get(mention.attribution!)?.source ?? '')?.kind === 'ANONYMOUS' ? 'unnamed' : 'source']
  if (has('CUE')) return ['cue']
  if (has('ADDRESSEE')) return ['addressee']
  if (has('QUOTE')) return ['quote']
  return has('CONTENT') ? ['content'] : []
}

const superscript = (key: string): string => Array.from(key.slice(1), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? digit).join('')

/** Breaks pieces into lines at spaces, counting what is seen and not the colour codes. */
function wrap(pieces: readonly Piece[], columns: number, paint: Paint): string[] {
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const { text, styles } of pieces) {
    for (const word of text.split(/(?<= )/)) {
      const length = [...word.trimEnd()].length
      if (width > 0 && width + length > columns) {
        lines.push(line.trimEnd())
        line = ''
        width = 0
      }
      if (width === 0 && word.trim() === '') continue
      line += paint(word, ...styles)
      width += [...word].length
    }
  }
  if (line !== '') lines.push(line.trimEnd())
  return lines
}

function castSection(document: StoryDocument, paint: Paint, columns: number): string[] {
  if (document.sources.length === 0) return []
  const lines = document.sources.slice(0, 200).map((source) => {
    const own = document.attributions.filter((attribution) => attribution.source === source.key)
    const numbers = own.map(({ key }) => key.slice(1)).slice(0, 12).join(' ') + (own.length > 12 ? ' …' : '')
    const [name, about] = describe(document, source)
    const kind = KIND_WORDS[source.kind].padEnd(13)
    const head = `  ${paint(kind, 'dim')} ${paint(clip(name, columns - 30), source.kind === 'ANONYMOUS' ? 'unnamed' : 'source')}`
    return `${head}  ${paint(numbers, 'dim')}${about.map((words) => `\n  ${' '.repeat(14)}${paint(clip(words, columns - 16), 'dim')}`).join('')}`
  })
  return [[paint('Cast', 'bold'), ...lines].join('\n')]
}

const KIND_WORDS: Record<Source['kind'], string> = { PERSON: 'person', ORGANIZATION: 'organization', ANONYMOUS: 'unnamed', DOCUMENT: 'document', OUTLET: 'outlet', GROUP: 'group' }

function describe(document: StoryDocument, source: Source): [name: string, about: string[]] {
  const organization = (key: string | undefined): string => document.organizations.find((entry) => entry.key === key)?.name ?? ''
  switch (source.kind) {
    case 'PERSON': return [document.people.find(({ key }) => key === source.person)?.name ?? source.person, [[source.title, organization(source.organization)].filter(Boolean).join(' · ')].filter(Boolean)]
    case 'ORGANIZATION': return [organization(source.organization), source.spokesperson ? [`through ${source.spokesperson}`] : []]
    case 'DOCUMENT': return [document.documents.find(({ key }) => key === source.document)?.title ?? source.document, []]
    case 'OUTLET': return [document.outlets.find(({ key }) => key === source.outlet)?.name ?? source.outlet, []]
    case 'GROUP': return [source.name, []]
    case 'ANONYMOUS': {
      const { min, exact } = source.headcount
      const people = exact === undefined ? `at least ${min} ${min === 1 ? 'person' : 'people'}` : `${exact} ${exact === 1 ? 'person' : 'people'}`
      return [source.descriptor, [people + (source.affiliation ? ` · ${source.affiliation.text}` : ''), ...(source.basis ? [`basis: ${source.basis.text}`] : []), ...(source.terms ? [`terms: ${source.terms.text}${source.reason ? `, because: ${source.reason.text}` : ''}`] : [])]]
    }
  }
}

function otherSections(document: StoryDocument, paint: Paint, columns: number): string[] {
  const name = (key: string | undefined): string => [...document.organizations, ...document.people, ...document.outlets].find((entry) => entry.key === key)?.name ?? key ?? ''
  const numbers = (keys: readonly string[]): string => paint(keys.map((key) => key.slice(1)).join(' '), 'dim')
  const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [[paint(title, 'bold'), ...lines.map((line) => `  ${line}`)].join('\n')])
  return [
    ...section('Official statements', document.statements.map(({ issuer, channel, attributions }) => `${name(issuer)}, ${channel.toLowerCase().replaceAll('_', ' ')}  ${numbers(attributions)}`)),
    ...section('Requests for comment', document.requestsForComment.map(({ person, organization, outcome, outcomeLine }) => `${name(person ?? organization)}: ${outcome.toLowerCase().replaceAll('_', ' ')}${outcomeLine ? paint(`  “${clip(outcomeLine.exact, columns - 40)}”`, 'dim') : ''}`)),
    ...section('Credits', document.outletCredits.map(({ outlet, attribution }) => `${name(outlet)}  ${attribution ? numbers([attribution]) : ''}`)),
    ...section('Claims made more than once', document.claims.map(({ text, occurrences }) => `${clip(text, columns - 20)}  ${numbers(occurrences.flatMap(({ attribution }) => attribution ?? []))}`)),
  ]
}

function clip(words: string, length: number): string {
  const characters = [...words.replace(/\s+/g, ' ')]
  return characters.length <= length ? characters.join('') : `${characters.slice(0, Math.max(1, length - 1)).join('')}…`
}
