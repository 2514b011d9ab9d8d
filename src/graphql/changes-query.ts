import { execute, GraphQLError, parse, type DocumentNode } from 'graphql'
import type { GraphQLContext } from './context.js'
import { MOST_PER_PAGE } from './limits.js'
import { schemas } from './schemas.js'

/** A page of changes as the public contract gives it: what goes out as lines and as server-sent events is the same, field by field. */
export interface ChangesPage {
  readonly edges: readonly { readonly cursor: string; readonly node: object }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

const RANGE = '{ paragraph start end exact }'
const QUOTE = 'id text standing attribution { id } translation { original language translator } excerpt { exact start statement { id } }'
/** What is written of a story where it comes along as a whole. */
export const STORY_BODY = `
fragment Body on Story {
  id slug version kind language desk urgency headline summary timeZone firstPublishedAt publishedAt
  usability { status reason } usageTerms noteToPartners embargo { until isOpen terms } dateline { place date } bylines { name role journalist { key } } providers { key name } topics { code name }
  storyline { slug } evolvedFrom { id slug } translationOf { id slug } parent { id slug }
  paragraphs { role text } media { kind uri credit rights caption { index } }
  sources { __typename key label ... on PersonSource { name title } ... on AnonymousSource { descriptor headcount { min exact } reason { text } basis { text } } }
  attributions { __typename id speech text content ${RANGE} cue ${RANGE} mention ${RANGE} saidAt source { key } }
  quotes { ${QUOTE} }
  officialStatements { id issuer { key name } channel issuedAt url fullText }
  requestsForComment { person { key name } organization { key name } outcomeLine ${RANGE} }
  outletCredits { outlet { key name } mention ${RANGE} url }
  corrections { kind version wrongSince explanation wrong right at }
}`
const query = (story: string, fragments: string) => parse(`query Changes($first: Int, $after: String) {
  changes(first: $first, after: $after) {
    edges { cursor node { __typename storyId slug version at
      ... on ChangedStory { kind until quotes { id kind fields reason } attributions { id kind fields reason } ${story} }
      ... on RemovedStory { reason usability advisory replacedBy { id slug } } } }
    pageInfo { hasNextPage endCursor }
  }
}${fragments}`)

let documents: Readonly<Record<'thin' | 'whole', DocumentNode>> | undefined
export function changesDocuments(): Readonly<Record<'thin' | 'whole', DocumentNode>> {
  documents ??= { thin: query('story { id version headline usability { status reason } }', ''), whole: query('story { ...Body }', STORY_BODY) }
  return documents
}

/** @throws the first error of the answer, a GraphQLError */
export async function askChanges(context: GraphQLContext, after: string | undefined, form: 'thin' | 'whole', first = MOST_PER_PAGE): Promise<ChangesPage> {
  const { data, errors } = await execute({ schema: schemas().PUBLIC, document: changesDocuments()[form], contextValue: context, variableValues: { first, after } })
  const [error] = errors ?? []
  if (error) throw error.extensions['code'] === 'BAD_USER_INPUT' ? new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: 400 } } }) : error
  return data!['changes'] as ChangesPage
}
