import { Link, useAddress } from '../address'
import { useAsked } from '../ask'
import { PeopleDocument, PersonPageDocument } from '../generated/graphql'
import { More } from '../pieces/more'
import { usePaged } from '../pieces/paged'
import { addressWith, choose } from '../pieces/search-address'
import { SearchField } from '../pieces/search-field'
import { HERE } from './here'
import { Quotes } from './quotes'

export function People() {
  const { search } = useAddress()
  const name = search.get('q') ?? ''
  const list = usePaged(PeopleDocument, { name: name || null }, (data) => data.personEntries)
  return (
    <section aria-label="People">
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}><SearchField label="Search people by name" words={name} onWords={(q) => choose(HERE, search, { q }, { replace: true })} /></form>
      {!list.isWaiting && list.nodes.length === 0 && !list.refused && <p className="empty">Nobody of that name is in the register.</p>}
      <ul className="rows register">{list.nodes.map(({ key, name: called, affiliations }) => (
        <li key={key}><Link to={addressWith(HERE, { person: key })}>{called}</Link> <span className="help">{affiliations.map(({ title, organization }) => `${title}, ${organization.name}`).join('; ')}</span></li>
      ))}</ul>
      <More list={list} of="people" />
    </section>
  )
}

/** Who somebody was, and what they are quoted with. */
export function PersonPage({ of }: { readonly of: string }) {
  const { data, refused } = useAsked(PersonPageDocument, { key: of })
  if (refused) return <p className="problem" role="alert">{refused.message}</p>
  if (!data) return <p className="empty" role="status">Looking …</p>
  const person = data.personEntry
  if (!person) return <p className="empty">Nobody in the register has this key. <Link to={HERE}>All people</Link></p>
  return (
    <>
      <section aria-labelledby="name">
        <h2 id="name">{person.name}</h2>
        {person.aliases.length > 0 && <p className="meta">also {person.aliases.join(', ')}</p>}
        {person.affiliations.length === 0 ? <p className="help">No title is on file.</p> : (
          <table className="ledger">
            <caption className="unseen">Titles over time</caption>
            <thead><tr><th scope="col">Title</th><th scope="col">Organization</th><th scope="col">From</th><th scope="col">Until</th></tr></thead>
            <tbody>{person.affiliations.map(({ title, organization, from, to }, index) => (
              <tr key={index}><th scope="row">{title}</th><td data-label="Organization"><Link to={addressWith(HERE, { organization: organization.key })}>{organization.name}</Link></td><td data-label="From">{from ?? 'not noted'}</td><td data-label="Until">{to ?? '–'}</td></tr>
            ))}</tbody>
          </table>
        )}
      </section>
      <Quotes filter={{ speaker: of }} />
    </>
  )
}
