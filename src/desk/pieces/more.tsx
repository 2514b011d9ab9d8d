import type { Paged } from './paged'

/** Under a list: what stopped it, and a button where there is more of it. */
export function More({ list: { refused, hasMore, isWaiting, more }, of }: { readonly list: Pick<Paged<unknown>, 'refused' | 'hasMore' | 'isWaiting' | 'more'>; readonly of: string }) {
  if (refused) return <p className="problem" role="alert">{refused.message}</p>
  return hasMore ? <p className="more"><button type="button" onClick={more} disabled={isWaiting}>{isWaiting ? 'Loading …' : `More ${of}`}</button></p> : null
}
