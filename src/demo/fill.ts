import { derivedStaffToken, storeStaffToken } from '../access/index.js'
import type { Database } from '../database/index.js'
import { insertWaivers } from '../findings/index.js'
import { act, createStory, editStory, type Sources } from '../stories/index.js'
import { demoHappenings, type Step } from './happenings.js'
import { demoDocuments } from './index.js'
import { demoWaivers } from './waivers.js'

/** Fills an empty newsroom with the demo stories. Gives their number; 0 where there are stories already. */
export async function fillWithDemo(database: Database, sources: Sources): Promise<number> {
  if ((await database.prisma.story.count()) > 0) return 0
  const now = sources.now()
  const stories = [...demoDocuments(now).map((document) => ({ document, steps: [] })), ...demoHappenings(now)]
  for (const { document, steps } of stories) {
    const result = await createStory(database, document, sources)
    if (!result.ok) throw new Error(`The demo story "${document.slug}" was refused: ${result.problems.map((problem) => `${problem.path} ${problem.message}`).join('; ')}`)
    await insertWaivers(database, demoWaivers(document, result.storyId))
    for (const step of steps) await take(database, document.slug, step, sources)
  }
  return stories.length
}

async function take(database: Database, slug: string, step: Step, sources: Sources): Promise<void> {
  const actor = { name: step.by, role: 'EDITOR' } as const
  const result = 'act' in step
    ? await act(database, { slug }, step.act, actor, step.details, step.at, sources.newId)
    : await editStory(database, { slug }, actor, step.edit, { ...sources, now: () => step.at })
  if (!result.ok) throw new Error(`The demo story "${slug}" did not take a step: ${'message' in result ? result.message : JSON.stringify(result.problems)}`)
}

/** The staff token of a demo newsroom: the same at every start with the same secret. */
export async function demoToken(database: Database, secret: Buffer, sources: Sources): Promise<string> {
  const token = derivedStaffToken(secret, 'demo')
  await storeStaffToken(database.prisma, token, { name: 'Demo editor', role: 'EDITOR' }, sources)
  return token
}
