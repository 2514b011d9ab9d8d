import type { Waiver } from '../checks/index.js'
import { statement, type Queries } from '../database/index.js'
import type { StoryDocument } from '../document/index.js'
import { isInForce } from './judge.js'
import type { StoredWaiver } from './waiver.store.js'

const WAIVED = statement('waived_stories', `
  SELECT s."slug", s."version", coalesce(s."publicRevisionId" = s."currentRevisionId", false) AS "isPublic", json_agg(w) AS "waivers"
  FROM "Waiver" AS w JOIN "Story" AS s ON s."id" = w."storyId" WHERE w."revokedAt" IS NULL GROUP BY s."id"`)

/** The waivers in force for the current revision of any story, in one SQL statement. */
export async function waivedStories(queries: Queries): Promise<(document: StoryDocument) => readonly Waiver[]> {
  const rows = await queries.query<{ slug: string; version: number; isPublic: boolean; waivers: StoredWaiver[] }>(WAIVED, [])
  const bySlug = new Map(rows.map((row) => [row.slug, row]))
  return (document) => {
    const { version, isPublic, waivers } = bySlug.get(document.slug) ?? { version: 0, isPublic: false, waivers: [] }
    return waivers.filter((waiver) => isInForce(waiver, { document, version, isPublic })).map(({ rule, fingerprint, reason, role }) => ({ rule, fingerprint, code: reason, byRole: role }))
  }
}
