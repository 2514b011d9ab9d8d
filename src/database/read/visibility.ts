import type { Scope } from './scope.js'

/** The predicate of the scope, over an alias of Story, with the clock filled in. */
export type Visible = (scope: Scope, alias?: string) => string

/** What the conditions of one statement share: who reads, and placeholders of the request's instant. */
export interface View {
  readonly scope: Scope
  readonly visible: Visible
  readonly now: () => string
  /** Told of everybody who is read as if merged with nobody; the key is SQL. Undefined where merges are looked up. */
  readonly unmerged?: ((table: EntityTable, key: string) => void) | undefined
}

/** I6: a statement's own embargo, as the story notes it or as its file has it; whichever ends later. Over an alias of StatementCitation. */
export function underEmbargo({ now }: Pick<View, 'now'>, citation: string): string {
  return `coalesce(greatest(${citation}."embargoedUntil", (SELECT f."embargoedUntil" FROM "FiledStatement" AS f WHERE f."statementId" = ${citation}."statementId")) > ${now()}, false)`
}

/** Whether a row of StatementCitation may be read. */
export function shownStatement(view: View, citation: string): string {
  return view.scope.isNewsroom ? 'true' : `${citation}."isPublic" AND NOT ${underEmbargo(view, citation)}`
}

/** Whether a row of PersonCitation or OrganizationCitation may be read: the public sees nobody whom only embargoed statements name. */
export function shownCitation(view: View, citation: string): string {
  if (view.scope.isNewsroom) return 'true'
  return `${citation}."isPublic" AND (${citation}."throughStatements" IS NULL OR EXISTS (SELECT FROM "StatementCitation" AS via
    WHERE via."revisionId" = ${citation}."revisionId" AND via."statementId" = ANY (${citation}."throughStatements") AND ${shownStatement(view, 'via')}))`
}

/** People and organizations: those who can be merged, with the tables and columns that cite them. */
export const ENTITIES = {
  Person: { citation: 'PersonCitation', column: 'personId' },
  Organization: { citation: 'OrganizationCitation', column: 'organizationId' },
} as const
export type EntityTable = keyof typeof ENTITIES

/** Whether a story that the viewer may see speaks of an entity; `id` is SQL. */
export function isCited(view: View, table: EntityTable, id: string): string {
  const { citation, column } = ENTITIES[table]
  return anyOf(`FROM "${citation}" AS vc JOIN "Story" AS vs ON vs.${view.scope.revision} = vc."revisionId" WHERE vc."${column}" = ${id} AND ${shownCitation(view, 'vc')} AND ${view.visible(view.scope, 'vs')}`)
}

/**
 * EXISTS for a condition that is looked up row by row. PostgreSQL may read whole tables once for an EXISTS that it expects to need for many
 * rows, and does not know that a page ends after a few.
 */
export function anyOf(from: string): string {
  return `coalesce((SELECT true ${from} LIMIT 1), false)`
}

/**
 * Whether a merge of `x` into its survivor exists for this viewer. Outside the newsroom only where stories that the viewer may see speak of both:
 * of somebody else the public contract tells nothing, nor that there is a duplicate.
 */
function knowsMerge(view: View, table: EntityTable, x: string): string {
  if (view.scope.isNewsroom) return 'true'
  return `${isCited(view, table, `${x}."id"`)} AND (${x}."survivorId" IS NULL OR ${isCited(view, table, `${x}."survivorId"`)})`
}

/**
 * The ids of an entity and of those merged with it, as a subquery; `key` is SQL. Of a key that nobody has there are none, or null. Who knows of a merge is asked
 * only where there is one: the case names both, so that PostgreSQL cannot ask before it has found the other.
 */
export function groupOf(view: View, table: EntityTable, key: string): string {
  const own = ownId(view, table, key)
  // Looked up key by key: PostgreSQL would read a small table whole.
  if (own) return `SELECT ${own} AS id`
  const root = 'coalesce(x."survivorId", x."id")'
  return `SELECT x."id" FROM "${table}" AS x WHERE x."key" = ${key}
    UNION ALL SELECT m."id" FROM "${table}" AS x JOIN "${table}" AS m ON (m."id" = ${root} OR m."survivorId" = ${root}) AND m."id" <> x."id" WHERE x."key" = ${key} AND CASE WHEN m."id" <> x."id" THEN ${knowsMerge(view, table, 'x')} END`
}

/** Where nobody is taken for merged: the id of whoever has a key. */
function ownId({ unmerged }: View, table: EntityTable, key: string): string | undefined {
  unmerged?.(table, key)
  return unmerged && `(SELECT x."id" FROM "${table}" AS x WHERE x."key" = ${key})`
}

/** The id under which an entity is read: its survivor's, where the viewer knows of the merge. */
export function readAs(view: View, table: EntityTable, key: string): string {
  return ownId(view, table, key) ?? `(SELECT CASE WHEN x."survivorId" IS NOT NULL AND ${knowsMerge(view, table, 'x')} THEN x."survivorId" ELSE x."id" END FROM "${table}" AS x WHERE x."key" = ${key})`
}

/** Whether an entity, by its alias, stands in lists for itself and not behind a survivor. */
export function standsForItself(view: View, table: EntityTable, alias: string): string {
  const merged = `${alias}."survivorId" IS NULL`
  return view.scope.isNewsroom ? merged : `(${merged} OR NOT ${isCited(view, table, `${alias}."survivorId"`)})`
}

/** Whether somebody was merged, either way; over keys that a FROM clause gives, or a key alone. */
export function isMerged(table: EntityTable, key: string, from = ''): string {
  return `EXISTS (SELECT FROM ${from}"${table}" AS x WHERE x."key" = ${key} AND (x."survivorId" IS NOT NULL OR EXISTS (SELECT FROM "${table}" AS m WHERE m."survivorId" = x."id")))`
}
