import { statement, type Queries } from '../database/index.js'

/** Where a story stands in the archive, oldest first, and by slug where several are listed at one instant: the same in every database. Unchanging within one transaction. */
interface Place {
  readonly id: string
  readonly slug: string
  /** Milliseconds since 1970. */
  readonly listed: number
}

interface PlacedStory extends Place {
  /** The stories that its current revision names. */
  readonly names: readonly Place[]
}

const PAGE = 500
const LISTED = (alias: string) => `(extract(epoch FROM ${alias}."listedAt") * 1000)::float8`
/** By bytes, as JavaScript compares a slug's characters, whatever the language of the database. */
const SLUG = (alias: string) => `${alias}."slug" COLLATE "C"`
const COLUMNS = `s."id", s."slug", ${LISTED('s')} AS listed, coalesce((
    SELECT json_agg(json_build_object('id', n."id", 'slug', n."slug", 'listed', ${LISTED('n')}) ORDER BY n."listedAt", ${SLUG('n')}) FROM "Story" AS n WHERE n."id" IN (r."evolvedFromId", r."translationOfId", r."parentId")
  ), '[]'::json) AS names FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s."currentRevisionId"`
const FIRST = statement('export_first', `SELECT ${COLUMNS} ORDER BY s."listedAt", ${SLUG('s')} LIMIT ${PAGE}`)
// The first condition lets an index find the place; the second is exact.
const NEXT = statement('export_next', `SELECT ${COLUMNS} WHERE s."listedAt" >= $1::timestamptz AND (s."listedAt" > $1::timestamptz OR ${SLUG('s')} > $2)
  ORDER BY s."listedAt", ${SLUG('s')} LIMIT ${PAGE}`)
const BY_ID = statement('export_by_id', `SELECT ${COLUMNS} WHERE s."id" = $1::uuid`)
const BY_SLUG = statement('export_by_slug', `SELECT ${COLUMNS} WHERE s."slug" = ANY ($1::text[])`)

const isBefore = (a: Place, b: Place) => a.listed < b.listed || (a.listed === b.listed && a.slug < b.slug)

/**
 * Every story's id, each after the stories that it names. Goes through the archive from the oldest on; a story named before its turn is
 * taken out of turn, and only those are remembered until their turn has passed.
 */
export async function* archiveOrder(queries: Queries): AsyncGenerator<string> {
  const early = new Set<string>()
  let page = await queries.query<PlacedStory>(FIRST, [])
  while (page.length > 0) {
    for (const story of page) {
      if (early.delete(story.id)) continue
      const isDue = (place: Place) => isBefore(story, place) && !early.has(place.id)
      for await (const id of namedFirst(story, isDue, (id) => storyById(queries, id))) {
        if (id !== story.id) early.add(id)
        yield id
      }
    }
    const last = page.at(-1)!
    page = page.length < PAGE ? [] : await queries.query<PlacedStory>(NEXT, [new Date(last.listed), last.slug])
  }
}

/** The same for some stories, in the order in which they are asked for where nothing speaks against it. */
export async function chosenOrder(queries: Queries, slugs: readonly string[]): Promise<{ ids: AsyncIterable<string>; missing: readonly string[] }> {
  const rows = await queries.query<PlacedStory>(BY_SLUG, [slugs])
  const bySlug = new Map(rows.map((row) => [row.slug, row]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  const given = new Set<string>()
  const ids = async function* () {
    for (const slug of slugs) {
      const story = bySlug.get(slug)
      if (!story || given.has(story.id)) continue
      for await (const id of namedFirst(story, (place) => byId.has(place.id) && !given.has(place.id), (id) => Promise.resolve(byId.get(id)))) {
        given.add(id)
        yield id
      }
    }
  }
  return { ids: ids(), missing: [...new Set(slugs)].filter((slug) => !bySlug.has(slug)) }
}

async function storyById(queries: Queries, id: string): Promise<PlacedStory | undefined> {
  return (await queries.query<PlacedStory>(BY_ID, [id]))[0]
}

/** A story after those that it names and that are still due, theirs before them. Stories that name each other in a circle come in any order. */
async function* namedFirst(story: PlacedStory, isDue: (place: Place) => boolean, find: (id: string) => Promise<PlacedStory | undefined>): AsyncGenerator<string> {
  const trail = [story]
  const seen = new Set([story.id])
  for (let at = trail.at(-1); at; at = trail.at(-1)) {
    const next = at.names.find((place) => !seen.has(place.id) && isDue(place))
    const named = next && (await find(next.id))
    if (next) seen.add(next.id)
    if (named) {
      trail.push(named)
    } else if (!next) {
      trail.pop()
      yield at.id
    }
  }
}
