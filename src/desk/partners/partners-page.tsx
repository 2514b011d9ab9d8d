import { useEffect } from 'react'
import { Link, useAddress } from '../address'
import { useAsked } from '../ask'
import { DeliveriesDocument, OpenNoticesDocument, PartnersDocument, SignedInDocument, type DeliveriesQuery, type ListedPartnerFragment } from '../generated/graphql'
import { Choice } from '../pieces/choice'
import { More } from '../pieces/more'
import { usePaged } from '../pieces/paged'
import { choose } from '../pieces/search-address'
import { Ago, At } from '../times'
import { spoken, stateOf } from '../words'
import { contactOf, contractOf } from './contract'
import { Notices } from './notices'
import { Undeliverable } from './undeliverable'

const HERE = '/partners'

export function PartnersPage() {
  const { search } = useAddress()
  const signedIn = useAsked(SignedInDocument, {}).data?.signedIn
  const partners = usePaged(PartnersDocument, {}, (data) => data.partners)
  const chosen = search.get('partner') || undefined
  const isOverdue = search.get('notices') === 'overdue'
  useEffect(() => { document.title = 'Partners – Onrecord desk' }, [])
  if (partners.refused?.code === 'FORBIDDEN') {
    return (
      <section className="empty"><h1>Partners</h1>
        <p>Who takes which story is for editors, standards editors and administrators to see{signedIn && `; you are signed in as ${spoken(signedIn.role)}`}. Ask one of them.</p>
      </section>
    )
  }
  if (partners.isWaiting && partners.nodes.length === 0) return <p className="empty" role="status">Loading …</p>
  const shown = chosen === undefined ? partners.nodes : partners.nodes.filter(({ id }) => id === chosen)
  return (
    <div className="page">
      <h1>Partners</h1>
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Choice label="Partner" value={chosen} options={partners.nodes.map(({ id, name }) => [id, name])} onChange={(partner) => choose(HERE, search, { partner })} />
        <Choice label="Notices" value={isOverdue ? 'overdue' : undefined} options={[['overdue', 'Overdue alone']]} onChange={(notices) => choose(HERE, search, { notices })} />
      </form>
      <OpenNotices partnerId={chosen ?? null} isOverdue={isOverdue} />
      <Undeliverable partnerId={chosen} mayReplay={signedIn?.role === 'ADMIN'} />
      <section aria-labelledby="contracts">
        <h2 id="contracts">Contracts</h2>
        {!partners.isWaiting && shown.length === 0 && !partners.refused && <p className="help">{chosen === undefined ? 'No outlet takes stories yet. “onrecord partner” adds one.' : 'There is no such partner.'}</p>}
        <ul className="rows">{shown.map((partner) => <PartnerRow key={partner.id} partner={partner} />)}</ul>
        <More list={partners} of="partners" />
      </section>
      <Holdings partnerId={chosen ?? null} />
    </div>
  )
}

function PartnerRow({ partner }: { readonly partner: ListedPartnerFragment }) {
  return (
    <li className="row-line">
      <h3><Link to={`${HERE}?partner=${encodeURIComponent(partner.id)}`}>{partner.name}</Link></h3>
      <p>{contractOf(partner.contract)}</p>
      <p className="meta">{contactOf(partner.dutyContact)}</p>
    </li>
  )
}

function OpenNotices({ partnerId, isOverdue }: { readonly partnerId: string | null; readonly isOverdue: boolean }) {
  const notices = usePaged(OpenNoticesDocument, { partnerId, storyId: null, overdue: isOverdue ? true : null }, (data) => data.unacknowledgedNotices)
  return (
    <section aria-labelledby="open-notices">
      <h2 id="open-notices">Not acknowledged</h2>
      {!notices.isWaiting && notices.nodes.length === 0 && !notices.refused && <p className="help">Nothing. Every kill and correction that partners were told of is acknowledged{isOverdue ? ', or has time left' : ''}.</p>}
      <Notices notices={notices.nodes} onHeard={notices.again} />
      <More list={notices} of="notices" />
    </section>
  )
}

type Delivery = DeliveriesQuery['deliveries']['nodes'][number]

function Holdings({ partnerId }: { readonly partnerId: string | null }) {
  const list = usePaged(DeliveriesDocument, { partnerId, storyId: null }, (data) => data.deliveries)
  return (
    <section aria-labelledby="holdings">
      <h2 id="holdings">Who holds what</h2>
      {!list.isWaiting && list.nodes.length === 0 && !list.refused && <p className="help">No partner has taken a story yet.</p>}
      {list.nodes.length > 0 && (
        <table className="ledger">
          <thead><tr><th scope="col">Story</th><th scope="col">Partner</th><th scope="col">Version</th><th scope="col">Taken</th></tr></thead>
          <tbody>{list.nodes.map((delivery) => <Holding key={`${delivery.story.slug} ${delivery.partner.id} ${delivery.version} ${delivery.way}`} delivery={delivery} />)}</tbody>
        </table>
      )}
      <More list={list} of="of the ledger" />
    </section>
  )
}

function Holding({ delivery: { story, partner, version, way, firstAt, lastAt } }: { readonly delivery: Delivery }) {
  return (
    <tr>
      <th scope="row"><Link to={`/stories/${story.slug}`}>{story.headline ?? story.slug}</Link>{story.state !== 'PUBLISHED' && <span className="chip">{stateOf(story.state)}</span>}</th>
      <td data-label="Partner">{partner.name}</td>
      <td data-label="Version">{version}{version < story.version && <span className="help"> of {story.version}</span>}</td>
      <td data-label="Taken"><At at={firstAt} /> <span className="help">{way === 'PUSHED' ? 'told of it' : 'fetched it'}{lastAt !== firstAt && <>, last <Ago at={lastAt} /></>}</span></td>
    </tr>
  )
}
