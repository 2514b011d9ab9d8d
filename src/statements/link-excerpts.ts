import type { StoryDocument } from '../document/index.js'
import { asOrganization, asPerson, freeKey, impossible, withNamed, type Edit, type Impossible } from './edit-draft.js'
import { placesOf } from './find-excerpts.js'
import type { StatementFile } from './statement-file.js'

type DocumentStatement = StoryDocument['statements'][number]

export interface GivenLinks {
  /** Lineages of quotes, with the run of the statement's newest text. */
  readonly excerpts: readonly { readonly quote: string; readonly start: number; readonly end: number }[]
  /** Lineages of attributions that report the statement. */
  readonly attributions: readonly string[]
  /** Lineages of quotes that are to lead to it no more. */
  readonly unlink: readonly string[]
}

/** The document with a statement on file among its own, in its newest text. What it quotes of an older text is looked up in the new one. */
export function cite(document: StoryDocument, file: StatementFile, unlinked: ReadonlySet<string> = new Set()): { readonly document: StoryDocument; readonly key: string } | Impossible {
  const known = document.statements.find((statement) => statement.lineage === file.id)
  const key = known?.key ?? freeKey(document.statements, 'statement')
  const issuer = withNamed(document.organizations, known?.issuer ?? file.issuer.key, file.issuer, asOrganization)
  const speaker = file.spokesperson && withNamed(document.people, known?.spokesperson?.person ?? file.spokesperson.key, file.spokesperson, asPerson)
  const newest = file.texts.at(-1)!
  const texts = [...(known?.texts ?? []).filter((text) => Date.parse(text.takenAt) < Date.parse(newest.takenAt)), newest].slice(-100)
  const statement = {
    attributions: [], confirmed: true, ...known, key, lineage: file.id, issuer: issuer.key, channel: file.channel, release: file.release, texts,
    ...(file.issuedAt !== null && { issuedAt: file.issuedAt }), ...(file.url !== null && { url: file.url }),
    ...(speaker ? { spokesperson: { person: speaker.key } } : file.descriptor !== null && { spokesperson: { descriptor: file.descriptor } }),
  } as DocumentStatement
  const quotes = document.quotes.map((quote, index) => {
    if (quote.excerptOf?.statement !== key || unlinked.has(quote.lineage)) return quote
    const place = nearest(newest.text, quote.excerptOf)
    return place ? { ...quote, excerptOf: { statement: key, ...place } } : index
  })
  const lost = quotes.find((quote) => typeof quote === 'number')
  if (lost !== undefined) return impossible('EXCERPT_LOST', 'excerpts words that the newest text of the statement no longer has; list the quote in "unlinkQuoteIds", or link it to other words', `quotes[${lost}]`)
  return {
    key,
    document: {
      ...document, organizations: issuer.entries, people: speaker?.entries ?? document.people, quotes: quotes as StoryDocument['quotes'],
      statements: known ? document.statements.map((entry) => (entry === known ? statement : entry)) : [...document.statements, statement],
    },
  }
}

/** Cites a statement and links quotes to the words of it that they quote. */
export function linkingExcerpts(file: StatementFile, { excerpts, attributions, unlink }: GivenLinks): Edit {
  return (document) => {
    const cited = cite(document, file, new Set([...unlink, ...excerpts.map((excerpt) => excerpt.quote)]))
    if ('problems' in cited) return cited
    const text = file.texts.at(-1)!.text
    const byLineage = new Map(document.quotes.map((quote) => [quote.lineage, quote]))
    const statement = cited.document.statements.find(({ key }) => key === cited.key)!
    const unnamed = statement.spokesperson?.person === undefined ? new Set<string>() : unnamedIn(document)
    const reports = new Set(document.attributions.filter((entry) => attributions.includes(entry.lineage)).map((entry) => entry.key))
    for (const [index, excerpt] of excerpts.entries()) {
      const quote = byLineage.get(excerpt.quote)
      if (!quote) return impossible('UNKNOWN_QUOTE', 'is no quote of the draft', `excerpts[${index}].quoteId`)
      const problem = excerptProblem(text, quote.ranges.map((range) => range.exact), excerpt)
      if (problem) return impossible('WORDS_DIFFER', problem, `excerpts[${index}]`)
      if (unnamed.has(quote.attribution)) return namesSpeaker(`excerpts[${index}].quoteId`)
      reports.add(quote.attribution)
    }
    for (const [index, lineage] of unlink.entries()) if (!byLineage.has(lineage)) return impossible('UNKNOWN_QUOTE', 'is no quote of the draft', `unlinkQuoteIds[${index}]`)
    for (const [index, lineage] of attributions.entries()) {
      const attribution = document.attributions.find((entry) => entry.lineage === lineage)
      if (!attribution) return impossible('UNKNOWN_ATTRIBUTION', 'is no attribution of the draft', `attributionIds[${index}]`)
      if (unnamed.has(attribution.key)) return namesSpeaker(`attributionIds[${index}]`)
    }
    const linked = new Map(excerpts.map((excerpt) => [excerpt.quote, excerpt]))
    return {
      ...cited.document,
      quotes: cited.document.quotes.map((quote) => {
        const excerpt = linked.get(quote.lineage)
        if (excerpt) return { ...quote, excerptOf: { statement: cited.key, start: excerpt.start, end: excerpt.end } }
        if (!unlink.includes(quote.lineage) || quote.excerptOf?.statement !== cited.key) return quote
        const { excerptOf: _gone, ...rest } = quote
        return rest
      }),
      statements: cited.document.statements.map((statement) => (statement.key === cited.key ? { ...statement, attributions: [...new Set([...statement.attributions, ...reports])] } : statement)),
    }
  }
}

/** Keys of the attributions whose source the draft does not name. */
function unnamedIn(document: StoryDocument): ReadonlySet<string> {
  const anonymous = new Set(document.sources.filter(({ kind }) => kind === 'ANONYMOUS').map(({ key }) => key))
  return new Set(document.attributions.filter(({ source }) => source !== undefined && anonymous.has(source)).map(({ key }) => key))
}

const namesSpeaker = (path: string) =>
  impossible('SPEAKER_UNNAMED', 'has a source that the draft does not name, and the statement names who put it out: together they would tell who the source is; leave the link out, or credit the words to whom the statement names', path)

function excerptProblem(text: string, parts: readonly string[], { start, end }: { readonly start: number; readonly end: number }): string | undefined {
  if (start < 0 || end > text.length || start >= end) return `spans ${start} to ${end}, but the statement has ${text.length} UTF-16 units`
  const words = text.slice(start, end)
  if (placesOf(words, parts).some((place) => place.start === 0 && place.end === words.length)) return undefined
  return 'does not hold the words of the quote; findExcerpts tells where they are'
}

function nearest(text: string, { start, exact }: { readonly start: number; readonly exact: string }): { start: number; end: number } | undefined {
  let best: number | undefined
  for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + 1)) if (best === undefined || Math.abs(at - start) < Math.abs(best - start)) best = at
  return best === undefined ? undefined : { start: best, end: best + exact.length }
}
