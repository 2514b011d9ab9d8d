import { headline, summary, write } from '../copy.js'
import type { DemoStory } from '../story-builder.js'
import { onBackground, onRecord } from '../terms.js'
import { printed, unnamed } from '../unnamed.js'

/** Partly taken from an agency, which vouches for its own source; a chain of attributions; an official in two roles. */
export const signalsBreach: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Signals agency left contractor accounts open for months'),
    summary('An internal review counts 212 accounts. The directorate says that no secret material was reached.'),
    'The National Signals Directorate left the accounts of 212 former contractors open for up to seven months, an internal review found.',
    'Somebody used three of them, two officials with access to the review told The Calder Courier. They asked for anonymity because the review is classified.',
    'Investigators believe that the logins came from a single place, one of the officials said. The official did not say which.',
    '“Nobody turned the key, because everybody thought somebody else had,” the official said.',
    'Meridian Wire reported on the review earlier. A lawmaker briefed on it told the agency that the gap was found “by luck, and on a weekend.”',
    'Grace Olumide, the director, said in a statement that no secret material had been reached and that every account was now closed. “We found this ourselves, and we fixed it ourselves,” Olumide said.',
    'The accounts belonged to employees of Trellis Systems, according to the review. Trellis said that it had reported each departure within a day.',
    'The review covers the seven months before a new login system was introduced.',
  ])
  const { at } = copy
  const approved = { use: 'Content of the review, no documents shown', approvedBy: 'ruth-kessler', recordedBy: 'paul-denham', at: clock.day(9, '16:00'), knowsIdentity: true }
  return {
    copy,
    slug: 'signals-directorate-open-accounts',
    desk: 'National Security',
    slugline: 'SIGNALS-ACCOUNTS',
    urgency: 3,
    timeZone: 'America/New_York',
    dateline: { place: 'WASHINGTON', date: clock.date(8) },
    bylines: ['paul-denham', { journalist: 'amara-singh', role: 'contributed reporting' }],
    providers: ['calder-courier', 'meridian-wire'],
    topics: ['conflict', 'science', 'politics'],
    publication: { firstPublishedAt: clock.day(8, '15:00'), publishedAt: clock.day(8, '18:30'), version: 2 },
    events: { briefing: { name: 'Briefing of lawmakers on the review', visibility: 'PRIVATE', range: at('briefed on it') } },
    documents: { review: { title: 'Review of contractor accounts', publisher: 'National Signals Directorate' } },
    records: { official: { kind: 'NOTES', title: 'Denham, second conversation' } },
    sources: {
      review: { kind: 'DOCUMENT', document: 'review' },
      officials: unnamed(copy, 'two officials with access to the review', {
        basis: printed(copy, 'with access to the review'), reason: printed(copy, 'the review is classified'), terms: printed(copy, 'asked for anonymity'),
        affiliation: { ...printed(copy, 'two [officials] with'), organization: 'signals-directorate' },
        agreed: { reason: 'Talking about a classified review is an offense.', grantedBy: 'paul-denham', approvals: [approved] },
      }),
      'one-official': unnamed(copy, 'one of the officials', { agreed: { reason: 'As above.', grantedBy: 'paul-denham', approvals: [{ ...approved, use: 'Quote about the key' }] } }),
      investigators: { kind: 'GROUP', name: 'investigators' },
      meridian: { kind: 'OUTLET', outlet: 'meridian-wire' },
      lawmaker: unnamed(copy, 'A lawmaker briefed on it', { heldBy: 'meridian-wire', basis: printed(copy, 'lawmaker [briefed on it]') }),
      olumide: { kind: 'PERSON', person: 'grace-olumide', title: 'Director', organization: 'signals-directorate' },
      trellis: { kind: 'ORGANIZATION', organization: 'trellis-systems' },
    },
    says: {
      'review-found': { source: 'review', content: 'The National Signals Directorate left ... seven months', by: 'an internal review', cue: 'found' },
      'officials-used': { source: 'officials', content: 'Somebody used three of them', by: 'two officials with access to the review', cue: 'told', to: 'The Calder Courier', toldTo: ['calder-courier'], groundRules: onBackground },
      'officials-anonymity': { source: 'officials', content: 'for anonymity because the review is classified', by: 'They', cue: 'asked', antecedent: 'officials-used', groundRules: onBackground },
      'official-logins': { source: 'one-official', content: 'Investigators believe that the logins came from a single place', by: 'one of the officials', cue: 'said', antecedent: 'officials-used', groundRules: onBackground },
      'investigators-place': { source: 'investigators', content: 'the logins came from a single place', by: 'Investigators', cue: 'believe', parent: 'official-logins' },
      'official-silent': { source: 'one-official', content: 'did not say [which]', by: 'The official', cue: 'did not say', negated: true, antecedent: 'official-logins', groundRules: onBackground },
      'official-key': { source: 'one-official', content: '“Nobody turned the key ... had,”', by: 'the official', cue: 'said', antecedent: 'official-logins', groundRules: onBackground, quote: { record: 'official' } },
      'meridian-reported': { source: 'meridian', content: 'on the review earlier', by: 'Meridian Wire', cue: 'reported' },
      'lawmaker-luck': { source: 'lawmaker', content: 'the gap was found “by luck, and on a weekend.”', by: 'A lawmaker briefed on it', cue: 'told', to: 'the agency', toldTo: ['meridian-wire'], occasion: 'briefing' },
      'olumide-closed': { source: 'olumide', content: ['no secret material had been reached', 'every account was now closed'], by: 'Grace Olumide', cue: 'director, [said]', groundRules: onRecord },
      'olumide-found': { source: 'olumide', content: '“We found this ourselves, and we fixed it ourselves,”', by: '” [Olumide]', cue: '” Olumide [said]', antecedent: 'olumide-closed', groundRules: onRecord, quote: { from: 'directorate' } },
      'review-trellis': { source: 'review', content: 'The accounts belonged to employees of Trellis Systems', by: 'the review', cue: 'according to' },
      'trellis-reported': { source: 'trellis', content: 'it had reported each departure within a day', by: '[Trellis] said', cue: 'said', groundRules: onRecord },
    },
    statements: {
      directorate: {
        issuer: 'signals-directorate', spokesperson: { person: 'grace-olumide' }, channel: 'WRITTEN_STATEMENT', issuedAt: clock.day(8, '14:30'), embargoedUntil: clock.day(8, '15:00'), url: 'https://signals.example/statements/accounts', attributions: ['olumide-closed', 'olumide-found'],
        texts: [{ takenAt: clock.day(8, '14:35'), text: 'No secret material was reached, and every account has been closed. We found this ourselves, and we fixed it ourselves, and we will say so to anyone who asks.' }],
      },
    },
    requestsForComment: {
      directorate: { organization: 'signals-directorate', askedBy: 'paul-denham', attempts: [{ at: clock.day(9, '18:00'), channel: 'EMAIL' }], outcome: 'ANSWERED', outcomeLine: at('Grace Olumide, the director, said in a statement'), answeredBy: { statement: 'directorate', attribution: 'olumide-closed' } },
      trellis: { organization: 'trellis-systems', askedBy: 'amara-singh', attempts: [{ at: clock.day(9, '18:20'), channel: 'PHONE' }], outcome: 'PARTIAL', outcomeLine: at('Trellis said that it had reported each departure within a day'), answeredBy: { attribution: 'trellis-reported' } },
    },
    outletCredits: { meridian: { outlet: 'meridian-wire', mention: at('Meridian Wire'), content: [at('the gap was found ... weekend.”')], attribution: 'meridian-reported', url: 'https://meridian.example/signals-review', publishedAt: clock.day(8, '13:10') } },
    claims: {
      open: { text: '212 accounts of contractors stayed open.', kind: 'FACT', target: { organization: 'signals-directorate' }, documents: ['review'], occurrences: [at('Signals agency left contractor accounts open for months'), 'review-found'] },
      used: { text: 'Three of the accounts were used.', kind: 'ALLEGATION', target: { organization: 'signals-directorate' }, occurrences: ['officials-used'] },
      place: { text: 'The logins came from one place.', kind: 'SPECULATION', holder: { source: 'investigators' }, occurrences: ['investigators-place'] },
      trellis: { text: 'The accounts were those of Trellis employees.', kind: 'FACT', target: { organization: 'trellis-systems' }, documents: ['review'], occurrences: ['review-trellis'] },
    },
  }
}
