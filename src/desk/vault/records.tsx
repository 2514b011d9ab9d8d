import { useCallback, useEffect, useState } from 'react'
import type { ListedRecord, VaultSession } from '../../vault/client/index.js'
import type { Opened } from '../../vault/seal/index.js'
import { Check } from './check'
import { ForAMinute } from './for-a-minute'
import { useWork } from './key-forms'
import { OpenedRecord } from './opened-record'
import { SealForm } from './seal-form'
import { explained } from './unlocked'
import type { KnownKeys } from './use-keys'

interface RecordsProps { readonly session: VaultSession; readonly keys: KnownKeys }

/** The records that are sealed to one's key. One is open at a time, for a minute. */
export function Records({ session, keys }: RecordsProps) {
  const { records, problem: unlisted, again } = useRecords(session)
  const [opened, setOpened] = useState<{ readonly id: string; readonly opened: Opened }>()
  const [said, setSaid] = useState<string>()
  const [isSealing, setSealing] = useState(false)
  const { isWorking, problem, run } = useWork()
  const open = (id: string) => void run(async () => {
    setOpened(undefined)
    setSaid(undefined)
    setOpened({ id, opened: await session.open(id) })
  })
  const done = (words: string) => {
    setOpened(undefined)
    setSealing(false)
    setSaid(words)
    void again()
  }
  return (
    <>
      {opened && (
        <ForAMinute key={`${opened.id} ${opened.opened.pin.version}`} title="An opened record" onOver={() => setOpened(undefined)}>
          <OpenedRecord session={session} keys={keys} opened={opened.opened} onChanged={done} />
        </ForAMinute>
      )}
      <section aria-labelledby="records">
        <div className="section-head">
          <h2 id="records">Records sealed to you</h2>
          {!isSealing && <button type="button" className="primary" onClick={() => setSealing(true)}>Seal a new identity</button>}
        </div>
        {said !== undefined && <p className="notice" role="status">{said}</p>}
        {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
        {unlisted !== undefined && <p className="problem" role="alert">{unlisted}</p>}
        {isSealing && <SealForm session={session} keys={keys} onSealed={done} onClose={() => setSealing(false)} />}
        {records && <RecordTable records={records} keys={keys} isWorking={isWorking} onOpen={open} />}
      </section>
      <Check session={session} />
    </>
  )
}

function useRecords(session: VaultSession) {
  const [state, setState] = useState<{ readonly records?: readonly ListedRecord[]; readonly problem?: string }>({})
  const again = useCallback(async () => {
    try {
      setState({ records: await session.server.records(session.key) })
    } catch (error) {
      setState((before) => ({ ...before, problem: explained(error) }))
    }
  }, [session])
  useEffect(() => { void again() }, [again])
  return { ...state, again }
}

function RecordTable({ records, keys, isWorking, onOpen }: { readonly records: readonly ListedRecord[]; readonly keys: KnownKeys; readonly isWorking: boolean; readonly onOpen: (id: string) => void }) {
  if (records.length === 0) return <p className="help">No record is sealed to your key yet.</p>
  const known = new Map(keys.all.map((member) => [member.fingerprint, member]))
  const nameOf = (fingerprint: string) => {
    const member = known.get(fingerprint)
    return `${fingerprint === keys.own?.fingerprint ? 'you' : member?.card.name ?? fingerprint.slice(0, 8)}${member?.state === 'ACTIVE' ? '' : ' (retired key)'}`
  }
  return (
    <ul className="record-list">
      {records.map(({ id, isOnHold, signed: { manifest } }) => (
        <li key={id}>
          <p className="record-id">{id}</p>
          <p className="help">Version {manifest.version}, sealed to {manifest.recipients.map(nameOf).join(', ')}.{isOnHold ? ' A legal hold keeps it.' : ''}</p>
          <button type="button" disabled={isWorking} onClick={() => onOpen(id)} aria-label={`Open the record ${id.slice(0, 8)}`}>Open</button>
        </li>
      ))}
    </ul>
  )
}
