import { useState, type FormEvent } from 'react'
import { Link, useAddress } from '../address'
import { ask, refusedBy } from '../ask'
import { FileStatementDocument, RecordAttemptDocument, RecordOutcomeDocument, RequestsDocument, RequestsOfStoryDocument, type ContactChannel, type ListedRequestFragment, type RequestOutcome } from '../generated/graphql'
import { Choice } from '../pieces/choice'
import { Dialog } from '../pieces/dialog'
import { More } from '../pieces/more'
import { usePaged } from '../pieces/paged'
import { addressWith, choose } from '../pieces/search-address'
import { At, Countdown } from '../times'
import { plural, spoken } from '../words'
import { useKeys } from './one-key'

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
      {doing && <RecordDialog doing={doing} onClose={() => setDoing(undefined)} onDone={() => { setDoing(undefined); list.again() }} onChanged={list.again} />}
    </section>
  )
}

const partyOf = ({ person, organization }: ListedRequestFragment) => [person?.name, organization?.name].filter(Boolean).join(', ') || 'Somebody'

function RequestRow({ request, onDo }: { readonly request: ListedRequestFragment; readonly onDo: (what: Doing['what']) => void }) {
  const { story, isOutstanding, isOverdue } = request
  const party = partyOf(request)
  return (
    <li className={isOverdue ? 'row-line is-overdue' : 'row-line'}>
      <h2 className="row-title">{party} <Standing request={request} />{!request.confirmed && <span className="help"> found by the machine, not confirmed</span>}</h2>
      <p><Link to={`/stories/${story.slug}`}>{story.headline ?? story.slug}</Link> <span className="help">{story.desk}</span></p>
      <Attempts request={request} />
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

function Standing({ request: { outcome, isOutstanding, isOverdue } }: { readonly request: ListedRequestFragment }) {
  return isOverdue ? <strong className="overdue">Overdue</strong> : <span className="chip">{isOutstanding ? 'waiting' : spoken(outcome)}</span>
}

function Attempts({ request: { askedBy, attempts, deadline, isOutstanding, isOverdue } }: { readonly request: ListedRequestFragment }) {
  const last = attempts.at(-1)
  return (
    <p className="meta row-head">
      <span>{askedBy ? `asked by ${askedBy.name}` : 'nobody noted who asked'}{last && <>, {plural(attempts.length, 'attempt')}, last by {spoken(last.channel)} <At at={last.at} />{last.note && ` (${last.note})`}</>}</span>
      {deadline && <span>{isOutstanding && !isOverdue ? <>deadline <Countdown until={deadline} lead="in " /></> : <>deadline <At at={deadline} /></>}</span>}
    </p>
  )
}

interface RecordDialogProps { readonly doing: Doing; readonly onClose: () => void; readonly onDone: () => void; readonly onChanged: () => void }

/** Somebody saved the story meanwhile: the request as it is now, or nothing where it is gone. */
class Moved extends Error {
  constructor(readonly request: ListedRequestFragment | undefined) { super() }
}

function RecordDialog({ doing: { what, request: asked }, onClose, onDone, onChanged }: RecordDialogProps) {
  const [request, setRequest] = useState(asked)
  const [hasMoved, setMoved] = useState(false)
  const [isGone, setGone] = useState(false)
  const [filed, setFiled] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isWaiting, setWaiting] = useState(false)
  const [opened] = useState(localNow)
  const keyed = useKeys()
  const onDraft = { storyId: request.story.id, expectedRevision: request.story.revision.number, request: request.key }
  const recordAttempt = async (given: FormData): Promise<Recorded> => {
    const attempt = { at: new Date(String(given.get('at'))).toISOString(), channel: String(given.get('channel')) as ContactChannel, note: String(given.get('note')).trim() || null }
    return (await ask(RecordAttemptDocument, { input: keyed({ ...onDraft, attempt }) })).done
  }
  const recordAnswer = async (given: FormData): Promise<Recorded> => {
    const text = String(given.get('answer') ?? '').trim()
    let statementId = filed ?? null
    if (text && request.organization && !filed) {
      // What cannot be recorded is not put on file either.
      const now = await readAgain(request)
      if (!now?.isOutstanding || now.story.revision.number !== onDraft.expectedRevision) throw new Moved(now)
      const { done } = await ask(FileStatementDocument, { input: keyed({ issuerId: request.organization.id, channel: 'EMAIL' as const, release: 'EXCERPT' as const, text, attachments: [] }) })
      // The same words may be on file already: then they are the answer.
      if (!done.statement) return { errors: done.errors, story: null }
      statementId = done.statement.id
      setFiled(statementId)
    }
    return (await ask(RecordOutcomeDocument, { input: keyed({ ...onDraft, outcome: String(given.get('outcome')) as RequestOutcome, statementId }) })).done
  }
  const record = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    setWaiting(true)
    setProblem(undefined)
    setMoved(false)
    try {
      const { errors: [error], story } = await (what === 'attempt' ? recordAttempt(given) : recordAnswer(given))
      if (!error) return onDone()
      if (error.code === 'CONFLICT' && story) throw new Moved(sameIn(story.requestsForComment, request))
      setProblem(error.message)
    } catch (error) {
      if (error instanceof Moved) {
        if (error.request) setRequest(error.request)
        setGone(!error.request)
        setMoved(true)
        onChanged()
      } else setProblem(refusedBy(error).message)
    }
    setWaiting(false)
  }
  return (
    <Dialog title={what === 'attempt' ? 'An attempt to reach them' : 'What came of it'} onClose={onClose} className="act">
      <form onSubmit={(event) => void record(event)}>
        <p className="lead">{partyOf(request)}, for “{request.story.headline ?? request.story.slug}”</p>
        {hasMoved && (
          <div className="has-moved" role="alert">
            <p className="problem">{isGone ? 'Somebody saved the story meanwhile, and the request is not in it any more.' : 'Somebody saved the story meanwhile, and nothing was recorded. This is the request now; record it again if that still holds.'}</p>
            {!isGone && <><p><Standing request={request} /></p><Attempts request={request} /></>}
          </div>
        )}
        {what === 'attempt' ? (
          <>
            <div className="fields"><label htmlFor="attempt-at">When</label><input id="attempt-at" name="at" type="datetime-local" required defaultValue={opened} /></div>
            <div className="fields"><label htmlFor="attempt-channel">How</label><select id="attempt-channel" name="channel" defaultValue="EMAIL">{CHANNELS.map((channel) => <option key={channel} value={channel}>{spoken(channel)}</option>)}</select></div>
            <div className="fields"><label htmlFor="attempt-note">Note <span className="help">(optional)</span></label><input id="attempt-note" name="note" type="text" /></div>
          </>
        ) : (
          <>
            <div className="fields"><label htmlFor="outcome">Outcome</label><select id="outcome" name="outcome" defaultValue="ANSWERED">{OUTCOMES.map((outcome) => <option key={outcome} value={outcome}>{spoken(outcome)}</option>)}</select></div>
            {request.organization && <div className="fields"><label htmlFor="answer">Their answer in full <span className="help">{filed ? '(on file as a statement now; it is not filed again)' : `(optional; goes on file as a statement of ${request.organization.name})`}</span></label><textarea id="answer" name="answer" rows={5} readOnly={filed !== undefined} /></div>}
          </>
        )}
        {problem && <p className="problem" role="alert">{problem}</p>}
        <div className="row"><button type="submit" className="primary" disabled={isWaiting || isGone}>{isWaiting ? 'Saving …' : 'Record it'}</button><button type="button" onClick={onClose}>Leave it</button></div>
      </form>
    </Dialog>
  )
}

interface Recorded { readonly errors: readonly { readonly code: string; readonly message: string }[]; readonly story: { readonly requestsForComment: readonly ListedRequestFragment[] } | null }

const sameIn = (requests: readonly ListedRequestFragment[], { key }: ListedRequestFragment) => requests.find((each) => each.key === key)

async function readAgain(request: ListedRequestFragment): Promise<ListedRequestFragment | undefined> {
  const { story } = await ask(RequestsOfStoryDocument, { storyId: request.story.id })
  return sameIn(story?.requestsForComment ?? [], request)
}

/** Now, as a field for date and time wants it: local, to the minute. */
function localNow(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
