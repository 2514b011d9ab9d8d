import { headline, summary, write } from '../copy.js'
import type { DemoStory } from '../story-builder.js'
import { onRecord } from '../terms.js'
import { unnamed } from '../unnamed.js'

/** The one draft: half confirmed, with what extraction proposed, an unapproved source and questions still open. */
export const senatorTravel: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Shipbuilder paid for senator’s flights, records suggest'),
    summary('Leonard Pruitt took four trips in the two years in which he wrote the harbor bill.'),
    'State Senator Leonard Pruitt took four flights paid for by Corvane Marine while he was writing a bill that widened the company’s harbor lease, travel records filed with the State Senate suggest.',
    'The records list the trips as “site visits” and give no cost.',
    '“The man asked for window seats,” said one person who booked the flights.',
    'The person said that the company’s office was told to keep the invoices apart.',
    'Staff of the senator said that every trip had been cleared with the ethics office.',
    'Pruitt has not replied to questions sent to his office. Corvane Marine says that it is looking into the matter.',
  ])
  const { at } = copy
  return {
    copy,
    slug: 'senator-pruitt-travel',
    desk: 'Politics',
    slugline: 'PRUITT-FLIGHTS',
    urgency: 4,
    timeZone: 'America/New_York',
    editorsNote: 'Hold for the invoices. Nothing from the booking source before Denham has approved it.',
    bylines: ['amara-singh'],
    providers: ['calder-courier'],
    topics: ['politics', 'crime'],
    documents: { filings: { title: 'Travel disclosures of Senator Pruitt', publisher: 'State Senate', url: 'https://senate.example/disclosures/pruitt' } },
    sources: {
      filings: { kind: 'DOCUMENT', document: 'filings' },
      booker: unnamed(copy, 'one person who booked the flights', { agreed: { reason: 'Still employed there.', grantedBy: 'amara-singh' } }),
      staff: { kind: 'GROUP', name: 'staff of the senator', confirmed: false, proposal: { rule: 'plural-noun-speaker', confidence: 0.58 } },
      corvane: { kind: 'ORGANIZATION', organization: 'corvane-marine' },
    },
    says: {
      'filings-flights': { source: 'filings', content: 'State Senator Leonard Pruitt ... harbor lease', by: 'travel records filed with the State Senate', cue: 'suggest' },
      'filings-visits': { source: 'filings', content: 'the trips as “site visits”', by: 'The records', cue: 'list', antecedent: 'filings-flights' },
      'booker-seats': { source: 'booker', content: '“The man asked for window seats,”', by: 'one person who booked the flights', cue: 'said', groundRules: { terms: 'OFF_RECORD', history: [{ terms: 'OFF_RECORD', at: clock.day(1, '19:00'), note: 'Must come out unless the terms change.' }] } },
      'booker-invoices': { source: 'booker', content: 'the company’s office was told to keep the invoices apart', by: 'The person', cue: 'said', antecedent: 'booker-seats', confirmed: false, proposal: { rule: 'cue-verb-said', confidence: 0.83 } },
      'staff-cleared': { source: 'staff', content: 'every trip had been cleared with the ethics office', by: 'Staff of the senator', cue: 'said', confirmed: false, proposal: { rule: 'cue-verb-said', confidence: 0.71 } },
      'corvane-looking': { source: 'corvane', content: 'it is looking into the matter', by: 'Corvane Marine', cue: 'says', groundRules: onRecord },
    },
    requestsForComment: {
      pruitt: { person: 'leonard-pruitt', organization: 'state-senate', askedBy: 'amara-singh', attempts: [{ at: clock.day(2, '15:00'), channel: 'EMAIL' }, { at: clock.day(1, '15:00'), channel: 'LETTER' }], outcome: 'PENDING', outcomeLine: at('Pruitt has not replied to questions sent to his office') },
      corvane: { organization: 'corvane-marine', askedBy: 'amara-singh', attempts: [{ at: clock.day(2, '15:10'), channel: 'EMAIL' }], outcome: 'PARTIAL', answeredBy: { attribution: 'corvane-looking' } },
    },
    claims: {
      paid: { text: 'Corvane paid for the senator’s flights.', kind: 'ALLEGATION', disparages: true, target: { person: 'leonard-pruitt' }, documents: ['filings'], occurrences: [{ range: at('Shipbuilder paid for senator’s flights'), strength: 'suggest' }, 'filings-flights'] },
      cleared: { text: 'The ethics office cleared every trip.', kind: 'FACT', holder: { source: 'staff' }, occurrences: ['staff-cleared'], confirmed: false, proposal: { rule: 'claim-of-attribution', confidence: 0.5 } },
    },
  }
}
