import type { StaffRole } from '../access/index.js'

export const STORY_STATES = ['DRAFT', 'PUBLISHED', 'HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED'] as const
export type State = (typeof STORY_STATES)[number]

export const STORY_ACTIONS = [
  'SAVE', 'PUBLISH', 'SCHEDULE', 'UNSCHEDULE', 'EMBARGO', 'LIFT_EMBARGO', 'UPDATE', 'CORRECT', 'CLARIFY', 'HOLD', 'WITHDRAW', 'KILL', 'UNPUBLISH', 'RESTORE',
] as const
export type Action = (typeof STORY_ACTIONS)[number]

interface Transition {
  /** From which state into which. An action is impossible in every state that is not named. */
  readonly from: Readonly<Partial<Record<State, State>>>
  readonly roles: readonly StaffRole[]
  readonly meaning: string
}

const WRITERS: readonly StaffRole[] = ['REPORTER', 'EDITOR', 'STANDARDS_EDITOR', 'ADMIN']
const EDITORS: readonly StaffRole[] = ['EDITOR', 'STANDARDS_EDITOR', 'ADMIN']
const STANDARDS: readonly StaffRole[] = ['STANDARDS_EDITOR', 'ADMIN']

/** Who may do what to a story in which state: the one table that the mutations, the CLI and the documentation read. */
export const TRANSITIONS: Readonly<Record<Action, Transition>> = {
  SAVE: { from: { DRAFT: 'DRAFT', PUBLISHED: 'PUBLISHED', HELD: 'HELD', UNPUBLISHED: 'UNPUBLISHED' }, roles: WRITERS, meaning: 'save a revision; the public sees nothing of it' },
  PUBLISH: { from: { DRAFT: 'PUBLISHED' }, roles: EDITORS, meaning: 'publish for the first time' },
  SCHEDULE: { from: { DRAFT: 'DRAFT' }, roles: EDITORS, meaning: 'publish by itself at an instant' },
  UNSCHEDULE: { from: { DRAFT: 'DRAFT' }, roles: EDITORS, meaning: 'take the schedule back' },
  EMBARGO: { from: { DRAFT: 'DRAFT' }, roles: EDITORS, meaning: 'hold back from the public until an instant, or until lifted' },
  LIFT_EMBARGO: { from: { DRAFT: 'DRAFT', PUBLISHED: 'PUBLISHED' }, roles: EDITORS, meaning: 'end an embargo by hand' },
  UPDATE: { from: { PUBLISHED: 'PUBLISHED' }, roles: EDITORS, meaning: 'publish the current revision as the next version' },
  CORRECT: { from: { PUBLISHED: 'PUBLISHED' }, roles: EDITORS, meaning: 'publish the next version with a correction: what was wrong, and what is right' },
  CLARIFY: { from: { PUBLISHED: 'PUBLISHED' }, roles: EDITORS, meaning: 'publish the next version with a clarification: not wrong, but unclear' },
  HOLD: { from: { PUBLISHED: 'HELD' }, roles: EDITORS, meaning: 'withhold while we check; can be restored' },
  WITHDRAW: { from: { PUBLISHED: 'WITHDRAWN', HELD: 'WITHDRAWN', UNPUBLISHED: 'WITHDRAWN' }, roles: STANDARDS, meaning: 'recall' },
  KILL: { from: { PUBLISHED: 'KILLED', HELD: 'KILLED', WITHDRAWN: 'KILLED', UNPUBLISHED: 'KILLED' }, roles: EDITORS, meaning: 'recall everywhere, for good; translations and posts with it' },
  UNPUBLISH: { from: { PUBLISHED: 'UNPUBLISHED', HELD: 'UNPUBLISHED' }, roles: EDITORS, meaning: 'take down here, not recalled; can be restored' },
  RESTORE: { from: { HELD: 'PUBLISHED', UNPUBLISHED: 'PUBLISHED' }, roles: EDITORS, meaning: 'make public again' },
}

const PUTS_OUT: ReadonlySet<Action> = new Set(['PUBLISH', 'SCHEDULE', 'UPDATE', 'CORRECT', 'CLARIFY', 'RESTORE'])

/** Whether an action puts text before the public, now or later, and so must pass the checks (I3). Taking text away never does. */
export function isGated(action: Action): boolean {
  return PUTS_OUT.has(action)
}

/** The state that an action leads to, or why it cannot be done. */
export function transition(state: State, action: Action, role: StaffRole): { ok: true; state: State } | { ok: false; code: 'FORBIDDEN' | 'WRONG_STATE'; message: string } {
  const { from, roles } = TRANSITIONS[action]
  if (!roles.includes(role)) return { ok: false, code: 'FORBIDDEN', message: `${words(action)} is for ${list(roles.map(words))}; you are ${words(role)}.` }
  const next = from[state]
  if (next) return { ok: true, state: next }
  const possible = STORY_ACTIONS.filter((other) => TRANSITIONS[other].from[state] && TRANSITIONS[other].roles.includes(role))
  const way = possible.length > 0 ? ` What can be done with it: ${list(possible.map(words))}.` : ''
  return { ok: false, code: 'WRONG_STATE', message: `A ${words(state)} story does not allow ${words(action)}.${way}` }
}

function words(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ')
}

function list(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0] ?? ''
}

/** The table for the documentation, in Markdown. */
export function transitionTable(): string {
  const rows = STORY_ACTIONS.map((action) => {
    const { from, roles, meaning } = TRANSITIONS[action]
    const cells = STORY_STATES.map((state) => (from[state] ? (from[state] === state ? 'stays' : `→ ${words(from[state])}`) : '–'))
    return `| ${words(action)} | ${cells.join(' | ')} | ${roles.map(words).join(', ')} | ${meaning} |`
  })
  return [`| action | ${STORY_STATES.map(words).join(' | ')} | who | what it does |`, `|---|${STORY_STATES.map(() => '---|').join('')}---|---|`, ...rows].join('\n')
}
