import type { Staff } from '../access/index.js'
import { statement, type Queries } from '../database/index.js'
import { parseStoryDocument, type DocumentProblem, type StoryDocument } from '../document/index.js'
import type { Kind } from '../sources/index.js'
import { saveRevision, type RevisionResult } from '../stories/index.js'

/** A draft to change, and the revision that one looked at. */
export interface Draft {
  readonly storyId: string
  readonly expectedRevision: number
}

export interface Editing { readonly staff: Staff; readonly now: Date; readonly newId: () => string }

/** A change of a document, or why it cannot be made. The result is checked like any document when it is saved. */
export type Edit = (document: StoryDocument) => { readonly [K in keyof StoryDocument]: unknown } | Impossible
export interface Impossible { readonly problems: readonly DocumentProblem[] }

export function impossible(code: string, message: string, path: string): Impossible {
  return { problems: [{ code, message, path }] }
}

/** Saves the draft with one change as its next revision: whole, or not at all (I8). */
export async function editDraft(queries: Queries, draft: Draft, edit: Edit, { staff, now, newId }: Editing): Promise<RevisionResult> {
  const save = { story: { id: draft.storyId }, expectedRevision: draft.expectedRevision, isAutosave: false }
  return saveRevision(queries, save, staff, (current) => {
    const changed = edit(current)
    if ('problems' in changed) return changed
    const parsed = parseStoryDocument(changed, { lineage: newId })
    return parsed.ok ? parsed.document : parsed
  }, { now: () => now, newId })
}

/** `request-3`: the first such key that a list has not. */
export function freeKey(entries: readonly { readonly key: string }[], word: string): string {
  const taken = new Set(entries.map((entry) => entry.key))
  for (let n = entries.length + 1; ; n += 1) if (!taken.has(`${word}-${n}`)) return `${word}-${n}`
}

export interface Named { readonly key: string; readonly name: string; readonly aliases?: readonly string[] }

const known = (kind: Kind) => statement('named', `
  SELECT s."key", s."name", to_json(coalesce(s."aliases", '{}')) AS aliases FROM "${kind}" AS e JOIN "${kind}" AS s ON s."id" = coalesce(e."survivorId", e."id") WHERE e."key" = $1`)
const JOURNALIST = statement('journalist', `SELECT j."key", j."name" FROM "Journalist" AS j WHERE j."key" = $1`)

/** Somebody of the register or a byline, as a document names them; whoever was merged, as the survivor. Undefined for an unknown key. */
export async function namedBy(queries: Queries, kind: Kind | 'Journalist', key: string): Promise<Named | undefined> {
  return (await queries.query<Named>(kind === 'Journalist' ? JOURNALIST : known(kind), [key]))[0]
}

/** The list with somebody in it: as the document has them already, or as the register does. */
export function withNamed<T extends { readonly key: string }>(entries: readonly T[], given: string, named: Named, make: (named: Named) => T): { readonly key: string; readonly entries: readonly T[] } {
  const there = entries.find((entry) => entry.key === given) ?? entries.find((entry) => entry.key === named.key)
  return there ? { key: there.key, entries } : { key: named.key, entries: [...entries, make(named)] }
}

export const asPerson = ({ key, name, aliases = [] }: Named): StoryDocument['people'][number] => ({ key, name, aliases, affiliations: [] })
export const asOrganization = ({ key, name, aliases = [] }: Named): StoryDocument['organizations'][number] => ({ key, name, aliases })
export const asJournalist = ({ key, name }: Named): StoryDocument['journalists'][number] => ({ key, name })
