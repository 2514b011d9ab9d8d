import { useCallback, useEffect, useState } from 'react'
import { Link } from '../address'
import { ask, refusedBy } from '../ask'
import { EndpointsDocument, SendAgainDocument, UndeliveredDocument, type EndpointsQuery, type UndeliveredQuery } from '../generated/graphql'
import { At } from '../times'
import { plural, spoken } from '../words'

type Endpoint = EndpointsQuery['webhooks']['nodes'][number]
type Event = UndeliveredQuery['webhookDeliveries']['nodes'][number]
interface Given { readonly endpoint: Endpoint; readonly events: readonly Event[]; readonly hasMore: boolean }

/** Events that no endpoint took, by endpoint; with the endpoints that are disabled. Asked for one endpoint after the other. */
export function Undeliverable({ partnerId, mayReplay }: { readonly partnerId: string | undefined; readonly mayReplay: boolean }) {
  const [given, setGiven] = useState<readonly Given[]>()
  const [said, setSaid] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const load = useCallback(async (signal?: AbortSignal) => {
    try {
      const found = await undelivered(partnerId, signal)
      if (!signal?.aborted) setGiven(found)
    } catch (error) {
      if (!signal?.aborted) setProblem(refusedBy(error).message)
    }
  }, [partnerId])
  useEffect(() => {
    const stop = new AbortController()
    void load(stop.signal)
    return () => stop.abort()
  }, [load])
  const sendAgain = async (webhookId: string, deliveryIds: string[] | null) => {
    try {
      const { done } = await ask(SendAgainDocument, { input: { webhookId, deliveryIds, idempotencyKey: crypto.randomUUID() } })
      setProblem(done.errors[0]?.message)
      if (done.errors.length > 0) return
      setSaid(`${plural(done.replayed ?? 0, 'event')} will be sent again.`)
      await load()
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
  }
  return (
    <section aria-labelledby="undeliverable">
      <h2 id="undeliverable">Undeliverable events</h2>
      <p role="status" className="help">{said ?? (given?.length === 0 ? 'None. Every endpoint took what was sent to it.' : '')}</p>
      {problem && <p className="problem" role="alert">{problem}</p>}
      {given?.map(({ endpoint, events, hasMore }) => (
        <div key={endpoint.id} className="row-line">
          <h3>{endpoint.partner.name} <span className="help">{endpoint.url}</span></h3>
          {endpoint.state === 'DISABLED' && <p className="warn">Disabled{endpoint.disabledReason && `: ${spoken(endpoint.disabledReason)}`}. “onrecord partner-webhook” enables it.</p>}
          {endpoint.failingSince && <p className="warn">No attempt has succeeded since <At at={endpoint.failingSince} />.</p>}
          <ul>{events.map((event) => (
            <li key={event.id} className="row-head">
              <span><b>{spoken(event.event)}</b> <Link to={`/stories/${event.slug}`}>{event.slug}</Link>, version {event.version}, <At at={event.at} /> <span className="help">{plural(event.attempts, 'attempt')}{event.lastFailure && `, ${spoken(event.lastFailure)}`}{event.lastStatus !== null && ` ${event.lastStatus}`}</span></span>
              {mayReplay && endpoint.state === 'ACTIVE' && <button type="button" onClick={() => void sendAgain(endpoint.id, [event.id])} aria-label={`Send again: ${spoken(event.event)}, ${event.slug}, version ${event.version}`}>Send again</button>}
            </li>
          ))}</ul>
          {hasMore && <p className="help">And earlier ones.</p>}
          {mayReplay && endpoint.state === 'ACTIVE' && events.length > 1 && <p><button type="button" onClick={() => void sendAgain(endpoint.id, null)} aria-label={`Send all again to ${endpoint.url}`}>Send all again</button></p>}
          {!mayReplay && events.length > 0 && <p className="help">Administrators can send them again.</p>}
        </div>
      ))}
    </section>
  )
}

async function undelivered(partnerId: string | undefined, signal: AbortSignal | undefined): Promise<Given[]> {
  const found: Given[] = []
  for (let after: string | null = null; ;) {
    const { webhooks }: EndpointsQuery = await ask(EndpointsDocument, { after }, { signal })
    for (const endpoint of webhooks.nodes.filter(({ partner }) => partnerId === undefined || partner.id === partnerId)) {
      const { webhookDeliveries } = await ask(UndeliveredDocument, { webhookId: endpoint.id }, { signal })
      if (webhookDeliveries.nodes.length > 0 || endpoint.state === 'DISABLED') found.push({ endpoint, events: webhookDeliveries.nodes, hasMore: webhookDeliveries.pageInfo.hasNextPage })
    }
    if (!webhooks.pageInfo.hasNextPage) return found
    after = webhooks.pageInfo.endCursor
  }
}
