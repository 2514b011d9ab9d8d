import { go } from '../address'
import { useAsked } from '../ask'
import { ChangesDocument, type ChangesQuery, type OpenedStoryFragment, type ShownChangeFragment } from '../generated/graphql'
import { plural, spoken } from '../words'

interface CompareProps { readonly story: OpenedStoryFragment; readonly from: number; readonly to: number }
type Part = Changes['paragraphs'][number]['parts'][number]
type Changes = NonNullable<NonNullable<ChangesQuery['story']>['changes']>

const LISTS = { sources: 'Sources', attributions: 'Attributions', quotes: 'Quotes', statements: 'Official statements', requestsForComment: 'Requests for comment', outletCredits: 'Credits to outlets', claims: 'Claims' } as const

/** Two revisions side by side, and above all what became of who said what. */
export function Compare({ story, from, to }: CompareProps) {
  const { data, refused } = useAsked(ChangesDocument, { slug: story.slug, from, to })
  const show = (first: number, second: number) => go(`/stories/${story.slug}?compare=${first}-${second}`, { replace: true })
  const changes = data?.story?.changes
  return (
    <section className="compare" aria-label="Two revisions side by side">
      <div className="compare-head">
        <h1>What changed</h1>
        <label>from <Revisions story={story} value={from} onChange={(number) => show(number, to)} /></label>
        <label>to <Revisions story={story} value={to} onChange={(number) => show(from, number)} /></label>
      </div>
      {refused && <p className="problem" role="alert">{refused.message}</p>}
      {!changes && !refused && <p className="help">{data ? 'One of these revisions is not there any more.' : 'Comparing …'}</p>}
      {changes && <Changed changes={changes} />}
    </section>
  )
}

function Revisions({ story, value, onChange }: { readonly story: OpenedStoryFragment; readonly value: number; readonly onChange: (number: number) => void }) {
  return (
    <select value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {story.revisions.map(({ number, version, isAutosave }) => <option key={number} value={number}>revision {number}{version === null ? '' : ` = version ${version}`}{isAutosave ? ' (saved by itself)' : ''}</option>)}
    </select>
  )
}

function Changed({ changes }: { readonly changes: Changes }) {
  const lists = Object.entries(LISTS).map(([name, title]) => ({ title, entries: changes[name as keyof typeof LISTS] })).filter(({ entries }) => entries.length > 0)
  if (lists.length === 0 && changes.paragraphs.length === 0 && changes.fields.length === 0) return <p className="help">Nothing. Both say the same.</p>
  return (
    <>
      {lists.length > 0 && <div className="compare-entries">{lists.map(({ title, entries }) => <Entries key={title} title={title} entries={entries} />)}</div>}
      {changes.fields.length > 0 && <ul className="compare-fields">{changes.fields.map(({ field, before, after }) => <li key={field}><b>{spoken(field)}</b> <BeforeAfter before={before} after={after} /></li>)}</ul>}
      {changes.paragraphs.length > 0 && (
        <table className="compare-text">
          <thead><tr><th scope="col"><span className="unseen">Paragraph</span></th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
          <tbody>{changes.paragraphs.map(({ kind, from, to, parts }) => (
            <tr key={`${from}-${to}`}>
              <th scope="row">{(to ?? from)! + 1}<span>{spoken(kind)}</span></th>
              <td>{from !== null && <Side parts={parts} without="ADDED" />}</td>
              <td>{to !== null && <Side parts={parts} without="REMOVED" />}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
    </>
  )
}

function Side({ parts, without }: { readonly parts: readonly Part[]; readonly without: Part['kind'] }) {
  return <p>{parts.filter(({ kind }) => kind !== without).map(({ kind, text }, index) => (kind === 'SAME' ? <span key={index}>{text}</span> : kind === 'ADDED' ? <ins key={index}>{text}</ins> : <del key={index}>{text}</del>))}</p>
}

const SIGNS = { APPEARED: '+', VANISHED: '−', CHANGED: '~' } as const

function Entries({ title, entries }: { readonly title: string; readonly entries: readonly ShownChangeFragment[] }) {
  return (
    <section>
      <h2>{title} <span className="help">{plural(entries.length, 'change')}</span></h2>
      <ul>{entries.map(({ lineage, kind, label, changes }) => (
        <li key={lineage} className={`entry-${kind.toLowerCase()}`}>
          <p><b aria-hidden="true">{SIGNS[kind]}</b> {label} <span className="help">{spoken(kind)}</span></p>
          {kind === 'CHANGED' && <ul>{changes.map(({ field, before, after, direction }) => <li key={field}><span className="help">{spoken(field)}{direction && `, ${spoken(direction)}`}:</span> <BeforeAfter before={before} after={after} /></li>)}</ul>}
        </li>
      ))}</ul>
    </section>
  )
}

function BeforeAfter({ before, after }: { readonly before: string | null; readonly after: string | null }) {
  return <>{before !== null && <del>{before}</del>} {after !== null && <ins>{after}</ins>}</>
}
