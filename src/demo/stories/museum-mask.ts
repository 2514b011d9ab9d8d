import { caption, headline, summary, write } from '../copy.js'
import type { DemoStory } from '../story-builder.js'
import { onRecord } from '../terms.js'

/** A quieter story, published while what extraction proposed for it still waits: an attribution and a quote that no reader sees. */
export const museumMask: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Whitmore museum to return gold mask to Marenza'),
    summary('The piece was bought in 1934 with a letter that the university now calls a forgery.'),
    'Whitmore University will return a gold mask to Marenza after its own curators concluded that the letter with which it was sold was forged.',
    '“The ink is younger than the sale,” the curators’ report says of the letter.',
    'The mask will travel within twelve months, the university said in a statement, and a copy will take its place.',
    'Catalina Rueda, Marenza’s foreign minister, thanked the university in a post that carried a picture of the mask and a single word: “Home.”',
    'Students who had campaigned for the return said that eleven more pieces should follow.',
    'The university said that it was “not aware of” doubts about other pieces, a line that the students called an insult.',
    'The museum’s guestbook holds the view of a visitor from long before: “She looks past us, to a door 🙂”',
    caption('The mask in the museum’s east hall, photographed before it was taken off display.'),
  ])
  const { at } = copy
  return {
    copy,
    slug: 'whitmore-returns-gold-mask',
    desk: 'Culture',
    slugline: 'MASK',
    urgency: 6,
    timeZone: 'America/New_York',
    bylines: ['lena-ortiz'],
    providers: ['calder-courier'],
    topics: ['arts', 'education'],
    publication: { firstPublishedAt: clock.day(1, '14:00') },
    documents: {
      report: { title: 'On the provenance of the mask', publisher: 'Whitmore University', url: 'https://whitmore.example/museum/mask.pdf' },
      guestbook: { title: 'Guestbook of the Whitmore museum' },
    },
    media: { mask: { kind: 'PICTURE', uri: 'https://courier.example/media/mask.jpg', caption: at('The mask in the museum’s east hall').paragraph, credit: 'Whitmore University', rights: 'Free for editorial use' } },
    sources: {
      report: { kind: 'DOCUMENT', document: 'report' },
      university: { kind: 'ORGANIZATION', organization: 'whitmore-university' },
      rueda: { kind: 'PERSON', person: 'catalina-rueda', title: 'Foreign minister', organization: 'marenza-foreign-ministry' },
      students: { kind: 'GROUP', name: 'students' },
      guestbook: { kind: 'DOCUMENT', document: 'guestbook' },
    },
    says: {
      'report-ink': { source: 'report', content: '“The ink is younger than the sale,”', by: 'the curators’ report', cue: 'says' },
      'university-travel': { source: 'university', content: ['The mask will travel within twelve months', 'a copy will take its place'], by: 'the university', cue: 'said', groundRules: onRecord },
      'rueda-home': { source: 'rueda', content: '“Home.”', by: 'Catalina Rueda', cue: 'thanked', groundRules: onRecord, quote: { from: 'post' } },
      'students-eleven': { source: 'students', content: 'eleven more pieces should follow', by: 'Students who had campaigned for the return', cue: 'said' },
      'university-unaware': { source: 'university', content: 'it was “not aware of” doubts about other pieces', by: 'The university', cue: 'said', groundRules: onRecord, quote: { confirmed: false, proposal: { rule: 'quotation-marks', confidence: 0.64 } } },
      'students-insult': { source: 'students', content: 'an insult', by: 'the students', cue: 'called', antecedent: 'students-eleven', confirmed: false, proposal: { rule: 'cue-verb-called', confidence: 0.46 } },
      'guestbook-door': { source: 'guestbook', content: '“She looks past us, to a door 🙂”', by: 'The museum’s guestbook', cue: 'holds' },
    },
    statements: {
      return: { issuer: 'whitmore-university', channel: 'OTHER', issuedAt: clock.day(1, '09:00'), attributions: ['university-travel'], texts: [{ takenAt: clock.day(1, '09:15'), text: 'The mask will be returned within twelve months. A copy will be shown in its place.' }] },
      post: { issuer: 'marenza-foreign-ministry', spokesperson: { person: 'catalina-rueda' }, channel: 'SOCIAL_MEDIA', issuedAt: clock.day(1, '11:30'), url: 'https://social.example/@rueda/casa', attributions: ['rueda-home'], texts: [{ takenAt: clock.day(1, '11:40'), text: 'Home. 💛' }] },
    },
    requestsForComment: { university: { organization: 'whitmore-university', askedBy: 'lena-ortiz', attempts: [{ at: clock.day(1, '12:00'), channel: 'EMAIL' }], outcome: 'ANSWERED', answeredBy: { attribution: 'university-unaware' } } },
    claims: {
      forged: { text: 'The letter of 1934 was forged.', kind: 'FACT', documents: ['report'], target: { organization: 'whitmore-university' }, occurrences: [{ range: at('a letter that the university now calls a forgery'), strength: 'calls' }, at('its own curators concluded ... was forged'), 'report-ink'] },
    },
  }
}
