import type { Staff, StaffRole } from './viewer.js'

const WRITERS: readonly StaffRole[] = ['REPORTER', 'EDITOR', 'STANDARDS_EDITOR', 'ADMIN']
const EDITORS: readonly StaffRole[] = ['EDITOR', 'STANDARDS_EDITOR', 'ADMIN']

/** What staff do to the newsroom's own files, beside stories: who may do what. */
export const DESK_ACTIONS = {
  FILE_STATEMENT: WRITERS,
  RELEASE_STATEMENT: EDITORS,
  OPEN_CHALLENGE: WRITERS,
  RESOLVE_CHALLENGE: EDITORS,
  EDIT_REGISTER: WRITERS,
  MERGE_ENTRIES: EDITORS,
} as const satisfies Readonly<Record<string, readonly StaffRole[]>>
export type DeskAction = keyof typeof DESK_ACTIONS

export interface Forbidden { readonly ok: false; readonly code: 'FORBIDDEN'; readonly message: string }

/** Undefined where the role may do it. */
export function forbidden(action: DeskAction, staff: Pick<Staff, 'role'>): Forbidden | undefined {
  const roles: readonly StaffRole[] = DESK_ACTIONS[action]
  if (roles.includes(staff.role)) return undefined
  const words = (name: string) => name.toLowerCase().replaceAll('_', ' ')
  return { ok: false, code: 'FORBIDDEN', message: `This is for ${roles.map(words).join(', ')}; you are ${words(staff.role)}.` }
}
