import { checkDocument } from '../checks/index.js'
import type { StoryDocument } from '../document/index.js'
import type { StoredWaiver, WaiverReason } from '../findings/index.js'
import { lineageOf } from './lineage.js'

interface DemoWaiver { readonly story: string; readonly rule: string; readonly reason: WaiverReason; readonly note: string }

/** What the desk decided to publish in spite of a finding. */
const DECISIONS: readonly DemoWaiver[] = [
  { story: 'pentagon-anthropic-deadline', rule: 'unattributed-private-event', reason: 'EDITOR_VERIFIED', note: 'Told by the people who described the rest of the meeting. Credit them in the sentence itself in the next version.' },
  { story: 'halden-vaccine-trial-paused', rule: 'single-anonymous-source-claim', reason: 'PUBLIC_INTEREST', note: 'The nurse showed us the log of the study site. Patients should not wait for a second source.' },
]

/** The waivers under which a demo story stands: one for each finding that a decision is about. */
export function demoWaivers(document: StoryDocument, storyId: string): StoredWaiver[] {
  const { publication, slug } = document
  const decisions = DECISIONS.filter(({ story }) => story === slug)
  if (!publication || decisions.length === 0) return []
  const findings = checkDocument(document)
  return decisions.flatMap(({ rule, reason, note }) => {
    const found = new Map(findings.filter((finding) => finding.rule === rule && finding.severity === 'error').map((finding) => [finding.fingerprint, finding]))
    return [...found.values()].map(({ fingerprint, exact, ranges }): StoredWaiver => ({
      id: lineageOf(slug, 'waivers', rule, fingerprint), storyId, rule, fingerprint, exact, isOfStory: ranges.length === 0, reason, note, by: 'Ruth Kessler', byJournalist: 'ruth-kessler', role: 'STANDARDS_EDITOR',
      at: publication.publishedAt ?? publication.firstPublishedAt, revision: 1, version: publication.version - 1, revokedAt: null, revokedBy: null,
    }))
  })
}
