import { correction, headline, summary, write } from '../copy.js'
import type { DemoStory } from '../story-builder.js'
import { onBackground, onRecord } from '../terms.js'
import { printed, unnamed } from '../unnamed.js'

/** An advance on a vote: an aide who speaks while the same office declines to comment. */
export const levyPreview: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Transit levy goes to a council that is one vote short'),
    summary('Supporters count four of the five votes they need. A holdout wants an exemption for small shops.'),
    `The City Council is to vote on ${clock.weekday(9)} on a levy for night buses and a second ferry line, and its supporters say that they are one vote short.`,
    '“I have four, and I have a telephone,” June Castellano, who leads the transportation committee, said in an interview.',
    'Walter Adeyemi, whom both camps are courting, said that he would support the levy only if it spared small shops. “I am not a no,” he said. “I am a not yet.”',
    'City Hall has already drafted such an exemption, according to a senior aide to the mayor who took part in the talks. The aide spoke on condition of anonymity because the talks are still under way.',
    'Under the draft, shops with fewer than ten employees would pay nothing for five years, the aide said.',
    'The levy would cost the average household $61 a year, an estimate by the city’s budget office says.',
    'The mayor’s office declined to comment on the talks.',
  ])
  const { at } = copy
  return {
    copy,
    slug: 'transit-levy-vote-preview',
    desk: 'Politics',
    kind: 'ADVANCE',
    slugline: 'LEVY-PREVIEW',
    urgency: 4,
    dateline: { place: 'CALDER BAY', date: clock.date(11) },
    timeZone: 'America/New_York',
    storyline: 'transit-levy',
    bylines: ['theo-marchetti'],
    providers: ['calder-courier'],
    topics: ['politics', 'economy'],
    publication: { firstPublishedAt: clock.day(11, '10:30') },
    events: { talks: { name: 'Talks on the exemption', visibility: 'PRIVATE', place: 'City Hall', range: at('took part in [the talks]') } },
    documents: { estimate: { title: 'Fiscal note on the transit levy', publisher: 'Calder Bay Budget Office', url: 'https://city.example/budget/levy' } },
    records: { castellano: { kind: 'NOTES', title: 'Marchetti, interview with Castellano' } },
    sources: {
      supporters: { kind: 'GROUP', name: 'supporters of the levy' },
      castellano: { kind: 'PERSON', person: 'june-castellano', title: 'Chair of the transportation committee', organization: 'calder-bay-council' },
      adeyemi: { kind: 'PERSON', person: 'walter-adeyemi', title: 'Council member', organization: 'calder-bay-council' },
      aide: unnamed(copy, 'a senior aide to the mayor', {
        basis: printed(copy, 'took part in the talks'),
        reason: printed(copy, 'the talks are still under way'),
        terms: printed(copy, 'on condition of anonymity'),
        affiliation: { ...printed(copy, 'aide to the mayor'), organization: 'city-of-calder-bay' },
        agreed: { reason: 'Talks with council members are not finished.', grantedBy: 'theo-marchetti', approvals: [{ use: 'Existence and content of the draft', approvedBy: 'paul-denham', recordedBy: 'theo-marchetti', at: clock.day(12, '21:15'), knowsIdentity: true }] },
      }),
      estimate: { kind: 'DOCUMENT', document: 'estimate' },
    },
    says: {
      'supporters-short': { source: 'supporters', content: 'they are one vote short', by: 'its supporters', cue: 'say' },
      'castellano-four': { source: 'castellano', content: '“I have four, and I have a telephone,”', by: 'June Castellano', cue: 'said', groundRules: onRecord, quote: { record: 'castellano' } },
      'adeyemi-shops': { source: 'adeyemi', content: 'he would support the levy only if it spared small shops', by: 'Walter Adeyemi', cue: 'courting, [said]', groundRules: onRecord },
      'adeyemi-not-yet': { source: 'adeyemi', content: ['“I am not a no,”', '“I am a not yet.”'], by: '” [he]', cue: '” he [said]', antecedent: 'adeyemi-shops', groundRules: onRecord },
      'aide-draft': {
        source: 'aide', content: 'City Hall has already drafted such an exemption', by: 'a senior aide to the mayor', cue: 'according to', occasion: 'talks',
        groundRules: { terms: 'BACKGROUND', history: [{ terms: 'UNSTATED', at: clock.day(12, '19:40') }, { terms: 'BACKGROUND', at: clock.day(12, '20:05'), note: 'Agreed before the second question.' }] },
      },
      'aide-shops': { source: 'aide', content: 'Under the draft ... five years', by: 'the aide', cue: 'said', antecedent: 'aide-draft', groundRules: onBackground },
      'estimate-cost': { source: 'estimate', content: 'The levy would cost the average household $61 a year', by: 'an estimate by the city’s budget office', cue: 'says' },
    },
    requestsForComment: { mayor: { organization: 'city-of-calder-bay', askedBy: 'theo-marchetti', attempts: [{ at: clock.day(12, '20:40'), channel: 'PHONE' }], outcome: 'DECLINED', outcomeLine: at('The mayor’s office declined to comment on the talks') } },
    claims: {
      draft: { text: 'City Hall has drafted an exemption for small shops.', kind: 'FACT', event: 'talks', holder: { organization: 'city-of-calder-bay' }, occurrences: ['aide-draft', { range: at('shops with fewer than ten employees ... five years'), attribution: 'aide-shops', strength: 'nothing for five years' }] },
      short: { text: 'The levy lacks one vote.', kind: 'FACT', occurrences: [at('one vote short', 1), 'supporters-short'] },
    },
  }
}

/** The vote: a corrected quote, and what somebody said off the record, of which readers see nothing. */
export const levyPasses: DemoStory = ({ clock }) => {
  const night = `${clock.weekday(9)} night`
  const copy = write([
    headline('Council approves transit levy, 5 to 4'),
    summary('An exemption for small shops wins over the last undecided member.'),
    correction('Correction: An earlier version of this story misquoted Mayor Daniel Holt. He said that night buses would run “in ninety days,” not “in sixty days.”'),
    `The City Council approved a levy for night buses and a second ferry line on ${night}, by five votes to four, after shops with fewer than ten employees were exempted.`,
    '“I said not yet, and tonight it is yes,” council member Walter Adeyemi told the chamber.',
    'June Castellano, who leads the transportation committee, called the vote “the end of the last bus at ten.”',
    '“People who clean this building at midnight,” said Carla Minch, director of the Transit Riders Alliance, “will be able to get home.”',
    'Mayor Daniel Holt said that night buses would run “in ninety days.”',
    'The amendment was filed twenty minutes before the session, the council’s register shows.',
    'Shop owners in the gallery said that the exemption should not end after five years.',
    'The four members who voted no did not respond to messages left at their offices.',
  ])
  const { at } = copy
  const told = clock.day(9, '21:55')
  return {
    copy,
    slug: 'transit-levy-passes',
    desk: 'Politics',
    kind: 'SUB',
    slugline: 'LEVY-VOTE',
    urgency: 3,
    dateline: { place: 'CALDER BAY', date: clock.date(9) },
    timeZone: 'America/New_York',
    storyline: 'transit-levy',
    evolvedFrom: 'transit-levy-vote-preview',
    bylines: ['theo-marchetti'],
    providers: ['calder-courier'],
    topics: ['politics', 'economy'],
    publication: { firstPublishedAt: clock.day(9, '23:10'), publishedAt: clock.day(8, '12:30'), version: 2 },
    events: { session: { name: 'Session of the City Council', visibility: 'PUBLIC', startsAt: clock.day(9, '22:00'), place: 'City Hall, Calder Bay' } },
    documents: { register: { title: 'Register of amendments', publisher: 'Calder Bay City Council', url: 'https://city.example/council/register' } },
    records: {
      session: { kind: 'TRANSCRIPT', title: 'Session of the City Council', programme: 'Council Live', airedAt: clock.day(9, '22:00'), segments: [
        { speaker: 'Walter Adeyemi', startMs: 2_410_000, endMs: 2_419_000, text: 'I said not yet, and tonight it is yes, because the corner shop is safe.' },
        { speaker: 'June Castellano', startMs: 2_730_000, endMs: 2_735_000, text: 'What you have just seen is the end of the last bus at ten.' },
        { speaker: 'Daniel Holt', startMs: 3_020_000, endMs: 3_026_000, text: 'You will have night buses in ninety days.' },
      ] },
    },
    sources: {
      adeyemi: { kind: 'PERSON', person: 'walter-adeyemi', title: 'Council member', organization: 'calder-bay-council' },
      castellano: { kind: 'PERSON', person: 'june-castellano', title: 'Chair of the transportation committee', organization: 'calder-bay-council' },
      minch: { kind: 'PERSON', person: 'carla-minch', title: 'Director', organization: 'transit-riders-alliance' },
      holt: { kind: 'PERSON', person: 'daniel-holt', title: 'Mayor', organization: 'city-of-calder-bay' },
      register: { kind: 'DOCUMENT', document: 'register' },
      owners: { kind: 'GROUP', name: 'shop owners' },
      insider: { kind: 'ANONYMOUS', descriptor: 'a person in the negotiations', headcount: { min: 1 }, agreed: { reason: 'Asked after the fact to have said nothing.', grantedBy: 'theo-marchetti' } },
    },
    says: {
      'adeyemi-yes': { source: 'adeyemi', content: '“I said not yet, and tonight it is yes,”', by: 'council member Walter Adeyemi', cue: 'told', to: 'the chamber', occasion: 'session', groundRules: onRecord, quote: { record: 'session' } },
      'castellano-bus': { source: 'castellano', content: 'the vote “the end of the last bus at ten.”', by: 'June Castellano', cue: 'called', occasion: 'session', groundRules: onRecord, quote: { record: 'session' } },
      'minch-home': { source: 'minch', content: ['“People who clean this building at midnight,”', '“will be able to get home.”'], by: 'Carla Minch', cue: 'said', groundRules: onRecord, quote: { from: 'riders' } },
      'holt-ninety': { source: 'holt', content: 'night buses would run “in ninety days.”', by: 'Mayor Daniel Holt', cue: 'said', occasion: 'session', groundRules: onRecord, quote: { record: 'session', standing: 'CORRECTED' } },
      'register-filed': { source: 'register', content: 'The amendment was filed ... the session', by: 'the council’s register', cue: 'shows' },
      'insider-filed': {
        source: 'insider', content: 'filed twenty minutes before the session',
        groundRules: { terms: 'OFF_RECORD', history: [{ terms: 'BACKGROUND', at: told }, { terms: 'OFF_RECORD', at: clock.day(8, '09:20'), note: 'Request granted by the standards editor. The register carries the fact.' }] },
      },
      'owners-exemption': { source: 'owners', content: 'the exemption should not end after five years', by: 'Shop owners in the gallery', cue: 'said' },
    },
    statements: {
      riders: {
        issuer: 'transit-riders-alliance', spokesperson: { person: 'carla-minch' }, channel: 'PRESS_RELEASE', issuedAt: clock.day(9, '22:50'), attributions: ['minch-home'],
        texts: [{ takenAt: clock.day(9, '22:55'), text: 'Tonight the council listened. People who clean this building at midnight will be able to get home. We will be watching the timetable.' }],
      },
    },
    requestsForComment: { opponents: { organization: 'calder-bay-council', askedBy: 'theo-marchetti', attempts: [{ at: clock.day(9, '22:45'), channel: 'PHONE' }, { at: clock.day(8, '08:30'), channel: 'IN_PERSON' }], outcome: 'NO_RESPONSE', outcomeLine: at('did not respond to messages left at their offices') } },
  }
}
