import { useState, type ReactNode } from 'react'
import type { VaultSession } from '../../vault/client/index.js'
import { fingerprintOf, type MemberCard, type Opened, type RecordContent } from '../../vault/seal/index.js'
import { termsOf } from '../words'
import { useWork } from './key-forms'
import { clearable, type KnownKeys } from './use-keys'

interface OpenedProps { readonly session: VaultSession; readonly keys: KnownKeys; readonly opened: Opened; readonly onChanged: (words: string) => void }

/** What a record says, and whom it is sealed to. */
export function OpenedRecord({ session, keys, opened, onChanged }: OpenedProps) {
  const { manifest } = opened.signed
  const signer = keys.all.find(({ fingerprint }) => fingerprint === manifest.signer)
  return (
    <>
      <Content content={opened.content} />
      <p className="help">Version {manifest.version}, sealed by {signer?.card.name ?? 'somebody'}. Signature, version and ciphertext were checked in this page.</p>
      <Clearance session={session} keys={keys} opened={opened} onChanged={onChanged} />
    </>
  )
}

function Content({ content }: { readonly content: RecordContent }) {
  const { identity, contacts, notes, entries, namedAs, declined, terms, approvals, candidatePools, keepUntil, person } = content
  return (
    <dl className="content">
      <Row name="Name">{identity.name}</Row>
      <Row name="Also called">{identity.aliases.join(', ')}</Row>
      <Row name="Who that is">{identity.description}</Row>
      <List name="Contacts" of={contacts.map(({ kind, value, note }) => `${kind}: ${value}${note === undefined ? '' : ` (${note})`}`)} />
      <Row name="Notes">{notes}</Row>
      <List name="Is, unnamed" of={entries.map(placed)} />
      <List name="Is, by name" of={namedAs.map(placed)} />
      <List name="Declined" of={declined.map(({ story, request }) => `${story}: request ${request}`)} />
      <List name="Was promised" of={terms.map((each) => `${placed(each)}: ${termsOf(each.terms)}`)} />
      <List name="Approved" of={approvals.map((each) => `${placed(each)}${each.knowsIdentity ? ', by an editor who knows the identity' : ''}`)} />
      <List name="People it could be" of={candidatePools.map((each) => `${placed(each)}: ${each.candidates}${each.because === undefined ? '' : ` (${each.because})`}`)} />
      <Row name="Same person as">{person}</Row>
      <Row name="To be destroyed after">{keepUntil}</Row>
    </dl>
  )
}

const placed = ({ story, source }: { readonly story: string; readonly source: string }) => `${source} in ${story}`

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === undefined || children === '') return null
  return <div><dt>{name}</dt><dd>{children}</dd></div>
}

function List({ name, of }: { readonly name: string; readonly of: readonly string[] }) {
  if (of.length === 0) return null
  return <div><dt>{name}</dt><dd><ul>{of.map((each, index) => <li key={index}>{each}</li>)}</ul></dd></div>
}

/** Clearing one more person, or one fewer: the record is sealed anew in this page. */
function Clearance({ session, keys, opened, onChanged }: OpenedProps) {
  const [chosen, setChosen] = useState('')
  const { isWorking, problem, run } = useWork()
  const { recipients } = opened.signed.manifest
  const cleared = keys.all.filter(({ fingerprint, card }) => recipients.includes(fingerprint) && card.purpose === 'MEMBER')
  const others = clearable(keys).filter(({ fingerprint }) => !recipients.includes(fingerprint))
  const without = (card: MemberCard) => (all: readonly MemberCard[]) => all.filter((each) => fingerprintOf(each) !== fingerprintOf(card))
  const revoke = (card: MemberCard) => void run(async () => {
    await session.reseal(opened, opened.content, 'REVOKE', without(card))
    onChanged(`${card.name} is cleared for it no more, and gets no later version. What they have read they still know, and a copy that they or a backup kept still opens.`)
  })
  const grant = () => void run(async () => {
    const member = others.find(({ fingerprint }) => fingerprint === chosen)
    if (!member) return 'Choose whom to clear first.'
    await session.reseal(opened, opened.content, 'GRANT', (all) => [...all, member.card])
    onChanged(`${member.card.name} is cleared for it now.`)
    return undefined
  })
  return (
    <div className="clearance">
      <h3>Cleared for it</h3>
      <ul>
        {cleared.map(({ fingerprint, card }) => (
          <li key={fingerprint}>{fingerprint === keys.own?.fingerprint ? 'You' : card.name}{fingerprint !== keys.own?.fingerprint && <> <button type="button" className="plain" disabled={isWorking} onClick={() => revoke(card)}>Clear {card.name} no more</button></>}</li>
        ))}
      </ul>
      {others.length > 0 && (
        <p className="row">
          <label htmlFor="grant">Clear somebody else</label>
          <select id="grant" value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="">Choose …</option>
            {others.map(({ fingerprint, card }) => <option key={fingerprint} value={fingerprint}>{card.name}</option>)}
          </select>
          <button type="button" disabled={isWorking} onClick={grant}>Clear</button>
        </p>
      )}
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
    </div>
  )
}
