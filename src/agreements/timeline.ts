import type { Terms } from '../document/index.js'
import type { AgreementFile, ApprovalChannel } from './agreement.store.js'
import type { NotedFacts } from './noted.store.js'

export const FACT_KINDS = ['ANONYMITY_GRANTED', 'GROUND_RULES', 'APPROVED', 'APPROVAL_REVOKED', 'APPROVAL_LAPSED', 'REMOVAL_REQUIRED'] as const

/** One thing that happened about an anonymous source. */
export interface Fact {
  readonly kind: (typeof FACT_KINDS)[number]
  /** When it happened: RFC 3339, or a day. Null where a document does not date it. */
  readonly at: string | null
  /** When the newsroom wrote it down, and who did. */
  readonly recordedAt: string
  readonly recordedBy: string | null
  /** Number of the story's revision by then. */
  readonly revision: number
  /** Whether a document brought it. */
  readonly isFromDocument: boolean
  /** Who granted or approved. */
  readonly journalist: { readonly key: string; readonly name: string } | null
  readonly terms?: Terms
  /** The reason, the use or the note; null where there is none, or it was expunged. */
  readonly words: string | null
  readonly channel?: ApprovalChannel
  readonly knowsIdentity?: boolean
  readonly heldOffSystem?: boolean
  /** Lineages. */
  readonly attributions: readonly string[]
}

const person = (key: string | null, name: string | null) => (key === null ? null : { key, name: name ?? key })

function recordedFacts({ agreements, groundRules, approvals, changes }: AgreementFile, source: string): Fact[] {
  const mine = <T extends { readonly source: string }>(rows: readonly T[]) => rows.filter((row) => row.source === source)
  const how = ({ recordedAt, recordedBy, revision }: { recordedAt: string; recordedBy: string; revision: number }) => ({ recordedAt, recordedBy, revision, isFromDocument: false })
  return [
    ...mine(agreements).map((row): Fact => ({ kind: 'ANONYMITY_GRANTED', at: row.agreedAt, ...how(row), journalist: person(row.grantedBy, row.grantedByName), terms: row.terms, words: row.reason || null, knowsIdentity: row.editorKnowsIdentity, heldOffSystem: row.heldOffSystem, attributions: [] })),
    ...mine(groundRules).map((row): Fact => ({ kind: 'GROUND_RULES', at: row.agreedAt, ...how(row), journalist: null, terms: row.terms, words: row.note, attributions: row.attributions })),
    ...mine(approvals).flatMap((row): Fact[] => {
      const about = { journalist: person(row.approvedBy, row.approvedByName), words: row.use || null, attributions: row.attributions }
      const given: Fact = { kind: 'APPROVED', at: row.approvedAt, ...how(row), ...about, channel: row.channel }
      if (row.revokedAt === null) return [given]
      return [given, { kind: 'APPROVAL_REVOKED', at: row.revokedAt, recordedAt: row.revokedAt, recordedBy: row.revokedBy, revision: row.revokedInRevision!, isFromDocument: false, ...about }]
    }),
    ...mine(changes).map((row): Fact => ({ kind: 'REMOVAL_REQUIRED', at: row.recordedOn, recordedAt: `${row.recordedOn}T00:00:00.000Z`, recordedBy: row.recordedBy, revision: row.revision, isFromDocument: false, journalist: null, words: null, attributions: row.attributions })),
  ]
}

function notedFactsOf({ agreements, approvals, groundRules }: NotedFacts, source: string): Fact[] {
  const mine = <T extends { readonly source: string }>(rows: readonly T[]) => rows.filter((row) => row.source === source)
  const how = ({ savedAt, savedBy, revision }: { savedAt: string; savedBy: string | null; revision: number }) => ({ recordedAt: savedAt, recordedBy: savedBy, revision, isFromDocument: true })
  return [
    ...mine(agreements).map((row): Fact => ({ kind: 'ANONYMITY_GRANTED', at: null, ...how(row), journalist: person(row.grantedBy, row.grantedByName), words: row.reason, attributions: [] })),
    ...mine(groundRules).map((row): Fact => ({ kind: 'GROUND_RULES', at: row.at, ...how(row), journalist: null, terms: row.terms, words: row.note, attributions: [row.attribution] })),
    ...mine(approvals).map((row): Fact => ({ kind: 'APPROVED', at: row.at, ...how(row), recordedBy: row.recordedByName ?? row.savedBy, journalist: person(row.approvedBy, row.approvedByName), words: row.use, attributions: row.present })),
  ]
}

/** With the first revision that credits the source with more than what there was to approve, an approval lapses. */
function lapses(file: AgreementFile, noted: NotedFacts, source: string): Fact[] {
  const approvals = [
    ...file.approvals.filter((row) => row.source === source).map((row) => ({ present: row.present, revision: row.revision, revokedIn: row.revokedInRevision, journalist: person(row.approvedBy, row.approvedByName), words: row.use || null })),
    ...noted.approvals.filter((row) => row.source === source).map((row) => ({ present: row.present, revision: row.revision, revokedIn: null, journalist: person(row.approvedBy, row.approvedByName), words: row.use })),
  ]
  return approvals.flatMap(({ present, revision, revokedIn, journalist, words }): Fact[] => {
    const gained = noted.attributions.filter((row) => row.source === source && row.revision > revision && !present.includes(row.attribution))
    const at = gained.sort((a, b) => a.revision - b.revision)[0]
    if (!at || (revokedIn !== null && revokedIn < at.revision)) return []
    const attributions = gained.filter((row) => row.revision === at.revision).map((row) => row.attribution)
    return [{ kind: 'APPROVAL_LAPSED', at: at.savedAt, recordedAt: at.savedAt, recordedBy: at.savedBy, revision: at.revision, isFromDocument: false, journalist, words, attributions }]
  })
}

/** All that happened about one source of a story, in the order in which it happened; up to a revision, where one is given. */
export function timelineOf(file: AgreementFile, noted: NotedFacts, source: string, upTo = Infinity): Fact[] {
  const facts = [...notedFactsOf(noted, source), ...recordedFacts(file, source), ...lapses(file, noted, source)].filter(({ revision }) => revision <= upTo)
  const when = ({ at, recordedAt }: Fact) => Date.parse(at ?? recordedAt)
  return facts.sort((a, b) => when(a) - when(b) || Date.parse(a.recordedAt) - Date.parse(b.recordedAt) || FACT_KINDS.indexOf(a.kind) - FACT_KINDS.indexOf(b.kind))
}

/** Every source of a story about which anything is on file, whichever revision has it; those of `document` first. */
export function sourcesOnFile(file: AgreementFile, noted: NotedFacts, ofDocument: readonly string[]): string[] {
  const named = [...noted.agreements, ...noted.approvals, ...noted.groundRules, ...file.agreements, ...file.groundRules, ...file.approvals, ...file.changes].map(({ source }) => source)
  const onFile = new Set(named)
  return [...ofDocument.filter((source) => onFile.has(source)), ...[...onFile].filter((source) => !ofDocument.includes(source))]
}
