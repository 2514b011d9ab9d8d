import type { ListedStoryFragment } from '../generated/graphql'
import { Countdown } from '../times'

/** What the list and the head of a story tell of the times to come. */
type Timed = Pick<ListedStoryFragment, 'embargo' | 'scheduledFor' | 'scheduledRevision' | 'revision'>

/** Whether its embargo holds a story back: one without an end does until it is lifted. Staff are told of those that are over, too. */
export const isUnderEmbargo = ({ embargo }: Pick<Timed, 'embargo'>) => embargo !== null && (embargo.until === null || new Date(embargo.until).getTime() > Date.now())

/** Whether what was saved last is not what the schedule sends out. */
export const isPastSchedule = ({ scheduledRevision, revision }: Pick<Timed, 'scheduledRevision' | 'revision'>) => scheduledRevision !== null && scheduledRevision !== revision.number

export function Times({ story }: { readonly story: Timed }) {
  const { embargo, scheduledFor, scheduledRevision, revision } = story
  const isPast = isPastSchedule(story)
  return (
    <>
      {embargo && isUnderEmbargo(story) && <span className="chip">Embargo {embargo.until === null ? 'until lifted' : <Countdown until={embargo.until} />}</span>}
      {scheduledFor && <span className="chip">{isPast ? `Revision ${scheduledRevision} goes out` : 'Goes out'} <Countdown until={scheduledFor} lead="in " over="now" /></span>}
      {scheduledFor && isPast && <span className="warn">revision {revision.number}, saved since, does not</span>}
    </>
  )
}
