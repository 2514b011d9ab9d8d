import { describedMentions } from '../analysis/sourcing.js'
import { defineRule } from '../rule.js'

export const rule = defineRule({
  id: 'quoted-and-declined',
  title: 'Source also reported as declining to comment',
  severity: 'error',
  flags: 'Somebody who speaks anonymously in the story is also named in it, or reported as having declined comment.',
  policy: 'AP; Reuters',
  why: 'The story says of one person that they spoke and that they did not: it misleads readers to hide a source.',
  advice: 'Take out the refusal, or take out the anonymous words; renegotiate the terms.',
  examples: {
    flagged: {
      text: 'The sale is off, a banker said. The bank declined to comment.', organizations: [{ key: 'bank', name: 'The Bank' }], sources: { s: { anonymous: 'a banker', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a banker' }],
      requestsForComment: [{ organization: 'bank', outcome: 'DECLINED', line: 'The bank declined to comment' }],
      vault: { records: [{ person: 'p1', entries: [{ story: 'example', source: 's' }], declined: [{ story: 'example', request: 'r1' }] }] },
    },
    fine: {
      text: 'The sale is off, a banker said. The bank declined to comment.', organizations: [{ key: 'bank', name: 'The Bank' }], sources: { s: { anonymous: 'a banker', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a banker' }],
      requestsForComment: [{ organization: 'bank', outcome: 'DECLINED', line: 'The bank declined to comment' }],
      vault: { records: [{ person: 'p1', entries: [{ story: 'example', source: 's' }] }] },
    },
  },
  checkVault: (context) => context.vault!.records.flatMap((record) => {
    const spoken = context.anonymous.filter((member) => record.entries.some(({ story, source }) => story === context.document.slug && source === member.key)).flatMap((member) => describedMentions(member).slice(0, 1))
    const declined = context.document.requestsForComment.filter((request) => request.outcome !== 'ANSWERED' && record.declined?.some((each) => each.story === context.document.slug && each.request === request.key))
    const named = context.said.find((said) => !said.isAnonymous && record.namedAs?.some(({ story, source }) => story === context.document.slug && source === said.cast?.key))
    return spoken.flatMap((said) => [
      ...declined.map((request) => ({ ranges: [said.mentionRange], said, isQuestion: false, what: `“${said.mention.words}” is also reported as not commenting`, ...(request.outcomeLine && { related: [{ label: 'the reported refusal', range: request.outcomeLine }] }) })),
      ...(named ? [{ ranges: [said.mentionRange], said, isQuestion: false, what: `“${said.mention.words}” speaks in the same story under a name`, related: [{ label: 'by name', range: named.credit }] }] : []),
    ])
  }),
})
