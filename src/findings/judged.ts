import DataLoader from 'dataloader'
import { SEVERITIES, type Profile } from '../checks/index.js'
import type { StoryReader, StoryRecord } from '../database/read/index.js'
import type { Checker } from './checker.js'
import { isInForce, judge, type JudgedFinding } from './judge.js'
import { waiversOf, type StoredWaiver } from './waiver.store.js'

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

const loaders = new WeakMap<StoryReader, DataLoader<string, StoredWaiver[]>>()

/** The waivers of a story; all that are asked for in one tick come with one SQL statement (I10). */
export function waiversOfStory(reader: StoryReader, storyId: string): Promise<StoredWaiver[]> {
  let loader = loaders.get(reader)
  if (!loader) {
    loader = new DataLoader<string, StoredWaiver[]>(async (ids) => {
      const waivers = await waiversOf(reader.queries, ids)
      return ids.map((id) => waivers.filter((waiver) => waiver.storyId === id))
    })
    loaders.set(reader, loader)
  }
  return loader.load(storyId)
}

const placeOf = (record: StoryRecord) => ({ document: record.document, version: record.version, isPublic: record.isPublicRevision })

/** The findings of a story's revision with their waivers. @throws {CheckFailed} */
export async function judgedOf(reader: StoryReader, checker: Checker, record: StoryRecord, profile?: Profile): Promise<JudgedFinding[]> {
  // Asked for before anything is waited for, so that stories of one list share the statement.
  const waivers = waiversOfStory(reader, record.id)
  const { revisionId, revisionNumber: number, firstPublishedAt, document } = record
  const [findings, known] = await Promise.all([checker.ofRevision({ revisionId, number, firstPublishedAt, document }, profile), waivers])
  return judge(findings, known, placeOf(record))
}

/** All waivers of a story, and whether each waives something in the revision that is read. @throws {CheckFailed} */
export async function waiversWithForce(reader: StoryReader, checker: Checker, record: StoryRecord): Promise<{ waiver: StoredWaiver; holds: boolean }[]> {
  const waivers = waiversOfStory(reader, record.id)
  const used = new Set((await judgedOf(reader, checker, record)).flatMap(({ waiver }) => (waiver ? [waiver.id] : [])))
  return (await waivers).map((waiver) => ({ waiver, holds: used.has(waiver.id) && isInForce(waiver, placeOf(record)) }))
}
