import { caption, headline, summary, write } from '../copy.js'
import { corvaneLayoffs } from '../shared-statements.js'
import type { DemoStory } from '../story-builder.js'
import { onBackground, onRecord } from '../terms.js'
import { printed, unnamed } from '../unnamed.js'

/** A company's release in full, with two snapshots: the number in it changed during the day. */
export const corvaneCuts: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Corvane Marine to end shipbuilding at Pier 9'),
    summary('About 610 positions are affected. The union says it learned of the plan from reporters.'),
    'Corvane Marine will stop building new ships at its Pier 9 yard, a step that affects about 610 positions, the company said in a press release.',
    '“No one will leave the yard without an offer of training,” Chief Executive Helen Brandt said in the release, “and every apprentice will finish at our expense.”',
    'Rosa Pike, president of Shipbuilders Union Local 88, said that the union had not been told. “We heard it from you people,” Pike told reporters at the gate.',
    'The yard lost money in each of the past three years, and no order is on the books beyond the hull now in the dock, Chief Financial Officer Marcus Tully told analysts on a call.',
    '“A yard without orders is a museum,” Tully said, “and we are not in that business.”',
    'Analysts on the call said that they had expected the yard to be sold. Brandt did not take questions.',
    'Meridian Wire, which first reported the decision, put the number of affected positions at 640. The company lowered its own figure later in the day.',
    caption('The crane at Pier 9, seen from the ferry landing.'),
  ])
  const { at } = copy
  return {
    copy,
    slug: 'corvane-ends-shipbuilding',
    desk: 'Business',
    slugline: 'CORVANE-YARD',
    urgency: 3,
    dateline: { place: 'CALDER BAY', date: clock.date(10) },
    timeZone: 'America/New_York',
    storyline: 'corvane-marine',
    bylines: ['amara-singh', { journalist: 'lena-ortiz', role: 'contributed reporting' }],
    providers: ['calder-courier', 'meridian-wire'],
    topics: ['economy', 'labour'],
    publication: { firstPublishedAt: clock.day(10, '12:15'), publishedAt: clock.day(10, '17:00'), version: 2 },
    events: { call: { name: 'Corvane’s call with analysts', visibility: 'PUBLIC', startsAt: clock.day(10, '13:00'), range: at('told analysts on a call') } },
    records: {
      call: { kind: 'TRANSCRIPT', title: 'Corvane Marine, analyst call', airedAt: clock.day(10, '13:00'), url: 'https://corvane.example/investors/call', segments: [
        { speaker: 'Marcus Tully', startMs: 610_000, endMs: 640_000, text: 'The yard has lost money for three years running, and we have nothing on the books past the hull now in the dock.' },
        { speaker: 'Marcus Tully', startMs: 642_000, endMs: 651_000, text: 'A yard without orders is a museum, and we are not in that business.' },
      ] },
      gate: { kind: 'NOTES', title: 'Ortiz, at the gate' },
    },
    media: { crane: { kind: 'PICTURE', uri: 'https://courier.example/media/pier-9.jpg', caption: at('The crane at Pier 9').paragraph, credit: 'The Calder Courier' } },
    sources: {
      corvane: { kind: 'ORGANIZATION', organization: 'corvane-marine' },
      brandt: { kind: 'PERSON', person: 'helen-brandt', title: 'Chief Executive', organization: 'corvane-marine' },
      pike: { kind: 'PERSON', person: 'rosa-pike', title: 'President', organization: 'shipbuilders-local-88' },
      tully: { kind: 'PERSON', person: 'marcus-tully', title: 'Chief Financial Officer', organization: 'corvane-marine' },
      analysts: { kind: 'GROUP', name: 'analysts' },
      meridian: { kind: 'OUTLET', outlet: 'meridian-wire' },
    },
    says: {
      'corvane-end': { source: 'corvane', content: 'Corvane Marine will stop building ... positions', by: 'the company', cue: 'said', groundRules: onRecord },
      'brandt-training': { source: 'brandt', content: ['“No one will leave ... training,”', '“and every apprentice will finish at our expense.”'], by: 'Chief Executive Helen Brandt', cue: 'said', groundRules: onRecord, quote: { from: 'layoffs' } },
      'pike-not-told': { source: 'pike', content: 'the union had not been told', by: 'Rosa Pike', cue: '88, [said]', groundRules: onRecord },
      'pike-heard': { source: 'pike', content: '“We heard it from you people,”', by: '” [Pike]', cue: 'Pike [told]', to: 'reporters', antecedent: 'pike-not-told', groundRules: onRecord, quote: { record: 'gate' } },
      'tully-losses': { source: 'tully', content: 'The yard lost money ... in the dock', by: 'Chief Financial Officer Marcus Tully', cue: 'told', to: 'analysts', occasion: 'call', groundRules: onRecord },
      'tully-museum': { source: 'tully', content: ['“A yard without orders is a museum,”', '“and we are not in that business.”'], by: 'Tully', cue: 'said', antecedent: 'tully-losses', occasion: 'call', groundRules: onRecord, quote: { record: 'call' } },
      'analysts-sale': { source: 'analysts', content: 'they had expected the yard to be sold', by: 'Analysts on the call', cue: 'said', occasion: 'call' },
      'meridian-640': { source: 'meridian', content: 'the number of affected positions at 640', by: 'Meridian Wire', cue: 'put' },
    },
    statements: { layoffs: { ...corvaneLayoffs(clock), attributions: ['corvane-end', 'brandt-training'] } },
    outletCredits: { meridian: { outlet: 'meridian-wire', mention: at('Meridian Wire'), content: [at('the number of affected positions at 640')], attribution: 'meridian-640', url: 'https://meridian.example/corvane-yard', publishedAt: clock.day(10, '10:40') } },
    requestsForComment: { brandt: { person: 'helen-brandt', organization: 'corvane-marine', askedBy: 'amara-singh', attempts: [{ at: clock.day(10, '11:30'), channel: 'PHONE' }], outcome: 'PARTIAL', outcomeLine: at('Brandt did not take questions') } },
    claims: {
      positions: { text: 'About 610 positions are affected.', kind: 'FACT', target: { organization: 'corvane-marine' }, occurrences: [{ range: at('About 610 positions are affected'), strength: '610' }, 'corvane-end', { range: at('positions at 640'), attribution: 'meridian-640', strength: '640' }] },
      uninformed: { text: 'The union was not told of the plan.', kind: 'ALLEGATION', disparages: true, target: { organization: 'corvane-marine' }, holder: { organization: 'shipbuilders-local-88' }, occurrences: [at('it learned of the plan from reporters'), 'pike-not-told', 'pike-heard'] },
    },
  }
}

/** What followed: the same release quoted again, a new title for an old voice, directors who speak only in a group. */
export const corvaneChief: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Corvane chief steps down days after yard decision'),
    summary('Finance chief Marcus Tully takes over at the shipbuilder for the time being.'),
    'Helen Brandt has stepped down as chief executive of Corvane Marine, six days after the company said it would end shipbuilding at Pier 9.',
    'Marcus Tully, until now the chief financial officer, will lead the company until a successor is found, Corvane said in a letter to employees.',
    '“You deserve a plan, and you will have one before the quarter is out,” Tully, the interim chief executive, wrote in the letter.',
    'Three members of the board, who asked not to be identified because its meetings are confidential, said that Brandt had lost a vote on the sale of the yard’s cranes.',
    'The vote was not close, they said. One of them said that the “apprentice promise” had cost Brandt two allies.',
    'Brandt had said when the cuts were announced that “every apprentice will finish at our expense.” Tully’s letter does not mention apprentices.',
    '“A promise does not step down,” said Rosa Pike, president of Shipbuilders Union Local 88.',
    'Repeated attempts to reach Brandt were unsuccessful.',
  ])
  const { at } = copy
  const approval = { use: 'Account of the vote', approvedBy: 'ruth-kessler', recordedBy: 'amara-singh', at: clock.day(4, '19:00'), knowsIdentity: true }
  return {
    copy,
    slug: 'corvane-chief-steps-down',
    desk: 'Business',
    slugline: 'CORVANE-CHIEF',
    urgency: 3,
    dateline: { place: 'CALDER BAY', date: clock.date(3) },
    timeZone: 'America/New_York',
    storyline: 'corvane-marine',
    evolvedFrom: 'corvane-ends-shipbuilding',
    bylines: ['amara-singh'],
    providers: ['calder-courier'],
    topics: ['economy', 'labour'],
    publication: { firstPublishedAt: clock.day(3, '11:45') },
    events: { vote: { name: 'Meeting of Corvane’s board', visibility: 'PRIVATE', startsAt: clock.day(4, '14:00'), range: at('its meetings') } },
    sources: {
      corvane: { kind: 'ORGANIZATION', organization: 'corvane-marine' },
      tully: { kind: 'PERSON', person: 'marcus-tully', title: 'Interim chief executive', organization: 'corvane-marine' },
      directors: unnamed(copy, 'Three members of the board', {
        reason: printed(copy, 'its meetings are confidential'), terms: printed(copy, 'asked not to be identified'),
        basis: { text: 'Voted at the meeting.' }, affiliation: { ...printed(copy, 'members of the board'), organization: 'corvane-marine' },
        agreed: { reason: 'Confidentiality of the board.', grantedBy: 'amara-singh', approvals: [approval] },
      }),
      'one-director': unnamed(copy, 'One of them', { agreed: { grantedBy: 'amara-singh', approvals: [{ ...approval, use: 'Remark on the apprentices' }] } }),
      brandt: { kind: 'PERSON', person: 'helen-brandt', title: 'Former chief executive', organization: 'corvane-marine' },
      letter: { kind: 'DOCUMENT', document: 'letter' },
      pike: { kind: 'PERSON', person: 'rosa-pike', title: 'President', organization: 'shipbuilders-local-88' },
    },
    documents: { letter: { title: 'Letter to employees', publisher: 'Corvane Marine', publishedAt: clock.day(4, '21:00') } },
    says: {
      'corvane-tully': { source: 'corvane', content: 'Marcus Tully, until now ... is found', by: 'Corvane', cue: 'said', groundRules: onRecord },
      'tully-plan': { source: 'tully', content: '“You deserve a plan ... is out,”', by: 'Tully', cue: 'wrote', groundRules: onRecord, quote: { from: 'letter' } },
      'directors-vote': { source: 'directors', content: 'Brandt had lost a vote on the sale of the yard’s cranes', by: 'Three members of the board', cue: 'said', occasion: 'vote', groundRules: onBackground },
      'directors-margin': { source: 'directors', content: 'The vote was not close', by: 'they', cue: 'they [said]', antecedent: 'directors-vote', groundRules: onBackground },
      'director-apprentices': { source: 'one-director', content: 'the “apprentice promise” had cost Brandt two allies', by: 'One of them', cue: 'One of them [said]', antecedent: 'directors-vote', groundRules: onBackground, quote: { standing: 'WITHDRAWN' } },
      'brandt-apprentices': { source: 'brandt', content: '“every apprentice will finish at our expense.”', by: 'Brandt', cue: 'said', saidAt: { earliest: clock.day(10, '11:00'), range: at('when the cuts were announced') }, groundRules: onRecord, quote: { from: 'layoffs' } },
      'letter-silent': { source: 'letter', content: 'mention [apprentices]', by: 'Tully’s letter', cue: 'does not mention', negated: true },
      'pike-promise': { source: 'pike', content: '“A promise does not step down,”', by: 'Rosa Pike', cue: 'said', groundRules: onRecord },
    },
    statements: {
      layoffs: { ...corvaneLayoffs(clock), attributions: ['brandt-apprentices'] },
      letter: { issuer: 'corvane-marine', spokesperson: { person: 'marcus-tully' }, channel: 'LETTER', issuedAt: clock.day(4, '21:00'), attributions: ['corvane-tully', 'tully-plan'], texts: [{ takenAt: clock.day(4, '21:40'), text: 'Dear colleagues, the board has asked me to lead the company until a successor is found. You deserve a plan, and you will have one before the quarter is out, and you will hear it from me.' }] },
    },
    requestsForComment: { brandt: { person: 'helen-brandt', askedBy: 'amara-singh', attempts: [{ at: clock.day(4, '20:00'), channel: 'PHONE' }, { at: clock.day(3, '09:30'), channel: 'TEXT_MESSAGE' }, { at: clock.day(3, '10:10'), channel: 'OTHER', note: 'Left word with a neighbor.' }], outcome: 'UNREACHABLE', outcomeLine: at('Repeated attempts to reach Brandt were unsuccessful') } },
    claims: { 'lost-vote': { text: 'Brandt lost a vote of the board.', kind: 'FACT', target: { person: 'helen-brandt' }, event: 'vote', occurrences: ['directors-vote', { range: at('The vote was not close'), attribution: 'directors-margin', strength: 'not close' }] } },
  }
}
