import type { StaffRole } from '../../src/access/index.js'
import type { TestNewsroom } from './newsroom.js'

export interface TestFinding { readonly rule: string; readonly fingerprint: string; readonly exact: string; readonly severity: string }

/** Every error of a story that nobody waived. */
export async function errorsOf(newsroom: Pick<TestNewsroom, 'readAsStaff'>, storyId: string): Promise<TestFinding[]> {
  const { data } = await newsroom.readAsStaff(`{ node(id: "${storyId}") { ... on Story { findings(minSeverity: ERROR) { rule fingerprint exact severity } } } }`)
  return data!['node'].findings
}

/** Asks for a waiver; gives the codes of what kept it from being given, and its id. */
export async function waive(newsroom: Pick<TestNewsroom, 'readAsStaff'>, input: { storyId: string; rule: string; fingerprint: string; [more: string]: unknown }, role: StaffRole = 'EDITOR') {
  const { data, errors } = await newsroom.readAsStaff('mutation ($input: WaiveFindingInput!) { waiveFinding(input: $input) { waiver { id reason note by role at revision exact isInForce } errors { code message path } } }', { input: { reason: 'EDITOR_VERIFIED', ...input } }, role)
  if (errors) throw new Error(JSON.stringify(errors))
  return data!['waiveFinding'] as { waiver: { id: string; reason: string; by: string; role: string; revision: number; exact: string; isInForce: boolean } | null; errors: { code: string; message: string; path: string | null }[] }
}

/** Waives every error of a story, as a standards editor. */
export async function waiveErrors(newsroom: Pick<TestNewsroom, 'readAsStaff'>, storyId: string): Promise<number> {
  const found = new Map((await errorsOf(newsroom, storyId)).map(({ rule, fingerprint }) => [`${rule} ${fingerprint}`, { rule, fingerprint }]))
  for (const each of found.values()) {
    const { errors } = await waive(newsroom, { storyId, ...each }, 'STANDARDS_EDITOR')
    if (errors.length > 0) throw new Error(JSON.stringify(errors))
  }
  return found.size
}
