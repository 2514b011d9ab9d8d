import type { Profile } from '../checks/index.js'
import { CHECKED_STORIES, type Place, type StoryFilter, type StoryReader, type StoryRecord } from '../database/read/index.js'
import type { Checker } from './checker.js'
import type { JudgedFinding } from './judge.js'
import { besideStory, isWanted, judgedOf, type Wanted } from './judged.js'

/** Stories that one page looks through at most. */
export const STORIES_PER_PAGE = 100

export interface ArchiveQuery extends Wanted {
  readonly stories: StoryFilter
  readonly savedSince: Date | undefined
  readonly rules: ReadonlySet<string> | undefined
  readonly profile: Profile
  readonly limit: number
  /** Story place and number of the finding in it. */
  readonly after: Place | undefined
}

export interface ArchivePage {
  readonly entries: readonly { readonly story: StoryRecord; readonly judged: JudgedFinding; readonly place: Place }[]
  readonly hasMore: boolean
  /** Where the next page goes on; the page may end there with fewer entries than asked for, or none. */
  readonly end: Place | undefined
}

/** Beyond every finding of a story. */
const PAST_ALL = 10_000_000

/**
 * A page of the findings of the archive, stories newest first. Findings are stored nowhere: the current revisions of so many stories are
 * read in one SQL statement, their waivers and what is on file about their sources in another, and checked where they were not before. @throws {CheckFailed}
 */
export async function archivePage(reader: StoryReader, checker: Checker, query: ArchiveQuery): Promise<ArchivePage> {
  const { after, limit } = query
  const page = await reader.page(CHECKED_STORIES, { stories: query.stories, filter: { savedSince: query.savedSince, from: after ? [after[0]!, after[1]!] : undefined }, limit: STORIES_PER_PAGE })
  // They came along with the page.
  const stories = await Promise.all(page.rows.map(async (row) => (await reader.storyById(row.storyId))!))
  await Promise.all(stories.map((story) => besideStory(reader, story.id)))
  const entries: ArchivePage['entries'][number][] = []
  let end: Place | undefined
  for (const [at, story] of stories.entries()) {
    const { place } = page.rows[at]!
    const seen = after && after[1] === place[1] ? Number(after[2]) : -1
    const judged = await judgedOf(reader, checker, story, query.profile)
    for (const [number, each] of judged.entries()) {
      if (number <= seen || !isWanted(each, query) || (query.rules && !query.rules.has(each.finding.rule))) continue
      if (entries.length === limit) return { entries, hasMore: true, end: entries.at(-1)?.place }
      entries.push({ story, judged: each, place: [...place, String(number)] })
    }
    end = [...place, String(PAST_ALL)]
  }
  return { entries, hasMore: page.hasMore, end: page.hasMore ? end : entries.at(-1)?.place }
}
