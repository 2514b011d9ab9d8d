import { statement, type Queries } from '../database/index.js'

/** What the desk published in one month, and how much of it is credited to sources that the copy does not name. */
export interface DeskMonth {
  readonly desk: string
  /** First day of the month, UTC. */
  readonly month: string
  readonly stories: number
  readonly attributions: number
  readonly anonymous: number
}

const DESK_MONTHS = statement('desk_months', `
  SELECT r."desk", to_char(date_trunc('month', s."firstPublishedAt" AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS month, count(DISTINCT s."id")::int AS stories,
    count(a."id")::int AS attributions, (count(a."id") FILTER (WHERE a."sourceKind" = 'ANONYMOUS'))::int AS anonymous
  FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s."publicRevisionId"
    LEFT JOIN "Attribution" AS a ON a."revisionId" = r."id" AND a."sourceId" IS NOT NULL AND a."parentId" IS NULL AND a."sourceKind" <> 'GROUP'
  WHERE s."state" = 'PUBLISHED' AND s."firstPublishedAt" >= $1::timestamptz AND s."firstPublishedAt" < $2::timestamptz AND ($3::text[] IS NULL OR r."desk" = ANY ($3::text[]))
  GROUP BY 1, 2 ORDER BY 2, 1`)

/** By month, then desk. */
export function deskMonths(queries: Queries, from: Date, before: Date, desks: readonly string[] | undefined): Promise<DeskMonth[]> {
  return queries.query<DeskMonth>(DESK_MONTHS, [from, before, desks ?? null])
}
