import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from 'react'

const ROOT = '/desk'
const listeners = new Set<() => void>()
window.addEventListener('popstate', () => tell())

function tell(): void {
  for (const listener of listeners) listener()
}

/** Whether the page may be left; asked with what is not saved. */
let guard: (() => boolean) | undefined
export function guardLeaving(may: (() => boolean) | undefined): void {
  guard = may
}

export function go(to: string, { replace = false } = {}): void {
  if (!replace && guard && !guard()) return
  if (replace) history.replaceState(null, '', ROOT + to)
  else {
    history.pushState(null, '', ROOT + to)
    window.scrollTo(0, 0)
  }
  tell()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}

/** Path under `/desk`, with the search. */
export function useAddress(): { readonly path: string; readonly search: URLSearchParams } {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  const url = new URL(address, location.origin)
  return { path: url.pathname.slice(ROOT.length) || '/', search: url.searchParams }
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly to: string }

export function Link({ to, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(to)
  }
  return <a href={ROOT + to} onClick={follow} {...rest} />
}
