import { Link, useAddress } from '../address'
import { useAsked } from '../ask'
import { OrganizationPageDocument, OrganizationsDocument, StatementsOfDocument } from '../generated/graphql'
import { More } from '../pieces/more'
import { usePaged } from '../pieces/paged'
import { addressWith, choose } from '../pieces/search-address'
import { SearchField } from '../pieces/search-field'
import { Ago } from '../times'
import { spoken } from '../words'
import { HERE } from './here'
import { Quotes } from './quotes'

export function Organizations() {
  const { search } = useAddress()
  const name = search.get('q') ?? ''
  const list = usePaged(OrganizationsDocument, { name: name || null }, (data) => data.organizationEntries)
  return (
    <section aria-label="Organizations">
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}><SearchField label="Search organizations by name" words={name} onWords={(q) => choose(HERE, search, { q }, { replace: true })} /></form>
      {!list.isWaiting && list.nodes.length === 0 && !list.refused && <p className="empty">No organization of that name is in the register.</p>}
      <ul className="rows register">{list.nodes.map(({ key, name: called, aliases }) => <li key={key}><Link to={addressWith(HERE, { organization: key })}>{called}</Link> <span className="help">{aliases.join(', ')}</span></li>)}</ul>
      <More list={list} of="organizations" />
    </section>
  )
}

/** What an organization put out, and what its people are quoted with. */
export function OrganizationPage({ of }: { readonly of: string }) {
  const { data, refused } = useAsked(OrganizationPageDocument, { key: of })
  const list = usePaged(StatementsOfDocument, { issuer: of }, (answer) => answer.officialStatements)
  if (refused) return <p className="problem" role="alert">{refused.message}</p>
  if (!data) return <p className="empty" role="status">Looking …</p>
  const organization = data.organizationEntry
  if (!organization) return <p className="empty">No organization in the register has this key. <Link to={addressWith(HERE, { view: 'organizations' })}>All organizations</Link></p>
  return (
    <>
      <section aria-labelledby="name">
        <h2 id="name">{organization.name}</h2>
        {organization.aliases.length > 0 && <p className="meta">also {organization.aliases.join(', ')}</p>}
        <p><Link to={addressWith('/statements', { q: organization.name })}>Its statements on file</Link></p>
      </section>
      <section aria-labelledby="its-statements">
        <h2 id="its-statements">Statements that stories report</h2>
        {!list.isWaiting && list.nodes.length === 0 && !list.refused && <p className="help">None.</p>}
        <ol className="rows">{list.nodes.map(({ id, channel, issuedAt, fullText, spokesperson, spokespersonDescriptor, file, story }) => (
          <li key={id} className="row-line">
            {fullText !== null && <p className="words" dir="auto">{fullText.length > 300 ? `${fullText.slice(0, 300)} …` : fullText}</p>}
            <p className="meta row-head"><span>{spoken(channel)}{(spokesperson?.name ?? spokespersonDescriptor) && ` by ${spokesperson?.name ?? spokespersonDescriptor}`}{issuedAt && <>, <Ago at={issuedAt} /></>}</span><span>in <Link to={`/stories/${story.slug}`}>{story.headline ?? story.slug}</Link></span>{file && <Link to={addressWith('/statements', { open: file.id })}>On file</Link>}</p>
          </li>
        ))}</ol>
        <More list={list} of="statements" />
      </section>
      <Quotes filter={{ speakerOrganization: of }} showsSpeaker />
    </>
  )
}
