import type { Viewer } from '../../access/index.js'

/**
 * What a viewer may see of the stories, as SQL over the aliases `s` (Story) and `r` (its revision for this viewer).
 * Every statement of the read path is built from it; publication, embargo and entitlement are decided here and nowhere else (I5, I6).
 */
export interface Scope {
  /** Part of prepared statements' identity and of caches' and cursors' keys. */
  readonly name: 'PUBLIC' | 'NEWSROOM'
  /** The column of Story that leads to the revision this viewer reads. */
  readonly revision: '"publicRevisionId"' | '"currentRevisionId"'
  /** The column of Revision with the document this viewer reads. */
  readonly document: '"publicDocument"' | '"document"'
  /** Condition on the story behind an alias; `now` gives the placeholder of the request's instant. */
  visible(now: () => string, alias?: string): string
  /** Condition on a row of a revision, by its alias. */
  row(alias: string): string
}

const PUBLIC: Scope = {
  name: 'PUBLIC',
  revision: '"publicRevisionId"',
  document: '"publicDocument"',
  visible: (now, alias = 's') => `${alias}."state" = 'PUBLISHED' AND (${alias}."embargoedUntil" IS NULL OR ${alias}."embargoedUntil" <= ${now()})`,
  row: (alias) => `${alias}."isPublic"`,
}

const NEWSROOM: Scope = {
  name: 'NEWSROOM',
  revision: '"currentRevisionId"',
  document: '"document"',
  visible: () => 'true',
  row: () => 'true',
}

export function scopeOf(viewer: Viewer): Scope {
  return viewer.kind === 'STAFF' ? NEWSROOM : PUBLIC
}
