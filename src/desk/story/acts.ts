import {
  ClarifyDocument, CorrectDocument, EmbargoItDocument, HoldDocument, KillDocument, LiftItDocument, PublishDocument, RestoreDocument, ScheduleDocument,
  UnpublishDocument, UnscheduleDocument, UpdateDocument, WithdrawDocument, type OpenedStoryFragment, type StoryState,
} from '../generated/graphql'
import type { TypedDocumentString } from '../generated/graphql'
import { isPastSchedule, isUnderEmbargo } from './time'

/** What a field asks for. */
export type Field = 'advisory' | 'reason' | 'at' | 'until' | 'terms' | 'explanation' | 'wrong' | 'right' | 'lift' | 'outlet' | 'url'

export interface Done { readonly done: { readonly errors: readonly { readonly code: string; readonly message: string }[]; readonly findings?: readonly { readonly title: string; readonly exact: string }[]; readonly story: OpenedStoryFragment | null } }

/** A thing to do with a story, and what it means in words. */
export interface Act {
  readonly name: string
  readonly from: readonly StoryState[]
  readonly says: (story: OpenedStoryFragment) => string
  readonly fields: readonly Field[]
  readonly kind: 'out' | 'away' | 'time'
  readonly document: TypedDocumentString<Done, never>
  readonly when?: (story: OpenedStoryFragment) => boolean
}

const act = <V>(name: string, from: readonly StoryState[], kind: Act['kind'], document: TypedDocumentString<Done, V>, fields: readonly Field[], says: string | Act['says'], when?: Act['when']): Act =>
  ({ name, from, kind, document: document as unknown as Act['document'], fields, says: typeof says === 'string' ? () => says : says, ...(when && { when }) })

const isEdited = ({ revision }: OpenedStoryFragment) => !revision.isPublic
const saysScheduled = ({ revision, scheduledRevision }: OpenedStoryFragment) =>
  `Revision ${revision.number} publishes itself then${scheduledRevision === null ? '' : `, in place of revision ${scheduledRevision}`}, if nothing stands against it. What is saved after that does not go out with it.`

/** In the order of how often they are needed; the server decides who may. */
export const ACTS: readonly Act[] = [
  act('Publish', ['DRAFT'], 'out', PublishDocument, [], 'The current revision becomes version 1, for readers and partners.'),
  act('Publish update', ['PUBLISHED'], 'out', UpdateDocument, [], 'The current revision becomes the next version, without a correction.', isEdited),
  act('Correct', ['PUBLISHED'], 'out', CorrectDocument, ['explanation', 'wrong', 'right'], 'The current revision becomes the next version, with a correction: what was wrong, and what is right.', isEdited),
  act('Clarify', ['PUBLISHED'], 'out', ClarifyDocument, ['explanation', 'wrong', 'right'], 'The current revision becomes the next version, with a clarification: not wrong, but unclear.', isEdited),
  act('Restore', ['HELD', 'UNPUBLISHED'], 'out', RestoreDocument, [], 'The story is public again.'),
  act('Schedule', ['DRAFT'], 'time', ScheduleDocument, ['at'], saysScheduled, (story) => story.scheduledFor === null || isPastSchedule(story)),
  act('Take back the schedule', ['DRAFT'], 'time', UnscheduleDocument, [], 'The story does not publish itself any more.', ({ scheduledFor }) => scheduledFor !== null),
  act('Embargo', ['DRAFT'], 'time', EmbargoItDocument, ['until', 'terms'], 'Once published, the story is held back from the public until then. Partners with access in advance get it at once.'),
  act('Lift the embargo', ['DRAFT', 'PUBLISHED'], 'time', LiftItDocument, ['lift', 'outlet', 'url'], 'Nothing holds the story back any more: once it is published, everybody may use it.', isUnderEmbargo),
  act('Hold', ['PUBLISHED'], 'away', HoldDocument, ['advisory', 'reason'], 'Withheld while we check. It can be restored.'),
  act('Unpublish', ['PUBLISHED', 'HELD'], 'away', UnpublishDocument, ['advisory', 'reason'], 'Taken down here. Partners keep it; it is not recalled. It can be restored.'),
  act('Withdraw', ['PUBLISHED', 'HELD', 'UNPUBLISHED'], 'away', WithdrawDocument, ['advisory', 'reason'], 'Recalled. Partners are told to take it down.'),
  act('Kill', ['PUBLISHED', 'HELD', 'WITHDRAWN', 'UNPUBLISHED'], 'away', KillDocument, ['advisory', 'reason'], 'Recalled everywhere, for good, with its translations and posts. This cannot be taken back.'),
]

/** Whether a story in this state takes a new text. */
export const mayBeWritten = ({ state }: { readonly state: StoryState }) => state !== 'KILLED' && state !== 'WITHDRAWN'

/** Whether it puts the text as it was saved last before the public, now or later. */
export const putsOut = ({ kind, name }: Act) => kind === 'out' || name === 'Schedule'

export const actsOn = (story: OpenedStoryFragment) => ACTS.filter(({ from, when }) => from.includes(story.state) && (when?.(story) ?? true))
