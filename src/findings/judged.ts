import DataLoader from 'dataloader'
import { onFile } from '../agreements/index.js'
import { SEVERITIES, type Profile } from '../checks/index.js'
import type { StoryReader, StoryRecord } from '../database/read/index.js'
import type { Checker } from './checker.js'
import { isInForce, judge, type JudgedFinding } from './judge.js'
import { besideStories, type BesideStory, type StoredWaiver } from './waiver.store.js'

export interface Wanted {
  readonly minSeverity?: string | null | undefined
  readonly severities?: ReadonlySet<string> | undefined
  readonly includeWaived?: boolean | undefined
}

/** What was asked for of what was found. */
export function isWanted({ finding, waiver }: JudgedFinding, { minSeverity, severities, includeWaived }: Wanted): boolean {
  const least = minSeverity ? SEVERITIES.findIndex((severity) => severity === minSeverity.toLowerCase()) : SEVERITIES.length
  return SEVERITIES.indexOf(finding.severity) <= least && severities?.has(finding.severity.toUpperCase()) !== false && (includeWaived === true || !waiver)
}

const loaders = new WeakMap<StoryReader, DataLoader<string, BesideStory>>()

/** Waivers of a story, and what is on file about its sources; all that are asked for in one tick come with one SQL statement (I10). */
export function besideStory(reader: StoryReader, storyId: string): Promise<BesideStory> {
  let loader = loaders.get(reader)
  if (!loader) {
    loader = new DataLoader<string, BesideStory>(async (ids) => {
      const found = new Map((await besideStories(reader.queries, ids)).map((beside) => [beside.storyId, beside]))
      return ids.map((id) => found.get(id)!)
    })
    loaders.set(reader, loader)
  }
  return loader.load(storyId)
}

const placeOf = (record: StoryRecord) => ({ document: record.document, version: record.version, isPublic: record.isPublicRevision })

/** The findings of a story's revision with their waivers. @throws {CheckFailed} */
export async function judgedOf(reader: StoryReader, checker: Checker, record: StoryRecord, profile?: Profile): Promise<JudgedFinding[]> {
  // Asked for before anything is waited for, so that stories of one list share the statement.
  const { waivers, file } = await besideStory(reader, record.id)
  const { revisionId, revisionNumber: number, firstPublishedAt, document } = record
  return judge(await checker.ofRevision({ revisionId, number, firstPublishedAt, document, onFile: onFile(file) }, profile), waivers, placeOf(record))
}

/** All waivers of a story, and whether each waives something in the revision that is read. @throws {CheckFailed} */
export async function waiversWithForce(reader: StoryReader, checker: Checker, record: StoryRecord): Promise<{ waiver: StoredWaiver; holds: boolean }[]> {
  const { waivers } = await besideStory(reader, record.id)
  const used = new Set((await judgedOf(reader, checker, record)).flatMap(({ waiver }) => (waiver ? [waiver.id] : [])))
  return waivers.map((waiver) => ({ waiver, holds: used.has(waiver.id) && isInForce(waiver, placeOf(record)) }))
}
