import { correction, headline, summary, write } from '../copy.js'
import type { DemoStory } from '../story-builder.js'
import { onBackground, onRecord } from '../terms.js'
import { printed, unnamed } from '../unnamed.js'

/** A trial paused: a quote that its speaker has taken back, a former office next to a present one, a source with a motive. */
export const haldenTrial: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Halden pauses trial of heat-stable vaccine'),
    summary('Two participants fell ill. The company calls the pause routine; the review board is looking at the data.'),
    'Halden Biologics has paused the trial of a vaccine that needs no refrigeration after two of 3,400 participants developed an inflammation of the heart muscle, the company said.',
    '“A pause is what a safe trial looks like,” Sunita Verghese, the chief medical officer, said in a letter to the study’s doctors.',
    'Verghese told reporters at a congress six days earlier that the vaccine was “as safe as water.” Halden has since withdrawn the remark.',
    'A nurse at one of the study sites said that the first case had been reported five weeks before the pause. The nurse asked not to be named for fear of losing the post.',
    'The company was slow, the nurse said, “because the autumn meeting was coming.”',
    'The Medicines Review Board said that it had asked for the full data and would not comment further.',
    'Two cases in 3,400 are more than chance would give, said Owen Farrow, a professor of public health at Whitmore University who sat on the board until 2021. “The question is not whether to pause, it is when,” he said.',
    'Halden did not answer questions about the dates of the two cases.',
    correction('Correction: An earlier version of this story gave the number of participants as 4,300. It is 3,400.'),
  ])
  const { at } = copy
  return {
    copy,
    slug: 'halden-vaccine-trial-paused',
    desk: 'Science',
    kind: 'SUB',
    slugline: 'HALDEN-TRIAL',
    urgency: 3,
    dateline: { place: 'CALDER BAY', date: clock.date(7) },
    timeZone: 'America/New_York',
    bylines: ['nadia-brooks'],
    providers: ['calder-courier'],
    topics: ['health', 'science'],
    publication: { firstPublishedAt: clock.day(7, '13:30'), publishedAt: clock.day(7, '16:10'), version: 2 },
    events: { congress: { name: 'Congress on vaccines', visibility: 'PUBLIC', startsAt: clock.day(13, '09:00'), range: at('a congress') } },
    sources: {
      halden: { kind: 'ORGANIZATION', organization: 'halden-biologics' },
      verghese: { kind: 'PERSON', person: 'sunita-verghese', title: 'Chief medical officer', organization: 'halden-biologics' },
      nurse: unnamed(copy, 'A nurse at one of the study sites', {
        basis: printed(copy, 'at one of the study sites'), reason: printed(copy, 'for fear of losing the post'), terms: printed(copy, 'asked not to be named'),
        motive: { text: 'Has filed a grievance about working hours.' },
        agreed: { reason: 'Contract forbids contact with the press.', grantedBy: 'nadia-brooks', approvals: [{ use: 'Date of the first report', approvedBy: 'paul-denham', at: clock.day(8, '12:00'), knowsIdentity: true }] },
      }),
      board: { kind: 'ORGANIZATION', organization: 'medicines-review-board' },
      farrow: { kind: 'PERSON', person: 'owen-farrow', title: 'Professor of public health', organization: 'whitmore-university' },
    },
    records: { nurse: { kind: 'RECORDING', title: 'Brooks, call with the nurse (keep offline)' } },
    says: {
      'halden-paused': { source: 'halden', content: 'Halden Biologics has paused ... heart muscle', by: 'the company', cue: 'said', groundRules: onRecord },
      'verghese-safe-trial': { source: 'verghese', content: '“A pause is what a safe trial looks like,”', by: 'Sunita Verghese', cue: 'said', to: 'the study’s doctors', groundRules: onRecord, quote: { from: 'letter' } },
      'verghese-water': { source: 'verghese', content: 'the vaccine was “as safe as water.”', by: 'Verghese', cue: 'told', to: 'reporters', occasion: 'congress', saidAt: { earliest: clock.day(13, '09:00'), latest: clock.day(13, '18:00'), range: at('six days earlier') }, antecedent: 'verghese-safe-trial', groundRules: onRecord, quote: { standing: 'WITHDRAWN' } },
      'nurse-first-case': { source: 'nurse', content: 'the first case had been reported five weeks before the pause', by: 'A nurse at one of the study sites', cue: 'said', groundRules: onBackground },
      'nurse-anonymity': { source: 'nurse', content: 'not to be named for fear of losing the post', by: 'The nurse', cue: 'asked', antecedent: 'nurse-first-case', groundRules: onBackground },
      'nurse-slow': { source: 'nurse', content: ['The company was slow', '“because the autumn meeting was coming.”'], by: 'the nurse', cue: 'said', antecedent: 'nurse-first-case', groundRules: onBackground, quote: { record: 'nurse', standing: 'CHALLENGED' } },
      'board-data': { source: 'board', content: ['it had asked for the full data', 'would not comment further'], by: 'The Medicines Review Board', cue: 'said', groundRules: onRecord },
      'farrow-chance': { source: 'farrow', content: 'Two cases in 3,400 are more than chance would give', by: 'Owen Farrow', cue: 'give, [said]', groundRules: onRecord },
      'farrow-when': { source: 'farrow', content: '“The question is not ... when,”', by: '” [he]', cue: '” he [said]', antecedent: 'farrow-chance', groundRules: onRecord },
    },
    statements: {
      letter: { issuer: 'halden-biologics', spokesperson: { person: 'sunita-verghese' }, channel: 'LETTER', issuedAt: clock.day(7, '08:00'), attributions: ['halden-paused', 'verghese-safe-trial'], texts: [{ takenAt: clock.day(7, '10:00'), text: 'Dear colleagues, we have paused the trial after two cases of inflammation of the heart muscle. A pause is what a safe trial looks like, and I thank you for making it possible. Please do not share this letter.' }] },
    },
    requestsForComment: {
      halden: { person: 'sunita-verghese', organization: 'halden-biologics', askedBy: 'nadia-brooks', attempts: [{ at: clock.day(8, '15:00'), channel: 'EMAIL', note: 'Seven questions.' }], deadline: clock.day(7, '12:00'), outcome: 'PARTIAL', outcomeLine: at('Halden did not answer questions about the dates of the two cases'), answeredBy: { statement: 'letter' } },
      board: { organization: 'medicines-review-board', askedBy: 'nadia-brooks', attempts: [{ at: clock.day(7, '09:00'), channel: 'PHONE' }], outcome: 'PARTIAL', outcomeLine: at('The Medicines Review Board said that it had asked ... further'), answeredBy: { attribution: 'board-data' } },
    },
    claims: {
      slow: { text: 'The company waited five weeks.', kind: 'ALLEGATION', disparages: true, target: { organization: 'halden-biologics' }, holder: { source: 'nurse' }, occurrences: ['nurse-first-case', { range: at('The company was slow'), attribution: 'nurse-slow', strength: 'slow' }] },
      paused: { text: 'The trial is paused.', kind: 'FACT', target: { organization: 'halden-biologics' }, occurrences: [at('Halden pauses trial of heat-stable vaccine'), 'halden-paused'] },
    },
  }
}
