import { applyWaivers, type Finding } from '../checks/index.js'
import { isInByline, type StoryDocument } from '../document/index.js'
import type { StoredWaiver } from './waiver.store.js'

/** The revision that is judged, in the life of its story. */
export interface Judged {
  readonly document: StoryDocument
  /** Publications of the story so far. */
  readonly version: number
  /** Whether this is the revision of the last one. */
  readonly isPublic: boolean
}

export interface JudgedFinding {
  readonly finding: Finding
  readonly waiver: StoredWaiver | undefined
}

/** Which findings are waived, and by which of the story's waivers. */
export function judge(findings: readonly Finding[], waivers: readonly StoredWaiver[], judged: Judged): JudgedFinding[] {
  const inForce = waivers.filter((waiver) => isInForce(waiver, judged)).map((waiver) => ({ ...waiver, code: waiver.reason, byRole: waiver.role }))
  return applyWaivers(findings, inForce).map(({ finding, waiver }) => ({ finding, waiver: waiver as StoredWaiver | undefined }))
}

/** Not revoked, not spent, and not by somebody whose story it is, or has become. Whether its words still stand shows in the findings. */
export function isInForce(waiver: StoredWaiver, { document, version, isPublic }: Judged): boolean {
  if (waiver.revokedAt !== null || isInByline(document, { name: waiver.by, journalist: waiver.byJournalist ?? undefined })) return false
  // About the whole story: for the publication that followed it.
  return !waiver.isOfStory || waiver.version === version || (isPublic && waiver.version === version - 1)
}
