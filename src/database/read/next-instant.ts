import { statement, type Queries } from '../database.js'

/** Everything that the clock alone changes for readers and partners: embargoes of stories and statements, contracts, keys. */
const NEXT = statement('next_public_instant', `SELECT least(
    (SELECT min(s."embargoedUntil") FROM "Story" AS s WHERE s."embargoedUntil" > $1::timestamptz),
    (SELECT min(c."embargoedUntil") FROM "StatementCitation" AS c WHERE c."embargoedUntil" > $1::timestamptz),
    (SELECT min(f."embargoedUntil") FROM "FiledStatement" AS f WHERE f."embargoedUntil" > $1::timestamptz),
    (SELECT min(c."validFrom") FROM "PartnerContract" AS c WHERE c."validFrom" > $1::timestamptz),
    (SELECT min(c."validUntil") FROM "PartnerContract" AS c WHERE c."validUntil" > $1::timestamptz),
    (SELECT min(k."expiresAt") FROM "PartnerKey" AS k WHERE k."expiresAt" > $1::timestamptz)) AS at`)

/**
 * A story leaves an archive of so many days when its version, or the end of its embargo, is as old; whichever is later. The earlier of the
 * two is as good here: nothing changes before it.
 */
const NEXT_OF_ARCHIVE = statement('next_archive_instant', `SELECT least(
    (SELECT min(s."publishedAt") FROM "Story" AS s WHERE s."publishedAt" > $1::timestamptz),
    (SELECT min(s."embargoedUntil") FROM "Story" AS s WHERE s."embargoedUntil" > $1::timestamptz)) AS at`)

const DAY = 24 * 60 * 60 * 1000

/** The first instant after the given one at which the same question may get another answer although nothing was written. In milliseconds; `Infinity` where there is none. */
export async function nextPublicInstant(queries: Queries, after: Date): Promise<number> {
  return instantOf(await queries.query<{ at: Date | null }>(NEXT, [after]))
}

/** The same for stories that leave an archive of so many days. */
export async function nextArchiveInstant(queries: Queries, days: number, after: Date): Promise<number> {
  return instantOf(await queries.query<{ at: Date | null }>(NEXT_OF_ARCHIVE, [new Date(after.getTime() - days * DAY)])) + days * DAY
}

function instantOf([row]: readonly { readonly at: Date | null }[]): number {
  return row?.at ? new Date(row.at).getTime() : Infinity
}
