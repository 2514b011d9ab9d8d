import type { Queries } from '../database/index.js'
import { creditedTo, wordsOf, type StoryDocument } from '../document/index.js'
import { filesOf, putOnFile, type RecordedChange } from './agreement.store.js'
import { findSource, refuse, type AgreementResult, type Editing, type OfSource } from './source-of-story.js'

export const SOURCE_CHANGES = ['CONSENT_WITHDRAWN', 'WENT_ON_RECORD'] as const
export type SourceChangeKind = (typeof SOURCE_CHANGES)[number]

/** What readers and partners are told, whatever happened. */
export const NOTICE = 'This version replaces earlier ones, which should no longer be used.'

/** What the newsroom has to do. The first two are the same for both, so that whoever reads them learns nothing. */
export const GUIDANCE = [
  'Take these attributions and their quotes out, or credit them to somebody else who said so; look at translations and posts too. Where the story cannot stand without them, kill it.',
  `Then publish with "${NOTICE}" and nothing more: no wrong or right words, no word on why.`,
] as const
const ON_RECORD = 'What the source says from now on stands under its name, as a new entry of the cast with attributions of its own. What it said before stays as it was published, under the key that it had: never turn the old entry into the new one.'

export interface GivenChange extends OfSource {
  readonly change: SourceChangeKind
  /** Lineages. Left out: all of the source's where it took its consent back, none where it went on the record. */
  readonly attributions?: readonly string[] | undefined
  /** A day, YYYY-MM-DD. */
  readonly due?: string | undefined
}

const day = (at: Date) => at.toISOString().slice(0, 10)
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && day(new Date(text)) === text

/**
 * Puts on file which attributions must no longer be credited to a source of a published story. Which change it was decides what is meant
 * where nothing is given, and is then forgotten: it is in no table, no answer and no log. Asked again, nothing more is put on file.
 */
export async function recordSourceChange(queries: Queries, given: GivenChange, { staff, now, newId }: Editing): Promise<AgreementResult> {
  const found = await findSource(queries, given)
  if (!found.ok) return found
  const { story, document, published } = found
  if (story.firstPublishedAt === null || !published) return refuse('NOT_PUBLISHED', 'The story was never published; save a revision without the words.', 'storyId')
  if (story.state === 'KILLED' || story.state === 'WITHDRAWN') return refuse('NOTHING_TO_CHANGE', `The story is ${story.state.toLowerCase()}: nothing of it may be used any more.`, 'storyId')
  if (given.due !== undefined && !isDay(given.due)) return refuse('INVALID', `due is no day; write it like ${day(now)}.`, 'due')
  if (given.due !== undefined && given.due < day(now)) return refuse('INVALID', `${given.due} is past; give today or a later day.`, 'due')
  const credited = [...new Set([...creditedTo(published, given.source), ...creditedTo(document, given.source)])]
  const strange = given.attributions?.findIndex((lineage) => !credited.includes(lineage)) ?? -1
  if (strange >= 0) return refuse('UNKNOWN_ATTRIBUTION', 'The story does not credit this to the source; use the ids of its attributions.', `attributions[${strange}]`)
  const wanted = given.attributions ?? (given.change === 'CONSENT_WITHDRAWN' ? credited : [])
  const known = ((await filesOf(queries, [given.storyId])).get(given.storyId)?.changes ?? []).filter(({ source }) => source === given.source)
  const attributions = wanted.filter((lineage) => !known.some((change) => change.attributions.includes(lineage)))
  const done = { ok: true, storyId: given.storyId, source: given.source } as const
  if (attributions.length === 0) {
    const before = known.findLast((change) => wanted.some((lineage) => change.attributions.includes(lineage)))
    return before ? { ...done, id: before.id } : done
  }
  const id = newId()
  await putOnFile(queries, 'changes', {
    id, storyId: given.storyId, source: given.source, attributions: attributions.sort(), due: given.due ?? null, recordedOn: day(now), recordedBy: staff.name, revision: found.publishedNumber!,
  })
  return { ...done, id }
}

/** For whoever recorded the change, and nobody else. */
export function guidanceFor(change: SourceChangeKind): readonly string[] {
  return change === 'WENT_ON_RECORD' ? [ON_RECORD, ...GUIDANCE] : GUIDANCE
}

export interface Task {
  /** Lineage of the attribution. */
  readonly attribution: string
  /** As they were when it was recorded; undefined where they were expunged. */
  readonly words: string | undefined
  readonly quotes: readonly string[]
  readonly isInDraft: boolean
  readonly isPublic: boolean
}

/** Fewer words than these may stand anywhere. */
const TELLING = 4

/** Whether a revision still uses an attribution: credited to the source, or its words left behind without anybody else who said so. */
function stands(document: StoryDocument, source: string, lineage: string, pieces: readonly string[]): boolean {
  if (creditedTo(document, source).includes(lineage)) return true
  return pieces.filter((piece) => piece.split(/\s+/).length >= TELLING).some((piece) => document.paragraphs.some(({ text }, paragraph) => {
    const start = text.indexOf(piece)
    if (start < 0) return false
    const end = start + piece.length
    return !document.attributions.some(({ content }) => content.some((range) => range.paragraph === paragraph && range.start < end && range.end > start))
  }))
}

/**
 * What is left to do of a change.
 * @param revisions.basis the revision that was public when it was recorded; undefined where it was expunged.
 * @param revisions.published what the public reads, or would read again; undefined where nothing can come back.
 */
export function tasksOf({ source, attributions }: Pick<RecordedChange, 'source' | 'attributions'>, revisions: { readonly basis: StoryDocument | undefined; readonly draft: StoryDocument; readonly published: StoryDocument | undefined }): Task[] {
  const { basis, draft, published } = revisions
  return attributions.map((lineage) => {
    const entry = [basis, draft].flatMap((document) => document?.attributions.filter((attribution) => attribution.lineage === lineage) ?? [])[0]
    const pieces = entry?.content.map(({ exact }) => exact) ?? []
    const quotes = basis?.quotes.filter(({ attribution }) => attribution === entry?.key).map(({ ranges }) => wordsOf(ranges)) ?? []
    return {
      attribution: lineage, words: entry && wordsOf(entry.content), quotes,
      isInDraft: published !== undefined && stands(draft, source, lineage, pieces), isPublic: published !== undefined && stands(published, source, lineage, pieces),
    }
  })
}
