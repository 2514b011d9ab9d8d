import { useCallback, useEffect, useRef, useState } from 'react'
import { ask, refusedBy, type Refused } from '../ask'
import type { TypedDocumentString } from '../generated/graphql'

interface PageOf<N> { readonly nodes: readonly N[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } }
export interface Paged<N> { readonly nodes: readonly N[]; readonly refused?: Refused | undefined; readonly isWaiting: boolean; readonly hasMore: boolean; readonly more: () => void; readonly again: () => void }

/** A list of the newsroom contract, page by page. What was read before stays until what is asked for now is there. */
export function usePaged<R, V extends { after?: string | null | undefined }, N>(document: TypedDocumentString<R, V>, variables: Omit<V, 'after'>, pick: (data: R) => PageOf<N>, skip = false): Paged<N> {
  const asked = JSON.stringify(variables)
  const [list, setList] = useState<{ readonly nodes: readonly N[]; readonly next: string | null; readonly refused?: Refused; readonly isWaiting: boolean }>({ nodes: [], next: null, isWaiting: !skip })
  const [round, setRound] = useState(0)
  // Of the list that is shown: what is read more of an earlier one does not belong into it.
  const reading = useRef<AbortController>(undefined)
  const load = useCallback((after: string | null, signal?: AbortSignal) => {
    setList((before) => ({ ...before, isWaiting: true }))
    ask(document, { ...JSON.parse(asked) as object, after } as V, { signal }).then(
      (data) => setList((before) => {
        if (signal?.aborted) return before
        const { nodes, pageInfo } = pick(data)
        return { nodes: after === null ? nodes : [...before.nodes, ...nodes], next: pageInfo.hasNextPage ? pageInfo.endCursor : null, isWaiting: false }
      }),
      (error: unknown) => { if (!signal?.aborted) setList((before) => ({ ...before, refused: refusedBy(error), isWaiting: false })) },
    )
    // How a page is picked from an answer belongs to the document.
  }, [document, asked])
  useEffect(() => {
    if (skip) return undefined
    const stop = new AbortController()
    reading.current = stop
    load(null, stop.signal)
    return () => stop.abort()
  }, [load, round, skip])
  return { nodes: list.nodes, refused: list.refused, isWaiting: list.isWaiting, hasMore: list.next !== null, more: () => load(list.next, reading.current?.signal), again: useCallback(() => setRound((before) => before + 1), []) }
}
