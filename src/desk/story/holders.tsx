import { Link } from '../address'
import { DeliveriesDocument, OpenNoticesDocument } from '../generated/graphql'
import { Notices } from '../partners/notices'
import { usePaged } from '../pieces/paged'
import { At } from '../times'
import { plural } from '../words'

/** Which partner has which version of a story, and who has not acknowledged what became of it. */
export function Holders({ storyId }: { readonly storyId: string }) {
  const deliveries = usePaged(DeliveriesDocument, { storyId, partnerId: null }, (data) => data.deliveries)
  const notices = usePaged(OpenNoticesDocument, { storyId, partnerId: null, overdue: null }, (data) => data.unacknowledgedNotices, deliveries.refused !== undefined)
  if (deliveries.refused) return <p className="meta holders">{deliveries.refused.code === 'FORBIDDEN' ? 'Which partners hold it, editors, standards editors and administrators can see.' : deliveries.refused.message}</p>
  if (deliveries.isWaiting && deliveries.nodes.length === 0) return <p className="meta holders">Looking up who holds it …</p>
  const holders = new Set(deliveries.nodes.map(({ partner }) => partner.id)).size
  const [open, overdue] = [notices.nodes.length, notices.nodes.filter(({ isOverdue }) => isOverdue).length]
  return (
    <details className="holders">
      <summary>Who holds it: {holders === 0 ? 'no partner yet' : `${plural(holders, 'partner')}${deliveries.hasMore ? ' at least' : ''}`}{open > 0 && <span className="warn">, {open} not acknowledged{overdue > 0 && `, ${overdue} overdue`}</span>}</summary>
      <div className="holders-body">
        {deliveries.nodes.length > 0 && <ul>{deliveries.nodes.map(({ partner, version, way, firstAt }) => <li key={`${partner.id} ${version} ${way}`}><Link to={`/partners?partner=${encodeURIComponent(partner.id)}`}>{partner.name}</Link> version {version} <span className="help">{way === 'PUSHED' ? 'told of it' : 'fetched'} <At at={firstAt} /></span></li>)}</ul>}
        <Notices notices={notices.nodes} onHeard={notices.again} isOfOneStory />
        <p><Link to="/partners">All partners</Link></p>
      </div>
    </details>
  )
}
