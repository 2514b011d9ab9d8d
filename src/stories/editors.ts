import DataLoader from 'dataloader'
import type { Staff } from '../access/index.js'
import { statement, type Queries } from '../database/index.js'

/** Seconds after which whoever does not tell it again is not writing any more. */
export const EDITING_SECONDS = 60

export interface EditorRecord {
  readonly storyId: string
  readonly subject: string
  readonly name: string
  readonly at: string
}

const STORY = statement('story_for_editor', `SELECT 1 FROM "Story" WHERE "id" = $1::uuid`)
const MARK = statement('mark_editor', `
  INSERT INTO "StoryEditor" ("storyId", "subject", "name", "at") VALUES ($1::uuid, $2, $3, $4::timestamptz)
  ON CONFLICT ("storyId", "subject") DO UPDATE SET "name" = excluded."name", "at" = greatest("StoryEditor"."at", excluded."at")`)
const UNMARK = statement('unmark_editor', `DELETE FROM "StoryEditor" WHERE "storyId" = $1::uuid AND "subject" = $2`)
// In passing, of all stories: whoever closed the page told nobody.
const FORGET = statement('forget_editors', `DELETE FROM "StoryEditor" WHERE ("storyId", "subject") IN (
  SELECT e."storyId", e."subject" FROM "StoryEditor" AS e WHERE e."at" <= $1::timestamptz - make_interval(secs => ${EDITING_SECONDS}) LIMIT 100 FOR UPDATE SKIP LOCKED)`)

/** Says that somebody has a story open for writing, or not any more. Nothing of the story changes. @returns false where there is no such story. */
export async function markEditing(queries: Queries, storyId: string, { subject, name }: Staff, isEditing: boolean, now: Date): Promise<boolean> {
  if ((await queries.query(STORY, [storyId])).length === 0) return false
  await queries.query(FORGET, [now])
  await (isEditing ? queries.query(MARK, [storyId, subject, name, now]) : queries.query(UNMARK, [storyId, subject]))
  return true
}

const EDITOR = `json_build_object('storyId', e."storyId", 'subject', e."subject", 'name', e."name", 'at', to_char(e."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS editor`
const STILL = (now: string) => `e."at" > ${now}::timestamptz - make_interval(secs => ${EDITING_SECONDS})`
const EDITORS = statement('editors_of_stories', `SELECT ${EDITOR} FROM "StoryEditor" AS e WHERE e."storyId" = ANY ($1::uuid[]) AND ${STILL('$2')} ORDER BY e."name", e."subject"`)
const ALL = statement('editors_now', `SELECT ${EDITOR} FROM "StoryEditor" AS e WHERE ${STILL('$1')} ORDER BY e."at" DESC, e."storyId", e."subject" LIMIT 1000`)

/** Who writes on whichever story now, at most 1,000. */
export async function editorsNow(queries: Queries, now: Date): Promise<EditorRecord[]> {
  return (await queries.query<{ editor: EditorRecord }>(ALL, [now])).map(({ editor }) => editor)
}

/** Who writes on stories now, by story, in one SQL statement. */
export function editorLoader(queries: Queries, now: Date): DataLoader<string, readonly EditorRecord[]> {
  return new DataLoader(async (ids) => {
    const byStory = new Map<string, EditorRecord[]>(ids.map((id) => [id, []]))
    for (const { editor } of await queries.query<{ editor: EditorRecord }>(EDITORS, [ids, now])) byStory.get(editor.storyId)!.push(editor)
    return ids.map((id) => byStory.get(id)!)
  })
}
