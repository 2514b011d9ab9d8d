import { statement, type Queries, type Statement } from './database.js'

/** Tables whose rows outlive a revision: a row that is there already stays as it is. */
const SHARED: ReadonlySet<string> = new Set(['Storyline', 'Journalist', 'Topic', 'Person', 'Organization', 'Affiliation', 'Outlet', 'OfficialStatement', 'StatementText'])

const COLUMNS = statement('columns', `
  SELECT c.table_name AS "table", array_to_json(array_agg(c.column_name ORDER BY c.ordinal_position)) AS columns
  FROM information_schema.columns AS c WHERE c.table_schema = current_schema() AND c.is_generated = 'NEVER' GROUP BY 1`)

let known: Map<string, readonly string[]> | undefined
async function columns(queries: Queries): Promise<ReadonlyMap<string, readonly string[]>> {
  known ??= new Map((await queries.query<{ table: string; columns: string[] }>(COLUMNS, [])).map((row) => [row.table, row.columns]))
  return known
}

const statements = new Map<string, Statement>()

/**
 * Inserts rows of many tables in one SQL statement, so that all of them are stored or none (foreign keys are checked at its end).
 * `documents` are the texts of the JSON columns of the one `Revision` row, which would lose their order of keys otherwise.
 */
export async function insertRows(queries: Queries, rows: Record<string, readonly object[]>, documents?: { document: string; publicDocument: string }): Promise<void> {
  const columnsOf = await columns(queries)
  const tables = Object.keys(rows).filter((table) => rows[table]!.length > 0).sort()
  const shape = tables.join()
  if (tables.length === 0) return
  let insert = statements.get(shape)
  if (!insert) statements.set(shape, (insert = statement('insert', insertSql(tables, columnsOf))))
  await queries.query(insert, [JSON.stringify(rows), ...(documents ? [documents.document, documents.publicDocument] : [])])
}

/** Takes away every row that belongs to a revision but its paragraphs, in one SQL statement. The database refuses it for a published one (I2). */
export async function deleteRowsOfRevision(queries: Queries, revisionId: string): Promise<void> {
  const tables = [...(await columns(queries))].filter(([table, names]) => names.includes('revisionId') && table !== 'Paragraph').map(([table]) => table).sort()
  const parts = tables.map((table, index) => `d${index} AS (DELETE FROM "${table}" WHERE "revisionId" = $1::uuid)`)
  await queries.query(statement('delete_rows', `WITH ${parts.join(',\n')}\nSELECT 1`), [revisionId])
}

function insertSql(tables: readonly string[], columnsByTable: ReadonlyMap<string, readonly string[]>): string {
  const parts = tables.map((table, index) => {
    const columns = columnsByTable.get(table)
    if (!columns) throw new TypeError(`No table ${table}`)
    const value = (column: string) => (table === 'Revision' && column === 'document' ? '$2::json' : table === 'Revision' && column === 'publicDocument' ? '$3::json' : `r."${column}"`)
    return `i${index} AS (INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(', ')})
      SELECT ${columns.map(value).join(', ')} FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb -> '${table}') AS r${SHARED.has(table) ? ' ON CONFLICT DO NOTHING' : ''})`
  })
  return `WITH ${parts.join(',\n')}\nSELECT 1`
}
