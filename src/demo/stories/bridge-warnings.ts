import { correction, editorsNote, headline, summary, write } from '../copy.js'
import type { DemoStory } from '../story-builder.js'
import { onBackground, onRecord } from '../terms.js'
import { printed, unnamed } from '../unnamed.js'

/** The second bridge story: confidential sources with everything an agreement holds, one of them without any public trace. */
export const bridgeWarnings: DemoStory = ({ clock }) => {
  const copy = write([
    headline('City was asked twice to inspect bridge that cracked'),
    summary('Two memos that never left the works department asked for a crew under the Ellis Street Bridge.'),
    correction('Correction: An earlier version of this story gave the length of the second memo as four pages. It has two.'),
    'The Department of Public Works was asked twice in the past two years to look at the underside of the Ellis Street Bridge and never sent a crew, according to two internal memos obtained by The Calder Courier.',
    'Two current employees of the department who handled the memos said that the request was shelved so that no lane would be closed before a street festival.',
    '“It sat in a tray for eleven months,” one of the employees said. “Everybody walked past that tray.”',
    'They asked not to be named because city rules allow the dismissal of staff who speak to reporters without permission. Both had raised the matter inside the department first, they said.',
    'The second memo describes rust “deep enough to lay a pencil in” beside the northern bearing. Neither memo was entered in the department’s maintenance system.',
    'A former manager in the department, who left after a dispute over pay, told the Courier that inspections were ranked by complaint and not by age.',
    'Maria Okafor, the acting director, who was the deputy when the memos were written, said that she had seen neither. “If a memo like that had reached my desk, a crew would have been under the bridge the same week,” she said in an interview.',
    'Keel & Ostrow Engineering, which inspected the bridge under contract until two years ago, declined to comment.',
    'Mayor Daniel Holt “learned of the cracks when the public did,” a spokesperson for the mayor said in an email. The spokesperson did not say whether the mayor would ask for the memos.',
    editorsNote('Editor’s note: The memos were given to the Courier by a person who is not quoted in this story.'),
  ])
  const { at } = copy
  const approved = (use: string) => ({ use, approvedBy: 'ruth-kessler', recordedBy: 'paul-denham', at: clock.day(14, '15:10'), knowsIdentity: true })
  return {
    copy,
    slug: 'ellis-street-bridge-warnings',
    desk: 'Metro',
    slugline: 'BRIDGE-MEMOS',
    urgency: 3,
    dateline: { place: 'CALDER BAY', date: clock.date(13) },
    timeZone: 'America/New_York',
    editorsNote: 'Legal has read the passage on Keel & Ostrow. Do not move the memo scans.',
    storyline: 'ellis-street-bridge',
    evolvedFrom: 'ellis-street-bridge-closed',
    bylines: ['nadia-brooks', 'sam-whitfield', { journalist: 'lena-ortiz', role: 'contributed reporting' }],
    providers: ['calder-courier'],
    topics: ['politics', 'disaster'],
    publication: { firstPublishedAt: clock.day(13, '10:00'), publishedAt: clock.day(12, '14:20'), version: 3 },
    documents: {
      memos: { title: 'Two memos on the Ellis Street Bridge', publisher: 'Calder Bay Department of Public Works' },
      'second-memo': { title: 'Northern bearing, second request', publisher: 'Calder Bay Department of Public Works' },
    },
    records: { 'okafor-interview': { kind: 'NOTES', title: 'Brooks, shorthand, interview with Okafor' }, 'employee-notes': { kind: 'NOTES', title: 'Brooks, shorthand, second meeting' } },
    sources: {
      memos: { kind: 'DOCUMENT', document: 'memos' },
      'second-memo': { kind: 'DOCUMENT', document: 'second-memo' },
      employees: unnamed(copy, 'Two current employees of the department', {
        basis: printed(copy, 'who handled the memos'),
        reason: printed(copy, 'city rules allow ... without permission', 'They could be dismissed for speaking to reporters.'),
        affiliation: { ...printed(copy, 'Two current [employees of the department]'), organization: 'public-works' },
        terms: printed(copy, 'asked not to be named'),
        agreed: {
          reason: 'City rule 4.11 allows dismissal for unapproved contact with the press.', grantedBy: 'nadia-brooks',
          approvals: [approved('Account of how the request was shelved'), { ...approved('Quotes about the tray'), at: clock.day(13, '09:05') }],
        },
      }),
      'one-employee': unnamed(copy, 'one of the employees', { agreed: { grantedBy: 'nadia-brooks', approvals: [approved('Quotes about the tray')] } }),
      'former-manager': unnamed(copy, 'A former manager in the department', {
        affiliation: { ...printed(copy, 'former manager in the department'), organization: 'public-works' },
        motive: printed(copy, 'who left after a dispute over pay', 'Left in a dispute over pay'),
        reason: { text: 'Fears for a pending settlement with the city.' },
        agreed: { reason: 'Settlement talks with the city are under way.', grantedBy: 'sam-whitfield', approvals: [{ ...approved('How inspections were ranked'), knowsIdentity: false }, { ...approved('How inspections were ranked, having met him'), at: clock.day(13, '11:40') }] },
      }),
      'records-clerk': {
        kind: 'ANONYMOUS', descriptor: 'a person with access to the maintenance system', headcount: { min: 1 },
        agreed: { reason: 'Access to the system is logged.', grantedBy: 'nadia-brooks', approvals: [approved('That neither memo is in the system; no attribution of any kind')] },
      },
      okafor: { kind: 'PERSON', person: 'maria-okafor', title: 'Acting Public Works Director', organization: 'public-works' },
      'mayors-office': { kind: 'ORGANIZATION', organization: 'city-of-calder-bay', spokesperson: 'a spokesperson for the mayor' },
    },
    says: {
      'memos-request': { source: 'memos', content: 'The Department of Public Works was asked ... sent a crew', by: 'two internal memos', cue: 'according to' },
      'employees-shelved': { source: 'employees', content: 'the request was shelved ... street festival', by: 'Two current ... the memos', cue: 'said', groundRules: onBackground },
      'employee-tray': {
        source: 'one-employee', content: ['“It sat in a tray for eleven months,”', '“Everybody walked past that tray.”'], by: 'one of the employees', cue: 'said', antecedent: 'employees-shelved', quote: { record: 'employee-notes' },
        groundRules: {
          terms: 'BACKGROUND', history: [
            { terms: 'OFF_RECORD', at: clock.day(15, '18:00'), note: 'First meeting.' },
            { terms: 'BACKGROUND', at: clock.day(14, '13:30'), note: 'Agreed to be quoted as an employee of the department.' },
          ],
        },
      },
      'employees-anonymity': { source: 'employees', content: 'not to be named ... without permission', by: 'They', cue: 'asked', antecedent: 'employees-shelved', groundRules: onBackground },
      'employees-raised': { source: 'employees', content: 'Both had raised the matter inside the department first', by: 'they', cue: 'said', antecedent: 'employees-shelved', groundRules: onBackground },
      'second-memo-rust': { source: 'second-memo', content: 'rust “deep enough to lay a pencil in” beside the northern bearing', by: 'The second memo', cue: 'describes' },
      'clerk-system': {
        source: 'records-clerk', content: 'Neither memo was entered ... maintenance system',
        groundRules: { terms: 'DEEP_BACKGROUND', history: [{ terms: 'DEEP_BACKGROUND', at: clock.day(16, '17:45'), note: 'May be stated as fact once checked. Checked against the export of the system.' }] },
      },
      'manager-ranking': { source: 'former-manager', content: 'inspections were ranked ... by age', by: 'A former manager in the department', cue: 'told', to: 'the Courier', toldTo: ['calder-courier'], groundRules: onBackground },
      'okafor-unseen': { source: 'okafor', content: 'she had seen neither', by: 'Maria Okafor', cue: 'written, [said] that', groundRules: onRecord },
      'okafor-desk': { source: 'okafor', content: '“If a memo like that ... the same week,”', by: 'week,” [she]', cue: 'she [said]', antecedent: 'okafor-unseen', groundRules: onRecord, quote: { standing: 'CHALLENGED', record: 'okafor-interview' } },
      'mayors-office-learned': { source: 'mayors-office', content: 'Mayor Daniel Holt “learned of the cracks when the public did,”', by: 'a spokesperson for the mayor', cue: 'mayor [said]', groundRules: onRecord, quote: { from: 'mayors-email' } },
      'mayors-office-silent': { source: 'mayors-office', content: 'whether the mayor would ask for the memos', by: 'The spokesperson', cue: 'did not say', negated: true, antecedent: 'mayors-office-learned' },
    },
    statements: {
      'mayors-email': {
        issuer: 'city-of-calder-bay', spokesperson: { descriptor: 'a spokesperson for the mayor' }, channel: 'EMAIL', issuedAt: clock.day(13, '08:45'), attributions: ['mayors-office-learned'],
        texts: [{ takenAt: clock.day(13, '08:50'), text: 'The mayor learned of the cracks when the public did. He has asked for a full account. Please attribute to a spokesperson.' }],
      },
    },
    requestsForComment: {
      'keel-and-ostrow': {
        organization: 'keel-and-ostrow', askedBy: 'nadia-brooks', deadline: clock.day(13, '09:00'), outcome: 'DECLINED', outcomeLine: at('declined to comment'),
        attempts: [{ at: clock.day(14, '16:00'), channel: 'EMAIL' }, { at: clock.day(14, '19:30'), channel: 'LAWYER', note: 'Counsel called back: no comment.' }],
      },
      mayor: { person: 'daniel-holt', organization: 'city-of-calder-bay', askedBy: 'sam-whitfield', attempts: [{ at: clock.day(14, '16:10'), channel: 'EMAIL' }], outcome: 'ANSWERED', outcomeLine: at('a spokesperson for the mayor said in an email'), answeredBy: { statement: 'mayors-email', attribution: 'mayors-office-learned' } },
    },
    claims: {
      'asked-twice': { text: 'The department was asked twice to inspect the bridge.', kind: 'FACT', documents: ['memos'], target: { organization: 'public-works' }, occurrences: [at('City was asked twice to inspect bridge that cracked'), 'memos-request'] },
      shelved: { text: 'The department put the request off to keep traffic moving.', kind: 'ALLEGATION', disparages: true, target: { organization: 'public-works' }, occurrences: ['employees-shelved'] },
      'okafor-unaware': { text: 'Okafor never saw the memos.', kind: 'FACT', holder: { person: 'maria-okafor' }, occurrences: ['okafor-unseen', { range: at('If a memo like that had reached my desk'), attribution: 'okafor-desk', strength: 'if' }] },
    },
  }
}
