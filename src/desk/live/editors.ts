import { useEffect, useState } from 'react'
import { ask } from '../ask'
import { EditorsDocument, MarkEditingDocument } from '../generated/graphql'
import { token, whyEnded } from '../session'

/** Milliseconds between two looks, and between telling and telling again: the server forgets after a minute. */
const BEAT = 20_000

/** Names of the others who have stories open for writing, by the story's id; looked up again and again while the page is seen. */
export function useEditors(): ReadonlyMap<string, readonly string[]> {
  const [editors, setEditors] = useState<ReadonlyMap<string, readonly string[]>>(new Map())
  useEffect(() => {
    const stop = new AbortController()
    const look = async () => {
      if (document.hidden) return
      const { editors: found } = await ask(EditorsDocument, {}, { signal: stop.signal })
      const byStory = Map.groupBy(found.filter(({ isYou }) => !isYou), ({ storyId }) => storyId)
      setEditors(new Map([...byStory].map(([id, of]) => [id, of.map(({ name }) => name)])))
    }
    // A page that does not know who writes is still a page.
    const lookQuietly = () => { look().catch(() => undefined) }
    lookQuietly()
    const timer = window.setInterval(lookQuietly, BEAT)
    document.addEventListener('visibilitychange', lookQuietly)
    return () => { stop.abort(); window.clearInterval(timer); document.removeEventListener('visibilitychange', lookQuietly) }
  }, [])
  return editors
}

/** Tells the others that one writes on a story, for as long as one does. */
export function useMarkEditing(storyId: string, isEditing: boolean): void {
  useEffect(() => {
    if (!isEditing) return undefined
    // The last word is said as who wrote, also by whom signed out meanwhile; a session that the server ended has none.
    const own = token() ?? ''
    const tell = (still: boolean) => { if (whyEnded() === undefined) ask(MarkEditingDocument, { input: { storyId, isEditing: still } }, still ? {} : { token: own }).catch(() => undefined) }
    tell(true)
    const timer = window.setInterval(() => tell(true), BEAT)
    return () => { window.clearInterval(timer); tell(false) }
  }, [storyId, isEditing])
}

/** "Ada is writing", "Ada and Ben are writing". */
export function writingNow(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]} is writing` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are writing`
}
