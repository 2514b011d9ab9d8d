const KEY = 'onrecord.tab'
const LOCK = 'onrecord.tab.'

/** Names this tab, and stands a reload. It is written down only while no page shows it: a tab that somebody duplicates gets a name of its own. */
export const tab = sessionStorage.getItem(KEY) ?? crypto.getRandomValues(new Uint32Array(4)).join('-')
sessionStorage.removeItem(KEY)
window.addEventListener('pagehide', () => sessionStorage.setItem(KEY, tab))
window.addEventListener('pageshow', () => sessionStorage.removeItem(KEY))

/** Not every browser lends locks to a page without TLS. */
const locks: LockManager | undefined = navigator.locks
// Held as long as the page is there: the other tabs see by it that this one lives.
locks?.request(LOCK + tab, () => new Promise(() => undefined)).catch(() => undefined)

/** Names of the tabs of this browser that have the desk open; undefined where nobody can tell. */
export async function livingTabs(): Promise<ReadonlySet<string> | undefined> {
  const held = (await locks?.query())?.held
  return held && new Set(held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])))
}
