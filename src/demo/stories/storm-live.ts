import { correction, headline, summary, write } from '../copy.js'
import { mayorOnStorm } from '../shared-statements.js'
import type { DemoStory } from '../story-builder.js'
import { onRecord } from '../terms.js'

/** A live blog: the parent, which takes a quote from a partner station. Its posts are stories of their own. */
export const stormLive: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Live: Storm reaches Calder Bay harbor'),
    summary('Ferries, power and roads: what we know, updated through the day.'),
    'A storm that gathered strength over the bay is pushing water across the harbor wall, and the city has asked people on Front Street to stay indoors.',
    '“Stay off the sea wall, and keep the phone charged,” Mayor Daniel Holt wrote in a message to residents.',
    'Sixty people are clearing drains in the lower streets, Acting Public Works Director Maria Okafor said in an interview with Bay Public Radio.',
    '“My crews can pump faster than this rain falls,” Okafor told the station. “What worries me is the tide.”',
    'About 1,900 homes are without electricity, Bayside Power says on its outage map.',
    'New posts appear below this one as we confirm what we hear.',
  ])
  const { at } = copy
  return {
    copy,
    slug: 'harbor-storm-live',
    desk: 'Metro',
    slugline: 'STORM-LIVE',
    urgency: 2,
    dateline: { place: 'CALDER BAY' },
    timeZone: 'America/New_York',
    storyline: 'harbor-storm',
    bylines: ['lena-ortiz', { journalist: 'theo-marchetti', role: 'live editor' }],
    providers: ['calder-courier', 'bay-public-radio'],
    topics: ['weather', 'disaster'],
    publication: { firstPublishedAt: clock.hoursAgo(9), publishedAt: clock.hoursAgo(8), version: 4 },
    documents: { 'outage-map': { title: 'Outage map', publisher: 'Bayside Power', url: 'https://bayside.example/outages' } },
    records: { radio: { kind: 'RECORDING', title: 'Okafor on the storm', programme: 'The Bay Today', airedAt: clock.hoursAgo(10), url: 'https://bayradio.example/bay-today/storm', segments: [{ speaker: 'Maria Okafor', startMs: 1_260_000, endMs: 1_268_000, text: 'My crews can pump faster than this rain falls, that much I can promise. What worries me is the tide.' }] } },
    sources: {
      holt: { kind: 'PERSON', person: 'daniel-holt', title: 'Mayor', organization: 'city-of-calder-bay' },
      okafor: { kind: 'PERSON', person: 'maria-okafor', title: 'Acting Public Works Director', organization: 'public-works', heldBy: 'bay-public-radio' },
      bayside: { kind: 'ORGANIZATION', organization: 'bayside-power' },
    },
    says: {
      'holt-sea-wall': { source: 'holt', content: '“Stay off the sea wall, and keep the phone charged,”', by: 'Mayor Daniel Holt', cue: 'wrote', to: 'residents', groundRules: onRecord, quote: { from: 'mayor-on-storm' } },
      'okafor-drains': { source: 'okafor', content: 'Sixty people are clearing drains in the lower streets', by: 'Acting Public Works Director Maria Okafor', cue: 'said', groundRules: onRecord },
      'okafor-tide': { source: 'okafor', content: ['“My crews ... rain falls,”', '“What worries me is the tide.”'], by: 'Okafor', cue: 'told', to: 'the station', toldTo: ['bay-public-radio'], antecedent: 'okafor-drains', groundRules: onRecord, quote: { record: 'radio' } },
      'bayside-homes': { source: 'bayside', content: 'About 1,900 homes are without electricity', by: 'Bayside Power', cue: 'says', groundRules: onRecord },
    },
    statements: { 'mayor-on-storm': { ...mayorOnStorm(clock), attributions: ['holt-sea-wall'] } },
    outletCredits: {
      radio: { outlet: 'bay-public-radio', mention: at('Bay Public Radio'), content: [at('Sixty people are clearing drains in the lower streets')], attribution: 'okafor-drains', url: 'https://bayradio.example/bay-today/storm', publishedAt: clock.hoursAgo(10) },
    },
    claims: { outage: { text: 'About 1,900 homes have no power.', kind: 'FACT', documents: ['outage-map'], occurrences: ['bayside-homes'] } },
  }
}

/** A post of the live blog, with emoji in the copy and a question not yet answered. */
export const stormFerries: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Ferries stop as waves break over the landing ⛴️🌊'),
    summary('Harbor Ferries cancels every sailing until further notice.'),
    'Harbor Ferries has stopped all sailings because waves are breaking over the east landing, operations chief Ben Kowalczyk said.',
    '“The Heron is tied up with six lines, and the boat is still dancing,” he said by telephone from the pier.',
    'A handwritten board at the terminal read: “No boats today 🌊 go home safe 💙”',
    'Tickets for today remain valid for a month, the company said in a notice on its website.',
    'Passengers at the terminal said that a last bus had been promised and had not come.',
    'The company has not yet answered a question about refunds for commuter passes.',
  ])
  const { at } = copy
  return {
    copy,
    slug: 'harbor-storm-live-ferries-stop',
    desk: 'Metro',
    kind: 'ADD',
    timeZone: 'America/New_York',
    storyline: 'harbor-storm',
    parent: 'harbor-storm-live',
    bylines: ['lena-ortiz'],
    providers: ['calder-courier'],
    topics: ['weather', 'disaster'],
    publication: { firstPublishedAt: clock.hoursAgo(5) },
    documents: { board: { title: 'Notice board at the east terminal' } },
    records: { phone: { kind: 'NOTES', title: 'Ortiz, call with Kowalczyk' } },
    sources: {
      kowalczyk: { kind: 'PERSON', person: 'ben-kowalczyk', title: 'Operations chief', organization: 'harbor-ferries' },
      board: { kind: 'DOCUMENT', document: 'board' },
      ferries: { kind: 'ORGANIZATION', organization: 'harbor-ferries' },
      passengers: { kind: 'GROUP', name: 'passengers' },
    },
    says: {
      'kowalczyk-stop': { source: 'kowalczyk', content: 'Harbor Ferries has stopped all sailings ... landing', by: 'operations chief Ben Kowalczyk', cue: 'said', groundRules: onRecord },
      'kowalczyk-heron': { source: 'kowalczyk', content: '“The Heron ... dancing,”', by: 'he', cue: 'said', antecedent: 'kowalczyk-stop', groundRules: onRecord, quote: { record: 'phone' } },
      'board-notice': { source: 'board', content: '“No boats today 🌊 go home safe 💙”', by: 'A handwritten board at the terminal', cue: 'read' },
      'ferries-tickets': { source: 'ferries', content: 'Tickets for today remain valid for a month', by: 'the company', cue: 'said', groundRules: onRecord },
      'passengers-bus': { source: 'passengers', content: 'a last bus had been promised and had not come', by: 'Passengers at the terminal', cue: 'said' },
    },
    statements: {
      notice: { issuer: 'harbor-ferries', channel: 'WEBSITE', issuedAt: clock.hoursAgo(6), url: 'https://harborferries.example/notices/storm', texts: [{ takenAt: clock.hoursAgo(6), text: 'All sailings are suspended. Tickets for today remain valid for one month from the day of travel.' }], attributions: ['ferries-tickets'] },
    },
    requestsForComment: {
      refunds: { organization: 'harbor-ferries', askedBy: 'lena-ortiz', attempts: [{ at: clock.hoursAgo(6), channel: 'SOCIAL_MEDIA' }], outcome: 'PENDING', outcomeLine: at('has not yet answered a question about refunds') },
    },
  }
}

/** A later post, corrected, that quotes the mayor's message again. */
export const stormPower: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Power returns to most of Front Street'),
    summary('Bayside Power says a flooded line keeps the last 400 homes dark.'),
    'Electricity is back in about 1,500 of the 1,900 homes that lost it, a spokesperson for Bayside Power said.',
    '“The last 400 hang on a feeder line that is still under water,” the spokesperson said.',
    'Mayor Daniel Holt repeated his warning, “Stay off the sea wall, and keep the phone charged,” as the second high tide approached.',
    'Two pumping stations ran through the storm without a fault, Acting Public Works Director Maria Okafor said. She added that the drains on Mill Lane had not held.',
    'People on Front Street said that the lights had come on for a minute and gone out again.',
    correction('Correction: An earlier version of this post said that 2,100 homes had lost power. Bayside Power has revised its count to 1,900.'),
  ])
  return {
    copy,
    slug: 'harbor-storm-live-power-returns',
    desk: 'Metro',
    kind: 'ADD',
    timeZone: 'America/New_York',
    storyline: 'harbor-storm',
    parent: 'harbor-storm-live',
    bylines: ['lena-ortiz'],
    providers: ['calder-courier'],
    topics: ['weather', 'disaster'],
    publication: { firstPublishedAt: clock.hoursAgo(3), publishedAt: clock.hoursAgo(2), version: 2 },
    sources: {
      bayside: { kind: 'ORGANIZATION', organization: 'bayside-power', spokesperson: 'a spokesperson for Bayside Power' },
      holt: { kind: 'PERSON', person: 'daniel-holt', title: 'Mayor', organization: 'city-of-calder-bay' },
      okafor: { kind: 'PERSON', person: 'maria-okafor', title: 'Acting Public Works Director', organization: 'public-works' },
      neighbors: { kind: 'GROUP', name: 'people on Front Street' },
    },
    says: {
      'bayside-restored': { source: 'bayside', content: 'Electricity is back ... lost it', by: 'a spokesperson for Bayside Power', cue: 'said', groundRules: onRecord },
      'bayside-feeder': { source: 'bayside', content: '“The last 400 ... under water,”', by: 'the spokesperson', cue: 'said', antecedent: 'bayside-restored', groundRules: onRecord },
      'holt-sea-wall': { source: 'holt', content: '“Stay off the sea wall, and keep the phone charged,”', by: 'Mayor Daniel Holt', cue: 'repeated', groundRules: onRecord, quote: { from: 'mayor-on-storm' } },
      'okafor-pumps': { source: 'okafor', content: 'Two pumping stations ran through the storm without a fault', by: 'Acting Public Works Director Maria Okafor', cue: 'said', groundRules: onRecord },
      'okafor-drains': { source: 'okafor', content: 'the drains on Mill Lane had not held', by: 'She', cue: 'added', antecedent: 'okafor-pumps', groundRules: onRecord },
      'neighbors-lights': { source: 'neighbors', content: 'the lights had come on ... out again', by: 'People on Front Street', cue: 'said' },
    },
    statements: { 'mayor-on-storm': { ...mayorOnStorm(clock), attributions: ['holt-sea-wall'] } },
  }
}
