import { kindOfContent } from './speech.js'
import { officialStatement } from './official.js'
import type { Resolved } from './coreference.js'
import type { Reading, Span } from './reading.js'

export type Offsets = readonly [number, number]

/** One attribution of the line protocol. Offsets are UTF-16 units of the whole text, end-exclusive. */
export interface ScorerAttribution {
  readonly source: Offsets | null
  readonly cue: Offsets | null
  readonly content: readonly Offsets[]
  readonly kind: 'direct' | 'mixed' | 'indirect'
  readonly sourceKind: string
  readonly antecedent: Offsets | null
  readonly headcount?: { readonly min: number; readonly exact?: number }
  readonly terms?: string
  readonly official?: boolean
}

export interface ScorerLine { readonly id: string; readonly attributions: readonly ScorerAttribution[] }

export function scorerAttribution(reading: Reading, entry: Resolved): ScorerAttribution {
  const { relation, entity } = entry
  const offsets = (span: Span): Offsets => [reading.tokens[span.from]!.start, reading.tokens[span.to - 1]!.end]
  return {
    source: relation.source ? offsets(relation.source) : null,
    cue: relation.cue ? offsets(relation.cue) : null,
    content: relation.content.map(offsets),
    kind: kindOfContent(reading, relation.content),
    sourceKind: entity?.type ?? 'none',
    antecedent: entry.antecedent ? offsets(entry.antecedent) : null,
    ...(entity && (entity.type === 'unnamed' || entity.type === 'person') && { headcount: { min: entity.headcount.min, ...(entity.headcount.exact !== undefined && { exact: entity.headcount.exact }) } }),
    ...(entity && { terms: termsOf(entry) }),
    ...(officialStatement(reading, entry) && { official: true }),
  }
}

function termsOf({ entity }: Resolved): string {
  if (entity!.spokesperson || entity!.type === 'organization' || /^(?:police|authorities)$/.test(entity!.head)) return 'institutional'
  if (entity!.type === 'person') return 'named'
  if (entity!.type === 'unnamed' || entity!.type === 'group') return 'background'
  return entity!.type
}
