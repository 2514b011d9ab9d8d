import { useCallback, useEffect, useMemo, useRef, useState, type FormEvent } from 'react'
import { go, guardLeaving, Link } from '../address'
import { ask, isOutcomeUnknown, refusedBy } from '../ask'
import { CreateFromTextDocument, ReadTextDocument, type CreateStoryFromTextInput, type ReadTextQuery } from '../generated/graphql'
import { MarkedText } from '../story/marked-text'
import { Strip } from '../story/strip'
import { plural } from '../words'
import { keepNew, keptNew, newLeftBehind } from './kept-new'
import { NO_ROOM, useUnsaved } from './unsaved'

/** Milliseconds without a key until the text is read. */
const PAUSE = 700

/** A story from pasted text: what the machine finds in it is shown at once, and waits for a person once the story is made. */
export function NewStory() {
  const { text, setText, sent, remember, isKept } = useNewText()
  const [desk, setDesk] = useState('')
  const [slug, setSlug] = useState('')
  const [read, setRead] = useState<ReadTextQuery['extractStory']>()
  const [problem, setProblem] = useState<string>()
  const [readProblem, setReadProblem] = useState<string>()
  const [made, setMade] = useState<Made>()
  const [isWaiting, setWaiting] = useState(false)
  useUnsaved(!isKept, false)
  useEffect(() => { document.title = 'New story – Onrecord desk' }, [])
  useEffect(() => {
    setProblem(undefined)
    if (text.trim() === '') { setRead(undefined); setReadProblem(undefined); return undefined }
    const stop = new AbortController()
    const timer = window.setTimeout(() => {
      const show = ({ extractStory }: ReadTextQuery) => { setRead(extractStory); setReadProblem(extractStory.errors[0]?.message) }
      ask(ReadTextDocument, { text, desk: null }, { signal: stop.signal }).then(show, (error: unknown) => { if (!stop.signal.aborted) setReadProblem(refusedBy(error).message) })
    }, PAUSE)
    return () => { window.clearTimeout(timer); stop.abort() }
  }, [text])
  /** @returns the story; undefined where it was refused, and why is said. */
  const send = async (input: CreateStoryFromTextInput): Promise<Made | undefined> => {
    remember(input)
    const { done } = await ask(CreateFromTextDocument, { input }).catch((error: unknown) => {
      if (!isOutcomeUnknown(error)) remember(undefined)
      throw error
    })
    remember(undefined)
    if (!done.story) setProblem(done.errors[0]?.message)
    return done.story ?? undefined
  }
  const make = async (event: FormEvent) => {
    event.preventDefault()
    if (isWaiting) return
    setWaiting(true)
    setProblem(undefined)
    try {
      const input = { text, desk: desk.trim() || null, slug: slug.trim() || null }
      const before = sent.current
      const isSame = before !== undefined && before.text === input.text && before.desk === input.desk && before.slug === input.slug
      // Whether a story was made of an earlier text, only the server knows. It is sent again first, and no second story is made of it.
      const earlier = before && !isSame ? await send(before) : undefined
      setMade(earlier)
      const story = earlier ? undefined : await send(isSame ? before : { ...input, idempotencyKey: crypto.randomUUID() })
      if (story) return leaveFor(story)
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
    setWaiting(false)
  }
  const leaveFor = (story: Made) => {
    setText('')
    guardLeaving(undefined)
    go(`/stories/${story.slug}`)
  }
  const says = problem ?? readProblem ?? (isKept ? undefined : NO_ROOM)
  return (
    <div className="new-story">
      <form onSubmit={(event) => void make(event)}>
        <h1>New story</h1>
        <label htmlFor="new-text">Text</label>
        <textarea id="new-text" value={text} rows={16} readOnly={isWaiting} placeholder="Paste or write. A blank line parts paragraphs; the first short one becomes the headline." onChange={(event) => setText(event.target.value)} autoFocus />
        <div className="row">
          <label>Desk <input value={desk} readOnly={isWaiting} placeholder="News" onChange={(event) => setDesk(event.target.value)} /></label>
          <label>Slug <input value={slug} readOnly={isWaiting} placeholder="made of the headline" onChange={(event) => setSlug(event.target.value)} /></label>
        </div>
        {says !== undefined && <p className="problem" role="alert">{says}</p>}
        {made && <p role="status">Your first try had made a story, of the text as it was then: <Link to={`/stories/${made.slug}`}>{made.slug}</Link>. What stands here is as you changed it since.</p>}
        <div className="row"><button type="submit" className="primary" disabled={text.trim() === '' || isWaiting}>{isWaiting ? 'Making it …' : 'Make the story'}</button>
          <span className="help" role="status">{read?.document ? `${plural(read.proposals.length, 'proposal')} found. Each waits for your word.` : ''}</span></div>
      </form>
      <Preview read={read} />
    </div>
  )
}

interface Made { readonly slug: string }

/** The text, kept in this browser until a story is made of it; and what was sent, until the server said what became of it. */
function useNewText() {
  const [text, setShown] = useState(() => keptNew().text)
  const [isKept, setKept] = useState(true)
  const sent = useRef(keptNew().sent)
  const latest = useRef(text)
  const keepIt = useCallback(() => setKept(keepNew({ text: latest.current, sent: sent.current })), [])
  const setText = useCallback((next: string) => {
    latest.current = next
    setShown(next)
    keepIt()
  }, [keepIt])
  const remember = useCallback((input: CreateStoryFromTextInput | undefined) => {
    sent.current = input
    keepIt()
  }, [keepIt])
  useEffect(() => {
    let isGone = false
    const takeUp = async () => {
      const found = await newLeftBehind()
      if (!found || isGone || latest.current !== '' || sent.current) return
      sent.current = found.left.sent
      setText(found.left.text)
      found.takeAway()
    }
    takeUp().catch(() => undefined)
    return () => { isGone = true }
  }, [setText])
  return { text, setText, sent, remember, isKept }
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
