import { useState, type FormEvent } from 'react'
import { go, Link } from '../address'
import { ask, refusedBy } from '../ask'
import { FileStatementDocument, NameOrganizationDocument, type NameOrganizationMutation, type StatementChannel, type StatementRelease } from '../generated/graphql'
import { addressWith } from '../pieces/search-address'
import { spoken } from '../words'
import { useKeys } from './one-key'

export const CHANNELS: readonly StatementChannel[] = ['EMAIL', 'PRESS_RELEASE', 'PRESS_CONFERENCE', 'BRIEFING', 'WRITTEN_STATEMENT', 'INTERVIEW', 'WEBSITE', 'SOCIAL_MEDIA', 'LETTER', 'COURT_FILING', 'OTHER']
const RELEASES: readonly (readonly [StatementRelease, string])[] = [['EXCERPT', 'excerpts alone'], ['FULL', 'the full text']]
type Candidate = NameOrganizationMutation['done']['candidates'][number]

/** Puts a full statement on file. An issuer that the register does not know is added to it. */
export function FileStatement() {
  const [problem, setProblem] = useState<string>()
  const [candidates, setCandidates] = useState<readonly Candidate[]>([])
  const [known, setKnown] = useState<string>()
  const [isWaiting, setWaiting] = useState(false)
  const keyed = useKeys()
  const file = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const said = (name: string) => String(given.get(name) ?? '').trim()
    const instant = (name: string) => (said(name) ? new Date(said(name)).toISOString() : null)
    setWaiting(true)
    setProblem(undefined)
    setKnown(undefined)
    try {
      const chosen = said('candidate')
      const named = chosen && chosen !== 'another' ? undefined : (await ask(NameOrganizationDocument, { input: keyed({ name: said('issuer'), aliases: [], isAnother: chosen === 'another' }) })).done
      const issuerId = named ? named.organization?.id : chosen
      if (!issuerId) {
        setCandidates(named!.candidates)
        setProblem(named!.candidates.length > 0 ? 'More than one organization has such a name. Say which.' : named!.errors[0]?.message)
      } else {
        const { done } = await ask(FileStatementDocument, {
          input: keyed({
            issuerId, channel: said('channel') as StatementChannel, text: String(given.get('text')), release: said('release') as StatementRelease, issuedAt: instant('issuedAt'), embargoedUntil: instant('embargoedUntil'),
            spokespersonDescriptor: said('spokesperson') || null, url: said('url') || null, attachments: [],
          }),
        })
        if (done.errors.length === 0 && done.statement) return go(addressWith('/statements', { open: done.statement.id }))
        setProblem(done.errors[0]?.message)
        setKnown(done.statement?.id)
      }
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
    setWaiting(false)
  }
  return (
    <form className="filing" aria-label="File a statement" onSubmit={(event) => void file(event)}>
      <label>Organization that put it out<input name="issuer" type="text" required autoComplete="off" onChange={() => setCandidates([])} /></label>
      {candidates.length > 0 && (
        <fieldset><legend>Which organization?</legend>
          {candidates.map(({ id, name }, index) => <label key={id}><input type="radio" name="candidate" value={id} defaultChecked={index === 0} /> {name}</label>)}
          <label><input type="radio" name="candidate" value="another" /> another one of that name</label>
        </fieldset>
      )}
      <label>Who spoke for it <span className="help">(as described, optional)</span><input name="spokesperson" type="text" placeholder="a spokesperson" /></label>
      <div className="filing-row">
        <label>Channel<select name="channel" defaultValue="EMAIL">{CHANNELS.map((channel) => <option key={channel} value={channel}>{spoken(channel)}</option>)}</select></label>
        <label>Issued <span className="help">(optional)</span><input name="issuedAt" type="datetime-local" /></label>
        <label>May be public<select name="release" defaultValue="EXCERPT">{RELEASES.map(([release, says]) => <option key={release} value={release}>{says}</option>)}</select></label>
        <label>Embargo until <span className="help">(optional)</span><input name="embargoedUntil" type="datetime-local" /></label>
      </div>
      <label>Address <span className="help">(optional)</span><input name="url" type="url" /></label>
      <label>Full text<textarea name="text" rows={12} required /></label>
      {problem && <p className="problem" role="alert">{problem} {known && <Link to={addressWith('/statements', { open: known })}>See it</Link>}</p>}
      <p><button type="submit" className="primary" disabled={isWaiting}>{isWaiting ? 'Filing …' : 'File it'}</button></p>
    </form>
  )
}
