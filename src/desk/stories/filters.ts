import type { Severity, StoryFilterInput, StoryState } from '../generated/graphql'

export const STATES: readonly StoryState[] = ['DRAFT', 'PUBLISHED', 'HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED']
export const SEVERITIES: readonly Severity[] = ['ERROR', 'WARNING', 'INFO']

/** What the list shows, as the address has it. */
export interface Filters { readonly state?: StoryState | undefined; readonly desk?: string | undefined; readonly severity?: Severity | undefined; readonly words?: string | undefined }

export function filtersOf(search: URLSearchParams): Filters {
  return {
    state: STATES.find((state) => state.toLowerCase() === search.get('state')),
    desk: search.get('desk') || undefined,
    severity: SEVERITIES.find((severity) => severity.toLowerCase() === search.get('severity')),
    words: search.get('q') || undefined,
  }
}

export function addressOf({ state, desk, severity, words }: Filters): string {
  const search = new URLSearchParams()
  if (words) search.set('q', words)
  if (state) search.set('state', state.toLowerCase())
  if (desk) search.set('desk', desk)
  if (severity) search.set('severity', severity.toLowerCase())
  return search.size > 0 ? `/?${search}` : '/'
}

export function inputOf({ state, desk }: Filters): StoryFilterInput {
  return { ...(state && { states: [state] }), ...(desk && { desks: [desk] }) }
}
