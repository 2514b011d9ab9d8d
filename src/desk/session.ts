import { useSyncExternalStore } from 'react'

/** Where the token is kept: in this tab, and gone with it. */
const KEY = 'onrecord.token'
const listeners = new Set<() => void>()
let ended: string | undefined

const tell = () => { for (const listener of listeners) listener() }
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}

export function token(): string | null {
  return sessionStorage.getItem(KEY)
}

export function signIn(given: string): void {
  sessionStorage.setItem(KEY, given)
  ended = undefined
  tell()
}

/** @param why told where one signs in. */
export function signOut(why?: string): void {
  sessionStorage.removeItem(KEY)
  ended = why
  tell()
}

export const useToken = () => useSyncExternalStore(subscribe, token)
export const whyEnded = () => ended
