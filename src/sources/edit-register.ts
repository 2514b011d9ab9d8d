import { insertRows, statement, type Queries } from '../database/index.js'
import { line } from '../document/index.js'
import type { Kind } from './register.js'

export type RegisterCode = 'FORBIDDEN' | 'NOT_FOUND' | 'INVALID_NAME' | 'AMBIGUOUS' | 'ALIAS_TAKEN' | 'TOO_MANY' | 'UNKNOWN_ORGANIZATION' | 'TIME_RANGE_BACKWARDS' | 'INVALID_DATE'
export interface Refused<Code extends string = RegisterCode> {
  readonly ok: false
  readonly code: Code
  readonly message: string
  readonly path?: string
  /** Ids of those whom a name may mean. */
  readonly candidates?: readonly string[]
}
export type RegisterResult = { readonly ok: true; readonly id: string; readonly created: boolean } | Refused

const refuse = (code: RegisterCode, message: string, path: string, candidates?: readonly string[]): Refused => ({ ok: false, code, message, path, ...(candidates && { candidates }) })

export interface GivenAffiliation {
  /** Key of the organization. */
  readonly organization: string
  readonly title: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface GivenEntry {
  readonly name: string
  readonly aliases: readonly string[]
  readonly affiliation?: GivenAffiliation | undefined
  /** Make a new entry though somebody has the name. */
  readonly isAnother: boolean
}

const MOST_ALIASES = 50

const FOLD = statement('fold_names', `SELECT "folded_name"(given.name) AS folded FROM unnest($1::text[]) WITH ORDINALITY AS given(name, n) ORDER BY given.n`)
// In the order of the names, so that two who ask for the same ones never wait for each other in a circle.
const LOCK_NAMES = statement('lock_names', `SELECT pg_advisory_xact_lock(hashtextextended($1 || ' ' || wanted.name, 0)) FROM (SELECT DISTINCT name FROM unnest($2::text[]) AS name ORDER BY name) AS wanted`)
const matches = (kind: Kind) => statement('matching_entries', `SELECT DISTINCT coalesce(e."survivorId", e."id") AS id FROM "${kind}" AS e WHERE e."names" && $1::text[] ORDER BY 1`)
const AFFILIATED = statement('affiliated', `
  SELECT DISTINCT coalesce(e."survivorId", e."id") AS id FROM "Affiliation" AS a JOIN "Person" AS e ON e."id" = a."personId" JOIN "Organization" AS o ON o."id" = a."organizationId"
  WHERE coalesce(e."survivorId", e."id") = ANY ($1::uuid[]) AND coalesce(o."survivorId", o."id") = $2::uuid ORDER BY 1`)
const keysLike = (kind: Kind) => statement('keys_like', `SELECT e."key" FROM "${kind}" AS e WHERE e."key" = $1 OR e."key" LIKE $1 || '-%'`)
const root = (kind: Kind) => statement('register_root', `SELECT coalesce(e."survivorId", e."id") AS id FROM "${kind}" AS e WHERE e."key" = $1`)
const locked = (kind: Kind) => statement('lock_entry', `SELECT e."names", coalesce(cardinality(e."aliases"), 0) AS count FROM "${kind}" AS e WHERE e."id" = $1::uuid FOR UPDATE`)
const append = (kind: Kind) => statement('append_aliases', `UPDATE "${kind}" SET "aliases" = coalesce("aliases", '{}') || $2::text[] WHERE "id" = $1::uuid`)
const AFFILIATE = statement('affiliate', `
  INSERT INTO "Affiliation" ("id", "personId", "organizationId", "title", "from", "to") VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5::date, $6::date)
  ON CONFLICT ("personId", "organizationId", "title", "from") DO UPDATE SET "to" = excluded."to"`)

/**
 * The one entry that goes by a name or alias, or a new one. Names are compared without case, accents and punctuation. Of several, the one
 * with a title at the given organization; where that leaves more than one, nothing is done and they are the candidates.
 */
export async function findOrCreate(queries: Queries, kind: Kind, given: GivenEntry, newId: () => string): Promise<RegisterResult> {
  const names = [given.name, ...given.aliases]
  const folded = await foldedNames(queries, names)
  if ('ok' in folded) return folded
  if (given.aliases.length > MOST_ALIASES) return refuse('TOO_MANY', `${given.aliases.length} aliases; an entry has at most ${MOST_ALIASES}.`, 'aliases')
  const affiliation = given.affiliation && await affiliationOf(queries, given.affiliation, 'affiliation.')
  if (affiliation && !affiliation.ok) return affiliation
  await queries.query(LOCK_NAMES, [kind, folded])
  let found = (await queries.query<{ id: string }>(matches(kind), [folded])).map((row) => row.id)
  if (found.length > 1 && affiliation && !given.isAnother) {
    const there = await queries.query<{ id: string }>(AFFILIATED, [found, affiliation.organizationId])
    if (there.length > 0) found = there.map((row) => row.id)
  }
  if (found.length > 1 && !given.isAnother) {
    return refuse('AMBIGUOUS', `${found.length} entries go by these names; take one of the candidates, merge them, or ask for another entry with "isAnother".`, 'name', found)
  }
  const [known] = given.isAnother ? [] : found
  if (given.isAnother && given.aliases.length > 0) {
    const taken = await queries.query<{ id: string }>(matches(kind), [folded.slice(1)])
    if (taken.length > 0) return refuse('ALIAS_TAKEN', 'An alias belongs to somebody else; leave it out, or merge the two.', 'aliases', taken.map((row) => row.id))
  }
  const id = known ?? newId()
  if (known === undefined) await insertRows(queries, { [kind]: [{ id, key: await freeKey(queries, kind, given.name, newId), name: given.name.trim(), aliases: distinct(given.aliases, folded.slice(1), [folded[0]!]) }] })
  else {
    const full = await appendAliases(queries, kind, id, names, folded)
    if (full) return full
  }
  if (affiliation) await queries.query(AFFILIATE, [newId(), id, affiliation.organizationId, given.affiliation!.title.trim(), given.affiliation!.from ?? null, given.affiliation!.to ?? null])
  return { ok: true, id, created: known === undefined }
}

/** Adds another name to an entry, or to the one it was merged into. Nothing happens where it has the name already. */
export async function addAlias(queries: Queries, kind: Kind, key: string, alias: string): Promise<RegisterResult> {
  const folded = await foldedNames(queries, [alias])
  if ('ok' in folded) return { ...folded, path: 'alias' }
  const id = await rootOf(queries, kind, key)
  if (id === undefined) return refuse('NOT_FOUND', 'There is no such entry.', 'id')
  await queries.query(LOCK_NAMES, [kind, folded])
  const others = (await queries.query<{ id: string }>(matches(kind), [folded])).map((row) => row.id).filter((other) => other !== id)
  if (others.length > 0) return refuse('ALIAS_TAKEN', 'The name belongs to somebody else. Merge the two if they are one; otherwise use a fuller name.', 'alias', others)
  return await appendAliases(queries, kind, id, [alias], folded) ?? { ok: true, id, created: false }
}

/** Records a title that a person holds or held; asked again with another last day, it changes that. */
export async function setAffiliation(queries: Queries, person: string, given: GivenAffiliation, newId: () => string): Promise<RegisterResult> {
  const id = await rootOf(queries, 'Person', person)
  if (id === undefined) return refuse('NOT_FOUND', 'There is no such person.', 'personId')
  const affiliation = await affiliationOf(queries, given, '')
  if (!affiliation.ok) return affiliation
  await queries.query(AFFILIATE, [newId(), id, affiliation.organizationId, given.title.trim(), given.from ?? null, given.to ?? null])
  return { ok: true, id, created: false }
}

/** The id of the entry, or of the one that it was merged into. */
export async function rootOf(queries: Queries, kind: Kind, key: string): Promise<string | undefined> {
  return (await queries.query<{ id: string }>(root(kind), [key]))[0]?.id
}

async function foldedNames(queries: Queries, names: readonly string[]): Promise<string[] | Refused> {
  const path = (index: number) => (index === 0 ? 'name' : `aliases[${index - 1}]`)
  for (const [index, name] of names.entries()) {
    const checked = line.safeParse(name)
    if (!checked.success) return refuse('INVALID_NAME', `The name ${checked.error.issues[0]!.message}.`, path(index))
  }
  const folded = (await queries.query<{ folded: string }>(FOLD, [names])).map((row) => row.folded)
  const empty = folded.indexOf('')
  return empty < 0 ? folded : refuse('INVALID_NAME', 'The name has nothing in it but punctuation.', path(empty))
}

async function appendAliases(queries: Queries, kind: Kind, id: string, names: readonly string[], folded: readonly string[]): Promise<Refused | undefined> {
  const [entry] = await queries.query<{ names: string[]; count: number }>(locked(kind), [id])
  const added = distinct(names, folded, entry!.names)
  if (added.length === 0) return undefined
  if (Number(entry!.count) + added.length > MOST_ALIASES) return refuse('TOO_MANY', `The entry would have ${Number(entry!.count) + added.length} aliases; it has at most ${MOST_ALIASES}.`, 'aliases')
  await queries.query(append(kind), [id, added])
  return undefined
}

/** The names that are not among the known ones, each once. */
function distinct(names: readonly string[], folded: readonly string[], known: readonly string[]): string[] {
  const seen = new Set(known)
  return names.filter((_, index) => !seen.has(folded[index]!) && seen.add(folded[index]!)).map((name) => name.trim())
}

async function affiliationOf(queries: Queries, given: GivenAffiliation, prefix: string): Promise<{ readonly ok: true; readonly organizationId: string } | Refused> {
  const title = line.safeParse(given.title)
  if (!title.success) return refuse('INVALID_NAME', `The title ${title.error.issues[0]!.message}.`, `${prefix}title`)
  for (const name of ['from', 'to'] as const) {
    const day = given[name]
    if (day !== undefined && !isDay(day)) return refuse('INVALID_DATE', `"${day.slice(0, 40)}" is not a day; write it like 2026-02-24.`, `${prefix}${name}`)
  }
  if (given.from !== undefined && given.to !== undefined && given.from > given.to) return refuse('TIME_RANGE_BACKWARDS', `The title would end on ${given.to}, before it begins on ${given.from}.`, `${prefix}to`)
  const organizationId = await rootOf(queries, 'Organization', given.organization)
  return organizationId === undefined ? refuse('UNKNOWN_ORGANIZATION', 'There is no such organization; findOrCreateOrganization makes one.', `${prefix}organizationId`) : { ok: true, organizationId }
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) && !text.startsWith('0000')
}

/** A key made of the name: "Maria Okafor" → "maria-okafor", or "maria-okafor-2" where that is taken. */
async function freeKey(queries: Queries, kind: Kind, name: string, newId: () => string): Promise<string> {
  const words = name.normalize('NFKD').replaceAll(/[\u0300-\u036f'’.]/g, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 100).replace(/-+$/, '')
  const base = words === '' ? `${kind.toLowerCase()}-${newId().slice(0, 8)}` : words
  const taken = new Set((await queries.query<{ key: string }>(keysLike(kind), [base])).map((row) => row.key))
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? base : `${base}-${n}`
    if (!taken.has(key)) return key
  }
}
