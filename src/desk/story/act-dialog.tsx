import { useMemo, useState, type FormEvent } from 'react'
import { publicForm, type StoryDocument } from '../../document/index.js'
import { ask, refusedBy, useAsked } from '../ask'
import { RecipientsDocument, TextOfDocument, type OpenedStoryFragment, type RecipientsQuery } from '../generated/graphql'
import { Dialog } from '../pieces/dialog'
import { plural } from '../words'
import { putsOut, type Act, type Done, type Field } from './acts'
import { SeverityMark } from './notes'
import { Ribbon } from './strip'
import { isUnderEmbargo } from './time'

interface ActDialogProps { readonly act: Act; readonly story: OpenedStoryFragment; readonly onClose: () => void; readonly onDone: (story: OpenedStoryFragment) => void }
interface Stopping { readonly title: string; readonly exact: string }
type Values = Readonly<Partial<Record<Field, string>>>

const LABELS: Readonly<Record<Field, string>> = {
  advisory: 'What those who took the story are told', reason: 'Why, for the newsroom only', at: 'Goes out at', until: 'Embargo ends at; empty for “until lifted”',
  terms: 'Terms of the embargo', explanation: 'What was wrong and what is right, for readers', wrong: 'The wrong words, as readers have them now', right: 'The right words, as they stand here', lift: 'Why it ends', outlet: 'Who broke it', url: 'Where',
}
const OPTIONAL: ReadonlySet<Field> = new Set(['advisory', 'reason', 'until', 'terms', 'wrong', 'right', 'outlet', 'url'])

/** Says what an act brings about, asks for what it needs, and does it. */
export function ActDialog({ act, story, onClose, onDone }: ActDialogProps) {
  const [values, setValues] = useState<Values>({ lift: 'AGREED' })
  const [problems, setProblems] = useState<readonly string[]>([])
  const [refusedFor, setRefusedFor] = useState<readonly Stopping[]>()
  const [isWaiting, setWaiting] = useState(false)
  const current = useAsked(TextOfDocument, { slug: story.slug }, !act.fields.includes('wrong'), 'PUBLIC')
  const stopping: readonly Stopping[] = refusedFor ?? (putsOut(act) ? story.findings.filter(({ severity, waiver, isQuestion }) => severity === 'ERROR' && !waiver && !isQuestion) : [])
  const enter = async (event: FormEvent) => {
    event.preventDefault()
    const input = inputOf(act, story, values, current.data?.story?.paragraphs ?? [])
    if (typeof input === 'string') return setProblems([input])
    setWaiting(true)
    try {
      const { done }: Done = await ask(act.document, { input } as never)
      if (done.errors.length === 0 && done.story) return onDone(done.story)
      const stoppedBy = done.findings ?? []
      // What stopped it is listed above, and need not be told again.
      if (stoppedBy.length > 0) setRefusedFor(stoppedBy)
      setProblems(stoppedBy.length > 0 ? ['Nothing was done. Put the words right, or have an editor who is not in the byline waive the errors above.'] : done.errors.map(({ message }) => message))
    } catch (error) {
      setProblems([refusedBy(error).message])
    }
    setWaiting(false)
  }
  return (
    <Dialog title={`${act.name}?`} onClose={onClose} className="act">
      <form onSubmit={(event) => void enter(event)}>
        <p className="lead">{act.says(story)}</p>
        {stopping.length > 0 && (
          <section className="stopping"><h3>{plural(stopping.length, 'error')} {refusedFor ? 'stopped' : 'will stop'} it</h3>
            <ul>{stopping.map(({ title, exact }, index) => <li key={index}><SeverityMark severity="ERROR" /> {title}: “{exact}”</li>)}</ul>
          </section>
        )}
        {act.fields.filter((field) => values.lift === 'BROKEN' || (field !== 'outlet' && field !== 'url')).map((field) => <FieldOf key={field} field={field} value={values[field] ?? ''} onChange={(value) => setValues((before) => ({ ...before, [field]: value }))} />)}
        {act.kind !== 'away' && act.name !== 'Take back the schedule' && <WhatGoesOut document={story.document} />}
        <WhoIsTold story={story} act={act} />
        {problems.length > 0 && <div className="problem" role="alert">{problems.map((problem) => <p key={problem}>{problem}</p>)}</div>}
        <div className="row">
          <button type="submit" className={act.kind === 'away' ? 'primary danger' : 'primary'} disabled={isWaiting}>{isWaiting ? 'Working …' : act.name}</button>
          <button type="button" onClick={onClose}>Leave it</button>
        </div>
      </form>
    </Dialog>
  )
}

function FieldOf({ field, value, onChange }: { readonly field: Field; readonly value: string; readonly onChange: (value: string) => void }) {
  const id = `act-${field}`
  return (
    <div className="fields">
      <label htmlFor={id}>{LABELS[field]}{OPTIONAL.has(field) && <span className="help"> (optional)</span>}</label>
      {field === 'at' || field === 'until' ? <input id={id} type="datetime-local" value={value} required={!OPTIONAL.has(field)} onChange={(event) => onChange(event.target.value)} />
        : field === 'lift' ? <select id={id} value={value} onChange={(event) => onChange(event.target.value)}><option value="AGREED">as agreed</option><option value="BROKEN">somebody broke it</option></select>
          : field === 'explanation' || field === 'advisory' ? <textarea id={id} rows={2} value={value} required={!OPTIONAL.has(field)} onChange={(event) => onChange(event.target.value)} />
            : <input id={id} type="text" value={value} onChange={(event) => onChange(event.target.value)} />}
    </div>
  )
}

/** The words of a range, looked up: there must be one such place. */
function rangeOf(words: string, paragraphs: readonly { readonly text: string }[], where: string): object | string {
  const places = paragraphs.flatMap(({ text }, paragraph) => [...text.matchAll(new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`), 'g'))].map(({ index }) => ({ paragraph, start: index, end: index + words.length })))
  if (places.length === 1) return places[0]!
  return places.length === 0 ? `“${words}” does not stand ${where}. Give the words exactly as they stand there.` : `“${words}” stands ${where} ${places.length} times. Give more of the words around it.`
}

function inputOf(act: Act, story: OpenedStoryFragment, values: Values, publicText: readonly { readonly text: string }[]): object | string {
  const input: Record<string, unknown> = { storyId: story.id, expectedRevision: story.revision.number, idempotencyKey: crypto.randomUUID() }
  for (const field of act.fields) {
    const value = values[field]?.trim()
    if (!value) continue
    if (field === 'at' || field === 'until') input[field] = new Date(value).toISOString()
    else if (field === 'lift') input['reason'] = value
    else if (field === 'wrong' || field === 'right') {
      const range = field === 'wrong' ? rangeOf(value, publicText, 'in the public version') : rangeOf(value, story.document.paragraphs, 'in this revision')
      if (typeof range === 'string') return range
      input[field] = range
    } else input[field] = value
  }
  return input
}

/** The public form of the revision, as readers and partners will have it, and what of the document stays here. */
function WhatGoesOut({ document }: { readonly document: StoryDocument }) {
  const form = useMemo(() => publicForm(document), [document])
  const kept = [
    [document.attributions.length - form.attributions.length, 'attribution'], [document.sources.length - form.sources.length, 'source'], [document.quotes.length - form.quotes.length, 'quote'],
    [document.claims.length, 'claim'], [document.requestsForComment.length - form.requestsForComment.length, 'request for comment', 'requests for comment'], [document.records.length, 'record'],
  ] as const
  const stays = kept.filter(([count]) => count > 0).map(([count, one, many]) => plural(count, one, many))
  const headline = form.paragraphs.find(({ role }) => role === 'HEADLINE')?.text ?? form.slug
  return (
    <section className="goes-out">
      <h3>What readers and partners get</h3>
      <p className="goes-out-headline">{headline}</p>
      <Ribbon document={form} />
      <p>{plural(form.paragraphs.length, 'paragraph')}, {plural(form.attributions.length, 'attribution')}, {plural(form.quotes.length, 'quote')}, {plural(form.sources.length, 'source')}, {plural(form.statements.length, 'official statement')}.</p>
      <p className="help">{stays.length > 0 ? `Stays in the newsroom: ${stays.join(', ')}; and everything agreed with sources.` : 'What was agreed with sources stays in the newsroom.'}</p>
    </section>
  )
}

function WhoIsTold({ story, act }: { readonly story: OpenedStoryFragment; readonly act: Act }) {
  const { data, refused } = useAsked(RecipientsDocument, { after: null })
  if (story.state === 'DRAFT' && act.kind !== 'out') return null
  if (refused?.code === 'FORBIDDEN') return <p className="help">Which partners take this story, editors can see.</p>
  if (!data) return <p className="help">Looking up partners …</p>
  const told = data.partners.nodes.filter((partner) => covers(partner, story, act.name !== 'Lift the embargo' && isUnderEmbargo(story)))
  return (
    <section className="told">
      <h3>{act.kind === 'away' ? 'Partners who may hold it' : 'Partners whose contract covers it'}</h3>
      {told.length === 0 ? <p className="help">None.</p> : <ul>{told.map(({ id, name, dutyContact }) => <li key={id}><b>{name}</b> {[dutyContact.name, dutyContact.email, dutyContact.phone].filter(Boolean).join(', ')}</li>)}</ul>}
      {data.partners.pageInfo.hasNextPage && <p className="help">Of the first hundred partners; there are more.</p>}
    </section>
  )
}

/** By desk, topic and embargo; how far back the contract reaches, the server decides. */
function covers({ contract }: RecipientsQuery['partners']['nodes'][number], { document }: OpenedStoryFragment, isHeldBack: boolean): boolean {
  if (!contract) return false
  if (contract.desks && !contract.desks.includes(document.desk)) return false
  if (contract.topics && !document.topics.some(({ code }) => contract.topics!.includes(code))) return false
  return !isHeldBack || contract.embargoAccess === 'ADVANCE'
}
