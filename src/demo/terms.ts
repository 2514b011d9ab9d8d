/** Terms of a conversation on which nothing else is on file. */
export const onRecord = { terms: 'ON_RECORD' } as const
export const onBackground = { terms: 'BACKGROUND' } as const
