import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { FeedDocument, SourceDocument, type FeedQuery, type StoryCopyFragment } from '../support/generated/public/graphql.js'

export type ToldChange = FeedQuery['changes']['nodes'][number]

/** What a consumer keeps: its copies, and the cursor that goes with them. Written together, or a crash would part them. */
interface Kept {
  readonly stories: ReadonlyMap<string, { readonly story: StoryCopyFragment; readonly until: string | null }>
  readonly cursor: string | null
}

/** A consumer of the change feed as a partner would write it, with the typed client. */
export class Replica {
  kept: Kept = { stories: new Map(), cursor: null }
  readonly told: ToldChange[] = []

  constructor(private readonly url: string, readonly key?: string) {}

  /** Applies one page. Whether there is more. */
  async follow(first: number): Promise<boolean> {
    const { changes: { nodes, pageInfo } } = await this.#ask(FeedDocument, { first, after: this.kept.cursor })
    const stories = new Map(this.kept.stories)
    for (const change of nodes) {
      if (change.__typename === 'RemovedStory') stories.delete(change.storyId)
      else stories.set(change.storyId, { story: change.story, until: change.until })
    }
    this.told.push(...nodes)
    this.kept = { stories, cursor: pageInfo.endCursor }
    return pageInfo.hasNextPage
  }

  async followAll(first = 100): Promise<ToldChange[]> {
    const before = this.told.length
    while (await this.follow(first)) { /* until there is no more */ }
    return this.told.slice(before)
  }

  /** The copies that may be used at an instant, by slug. */
  copies(now: Date): StoryCopyFragment[] {
    return [...this.kept.stories.values()].filter(({ until }) => until === null || new Date(until) > now).map(({ story }) => story).toSorted(bySlug)
  }

  /** The stories that the same viewer can read. */
  async source(): Promise<StoryCopyFragment[]> {
    const stories: StoryCopyFragment[] = []
    for (let after: string | null = null, more = true; more;) {
      const { stories: page }: { stories: { nodes: StoryCopyFragment[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } = await this.#ask(SourceDocument, { first: 100, after })
      stories.push(...page.nodes)
      ;({ hasNextPage: more, endCursor: after } = page.pageInfo)
    }
    return stories.toSorted(bySlug)
  }

  async #ask<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
    const headers = { 'content-type': 'application/json', ...(this.key !== undefined && { authorization: `Bearer ${this.key}` }) }
    const response = await fetch(`${this.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: print(document), variables }) })
    const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] }
    if (errors) throw new Error(errors.map(({ message }) => message).join('\n'))
    return data
  }
}

const bySlug = (a: { slug: string }, b: { slug: string }) => (a.slug < b.slug ? -1 : 1)
