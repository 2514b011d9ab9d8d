import type { DocumentProblem } from '../document/index.js'
import { Finding } from '../findings/finding.types.js'
import { findingProblems, FINDINGS_NOT_WAIVED } from '../findings/index.js'
import type { GraphQLContext } from '../graphql/context.js'
import type { MutationError } from '../graphql/mutation.js'
import { errorsOf, payloadType } from '../graphql/payload.js'
import type { ActResult } from './lifecycle.js'
import type { RevisionResult } from './save-revision.js'
import type { SaveResult } from './save-story.js'
import { Story } from './story.types.js'

/** Codes of a document that cannot be stored. */
export const DOCUMENT_CODES = {
  INVALID_DOCUMENT: 'The document breaks its format.', SLUG_TAKEN: 'Another story has the slug.', SLUG_CHANGED: 'A story keeps its slug.',
  UNKNOWN_STORY: 'The document names a story that is not there.', STATEMENT_DIFFERS: 'The statement is on file otherwise.',
} as const

/** The story in a payload. */
export const STORY_RESULT = { story: { type: () => Story, description: 'The story as it is now: changed; or, after a conflict, as somebody else left it. Null where there is none.' } }

/** The payload type of a mutation on a story. */
export function storyPayload(mutation: string, codes: Readonly<Record<string, string>>) {
  return payloadType(mutation, codes, STORY_RESULT)
}
export interface StoryPayload { readonly story: Story | null; readonly errors: readonly MutationError[]; readonly findings?: readonly Finding[] }

/** The same for a mutation that puts text before the public (I3). */
export function gatedPayload(mutation: string, codes: Readonly<Record<string, string>>) {
  return payloadType(mutation, { ...codes, [FINDINGS_NOT_WAIVED]: 'A finding is an error, and nobody waived it; one of these for each.', CHECKS_FAILED: 'The story could not be checked.' }, {
    ...STORY_RESULT, findings: { type: () => [Finding], nullable: false, description: 'The findings that kept it from being done: errors that nobody waived. Put the words right, or have an editor waive them.' },
  })
}

type Result = SaveResult | RevisionResult | ActResult | { readonly ok: false; readonly code: string; readonly message: string; readonly path?: string }

/** The payload after a change: the story as it is now, or what kept it from being changed. */
export async function afterSave(context: GraphQLContext, result: Result, id?: string): Promise<StoryPayload> {
  if (!result.ok && 'problems' in result) return refused(result.problems)
  const errors = !result.ok && 'findings' in result && result.findings.length > 0 ? findingProblems(result.findings).map(({ code, message, path }) => ({ code, message, path: path || null })) : errorsOf(result)
  const findings = !result.ok && 'findings' in result ? result.findings.map((finding) => new Finding({ document: result.document }, finding)) : []
  const story = await context.storyById(result.ok ? result.storyId : id ?? '00000000-0000-0000-0000-000000000000')
  return { story: story ? new Story(story) : null, errors, findings }
}

/** Problems of a document, under the code of their kind. */
export function refused(problems: readonly DocumentProblem[]): StoryPayload {
  return { story: null, errors: problems.map(({ code, message, path }) => ({ code: code in DOCUMENT_CODES || code === 'EDIT_WRONG' ? code : 'INVALID_DOCUMENT', message: `${path || 'The document'} ${message}.`, path: path === '' ? 'document' : path })) }
}
