import { useEffect } from 'react'
import { guardLeaving } from '../address'

export const NO_ROOM = 'This browser has no room left to keep what you write. It is lost when this page is closed: save it, or copy it.'

/** What is not saved is kept in this browser; leaving is asked about all the same, for those who share it. Where there is no room to keep it, the browser asks, too. */
export function useUnsaved(isChanged: boolean, isKept: boolean): void {
  useEffect(() => {
    if (!isChanged) return undefined
    guardLeaving(() => window.confirm(isKept ? 'Leave without saving? What you wrote is kept on this computer.' : 'Leave without saving? This browser has no room to keep what you wrote: it is lost when the page is closed.'))
    const ask = (event: BeforeUnloadEvent) => { if (!isKept) event.preventDefault() }
    window.addEventListener('beforeunload', ask)
    return () => { guardLeaving(undefined); window.removeEventListener('beforeunload', ask) }
  }, [isChanged, isKept])
}
