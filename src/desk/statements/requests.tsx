import { useState, type FormEvent } from 'react'
import { Link, useAddress } from '../address'
import { ask, refusedBy } from '../ask'
import { FileStatementDocument, RecordAttemptDocument, RecordOutcomeDocument, RequestsDocument, type ContactChannel, type ListedRequestFragment, type RequestOutcome } from '../generated/graphql'
import { Choice } from '../pieces/choice'
import { Dialog } from '../pieces/dialog'
import { More } from '../pieces/more'
import { usePaged } from '../pieces/paged'
import { addressWith, choose } from '../pieces/search-address'
import { At, Countdown } from '../times'
import { plural, spoken } from '../words'

const CHANNELS: readonly ContactChannel[] = ['EMAIL', 'PHONE', 'TEXT_MESSAGE', 'IN_PERSON', 'SOCIAL_MEDIA', 'LETTER', 'LAWYER', 'OTHER']
const OUTCOMES: readonly RequestOutcome[] = ['ANSWERED', 'PARTIAL', 'DECLINED', 'NO_RESPONSE', 'UNREACHABLE', 'PENDING']
const SHOWN = [['outstanding', 'Outstanding'], ['overdue', 'Overdue'], ['settled', 'Settled']] as const

type Doing = { readonly what: 'attempt' | 'answer'; readonly request: ListedRequestFragment }

/** Whom the newsroom asked for comment, over all stories. */
export function RequestsForComment() {
  const { search } = useAddress()
  const [show, desk] = [search.get('show'), search.get('desk') || undefined]
  const [doing, setDoing] = useState<Doing>()
  const list = usePaged(RequestsDocument, { outstanding: show === 'outstanding' ? true : show === 'settled' ? false : null, overdue: show === 'overdue' ? true : null, desks: desk ? [desk] : null }, (data) => data.requestsForComment)
  const desks = [...new Set(list.nodes.map(({ story }) => story.desk))].toSorted((a, b) => a.localeCompare(b))
  const change = (chosen: Readonly<Record<string, string | undefined>>) => choose('/statements', search, chosen)
  return (
    <section aria-label="Requests for comment">
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Choice label="Requests" value={show ?? undefined} options={SHOWN} onChange={(chosen) => change({ show: chosen })} />
        <Choice label="Desk" value={desk} options={desks.map((each) => [each, each])} onChange={(chosen) => change({ desk: chosen })} />
      </form>
      {!list.isWaiting && list.nodes.length === 0 && !list.refused && <p className="empty">No request fits.</p>}
      <ol className="rows">{list.nodes.map((request) => <RequestRow key={`${request.story.id} ${request.key}`} request={request} onDo={(what) => setDoing({ what, request })} />)}</ol>
      <More list={list} of="requests" />
      {doing && <RecordDialog doing={doing} onClose={() => setDoing(undefined)} onDone={() => { setDoing(undefined); list.again() }} />}
    </section>
  )
}

const partyOf = ({ person, organization }: ListedRequestFragment) => [person?.name, organization?.name].filter(Boolean).join(', ') || 'Somebody'

function RequestRow({ request, onDo }: { readonly request: ListedRequestFragment; readonly onDo: (what: Doing['what']) => void }) {
  const { story, askedBy, attempts, deadline, outcome, isOutstanding, isOverdue } = request
  const last = attempts.at(-1)
  const party = partyOf(request)
  return (
    <li className={isOverdue ? 'row-line is-overdue' : 'row-line'}>
      <h2 className="row-title">{party} {isOverdue ? <strong className="overdue">Overdue</strong> : <span className="chip">{isOutstanding ? 'waiting' : spoken(outcome)}</span>}{!request.confirmed && <span className="help"> found by the machine, not confirmed</span>}</h2>
      <p><Link to={`/stories/${story.slug}`}>{story.headline ?? story.slug}</Link> <span className="help">{story.desk}</span></p>
      <p className="meta row-head">
        <span>{askedBy ? `asked by ${askedBy.name}` : 'nobody noted who asked'}{last && <>, {plural(attempts.length, 'attempt')}, last by {spoken(last.channel)} <At at={last.at} />{last.note && ` (${last.note})`}</>}</span>
        {deadline && <span>{isOutstanding && !isOverdue ? <>deadline <Countdown until={deadline} lead="in " /></> : <>deadline <At at={deadline} /></>}</span>}
      </p>
      {request.outcomeLine && <p className="words">“{request.outcomeLine.exact}”</p>}
      {request.answeredByStatement && <p className="words">Answer: <Link to={addressWith('/statements', { open: request.answeredByStatement.id })}>“{(request.answeredByStatement.fullText ?? 'the statement').slice(0, 160)}”</Link></p>}
      {isOutstanding && (
        <p className="row-buttons">
          <button type="button" onClick={() => onDo('answer')} aria-label={`Record an answer of ${party}`}>Record an answer …</button>
          <button type="button" onClick={() => onDo('attempt')} aria-label={`Record an attempt to reach ${party}`}>Record an attempt …</button>
        </p>
      )}
    </li>
  )
}

function RecordDialog({ doing: { what, request }, onClose, onDone }: { readonly doing: Doing; readonly onClose: () => void; readonly onDone: () => void }) {
  const [problem, setProblem] = useState<string>()
  const [isWaiting, setWaiting] = useState(false)
  const record = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    setWaiting(true)
    try {
      const wrong = await (what === 'attempt' ? recordAttempt(request, given) : recordAnswer(request, given))
      if (wrong === undefined) return onDone()
      setProblem(wrong)
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
    setWaiting(false)
  }
  return (
    <Dialog title={what === 'attempt' ? 'An attempt to reach them' : 'What came of it'} onClose={onClose} className="act">
      <form onSubmit={(event) => void record(event)}>
        <p className="lead">{partyOf(request)}, for “{request.story.headline ?? request.story.slug}”</p>
        {what === 'attempt' ? (
          <>
            <div className="fields"><label htmlFor="attempt-at">When</label><input id="attempt-at" name="at" type="datetime-local" required defaultValue={localNow()} /></div>
            <div className="fields"><label htmlFor="attempt-channel">How</label><select id="attempt-channel" name="channel" defaultValue="EMAIL">{CHANNELS.map((channel) => <option key={channel} value={channel}>{spoken(channel)}</option>)}</select></div>
            <div className="fields"><label htmlFor="attempt-note">Note <span className="help">(optional)</span></label><input id="attempt-note" name="note" type="text" /></div>
          </>
        ) : (
          <>
            <div className="fields"><label htmlFor="outcome">Outcome</label><select id="outcome" name="outcome" defaultValue="ANSWERED">{OUTCOMES.map((outcome) => <option key={outcome} value={outcome}>{spoken(outcome)}</option>)}</select></div>
            {request.organization && <div className="fields"><label htmlFor="answer">Their answer in full <span className="help">(optional; goes on file as a statement of {request.organization.name})</span></label><textarea id="answer" name="answer" rows={5} /></div>}
          </>
        )}
        {problem && <p className="problem" role="alert">{problem}</p>}
        <div className="row"><button type="submit" className="primary" disabled={isWaiting}>{isWaiting ? 'Saving …' : 'Record it'}</button><button type="button" onClick={onClose}>Leave it</button></div>
      </form>
    </Dialog>
  )
}

const onDraft = ({ story, key }: ListedRequestFragment) => ({ storyId: story.id, expectedRevision: story.revision.number, request: key, idempotencyKey: crypto.randomUUID() })

async function recordAttempt(request: ListedRequestFragment, given: FormData): Promise<string | undefined> {
  const attempt = { at: new Date(String(given.get('at'))).toISOString(), channel: String(given.get('channel')) as ContactChannel, note: String(given.get('note')).trim() || null }
  const { done } = await ask(RecordAttemptDocument, { input: { ...onDraft(request), attempt } })
  return done.errors[0]?.message
}

async function recordAnswer(request: ListedRequestFragment, given: FormData): Promise<string | undefined> {
  const text = String(given.get('answer') ?? '').trim()
  let statementId: string | null = null
  if (text && request.organization) {
    const { done } = await ask(FileStatementDocument, { input: { issuerId: request.organization.id, channel: 'EMAIL', release: 'EXCERPT', text, attachments: [], idempotencyKey: crypto.randomUUID() } })
    // The same words may be on file already: then they are the answer.
    if (!done.statement) return done.errors[0]?.message
    statementId = done.statement.id
  }
  const { done } = await ask(RecordOutcomeDocument, { input: { ...onDraft(request), outcome: String(given.get('outcome')) as RequestOutcome, statementId } })
  return done.errors[0]?.message
}

/** Now, as a field for date and time wants it: local, to the minute. */
function localNow(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
