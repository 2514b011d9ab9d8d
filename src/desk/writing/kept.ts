import { livingTabs, tab } from './tab'

const PREFIX = 'onrecord.'
const keyOf = (what: string) => `${PREFIX}${what}.${tab}`

/** What found no room in the browser's storage: it is lost with the page, and not before. */
const withoutRoom = new Map<string, string>()

/** Keeps something unsaved in this browser, in a place of this tab's own. @returns whether there was room for it. */
export function keep(what: string, value: object): boolean {
  const [key, text] = [keyOf(what), JSON.stringify(value)]
  try {
    localStorage.setItem(key, text)
    withoutRoom.delete(key)
    return true
  } catch {
    withoutRoom.set(key, text)
    return false
  }
}

/** What this tab kept. */
export function kept(what: string): unknown {
  const key = keyOf(what)
  return parsed(withoutRoom.get(key) ?? localStorage.getItem(key))
}

export function forget(what: string): void {
  withoutRoom.delete(keyOf(what))
  localStorage.removeItem(keyOf(what))
}

/** What a tab left that is closed by now, and how to take it away once it is kept here. */
export async function leftBehind(what: string): Promise<{ readonly value: unknown; readonly takeAway: () => void } | undefined> {
  const living = await livingTabs()
  const place = PREFIX + what
  // One without a tab is from before tabs had places of their own.
  const isLeft = (key: string) => key === place || (key.startsWith(`${place}.`) && key !== keyOf(what) && !living?.has(key.slice(place.length + 1)))
  const key = living && Object.keys(localStorage).find(isLeft)
  return key === undefined ? undefined : { value: parsed(localStorage.getItem(key)), takeAway: () => localStorage.removeItem(key) }
}

/** All that this tab keeps, by what it is. */
export function keptHere(): ReadonlyMap<string, unknown> {
  const keys = new Set([...Object.keys(localStorage), ...withoutRoom.keys()])
  const whats = [...keys].filter((key) => key.startsWith(PREFIX) && key.endsWith(`.${tab}`)).map((key) => key.slice(PREFIX.length, -tab.length - 1))
  return new Map(whats.map((what) => [what, kept(what)]))
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text) as unknown
  } catch {
    return text
  }
}
