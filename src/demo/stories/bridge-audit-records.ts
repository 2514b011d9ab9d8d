import type { Clock } from '../clock.js'
import type { Plan } from '../story-builder.js'

/** What the audit story rests on: documents, statements in full, and records of what was said aloud. */
export const bridgeAuditRecords = (clock: Clock): Required<Pick<Plan, 'documents' | 'records' | 'statements'>> => ({
  documents: {
    'audit-report': { title: 'Inspection requests for the Ellis Street Bridge', publisher: 'Office of the Calder Bay City Auditor', url: 'https://city.example/auditor/ellis-street-bridge.pdf', publishedAt: clock.day(6, '14:00') },
    'traffic-count': { title: 'Annual traffic count', publisher: 'Calder Bay Department of Public Works', url: 'https://city.example/works/traffic-count', publishedAt: clock.day(210, '14:00') },
  },
  records: {
    hearing: {
      kind: 'TRANSCRIPT', title: 'Transportation committee, hearing on the bridge', programme: 'Council Live', airedAt: clock.day(6, '15:00'), url: 'https://city.example/council/transcripts/bridge', segments: [
        { speaker: 'June Castellano', startMs: 0, endMs: 41_000, text: 'The committee will come to order. Ms. Raman, please tell us what your office found.' },
        { speaker: 'Priya Raman', startMs: 720_000, endMs: 741_500, text: 'Thank you. The requests were received, stamped and filed, and no one was made responsible for answering them, which is why no inspection was ever put on the calendar.' },
        { speaker: 'June Castellano', startMs: 3_480_000, endMs: 3_502_000, text: 'Members should expect a bill from me next month that writes the inspection schedule into law.' },
      ],
    },
    lindqvist: {
      kind: 'RECORDING', title: 'Interview with Tomas Lindqvist', airedAt: clock.day(6, '18:20'), segments: [
        { speaker: 'Tomas Lindqvist', startMs: 95_000, endMs: 104_200, text: 'Rust of that depth takes years to form, and it is visible from a ladder.' },
      ],
    },
  },
  statements: {
    'audit-release': {
      issuer: 'calder-bay-auditor', spokesperson: { person: 'priya-raman' }, channel: 'PRESS_RELEASE', issuedAt: clock.day(6, '14:00'), url: 'https://city.example/auditor/news/bridge', release: 'FULL', attributions: ['raman-headline', 'raman-summary', 'raman-report'],
      texts: [{ takenAt: clock.day(6, '14:05'), text: 'City Auditor Priya Raman today released a report on the Ellis Street Bridge. Two requests for an inspection reached the Department of Public Works. The department filed the warnings and forgot them: neither inspection was ever scheduled.' }],
    },
    'works-response': {
      issuer: 'public-works', spokesperson: { person: 'maria-okafor' }, channel: 'WRITTEN_STATEMENT', issuedAt: clock.day(6, '16:30'), url: 'https://city.example/works/news/audit-response', release: 'FULL', attributions: ['public-works-summary', 'okafor-accepts', 'okafor-sorry'],
      texts: [{ takenAt: clock.day(6, '16:40'), text: 'The department accepts all nine recommendations of the City Auditor. We should have looked when we were asked to look, and we are sorry, without any qualification. Inspections of the bearings will begin at once. Maria Okafor, Acting Public Works Director' }],
    },
    'firm-response': {
      issuer: 'keel-and-ostrow', spokesperson: { person: 'ellen-ostrow' }, channel: 'EMAIL', issuedAt: clock.day(6, '17:05'), url: 'https://keelostrow.example/statements/audit', release: 'FULL', attributions: ['ostrow-inspectors', 'ostrow-letters'],
      texts: [{ takenAt: clock.day(6, '17:10'), text: 'Two of our reports were late in a year in which we lost three of our inspectors. We told the city at the time, and we have the letters, which the auditor has now received. Ellen Ostrow, Managing Partner' }],
    },
    'mayor-response': {
      issuer: 'city-of-calder-bay', spokesperson: { person: 'daniel-holt' }, channel: 'WRITTEN_STATEMENT', issuedAt: clock.day(6, '17:40'), url: 'https://city.example/mayor/statements/bridge', release: 'FULL', attributions: ['holt-reserve'],
      texts: [{ takenAt: clock.day(6, '17:45'), text: 'The repairs will be paid for from the reserve fund of the city, so that no other project has to wait. Daniel Holt, Mayor' }],
    },
  },
})
