import type { ListedPartnerFragment } from '../generated/graphql'

const DATE = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })

/** A contract in a line: "Desks Metro and World; all topics; 30 days back; no embargoed copy; until 3 May 2027". */
export function contractOf(contract: ListedPartnerFragment['contract']): string {
  if (!contract) return 'No contract in force: it reads what everybody reads.'
  const { desks, topics, archiveDays, embargoAccess, registeredOnly, validUntil } = contract
  return [
    desks ? `desks ${desks.join(', ')}` : 'all desks', topics ? `topics ${topics.join(', ')}` : 'all topics', archiveDays === null ? 'the whole archive' : `${archiveDays} days back`,
    embargoAccess === 'ADVANCE' ? 'embargoed copy in advance' : 'no embargoed copy', ...(registeredOnly ? ['registered documents only'] : []), ...(validUntil ? [`until ${DATE.format(new Date(validUntil))}`] : []),
  ].join('; ').replace(/^./, (letter) => letter.toUpperCase())
}

export function contactOf({ name, phone, email }: ListedPartnerFragment['dutyContact']): string {
  return [name, phone, email].filter(Boolean).join(', ') || 'no duty contact on file'
}
