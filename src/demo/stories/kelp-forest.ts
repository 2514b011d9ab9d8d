import { caption, headline, summary, write } from '../copy.js'
import type { DemoStory } from '../story-builder.js'
import { onRecord } from '../terms.js'

/** Research under an embargo that has ended, with a paper, a film, a chart and an outside voice. */
export const kelpForest: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Kelp returns to the bay where divers removed the urchins'),
    summary('Plots cleared by hand grew back within two summers, a study of 36 sites finds.'),
    'Kelp has come back to stretches of Calder Bay from which divers removed purple urchins by hand, a study by the Tidewater Institute finds.',
    'On cleared plots the forest covered 61 percent of the bottom after two summers, against 4 percent on plots left alone, the paper reports.',
    caption('A cleared plot off Gull Point in its second summer, filmed by an institute diver.'),
    '“I put my hand out in the dark and there it was,” Elias Nakamura, the marine ecologist who led the work, said in an interview. “It felt like someone had opened a window.”',
    'Nakamura said that the method would not suit open coasts, where urchins drift in faster than divers can lift them.',
    'The plots are small, and no one has shown what happens when the divers stop, said Tomas Lindqvist, a professor of structural engineering at Whitmore University who took no part in the study.',
    'The institute said in a statement that it would clear another 20 plots if the state renews its permit.',
    'The state’s fisheries office had not decided on the permit when this story was published, the office said.',
    caption('Share of the bottom covered by kelp, cleared plots and plots left alone.'),
  ])
  const { at } = copy
  return {
    copy,
    slug: 'kelp-forest-returns',
    desk: 'Science',
    slugline: 'KELP',
    urgency: 5,
    timeZone: 'America/New_York',
    bylines: ['lena-ortiz', { journalist: 'theo-marchetti', role: 'graphics' }],
    providers: ['calder-courier'],
    topics: ['science', 'environment'],
    publication: { firstPublishedAt: clock.day(16, '15:00'), embargoedUntil: clock.day(16, '15:00') },
    documents: { paper: { title: 'Manual removal of urchins and the recovery of kelp at 36 sites', publisher: 'Journal of Coastal Ecology', url: 'https://coastal-ecology.example/articles/36-sites', publishedAt: clock.day(16, '15:00') } },
    records: { nakamura: { kind: 'RECORDING', title: 'Interview with Elias Nakamura', programme: 'The Low Tide podcast', airedAt: clock.day(17, '14:00'), segments: [{ speaker: 'Elias Nakamura', startMs: 312_000, endMs: 324_000, text: 'I put my hand out in the dark and there it was, a whole stem of it. It felt like someone had opened a window.' }] } },
    media: {
      plot: { kind: 'VIDEO', uri: 'https://courier.example/media/gull-point.mp4', caption: at('A cleared plot off Gull Point').paragraph, credit: 'Tidewater Institute', rights: 'Editorial use with this story only' },
      cover: { kind: 'GRAPHIC', uri: 'https://courier.example/media/kelp-cover.svg', caption: at('Share of the bottom covered by kelp').paragraph, credit: 'The Calder Courier' },
      podcast: { kind: 'AUDIO', uri: 'https://courier.example/media/low-tide-kelp.mp3', credit: 'The Calder Courier' },
    },
    sources: {
      paper: { kind: 'DOCUMENT', document: 'paper' },
      nakamura: { kind: 'PERSON', person: 'elias-nakamura', title: 'Marine ecologist', organization: 'tidewater-institute' },
      lindqvist: { kind: 'PERSON', person: 'tomas-lindqvist', title: 'Professor of structural engineering', organization: 'whitmore-university' },
      institute: { kind: 'ORGANIZATION', organization: 'tidewater-institute' },
      fisheries: { kind: 'ORGANIZATION', organization: 'state-fisheries-office' },
    },
    says: {
      'study-return': { source: 'paper', content: 'Kelp has come back ... by hand', by: 'a study by the Tidewater Institute', cue: 'finds' },
      'paper-cover': { source: 'paper', content: 'On cleared plots ... left alone', by: 'the paper', cue: 'reports', antecedent: 'study-return' },
      'nakamura-window': { source: 'nakamura', content: ['“I put my hand out ... there it was,”', '“It felt like ... window.”'], by: 'Elias Nakamura', cue: 'said', saidAt: { earliest: clock.day(17, '13:00'), latest: clock.day(17, '14:00') }, groundRules: onRecord, quote: { record: 'nakamura' } },
      'nakamura-coasts': { source: 'nakamura', content: 'the method would not suit ... lift them', by: 'Nakamura', cue: 'said', antecedent: 'nakamura-window', groundRules: onRecord },
      'lindqvist-small': { source: 'lindqvist', content: 'The plots are small ... divers stop', by: 'Tomas Lindqvist', cue: 'said', groundRules: onRecord },
      'institute-plots': { source: 'institute', content: 'it would clear another 20 plots if the state renews its permit', by: 'The institute', cue: 'said', groundRules: onRecord },
      'fisheries-permit': { source: 'fisheries', content: 'The state’s fisheries office had not decided ... published', by: 'the office', cue: 'said' },
    },
    statements: {
      institute: { issuer: 'tidewater-institute', spokesperson: { person: 'elias-nakamura' }, channel: 'PRESS_RELEASE', issuedAt: clock.day(18, '09:00'), embargoedUntil: clock.day(16, '15:00'), url: 'https://tidewater.example/news/kelp', release: 'FULL', attributions: ['institute-plots'], texts: [{ takenAt: clock.day(18, '09:30'), text: 'The institute is ready to clear another 20 plots next year, provided that the state renews its permit.' }] },
    },
    claims: {
      return: { text: 'Kelp grew back where urchins were removed.', kind: 'FACT', documents: ['paper'], occurrences: [at('Kelp returns to the bay'), 'study-return', { range: at('covered 61 percent of the bottom'), attribution: 'paper-cover', strength: '61 percent' }] },
      limits: { text: 'The method has limits.', kind: 'OPINION', holder: { person: 'elias-nakamura' }, occurrences: ['nakamura-coasts', 'lindqvist-small'] },
    },
  }
}
