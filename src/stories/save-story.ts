import { createHash } from 'node:crypto'
import { insertRows, isTaken, refusalOf, repeatLost, type Database, type Queries } from '../database/index.js'
import type { StoryRecord } from '../database/read/index.js'
import { publicForm, type DocumentProblem, type StoryDocument } from '../document/index.js'
import { surroundingsOf, type Surroundings } from './entities.js'
import { appendEvents } from './events.js'
import { withLineagesOfItsOwn } from './lineages.js'
import { publishRevision } from './publish-story.js'
import { rowsOf, type Rows } from './rows.js'

/** Where the present time and random ids come from. */
export interface Sources {
  readonly now: () => Date
  readonly newId: () => string
}

export type SaveResult = { readonly ok: true; readonly storyId: string } | { readonly ok: false; readonly problems: readonly DocumentProblem[] }

/**
 * Stores a new story with its first revision: a draft, or published where the document has `publication`. All of it or nothing.
 * Two SQL statements; publishing takes a few more.
 */
export async function createStory(database: Database, document: StoryDocument, sources: Sources, savedBy?: string): Promise<SaveResult> {
  return repeating(document.slug, async () => {
    const surroundings = await surroundingsOf(database, document, sources.newId)
    const problems = newStoryProblems(document, surroundings)
    if (problems.length > 0) return { ok: false, problems }
    const create = (queries: Queries) => insertStory(queries, document, surroundings, sources, savedBy, sources.newId())
    return { ok: true, storyId: document.publication ? await database.transaction(create) : await create(database) }
  })
}

/** The same inside a transaction of the caller's, which repeats it as a whole. The story gets `storyId`; `onDraft` sees what would be read of it now. */
export async function createStoryWithin(queries: Queries, document: StoryDocument, sources: Sources, savedBy: string, storyId: string, onDraft?: (draft: StoryRecord) => void): Promise<SaveResult> {
  const surroundings = await surroundingsOf(queries, document, sources.newId)
  const problems = newStoryProblems(document, surroundings)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, storyId: await insertStory(queries, document, surroundings, sources, savedBy, storyId, onDraft) }
}

/** Does the work again where somebody else was faster: a person or organization created in this moment is found at the next attempt. */
export async function repeating<T>(slug: string, work: () => Promise<T | SaveResult>): Promise<T | SaveResult> {
  try {
    return await repeatLost(work)
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal && isTaken(refusal, 'Story_slug_key')) return { ok: false, problems: [slugTaken(slug)] }
    throw error
  }
}

async function insertStory(queries: Queries, document: StoryDocument, surroundings: Surroundings, sources: Sources, savedBy: string | undefined, storyId: string, onDraft?: (draft: StoryRecord) => void): Promise<string> {
  const { publication, ...revision } = withLineagesOfItsOwn(document, surroundings.lineagesElsewhere, sources.newId)
  const [revisionId, createdAt] = [sources.newId(), sources.now()]
  const listedAt = publication ? new Date(publication.firstPublishedAt) : createdAt
  await insertRevision(queries, { document: revision, publicDocument: publicForm(revision) }, surroundings, { storyId, revisionId, number: 1, createdAt, listedAt, savedBy }, sources, {
    Story: [{ id: storyId, slug: document.slug, state: 'DRAFT', version: 0, currentRevisionId: revisionId, createdAt, listedAt, embargoIsOpen: false }],
  })
  onDraft?.(draftRecord(revision, storyId, revisionId, createdAt.toISOString()))
  if (publication) {
    const publishedAt = new Date(publication.publishedAt ?? publication.firstPublishedAt)
    await publishRevision(queries, {
      storyId, revisionId, version: publication.version, firstPublishedAt: listedAt, publishedAt,
      embargoedUntil: publication.embargoedUntil === undefined ? null : new Date(publication.embargoedUntil),
    })
    await appendEvents(queries, [storyId], { kind: 'PUBLISHED', at: publishedAt, now: createdAt })
  }
  return storyId
}

/** A draft that was made just now, as the newsroom reads it. */
function draftRecord(document: StoryDocument, id: string, revisionId: string, at: string): StoryRecord {
  return {
    id, slug: document.slug, state: 'DRAFT', version: 0, listedAt: at, createdAt: at, firstPublishedAt: null, publishedAt: null, embargoedUntil: null, scheduledFor: null,
    revisionId, revisionNumber: 1, savedAt: at, isPublicRevision: false, corrections: null, limits: null, document,
  }
}

/** A revision as it is written. */
export interface NewRevision {
  readonly storyId: string
  readonly revisionId: string
  readonly number: number
  readonly createdAt: Date
  readonly listedAt: Date
  readonly savedBy: string | undefined
  readonly isAutosave?: boolean
}

/** A revision as the newsroom has it, and as the public may. */
export interface Forms { readonly document: StoryDocument; readonly publicDocument: StoryDocument }

/** Stores a revision in both forms, with the people and organizations that are new, in one SQL statement. */
export async function insertRevision(queries: Queries, { document, publicDocument }: Forms, surroundings: Surroundings, revision: NewRevision, sources: Sources, more: Rows = {}): Promise<void> {
  const { documentHash, ...texts } = storedForms({ document, publicDocument })
  const rows = rowsOf(document, publicDocument, { ...revision, documentHash, newId: sources.newId, ...surroundings })
  await insertRows(queries, { ...rows, ...surroundings.newRows, ...more }, texts)
}

/** Both forms as they are stored, and the hash of the newsroom's. */
export function storedForms(forms: Forms): { readonly document: string; readonly publicDocument: string; readonly documentHash: string } {
  const document = JSON.stringify(forms.document)
  return { document, publicDocument: JSON.stringify(forms.publicDocument), documentHash: createHash('sha256').update(document).digest('hex') }
}

function slugTaken(slug: string): DocumentProblem {
  return { path: 'slug', code: 'SLUG_TAKEN', message: `"${slug}" belongs to another story; choose another slug` }
}

function newStoryProblems(document: StoryDocument, surroundings: Surroundings): DocumentProblem[] {
  return [...(surroundings.storyIds.has(document.slug) ? [slugTaken(document.slug)] : []), ...surroundingProblems(document, surroundings), ...(document.publication ? killedProblems(document, surroundings) : [])]
}

/** What belongs to a killed story does not come out by itself. */
function killedProblems(document: StoryDocument, { killed }: Surroundings): DocumentProblem[] {
  return (['translationOf', 'parent'] as const).filter((path) => document[path] !== undefined && killed.has(document[path])).map((path) => (
    { path, code: 'KILLED_STORY', message: `names "${document[path]}", which is killed, its translations and posts with it; leave "publication" out to store a draft, or leave this out` }
  ))
}

/** What only the database knows to be wrong. */
export function surroundingProblems(document: StoryDocument, { storyIds, issuers, statementTexts }: Surroundings): DocumentProblem[] {
  const problems: DocumentProblem[] = []
  for (const path of ['evolvedFrom', 'translationOf', 'parent'] as const) {
    const slug = document[path]
    if (slug !== undefined && !storyIds.has(slug)) problems.push({ path, code: 'UNKNOWN_STORY', message: `names the story "${slug}", which is not here; import that one first` })
  }
  document.statements.forEach((filed, index) => {
    const known = issuers.get(filed.lineage)
    if (known && !known.includes(filed.issuer)) {
      problems.push({ path: `statements[${index}].issuer`, code: 'STATEMENT_DIFFERS', message: `is "${filed.issuer}", but this statement is on file as one of "${known[0]}"; correct the issuer, or give the statement another lineage` })
    }
    filed.texts.forEach((text, at) => {
      const known = statementTexts.get(`${filed.lineage} at ${Date.parse(text.takenAt)}`)
      if (known !== undefined && known !== text.text) {
        problems.push({ path: `statements[${index}].texts[${at}]`, code: 'STATEMENT_DIFFERS', message: 'has other words than the snapshot on file of the same time; file a new snapshot with a time of its own' })
      }
    })
  })
  return problems
}

