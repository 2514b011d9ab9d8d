import { createClient, type Client } from 'graphql-ws'
import type { TypedDocumentString } from '../generated/graphql'
import { token } from '../session'

/** Closes a connection whose token is not valid any more. */
const FORBIDDEN = 4403
let open: { readonly of: string | null; readonly client: Client } | undefined
const missed = new Set<() => void>()

/** The one connection of this tab, for whoever is signed in. Made when something is followed, closed when nothing is. */
function connection(): Client {
  const of = token()
  if (open?.of === of) return open.client
  void open?.client.dispose()
  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/newsroom/graphql`,
    connectionParams: () => ({ authorization: `Bearer ${token() ?? ''}` }),
    retryAttempts: Infinity,
    shouldRetry: (event) => (event as CloseEvent).code !== FORBIDDEN,
    on: { connected: (_socket, _payload, wasRetry) => { if (wasRetry) for (const tell of missed) tell() } },
  })
  open = { of, client }
  return client
}

/** Follows a subscription. `onMissed` is told where events may have been lost: ask anew. @returns ends it. */
export function follow<R, V extends Record<string, unknown>>(document: TypedDocumentString<R, V>, variables: V, onEvent: (event: R) => void, onMissed: () => void): () => void {
  let end: (() => void) | undefined
  let isOver = false
  const start = () => {
    end = connection().subscribe<R>({ query: document.toString(), variables }, {
      next: ({ data, errors }) => { if (data) onEvent(data); else if (errors) onMissed() },
      // Without it the page works as it did: what is new is seen when one saves or loads.
      error: () => undefined,
      complete: () => { if (!isOver) window.setTimeout(() => { if (!isOver) { onMissed(); start() } }, 5_000) },
    })
  }
  missed.add(onMissed)
  start()
  return () => { isOver = true; missed.delete(onMissed); end?.() }
}
