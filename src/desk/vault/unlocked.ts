import { useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { Refusal, VaultServer, VaultSession } from '../../vault/client/index.js'
import { isUnderPassphrase, keyFileText, keyFromFile, makeKey, SealError, type SecretKey } from '../../vault/seal/index.js'
import { ask, Refused } from '../ask'
import { TypedDocumentString } from '../generated/graphql'
import { BrowserMemory, DamagedMemory, forgetKey, keepKey, keptKey } from './memory'

/** How long nobody may touch the page before the key is put away, in milliseconds. */
const IDLE = 5 * 60_000
export const FEWEST_CHARACTERS = 12

interface State { readonly session: VaultSession | undefined; readonly hasKey: boolean; readonly why: string | undefined }

// The one place where the opened key is: this variable, in this tab, until it is locked again.
let state: State = { session: undefined, hasKey: keptKey() !== null, why: undefined }
const listeners = new Set<() => void>()

function become(next: Partial<State>): void {
  state = { ...state, ...next }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}
/** Whether the page of the vault is open: a key that was being derived when it was left is not kept. */
let isWatched = false
export const useVault = () => useSyncExternalStore(subscribe, () => state)

export function lock(why?: string): void {
  if (state.session) become({ session: undefined, why })
}

async function open(key: SecretKey): Promise<void> {
  const memory = new BrowserMemory()
  await memory.trust(key.fingerprint, key.card)
  if (isWatched) become({ session: new VaultSession(new VaultServer((query, variables) => ask(new TypedDocumentString(query), variables)), memory, key), hasKey: true, why: undefined })
}

/** Deriving a key from a passphrase takes a second or two of the page's one thread: what says so is drawn first. */
const afterDrawing = () => new Promise((resolve) => { setTimeout(resolve, 50) })

export async function unlock(passphrase: string): Promise<void> {
  await afterDrawing()
  await open(await keyFromFile(keptKey() ?? '', passphrase))
}

export async function makeAndKeep(name: string, passphrase: string): Promise<void> {
  await afterDrawing()
  const key = await makeKey(name, 'MEMBER')
  keepKey(await keyFileText(key, passphrase))
  await open(key)
}

/** Takes a key file over from the command line. One that is under no passphrase is put under this one. @throws {SealError} */
export async function bring(text: string, passphrase: string): Promise<void> {
  await afterDrawing()
  const key = await keyFromFile(text, passphrase)
  if (key.card.purpose === 'RECOVERY') throw new SealError('KEY_WRONG', 'This is the newsroom\'s recovery key. It stays offline, and is used with "onrecord vault --key" alone.')
  keepKey(isUnderPassphrase(text) ? text : await keyFileText(key, passphrase))
  await open(key)
}

export function removeKey(): void {
  forgetKey()
  become({ session: undefined, hasKey: false, why: 'The key is removed from this browser.' })
}

/** Locks where nobody is at the page, and where the page is left. Returns what ends the watch, which locks too. */
export function watch(): () => void {
  isWatched = true
  let touched = Date.now()
  const touch = () => { touched = Date.now() }
  const look = () => { if (Date.now() - touched >= IDLE) lock('Locked, because nobody touched this page for five minutes.') }
  // A page that is left may be kept as it was, to be shown again: what is on it goes at once.
  const leave = () => flushSync(() => lock('Locked, because the page was left.'))
  const timer = window.setInterval(look, 5_000)
  const stop = new AbortController()
  for (const event of ['pointerdown', 'keydown'] as const) document.addEventListener(event, touch, { signal: stop.signal, capture: true })
  document.addEventListener('visibilitychange', look, { signal: stop.signal })
  window.addEventListener('pagehide', leave, { signal: stop.signal })
  return () => {
    window.clearInterval(timer)
    stop.abort()
    isWatched = false
    lock()
  }
}

/** What went wrong, in words for the person at the page; never with anything of a record. */
export function explained(error: unknown): string {
  if (error instanceof Refusal && error.code === 'PROOF_WRONG') return `The server does not take your key: it is not registered, nobody has vouched for it yet, or it was retired. Look under "Keys". Where it is in use: ${error.message}`
  if (error instanceof SealError || error instanceof Refusal || error instanceof Refused || error instanceof DamagedMemory) return error.message
  return 'Something went wrong in this page. Load it again; nothing was sealed or changed that it did not say.'
}
