import { statement, type Queries } from '../../database/index.js'

/** A version of a story that a partner gets to see. */
export interface Taking {
  readonly partnerId: string
  readonly storyId: string
  readonly version: number
}

export type TakingWay = 'FETCHED' | 'PUSHED'

// Who asks every second writes once a minute, and reads the rest of the time. In one order, so that two answers do not wait for each other.
const RECORD = statement('record_takings', `
  INSERT INTO "StoryTaking" ("storyId", "partnerId", "version", "way", "firstAt", "lastAt")
  SELECT DISTINCT g.story, g.partner, g.version, $4::"TakingWay", $5::timestamptz, $5::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS g(story, partner, version)
  WHERE NOT EXISTS (SELECT FROM "StoryTaking" AS k WHERE k."storyId" = g.story AND k."partnerId" = g.partner AND k."version" = g.version AND k."way" = $4::"TakingWay" AND k."lastAt" > $5::timestamptz - interval '1 minute')
  ORDER BY 1, 2, 3
  ON CONFLICT ("storyId", "partnerId", "version", "way") DO UPDATE SET "lastAt" = greatest("StoryTaking"."lastAt", excluded."lastAt")`)

/**
 * Writes down who takes what, in one SQL statement, before it is sent: a version that was taken and is not on record could not be recalled
 * (I9). Whoever takes a story while it is taken away or corrected is told of that, too.
 */
export async function recordTakings(queries: Queries, takings: readonly Taking[], way: TakingWay, at: Date): Promise<void> {
  if (takings.length === 0) return
  await queries.query(RECORD, [takings.map(({ storyId }) => storyId), takings.map(({ partnerId }) => partnerId), takings.map(({ version }) => version), way, at])
}
