import { useEffect, useMemo, useRef, useState, type FormEvent } from 'react'
import { go } from '../address'
import { ask, refusedBy } from '../ask'
import { CreateFromTextDocument, ReadTextDocument, type ReadTextQuery } from '../generated/graphql'
import { MarkedText } from '../story/marked-text'
import { Strip } from '../story/strip'
import { plural } from '../words'

/** Milliseconds without a key until the text is read. */
const PAUSE = 700
const KEPT = 'onrecord.new'

/** A story from pasted text: what the machine finds in it is shown at once, and waits for a person once the story is made. */
export function NewStory() {
  const [text, setText] = useState(() => localStorage.getItem(KEPT) ?? '')
  const [desk, setDesk] = useState('')
  const [slug, setSlug] = useState('')
  const [read, setRead] = useState<ReadTextQuery['extractStory']>()
  const [problem, setProblem] = useState<string>()
  const [isWaiting, setWaiting] = useState(false)
  const once = useRef(crypto.randomUUID())
  useEffect(() => { document.title = 'New story – Onrecord desk' }, [])
  useEffect(() => {
    if (text === '') localStorage.removeItem(KEPT)
    else localStorage.setItem(KEPT, text)
    once.current = crypto.randomUUID()
    if (text.trim() === '') { setRead(undefined); return undefined }
    const stop = new AbortController()
    const timer = window.setTimeout(() => {
      const show = ({ extractStory }: ReadTextQuery) => { setRead(extractStory); setProblem(extractStory.errors[0]?.message) }
      ask(ReadTextDocument, { text, desk: null }, { signal: stop.signal }).then(show, (error: unknown) => { if (!stop.signal.aborted) setProblem(refusedBy(error).message) })
    }, PAUSE)
    return () => { window.clearTimeout(timer); stop.abort() }
  }, [text])
  const make = async (event: FormEvent) => {
    event.preventDefault()
    setWaiting(true)
    try {
      const { done } = await ask(CreateFromTextDocument, { input: { text, desk: desk.trim() || null, slug: slug.trim() || null, idempotencyKey: once.current } })
      if (done.story) {
        localStorage.removeItem(KEPT)
        return go(`/stories/${done.story.slug}`)
      }
      setProblem(done.errors[0]?.message)
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
    once.current = crypto.randomUUID()
    setWaiting(false)
  }
  return (
    <div className="new-story">
      <form onSubmit={(event) => void make(event)}>
        <h1>New story</h1>
        <label htmlFor="new-text">Text</label>
        <textarea id="new-text" value={text} rows={16} placeholder="Paste or write. A blank line parts paragraphs; the first short one becomes the headline." onChange={(event) => setText(event.target.value)} autoFocus />
        <div className="row">
          <label>Desk <input value={desk} placeholder="News" onChange={(event) => setDesk(event.target.value)} /></label>
          <label>Slug <input value={slug} placeholder="made of the headline" onChange={(event) => setSlug(event.target.value)} /></label>
        </div>
        {problem && <p className="problem" role="alert">{problem}</p>}
        <div className="row"><button type="submit" className="primary" disabled={text.trim() === '' || isWaiting}>{isWaiting ? 'Making it …' : 'Make the story'}</button>
          <span className="help" role="status">{read?.document ? `${plural(read.proposals.length, 'proposal')} found. Each waits for your word.` : ''}</span></div>
      </form>
      <Preview read={read} />
    </div>
  )
}

function Preview({ read }: { readonly read: ReadTextQuery['extractStory'] | undefined }) {
  const findings = useMemo(() => [], [])
  const story = read?.document
  if (!story) return <section className="preview empty" aria-label="What is found"><p>What the text credits to whom appears here as you write.</p></section>
  return (
    <section className="preview" aria-label="What is found">
      <div className="strip-place"><Strip document={story} onPick={() => undefined} /></div>
      <div className="text preview-text"><MarkedText document={story} findings={findings} isPreview /></div>
    </section>
  )
}
