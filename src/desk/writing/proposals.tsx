import { useEffect, useMemo, useState } from 'react'
import { proposalsOf, type Proposal, type StoryDocument } from '../../document/index.js'
import { ask, refusedBy } from '../ask'
import { AcceptDocument, EditOneDocument, RejectDocument, type OpenedStoryFragment, type ProposalRefInput } from '../generated/graphql'
import { useShortcuts } from '../pieces/shortcuts'
import { labelOf } from '../story/sourcing'
import { plural, spoken } from '../words'

type Verdict = 'accept' | 'reject'
type Verdicts = Readonly<Record<string, Verdict>>
interface ProposalsProps { readonly story: OpenedStoryFragment; readonly onLook: (place: Proposal['ranges'][number] | undefined) => void; readonly onDone: (story: OpenedStoryFragment) => void; readonly onClose: () => void }

/** What was decided and not sent, by story: leaving the proposals does not undo it. */
const notSent = new Map<string, Verdicts>()

const NAMES: Readonly<Record<Proposal['collection'], string>> = { sources: 'Source', attributions: 'Attribution', quotes: 'Quote', statements: 'Statement', requestsForComment: 'Request for comment', outletCredits: 'Credit', claims: 'Claim' }

/** What the machine found, one by one, for a person to decide by keyboard. Nothing is sent until all is said. */
export function Proposals({ story, onLook, onDone, onClose }: ProposalsProps) {
  const proposals = useMemo(() => proposalsOf(story.document), [story.document])
  const [verdicts, setVerdicts] = useState<Verdicts>(() => notSent.get(story.id) ?? {})
  useEffect(() => { notSent.set(story.id, verdicts) }, [story.id, verdicts])
  const [at, setAt] = useState(() => Math.max(0, proposals.findIndex((proposal) => !verdicts[idOf(proposal)])))
  const [isEditing, setEditing] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [isWaiting, setWaiting] = useState(false)
  const move = (to: number) => {
    const next = Math.min(proposals.length - 1, Math.max(0, to))
    setAt(next)
    setEditing(false)
    onLook(proposals[next]?.ranges[0])
    document.querySelector<HTMLElement>(`[data-proposal="${next}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const decide = (verdict: Verdict) => {
    const proposal = proposals[at]
    if (!proposal) return
    setVerdicts((before) => ({ ...before, [idOf(proposal)]: verdict }))
    move(at + 1)
  }
  const chosen = (verdict: Verdict): ProposalRefInput[] => proposals.filter((proposal) => verdicts[idOf(proposal)] === verdict).map(({ collection, key }) => ({ collection, key }))
  const send = async (given?: 'all') => {
    setWaiting(true)
    setProblem(undefined)
    let current = story
    try {
      const accepted = chosen('accept')
      if (given === 'all' || accepted.length > 0) current = await take(ask(AcceptDocument, { input: { ...on(current), ...(given === 'all' ? { all: true } : { proposals: accepted, all: false }) } }))
      // Some went with what was rejected or accepted before them.
      const waiting = new Set(proposalsOf(current.document).map(idOf))
      const rejected = chosen('reject').filter(({ collection, key }) => waiting.has(`${collection} ${key}`))
      if (given !== 'all' && rejected.length > 0) current = await take(ask(RejectDocument, { input: { ...on(current), proposals: rejected, all: false } }))
      notSent.delete(story.id)
      setVerdicts({})
      setAt(0)
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
    setWaiting(false)
    if (current !== story) onDone(current)
  }
  useShortcuts('Proposals', [
    { keys: 'j ArrowDown', does: 'next proposal', run: () => move(at + 1) },
    { keys: 'k ArrowUp', does: 'proposal before', run: () => move(at - 1) },
    { keys: 'a', does: 'accept', run: () => decide('accept') },
    { keys: 'x', does: 'reject', run: () => decide('reject') },
    { keys: 'e', does: 'edit the proposal', run: () => setEditing(true) },
    { keys: 'Mod+Enter', does: 'send what was decided', run: () => void send() },
    { keys: 'Escape', does: 'leave the proposals', run: onClose },
  ])
  const decided = proposals.filter((proposal) => verdicts[idOf(proposal)]).length
  return (
    <section className="proposals" aria-label="Proposals">
      <div className="proposals-head">
        <h2>{plural(proposals.length, 'proposal')}</h2>
        <p className="help"><kbd>j</kbd> <kbd>k</kbd> move, <kbd>a</kbd> accept, <kbd>x</kbd> reject, <kbd>e</kbd> edit</p>
        <div className="row">
          <button type="button" className="primary" disabled={decided === 0 || isWaiting} onClick={() => void send()}>{isWaiting ? 'Working …' : decided === 0 ? 'Decide below' : `Send ${decided}`}</button>
          <button type="button" disabled={isWaiting} onClick={() => void send('all')}>Accept all</button>
          <button type="button" className="quiet" onClick={onClose}>Close</button>
        </div>
        {problem && <p className="problem" role="alert">{problem}</p>}
      </div>
      <ol>
        {proposals.map((proposal, index) => (
          <li key={idOf(proposal)} data-proposal={index} className={`proposal${index === at ? ' is-at' : ''}${verdicts[idOf(proposal)] ? ` is-${verdicts[idOf(proposal)]}ed` : ''}`}>
            <button type="button" className="proposal-words" aria-current={index === at} onClick={() => move(index)}>
              <span className="proposal-kind">{NAMES[proposal.collection]}{verdicts[idOf(proposal)] && <b> {verdicts[idOf(proposal)] === 'accept' ? '✓ accepted' : '✗ rejected'}</b>}</span>
              <span>{proposal.words}</span>
              <span className="help">{aboutOf(story.document, proposal)}</span>
            </button>
            {index === at && (
              <div className="row">
                <button type="button" onClick={() => decide('accept')}>Accept</button><button type="button" onClick={() => decide('reject')}>Reject</button>
                {editableOf(proposal) && <button type="button" onClick={() => setEditing(true)}>Edit</button>}
              </div>
            )}
            {index === at && isEditing && editableOf(proposal) && <EditProposal story={story} proposal={proposal} onDone={(changed) => { setEditing(false); onDone(changed) }} onClose={() => setEditing(false)} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

const idOf = ({ collection, key }: Proposal) => `${collection} ${key}`
const on = (story: OpenedStoryFragment) => ({ storyId: story.id, expectedRevision: story.revision.number, idempotencyKey: crypto.randomUUID() })

interface Answered { readonly done: { readonly errors: readonly { readonly message: string }[]; readonly story: OpenedStoryFragment | null } }

async function take(answer: Promise<Answered>): Promise<OpenedStoryFragment> {
  const { done } = await answer
  if (done.errors.length > 0 || !done.story) throw new Error(done.errors[0]?.message)
  return done.story
}

function aboutOf(document: StoryDocument, { collection, entry }: Proposal): string {
  if (collection === 'attributions') {
    const { source, speech, cue } = entry as StoryDocument['attributions'][number]
    const found = document.sources.find(({ key }) => key === source)
    return `${found ? labelOf(document, found) : 'nobody in particular'}${cue ? `, “${cue.exact}”` : ''}, ${spoken(speech)}`
  }
  if (collection === 'sources') return spoken((entry as StoryDocument['sources'][number]).kind)
  return ''
}

const editableOf = ({ collection, entry }: Proposal) => collection === 'attributions' || collection === 'claims' || (collection === 'sources' && ['ANONYMOUS', 'GROUP'].includes((entry as StoryDocument['sources'][number]).kind))

interface EditProps { readonly story: OpenedStoryFragment; readonly proposal: Proposal; readonly onDone: (story: OpenedStoryFragment) => void; readonly onClose: () => void }

/** What is most often wrong with a proposal: whose words they are, how they are given, what the source is called. */
function EditProposal({ story, proposal, onDone, onClose }: EditProps) {
  const [entry, setEntry] = useState<Record<string, unknown>>({ ...proposal.entry })
  const [problem, setProblem] = useState<string>()
  const save = () => take(ask(EditOneDocument, { input: { ...on(story), collection: proposal.collection, key: proposal.key, entry } })).then(onDone, (error: unknown) => setProblem(error instanceof Error ? error.message : ''))
  const text = (field: string, label: string) => <label>{label} <input autoFocus value={String(entry[field] ?? '')} onChange={(event) => setEntry({ ...entry, [field]: event.target.value })} /></label>
  return (
    <form className="edit-proposal" onSubmit={(event) => { event.preventDefault(); void save() }}>
      {proposal.collection === 'attributions' && (
        <>
          <label>Source <select autoFocus value={String(entry['source'] ?? '')} onChange={(event) => setEntry(({ source: _before, ...rest }) => (event.target.value === '' ? rest : { ...rest, source: event.target.value }))}>
            <option value="">nobody in particular</option>{story.document.sources.map((source) => <option key={source.key} value={source.key}>{labelOf(story.document, source)}</option>)}
          </select></label>
          <label>Speech <select value={String(entry['speech'])} onChange={(event) => setEntry({ ...entry, speech: event.target.value })}>{['DIRECT', 'MIXED', 'INDIRECT'].map((speech) => <option key={speech} value={speech}>{spoken(speech)}</option>)}</select></label>
        </>
      )}
      {proposal.collection === 'claims' && text('text', 'Claim')}
      {proposal.collection === 'sources' && text(entry['kind'] === 'GROUP' ? 'name' : 'descriptor', 'Called')}
      {problem && <p className="problem" role="alert">{problem}</p>}
      <div className="row"><button type="submit" className="primary">Accept as edited</button><button type="button" onClick={onClose}>Leave it</button></div>
    </form>
  )
}
