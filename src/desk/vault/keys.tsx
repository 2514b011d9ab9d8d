import { useState, type FormEvent } from 'react'
import type { KnownMember, VaultSession } from '../../vault/client/index.js'
import { fingerprintFrom, spoken } from '../../vault/seal/index.js'
import { downloadKey } from './download'
import { useWork } from './key-forms'
import type { KnownKeys } from './use-keys'

const STATES: Readonly<Record<KnownMember['state'], string>> = { ACTIVE: 'in use', PENDING: 'nobody has vouched for it yet', RETIRED: 'retired' }

/** One's own key, the keys of others, and confirming them. */
export function Keys({ session, keys }: { readonly session: VaultSession; readonly keys: KnownKeys }) {
  const { key } = session
  return (
    <section className="keys" aria-labelledby="keys">
      <h2 id="keys">Keys</h2>
      <div className="panel">
        <h3>Yours</h3>
        <p>Its fingerprint, for others to compare with you in person or by voice:</p>
        <p className="fingerprint">{spoken(key.fingerprint)}</p>
        {keys.isThere && <OwnState session={session} keys={keys} />}
        <p className="row"><button type="button" className="plain" onClick={downloadKey}>Save the key file</button><span className="help">Under its passphrase, for <code>onrecord vault</code> and as a copy. Lose it, and nobody opens what is sealed to you alone.</span></p>
      </div>
      {keys.forged.length > 0 && <p className="problem" role="alert">The server shows a key under a fingerprint that is another’s: its parts were swapped. Use no key of this server before that is explained.</p>}
      {keys.isThere && <Others keys={keys} />}
      {keys.own?.state === 'ACTIVE' && <Confirm session={session} keys={keys} />}
    </section>
  )
}

function OwnState({ session, keys }: { readonly session: VaultSession; readonly keys: KnownKeys }) {
  const { isWorking, problem, run } = useWork()
  if (!keys.own) {
    return (
      <>
        <p>The newsroom does not know it yet.</p>
        {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
        <p className="row"><button type="button" className="primary" disabled={isWorking} onClick={() => void run(async () => { await session.register(); await keys.again() })}>{isWorking ? 'Registering …' : 'Register its public part'}</button></p>
      </>
    )
  }
  const { state } = keys.own
  if (state === 'RETIRED') return <p className="problem" role="alert">This key was retired, for good: the server takes nothing from it and gives nothing for it. Remove it from this browser and make a new one.</p>
  if (state === 'PENDING') return <p role="status">Registered; nobody has vouched for it yet. Read the fingerprint to a colleague whose key is in use, who confirms it. <button type="button" className="plain" onClick={() => void keys.again()}>Look again</button></p>
  return <p>Registered, and in use.</p>
}

function Others({ keys }: { readonly keys: KnownKeys }) {
  const names = new Map(keys.all.map(({ fingerprint, card }) => [fingerprint, card.name]))
  const others = keys.all.filter((each) => each !== keys.own)
  if (others.length === 0) return <p className="help">No other key is registered.</p>
  return (
    <ul className="key-list">
      {others.map(({ fingerprint, card, state, vouchedBy }) => (
        <li key={fingerprint}>
          <p><strong>{card.name}</strong>{card.purpose === 'RECOVERY' ? ' (recovery key)' : ''} <span className={fingerprint in keys.trusted ? 'chip is-confirmed' : 'chip'}>{fingerprint in keys.trusted ? 'confirmed here' : 'not confirmed here'}</span></p>
          <p className="fingerprint">{spoken(fingerprint)}</p>
          <p className="help">{STATES[state]}{vouchedBy.length > 0 ? `; vouched for by ${vouchedBy.map((by) => names.get(by) ?? by.slice(0, 8)).join(', ')}` : ''}</p>
        </li>
      ))}
    </ul>
  )
}

function Confirm({ session, keys }: { readonly session: VaultSession; readonly keys: KnownKeys }) {
  const [given, setGiven] = useState('')
  const [said, setSaid] = useState<string>()
  const { isWorking, problem, run } = useWork()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setSaid(undefined)
    void run(async () => {
      const fingerprint = fingerprintFrom(given)
      if (fingerprint === undefined) return 'A fingerprint is 40 hexadecimal digits; spaces do not matter.'
      const member = keys.all.find((each) => each.fingerprint === fingerprint)
      if (!member) return 'The server knows no key of that fingerprint. Look at the digits again, or ask whether the key is registered.'
      if (member.state === 'RETIRED') return `That key of ${member.card.name} is retired.`
      const hasVouched = await session.confirm(member)
      setSaid(`Confirmed: ${member.card.name}.${hasVouched ? ' You vouch for it in the newsroom.' : ''}`)
      setGiven('')
      await keys.again()
      return undefined
    })
  }
  return (
    <form className="panel" onSubmit={submit}>
      <h3>Confirm somebody’s key</h3>
      <p className="field">
        <label htmlFor="confirm">Fingerprint, as its holder reads it to you</label>
        <input id="confirm" autoComplete="off" spellCheck={false} value={given} onChange={(event) => setGiven(event.target.value)} aria-describedby="confirm-help" />
        <span id="confirm-help" className="help">In person or by voice, and not copied from this page: a server could show you a key of its own.</span>
      </p>
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
      {said !== undefined && <p role="status">{said}</p>}
      <p className="row"><button type="submit" disabled={isWorking || given === ''}>Confirm</button></p>
    </form>
  )
}
