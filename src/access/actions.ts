import { STAFF_ROLES, type StaffRole, type Viewer } from './viewer.js'

/** In which role somebody asks: everybody, another outlet with a key, or a member of staff. */
export const ROLES = ['READER', 'PARTNER', ...STAFF_ROLES] as const
export type Role = (typeof ROLES)[number]

const WRITERS: readonly StaffRole[] = ['REPORTER', 'EDITOR', 'STANDARDS_EDITOR', 'ADMIN']
const EDITORS: readonly StaffRole[] = ['EDITOR', 'STANDARDS_EDITOR', 'ADMIN']
const STANDARDS: readonly StaffRole[] = ['STANDARDS_EDITOR', 'ADMIN']

interface Permission<R extends Role> {
  readonly roles: readonly R[]
  readonly meaning: string
}
const can = <R extends Role>(roles: readonly R[], meaning: string): Permission<R> => ({ roles, meaning })

/**
 * Who may do what: the one table of it. Every mutation says which action it is (`@Does`), and so does every query that is not for all
 * staff; the state of a story decides further (`TRANSITIONS`). A new action is a line here.
 */
export const ACTIONS = {
  READ_PUBLISHED: can(ROLES, 'read what is published, at the public contract'),
  READ_NEWSROOM: can(STAFF_ROLES, 'read drafts, agreements with sources, approvals, findings and waivers; check texts'),

  CREATE: can(WRITERS, 'create a story, as a document or from plain text'),
  EXTRACT: can(WRITERS, 'read a story out of plain text without storing it'),
  SAVE: can(WRITERS, 'save a revision; the public sees nothing of it'),
  PUBLISH: can(EDITORS, 'publish for the first time'),
  SCHEDULE: can(EDITORS, 'publish by itself at an instant'),
  UNSCHEDULE: can(EDITORS, 'take the schedule back'),
  EMBARGO: can(EDITORS, 'hold back from the public until an instant, or until lifted'),
  LIFT_EMBARGO: can(EDITORS, 'end an embargo by hand'),
  UPDATE: can(EDITORS, 'publish the current revision as the next version'),
  CORRECT: can(EDITORS, 'publish the next version with a correction: what was wrong, and what is right'),
  CLARIFY: can(EDITORS, 'publish the next version with a clarification: not wrong, but unclear'),
  HOLD: can(EDITORS, 'withhold while we check; can be restored'),
  WITHDRAW: can(STANDARDS, 'recall'),
  KILL: can(EDITORS, 'recall everywhere, for good; translations and posts with it'),
  UNPUBLISH: can(EDITORS, 'take down here, not recalled; can be restored'),
  RESTORE: can(EDITORS, 'make public again'),
  EXPUNGE: can(STANDARDS, 'remove the words of revisions for good, for a court or a withdrawn consent'),

  WAIVE: can(EDITORS, 'publish in spite of a finding, or take that back; never of a story of their own'),
  WAIVE_FOR_STANDARDS: can(STANDARDS, 'the same for rules that are left to standards'),

  FILE_STATEMENT: can(WRITERS, 'file official statements, their later texts and records'),
  RELEASE_STATEMENT: can(EDITORS, 'set the release and the embargo of a statement'),
  OPEN_CHALLENGE: can(WRITERS, 'note that somebody disputes a quote'),
  RESOLVE_CHALLENGE: can(EDITORS, 'decide what comes of a challenge'),
  EDIT_REGISTER: can(WRITERS, 'add people and organizations, their aliases and titles'),
  MERGE_ENTRIES: can(EDITORS, 'merge duplicates of people and organizations, and take that back'),

  RECORD_AGREEMENT: can(WRITERS, 'put on file what was agreed with an anonymous source, and new ground rules'),
  RECORD_APPROVAL: can(WRITERS, 'write down that a named editor approved the use of an anonymous source'),
  APPROVE_USE: can(EDITORS, 'approve such a use themselves, or take an approval back; never of a story of their own'),
  RECORD_SOURCE_CHANGE: can(STANDARDS, 'put on file that a source took its words back, or goes on the record'),

  USE_VAULT: can(WRITERS, 'hold a vault key; seal, fetch and destroy what they are cleared for. What is refused goes on record'),
  USE_RECOVERY_KEY: can(STANDARDS, 'register and use the recovery key of the newsroom'),
  RETIRE_ANY_VAULT_KEY: can(['ADMIN'], 'take anybody\'s vault key out of use'),
  LEGAL_HOLD: can(STANDARDS, 'keep a vault record from being destroyed, and lift that'),
  READ_AUDIT: can(['ADMIN'], 'read the audit log of the vault'),

  READ_PARTNERS: can(EDITORS, 'read who the partners are, their contracts, who took what, and who has not acknowledged a recall'),
  RECORD_ACKNOWLEDGEMENT: can(EDITORS, 'write down that a partner acknowledged a correction or recall by phone'),
  MANAGE_PARTNERS: can(['ADMIN'], 'add partners, set their contracts, issue and revoke their keys, say where they are told of changes'),
} as const satisfies Readonly<Record<string, Permission<Role>>>
export type Action = keyof typeof ACTIONS

export function roleOf(viewer: Viewer): Role {
  return viewer.kind === 'STAFF' ? viewer.role : viewer.kind
}

export function may(role: Role, action: Action): boolean {
  const roles: readonly Role[] = ACTIONS[action].roles
  return roles.includes(role)
}

export interface Forbidden { readonly ok: false; readonly code: 'FORBIDDEN'; readonly message: string }

/** Why somebody in the role may not do it; undefined where they may. */
export function forbidden(action: Action, { role }: { readonly role: Role }): Forbidden | undefined {
  return may(role, action) ? undefined : { ok: false, code: 'FORBIDDEN', message: `${words(action)} is for ${list(ACTIONS[action].roles.map(words))}; you are ${words(role)}.` }
}

/** The table for the documentation, in Markdown. */
export function actionTable(): string {
  const rows = Object.entries(ACTIONS).map(([action, { roles, meaning }]) => {
    const allowed: readonly Role[] = roles
    return `| ${words(action)} | ${ROLES.map((role) => (allowed.includes(role) ? 'yes' : '–')).join(' | ')} | ${meaning} |`
  })
  return [`| action | ${ROLES.map(words).join(' | ')} | what it does |`, `|---|${ROLES.map(() => '---|').join('')}---|`, ...rows].join('\n')
}

/** LIFT_EMBARGO as people say it. */
export function words(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ')
}

/** One, two and three. */
export function list(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0] ?? ''
}
