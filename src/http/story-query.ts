import { parse } from 'graphql'

/** What a story's own address gives: an operation of the public contract like any other, so that it can tell nothing else. */
export const STORY_QUERY = parse(/* GraphQL */ `
  query StoryPage($slug: String!) {
    story(slug: $slug) {
      id slug version headline summary kind language desk urgency timeZone firstPublishedAt publishedAt
      dateline { place date }
      usability { status reason }
      embargo { isOpen until terms }
      bylines { name role }
      providers { name url }
      topics { code name }
      storyline { slug }
      evolvedFrom { slug headline }
      translationOf { slug headline }
      parent { slug headline }
      corrections { kind version wrongSince explanation wrong right at }
      paragraphs { role text }
      media { kind uri credit rights }
      sources {
        key kind label
        ... on PersonSource { name title organization { name } }
        ... on OrganizationSource { organization { name } spokesperson }
        ... on AnonymousSource { descriptor headcount { min exact } reason { text } basis { text } affiliation { text } motive { text } terms { text } }
        ... on DocumentSource { document { title publisher url } }
        ... on OutletSource { outlet { name url } }
        ... on GroupSource { name }
      }
      attributions {
        id speech text negated saidAt occasion
        content { ...Words }
        cue { ...Words }
        mention { ...Words }
        source { key label }
        toldTo { name }
        antecedent { id }
        parent { id }
        quotes { id text standing translation { original language translator } }
      }
      officialStatements { id issuer { name } spokesperson { name } spokespersonDescriptor channel issuedAt url fullText attributions { id } }
      requestsForComment { person { name } organization { name } outcomeLine { ...Words } }
      outletCredits { outlet { name } mention { ...Words } url }
    }
  }
  fragment Words on TextRange { paragraph start end exact }
`)

/** What is left of a story that was taken away. */
export const TOMBSTONE_QUERY = parse(/* GraphQL */ `
  query StoryTombstone($slug: String!) {
    tombstone(slug: $slug) { slug reason removedAt advisory replacedBy { slug headline } }
  }
`)

interface Named { readonly name: string }
interface Text { readonly text: string }
interface Reference { readonly slug: string; readonly headline: string | null }

/** The answer, as far as the page reads it. */
export interface StoryPage {
  readonly slug: string
  readonly version: number
  readonly headline: string | null
  readonly language: string
  readonly desk: string
  readonly firstPublishedAt: string
  readonly publishedAt: string
  readonly dateline: { readonly place: string; readonly date: string | null } | null
  readonly usability: { readonly status: string; readonly reason: string | null }
  readonly embargo: { readonly isOpen: boolean; readonly until: string | null; readonly terms: string | null } | null
  readonly bylines: readonly { readonly name: string; readonly role: string | null }[]
  readonly providers: readonly Named[]
  readonly topics: readonly Named[]
  readonly evolvedFrom: Reference | null
  readonly translationOf: Reference | null
  readonly parent: Reference | null
  readonly corrections: readonly { readonly kind: string; readonly version: number; readonly explanation: string; readonly at: string }[]
  readonly paragraphs: readonly { readonly role: string; readonly text: string }[]
  readonly sources: readonly {
    readonly key: string; readonly kind: string; readonly label: string; readonly title?: string | null; readonly organization?: Named | null
    readonly reason?: Text | null; readonly basis?: Text | null; readonly terms?: Text | null
  }[]
  readonly attributions: readonly { readonly speech: string; readonly text: string; readonly source: { readonly key: string } | null; readonly toldTo: readonly Named[]; readonly quotes: readonly { readonly standing: string }[] }[]
  readonly officialStatements: readonly { readonly issuer: Named; readonly spokesperson: Named | null; readonly spokespersonDescriptor: string | null; readonly issuedAt: string | null; readonly url: string | null; readonly fullText: string | null }[]
}

export interface TombstonePage {
  readonly slug: string
  readonly reason: string
  readonly removedAt: string
  readonly advisory: string | null
  readonly replacedBy: Reference | null
}
