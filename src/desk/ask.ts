import { useCallback, useEffect, useRef, useState } from 'react'
import type { TypedDocumentString } from './generated/graphql'
import { signOut, token } from './session'

const ADDRESSES = { NEWSROOM: '/newsroom/graphql', PUBLIC: '/graphql' } as const
type Contract = keyof typeof ADDRESSES

/** What the server did not answer, in words for the person in front of the page. */
export class Refused extends Error {
  constructor(readonly code: string, message: string) { super(message) }
}

/** Whether the server may have done what was asked: its answer is missing, not its refusal. */
export const isOutcomeUnknown = (error: unknown) => error instanceof Refused && (error.code === 'NO_ANSWER' || error.code === 'TIMED_OUT')

/** Milliseconds after which nobody waits for an answer any more. A server that works gives up an operation of the staff before that, and says so. */
const LONGEST_WAIT = 65_000

/** What an overloaded server turned away, before it read any of it, is asked again so often, after so many milliseconds. */
const [MOST_TRIES, PAUSE] = [4, 1_000]

interface Answer<R> { readonly data?: R | null; readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[] }

/** Asks the newsroom contract, or the public one as any reader does. @throws Refused; a token that is not valid any more ends the session. */
export async function ask<R, V>(document: TypedDocumentString<R, V>, variables: V, given: { readonly token?: string; readonly signal?: AbortSignal | undefined; readonly contract?: Contract } = {}): Promise<R> {
  const { contract = 'NEWSROOM' } = given
  const bearer = contract === 'PUBLIC' ? undefined : given.token ?? token() ?? ''
  const query = document.toString()
  let answer = await send<R>(ADDRESSES[contract], { query, variables }, bearer, given.signal)
  for (let tries = 1; tries < MOST_TRIES && answer.errors?.[0]?.extensions?.code === 'OVERLOADED'; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE * tries))
    answer = await send<R>(ADDRESSES[contract], { query, variables }, bearer, given.signal)
  }
  const error = answer.errors?.[0]
  if (error?.extensions?.code === 'UNAUTHENTICATED') {
    if (given.token === undefined) signOut('Your token is not valid any more. Sign in again; what you had not saved is kept on this computer.')
    throw new Refused('UNAUTHENTICATED', 'This token is not valid here. Ask an administrator for one, or look whether all of it was copied.')
  }
  if (error) throw new Refused(error.extensions?.code ?? 'UNKNOWN', error.message)
  return answer.data!
}

async function send<R>(address: string, asked: { readonly query: string; readonly variables: unknown }, bearer: string | undefined, given: AbortSignal | undefined): Promise<Answer<R>> {
  const stop = new AbortController()
  const stopToo = () => stop.abort()
  let isLate = false
  const timer = window.setTimeout(() => { isLate = true; stop.abort() }, LONGEST_WAIT)
  given?.addEventListener('abort', stopToo)
  try {
    if (given?.aborted) stop.abort()
    const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) }, body: JSON.stringify(asked), cache: 'no-store', signal: stop.signal })
    return await response.json() as Answer<R>
  } catch (error) {
    if (given?.aborted) throw error
    throw new Refused('NO_ANSWER', noAnswer(asked.query, isLate))
  } finally {
    window.clearTimeout(timer)
    given?.removeEventListener('abort', stopToo)
  }
}

function noAnswer(asked: string, isLate: boolean): string {
  const what = isLate ? `The server has not answered for ${LONGEST_WAIT / 1000} seconds.` : 'The server does not answer.'
  return /^\s*mutation\b/.test(asked) ? `${what} Whether it did this is not known; what you wrote is still here. Try again in a moment.` : `${what} Nothing is lost: try again in a moment.`
}

export interface Asked<R> { readonly data?: R | undefined; readonly refused?: Refused | undefined; readonly isWaiting: boolean; readonly again: () => void; readonly replace: (data: R) => void }

/** What the server answers to this question; the answer before stays until the next is there. */
export function useAsked<R, V>(document: TypedDocumentString<R, V>, variables: V, skip = false, contract: Contract = 'NEWSROOM'): Asked<R> {
  const asked = JSON.stringify(variables)
  const [state, setState] = useState<{ of: string; data?: R; refused?: Refused; isWaiting: boolean }>({ of: '', isWaiting: !skip })
  const [round, setRound] = useState(0)
  const latest = useRef(asked)
  latest.current = asked
  useEffect(() => {
    if (skip) return undefined
    const stop = new AbortController()
    setState((before) => ({ ...before, isWaiting: true }))
    ask(document, JSON.parse(asked) as V, { signal: stop.signal, contract }).then(
      (data) => setState({ of: asked, data, isWaiting: false }),
      (error: unknown) => { if (!stop.signal.aborted) setState((before) => ({ ...before, of: asked, refused: refusedBy(error), isWaiting: false })) },
    )
    return () => stop.abort()
  }, [document, asked, round, skip, contract])
  const again = useCallback(() => setRound((before) => before + 1), [])
  const replace = useCallback((data: R) => setState({ of: latest.current, data, isWaiting: false }), [])
  return { data: state.data, refused: state.refused, isWaiting: state.isWaiting, again, replace }
}

export function refusedBy(error: unknown): Refused {
  return error instanceof Refused ? error : new Refused('PAGE', 'Something went wrong in this page. Load it again.')
}
