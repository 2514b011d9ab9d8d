import { extract, type Extraction } from '../../../src/extraction/index.js'
import { toScorerLine } from '../../../src/extraction/index.js'

/** Every attribution of a text as one line: "source | cue | content … content | direct". A dash stands for nothing. */
export function attributionLines(text: string): string[] {
  const words = (span: readonly [number, number] | null): string => (span ? text.slice(...span) : '-')
  return toScorerLine('x', text).attributions.map(({ source, cue, content, kind }) => [words(source), words(cue), content.map(words).join(' … '), kind].join(' | '))
}

/** "source: kind", of every attribution. */
export function sourceKinds(text: string): string[] {
  return toScorerLine('x', text).attributions.map(({ source, sourceKind }) => `${source ? text.slice(...source) : '-'}: ${sourceKind}`)
}

/** "source < the words that introduced it", of every attribution that refers back. */
export function antecedents(text: string): string[] {
  return toScorerLine('x', text).attributions.map(({ source, antecedent }) => `${source ? text.slice(...source) : '-'} < ${antecedent ? text.slice(...antecedent) : '-'}`)
}

/** The sentences of a text, in its own words. */
export function sentencesOf(text: string): string[] {
  return extract(text).sentences.map(({ start, end }) => text.slice(start, end))
}

/** The words between quotation marks that the document holds, and who says them. */
export function quotesOf(text: string): string[] {
  const { document } = extract(text)
  return document.quotes.map(({ attribution, ranges }) => {
    const { source } = document.attributions.find(({ key }) => key === attribution)!
    return `${source ?? '-'}: ${ranges.map(({ paragraph, start, end }) => document.paragraphs[paragraph]!.text.slice(start, end)).join(' … ')}`
  })
}

/** The only source of a kind in a text's cast. */
export function onlySource<K extends Extraction['document']['sources'][number]['kind']>(text: string, kind: K): Extract<Extraction['document']['sources'][number], { kind: K }> {
  const found = extract(text).document.sources.filter((source) => source.kind === kind)
  if (found.length !== 1) throw new Error(`${found.length} sources of kind ${kind}, not one, in: ${text}`)
  return found[0] as Extract<Extraction['document']['sources'][number], { kind: K }>
}
