import { useState, type FormEvent } from 'react'
import { Link, useAddress } from '../address'
import { useAsked } from '../ask'
import { NamedStoryDocument, OpenStatementDocument, StatementInStoryDocument, type OpenStatementQuery, type StatementInStoryQuery } from '../generated/graphql'
import { choose } from '../pieces/search-address'
import { At } from '../times'
import { stateOf } from '../words'
import { NotYetLinked } from './link-excerpts'
import { Particulars } from './statements-page'

type Opened = NonNullable<OpenStatementQuery['filedStatement']>
type InStory = NonNullable<StatementInStoryQuery['story']>
type Quote = InStory['quotes'][number]

/** The full text, and every quote of it in stories, held against it word by word. */
export function OpenedStatement({ id }: { readonly id: string }) {
  const { data, refused, again } = useAsked(OpenStatementDocument, { id })
  const [shown, setShown] = useState<number>()
  if (refused) return <p className="problem" role="alert">{refused.message}</p>
  if (!data) return <p className="empty" role="status">Opening the statement …</p>
  const statement = data.filedStatement
  if (!statement) return <p className="empty">There is no such statement on file. <Link to="/statements">All statements</Link></p>
  const { snapshots, stories } = statement
  const at = shown ?? snapshots.length - 1
  return (
    <article className="statement" aria-label={`Statement of ${statement.issuer.name}`}>
      <header>
        <h2>{statement.issuer.name}</h2>
        <Particulars statement={statement} />
        {statement.url && <p className="meta">{statement.url}</p>}
        {snapshots.length > 1 && <label>Text as of <select value={at} onChange={(event) => setShown(Number(event.target.value))}>{snapshots.map(({ takenAt }, index) => <option key={takenAt} value={index}>{new Date(takenAt).toLocaleString('en')}{index === snapshots.length - 1 ? ' (newest)' : ''}</option>)}</select></label>}
      </header>
      <div className="statement-body">
        <section aria-labelledby="full-text"><h3 id="full-text">Full text, <At at={snapshots[at]!.takenAt} /></h3><p className="full-text" dir="auto">{snapshots[at]!.text}</p></section>
        <div className="quoted-in">
          <section aria-labelledby="quoted"><h3 id="quoted">Quoted in</h3>
            {stories.nodes.length === 0 && <p className="help">No story reports it yet.</p>}
            {stories.nodes.map((story) => <QuotedIn key={story.id} story={story} statementId={id} onLinked={again} />)}
            {stories.pageInfo.hasNextPage && <p className="help">The first fifty stories; there are more.</p>}
          </section>
          <Beside statementId={id} known={new Set(stories.nodes.map((story) => story.slug))} onLinked={again} />
        </div>
      </div>
    </article>
  )
}

interface BesideProps { readonly statementId: string; readonly known: ReadonlySet<string>; readonly onLinked: () => void }

/** Any story beside the statement: what of it stands there word for word. */
function Beside({ statementId, known, onLinked }: BesideProps) {
  const { search } = useAddress()
  const slug = search.get('with') ?? ''
  const { data, refused } = useAsked(NamedStoryDocument, { slug }, slug === '' || known.has(slug))
  const compare = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = String(new FormData(event.currentTarget).get('slug')).trim()
    choose('/statements', search, { with: given.replace(/[?#].*/, '').split('/').findLast(Boolean) })
  }
  return (
    <section aria-labelledby="beside"><h3 id="beside">Beside another story</h3>
      <form className="beside" onSubmit={compare}>
        <label>Slug or address of the story<input key={slug} name="slug" defaultValue={slug} required autoComplete="off" spellCheck={false} /></label>
        <button type="submit">Compare</button>
      </form>
      {refused && <p className="problem" role="alert">{refused.message}</p>}
      {slug !== '' && known.has(slug) && <p className="help">It stands under “Quoted in”.</p>}
      {slug !== '' && !known.has(slug) && data && (data.story?.slug === slug ? <QuotedIn story={data.story} statementId={statementId} onLinked={onLinked} /> : <p className="empty">There is no story “{slug}”.</p>)}
    </section>
  )
}

interface QuotedInProps { readonly story: Opened['stories']['nodes'][number]; readonly statementId: string; readonly onLinked: () => void }

function QuotedIn({ story, statementId, onLinked }: QuotedInProps) {
  const { data, refused, again } = useAsked(StatementInStoryDocument, { id: statementId, storyId: story.id })
  const quotes = data?.story ? quotesOf(data.story, statementId) : []
  return (
    <div className="row-line">
      <h4><Link to={`/stories/${story.slug}`}>{story.headline ?? story.slug}</Link> <span className="chip">{stateOf(story.state)}</span></h4>
      {refused && <p className="problem" role="alert">{refused.message}</p>}
      {!data && !refused && <p className="help">Comparing …</p>}
      {data?.story && quotes.length === 0 && <p className="help">{data.story.officialStatements.some((each) => each.id === statementId) ? 'Reports it without quoting it.' : 'Does not report it.'}</p>}
      <ul>{data?.story && quotes.map((quote) => <Compared key={quote.id} quote={quote} story={data.story!} found={data.findExcerpts ?? []} />)}</ul>
      {data?.story && <NotYetLinked story={data.story} statementId={statementId} found={data.findExcerpts ?? []} onLinked={() => { again(); onLinked() }} />}
    </div>
  )
}

/** Quotes that are linked to the statement, or belong to an attribution that reports it. */
function quotesOf({ quotes, officialStatements }: InStory, statementId: string): readonly Quote[] {
  const reporting = new Set(officialStatements.filter(({ id }) => id === statementId).flatMap(({ attributions }) => attributions.map(({ id }) => id)))
  return quotes.filter(({ excerpt, attribution }) => excerpt?.statement.id === statementId || reporting.has(attribution.id))
}

interface ComparedProps { readonly quote: Quote; readonly story: InStory; readonly found: NonNullable<StatementInStoryQuery['findExcerpts']> }

function Compared({ quote, story, found }: ComparedProps) {
  const isVerbatim = found.some((each) => each.quote.id === quote.id)
  const finding = isVerbatim ? undefined : story.findings.find(({ changes, ranges: [at] }) => changes.length > 0 && at?.paragraph === quote.ranges[0]?.paragraph && at?.start === quote.ranges[0]?.start)
  return (
    <li className="compared">
      <blockquote dir="auto">“{quote.text}”</blockquote>
      {isVerbatim && <p className="same">✓ Word for word</p>}
      {finding && <p className="differs"><b>Differs:</b> <span dir="auto">{finding.changes.map(({ kind, words }, index) => <Change key={index} kind={kind} words={words} />)}</span></p>}
      {!isVerbatim && !finding && <p className="differs"><b>Not in the newest text.</b> {quote.excerpt ? 'An earlier text has it.' : 'It is not linked to words of the statement.'}</p>}
    </li>
  )
}

function Change({ kind, words }: { readonly kind: string; readonly words: string }) {
  if (kind === 'ADDED') return <><ins><span className="unseen">the story adds: </span>{words}</ins> </>
  if (kind === 'REMOVED') return <><del><span className="unseen">the story leaves out: </span>{words}</del> </>
  return <>{words} </>
}
