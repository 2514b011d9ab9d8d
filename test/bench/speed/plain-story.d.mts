import type { StoryDocumentInput } from '../../../src/document/index.js'

/** A story as a plain table of a newsroom would have it: what both our server and those it is compared with are filled from. */
export interface PlainStory {
  readonly slug: string
  readonly headline: string
  readonly dek: string
  /** Left out for a draft. */
  readonly publishedAt?: string
  readonly updatedAt?: string
  readonly paragraphs: readonly string[]
  readonly quotes: readonly PlainQuote[]
  readonly anonymousAttributions?: readonly { readonly descriptor: string; readonly headcount: number; readonly terms: string }[]
  readonly statements?: readonly { readonly organization: Named; readonly channel: string; readonly text: string; readonly issuedAt: string }[]
  readonly topics?: readonly { readonly slug: string; readonly name: string }[]
  readonly bylines?: readonly Named[]
}

interface Named { readonly id: number; readonly name: string }

export interface PlainQuote {
  readonly kind: string
  readonly text: string
  readonly saidAt: string
  readonly person?: Named & { readonly role?: string; readonly organization?: Named }
  readonly anonymousSource?: string
}

export const SPEECHES: Readonly<Record<string, string>>
export const CHANNELS: Readonly<Record<string, string>>

export function documentOf(story: PlainStory): StoryDocumentInput
