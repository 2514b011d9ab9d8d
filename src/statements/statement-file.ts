import DataLoader from 'dataloader'
import { statement, type Queries } from '../database/index.js'
import type { StoryDocument } from '../document/index.js'

type DocumentRecord = StoryDocument['records'][number]
interface Named { readonly key: string; readonly name: string; readonly aliases: readonly string[] }

/** A statement on file. Instants are RFC 3339. */
export interface StatementFile {
  readonly id: string
  readonly issuer: Named
  readonly spokesperson: Named | null
  readonly descriptor: string | null
  readonly channel: StoryDocument['statements'][number]['channel']
  readonly issuedAt: string | null
  readonly url: string | null
  readonly release: StoryDocument['statements'][number]['release']
  readonly embargoedUntil: string | null
  /** Oldest first; never empty. */
  readonly texts: readonly { readonly takenAt: string; readonly text: string }[]
  readonly attachments: readonly { readonly url: string; readonly title: string | null }[] | null
  readonly records: readonly DocumentRecord[] | null
  readonly filedAt: string
  readonly filedBy: string
}

const named = (alias: string) => `json_build_object('key', ${alias}."key", 'name', ${alias}."name", 'aliases', to_json(coalesce(${alias}."aliases", '{}')))`
const instant = (sql: string) => `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
/** An organization or person, or the one it was merged into. */
const survivor = (table: string, alias: string, of: string) => `JOIN "${table}" AS given_${alias} ON given_${alias}."id" = ${of} JOIN "${table}" AS ${alias} ON ${alias}."id" = coalesce(given_${alias}."survivorId", given_${alias}."id")`

const FILES = statement('statement_files', `
  SELECT json_build_object('id', f."statementId", 'issuer', ${named('o')}, 'spokesperson', (SELECT ${named('p')} FROM (SELECT 1) AS one ${survivor('Person', 'p', 'f."spokespersonId"')}), 'descriptor', f."spokesperson",
    'channel', f."channel", 'issuedAt', ${instant('f."issuedAt"')}, 'url', f."url", 'release', f."release", 'embargoedUntil', ${instant('f."embargoedUntil"')}, 'filedAt', ${instant('f."filedAt"')}, 'filedBy', f."filedBy",
    'texts', (SELECT json_agg(json_build_object('takenAt', ${instant('t."takenAt"')}, 'text', t."text") ORDER BY t."takenAt") FROM "StatementText" AS t WHERE t."statementId" = f."statementId"),
    'attachments', (SELECT json_agg(json_build_object('url', a."url", 'title', a."title") ORDER BY a."ordinal") FROM "StatementAttachment" AS a WHERE a."statementId" = f."statementId"),
    'records', (SELECT json_agg(json_build_object('kind', r."kind", 'title', r."title", 'programme', r."programme", 'airedAt', ${instant('r."airedAt"')}, 'url', r."url", 'segments', r."segments") ORDER BY r."attachedAt", r."id")
      FROM "StatementRecord" AS r WHERE r."statementId" = f."statementId")) AS file
  FROM "FiledStatement" AS f JOIN "OfficialStatement" AS s ON s."id" = f."statementId" ${survivor('Organization', 'o', 's."issuerId"')} WHERE f."statementId" = ANY ($1::uuid[])`)

/** The statements on file of these ids, in their order. One SQL statement. */
export async function statementFiles(queries: Queries, ids: readonly string[]): Promise<(StatementFile | undefined)[]> {
  const found = new Map((await queries.query<{ file: StatementFile }>(FILES, [ids])).map(({ file }) => [file.id, file]))
  return ids.map((id) => found.get(id))
}

export function statementLoader(queries: Queries): DataLoader<string, StatementFile | undefined> {
  return new DataLoader((ids) => statementFiles(queries, ids))
}

const NEWEST = statement('newest_statement_text', `SELECT t."text" FROM "StatementText" AS t WHERE t."statementId" = $1::uuid ORDER BY t."takenAt" DESC LIMIT 1`)

/** The newest full text of a statement, filed or reported by a story; undefined where none is on file. */
export async function newestText(queries: Queries, id: string): Promise<string | undefined> {
  return (await queries.query<{ text: string }>(NEWEST, [id]))[0]?.text
}
