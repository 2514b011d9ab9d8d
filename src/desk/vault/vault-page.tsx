import './no-eval'
import './vault.css'
import { useEffect } from 'react'
import type { VaultSession } from '../../vault/client/index.js'
import { Locked, NoKey } from './key-forms'
import { Keys } from './keys'
import { Records } from './records'
import { lock, useVault, watch } from './unlocked'
import { useKeys } from './use-keys'

/** Who confidential sources are: sealed and opened in this page, by whoever is cleared. */
export default function VaultPage() {
  const { session, hasKey, why } = useVault()
  useEffect(() => { document.title = 'Vault – Onrecord desk' }, [])
  useEffect(watch, [])
  return (
    <div className="vault">
      <header>
        <h1>Vault</h1>
        <p className="lead">Who confidential sources are. It is sealed and opened in this page; the server keeps ciphertext that it cannot open.</p>
      </header>
      {!session && why !== undefined && <p className="notice" role="status">{why}</p>}
      {session ? <Unlocked session={session} /> : hasKey ? <Locked /> : <NoKey />}
      <p className="help fine">This page is only as honest as the server that sends it. For a source whose life may depend on it, use <code>onrecord vault</code> on a machine of your own. Browser extensions can read what a page shows.</p>
    </div>
  )
}

function Unlocked({ session }: { readonly session: VaultSession }) {
  const keys = useKeys(session)
  return (
    <>
      <div className="unlocked">
        <p>Unlocked as <strong>{session.key.card.name}</strong>. It locks itself after five minutes without a touch, and when you leave the page.</p>
        <button type="button" onClick={() => lock('Locked.')}>Lock</button>
      </div>
      {keys.problem !== undefined && <p className="problem" role="alert">{keys.problem}</p>}
      {keys.own?.state === 'ACTIVE' && <Records session={session} keys={keys} />}
      <Keys session={session} keys={keys} />
    </>
  )
}
