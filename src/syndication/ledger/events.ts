/** What happens to stories, as partners are told of it. */
export const EVENT_KINDS = ['PUBLISHED', 'UPDATED', 'CORRECTED', 'CLARIFIED', 'EMBARGO_LIFTED', 'HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED', 'RESTORED', 'STATEMENT_CHANGED'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

const REMOVAL_KINDS = ['HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED'] as const

/** I9: whoever took the story, or could have, is told of these until they acknowledge it, whatever their contract says now. */
export const NOTICE_KINDS = ['CORRECTED', ...REMOVAL_KINDS] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

const quoted = (kinds: readonly string[]) => kinds.map((kind) => `'${kind}'`).join(', ')
/** As lists in SQL. */
export const [NOTICES, REMOVALS, FINAL_REMOVALS] = [quoted(NOTICE_KINDS), quoted(REMOVAL_KINDS), quoted(['WITHDRAWN', 'KILLED'])]

/** Whether an event says that there is a version to read. */
export function offersVersion(kind: string): boolean {
  return ['PUBLISHED', 'UPDATED', 'CORRECTED', 'CLARIFIED', 'EMBARGO_LIFTED', 'RESTORED'].includes(kind)
}
