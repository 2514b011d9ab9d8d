import DataLoader from 'dataloader'
import { statement, type Queries } from '../database/index.js'

export type Kind = 'Person' | 'Organization'

/** An entry of the newsroom's register of people or organizations. */
export interface Entry {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly mergedIntoId: string | null
  readonly mergedAt: string | null
  readonly mergedBy: string | null
  readonly duplicateIds: readonly string[] | null
  /** People only. Days are ISO 8601. */
  readonly affiliations?: readonly { readonly organizationId: string; readonly title: string; readonly from: string | null; readonly to: string | null }[] | null
}

const entries = (kind: Kind, column: 'id' | 'key', type: string) => statement('register_entries', `
  SELECT json_build_object('id', e."id", 'key', e."key", 'name', e."name", 'aliases', to_json(coalesce(e."aliases", '{}')), 'mergedIntoId', e."mergedIntoId", 'mergedAt', e."mergedAt", 'mergedBy', e."mergedBy",
    'duplicateIds', (SELECT json_agg(d."id" ORDER BY d."key") FROM "${kind}" AS d WHERE d."mergedIntoId" = e."id")
    ${kind === 'Person' ? `, 'affiliations', (SELECT json_agg(json_build_object('organizationId', a."organizationId", 'title', a."title", 'from', a."from", 'to', a."to") ORDER BY a."from" DESC NULLS LAST, a."title", a."id") FROM "Affiliation" AS a WHERE a."personId" = e."id")` : ''}) AS entry
  FROM "${kind}" AS e WHERE e."${column}" = ANY ($1::${type}[])`)

/** Loads entries for one request: whatever is asked at the same time is one SQL statement (I10). */
class Loader {
  readonly byId: DataLoader<string, Entry | undefined>
  readonly byKey: DataLoader<string, Entry | undefined>

  constructor(queries: Queries, kind: Kind) {
    const load = (column: 'id' | 'key', type: string) => async (wanted: readonly string[]) => {
      const rows = await queries.query<{ entry: Entry }>(entries(kind, column, type), [wanted])
      const found = new Map(rows.map(({ entry }) => [entry[column], entry]))
      return wanted.map((value) => found.get(value))
    }
    this.byId = new DataLoader(load('id', 'uuid'))
    this.byKey = new DataLoader(load('key', 'text'))
  }
}

export class Register {
  readonly #loaders: Record<Kind, Loader>

  constructor(queries: Queries) {
    this.#loaders = { Person: new Loader(queries, 'Person'), Organization: new Loader(queries, 'Organization') }
  }

  byId(kind: Kind, id: string): Promise<Entry | undefined> {
    return this.#loaders[kind].byId.load(id)
  }

  byKey(kind: Kind, key: string): Promise<Entry | undefined> {
    return this.#loaders[kind].byKey.load(key)
  }
}
