/** The read path: named statements that return whole stories as JSON, with the one predicate of who may see what. */
export * from './lists.js'
export type { AnyList, PageRequest, PageRow, Place } from './page.js'
export { MATCH_END, MATCH_START, SEARCH_KINDS, searchList, type SearchKind } from './search.js'
export { scopeOf, type Scope } from './scope.js'
export type { StoryFilter } from './story-filter.js'
export type { EmbargoLiftRecord, EmbargoRecord, RevisionRecord, StoryHistory } from './story-history.js'
export type { CorrectionRecord, StoryRecord, TombstoneRecord } from './story-record.js'
export { StoryReader, type Page } from './story-reader.js'
