import type { Parameters } from './parameters.js'
import type { ListContext } from './page.js'
import { groupOf, shownCitation } from './visibility.js'

/** Conditions on stories that every list of theirs, or of their parts, understands. Times are instants. */
export interface StoryFilter {
  readonly topics?: readonly string[] | undefined
  readonly desks?: readonly string[] | undefined
  readonly journalist?: string | undefined
  readonly person?: string | undefined
  readonly organization?: string | undefined
  readonly languages?: readonly string[] | undefined
  readonly kinds?: readonly string[] | undefined
  readonly storyline?: string | undefined
  readonly publishedFrom?: Date | undefined
  readonly publishedBefore?: Date | undefined
  readonly updatedSince?: Date | undefined
  readonly states?: readonly string[] | undefined
  /** SINGLE_ANONYMOUS or ANONYMOUS_ONLY. */
  readonly sourcing?: string | undefined
}

type Condition<F> = { readonly [K in keyof F]-?: (value: NonNullable<F[K]>, parameters: Parameters, view: ListContext) => string }

/** Attributions that credit somebody who told the newsroom: not those inside others, nor groups in the story, nor who spoke at a private event. */
const CREDITS = `sa."sourceId" IS NOT NULL AND sa."parentId" IS NULL AND sa."sourceKind" <> 'GROUP' AND (sa."sourceKind" = 'ANONYMOUS' OR se."visibility" IS DISTINCT FROM 'PRIVATE')`

const STORY: Condition<StoryFilter> = {
  topics: (codes, p) => `EXISTS (SELECT FROM "RevisionTopic" AS rt JOIN "Topic" AS t ON t."id" = rt."topicId" WHERE rt."revisionId" = r."id" AND t."code" = ANY (${p.add(codes, 'text[]')}))`,
  desks: (desks, p) => `r."desk" = ANY (${p.add(desks, 'text[]')})`,
  journalist: (key, p) => `EXISTS (SELECT FROM "Byline" AS b JOIN "Journalist" AS j ON j."id" = b."journalistId" WHERE b."revisionId" = r."id" AND j."key" = ${p.add(key, 'text')})`,
  person: (key, p, view) => `EXISTS (SELECT FROM "PersonCitation" AS pc WHERE pc."revisionId" = r."id" AND pc."personId" = ANY (ARRAY(${groupOf(view, 'Person', p.add(key, 'text'))})) AND ${shownCitation(view, 'pc')})`,
  organization: (key, p, view) => `EXISTS (SELECT FROM "OrganizationCitation" AS oc WHERE oc."revisionId" = r."id" AND oc."organizationId" = ANY (ARRAY(${groupOf(view, 'Organization', p.add(key, 'text'))})) AND ${shownCitation(view, 'oc')})`,
  languages: (tags, p) => `r."language" = ANY (${p.add(tags, 'text[]')})`,
  kinds: (kinds, p) => `r."kind"::text = ANY (${p.add(kinds, 'text[]')})`,
  storyline: (slug, p) => `r."storylineId" = (SELECT sl."id" FROM "Storyline" AS sl WHERE sl."slug" = ${p.add(slug, 'text')})`,
  publishedFrom: (at, p) => `s."firstPublishedAt" >= ${p.add(at, 'timestamptz')}`,
  publishedBefore: (at, p) => `s."firstPublishedAt" < ${p.add(at, 'timestamptz')}`,
  updatedSince: (at, p) => `s."publishedAt" >= ${p.add(at, 'timestamptz')}`,
  sourcing: (sourcing, p) => `(SELECT bool_and(sa."sourceKind" = 'ANONYMOUS') AND (${p.add(sourcing, 'text')} = 'ANONYMOUS_ONLY' OR count(DISTINCT sa."sourceId") = 1 AND bool_and(coalesce(ss."headcountExact" = 1, false)))
    FROM "Attribution" AS sa LEFT JOIN "AnonymousSource" AS ss ON ss."sourceId" = sa."sourceId" LEFT JOIN "Event" AS se ON se."id" = sa."occasionId" WHERE sa."revisionId" = r."id" AND ${CREDITS})`,
  states: (states, p) => `s."state"::text = ANY (${p.add(states, 'text[]')})`,
}

/** The filter as SQL conditions, over the aliases `s` and `r`. */
export function storyConditions(filter: StoryFilter | undefined, parameters: Parameters, view: ListContext): string[] {
  return conditionsOf(STORY, filter, parameters, view)
}

/** One condition for each field that is given, in the table's order, so that equal filters make equal statements. */
export function conditionsOf<F extends object>(table: Condition<F>, filter: F | undefined, parameters: Parameters, view: ListContext): string[] {
  if (!filter) return []
  const conditions: string[] = []
  for (const name of Object.keys(table) as (keyof F)[]) {
    const value = filter[name]
    if (value !== undefined && value !== null) conditions.push(table[name](value as NonNullable<F[typeof name]>, parameters, view))
  }
  return conditions
}
export type { Condition }
