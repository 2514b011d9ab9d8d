import type { Source } from '../../document/index.js'

const SHAPES: Readonly<Record<Source['kind'], { readonly sign: string; readonly says: string }>> = {
  PERSON: { sign: '●', says: 'Person' }, ORGANIZATION: { sign: '■', says: 'Organization' }, ANONYMOUS: { sign: '○', says: 'Anonymous source' },
  DOCUMENT: { sign: '▤', says: 'Document' }, OUTLET: { sign: '◆', says: 'Outlet' }, GROUP: { sign: '∴', says: 'Group' },
}

/** A small sign for the kind of source; a ring, in the one colour of the page, for who has no name. */
export function SourceMark({ source }: { readonly source: Pick<Source, 'kind'> | undefined }) {
  const { sign, says } = source ? SHAPES[source.kind] : { sign: '–', says: 'Nobody' }
  return <span className={`source-mark source-${(source?.kind ?? 'nobody').toLowerCase()}`} title={says}><span aria-hidden="true">{sign}</span><span className="unseen">{says}: </span></span>
}
