import { caption, headline, summary, write } from '../copy.js'
import type { DemoStory } from '../story-builder.js'
import { onRecord } from '../terms.js'
import { bridgeAuditRecords } from './bridge-audit-records.js'

/** The third bridge story, well sourced in every respect: named speakers, records, documents, answers. A checker finds nothing in it. */
export const bridgeAudit: DemoStory = ({ clock }) => {
  const hearingDay = clock.weekday(6)
  const copy = write([
    headline('Public Works filed bridge warnings and forgot them, city auditor says'),
    summary('City Auditor Priya Raman says two requested inspections were never scheduled; Public Works says it accepts all nine recommendations.'),
    `The Calder Bay Department of Public Works never scheduled two requested inspections of the Ellis Street Bridge, City Auditor Priya Raman said in a report released ${hearingDay}.`,
    `“The requests were received, stamped and filed, and no one was made responsible for answering them,” Raman told the City Council’s transportation committee at a hearing on ${hearingDay}.`,
    'The report says the department lost track of the two requests when it changed its maintenance software. The report recommends an inspection of the bridge’s bearings every six months.',
    'Acting Public Works Director Maria Okafor said in a written statement that the department accepts all nine recommendations. “We should have looked when we were asked to look, and we are sorry,” Okafor said.',
    'Tomas Lindqvist, a professor of structural engineering at Whitmore University who reviewed the report for the committee, told The Calder Courier: “Rust of that depth takes years to form, and it is visible from a ladder.”',
    `Council member June Castellano, who leads the committee, said at ${hearingDay}’s hearing that a bill to write the inspection schedule into law would be introduced next month.`,
    'Keel & Ostrow Engineering, which inspected the bridge under contract until two years ago, delivered two of its reports late, the auditor’s report says.',
    'Ellen Ostrow, the firm’s managing partner, said in an email that the two reports were late because the firm had lost three inspectors that year. “We told the city at the time, and we have the letters,” Ostrow said.',
    'The report puts the cost of repairs at $14.2 million. Mayor Daniel Holt said in a written statement that the city would pay for the repairs from its reserve fund.',
    'The bridge carried about 40,000 vehicles a day before it was closed, according to the department’s annual traffic count.',
    caption(`City Auditor Priya Raman presents her report to the transportation committee on ${hearingDay}.`),
  ])
  const { at } = copy
  return {
    copy,
    ...bridgeAuditRecords(clock),
    slug: 'ellis-street-bridge-audit',
    desk: 'Metro',
    slugline: 'BRIDGE-AUDIT',
    urgency: 3,
    dateline: { place: 'CALDER BAY', date: clock.date(6) },
    timeZone: 'America/New_York',
    storyline: 'ellis-street-bridge',
    evolvedFrom: 'ellis-street-bridge-warnings',
    bylines: ['sam-whitfield', 'nadia-brooks'],
    providers: ['calder-courier'],
    topics: ['politics', 'disaster'],
    publication: { firstPublishedAt: clock.day(6, '20:30') },
    events: { hearing: { name: 'Hearing of the transportation committee on the bridge', visibility: 'PUBLIC', startsAt: clock.day(6, '15:00'), place: 'City Hall, Calder Bay', range: at(`at a hearing on ${hearingDay}`) } },
    media: { raman: { kind: 'PICTURE', uri: 'https://courier.example/media/auditor-hearing.jpg', caption: at('City Auditor Priya Raman presents').paragraph, credit: 'The Calder Courier', rights: '© The Calder Courier' } },
    sources: {
      raman: { kind: 'PERSON', person: 'priya-raman', title: 'City Auditor', organization: 'calder-bay-auditor' },
      report: { kind: 'DOCUMENT', document: 'audit-report' },
      'public-works': { kind: 'ORGANIZATION', organization: 'public-works' },
      okafor: { kind: 'PERSON', person: 'maria-okafor', title: 'Acting Public Works Director', organization: 'public-works' },
      lindqvist: { kind: 'PERSON', person: 'tomas-lindqvist', title: 'Professor of structural engineering', organization: 'whitmore-university' },
      castellano: { kind: 'PERSON', person: 'june-castellano', title: 'Council member', organization: 'calder-bay-council' },
      ostrow: { kind: 'PERSON', person: 'ellen-ostrow', title: 'Managing partner', organization: 'keel-and-ostrow' },
      holt: { kind: 'PERSON', person: 'daniel-holt', title: 'Mayor', organization: 'city-of-calder-bay' },
      'traffic-count': { kind: 'DOCUMENT', document: 'traffic-count' },
    },
    says: {
      'raman-headline': { source: 'raman', content: 'Public Works filed bridge warnings and forgot them', by: 'city auditor', cue: 'says', groundRules: onRecord },
      'raman-summary': { source: 'raman', content: 'two requested inspections were never scheduled', by: 'City Auditor Priya Raman', cue: 'Raman [says]', groundRules: onRecord },
      'public-works-summary': { source: 'public-works', content: 'it accepts all nine recommendations', by: 'Public Works', cue: 'Works [says]', groundRules: onRecord },
      'raman-report': { source: 'raman', content: 'The Calder Bay Department of Public Works never ... Ellis Street Bridge', by: 'City Auditor Priya Raman', cue: 'said', saidAt: { earliest: clock.day(6, '14:00') }, groundRules: onRecord },
      'raman-filed': { source: 'raman', content: '“The requests were received ... answering them,”', by: 'Raman', cue: 'told', to: 'the City Council’s transportation committee', antecedent: 'raman-report', occasion: 'hearing', saidAt: { earliest: clock.day(6, '15:12') }, groundRules: onRecord, quote: { record: 'hearing' } },
      'report-software': { source: 'report', content: 'the department lost track ... maintenance software', by: '[The report] says', cue: 'says' },
      'report-bearings': { source: 'report', content: 'an inspection of the bridge’s bearings every six months', by: '[The report] recommends', cue: 'recommends', antecedent: 'report-software' },
      'okafor-accepts': { source: 'okafor', content: 'the department accepts all nine recommendations', by: 'Acting Public Works Director Maria Okafor', cue: 'Maria Okafor [said]', saidAt: { earliest: clock.day(6, '16:30') }, groundRules: onRecord },
      'okafor-sorry': { source: 'okafor', content: '“We should have looked ... we are sorry,”', by: '” [Okafor]', cue: '” Okafor [said]', antecedent: 'okafor-accepts', saidAt: { earliest: clock.day(6, '16:30') }, groundRules: onRecord, quote: { from: 'works-response' } },
      'lindqvist-rust': { source: 'lindqvist', content: '“Rust of that depth ... from a ladder.”', by: 'Tomas Lindqvist', cue: 'told', to: 'The Calder Courier', toldTo: ['calder-courier'], saidAt: { earliest: clock.day(6, '18:20') }, groundRules: onRecord, quote: { record: 'lindqvist' } },
      'castellano-bill': { source: 'castellano', content: 'a bill to write ... next month', by: 'Council member June Castellano', cue: 'said', occasion: 'hearing', saidAt: { earliest: clock.day(6, '15:58') }, groundRules: onRecord },
      'report-late': { source: 'report', content: 'Keel & Ostrow Engineering, which ... reports late', by: 'the auditor’s report', cue: 'says' },
      'ostrow-inspectors': { source: 'ostrow', content: 'the two reports were late ... that year', by: 'Ellen Ostrow', cue: 'partner, [said]', saidAt: { earliest: clock.day(6, '17:05') }, groundRules: onRecord },
      'ostrow-letters': { source: 'ostrow', content: '“We told the city ... the letters,”', by: '” [Ostrow]', cue: '” Ostrow [said]', antecedent: 'ostrow-inspectors', saidAt: { earliest: clock.day(6, '17:05') }, groundRules: onRecord, quote: { from: 'firm-response' } },
      'report-cost': { source: 'report', content: 'the cost of repairs at $14.2 million', by: 'The report', cue: 'puts' },
      'holt-reserve': { source: 'holt', content: 'the city would pay ... reserve fund', by: 'Mayor Daniel Holt', cue: 'said', saidAt: { earliest: clock.day(6, '17:40') }, groundRules: onRecord },
      'count-vehicles': { source: 'traffic-count', content: 'The bridge carried about 40,000 vehicles a day before it was closed', by: 'the department’s annual traffic count', cue: 'according to' },
    },
    requestsForComment: {
      'public-works': { person: 'maria-okafor', organization: 'public-works', askedBy: 'nadia-brooks', attempts: [{ at: clock.day(6, '14:20'), channel: 'EMAIL' }], deadline: clock.day(6, '19:00'), outcome: 'ANSWERED', outcomeLine: at('Acting Public Works Director Maria Okafor said in a written statement'), answeredBy: { statement: 'works-response', attribution: 'okafor-accepts' } },
      'keel-and-ostrow': { person: 'ellen-ostrow', organization: 'keel-and-ostrow', askedBy: 'nadia-brooks', attempts: [{ at: clock.day(6, '14:25'), channel: 'EMAIL' }, { at: clock.day(6, '14:40'), channel: 'PHONE' }], deadline: clock.day(6, '19:00'), outcome: 'ANSWERED', outcomeLine: at('Ellen Ostrow ... said in an email'), answeredBy: { statement: 'firm-response', attribution: 'ostrow-inspectors' } },
      mayor: { person: 'daniel-holt', organization: 'city-of-calder-bay', askedBy: 'sam-whitfield', attempts: [{ at: clock.day(6, '14:30'), channel: 'EMAIL' }], deadline: clock.day(6, '19:00'), outcome: 'ANSWERED', outcomeLine: at('Mayor Daniel Holt said in a written statement'), answeredBy: { statement: 'mayor-response', attribution: 'holt-reserve' } },
    },
    claims: {
      'never-scheduled': { text: 'Two requested inspections were never scheduled.', kind: 'FACT', target: { organization: 'public-works' }, holder: { person: 'priya-raman' }, documents: ['audit-report'], occurrences: ['raman-summary', 'raman-report'] },
      'filed-away': { text: 'The department filed the requests and made no one responsible.', kind: 'FACT', disparages: true, target: { organization: 'public-works' }, holder: { person: 'priya-raman' }, documents: ['audit-report'], occurrences: ['raman-headline', 'raman-filed'] },
      software: { text: 'The requests were lost in a change of software.', kind: 'FACT', target: { organization: 'public-works' }, documents: ['audit-report'], occurrences: ['report-software'] },
      bearings: { text: 'The bearings should be inspected every six months.', kind: 'OPINION', documents: ['audit-report'], occurrences: ['report-bearings'] },
      accepted: { text: 'The department accepts all nine recommendations.', kind: 'FACT', holder: { organization: 'public-works' }, occurrences: ['public-works-summary', 'okafor-accepts'] },
      regret: { text: 'The department should have looked and is sorry.', kind: 'OPINION', holder: { person: 'maria-okafor' }, occurrences: ['okafor-sorry'] },
      visible: { text: 'Rust of that depth was visible for years.', kind: 'OPINION', holder: { person: 'tomas-lindqvist' }, occurrences: ['lindqvist-rust'] },
      bill: { text: 'A bill on the inspection schedule comes next month.', kind: 'FACT', holder: { person: 'june-castellano' }, event: 'hearing', occurrences: ['castellano-bill'] },
      late: { text: 'Keel & Ostrow delivered two reports late.', kind: 'FACT', disparages: true, target: { organization: 'keel-and-ostrow' }, documents: ['audit-report'], occurrences: ['report-late', 'ostrow-inspectors'] },
      letters: { text: 'The firm told the city of the delay.', kind: 'FACT', holder: { person: 'ellen-ostrow' }, target: { organization: 'city-of-calder-bay' }, occurrences: ['ostrow-letters'] },
      cost: { text: 'Repairs cost $14.2 million.', kind: 'FACT', documents: ['audit-report'], occurrences: ['report-cost'] },
      reserve: { text: 'The city pays from its reserve fund.', kind: 'FACT', holder: { person: 'daniel-holt' }, occurrences: ['holt-reserve'] },
      vehicles: { text: 'The bridge carried about 40,000 vehicles a day.', kind: 'BACKGROUND', documents: ['traffic-count'], occurrences: ['count-vehicles'] },
    },
  }
}
