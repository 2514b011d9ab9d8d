import type { Contract } from '../../src/graphql/context.js'

export interface AnnouncedBreak {
  readonly contract: Contract
  /** As graphql-js describes it: "Story.desk was removed." */
  readonly change: string
  /** Why clients have to live with it, and what they do instead. */
  readonly why: string
}

/** Breaks of the last change to a contract that were told to its clients before. */
export const ANNOUNCED_BREAKS: readonly AnnouncedBreak[] = [
  { contract: 'NEWSROOM', change: 'Approval.knowsIdentity was removed.', why: 'It told which editor knows a source. "AnonymityAgreement.editorKnowsIdentity" says whether one does.' },
]
