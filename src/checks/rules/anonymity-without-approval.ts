import { approvalOfDocument, lapseOf, NOTHING_ON_FILE } from '../../document/index.js'
import { describedMentions } from '../analysis/sourcing.js'
import type { Cast, CheckContext } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

/** What is wrong with the approvals on file, and whether anything is on file at all. */
function problem(member: Cast, { document, onFile = NOTHING_ON_FILE }: CheckContext, wanted: number): { what: string; isRecorded: boolean } | undefined {
  if (member.source.kind !== 'ANONYMOUS') return undefined
  const { agreed, lineage } = member.source
  const given = [
    ...(agreed?.approvals.map((approval) => approvalOfDocument(approval, lineage, document, onFile.noted)) ?? []),
    ...onFile.approvals.filter(({ source, revokedAt }) => source === lineage && revokedAt === null),
  ]
  const isRecorded = agreed !== undefined || given.length > 0 || onFile.granted.some(({ source }) => source === lineage)
  if (!isRecorded) return { what: 'no agreement and no approval is on file', isRecorded }
  if (given.length === 0) return { what: 'no editor has approved it', isRecorded }
  const inForce = given.filter((approval) => lapseOf(approval, document) === undefined)
  if (inForce.length === 0) return { what: 'no approval of it holds any more: more is credited to it since, or the approving editor is in the byline', isRecorded }
  const approversOf = (said: string) => new Set(inForce.filter(({ attributions }) => attributions.includes(said)).map(({ approvedBy }) => approvedBy)).size
  const fewest = Math.min(...member.said.map(({ attribution }) => approversOf(attribution.lineage)))
  if (fewest < wanted) return { what: fewest === 0 ? 'not all that is credited to it is approved' : `${wanted} editors must approve all of it, not ${fewest}`, isRecorded }
  if (!inForce.some((approval) => approval.knowsIdentity)) return { what: 'no approving editor knows who it is', isRecorded }
  return undefined
}

function copyHalf(context: CheckContext, { unrecorded, approvals }: { readonly unrecorded: string; readonly approvals: number }): Draft[] {
  return context.anonymous.flatMap((member): Draft[] => {
    const intro = describedMentions(member)[0]
    const found = problem(member, context, approvals)
    const isApprovedElsewhere = context.vault?.records.some((record) => record.approvals?.some((approval) => approval.story === context.document.slug && approval.source === member.key && approval.knowsIdentity))
    // What nobody has confirmed is no source yet, and a partner approves the sources for which it vouches.
    if (!intro || !found || !member.isConfirmed || member.source.heldBy !== undefined || isApprovedElsewhere || (!found.isRecorded && unrecorded === 'off')) return []
    const severity = found.isRecorded ? undefined : unrecorded === 'error' ? ('error' as const) : unrecorded === 'info' ? ('info' as const) : ('warning' as const)
    return [{ ranges: [intro.mentionRange], said: intro, ...(severity && { severity }), what: `“${intro.mention.words}” ${intro.mention.isPlural ? 'are' : 'is'} not named, and ${found.what}` }]
  })
}

/** People behind a source of whom no opened record holds an approval. */
function vaultHalf(context: CheckContext): Draft[] {
  const slug = context.document.slug
  return context.anonymous.flatMap((member): Draft[] => {
    const behind = context.vault!.records.filter((record) => record.entries.some(({ story, source }) => story === slug && source === member.key))
    const missing = behind.filter((record) => record.approvals !== undefined && !record.approvals.some((approval) => approval.story === slug && approval.source === member.key && approval.knowsIdentity))
    const intro = describedMentions(member)[0]
    return missing.length > 0 && intro ? [{ ranges: [intro.mentionRange], said: intro, isQuestion: false, what: `${missing.length === 1 ? 'One person' : `${missing.length} people`} behind “${intro.mention.words}” ${missing.length === 1 ? 'has' : 'have'} no approval by an editor who knows who it is` }] : []
  })
}

export const rule = defineRule({
  id: 'anonymity-without-approval',
  title: 'Anonymity that no editor approved',
  severity: 'error',
  flags: 'An anonymous source has no editor’s approval on file, or too few, or only lapsed ones, or no approving editor knows who it is. Milder where the newsroom keeps no agreement on file at all.',
  policy: 'AP; NYT; NPR; BBC; Washington Post',
  why: 'An editor must answer for a source whom readers cannot judge.',
  advice: 'Have an editor who knows the identity approve this use, and record it.',
  options: { unrecorded: 'warning', approvals: 1 },
  optionHelp: {
    approvals: 'How many editors must approve every use.', unrecorded: 'Severity where no agreement is on file at all: "error", "warning", "info" or "off".',
  },
  examples: {
    flagged: {
      text: 'The sale is off, a board member said.', sources: { s: { anonymous: 'a board member', exactly: 1, agreed: { reason: 'Would lose the seat.', approvals: [] } } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member' }],
    },
    fine: {
      text: 'The sale is off, a board member said.', journalists: [{ key: 'ed', name: 'Edda Marsh' }],
      sources: { s: { anonymous: 'a board member', exactly: 1, agreed: { reason: 'Would lose the seat.', approvals: [{ use: 'This story.', approvedBy: 'ed', at: '2026-03-01T08:00:00Z', knowsIdentity: true }] } } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member' }],
    },
  },
  check: copyHalf,
  checkVault: vaultHalf,
})
