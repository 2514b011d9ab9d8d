import type { Database, Queries } from '../database/index.js'
import type { StoryDocument } from '../document/index.js'
import { createStory, type SaveResult, type Sources } from './save-story.js'

/** Carries the answer out of a transaction that is to leave nothing behind. */
class TakenBack extends Error {
  constructor(readonly result: SaveResult) {
    super('A check stores nothing.')
  }
}

/**
 * What storing the document would answer: it is stored and taken back, so that everything the database has to say is said. `before` are
 * slugs of documents that an import would have stored by then. What those disagree about otherwise shows only in the import itself.
 */
export async function checkStory(database: Database, document: StoryDocument, sources: Sources, before: ReadonlySet<string>): Promise<SaveResult> {
  if (before.has(document.slug)) return { ok: false, problems: [{ path: 'slug', code: 'SLUG_TAKEN', message: `"${document.slug}" belongs to an earlier document of this import; choose another slug` }] }
  const result = await storeAndTakeBack(database, document, sources)
  if (result.ok) return result
  const problems = result.problems.filter((problem) => {
    const names = problem.path === 'evolvedFrom' || problem.path === 'translationOf' || problem.path === 'parent' ? document[problem.path] : undefined
    return problem.code !== 'UNKNOWN_STORY' || names === undefined || !before.has(names)
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, storyId: '' }
}

async function storeAndTakeBack(database: Database, document: StoryDocument, sources: Sources): Promise<SaveResult> {
  try {
    return await database.transaction(async (queries) => {
      throw new TakenBack(await createStory(inside(database, queries), document, sources))
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.result
    throw error
  }
}

/** The database as seen from within a transaction: a transaction in it is part of that one. */
function inside(database: Database, queries: Queries): Database {
  return { kind: database.kind, prisma: () => database.prisma(), query: (statement, values) => queries.query(statement, values), transaction: (work) => work(queries), listen: (channel, listener) => database.listen(channel, listener), close: () => Promise.resolve() }
}
