import { headline, summary, write } from '../copy.js'
import type { DemoStory } from '../story-builder.js'
import { onRecord } from '../terms.js'

// Stories to which something happened after they were published; `happenings.ts` says what.

/** Grows from a first line to a full story, in five revisions. */
export const landingReopens: DemoStory = ({ clock }) => ({
  copy: write([
    headline('East landing to reopen after repairs'),
    summary('Harbor Ferries says that boats will call there again.'),
    'The east landing in Calder Bay will reopen once its pilings are replaced, Harbor Ferries operations chief Ben Kowalczyk said in an interview.',
    '“We lost four pilings and we are putting in six,” Kowalczyk said.',
  ]),
  slug: 'east-landing-reopens', desk: 'Metro', slugline: 'LANDING', kind: 'ALERT', urgency: 4, dateline: { place: 'CALDER BAY' }, timeZone: 'America/New_York', bylines: ['lena-ortiz'], providers: ['calder-courier'], topics: ['disaster'],
  publication: { firstPublishedAt: clock.day(19, '10:00') },
  sources: { kowalczyk: { kind: 'PERSON', person: 'ben-kowalczyk', title: 'Operations chief', organization: 'harbor-ferries' } },
  records: { interview: { kind: 'RECORDING', title: 'Ben Kowalczyk at the landing', airedAt: clock.day(19, '09:00'), segments: [{ speaker: 'Ben Kowalczyk', startMs: 4_000, endMs: 9_000, text: 'We lost four pilings and we are putting in six.' }] } },
  says: {
    reopening: { source: 'kowalczyk', content: 'The east landing ... replaced', by: 'Harbor Ferries operations chief Ben Kowalczyk', cue: 'said', groundRules: onRecord },
    pilings: { source: 'kowalczyk', content: '“We lost four pilings and we are putting in six,”', by: 'Kowalczyk', cue: 'said', antecedent: 'reopening', groundRules: onRecord, quote: { record: 'interview' } },
  },
})

/** Had a number wrong, and says so. */
export const drainCount: DemoStory = ({ clock }) => ({
  copy: write([
    headline('City clears storm drains before the rainy season'),
    summary('The works department lists what its crews have done on the lower streets.'),
    'Crews have cleared 410 of the 640 storm drains on the lower streets, Acting Public Works Director Maria Okafor told the council’s transportation committee.',
    'The rest will follow before the rains, Okafor said in her report to the committee.',
  ]),
  slug: 'storm-drains-cleared', desk: 'Metro', slugline: 'DRAINS', urgency: 5, dateline: { place: 'CALDER BAY' }, timeZone: 'America/New_York', bylines: ['lena-ortiz'], providers: ['calder-courier'], topics: ['politics'],
  publication: { firstPublishedAt: clock.day(18, '15:00') },
  sources: { okafor: { kind: 'PERSON', person: 'maria-okafor', title: 'Acting Public Works Director', organization: 'public-works' } },
  says: {
    cleared: { source: 'okafor', content: 'Crews have cleared 410 of the 640 storm drains on the lower streets', by: 'Acting Public Works Director Maria Okafor', cue: 'told', to: 'the council’s transportation committee', groundRules: onRecord },
    rest: { source: 'okafor', content: 'The rest will follow before the rains', by: 'Okafor', cue: 'said', antecedent: 'cleared', groundRules: onRecord },
  },
  claims: { drains: { text: 'So many storm drains were cleared.', kind: 'FACT', occurrences: ['cleared'] } },
})

/** Withheld while a number in it is checked. */
export const powerRates: DemoStory = ({ clock }) => ({
  copy: write([
    headline('Bayside Power files for higher winter rates'),
    summary('The utility says that the price of gas leaves it no choice.'),
    'Bayside Power has asked for higher rates this winter because gas costs more, the utility said in a statement.',
    'The filing does not say by how much a household’s bill would rise.',
  ]),
  slug: 'winter-power-rates', desk: 'Business', slugline: 'RATES', urgency: 4, dateline: { place: 'CALDER BAY' }, timeZone: 'America/New_York', bylines: ['theo-marchetti'], providers: ['calder-courier'], topics: ['economy'],
  publication: { firstPublishedAt: clock.day(17, '11:00') },
  sources: { bayside: { kind: 'ORGANIZATION', organization: 'bayside-power' } },
  says: { filing: { source: 'bayside', content: 'Bayside Power has asked for higher rates this winter because gas costs more', by: 'the utility', cue: 'said', groundRules: onRecord } },
  statements: { rates: { issuer: 'bayside-power', channel: 'WRITTEN_STATEMENT', issuedAt: clock.day(17, '09:00'), release: 'EXCERPT', attributions: ['filing'], texts: [{ takenAt: clock.day(17, '09:10'), text: 'Bayside Power has filed for higher winter rates. The price of gas leaves no other way.' }] } },
})

/** Was wrong from its first line, and is recalled everywhere. */
export const bridgeSale: DemoStory = ({ clock }) => ({
  copy: write([
    headline('City weighs sale of the Ellis Street Bridge'),
    summary('A council member says that a buyer has come forward.'),
    'Calder Bay is weighing the sale of the Ellis Street Bridge, council member Walter Adeyemi said in an interview.',
    'A buyer has written to the council, Adeyemi said.',
  ]),
  slug: 'bridge-sale', desk: 'Metro', slugline: 'BRIDGE-SALE', urgency: 3, dateline: { place: 'CALDER BAY' }, timeZone: 'America/New_York', bylines: ['lena-ortiz'], providers: ['calder-courier'], topics: ['politics'],
  publication: { firstPublishedAt: clock.day(16, '09:00') },
  sources: { adeyemi: { kind: 'PERSON', person: 'walter-adeyemi', title: 'Council member', organization: 'calder-bay-council' } },
  says: {
    sale: { source: 'adeyemi', content: 'Calder Bay is weighing the sale of the Ellis Street Bridge', by: 'council member Walter Adeyemi', cue: 'said', groundRules: onRecord },
    buyer: { source: 'adeyemi', content: 'A buyer has written to the council', by: 'Adeyemi', cue: 'said', antecedent: 'sale', groundRules: onRecord },
  },
})

/** Ready, and not to be seen before the institute lets go of it. */
export const tideGauge: DemoStory = () => ({
  copy: write([
    headline('Tide gauges show a rising bay'),
    summary('A century of readings from Gull Point, in one table for the first time.'),
    'The bay at Gull Point stands higher than at any time in a century of readings, marine ecologist Elias Nakamura of the Tidewater Institute said in an interview.',
    'The readings were copied by hand from 98 logbooks, Nakamura said.',
  ]),
  slug: 'tide-gauge-century', desk: 'Science', slugline: 'TIDES', kind: 'ADVANCE', urgency: 5, dateline: { place: 'CALDER BAY' }, timeZone: 'America/New_York', bylines: ['lena-ortiz'], providers: ['calder-courier'], topics: ['science'],
  sources: { nakamura: { kind: 'PERSON', person: 'elias-nakamura', title: 'Marine ecologist', organization: 'tidewater-institute' } },
  says: {
    higher: { source: 'nakamura', content: 'The bay at Gull Point ... readings', by: 'marine ecologist Elias Nakamura of the Tidewater Institute', cue: 'said', groundRules: onRecord },
    logbooks: { source: 'nakamura', content: 'The readings were copied by hand from 98 logbooks', by: 'Nakamura', cue: 'said', antecedent: 'higher', groundRules: onRecord },
  },
})
