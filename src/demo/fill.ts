import { derivedStaffToken, isStaffTokenKnown, revokeStaffToken, storeStaffToken, type Secrets } from '../access/index.js'
import { statement, type Database } from '../database/index.js'
import type { Sources } from '../stories/index.js'

const ANY_STORY = statement('any_story', `SELECT 1 FROM "Story" AS s LIMIT 1`)

/** Fills an empty newsroom with the demo stories. Gives their number; 0 where there are stories already. */
export async function fillWithDemo(database: Database, sources: Sources): Promise<number> {
  if ((await database.query(ANY_STORY, [])).length > 0) return 0
  // Once in the life of a newsroom: no other start loads them.
  const { storeDemoStories } = await import('./store-stories.js')
  return storeDemoStories(database, sources)
}

/** The staff token of a demo newsroom: the same at every start with the same secret. Those of the secrets before it end. */
export async function demoToken(database: Database, { secret, previous }: Secrets, sources: Sources): Promise<string> {
  const token = derivedStaffToken(secret, 'demo')
  if (!(await isStaffTokenKnown(database, token))) await storeStaffToken(database, token, { name: 'Demo editor', role: 'EDITOR' }, sources)
  for (const old of previous) await revokeStaffToken(database, derivedStaffToken(old, 'demo'), sources.now())
  return token
}
