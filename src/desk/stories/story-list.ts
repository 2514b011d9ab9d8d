import { useCallback, useEffect, useState } from 'react'
import type { StoryDocument } from '../../document/index.js'
import { ask, refusedBy, type Refused } from '../ask'
import { DocumentsDocument, FindStoriesDocument, StoriesDocument, type ListedStoryFragment } from '../generated/graphql'
import { inputOf, type Filters } from './filters'

const PAGE = 30
/** Stories whose text is asked for at a time. */
const TEXTS = 8

export interface Row { readonly story: ListedStoryFragment; readonly found?: { readonly text: string; readonly highlights: readonly { readonly start: number; readonly end: number }[] } | undefined }
interface Page { readonly rows: readonly Row[]; readonly next: string | undefined }
interface List extends Page { readonly of: string; readonly refused?: Refused | undefined; readonly isWaiting: boolean }

/** The stories that fit, page by page. Severity is not known to the server's list: pages are asked for until one is full of it. */
export function useStoryList(filters: Filters) {
  const of = JSON.stringify(filters)
  const [list, setList] = useState<List>({ of: '', rows: [], next: undefined, isWaiting: true })
  const load = useCallback((after: string | undefined, signal?: AbortSignal) => {
    setList((before) => ({ ...before, isWaiting: true }))
    fullPage(JSON.parse(of) as Filters, after, signal).then(
      ({ rows, next }) => setList((before) => ({ of, rows: after === undefined ? rows : withoutRepeats([...before.rows, ...rows]), next, isWaiting: false })),
      (error: unknown) => { if (!signal?.aborted) setList((before) => ({ ...before, refused: refusedBy(error), isWaiting: false })) },
    )
  }, [of])
  useEffect(() => {
    const stop = new AbortController()
    load(undefined, stop.signal)
    return () => stop.abort()
  }, [load])
  return { ...list, isOld: list.of !== of, more: () => load(list.next) }
}

async function fullPage(filters: Filters, after: string | undefined, signal: AbortSignal | undefined): Promise<Page> {
  let rows: readonly Row[] = []
  let next = after
  do {
    const page = await (filters.words ? foundPage(filters, filters.words, next, signal) : listedPage(filters, next, signal))
    rows = withoutRepeats([...rows, ...page.rows.filter(({ story }) => !filters.severity || story.findings.some(({ severity }) => severity === filters.severity))])
    next = page.next
  } while (next !== undefined && rows.length < PAGE)
  return { rows, next }
}

async function listedPage(filters: Filters, after: string | undefined, signal: AbortSignal | undefined): Promise<Page> {
  const { stories } = await ask(StoriesDocument, { first: PAGE, after: after ?? null, filter: inputOf(filters), orderBy: 'UPDATED' }, { signal })
  return { rows: stories.nodes.map((story) => ({ story })), next: nextOf(stories.pageInfo) }
}

async function foundPage(filters: Filters, words: string, after: string | undefined, signal: AbortSignal | undefined): Promise<Page> {
  const { search } = await ask(FindStoriesDocument, { first: PAGE, after: after ?? null, filter: inputOf(filters), query: words }, { signal })
  return { rows: search.nodes.map(({ story, snippet }) => ({ story, found: snippet })), next: nextOf(search.pageInfo) }
}

const nextOf = (pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }) => (pageInfo.hasNextPage ? pageInfo.endCursor ?? undefined : undefined)

/** A story is listed once, with the first place found in it. */
function withoutRepeats(rows: readonly Row[]): Row[] {
  return [...new Map(rows.toReversed().map((row) => [row.story.id, row])).values()].toReversed()
}

/** The texts of listed stories, for their pictures; they come after the list, a few at a time. */
export function useDocuments(rows: readonly Row[]): ReadonlyMap<string, StoryDocument> {
  const [documents, setDocuments] = useState<ReadonlyMap<string, StoryDocument>>(new Map())
  const missing = rows.map(({ story }) => story.id).filter((id) => !documents.has(id)).slice(0, TEXTS).join(' ')
  useEffect(() => {
    if (missing === '') return undefined
    const stop = new AbortController()
    ask(DocumentsDocument, { ids: missing.split(' ') }, { signal: stop.signal }).then(
      ({ nodes }) => setDocuments((before) => new Map([...before, ...nodes.flatMap((node) => (node && 'document' in node ? [[node.id, node.document] as const] : []))])),
      // A list without its pictures is still a list.
      () => undefined,
    )
    return () => stop.abort()
  }, [missing])
  return documents
}
