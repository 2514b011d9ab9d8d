/** What a cleared person's own client knows after opening vault records. Lives in that client's memory, is never stored or sent. */
export interface OpenedRecord {
  /** One human being, by any stable name that the client chooses; it appears in no finding. */
  readonly person: string
  /** The cast entries that this person is, or is one of. */
  readonly entries: readonly CastEntry[]
  /** Cast entries under which the same person is named. */
  readonly namedAs?: readonly CastEntry[]
  /** Requests for comment that this person declined or left unanswered, themselves or for their organization. */
  readonly declined?: readonly { readonly story: string; readonly request: string }[]
  /** Terms that this person was promised for a cast entry, where they are stricter than the document says. */
  readonly terms?: readonly (CastEntry & { readonly terms: 'ON_RECORD' | 'BACKGROUND' | 'DEEP_BACKGROUND' | 'OFF_RECORD' })[]
  /** Approvals to use this person without a name. */
  readonly approvals?: readonly (CastEntry & { readonly knowsIdentity: boolean })[]
}
export interface CastEntry { readonly story: string; readonly source: string }

/** How many people a reader who knows the field could think of behind a descriptor. */
export interface CandidatePool extends CastEntry {
  readonly candidates: number
  /** Why so few: "six people attended". Shown to the cleared person only. */
  readonly because?: string
}

export interface OpenedVault {
  readonly records: readonly OpenedRecord[]
  readonly candidatePools?: readonly CandidatePool[]
}

/** The vault as one story sees it. */
export interface VaultStory {
  /** Source key → the people known to stand behind it. */
  readonly peopleBehind: ReadonlyMap<string, ReadonlySet<string>>
  /** Person → all source keys of this story that the person stands behind. */
  readonly entriesOf: ReadonlyMap<string, readonly string[]>
  /** Person → descriptors in the other stories that are checked together. */
  readonly elsewhere: ReadonlyMap<string, readonly { readonly story: string; readonly descriptor: string }[]>
  readonly records: readonly OpenedRecord[]
  readonly pools: readonly CandidatePool[]
}

/** @param descriptors of every story: slug → source key → the words that stand for it. */
export function vaultOf(slug: string, vault: OpenedVault, descriptors: ReadonlyMap<string, ReadonlyMap<string, string>>): VaultStory {
  const peopleBehind = new Map<string, Set<string>>()
  const entriesOf = new Map<string, string[]>()
  const elsewhere = new Map<string, { story: string; descriptor: string }[]>()
  const records = [...vault.records].sort((a, b) => (a.person < b.person ? -1 : 1))
  for (const { person, entries } of records) {
    for (const { story, source } of entries) {
      if (story === slug) {
        const people = peopleBehind.get(source) ?? new Set()
        peopleBehind.set(source, people.add(person))
        entriesOf.set(person, [...new Set([...(entriesOf.get(person) ?? []), source])].sort())
      } else {
        const descriptor = descriptors.get(story)?.get(source)
        if (descriptor !== undefined) elsewhere.set(person, [...(elsewhere.get(person) ?? []), { story, descriptor }])
      }
    }
  }
  for (const list of elsewhere.values()) list.sort((a, b) => (a.story + a.descriptor < b.story + b.descriptor ? -1 : 1))
  return { peopleBehind, entriesOf, elsewhere, records, pools: (vault.candidatePools ?? []).filter((pool) => pool.story === slug) }
}
