import type { Attribution, Source, StoryDocument } from '../../document/index.js'

/** On what words rest: somebody with a name, nobody who can be named, a crowd or nobody in particular, or the newsroom's own voice. */
export type Ground = 'named' | 'anonymous' | 'loose' | 'own'
export const GROUNDS: Readonly<Record<Ground, string>> = { named: 'named sources', anonymous: 'anonymous sources', loose: 'nobody in particular', own: 'the newsroom’s own voice' }

export interface Run { readonly start: number; readonly end: number; readonly ground: Ground }

/** Of every paragraph, runs of text that rest on the same. Whatever hangs on an anonymous source anywhere in its chain is anonymous. */
export function groundsOf(document: StoryDocument): readonly (readonly Run[])[] {
  const sources = new Map(document.sources.map((source) => [source.key, source]))
  const covered = document.paragraphs.map((): Run[] => [])
  for (const attribution of document.attributions) {
    const ground = groundOf(attribution.source === undefined ? undefined : sources.get(attribution.source))
    for (const { paragraph, start, end } of attribution.content) covered[paragraph]?.push({ start, end, ground })
  }
  return document.paragraphs.map(({ text }, index) => layered(text.length, covered[index]!))
}

export function groundOf(source: Source | undefined): Exclude<Ground, 'own'> {
  if (source === undefined || source.kind === 'GROUP') return 'loose'
  return source.kind === 'ANONYMOUS' ? 'anonymous' : 'named'
}

const OVER: readonly Ground[] = ['own', 'loose', 'named', 'anonymous']

function layered(length: number, runs: readonly Run[]): Run[] {
  const cuts = [...new Set([0, length, ...runs.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b)
  const result: Run[] = []
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const start = cuts[at]!
    const end = cuts[at + 1]!
    const ground = runs.reduce<Ground>((top, run) => (run.start <= start && run.end >= end && OVER.indexOf(run.ground) > OVER.indexOf(top) ? run.ground : top), 'own')
    const last = result.at(-1)
    if (last?.ground === ground) result[result.length - 1] = { ...last, end }
    else result.push({ start, end, ground })
  }
  return result
}

/** Characters of body text by what they rest on, as shares of one. */
export function sharesOf(document: StoryDocument, grounds = groundsOf(document)): Readonly<Record<Ground, number>> {
  const sums: Record<Ground, number> = { named: 0, anonymous: 0, loose: 0, own: 0 }
  let whole = 0
  document.paragraphs.forEach(({ role }, index) => {
    if (role !== 'BODY') return
    for (const { start, end, ground } of grounds[index]!) { sums[ground] += end - start; whole += end - start }
  })
  for (const ground of OVER) sums[ground] = whole === 0 ? 0 : sums[ground] / whole
  return sums
}

export function sharesSaid(shares: Readonly<Record<Ground, number>>): string {
  const percent = (ground: Ground) => `${Math.round(shares[ground] * 100)}%`
  return `${percent('named')} of the text rests on named sources, ${percent('anonymous')} on anonymous ones, ${percent('loose')} on nobody in particular, ${percent('own')} is the newsroom’s own voice.`
}

/** What a source is called in its story. */
export function labelOf(document: StoryDocument, source: Source): string {
  const named = (list: readonly { readonly key: string; readonly name: string }[], key: string) => list.find((entry) => entry.key === key)?.name ?? key
  switch (source.kind) {
    case 'PERSON': return named(document.people, source.person)
    case 'ORGANIZATION': return named(document.organizations, source.organization)
    case 'ANONYMOUS': return source.descriptor
    case 'DOCUMENT': return document.documents.find(({ key }) => key === source.document)?.title ?? source.document
    case 'OUTLET': return named(document.outlets, source.outlet)
    case 'GROUP': return source.name
  }
}

/** "at least 2 people". */
export function headcountOf(source: Source): string | undefined {
  if (source.kind !== 'ANONYMOUS') return undefined
  const { min, exact } = source.headcount
  if (exact !== undefined) return exact === 1 ? 'one person' : `${exact} people`
  return min === 1 ? 'one person or more' : `at least ${min} people`
}

/** From an attribution back over what it refers to, to where the source came in. Ends where a document leads in a circle. */
export function antecedentsOf(document: StoryDocument, attribution: Attribution): readonly Attribution[] {
  const byKey = new Map(document.attributions.map((each) => [each.key, each]))
  const chain: Attribution[] = []
  for (let at = attribution.antecedent; at !== undefined && chain.length < 50; at = chain.at(-1)!.antecedent) {
    const found = byKey.get(at)
    if (!found || chain.includes(found)) break
    chain.push(found)
  }
  return chain
}
