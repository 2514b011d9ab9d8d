import type { Database } from '../database/index.js'
import { editParagraphs, type ParagraphEdit } from './edit-document.js'
import { lockStory, noStory, type Actor, type StoryRef } from './lifecycle.js'
import { saveRevision, type RevisionResult } from './save-revision.js'
import type { Sources } from './save-story.js'

/** Saves a revision with an edited text over whatever the current one is. */
export async function editStory(database: Database, story: StoryRef, actor: Actor, edits: readonly ParagraphEdit[], sources: Sources): Promise<RevisionResult> {
  return database.transaction(async (queries) => {
    const locked = await lockStory(queries, story)
    if (!locked) return { ok: false, code: 'NOT_FOUND', message: noStory(story) }
    return saveRevision(queries, { story, expectedRevision: locked.number, isAutosave: false }, actor, (current) => {
      const edited = editParagraphs(current, edits, sources.newId)
      return 'problems' in edited ? edited : edited.document
    }, sources)
  })
}
