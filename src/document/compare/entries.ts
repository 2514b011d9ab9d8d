import { FIELDS, LABELS, type Compared, type EntryTypes, type Field } from './fields.js'
import type { FieldChange } from './metadata.js'
import type { Names } from './names.js'

/** One entry, followed by its lineage. */
export interface EntryChange {
  readonly kind: 'APPEARED' | 'VANISHED' | 'CHANGED'
  readonly lineage: string
  /** Its keys in the two documents; null where it is not in one. */
  readonly from: string | null
  readonly to: string | null
  /** What it is called where it was last: "a senior official: the strike was called off". */
  readonly label: string
  /** How it changed; empty for what appeared or vanished. */
  readonly changes: readonly FieldChange[]
}

/** Changes of a collection: appeared and changed ones in the order of `to`, then vanished ones in the order of `from`. */
export function compareEntries<C extends Compared>(collection: C, from: Names, to: Names, isSeparate: (lineage: string) => boolean = () => false): readonly EntryChange[] {
  const [before, after] = [from.document[collection], to.document[collection]] as unknown as readonly (readonly EntryTypes[C][])[]
  const byLineage = new Map(before!.map((entry) => [entry.lineage, entry]))
  const label = LABELS[collection]
  const followed = new Set<string>()
  const changes = after!.flatMap((entry): EntryChange[] => {
    const old = isSeparate(entry.lineage) ? undefined : byLineage.get(entry.lineage)
    const common = { lineage: entry.lineage, to: entry.key, label: label(entry, to) }
    if (!old) return [{ kind: 'APPEARED', from: null, changes: [], ...common }]
    followed.add(entry.lineage)
    const fields = compareFields(FIELDS[collection], old, from, entry, to)
    return fields.length > 0 ? [{ kind: 'CHANGED', from: old.key, changes: fields, ...common }] : []
  })
  const vanished = before!.filter((entry) => !followed.has(entry.lineage))
  return [...changes, ...vanished.map((entry): EntryChange => ({ kind: 'VANISHED', lineage: entry.lineage, from: entry.key, to: null, label: label(entry, from), changes: [] }))]
}

function compareFields<T>(fields: readonly Field<T>[], old: T, from: Names, entry: T, to: Names): FieldChange[] {
  return fields.flatMap(({ name, say, direction }): FieldChange[] => {
    const before = say(old, from)
    const after = say(entry, to)
    if (before.id === after.id) return []
    const way = before.words !== undefined && after.words !== undefined ? direction?.(before.words, after.words) : undefined
    return [{ field: name, before: before.words ?? null, after: after.words ?? null, ...(way ? { direction: way } : {}) }]
  })
}
