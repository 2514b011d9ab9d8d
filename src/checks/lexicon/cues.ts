/** Reporting verbs by lemma, every form that news copy uses. The class says what the verb tells of: speech, a state of mind, or a deliberation. */
export type CueClass = 'SPEECH' | 'INTERNAL' | 'DELIBERATION'

const SPEECH = [
  'say says said saying', 'tell tells told telling', 'add adds added adding', 'state states stated stating', 'write writes wrote written writing',
  'report reports reported reporting', 'announce announces announced announcing', 'explain explains explained explaining', 'ask asks asked asking',
  'argue argues argued arguing', 'claim claims claimed claiming', 'note notes noted noting', 'insist insists insisted insisting', 'deny denies denied denying',
  'admit admits admitted admitting', 'concede concedes conceded conceding', 'acknowledge acknowledges acknowledged acknowledging', 'reveal reveals revealed revealing',
  'confirm confirms confirmed confirming', 'warn warns warned warning', 'describe describes described describing', 'declare declares declared declaring',
  'suggest suggests suggested suggesting', 'reply replies replied replying', 'respond responds responded responding', 'testify testifies testified testifying',
  'call calls called calling', 'cite cites cited citing', 'contend contends contended contending', 'maintain maintains maintained maintaining', 'assert asserts asserted asserting',
  'allege alleges alleged alleging', 'complain complains complained complaining', 'disclose discloses disclosed disclosing', 'tweet tweets tweeted tweeting', 'post posts posted posting',
  'predict predicts predicted predicting', 'stress stresses stressed stressing', 'emphasize emphasizes emphasized emphasizing', 'urge urges urged urging', 'recall recalls recalled recalling',
  'confess confesses confessed confessing', 'point points pointed pointing', 'according',
]
const INTERNAL = [
  'want wants wanted wanting', 'believe believes believed believing', 'think thinks thought thinking', 'hope hopes hoped hoping', 'fear fears feared fearing', 'expect expects expected expecting',
  'intend intends intended intending', 'wish wishes wished wishing', 'worry worries worried worrying', 'feel feels felt feeling', 'doubt doubts doubted doubting', 'suspect suspects suspected suspecting',
  'prefer prefers preferred preferring', 'regret regrets regretted regretting', 'desire desires desired desiring', 'resent resents resented resenting',
]
const DELIBERATION = [
  'discuss discusses discussed discussing', 'debate debates debated debating', 'weigh weighs weighed weighing', 'consider considers considered considering',
  'deliberate deliberates deliberated deliberating', 'mull mulls mulled mulling', 'contemplate contemplates contemplated contemplating',
]

export interface CueEntry { readonly lemma: string; readonly class: CueClass }

export const CUES: ReadonlyMap<string, CueEntry> = new Map(
  ([['SPEECH', SPEECH], ['INTERNAL', INTERNAL], ['DELIBERATION', DELIBERATION]] as const).flatMap(([kind, lines]) =>
    lines.flatMap((line) => {
      const forms = line.split(' ')
      return forms.map((form) => [form, { lemma: forms[0]!, class: kind }] as const)
    })),
)

/** Verbs that judge what they report, with the neutral form that takes their place. */
export const LOADED_VERBS: ReadonlyMap<string, { readonly neutral: string; readonly implies: string }> = new Map([
  ['note', 'that it is true'], ['point', 'that it is true'], ['acknowledge', 'that it was kept back'], ['admit', 'guilt'], ['concede', 'that an argument was lost'],
  ['confess', 'guilt'], ['reveal', 'that it is true and was hidden'], ['claim', 'doubt'], ['insist', 'that others doubt it'], ['argue', 'a dispute'],
].map(([lemma, implies]) => [lemma!, { neutral: 'say', implies: implies! }] as const))

/** Forms of "say" by the ending of the form that it replaces. */
export function neutralForm(form: string): string | undefined {
  const lower = form.toLowerCase()
  if (lower.endsWith('ing')) return 'saying'
  if (lower.endsWith('ed')) return 'said'
  if (lower.endsWith('s')) return 'says'
  return 'say'
}
