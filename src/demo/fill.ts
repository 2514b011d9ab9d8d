import { derivedStaffToken, storeStaffToken } from '../access/index.js'
import type { Database } from '../database/index.js'
import { insertWaivers } from '../findings/index.js'
import { createStory, type Sources } from '../stories/index.js'
import { demoDocuments } from './index.js'
import { demoWaivers } from './waivers.js'

/** Fills an empty newsroom with the demo stories. Gives their number; 0 where there are stories already. */
export async function fillWithDemo(database: Database, sources: Sources): Promise<number> {
  if ((await database.prisma.story.count()) > 0) return 0
  const documents = demoDocuments(sources.now())
  for (const document of documents) {
    const result = await createStory(database, document, sources)
    if (!result.ok) throw new Error(`The demo story "${document.slug}" was refused: ${result.problems.map((problem) => `${problem.path} ${problem.message}`).join('; ')}`)
    await insertWaivers(database, demoWaivers(document, result.storyId))
  }
  return documents.length
}

/** The staff token of a demo newsroom: the same at every start with the same secret. */
export async function demoToken(database: Database, secret: Buffer, sources: Sources): Promise<string> {
  const token = derivedStaffToken(secret, 'demo')
  await storeStaffToken(database.prisma, token, { name: 'Demo editor', role: 'EDITOR' }, sources)
  return token
}
