import { compareRanges } from './text-range.js'
import type { StoryDocument } from './schema.js'

interface Problem { readonly path: readonly (string | number)[]; readonly code: string; readonly message: string }

const KEYED = ['people', 'organizations', 'outlets', 'journalists', 'events', 'documents', 'records', 'media', 'sources', 'attributions', 'quotes', 'statements', 'requestsForComment', 'outletCredits', 'claims'] as const
type Collection = (typeof KEYED)[number]

/** Which field names an entry of which collection. `*` stands for every entry of a list. */
const REFERENCES: readonly (readonly [path: string, target: Collection])[] = [
  ['bylines.*.journalist', 'journalists'],
  ['providers.*', 'outlets'],
  ['people.*.affiliations.*.organization', 'organizations'],
  ['sources.*.person', 'people'],
  ['sources.*.organization', 'organizations'],
  ['sources.*.document', 'documents'],
  ['sources.*.outlet', 'outlets'],
  ['sources.*.heldBy', 'outlets'],
  ['sources.*.affiliation.organization', 'organizations'],
  ['sources.*.agreed.grantedBy', 'journalists'],
  ['sources.*.agreed.approvals.*.approvedBy', 'journalists'],
  ['sources.*.agreed.approvals.*.recordedBy', 'journalists'],
  ['attributions.*.source', 'sources'],
  ['attributions.*.toldTo.*', 'outlets'],
  ['attributions.*.parent', 'attributions'],
  ['attributions.*.antecedent', 'attributions'],
  ['attributions.*.occasion', 'events'],
  ['quotes.*.attribution', 'attributions'],
  ['quotes.*.excerptOf.statement', 'statements'],
  ['quotes.*.record.record', 'records'],
  ['statements.*.issuer', 'organizations'],
  ['statements.*.spokesperson.person', 'people'],
  ['statements.*.attributions.*', 'attributions'],
  ['requestsForComment.*.person', 'people'],
  ['requestsForComment.*.organization', 'organizations'],
  ['requestsForComment.*.askedBy', 'journalists'],
  ['requestsForComment.*.answeredBy.statement', 'statements'],
  ['requestsForComment.*.answeredBy.attribution', 'attributions'],
  ['outletCredits.*.outlet', 'outlets'],
  ['outletCredits.*.attribution', 'attributions'],
  ['claims.*.target.person', 'people'],
  ['claims.*.target.organization', 'organizations'],
  ['claims.*.holder.person', 'people'],
  ['claims.*.holder.organization', 'organizations'],
  ['claims.*.holder.source', 'sources'],
  ['claims.*.event', 'events'],
  ['claims.*.documents.*', 'documents'],
  ['claims.*.occurrences.*.attribution', 'attributions'],
]
const PATHS = REFERENCES.map(([path, target]) => [path.split('.'), target] as const)

/** Everything that links one part of a document to another, checked. Ranges are checked elsewhere. */
export function referenceProblems(document: StoryDocument): Problem[] {
  const problems: Problem[] = []
  const known = new Map<Collection, Set<string>>()
  for (const name of KEYED) known.set(name, uniqueKeys(document, name, problems))
  for (const [parts, target] of PATHS) {
    const keys = known.get(target)!
    visit(document, parts, (value, path) => {
      if (typeof value === 'string' && !keys.has(value)) {
        problems.push({ path: [...path], code: 'UNKNOWN_REFERENCE', message: `names "${value}", which is not in ${target}` })
      }
    })
  }
  problems.push(...cycles(document, 'parent'), ...cycles(document, 'antecedent'), ...sourceProblems(document), ...otherProblems(document))
  return problems
}

/** Hands on what is at a path of names, where `*` stands for every entry of a list. Its own path holds during the call. */
function visit(value: unknown, parts: readonly string[], found: (value: unknown, path: readonly (string | number)[]) => void, path: (string | number)[] = []): void {
  const part = parts[path.length]
  if (part === undefined) return found(value, path)
  if (typeof value !== 'object' || value === null) return
  const step = (at: string | number, inner: unknown) => {
    path.push(at)
    visit(inner, parts, found, path)
    path.pop()
  }
  if (part === '*') (value as unknown[]).forEach((entry, index) => step(index, entry))
  else step(part, (value as Record<string, unknown>)[part])
}

function uniqueKeys(document: StoryDocument, name: Collection, problems: Problem[]): Set<string> {
  const keys = new Set<string>()
  const lineages = new Set<string>()
  document[name].forEach((entry, index) => {
    if (keys.has(entry.key)) problems.push({ path: [name, index, 'key'], code: 'DUPLICATE_KEY', message: `repeats the key "${entry.key}"` })
    keys.add(entry.key)
    if (!('lineage' in entry)) return
    if (lineages.has(entry.lineage)) problems.push({ path: [name, index, 'lineage'], code: 'DUPLICATE_KEY', message: 'repeats the lineage of an earlier entry' })
    lineages.add(entry.lineage)
  })
  return keys
}

/** Parents and antecedents lead upwards to a first attribution, never in a circle. */
function cycles(document: StoryDocument, link: 'parent' | 'antecedent'): Problem[] {
  const byKey = new Map(document.attributions.map((attribution) => [attribution.key, attribution]))
  const settled = new Set<string>()
  const problems: Problem[] = []
  document.attributions.forEach((attribution, index) => {
    const trail = new Set<string>()
    let at: typeof attribution | undefined = attribution
    while (at && !settled.has(at.key)) {
      if (trail.has(at.key)) {
        problems.push({ path: ['attributions', index, link], code: 'CYCLE', message: `leads back to itself: ${[...trail, at.key].join(' → ')}` })
        break
      }
      trail.add(at.key)
      const next: string | undefined = at[link]
      at = next === undefined ? undefined : byKey.get(next)
    }
    for (const key of trail) settled.add(key)
  })
  return problems
}

function sourceProblems(document: StoryDocument): Problem[] {
  const problems: Problem[] = []
  document.sources.forEach((source, index) => {
    if (source.kind !== 'ANONYMOUS') return
    const { min, exact, range } = source.headcount
    const path = ['sources', index, 'headcount']
    if (exact !== undefined && exact < min) problems.push({ path, code: 'HEADCOUNT', message: `says exactly ${exact}, but at least ${min}` })
    if (exact !== undefined && !range) problems.push({ path, code: 'HEADCOUNT', message: `says exactly ${exact} without the words that say so; add \`range\`, or leave \`exact\` out` })
  })
  return problems
}

function otherProblems(document: StoryDocument): Problem[] {
  const problems: Problem[] = []
  const report = (path: readonly (string | number)[], code: string, message: string) => problems.push({ path, code, message })
  for (const name of ['evolvedFrom', 'translationOf', 'parent'] as const) {
    if (document[name] === document.slug) report([name], 'CYCLE', 'names the story itself')
  }
  document.attributions.forEach((attribution, index) => {
    for (let at = 1; at < attribution.content.length; at++) {
      if (compareRanges(attribution.content[at - 1]!, attribution.content[at]!) >= 0) report(['attributions', index, 'content', at], 'ORDER', 'stands before the range that precedes it in the list; list content in reading order')
    }
  })
  document.requestsForComment.forEach((request, index) => {
    if (!request.person && !request.organization) report(['requestsForComment', index], 'INVALID_DOCUMENT', 'names neither the person nor the organization that was asked')
  })
  document.statements.forEach((statement, index) => {
    for (let at = 1; at < statement.texts.length; at++) {
      if (Date.parse(statement.texts[at - 1]!.takenAt) >= Date.parse(statement.texts[at]!.takenAt)) report(['statements', index, 'texts', at], 'ORDER', 'is not later than the snapshot before it; list snapshots oldest first')
    }
  })
  document.media.forEach((media, index) => {
    if (media.caption !== undefined && document.paragraphs[media.caption]?.role !== 'CAPTION') report(['media', index, 'caption'], 'UNKNOWN_REFERENCE', `names paragraph ${media.caption}, which is not a caption`)
  })
  const publication = document.publication
  if (publication?.publishedAt && Date.parse(publication.publishedAt) < Date.parse(publication.firstPublishedAt)) {
    report(['publication', 'publishedAt'], 'ORDER', 'is earlier than firstPublishedAt')
  }
  return problems
}
