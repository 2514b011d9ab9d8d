import { go } from '../address'

/** An address with what is chosen, and without what is not. */
export function addressWith(path: string, chosen: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(chosen)) if (value) search.set(name, value)
  return search.size > 0 ? `${path}?${search}` : path
}

/** Changes some of what is chosen, and keeps the rest. */
export function choose(path: string, search: URLSearchParams, change: Readonly<Record<string, string | undefined>>, given?: { readonly replace?: boolean }): void {
  go(addressWith(path, { ...Object.fromEntries(search), ...change }), given)
}
