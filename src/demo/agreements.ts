import { putOnFile } from '../agreements/index.js'
import type { Queries } from '../database/index.js'
import type { StoryDocument } from '../document/index.js'
import { clockAt } from './clock.js'
import { lineageOf } from './lineage.js'

const SLUG = 'halden-vaccine-trial-paused'

/** What the desk put on file beside one of the demo stories: an agreement, and a second approval that came by phone. */
export async function recordDemoAgreements(queries: Queries, document: StoryDocument, storyId: string, now: Date): Promise<void> {
  const source = document.slug === SLUG ? document.sources.find(({ kind }) => kind === 'ANONYMOUS') : undefined
  if (!source) return
  const { day } = clockAt(now)
  const attributions = document.attributions.filter((entry) => entry.source === source.key).map(({ lineage }) => lineage)
  const on = { storyId, source: source.lineage, recordedBy: 'Nadia Brooks', role: 'REPORTER', revision: 1 } as const
  await putOnFile(queries, 'agreements', {
    ...on, id: lineageOf(SLUG, 'agreement'), terms: 'BACKGROUND', reason: 'The contract forbids any contact with the press, and a colleague lost the post over it.', grantedBy: 'nadia-brooks', grantedByName: 'Nadia Brooks', agreedAt: day(8, '10:00'),
    editorKnowsIdentity: true, heldOffSystem: true, recordedAt: day(8, '10:25'),
  })
  await putOnFile(queries, 'approvals', {
    ...on, id: lineageOf(SLUG, 'approval'), use: 'All that the nurse says', attributions, present: attributions, approvedBy: 'ruth-kessler', approvedByName: 'Ruth Kessler', channel: 'PHONE', knowsIdentity: false, approvedAt: day(8, '18:20'), recordedAt: day(8, '18:30'),
    recordedByKey: 'nadia-brooks', revokedAt: null, revokedBy: null, revokedInRevision: null,
  })
}
