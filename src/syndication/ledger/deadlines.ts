import type { NoticeKind } from './events.js'

const MINUTE = 60_000

/** Minutes within which a partner should acknowledge a notice; then the newsroom is told. */
export interface NoticeDeadlines {
  /** Of kills, withdrawals and holds. */
  readonly recall: number
  /** Of corrections, and of stories that were taken down here alone. */
  readonly correction: number
}

export const USUAL_DEADLINES: NoticeDeadlines = { recall: 30, correction: 24 * 60 }

const KIND_OF_DEADLINE: Readonly<Record<NoticeKind, keyof NoticeDeadlines>> = { KILLED: 'recall', WITHDRAWN: 'recall', HELD: 'recall', CORRECTED: 'correction', UNPUBLISHED: 'correction' }

export function dueAt({ kind, at }: { readonly kind: NoticeKind; readonly at: Date | string }, deadlines: NoticeDeadlines): Date {
  return new Date(new Date(at).getTime() + deadlines[KIND_OF_DEADLINE[kind]] * MINUTE)
}

/** The latest instant of a notice that is overdue now, as SQL; over an alias of Notice and placeholders of the two minutes. */
export function overdueSql(notice: string, now: string, recall: string, correction: string): string {
  const minutes = Object.entries(KIND_OF_DEADLINE).map(([kind, which]) => `WHEN '${kind}' THEN ${which === 'recall' ? recall : correction}`).join(' ')
  return `${notice}."at" + make_interval(mins => CASE ${notice}."kind"::text ${minutes} END) <= ${now}`
}
