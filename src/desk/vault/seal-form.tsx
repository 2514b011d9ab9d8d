import { useEffect, useState, type FormEvent } from 'react'
import type { StoryDocument } from '../../document/index.js'
import type { VaultSession } from '../../vault/client/index.js'
import { parseContent } from '../../vault/seal/index.js'
import { plural } from '../words'
import { useWork } from './key-forms'
import { storiesOf } from './stories-of'
import { clearable, type KnownKeys } from './use-keys'

interface SealProps { readonly session: VaultSession; readonly keys: KnownKeys; readonly onSealed: (words: string) => void; readonly onClose: () => void }

const NO_CONTACT = { kind: '', value: '' }
const NO_ENTRY = { story: '', source: '' }
/** The browser is told to remember none of it, and to send none of it to a spelling checker. */
const UNKEPT = { autoComplete: 'off', spellCheck: false, autoCorrect: 'off', translate: 'no' } as const

/** Writes a new record and seals it. What is typed is in this form and nowhere else until then. */
export function SealForm({ session, keys, onSealed, onClose }: SealProps) {
  const [identity, setIdentity] = useState({ name: '', aliases: '', description: '' })
  const [contacts, setContacts] = useState([NO_CONTACT])
  const [entries, setEntries] = useState([NO_ENTRY])
  const [notes, setNotes] = useState('')
  const [keepUntil, setKeepUntil] = useState('')
  const [cleared, setCleared] = useState<readonly string[]>([])
  const { isWorking, problem, run } = useWork()
  const others = clearable(keys)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run(async () => {
      const parsed = parseContent({
        identity: { name: identity.name, aliases: identity.aliases.split('\n').map((each) => each.trim()).filter((each) => each !== ''), ...(identity.description.trim() !== '' && { description: identity.description }) },
        contacts: contacts.filter(({ kind, value }) => kind !== '' || value !== ''), entries: entries.filter(({ story, source }) => story !== '' || source !== ''),
        ...(notes.trim() !== '' && { notes }), ...(keepUntil !== '' && { keepUntil }),
      })
      if (!parsed.ok) return parsed.problems.map(({ path, message }) => `${PLACES[path.split('.').filter((part) => !/^\d+$/.test(part)).join('.')] ?? 'The record'} ${message}.`).join(' ')
      const { manifest } = await session.create(parsed.content, others.filter(({ fingerprint }) => cleared.includes(fingerprint)).map(({ card }) => card))
      onSealed(`Sealed to ${plural(manifest.recipients.length, 'key')}, as ${manifest.record}.${manifest.recipients.length === 1 ? ' Yours alone: lose it, and nobody opens the record again. Clear somebody else too, or have a recovery key registered.' : ''}`)
      return undefined
    })
  }
  return (
    <form className="panel seal" onSubmit={submit} autoComplete="off">
      <h3>Seal a new identity</h3>
      <div className="two">
        <p className="field"><label htmlFor="seal-name">Name</label><input id="seal-name" {...UNKEPT} autoFocus value={identity.name} onChange={(event) => setIdentity({ ...identity, name: event.target.value })} /></p>
        <p className="field"><label htmlFor="seal-description">Who that is</label><input id="seal-description" {...UNKEPT} value={identity.description} onChange={(event) => setIdentity({ ...identity, description: event.target.value })} /></p>
        <p className="field"><label htmlFor="seal-aliases">Other names, one a line</label><textarea id="seal-aliases" rows={2} {...UNKEPT} value={identity.aliases} onChange={(event) => setIdentity({ ...identity, aliases: event.target.value })} /></p>
        <p className="field"><label htmlFor="seal-notes">Notes</label><textarea id="seal-notes" rows={2} {...UNKEPT} value={notes} onChange={(event) => setNotes(event.target.value)} /></p>
      </div>
      <fieldset>
        <legend>Contacts</legend>
        {contacts.map(({ kind, value }, index) => {
          const change = (part: Partial<typeof NO_CONTACT>) => setContacts(contacts.map((each, at) => (at === index ? { ...each, ...part } : each)))
          return (
            <p className="pair" key={index}>
              <input aria-label={`Kind of contact ${index + 1}`} placeholder="phone, Signal, …" {...UNKEPT} value={kind} onChange={(event) => change({ kind: event.target.value })} />
              <input aria-label={`Contact ${index + 1}`} {...UNKEPT} value={value} onChange={(event) => change({ value: event.target.value })} />
            </p>
          )
        })}
        <button type="button" className="plain" onClick={() => setContacts([...contacts, NO_CONTACT])}>Another contact</button>
      </fieldset>
      <Entries session={session} entries={entries} onChange={setEntries} />
      <p className="field short"><label htmlFor="seal-until">To be destroyed after</label><input id="seal-until" type="date" {...UNKEPT} value={keepUntil} onChange={(event) => setKeepUntil(event.target.value)} /></p>
      <fieldset>
        <legend>Sealed to</legend>
        <p className="help">You, and the newsroom’s recovery keys.{others.length === 0 ? ' Others can be cleared once you have confirmed their keys, below.' : ''}</p>
        {others.map(({ fingerprint, card }) => (
          <label className="check" key={fingerprint}><input type="checkbox" checked={cleared.includes(fingerprint)} onChange={(event) => setCleared(event.target.checked ? [...cleared, fingerprint] : cleared.filter((each) => each !== fingerprint))} /> {card.name}</label>
        ))}
      </fieldset>
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
      <p className="row"><button type="submit" className="primary" disabled={isWorking}>{isWorking ? 'Sealing …' : 'Seal'}</button><button type="button" onClick={onClose}>Throw away</button></p>
    </form>
  )
}

const PLACES: Readonly<Record<string, string>> = {
  'identity.name': 'The name', 'identity.aliases': 'One of the other names', 'identity.description': 'Who that is', contacts: 'The list of contacts', 'contacts.kind': 'The kind of a contact', 'contacts.value': 'A contact',
  notes: 'The notes', 'entries.story': 'The story of a cast entry', 'entries.source': 'The source of a cast entry', keepUntil: 'The date',
}

type Entry = typeof NO_ENTRY

/** Cast entries that are this person. To choose from, every story is asked for: which ones are meant is not told to the server. */
function Entries({ session, entries, onChange }: { readonly session: VaultSession; readonly entries: readonly Entry[]; readonly onChange: (entries: Entry[]) => void }) {
  const [stories, setStories] = useState<readonly StoryDocument[]>([])
  useEffect(() => {
    let isHere = true
    void (async () => {
      // Without them one types.
      const all = await storiesOf(session).catch(() => [])
      if (isHere) setStories(all)
    })()
    return () => { isHere = false }
  }, [session])
  return (
    <fieldset>
      <legend>Stories in which they are a source</legend>
      <datalist id="seal-stories">{stories.map(({ slug }) => <option key={slug} value={slug} />)}</datalist>
      {entries.map(({ story, source }, index) => {
        const change = (part: Partial<Entry>) => onChange(entries.map((each, at) => (at === index ? { ...each, ...part } : each)))
        const cast = stories.find(({ slug }) => slug === story)?.sources.flatMap((each) => (each.kind === 'ANONYMOUS' ? [each] : [])) ?? []
        return (
          <p className="pair" key={index}>
            <input aria-label={`Story ${index + 1}`} placeholder="its slug" list="seal-stories" {...UNKEPT} value={story} onChange={(event) => change({ story: event.target.value })} />
            {cast.length > 0
              ? (
                <select aria-label={`Source in story ${index + 1}`} value={source} onChange={(event) => change({ source: event.target.value })}>
                  <option value="">Which source?</option>
                  {cast.map(({ key, descriptor }) => <option key={key} value={key}>{descriptor}</option>)}
                </select>
              )
              : <input aria-label={`Source in story ${index + 1}`} placeholder="key of the source" {...UNKEPT} value={source} onChange={(event) => change({ source: event.target.value })} />}
          </p>
        )
      })}
      <button type="button" className="plain" onClick={() => onChange([...entries, NO_ENTRY])}>Another story</button>
    </fieldset>
  )
}
