import { useState } from 'react'
import { Link } from '../address'
import { ask, refusedBy } from '../ask'
import { HeardByPhoneDocument, type OpenNoticeFragment } from '../generated/graphql'
import { Ago, Countdown } from '../times'
import { contactOf } from './contract'

const SAID: Readonly<Record<OpenNoticeFragment['kind'], string>> = { KILLED: 'Killed', WITHDRAWN: 'Withdrawn', HELD: 'On hold', UNPUBLISHED: 'Taken down here', CORRECTED: 'Corrected' }

interface NoticesProps { readonly notices: readonly OpenNoticeFragment[]; readonly onHeard: () => void; readonly isOfOneStory?: boolean }

/** Who has not acknowledged what, and whom to call about it. */
export function Notices({ notices, onHeard, isOfOneStory = false }: NoticesProps) {
  const [problem, setProblem] = useState<string>()
  const hear = async (noticeId: string) => {
    try {
      const { done } = await ask(HeardByPhoneDocument, { input: { noticeId, idempotencyKey: crypto.randomUUID() } })
      setProblem(done.errors[0]?.message)
      if (done.errors.length === 0) onHeard()
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
  }
  return (
    <>
      {problem && <p className="problem" role="alert">{problem}</p>}
      <ul className="rows">{notices.map((notice) => (
        <li key={notice.id} className={notice.isOverdue ? 'row-line notice is-overdue' : 'row-line notice'}>
          <p className="row-head"><b>{notice.partner.name}</b> <span className="chip">{SAID[notice.kind]}</span>{notice.isOverdue ? <strong className="overdue">Overdue</strong> : <span className="help">due in <Countdown until={notice.dueAt} /></span>}</p>
          <p>{!isOfOneStory && <><Link to={`/stories/${notice.slug}`}>{notice.slug}</Link>, </>}version {notice.version}, <Ago at={notice.at} />{(notice.advisory ?? notice.explanation) && <>: {notice.advisory ?? notice.explanation}</>}</p>
          <p className="row-head"><span className="meta">Call {contactOf(notice.partner.dutyContact)}</span> <button type="button" onClick={() => void hear(notice.id)} aria-label={`Acknowledged by phone: ${notice.partner.name}, ${SAID[notice.kind].toLowerCase()}, ${notice.slug}`}>Acknowledged by phone</button></p>
        </li>
      ))}</ul>
    </>
  )
}
