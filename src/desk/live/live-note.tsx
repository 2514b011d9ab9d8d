import { useEffect, useState } from 'react'
import { ask, refusedBy } from '../ask'
import { FollowStoryDocument, OpenStoryDocument, StoryNowDocument, type OpenedStoryFragment, type StoryNowFragment } from '../generated/graphql'
import { mayBeWritten } from '../story/acts'
import { stateOf } from '../words'

/** Milliseconds after which a change is told: one's own is on the page by then. */
const PAUSE = 700

interface LiveNoteProps { readonly story: OpenedStoryFragment; readonly isChanged: boolean; readonly onLoad: (story: OpenedStoryFragment) => void }

/** Tells quietly that somebody saved, published or took away the story that is open here. */
export function LiveNote({ story, isChanged, onLoad }: LiveNoteProps) {
  const now = useStoryNow(story)
  const [problem, setProblem] = useState<string>()
  const isNewer = now !== undefined && (now.revision.number > story.revision.number || now.version > story.version || (now.revision.number === story.revision.number && now.state !== story.state))
  const hasEnded = now !== undefined && !mayBeWritten(now)
  const load = async () => {
    try {
      const { story: newer } = await ask(OpenStoryDocument, { slug: story.slug })
      if (newer) onLoad(newer)
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
  }
  const by = now?.revisions.find(({ number }) => number === now.revision.number)?.savedBy
  return (
    <div role="status" className={isNewer ? 'live-note is-shown' : 'live-note'}>
      {isNewer && (
        <>
          <span>{now.revision.number > story.revision.number ? `${by ?? 'Somebody'} saved revision ${now.revision.number}.` : now.state !== story.state ? `It is ${stateOf(now.state).toLowerCase()} now.` : `Version ${now.version} is public.`} You see revision {story.revision.number}.{hasEnded && isChanged && ' What you wrote cannot be saved any more, but copied.'}</span>
          <button type="button" onClick={() => void load()}>{isChanged && !hasEnded ? 'Merge with what I wrote' : 'Load it'}</button>
          {problem && <span className="problem">{problem}</span>}
        </>
      )}
    </div>
  )
}

/** The story as the server last told of it; undefined until it has. */
function useStoryNow({ id, slug }: OpenedStoryFragment): StoryNowFragment | undefined {
  const [now, setNow] = useState<StoryNowFragment>()
  useEffect(() => {
    const stop = new AbortController()
    let end: (() => void) | undefined
    const tell = (told: StoryNowFragment | null | undefined) => { if (told) window.setTimeout(() => { if (!stop.signal.aborted) setNow(told) }, PAUSE) }
    const look = () => { ask(StoryNowDocument, { slug }, { signal: stop.signal }).then(({ story }) => tell(story), () => undefined) }
    // The protocol is loaded beside the page, not before it.
    const listen = async () => {
      const { follow } = await import('./connection')
      if (!stop.signal.aborted) end = follow(FollowStoryDocument, { storyId: id }, ({ storyChanged: { story } }) => tell(story), look)
    }
    listen().catch(() => undefined)
    return () => { stop.abort(); end?.() }
  }, [id, slug])
  return now
}
