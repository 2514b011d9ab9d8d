/** The API's names in the words of a newsroom. */
const STATES: Readonly<Record<string, string>> = { DRAFT: 'Draft', PUBLISHED: 'Published', HELD: 'On hold', KILLED: 'Killed', WITHDRAWN: 'Withdrawn', UNPUBLISHED: 'Unpublished' }
const TERMS: Readonly<Record<string, string>> = {
  ON_RECORD: 'on the record', BACKGROUND: 'on background', DEEP_BACKGROUND: 'on deep background: usable without attribution', OFF_RECORD: 'off the record: not publishable', UNSTATED: 'no terms on file',
}

const SEVERITIES: Readonly<Record<string, string>> = { ERROR: 'error', WARNING: 'warning', INFO: 'note' }

export const severityOf = (severity: string) => SEVERITIES[severity] ?? spoken(severity)
export const stateOf = (state: string) => STATES[state] ?? spoken(state)
export const termsOf = (terms: string) => TERMS[terms] ?? spoken(terms)

/** "WRITE_THROUGH" as "write through", "mentionForm" as "mention form". */
export function spoken(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replaceAll('_', ' ')
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
