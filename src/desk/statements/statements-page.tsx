import { useEffect } from 'react'
import { Link, useAddress } from '../address'
import { StatementsDocument, type ListedStatementFragment } from '../generated/graphql'
import { Choice } from '../pieces/choice'
import { More } from '../pieces/more'
import { usePaged } from '../pieces/paged'
import { SearchField } from '../pieces/search-field'
import { addressWith, choose } from '../pieces/search-address'
import { useShortcuts } from '../pieces/shortcuts'
import { At, Countdown } from '../times'
import { spoken } from '../words'
import { FileStatement } from './file-statement'
import { OpenedStatement } from './opened-statement'
import { RequestsForComment } from './requests'

const HERE = '/statements'

export function StatementsPage() {
  const { search } = useAddress()
  const [view, open] = [search.get('view'), search.get('open')]
  useEffect(() => { document.title = 'Statements and comment – Onrecord desk' }, [])
  useShortcuts('Statements', [{ keys: '/', does: 'search', run: () => document.getElementById('search')?.focus() }])
  const tab = (name: string | undefined, says: string) => <Link to={addressWith(HERE, { view: name })} aria-current={open === null && (view ?? undefined) === name ? 'page' : undefined}>{says}</Link>
  return (
    <div className="page">
      <div className="page-head"><h1>Statements and comment</h1>
        <nav aria-label="Statements and comment">{tab(undefined, 'On file')}{tab('requests', 'Requests for comment')}{tab('file', 'File a statement')}</nav>
      </div>
      {open !== null ? <OpenedStatement key={open} id={open} /> : view === 'requests' ? <RequestsForComment /> : view === 'file' ? <FileStatement /> : <OnFile />}
    </div>
  )
}

function OnFile() {
  const { search } = useAddress()
  const words = search.get('q') ?? ''
  const embargo = search.get('embargo')
  const list = usePaged(StatementsDocument, { words: words || null, underEmbargo: embargo === 'held' ? true : embargo === 'open' ? false : null }, (data) => data.filedStatements)
  return (
    <section aria-label="Statements on file">
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchField label="Search issuers and full texts" words={words} onWords={(q) => choose(HERE, search, { q }, { replace: true })} />
        <Choice label="Embargo" value={embargo ?? undefined} options={[['held', 'Under embargo'], ['open', 'Not under embargo']]} onChange={(chosen) => choose(HERE, search, { embargo: chosen })} />
      </form>
      {!list.isWaiting && list.nodes.length === 0 && !list.refused && <p className="empty">{words || embargo ? 'No statement fits.' : 'No statement is on file.'} <Link to={addressWith(HERE, { view: 'file' })}>File one</Link></p>}
      <ol className="rows">{list.nodes.map((statement) => (
        <li key={statement.id} className="row-line">
          <h2 className="row-title"><Link to={addressWith(HERE, { open: statement.id })}>{statement.issuer.name}</Link></h2>
          <Particulars statement={statement} />
          <p className="words" dir="auto">{shortened(statement.fullText)}</p>
        </li>
      ))}</ol>
      <More list={list} of="statements" />
    </section>
  )
}

const MOST = 220
function shortened(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, text.lastIndexOf(' ', MOST) > MOST / 2 ? text.lastIndexOf(' ', MOST) : MOST)} …`
}

export function Particulars({ statement: { spokesperson, spokespersonDescriptor, channel, issuedAt, release, embargoedUntil, isUnderEmbargo, filedAt, filedBy } }: { readonly statement: ListedStatementFragment }) {
  const by = spokesperson?.name ?? spokespersonDescriptor
  return (
    <p className="meta row-head">
      <span>{spoken(channel)}{by && ` by ${by}`}{issuedAt && <>, <At at={issuedAt} /></>}</span>
      <span>{release === 'FULL' ? 'may be public in full' : 'excerpts alone may be public'}</span>
      {isUnderEmbargo && embargoedUntil && <span className="chip">Embargo <Countdown until={embargoedUntil} /></span>}
      <span>filed by {filedBy}, <At at={filedAt} /></span>
    </p>
  )
}
