import type { OpenedRecord, OpenedVault } from '../../checks/index.js'
import type { RecordContent } from '../seal/index.js'

/** The records as the checks know them: a person by a name that appears in no finding. */
export function openedVaultOf(contents: readonly { readonly id: string; readonly content: RecordContent }[]): OpenedVault {
  const people = new Map<string, OpenedRecord>()
  for (const { id, content } of contents) {
    const person = content.person ?? id
    const { entries = [], namedAs = [], declined = [], terms = [], approvals = [] } = people.get(person) ?? {}
    people.set(person, {
      person, entries: [...entries, ...content.entries], namedAs: [...namedAs, ...content.namedAs], declined: [...declined, ...content.declined], terms: [...terms, ...content.terms], approvals: [...approvals, ...content.approvals],
    })
  }
  const pools = contents.flatMap(({ content }) => content.candidatePools)
  return { records: [...people.values()], candidatePools: pools.map(({ because, ...pool }) => (because === undefined ? pool : { ...pool, because })) }
}
