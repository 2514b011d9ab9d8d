import { statement, type Queries } from '../../src/database/index.js'

const TABLES = statement('tables_to_dump', `SELECT t."table_name" AS "name" FROM information_schema.tables AS t WHERE t."table_schema" = 'public' AND t."table_type" = 'BASE TABLE' ORDER BY 1`)

/** Every row of every table, as text: what two moments have in common. The audit log aside, where `but` says so: refusals are in it. */
export async function dumpOf(queries: Queries, { but = /^$/ }: { readonly but?: RegExp } = {}): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await queries.query<{ name: string }>(TABLES, [])
  const rows = tables.filter(({ name }) => !but.test(name)).map(async ({ name }) => {
    const found = await queries.query<{ row: string }>(statement(`dump_${name}`, `SELECT to_jsonb(t)::text AS "row" FROM "${name}" AS t ORDER BY 1`), [])
    return [name, found.map(({ row }) => row)] as const
  })
  return Object.fromEntries(await Promise.all(rows))
}
