import { agreementsOf } from '../agreements/index.js'
import type { Finding } from '../checks/index.js'
import { statement, type Queries } from '../database/index.js'
import type { AgreementsOnFile, StoryDocument } from '../document/index.js'
import { CheckFailed, type Checker } from './checker.js'
import { FINDINGS_NOT_WAIVED } from './finding-problems.js'
import { judge } from './judge.js'
import { waiversOf } from './waiver.store.js'

const GROUND_RULES_RULE = 'ground-rules-violated'

/** The story that wants to be public, and the revision that would be. */
export interface Gated {
  readonly storyId: string
  readonly slug: string
  readonly version: number
  readonly firstPublishedAt: Date | null
  readonly publicRevisionId: string | null
  readonly revisionId: string
}

export type GateRefusal = {
  readonly ok: false
  readonly code: typeof FINDINGS_NOT_WAIVED | 'CHECKS_FAILED'
  readonly message: string
  /** The errors in the way, and the revision in which they are. */
  readonly findings: readonly Finding[]
  readonly document: StoryDocument
}

const REVISIONS = statement('revisions_to_check', `SELECT r."id", r."number", r."document" FROM "Revision" AS r WHERE r."id" = ANY ($1::uuid[])`)
interface Row { readonly id: string; readonly number: number; readonly document: StoryDocument }

/**
 * I3: why a revision may not be public, or undefined where it may. With `onlyIntroduced` errors that the public revision has already are
 * no reason: a correction must not wait for them. What its source has taken back since is one: no later version has it.
 */
export async function gate(queries: Queries, checker: Checker, story: Gated, { onlyIntroduced }: { readonly onlyIntroduced: boolean }): Promise<GateRefusal | undefined> {
  const { revisionId, publicRevisionId } = story
  const rows = await queries.query<Row>(REVISIONS, [onlyIntroduced && publicRevisionId !== null ? [revisionId, publicRevisionId] : [revisionId]])
  const at = (id: string) => rows.find((row) => row.id === id)
  const wanted = at(revisionId)!
  const onFile = await agreementsOf(queries, story.storyId)
  const errorsOf = async ({ id, number, document }: Row) => (await checker.ofRevision({ revisionId: id, number, firstPublishedAt: story.firstPublishedAt, document, onFile })).filter(({ severity }) => severity === 'error')
  try {
    let errors = await errorsOf(wanted)
    const before = onlyIntroduced && publicRevisionId !== null && errors.length > 0 ? at(publicRevisionId) : undefined
    if (before) {
      const isTakenBack = (error: Finding) => takenBack(error, wanted.document, onFile)
      errors = [...errors.filter(isTakenBack), ...introduced(errors.filter((error) => !isTakenBack(error)), await errorsOf(before))]
    }
    if (errors.length === 0) return undefined
    const judged = judge(errors, await waiversOf(queries, [story.storyId]), { document: wanted.document, version: story.version, isPublic: revisionId === publicRevisionId })
    const findings = judged.filter(({ waiver }) => !waiver).map(({ finding }) => finding)
    return findings.length > 0 ? { ok: false, code: FINDINGS_NOT_WAIVED, message: messageOf(story.slug, findings), findings, document: wanted.document } : undefined
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error
    return { ok: false, code: 'CHECKS_FAILED', message: `"${story.slug}" could not be checked, so nothing was published: ${error.message} Try again; if it stays so, cut the story into parts.`, findings: [], document: wanted.document }
  }
}

/** Whether an error is about something that must no longer be credited to its source. */
function takenBack({ rule, attribution }: Finding, document: StoryDocument, { removals }: AgreementsOnFile): boolean {
  const lineage = rule === GROUND_RULES_RULE && attribution !== undefined ? document.attributions.find(({ key }) => key === attribution)?.lineage : undefined
  return lineage !== undefined && removals.some(({ attributions }) => attributions.includes(lineage))
}

/** Errors that were not there before; of equal ones, those that are more than before. */
function introduced(errors: readonly Finding[], before: readonly Finding[]): Finding[] {
  const left = new Map<string, number>()
  for (const error of before) left.set(identity(error), (left.get(identity(error)) ?? 0) + 1)
  return errors.filter((error) => {
    const count = left.get(identity(error)) ?? 0
    left.set(identity(error), count - 1)
    return count <= 0
  })
}

const identity = ({ rule, fingerprint }: Finding) => `${rule} ${fingerprint}`

function messageOf(slug: string, findings: readonly Finding[]): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))]
  return `"${slug}" cannot be published: ${findings.length === 1 ? 'one finding is an error' : `${findings.length} findings are errors`} (${rules.join(', ')}). Put the words right, or have an editor who is not in the byline waive them.`
}

const LARGE_REVISION = statement('large_revision', `
  SELECT s."firstPublishedAt", r."id", r."number", r."document" FROM "Story" AS s JOIN "Revision" AS r ON r."id" IN (s."currentRevisionId", s."publicRevisionId")
  WHERE s."id" = $1::uuid AND octet_length(r."document"::text) > 20000`)

/** Checks a story that may be large before a transaction does, which then finds it checked and is short. What goes wrong is told by the gate. */
export async function checkAhead(queries: Queries, checker: Checker, storyId: string): Promise<void> {
  const large = await queries.query<Row & { firstPublishedAt: Date | null }>(LARGE_REVISION, [storyId])
  if (large.length === 0) return
  const onFile = await agreementsOf(queries, storyId)
  for (const { id, number, document, firstPublishedAt } of large) {
    await checker.ofRevision({ revisionId: id, number, firstPublishedAt, document, onFile }).catch(() => undefined)
  }
}
