import type { Source, StoryDocument } from '../../document/index.js'
import { analyse, type Cast, type CheckContext } from '../analysis/context.js'
import { isOnePerson, isSourcing } from '../analysis/sourcing.js'

/** So many people at the least and at the most; `max` is null where nothing limits it. */
export interface Headcount { readonly min: number; readonly max: number | null }

export interface CastLine {
  /** Key in `sources`. */
  readonly source: string
  readonly kind: Source['kind']
  /** As the story calls it. */
  readonly label: string
  readonly attributions: number
  readonly headcount: Headcount
  readonly hasPublishedReason: boolean
  readonly isConfirmed: boolean
}

export interface SingleSourceClaim { readonly claim: string; readonly text: string; readonly source: string; readonly isAnonymous: boolean }
export interface OutstandingRequest { readonly request: string; readonly party: string; readonly outcome: string; readonly isReported: boolean }

/** Who carries a story. For the newsroom: it counts what was never published. */
export interface AttributionReport {
  readonly cast: readonly CastLine[]
  /** People behind all anonymous sources together: they may all overlap, or none. */
  readonly anonymousPeople: Headcount
  readonly attributions: { readonly total: number; readonly named: number; readonly anonymous: number; readonly other: number; readonly namedShare: number; readonly anonymousShare: number }
  readonly singleSourceClaims: readonly SingleSourceClaim[]
  /** Requests that are pending, or whose outcome the story does not report. */
  readonly outstandingRequests: readonly OutstandingRequest[]
  /** The story rests on one anonymous source and nobody else. */
  readonly isSingleAnonymous: boolean
}

export function attributionReport(document: StoryDocument): AttributionReport {
  const context = analyse(document)
  const cast = context.cast.map((member) => castLine(context, member))
  const credited = context.said.filter((said) => said.cast && !said.parent && isSourcing(context, said))
  const anonymous = credited.filter((said) => said.isAnonymous).length
  const named = credited.filter((said) => said.cast!.source.kind === 'PERSON').length
  const spoken = context.anonymous.filter((member) => member.said.length > 0)
  const share = (count: number) => (credited.length === 0 ? 0 : count / credited.length)
  return {
    cast,
    anonymousPeople: together(spoken.map(headcount)),
    attributions: { total: credited.length, named, anonymous, other: credited.length - named - anonymous, namedShare: share(named), anonymousShare: share(anonymous) },
    singleSourceClaims: singleSourceClaims(context),
    outstandingRequests: outstanding(document),
    isSingleAnonymous: credited.length > 0 && anonymous === credited.length && spoken.length === 1 && isOnePerson(spoken[0]!),
  }
}

function headcount({ source }: Cast): Headcount {
  if (source.kind !== 'ANONYMOUS') return { min: 1, max: source.kind === 'GROUP' ? null : 1 }
  return { min: source.headcount.min, max: source.headcount.exact ?? null }
}

/** At the least all are the same people, at the most none. */
function together(groups: readonly Headcount[]): Headcount {
  if (groups.length === 0) return { min: 0, max: 0 }
  return { min: Math.max(...groups.map(({ min }) => min)), max: groups.some(({ max }) => max === null) ? null : groups.reduce((sum, { max }) => sum + max!, 0) }
}

function castLine(context: CheckContext, member: Cast): CastLine {
  return {
    source: member.key, kind: member.source.kind, label: labelOf(context, member.source), attributions: member.said.length, headcount: headcount(member),
    hasPublishedReason: member.source.kind === 'ANONYMOUS' && member.source.reason?.range !== undefined, isConfirmed: member.isConfirmed,
  }
}

function labelOf({ document }: CheckContext, source: Source): string {
  const named = <T extends { readonly key: string }>(list: readonly T[], key: string) => list.find((each) => each.key === key)
  switch (source.kind) {
    case 'PERSON': return named(document.people, source.person)?.name ?? source.person
    case 'ORGANIZATION': return named(document.organizations, source.organization)?.name ?? source.organization
    case 'ANONYMOUS': return source.descriptor
    case 'DOCUMENT': return named(document.documents, source.document)?.title ?? source.document
    case 'OUTLET': return named(document.outlets, source.outlet)?.name ?? source.outlet
    case 'GROUP': return source.name
  }
}

function singleSourceClaims(context: CheckContext): SingleSourceClaim[] {
  return context.claims.flatMap(({ claim, occurrences }) => {
    const members = new Set(occurrences.flatMap(({ said }) => (said?.cast && isSourcing(context, said) ? [said.cast] : [])))
    const [only] = members
    if (members.size !== 1 || !only || claim.documents.length > 0 || (only.source.kind === 'ANONYMOUS' && !isOnePerson(only)) || only.source.kind === 'GROUP') return []
    return [{ claim: claim.key, text: claim.text, source: labelOf(context, only.source), isAnonymous: only.source.kind === 'ANONYMOUS' }]
  })
}

function outstanding(document: StoryDocument): OutstandingRequest[] {
  return document.requestsForComment.flatMap((request) => {
    const isReported = request.outcomeLine !== undefined
    if (request.outcome !== 'PENDING' && isReported) return []
    const party = document.people.find(({ key }) => key === request.person)?.name ?? document.organizations.find(({ key }) => key === request.organization)?.name ?? ''
    return [{ request: request.key, party, outcome: request.outcome, isReported }]
  }).sort((a, b) => (a.request < b.request ? -1 : 1))
}
