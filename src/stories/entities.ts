import { statement, type Queries } from '../database/index.js'
import type { StoryDocument } from '../document/index.js'
import { lineagesOf } from './lineages.js'
import type { EntityKind, Rows } from './rows.js'

/** What a document names that lives outside it: found in the database, or to be made. */
export interface Surroundings {
  readonly storyIds: ReadonlyMap<string, string>
  /** Slugs of those that are killed. */
  readonly killed: ReadonlySet<string>
  readonly entityIds: ReadonlyMap<string, string>
  /** Rows of people, organizations and the like that are not there yet. */
  readonly newRows: Rows
  /** Keys of the issuers of the document's statements that are on file, by the statement's id; the issuer's own key first, then those it was merged with. */
  readonly issuers: ReadonlyMap<string, readonly string[]>
  /** Lineages of the document that another story has. */
  readonly lineagesElsewhere: ReadonlySet<string>
  /** Words on file of the document's statements, by `id at time in ms`. */
  readonly statementTexts: ReadonlyMap<string, string>
}

const NAMED: readonly (readonly [EntityKind, column: string])[] = [
  ['Person', 'key'], ['Organization', 'key'], ['Outlet', 'key'], ['Journalist', 'key'], ['Topic', 'code'], ['Storyline', 'slug'],
]

const FIND = statement('surroundings', `SELECT
  (SELECT json_object_agg("slug", "id") FROM "Story" WHERE "slug" = ANY ($1::text[])) AS stories,
  (SELECT json_agg("slug") FROM "Story" WHERE "slug" = ANY ($1::text[]) AND "state" = 'KILLED') AS killed,
  (SELECT json_object_agg(s."id", (SELECT json_agg(g."key" ORDER BY g."id" = o."id" DESC) FROM "Organization" AS g WHERE g."id" = coalesce(o."survivorId", o."id") OR g."survivorId" = coalesce(o."survivorId", o."id")))
    FROM "OfficialStatement" AS s JOIN "Organization" AS o ON o."id" = s."issuerId" WHERE s."id" = ANY ($2::uuid[])) AS issuers,
  (SELECT json_object_agg(t."statementId" || ' at ' || (extract(epoch FROM t."takenAt") * 1000)::bigint, t."text") FROM "StatementText" AS t WHERE t."statementId" = ANY ($2::uuid[])) AS texts,
  (SELECT json_agg(t."lineage") FROM (${['Source', 'Attribution', 'Quote'].map((table) => `SELECT "lineage" FROM "${table}" WHERE "lineage" = ANY ($3::uuid[])`).join(' UNION ')}) AS t) AS lineages,
  ${NAMED.map(([table, column], index) => `(SELECT json_object_agg("${column}", "id") FROM "${table}" WHERE "${column}" = ANY ($${index + 4}::text[])) AS "${table}"`).join(',\n  ')}`)

/** One SQL statement, whatever the document names. `ownLineages` are those that its story has already. */
export async function surroundingsOf(queries: Queries, document: StoryDocument, newId: () => string, ownLineages: ReadonlySet<string> = new Set()): Promise<Surroundings> {
  const wanted = entitiesOf(document)
  const slugs = [document.slug, document.evolvedFrom, document.translationOf, document.parent].filter((slug) => slug !== undefined)
  type Found = Record<string, Record<string, string> | null> & { issuers: Record<string, string[]> | null; lineages: string[] | null; killed: string[] | null }
  const [found] = await queries.query<Found>(FIND, [slugs, document.statements.map((entry) => entry.lineage), lineagesOf(document).filter((lineage) => !ownLineages.has(lineage)), ...NAMED.map(([kind]) => wanted[kind].map((row) => row.name))])
  const entityIds = new Map<string, string>()
  const newRows: Rows = {}
  for (const [kind, column] of NAMED) {
    const known = found![kind] ?? {}
    for (const { name, row } of wanted[kind]) {
      let id = known[name]
      if (id === undefined) (newRows[kind] ??= []).push({ id: (id = newId()), [column]: name, ...row })
      entityIds.set(`${kind}:${name}`, id)
    }
  }
  for (const person of document.people) {
    for (const { organization, title, from, to } of person.affiliations) {
      (newRows['Affiliation'] ??= []).push({ id: newId(), personId: entityIds.get(`Person:${person.key}`), organizationId: entityIds.get(`Organization:${organization}`), title, from, to })
    }
  }
  return { storyIds: toMap(found!['stories']), killed: new Set(found!.killed), entityIds, newRows, issuers: new Map(Object.entries(found!.issuers ?? {})), lineagesElsewhere: new Set(found!.lineages), statementTexts: toMap(found!['texts']) }
}

function toMap(record: Record<string, string> | null | undefined): Map<string, string> {
  return new Map(Object.entries(record ?? {}))
}

interface Wanted { readonly name: string; readonly row: Record<string, unknown> }

/** In the order of their names, so that two writers of the same names never wait for each other in a circle. */
function entitiesOf(document: StoryDocument): Record<EntityKind, Wanted[]> {
  const wanted = <T>(entries: readonly T[], name: (entry: T) => string, row: (entry: T) => Record<string, unknown>) =>
    [...new Map(entries.map((entry) => [name(entry), { name: name(entry), row: row(entry) }])).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    Person: wanted(document.people, (person) => person.key, ({ name, aliases }) => ({ name, aliases })),
    Organization: wanted(document.organizations, (organization) => organization.key, ({ name, aliases }) => ({ name, aliases })),
    Outlet: wanted(document.outlets, (outlet) => outlet.key, ({ name, url }) => ({ name, url })),
    Journalist: wanted(document.journalists, (journalist) => journalist.key, ({ name }) => ({ name })),
    Topic: wanted(document.topics, (topic) => topic.code, ({ name }) => ({ name })),
    Storyline: wanted(document.storyline === undefined ? [] : [document.storyline], (slug) => slug, () => ({})),
  }
}
