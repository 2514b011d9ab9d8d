export interface OutgoingEvent {
  readonly kind: string
  readonly storyId: string
  readonly slug: string
  readonly version: number
  readonly at: Date
  readonly noticeId: string | null
}

/**
 * The body of an event: thin, so that a receiver asks for what it may read now, and a body that went astray says little. The same at every
 * attempt. Ids are those of the API.
 */
export function eventBody({ kind, storyId, slug, version, at, noticeId }: OutgoingEvent): string {
  const data = { event: kind, story: { id: idOf('Story', storyId), slug }, version, ...(noticeId !== null && { notice: idOf('Notice', noticeId) }) }
  return JSON.stringify({ type: `story.${kind.toLowerCase()}`, timestamp: at.toISOString(), data })
}

const idOf = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64url')
