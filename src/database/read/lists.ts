import { contains } from './contains.js'
import type { List, ListContext } from './page.js'
import type { Scope } from './scope.js'
import type { Condition } from './story-filter.js'
import { ENTITIES, groupOf, readAs, shownCitation, shownStatement, standsForItself, underEmbargo, type EntityTable, type View } from './visibility.js'

/** One column of an order. The last one is unique, so that every row has a place. */
export interface OrderColumn {
  readonly sql: string
  readonly type: 'timestamptz' | 'uuid' | 'text' | 'numeric'
  readonly descending: boolean
}

/** What a list is made of, for one statement: of the whole archive, or of one parent's part of it. */
export interface ListSpec<Filter extends object = object> {
  /** FROM clause with the aliases `s` and `r` (and the list's own); stories are joined by the viewer's revision. */
  from(scope: Scope): string
  /** Conditions that always hold. */
  always(scope: Scope): readonly string[]
  /** Columns of the answer beside the story, as SQL by name. */
  readonly columns: Readonly<Record<string, string>>
  /** The part of its story that a row stands for, where the list can be answered from it: its kind, and the column that has its key. */
  readonly slice?: { readonly kind: 'QUOTE' | 'PERSON'; readonly key: string }
  order(name: string | undefined): readonly OrderColumn[]
  readonly filter: Condition<Filter>
  /** Conditions that tie a row to a parent, whose id is `parent.id`; those that take some work are made where they are used. */
  readonly parents: Readonly<Record<string, string | (() => string | Grouped)>>
}

/** A parent that stands for several, such as a person for its merged duplicates: ids as a subquery, and the condition over `member.id`. */
export interface Grouped {
  readonly members: string
  readonly where: string
}

// A story always has the revision that is read, and a quote its attribution. Joined like this they are left out where nothing is asked of them.
const REVISION = `LEFT JOIN "Revision" AS r ON r."id" = s.`
const storyOf = (alias: string) => (scope: Scope) => `JOIN "Story" AS s ON s.${scope.revision} = ${alias}."revisionId" ${REVISION}${scope.revision}`
const newestFirst = (alias: string, key = 'lineage', type: OrderColumn['type'] = 'uuid'): OrderColumn[] => [
  { sql: `${alias}."listedAt"`, type: 'timestamptz', descending: true },
  { sql: `${alias}."${key}"`, type, descending: true },
]
const reversed = (order: readonly OrderColumn[]) => order.map((column) => ({ ...column, descending: !column.descending }))
const datedOrder = (order: readonly OrderColumn[]) => (name: string | undefined) => (name === 'OLDEST' ? reversed(order) : order)
const idOf = (table: string, column = 'key') => `(SELECT x."id" FROM "${table}" AS x WHERE x."${column}" = parent.id)`

const grouped = (view: View, table: EntityTable, where: () => string, key = 'parent.id') => (): Grouped => ({ members: groupOf(view, table, key), where: where() })

/** Those who occur in stories must be public for the public. */
const stories = (view: View): ListSpec => ({
  from: (scope) => `"Story" AS s ${REVISION}${scope.revision}`,
  always: () => [],
  columns: {},
  order: (name) => {
    const order = newestFirst('s', 'id')
    if (name === 'OLDEST') return reversed(order)
    if (name === 'UPDATED') return [{ sql: 's."publishedAt"', type: 'timestamptz', descending: true }, order[1]!]
    return order
  },
  filter: {},
  parents: {
    topic: () => `EXISTS (SELECT FROM "RevisionTopic" AS rt WHERE rt."revisionId" = r."id" AND rt."topicId" = ${idOf('Topic', 'code')})`,
    journalist: () => `EXISTS (SELECT FROM "Byline" AS b WHERE b."revisionId" = r."id" AND b."journalistId" = ${idOf('Journalist')})`,
    storyline: () => `r."storylineId" = ${idOf('Storyline', 'slug')}`,
    evolvedFrom: 'r."evolvedFromId" = parent.id::uuid',
    translationOf: 'r."translationOfId" = parent.id::uuid',
    parent: 'r."parentId" = parent.id::uuid',
    person: grouped(view, 'Person', () => `EXISTS (SELECT FROM "PersonCitation" AS pc WHERE pc."revisionId" = r."id" AND pc."personId" = member.id AND ${shownCitation(view, 'pc')})`),
    organization: grouped(view, 'Organization', () => `EXISTS (SELECT FROM "OrganizationCitation" AS oc WHERE oc."revisionId" = r."id" AND oc."organizationId" = member.id AND ${shownCitation(view, 'oc')})`),
    statement: () => `EXISTS (SELECT FROM "StatementCitation" AS sc WHERE sc."revisionId" = r."id" AND sc."statementId" = parent.id::uuid AND ${shownStatement(view, 'sc')})`,
  },
})
export const STORIES: List = { name: 'stories', spec: stories }

export interface CheckedFilter {
  /** Current revision saved at this instant or later. */
  readonly savedSince?: Date | undefined
  /** Begin with the story at this place, itself included. */
  readonly from?: readonly [listedAt: string, id: string] | undefined
}
/** Stories to be checked, newest first. */
export const CHECKED_STORIES: List<CheckedFilter> = {
  name: 'checkedStories',
  spec: (view) => ({
    ...stories(view),
    filter: {
      savedSince: (at, p) => `r."createdAt" >= ${p.add(at, 'timestamptz')}`,
      from: ([listedAt, id], p) => `(s."listedAt", s."id") <= (${p.add(listedAt, 'timestamptz')}, ${p.add(id, 'uuid')})`,
    },
  }),
}

export interface SpeechFilter {
  readonly speaker?: string | undefined
  readonly speakerOrganization?: string | undefined
  readonly speech?: readonly string[] | undefined
  readonly sourceKinds?: readonly string[] | undefined
  readonly saidFrom?: Date | undefined
  readonly saidBefore?: Date | undefined
}
export interface QuoteFilter extends SpeechFilter {
  readonly statement?: string | undefined
  readonly text?: string | undefined
  readonly standing?: readonly string[] | undefined
}

const speechFilter = (alias: string, speaker: string): Condition<SpeechFilter> => ({
  speaker: (key, p, view) => `${alias}."${speaker}" = ${view.any(groupOf(view, 'Person', p.add(key, 'text')))}`,
  speakerOrganization: (key, p, view) => `${alias}."organizationId" = ${view.any(groupOf(view, 'Organization', p.add(key, 'text')))}`,
  speech: (values, p) => `a."speech"::text = ANY (${p.add(values, 'text[]')})`,
  sourceKinds: (values, p) => `a."sourceKind"::text = ANY (${p.add(values, 'text[]')})`,
  saidFrom: (at, p) => `${alias}."listedAt" >= ${p.add(at, 'timestamptz')}`,
  saidBefore: (at, p) => `${alias}."listedAt" < ${p.add(at, 'timestamptz')}`,
})

/** For the public a quote does not lead to a statement that is under embargo, though its words are the story's. */
const excerptIsShown = (view: View) => (view.scope.isNewsroom ? ''
  : ` AND NOT EXISTS (SELECT FROM "StatementCitation" AS xc WHERE xc."revisionId" = q."revisionId" AND xc."statementId" = q."statementId" AND ${underEmbargo(view, 'xc')})`)

/** Readers find quotes by the parts of what is public: there are none of revisions that were only saved. */
const quotes = (view: View): ListSpec<QuoteFilter> => {
  const [row, speaker] = view.scope.isNewsroom ? ['q', 'speakerId'] as const : ['l', 'personId'] as const
  const listed = view.scope.isNewsroom ? '"Quote" AS q' : '"PublicSlice" AS l LEFT JOIN "Quote" AS q ON q."revisionId" = l."revisionId" AND q."lineage" = l."lineage"'
  return {
    from: (scope) => `${listed} LEFT JOIN "Attribution" AS a ON a."id" = q."attributionId" ${storyOf(row)(scope)}`,
    always: () => (row === 'l' ? [`l."kind" = 'QUOTE'`] : []),
    columns: { lineage: `${row}."lineage"` },
    slice: { kind: 'QUOTE', key: 'lineage' },
    order: datedOrder(newestFirst(row)),
    filter: {
      ...speechFilter(row, speaker),
      statement: (id, p) => `q."statementId" = ${p.add(id, 'uuid')}${excerptIsShown(view)}`,
      text: (words, p) => `q."search" @@ websearch_to_tsquery('english', ${p.literal(words)})`,
      standing: (values, p) => `q."standing"::text = ANY (${p.add(values, 'text[]')})`,
    },
    parents: {
      person: grouped(view, 'Person', () => `${row}."${speaker}" = member.id`),
      organization: grouped(view, 'Organization', () => `${row}."organizationId" = member.id`),
      statement: `q."statementId" = parent.id::uuid${excerptIsShown(view)}`,
      lineage: `q."lineage" = parent.id::uuid`,
      // The same speaker's other quotes: the parent is "person key/lineage of this quote".
      speakerBut: grouped(view, 'Person', () => `${row}."${speaker}" = member.id AND ${row}."lineage" <> split_part(parent.id, '/', 2)::uuid`, `split_part(parent.id, '/', 1)`),
    },
  }
}

export const QUOTES: List<QuoteFilter> = { name: 'quotes', spec: quotes }

const attributions = (view: View): ListSpec<SpeechFilter> => ({
  from: (scope) => `"Attribution" AS a ${storyOf('a')(scope)}`,
  always: (scope) => [scope.row('a')],
  columns: { lineage: 'a."lineage"' },
  order: datedOrder(newestFirst('a')),
  filter: speechFilter('a', 'personId'),
  parents: { lineage: 'a."lineage" = parent.id::uuid', person: grouped(view, 'Person', () => 'a."personId" = member.id'), organization: grouped(view, 'Organization', () => 'a."organizationId" = member.id') },
})

export const ATTRIBUTIONS: List<SpeechFilter> = { name: 'attributions', spec: attributions }

export interface AnonymousFilter extends SpeechFilter {
  readonly descriptor?: string | undefined
}
const anonymousAttributions: ListSpec<AnonymousFilter> = {
  from: (scope) => `"AnonymousAttribution" AS n JOIN "Attribution" AS a ON a."id" = n."attributionId" JOIN "AnonymousSource" AS an ON an."sourceId" = n."sourceId" ${storyOf('n')(scope)}`,
  always: (scope) => [scope.row('n')],
  columns: { lineage: 'a."lineage"' },
  order: datedOrder(newestFirst('a')),
  filter: {
    ...speechFilter('a', 'personId'),
    // The words at this place, which are in the text; the source's own descriptor may be the newsroom's.
    descriptor: (words, p) => `n."mention" ILIKE '%' || replace(replace(replace(${p.add(words, 'text')}, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`,
  },
  parents: {},
}
export const ANONYMOUS_ATTRIBUTIONS: List<AnonymousFilter> = { name: 'anonymousAttributions', spec: () => anonymousAttributions }

export interface StatementFilter {
  readonly issuer?: string | undefined
  readonly channels?: readonly string[] | undefined
  readonly issuedFrom?: Date | undefined
  readonly issuedBefore?: Date | undefined
}
/** A statement that several stories report is listed once, with the first of them that the viewer may see. */
const statements = (view: ListContext): ListSpec<StatementFilter> => ({
  from: (scope) => `"StatementCitation" AS sc JOIN "OfficialStatement" AS st ON st."id" = sc."statementId" ${storyOf('sc')(scope)}`,
  always: (scope) => [shownStatement(view, 'sc'), `NOT EXISTS (
    SELECT FROM "StatementCitation" AS earlier JOIN "Story" AS es ON es.${scope.revision} = earlier."revisionId"
    WHERE earlier."statementId" = sc."statementId" AND (earlier."listedAt", earlier."id") < (sc."listedAt", sc."id")
      AND ${shownStatement(view, 'earlier')} AND ${view.visible(scope, 'es')}
  )`],
  columns: { lineage: 'sc."statementId"' },
  order: datedOrder(newestFirst('sc', 'statementId')),
  filter: {
    issuer: (key, p, { any }) => `st."issuerId" = ${any(groupOf(view, 'Organization', p.add(key, 'text')))}`,
    channels: (values, p) => `sc."channel"::text = ANY (${p.add(values, 'text[]')})`,
    issuedFrom: (at, p) => `sc."listedAt" >= ${p.add(at, 'timestamptz')}`,
    issuedBefore: (at, p) => `sc."listedAt" < ${p.add(at, 'timestamptz')}`,
  },
  parents: { organization: grouped(view, 'Organization', () => 'st."issuerId" = member.id'), key: 'sc."statementId" = parent.id::uuid' },
})
export const STATEMENTS: List<StatementFilter> = { name: 'officialStatements', spec: statements }

interface NameFilter { readonly name?: string | undefined }
const like = (name: string): Condition<NameFilter> => ({ name: (words, p) => contains(name, p.add(words, 'text')) })

/** The newest story first, of rows that cite something: in the order of an index, since many stories may. */
const NEWEST = 'c."listedAt" DESC, s."id" DESC'

/**
 * People and organizations are public only through the stories that cite them, and with the names those stories use: each comes with
 * the newest one. Who was merged is read as the survivor; where no story cites the survivor, the newsroom gets a duplicate that one does.
 */
const entities = (table: EntityTable) => (view: ListContext): ListSpec<NameFilter> => {
  const { citation, column } = ENTITIES[table]
  // Outside the newsroom everybody is read by their own name alone; and people by the parts of what is public.
  const [members, member, order] = view.scope.isNewsroom
    ? [`"${table}" AS m JOIN "${citation}" AS c ON c."${column}" = m."id"`, `(m."id" = e."id" OR m."survivorId" = e."id")`, `m."id" = e."id" DESC, ${NEWEST}`] as const
    : table === 'Person'
      // Looked up one by one (OFFSET 0), since the first that may be read is all that is wanted.
      ? [`"PublicSlice" AS l CROSS JOIN LATERAL (SELECT * FROM "PersonCitation" AS o WHERE o."revisionId" = l."revisionId" AND o."personId" = l."personId" OFFSET 0) AS c`, `l."kind" = 'PERSON' AND l."personId" = e."id"`, 'l."listedAt" DESC, s."id" DESC'] as const
      : [`"${citation}" AS c`, `c."${column}" = e."id"`, NEWEST] as const
  return {
    from: (scope) => `"${table}" AS e CROSS JOIN LATERAL (
      SELECT s."id" AS "storyId", ${scope.isNewsroom ? 'm' : 'e'}."key", c."name" FROM ${members} JOIN "Story" AS s ON s.${scope.revision} = c."revisionId"
      WHERE ${member} AND ${shownCitation(view, 'c')} AND ${view.visible(scope)}
      ORDER BY ${order} LIMIT 1
    ) AS newest JOIN "Story" AS s ON s."id" = newest."storyId" ${REVISION}${scope.revision}`,
    // By key, whoever stands for them was found already.
    always: () => (view.link === 'key' ? [] : [standsForItself(view, table, 'e')]),
    columns: { key: 'newest."key"' },
    ...(table === 'Person' && { slice: { kind: 'PERSON' as const, key: 'key' } }),
    order: () => [{ sql: 'e."key"', type: 'text', descending: false }],
    filter: like('newest."name"'),
    parents: { key: () => `e."id" = ${readAs(view, table, 'parent.id')}` },
  }
}
export const PERSONS: List<NameFilter> = { name: 'persons', spec: entities('Person') }
export const ORGANIZATIONS: List<NameFilter> = { name: 'organizations', spec: entities('Organization') }

/** Topics and journalists are public through the stories that have them, too, and with the names those use. */
function cited(table: string, citation: string, column: string, key = 'key'): (view: View) => ListSpec<NameFilter> {
  return ({ visible }) => ({
    from: (scope) => `"${table}" AS e CROSS JOIN LATERAL (
      SELECT s."id" AS "storyId", c."name" FROM "${citation}" AS c JOIN "Story" AS s ON s.${scope.revision} = c."revisionId"
      WHERE c."${column}" = e."id" AND ${visible(scope)}
      ORDER BY ${NEWEST} LIMIT 1
    ) AS newest JOIN "Story" AS s ON s."id" = newest."storyId" ${REVISION}${scope.revision}`,
    always: () => [],
    columns: { key: `e."${key}"` },
    order: () => [{ sql: `e."${key}"`, type: 'text', descending: false }],
    filter: like('newest."name"'),
    parents: { key: `e."${key}" = parent.id` },
  })
}
export const TOPICS: List<NameFilter> = { name: 'topics', spec: cited('Topic', 'RevisionTopic', 'topicId', 'code') }
export const JOURNALISTS: List<NameFilter> = { name: 'journalists', spec: cited('Journalist', 'Byline', 'journalistId') }
