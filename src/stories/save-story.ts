import { insertRows, isTaken, isWorthRepeating, refusalOf, type Database, type Queries } from '../database/index.js'
import { publicForm, type DocumentProblem, type StoryDocument } from '../document/index.js'
import { surroundingsOf, type Surroundings } from './entities.js'
import { publishRevision } from './publish-story.js'
import { rowsOf } from './rows.js'

/** Where the present time and random ids come from. */
export interface Sources {
  readonly now: () => Date
  readonly newId: () => string
}

export type SaveResult = { readonly ok: true; readonly storyId: string } | { readonly ok: false; readonly problems: readonly DocumentProblem[] }

const ATTEMPTS = 5

/**
 * Stores a new story with its first revision: a draft, or published where the document has `publication`. All of it or nothing.
 * Two SQL statements, and two more for publishing.
 */
export async function createStory(database: Database, document: StoryDocument, sources: Sources): Promise<SaveResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const surroundings = await surroundingsOf(database, document, sources.newId)
      const problems = surroundingProblems(document, surroundings)
      if (problems.length > 0) return { ok: false, problems }
      const create = (queries: Queries) => insertStory(queries, document, surroundings, sources)
      return { ok: true, storyId: document.publication ? await database.transaction(create) : await create(database) }
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal && isTaken(refusal, 'Story_slug_key')) return { ok: false, problems: [slugTaken(document.slug)] }
      // A person or organization that somebody else created in this moment is found at the next attempt.
      if (!refusal || !isWorthRepeating(refusal) || attempt === ATTEMPTS) throw error
    }
  }
}

async function insertStory(queries: Queries, document: StoryDocument, surroundings: Surroundings, sources: Sources): Promise<string> {
  const { publication, ...content } = document
  const revision: StoryDocument = content
  const publicRevision = publicForm(revision)
  const [storyId, revisionId, createdAt] = [sources.newId(), sources.newId(), sources.now()]
  const listedAt = publication ? new Date(publication.firstPublishedAt) : createdAt
  const rows = rowsOf(revision, publicRevision, { storyId, revisionId, number: 1, createdAt, listedAt, newId: sources.newId, ...surroundings })
  const { document: text, publicDocument, ...head } = rows['Revision']![0]!
  await insertRows(queries, {
    ...rows, ...surroundings.newRows, Revision: [head],
    Story: [{ id: storyId, slug: document.slug, state: 'DRAFT', version: 0, currentRevisionId: revisionId, createdAt, listedAt }],
  }, { document: JSON.stringify(text), publicDocument: JSON.stringify(publicDocument) })
  if (publication) {
    await publishRevision(queries, {
      storyId, revisionId, version: publication.version, firstPublishedAt: listedAt,
      publishedAt: new Date(publication.publishedAt ?? publication.firstPublishedAt),
      embargoedUntil: publication.embargoedUntil === undefined ? null : new Date(publication.embargoedUntil),
    })
  }
  return storyId
}

function slugTaken(slug: string): DocumentProblem {
  return { path: 'slug', code: 'SLUG_TAKEN', message: `"${slug}" belongs to another story; choose another slug` }
}

/** What only the database knows to be wrong. */
function surroundingProblems(document: StoryDocument, { storyIds, issuers, statementTexts }: Surroundings): DocumentProblem[] {
  const problems: DocumentProblem[] = []
  if (storyIds.has(document.slug)) problems.push(slugTaken(document.slug))
  for (const path of ['evolvedFrom', 'translationOf', 'parent'] as const) {
    const slug = document[path]
    if (slug !== undefined && !storyIds.has(slug)) problems.push({ path, code: 'UNKNOWN_STORY', message: `names the story "${slug}", which is not here; import that one first` })
  }
  document.statements.forEach((statement, index) => {
    const issuer = issuers.get(statement.lineage)
    if (issuer !== undefined && issuer !== statement.issuer) {
      problems.push({ path: `statements[${index}].issuer`, code: 'STATEMENT_DIFFERS', message: `is "${statement.issuer}", but this statement is on file as one of "${issuer}"; correct the issuer, or give the statement another lineage` })
    }
    statement.texts.forEach((text, at) => {
      const filed = statementTexts.get(`${statement.lineage} at ${Date.parse(text.takenAt)}`)
      if (filed !== undefined && filed !== text.text) {
        problems.push({ path: `statements[${index}].texts[${at}]`, code: 'STATEMENT_DIFFERS', message: 'has other words than the snapshot on file of the same time; file a new snapshot with a time of its own' })
      }
    })
  })
  return problems
}
