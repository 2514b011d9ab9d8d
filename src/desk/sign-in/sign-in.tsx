import { useState, type FormEvent } from 'react'
import { ask, refusedBy } from '../ask'
import { SignInDocument } from '../generated/graphql'
import { signIn, whyEnded } from '../session'
import { Provider } from './provider'

/** What could be sent as a bearer token: one word of visible ASCII. */
const TOKEN = /^[\x21-\x7e]+$/

export function SignIn() {
  const [given, setGiven] = useState('')
  const [problem, setProblem] = useState(whyEnded)
  const [isWaiting, setWaiting] = useState(false)
  const enter = async (event: FormEvent) => {
    event.preventDefault()
    const token = given.trim().replace(/^Bearer\s+/i, '')
    if (!TOKEN.test(token)) return setProblem(token === '' ? 'Paste your token first.' : 'That is not a token: a token is one word, without spaces.')
    setWaiting(true)
    try {
      await ask(SignInDocument, {}, { token })
      signIn(token)
    } catch (error) {
      setProblem(refusedBy(error).message)
      setWaiting(false)
    }
  }
  return (
    <main id="main" className="sign-in">
      <form onSubmit={(event) => void enter(event)}>
        <h1>The desk</h1>
        <p className="lead">Every story, with who said what, on which terms, and how the newsroom knows.</p>
        <label htmlFor="token">Staff token</label>
        <input id="token" type="password" autoComplete="off" spellCheck={false} value={given} onChange={(event) => setGiven(event.target.value)} aria-invalid={problem !== undefined} aria-describedby="token-help" autoFocus />
        <p id="token-help" className={problem === undefined ? 'help' : 'problem'} role={problem === undefined ? undefined : 'alert'}>
          {problem ?? 'It stays in this tab and is forgotten when you close it. The demo prints one when it starts.'}
        </p>
        <button type="submit" className="primary" disabled={isWaiting}>{isWaiting ? 'Signing in …' : 'Sign in'}</button>
        <Provider />
      </form>
    </main>
  )
}
