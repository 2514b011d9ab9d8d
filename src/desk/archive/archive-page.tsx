import { useEffect } from 'react'
import { Link, useAddress } from '../address'
import { addressWith } from '../pieces/search-address'
import { useShortcuts } from '../pieces/shortcuts'
import { FindingsOverTime } from './findings-over-time'
import { HERE } from './here'
import { OneSource } from './one-source'
import { OrganizationPage, Organizations } from './organizations'
import { People, PersonPage } from './people'

const VIEWS = [[undefined, 'People'], ['organizations', 'Organizations'], ['one-source', 'On one anonymous source'], ['findings', 'Findings']] as const

export function ArchivePage() {
  const { search } = useAddress()
  const [view, person, organization] = [search.get('view') ?? undefined, search.get('person'), search.get('organization')]
  useEffect(() => { document.title = 'Archive – Onrecord desk' }, [])
  useShortcuts('Archive', [{ keys: '/', does: 'search', run: () => document.getElementById('search')?.focus() }])
  const isOpen = person !== null || organization !== null
  return (
    <div className="page">
      <div className="page-head"><h1>Archive</h1>
        <nav aria-label="Archive">{VIEWS.map(([name, says]) => <Link key={says} to={addressWith(HERE, { view: name })} aria-current={!isOpen && view === name ? 'page' : undefined}>{says}</Link>)}</nav>
      </div>
      {person !== null ? <PersonPage key={person} of={person} /> : organization !== null ? <OrganizationPage key={organization} of={organization} />
        : view === 'organizations' ? <Organizations /> : view === 'one-source' ? <OneSource /> : view === 'findings' ? <FindingsOverTime /> : <People />}
    </div>
  )
}
