import { caption, headline, summary, write } from '../copy.js'
import type { DemoStory } from '../story-builder.js'
import { onRecord } from '../terms.js'

/** The first of three stories about the bridge: an alert with one named voice and a mayor who cannot be reached. */
export const bridgeClosed: DemoStory = ({ clock }) => {
  const evening = `${clock.weekday(18)} evening`
  const copy = write([
    headline('Ellis Street Bridge closed after inspectors find cracks'),
    summary('Forty thousand daily crossings are diverted while engineers examine two support beams.'),
    `The city shut the Ellis Street Bridge to all traffic on ${evening} after inspectors found cracks in two of the steel beams that carry the roadway, Deputy Public Works Director Maria Okafor said.`,
    '“We could not see the far end of one of those cracks, and that was enough for me,” Okafor told reporters at the foot of the bridge. “It stays closed until I know how deep it goes.”',
    'Crews would scan both beams with ultrasound overnight, Okafor said, and an answer was unlikely before the end of the week.',
    'Traffic backed up for two miles at the entrance of the Harbor Tunnel, the city’s traffic dashboard showed.',
    'Residents of the east bank said they had heard a metallic knocking from the deck for weeks.',
    'The bridge, which opened in 1961, carries about 40,000 vehicles a day, according to the city’s latest traffic count.',
    `Mayor Daniel Holt could not be reached on ${evening}.`,
    caption('Barriers at the western approach to the Ellis Street Bridge.'),
  ])
  const { at } = copy
  return {
    copy,
    slug: 'ellis-street-bridge-closed',
    desk: 'Metro',
    kind: 'ALERT',
    slugline: 'BRIDGE-CLOSED',
    urgency: 2,
    dateline: { place: 'CALDER BAY', date: clock.date(18) },
    timeZone: 'America/New_York',
    storyline: 'ellis-street-bridge',
    bylines: ['sam-whitfield'],
    providers: ['calder-courier'],
    topics: ['disaster', 'politics'],
    publication: { firstPublishedAt: clock.day(18, '22:40') },
    events: {
      briefing: { name: 'Briefing at the bridge', visibility: 'PUBLIC', startsAt: clock.day(18, '22:05'), place: 'Ellis Street Bridge, western approach', range: at('told reporters at the foot of the bridge') },
    },
    documents: {
      dashboard: { title: 'Live traffic dashboard', publisher: 'City of Calder Bay', url: 'https://city.example/traffic' },
      'traffic-count': { title: 'Annual traffic count', publisher: 'Calder Bay Department of Public Works', url: 'https://city.example/works/traffic-count' },
    },
    records: {
      briefing: {
        kind: 'RECORDING', title: 'Okafor at the bridge', segments: [
          { speaker: 'Maria Okafor', startMs: 12_400, endMs: 21_900, text: 'We could not see the far end of one of those cracks, and that was enough for me, so I closed it. It stays closed until I know how deep it goes.' },
        ],
      },
    },
    media: {
      barriers: { kind: 'PICTURE', uri: 'https://courier.example/media/bridge-barriers.jpg', caption: at('Barriers at the western approach').paragraph, credit: 'The Calder Courier', rights: '© The Calder Courier' },
    },
    sources: {
      okafor: { kind: 'PERSON', person: 'maria-okafor', title: 'Deputy Public Works Director', organization: 'public-works' },
      dashboard: { kind: 'DOCUMENT', document: 'dashboard' },
      'traffic-count': { kind: 'DOCUMENT', document: 'traffic-count' },
      residents: { kind: 'GROUP', name: 'residents of the east bank' },
    },
    says: {
      'okafor-closure': { source: 'okafor', content: 'The city shut ... carry the roadway', by: 'Deputy Public Works Director Maria Okafor', cue: 'said', groundRules: onRecord },
      'okafor-cracks': {
        source: 'okafor', content: ['“We could not see ... enough for me,”', '“It stays closed ... how deep it goes.”'], by: 'Okafor', cue: 'told', to: 'reporters',
        antecedent: 'okafor-closure', occasion: 'briefing', saidAt: { earliest: clock.day(18, '22:05') }, groundRules: onRecord, quote: { record: 'briefing' },
      },
      'okafor-ultrasound': { source: 'okafor', content: ['Crews would scan ... overnight', 'an answer ... end of the week'], by: 'Okafor', cue: 'said', antecedent: 'okafor-closure', groundRules: onRecord },
      'dashboard-tunnel': { source: 'dashboard', content: 'Traffic backed up ... Harbor Tunnel', by: 'the city’s traffic dashboard', cue: 'showed' },
      'residents-knocking': { source: 'residents', content: 'they had heard ... for weeks', by: 'Residents of the east bank', cue: 'said' },
      'count-vehicles': { source: 'traffic-count', content: 'The bridge, which opened ... vehicles a day', by: 'the city’s latest traffic count', cue: 'according to' },
    },
    requestsForComment: {
      mayor: {
        person: 'daniel-holt', organization: 'city-of-calder-bay', askedBy: 'sam-whitfield', outcome: 'UNREACHABLE', outcomeLine: at('Mayor Daniel Holt could not be reached'),
        attempts: [{ at: clock.day(18, '21:50'), channel: 'PHONE', note: 'Voicemail.' }, { at: clock.day(18, '22:15'), channel: 'TEXT_MESSAGE' }],
      },
    },
    claims: {
      closure: { text: 'The bridge is closed because of cracks in two beams.', kind: 'FACT', occurrences: [at('Ellis Street Bridge closed after inspectors find cracks'), 'okafor-closure'] },
      vehicles: { text: 'The bridge carries about 40,000 vehicles a day.', kind: 'BACKGROUND', documents: ['traffic-count'], occurrences: [at('Forty thousand daily crossings'), 'count-vehicles'] },
    },
  }
}
