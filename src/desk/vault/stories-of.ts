import type { StoryDocument } from '../../document/index.js'
import type { VaultSession } from '../../vault/client/index.js'

/** Every story that the newsroom has: so the server does not learn which ones a record is about. */
export async function storiesOf(session: VaultSession, onRead: (count: number) => void = () => undefined): Promise<StoryDocument[]> {
  const stories: StoryDocument[] = []
  for await (const document of session.server.documents()) {
    stories.push(document as StoryDocument)
    if (stories.length % 50 === 0) onRead(stories.length)
  }
  return stories
}
