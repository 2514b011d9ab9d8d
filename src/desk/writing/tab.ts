const KEY = 'onrecord.tab'
const LOCK = 'onrecord.tab.'

/** Names this tab, and stands a reload. It is written down only while no page shows it: a tab that somebody duplicates gets a name of its own. */
export const tab = sessionStorage.getItem(KEY) ?? crypto.randomUUID()
sessionStorage.removeItem(KEY)
window.addEventListener('pagehide', () => sessionStorage.setItem(KEY, tab))
window.addEventListener('pageshow', () => sessionStorage.removeItem(KEY))

// Held as long as the page is there: the other tabs see by it that this one lives.
navigator.locks.request(LOCK + tab, () => new Promise(() => undefined)).catch(() => undefined)

/** Names of the tabs of this browser that have the desk open. */
export async function livingTabs(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query()
  return new Set(held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])))
}
