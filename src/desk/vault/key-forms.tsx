import { useId, useState, type FormEvent } from 'react'
import { isUnderPassphrase } from '../../vault/seal/index.js'
import { downloadKey } from './download'
import { bring, explained, FEWEST_CHARACTERS, makeAndKeep, removeKey, unlock } from './unlocked'

/** Runs one thing at a time, and says how it went wrong. */
export function useWork() {
  const [isWorking, setWorking] = useState(false)
  const [problem, setProblem] = useState<string>()
  const run = async (work: () => Promise<string | undefined | void>) => {
    setWorking(true)
    setProblem(undefined)
    try {
      const wrong = await work()
      if (wrong) setProblem(wrong)
    } catch (error) {
      setProblem(explained(error))
    }
    setWorking(false)
  }
  return { isWorking, problem, run }
}

function Passphrase({ label, value, onChange, help }: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void; readonly help?: string }) {
  const id = useId()
  return (
    <p className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="password" autoComplete="off" spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} {...(help !== undefined && { 'aria-describedby': `${id}-help` })} />
      {help !== undefined && <span id={`${id}-help`} className="help">{help}</span>}
    </p>
  )
}

export function Locked() {
  const [passphrase, setPassphrase] = useState('')
  const { isWorking, problem, run } = useWork()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run(async () => {
      setPassphrase('')
      await unlock(passphrase)
    })
  }
  return (
    <section className="panel narrow" aria-labelledby="locked">
      <h2 id="locked">Unlock your key</h2>
      <form onSubmit={submit}>
        <Passphrase label="Passphrase" value={passphrase} onChange={setPassphrase} />
        {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
        <p className="row"><button type="submit" className="primary" disabled={isWorking || passphrase === ''}>{isWorking ? 'Unlocking …' : 'Unlock'}</button></p>
      </form>
      <p className="row">
        <button type="button" className="plain" onClick={downloadKey}>Save the key file</button>
        <button type="button" className="plain" onClick={() => { if (confirm('Remove the key from this browser? Without a copy of its file, nobody opens again what is sealed to it alone.')) removeKey() }}>Remove the key from this browser</button>
      </p>
    </section>
  )
}

export function NoKey() {
  return (
    <div className="two">
      <MakeKey />
      <BringKey />
    </div>
  )
}

const tooShort = (passphrase: string) => (passphrase.length < FEWEST_CHARACTERS ? `A passphrase has at least ${FEWEST_CHARACTERS} characters; four or five random words are good.` : undefined)

function MakeKey() {
  const [name, setName] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const { isWorking, problem, run } = useWork()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run(async () => {
      if (name.trim() === '') return 'Say your name first.'
      const short = tooShort(passphrase)
      if (short !== undefined || passphrase !== again) return short ?? 'The two passphrases are not the same. Nothing was made.'
      return makeAndKeep(name.trim(), passphrase)
    })
  }
  return (
    <section className="panel" aria-labelledby="make-key">
      <h2 id="make-key">Make your key</h2>
      <p className="help">One part opens records, the other signs them. It is made in this browser and kept here under your passphrase; neither leaves it.</p>
      <form onSubmit={submit}>
        <p className="field">
          <label htmlFor="key-name">Your name</label>
          <input id="key-name" autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} aria-describedby="key-name-help" />
          <span id="key-name-help" className="help">As your staff token has it.</span>
        </p>
        <Passphrase label="New passphrase" value={passphrase} onChange={setPassphrase} help={`At least ${FEWEST_CHARACTERS} characters. Nobody can give it back to you.`} />
        <Passphrase label="The same once more" value={again} onChange={setAgain} />
        {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
        <p className="row"><button type="submit" className="primary" disabled={isWorking}>{isWorking ? 'Making the key …' : 'Make the key'}</button></p>
      </form>
    </section>
  )
}

function BringKey() {
  const [file, setFile] = useState<{ readonly text: string }>()
  const [passphrase, setPassphrase] = useState('')
  const { isWorking, problem, run } = useWork()
  const isBare = file !== undefined && !isUnderPassphrase(file.text)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run(async () => {
      if (!file) return 'Choose the key file first.'
      const short = isBare ? tooShort(passphrase) : undefined
      return short ?? bring(file.text, passphrase)
    })
  }
  return (
    <section className="panel" aria-labelledby="bring-key">
      <h2 id="bring-key">Bring the key that you have</h2>
      <p className="help">The file that <code>onrecord vault keygen</code> wrote, or that another browser saved: <code>key.age</code>. It is the same in both, and stays on this machine.</p>
      <form onSubmit={submit}>
        <p className="field">
          <label htmlFor="key-file">Key file</label>
          <input id="key-file" type="file" accept=".age,.json" onChange={(event) => { const chosen = event.target.files?.[0]; void chosen?.text().then((text) => setFile({ text })) }} />
        </p>
        <Passphrase label={isBare ? 'New passphrase for it' : 'Its passphrase'} value={passphrase} onChange={setPassphrase} {...(isBare && { help: 'The file is under none. In this browser it is kept under one alone.' })} />
        {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
        <p className="row"><button type="submit" disabled={isWorking}>{isWorking ? 'Opening the key …' : 'Bring it here'}</button></p>
      </form>
    </section>
  )
}
