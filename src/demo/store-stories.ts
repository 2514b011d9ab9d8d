import { insertWaivers } from '../findings/index.js'
import type { Database } from '../database/index.js'
import { act, createStory, editParagraphs, saveEdit, type Sources } from '../stories/index.js'
import { recordDemoAgreements } from './agreements.js'
import { demoHappenings, type Step } from './happenings.js'
import { demoDocuments } from './index.js'
import { demoWaivers } from './waivers.js'

/** Stores the demo stories. Gives their number. */
export async function storeDemoStories(database: Database, sources: Sources): Promise<number> {
  const now = sources.now()
  const stories = [...demoDocuments(now).map((document) => ({ document, steps: [] })), ...demoHappenings(now)]
  for (const { document, steps } of stories) {
    const result = await createStory(database, document, sources)
    if (!result.ok) throw new Error(`The demo story "${document.slug}" was refused: ${result.problems.map((problem) => `${problem.path} ${problem.message}`).join('; ')}`)
    await insertWaivers(database, demoWaivers(document, result.storyId))
    await recordDemoAgreements(database, document, result.storyId, now)
    let revision = 1
    for (const step of steps) revision = await take(database, document.slug, revision, step, sources)
  }
  return stories.length
}

/** Does one step with a story, and gives the number of its revision then. */
async function take(database: Database, slug: string, revision: number, step: Step, sources: Sources): Promise<number> {
  const actor = { name: step.by, role: 'EDITOR' } as const
  const result = 'act' in step
    ? await act(database, { slug }, step.act, actor, step.details, step.at, sources.newId)
    : await database.transaction((queries) => saveEdit(queries, { story: { slug }, expectedRevision: revision, isAutosave: false }, actor, (current) => editParagraphs(current, step.edit, sources.newId), { ...sources, now: () => step.at }))
  if (!result.ok) throw new Error(`The demo story "${slug}" did not take a step: ${'message' in result ? result.message : JSON.stringify(result.problems)}`)
  return 'number' in result ? result.number : revision
}
