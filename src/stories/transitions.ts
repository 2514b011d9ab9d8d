import { ACTIONS, forbidden, list, may, words, type StaffRole } from '../access/index.js'

export const STORY_STATES = ['DRAFT', 'PUBLISHED', 'HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED'] as const
export type State = (typeof STORY_STATES)[number]

export const STORY_ACTIONS = [
  'SAVE', 'PUBLISH', 'SCHEDULE', 'UNSCHEDULE', 'EMBARGO', 'LIFT_EMBARGO', 'UPDATE', 'CORRECT', 'CLARIFY', 'HOLD', 'WITHDRAW', 'KILL', 'UNPUBLISH', 'RESTORE',
] as const
export type Action = (typeof STORY_ACTIONS)[number]

/**
 * From which state each action leads into which; it is impossible in every state that is not named. Who may do it is in `ACTIONS`. The
 * mutations, the command line and the documentation read these two tables.
 */
export const TRANSITIONS: Readonly<Record<Action, Readonly<Partial<Record<State, State>>>>> = {
  SAVE: { DRAFT: 'DRAFT', PUBLISHED: 'PUBLISHED', HELD: 'HELD', UNPUBLISHED: 'UNPUBLISHED' },
  PUBLISH: { DRAFT: 'PUBLISHED' },
  SCHEDULE: { DRAFT: 'DRAFT' },
  UNSCHEDULE: { DRAFT: 'DRAFT' },
  EMBARGO: { DRAFT: 'DRAFT' },
  LIFT_EMBARGO: { DRAFT: 'DRAFT', PUBLISHED: 'PUBLISHED' },
  UPDATE: { PUBLISHED: 'PUBLISHED' },
  CORRECT: { PUBLISHED: 'PUBLISHED' },
  CLARIFY: { PUBLISHED: 'PUBLISHED' },
  HOLD: { PUBLISHED: 'HELD' },
  WITHDRAW: { PUBLISHED: 'WITHDRAWN', HELD: 'WITHDRAWN', UNPUBLISHED: 'WITHDRAWN' },
  KILL: { PUBLISHED: 'KILLED', HELD: 'KILLED', WITHDRAWN: 'KILLED', UNPUBLISHED: 'KILLED' },
  UNPUBLISH: { PUBLISHED: 'UNPUBLISHED', HELD: 'UNPUBLISHED' },
  RESTORE: { HELD: 'PUBLISHED', UNPUBLISHED: 'PUBLISHED' },
}

const PUTS_OUT: ReadonlySet<Action> = new Set(['PUBLISH', 'SCHEDULE', 'UPDATE', 'CORRECT', 'CLARIFY', 'RESTORE'])

/** Whether an action puts text before the public, now or later, and so must pass the checks (I3). Taking text away never does. */
export function isGated(action: Action): boolean {
  return PUTS_OUT.has(action)
}

/** The state that an action leads to, or why it cannot be done. */
export function transition(state: State, action: Action, role: StaffRole): { ok: true; state: State } | { ok: false; code: 'FORBIDDEN' | 'WRONG_STATE'; message: string } {
  const denied = forbidden(action, { role })
  if (denied) return denied
  const next = TRANSITIONS[action][state]
  if (next) return { ok: true, state: next }
  const possible = STORY_ACTIONS.filter((other) => TRANSITIONS[other][state] && may(role, other))
  const way = possible.length > 0 ? ` What can be done with it: ${list(possible.map(words))}.` : ''
  return { ok: false, code: 'WRONG_STATE', message: `A ${words(state)} story does not allow ${words(action)}.${way}` }
}

/** The table for the documentation, in Markdown. */
export function transitionTable(): string {
  const rows = STORY_ACTIONS.map((action) => {
    const [from, { roles, meaning }] = [TRANSITIONS[action], ACTIONS[action]]
    const cells = STORY_STATES.map((state) => (from[state] ? (from[state] === state ? 'stays' : `→ ${words(from[state])}`) : '–'))
    return `| ${words(action)} | ${cells.join(' | ')} | ${roles.map(words).join(', ')} | ${meaning} |`
  })
  return [`| action | ${STORY_STATES.map(words).join(' | ')} | who | what it does |`, `|---|${STORY_STATES.map(() => '---|').join('')}---|---|`, ...rows].join('\n')
}
