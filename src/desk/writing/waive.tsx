import { useState, type FormEvent } from 'react'
import { ask, refusedBy } from '../ask'
import { RevokeWaiverDocument, WaiveDocument, type OpenedStoryFragment, type ShownFindingFragment, type WaiverReason } from '../generated/graphql'
import { spoken } from '../words'

const REASONS: readonly WaiverReason[] = ['EDITOR_VERIFIED', 'FALSE_ALARM', 'LEGAL_ADVICE', 'PUBLIC_INTEREST', 'RECORD_UNAVAILABLE', 'SAFETY_OF_SOURCE', 'TERM_OF_ART', 'TIME_CRITICAL']

interface WaiveProps { readonly story: OpenedStoryFragment; readonly finding: ShownFindingFragment; readonly onDone: (story: OpenedStoryFragment) => void }

/** An editor's decision to publish in spite of a finding, with a reason; or taking that back. */
export function Waive({ story, finding, onDone }: WaiveProps) {
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState<WaiverReason>('EDITOR_VERIFIED')
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string>()
  const finish = async (work: () => Promise<{ readonly done: { readonly errors: readonly { readonly message: string }[]; readonly story: OpenedStoryFragment | null } }>) => {
    try {
      const { done } = await work()
      if (done.errors.length === 0 && done.story) onDone(done.story)
      else setProblem(done.errors[0]?.message)
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
  }
  const idempotencyKey = () => crypto.randomUUID()
  const waive = (event: FormEvent) => {
    event.preventDefault()
    void finish(() => ask(WaiveDocument, { input: { storyId: story.id, expectedRevision: story.revision.number, rule: finding.rule, fingerprint: finding.fingerprint, reason, note: note.trim() || null, idempotencyKey: idempotencyKey() } }))
  }
  if (finding.waiver) {
    const { id } = finding.waiver
    return <p><button type="button" onClick={() => void finish(() => ask(RevokeWaiverDocument, { input: { waiverId: id, idempotencyKey: idempotencyKey() } }))}>Take the waiver back</button>{problem && <span className="problem" role="alert"> {problem}</span>}</p>
  }
  if (!finding.isWaivable) return <p className="help">Nobody may waive this.</p>
  if (!isOpen) return <p><button type="button" onClick={() => setOpen(true)}>Waive …</button></p>
  return (
    <form className="waive" onSubmit={waive}>
      <label>Reason <select value={reason} autoFocus onChange={(event) => setReason(event.target.value as WaiverReason)}>{REASONS.map((each) => <option key={each} value={each}>{spoken(each)}</option>)}</select></label>
      <label>Note <input value={note} onChange={(event) => setNote(event.target.value)} /></label>
      {problem && <p className="problem" role="alert">{problem}</p>}
      <div className="row"><button type="submit" className="primary">Waive</button><button type="button" onClick={() => setOpen(false)}>Leave it</button></div>
    </form>
  )
}
