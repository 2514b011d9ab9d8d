import { Link, useAddress } from '../address'
import { OnOneSourceDocument } from '../generated/graphql'
import { Choice } from '../pieces/choice'
import { More } from '../pieces/more'
import { usePaged } from '../pieces/paged'
import { choose } from '../pieces/search-address'
import { Ago } from '../times'
import { stateOf } from '../words'
import { HERE } from './here'

/** Stories for which one anonymous source stands, and nobody else. */
export function OneSource() {
  const { search } = useAddress()
  const desk = search.get('desk') || undefined
  const list = usePaged(OnOneSourceDocument, { desks: desk ? [desk] : null }, (data) => data.stories)
  const desks = [...new Set(list.nodes.map((story) => story.desk))].toSorted((a, b) => a.localeCompare(b))
  return (
    <section aria-label="Stories on one anonymous source">
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}><Choice label="Desk" value={desk} options={desks.map((each) => [each, each])} onChange={(chosen) => choose(HERE, search, { desk: chosen })} /></form>
      {!list.isWaiting && list.nodes.length === 0 && !list.refused && <p className="empty">No story rests on one anonymous source alone.</p>}
      <ol className="rows">{list.nodes.map(({ id, slug, headline, desk: of, state, firstPublishedAt, sources }) => (
        <li key={id} className="row-line">
          <h2 className="row-title"><Link to={`/stories/${slug}`}>{headline ?? slug}</Link></h2>
          {sources.map((source, index) => ('descriptor' in source ? <p key={index} className="words">{source.descriptor}{source.reason && <span className="help"> ({source.reason.text})</span>}</p> : null))}
          <p className="meta row-head"><span className={`state state-${state.toLowerCase()}`}>{stateOf(state)}</span><span>{of}</span>{firstPublishedAt && <span><Ago at={firstPublishedAt} /></span>}</p>
        </li>
      ))}</ol>
      <More list={list} of="stories" />
    </section>
  )
}
