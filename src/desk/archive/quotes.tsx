import { Link } from '../address'
import { QuotesOfDocument, type QuoteFilterInput } from '../generated/graphql'
import { More } from '../pieces/more'
import { usePaged } from '../pieces/paged'
import { Ago } from '../times'
import { spoken } from '../words'

/** Quotes of a person or a body, the latest first, with who they were in the story then. */
export function Quotes({ filter, showsSpeaker = false }: { readonly filter: QuoteFilterInput; readonly showsSpeaker?: boolean }) {
  const list = usePaged(QuotesOfDocument, { filter }, (data) => data.quotes)
  return (
    <section aria-labelledby="quotes">
      <h2 id="quotes">Quotes</h2>
      {!list.isWaiting && list.nodes.length === 0 && !list.refused && <p className="help">None in any story.</p>}
      <ol className="rows">{list.nodes.map(({ id, text, saidAt, standing, speaker, story }) => (
        <li key={`${id} ${story.slug}`} className="row-line">
          <blockquote className="words" dir="auto">“{text}”</blockquote>
          <p className="meta row-head">
            {speaker && (showsSpeaker || speaker.title) && <span>{showsSpeaker ? [speaker.name, speaker.title].filter(Boolean).join(', ') : `as ${speaker.title}`}</span>}
            {saidAt && <span>said <Ago at={saidAt} /></span>}
            <span>in <Link to={`/stories/${story.slug}`}>{story.headline ?? story.slug}</Link>{story.firstPublishedAt ? <>, <Ago at={story.firstPublishedAt} /></> : ', not published'}</span>
            {standing !== 'STANDS' && <span className="chip">{spoken(standing)}</span>}
          </p>
        </li>
      ))}</ol>
      <More list={list} of="quotes" />
    </section>
  )
}
