import type { StoryDocumentInput } from '../../src/document/index.js'

const range = (text: string, words: string, paragraph: number) => {
  const start = text.indexOf(words)
  if (start < 0) throw new Error(`"${words}" is not in "${text}"`)
  return { paragraph, start, end: start + words.length }
}

/**
 * A small story in which everything occurs: a named speaker, an anonymous source, a statement with an excerpt, a request for comment, a
 * credit, a document, an outlet, a group. `n` sets it apart; change what a test is about.
 */
export function story(n: number | string, change: Partial<StoryDocumentInput> = {}): StoryDocumentInput {
  const headline = `Harbor plan ${n} moves ahead`
  const named = `“We will build berth ${n},” port director Ada Quill said at a hearing.`
  const unnamed = 'Two officials briefed on the plan said that the money is there, because they may not speak for the port.'
  const they = 'They told the Tidewater Post that work begins in spring.'
  const official = 'The port authority said in a statement: “The plan is sound.” The mayor declined to comment.'
  const others = 'The Bay Ledger first reported the cost, an audit put it at a billion, and critics called it folly.'
  return {
    onrecord: 1, slug: `harbor-plan-${n}`, desk: 'Metro', language: 'en', urgency: 4, dateline: { place: 'Tidewater', date: '2026-03-01' }, timeZone: 'America/New_York', storyline: 'harbor',
    bylines: [{ journalist: 'sam-reyes' }], providers: ['tidewater-post'], topics: [{ code: 'medtop:04000000', name: 'economy, business and finance' }],
    publication: { firstPublishedAt: '2026-03-01T12:00:00Z' },
    paragraphs: [{ role: 'HEADLINE', text: headline }, { text: named }, { text: unnamed }, { text: they }, { text: official }, { text: others }, { role: 'CAPTION', text: 'The harbor at dusk.' }],
    people: [{ key: 'ada-quill', name: 'Ada Quill', affiliations: [{ organization: 'port', title: 'director' }] }, { key: 'mayor-lund', name: 'Ib Lund' }],
    organizations: [{ key: 'port', name: 'Port Authority', aliases: ['the port'] }],
    outlets: [{ key: 'tidewater-post', name: 'Tidewater Post' }, { key: 'bay-ledger', name: 'Bay Ledger' }],
    journalists: [{ key: 'sam-reyes', name: 'Sam Reyes' }, { key: 'editor-vo', name: 'Linh Vo' }],
    events: [{ key: 'hearing', name: 'Harbor hearing', visibility: 'PUBLIC', startsAt: '2026-03-01T10:00:00Z' }, { key: 'briefing', name: 'Closed briefing', visibility: 'PRIVATE' }],
    documents: [{ key: 'audit', title: 'Audit of the harbor plan' }],
    records: [{ key: 'tape', kind: 'RECORDING', segments: [{ startMs: 0, endMs: 900, speaker: 'Quill', text: 'Vi vil bygge' }] }],
    media: [{ key: 'photo', kind: 'PICTURE', uri: 'https://example.org/harbor.jpg', caption: 6, credit: 'R. Oak' }],
    sources: [
      { key: 'quill', kind: 'PERSON', person: 'ada-quill', title: 'port director', organization: 'port' },
      {
        key: 'officials', kind: 'ANONYMOUS', descriptor: 'two officials briefed on the plan', descriptorRange: range(unnamed, 'Two officials briefed on the plan', 2),
        headcount: { min: 2, exact: 2, range: range(unnamed, 'Two', 2) }, basis: { text: 'briefed on the plan', range: range(unnamed, 'briefed on the plan', 2) },
        reason: { text: 'not allowed to speak for the port', range: range(unnamed, 'they may not speak for the port', 2) },
        agreed: { reason: 'CANARY-AGREED-REASON', grantedBy: 'sam-reyes', approvals: [{ use: 'CANARY-APPROVED-USE', approvedBy: 'editor-vo', at: '2026-02-28T10:00:00Z', knowsIdentity: true }] },
      },
      { key: 'authority', kind: 'ORGANIZATION', organization: 'port' },
      { key: 'ledger', kind: 'OUTLET', outlet: 'bay-ledger' }, { key: 'paper', kind: 'DOCUMENT', document: 'audit' }, { key: 'critics', kind: 'GROUP', name: 'critics' },
    ],
    attributions: [
      { key: 'a1', source: 'quill', speech: 'DIRECT', content: [range(named, `“We will build berth ${n},”`, 1)], cue: range(named, 'said', 1), mention: range(named, 'port director Ada Quill', 1), mentionForm: 'NAME', saidAt: { earliest: '2026-03-01T10:05:00Z' }, occasion: 'hearing', groundRules: { terms: 'ON_RECORD', history: [{ terms: 'ON_RECORD', at: '2026-03-01T10:00:00Z' }] } },
      { key: 'a2', source: 'officials', speech: 'INDIRECT', content: [range(unnamed, 'the money is there', 2)], cue: range(unnamed, 'said', 2), mention: range(unnamed, 'Two officials briefed on the plan', 2), mentionForm: 'DESCRIPTION', saidAt: { earliest: '2026-02-27T10:05:00Z' }, groundRules: { terms: 'BACKGROUND', history: [] } },
      { key: 'a3', source: 'officials', speech: 'INDIRECT', content: [range(they, 'work begins in spring', 3)], cue: range(they, 'told', 3), mention: range(they, 'They', 3), mentionForm: 'PRONOUN', addressee: range(they, 'the Tidewater Post', 3), toldTo: ['tidewater-post'], antecedent: 'a2' },
      { key: 'a4', source: 'authority', speech: 'DIRECT', content: [range(official, '“The plan is sound.”', 4)], cue: range(official, 'said in a statement', 4), mention: range(official, 'The port authority', 4) },
      { key: 'a5', source: 'ledger', speech: 'INDIRECT', content: [range(others, 'the cost', 5)], cue: range(others, 'reported', 5), mention: range(others, 'The Bay Ledger', 5) },
      { key: 'a6', source: 'paper', speech: 'INDIRECT', content: [range(others, 'put it at a billion', 5)], mention: range(others, 'an audit', 5) },
      { key: 'a7', source: 'critics', speech: 'INDIRECT', content: [range(others, 'called it folly', 5)], mention: range(others, 'critics', 5) },
      { key: 'a8', source: 'quill', speech: 'INDIRECT', content: [range(others, 'folly', 5)], parent: 'a7', groundRules: { terms: 'OFF_RECORD', history: [] } },
    ],
    quotes: [
      { key: 'q1', attribution: 'a1', ranges: [range(named, `We will build berth ${n}`, 1)], record: { record: 'tape', segment: 0 }, translation: { original: 'Vi vil bygge', language: 'da' } },
      { key: 'q2', attribution: 'a4', ranges: [range(official, 'The plan is sound', 4)], excerptOf: { statement: 't1', start: 0, end: 17 } },
    ],
    statements: [{ key: 't1', issuer: 'port', channel: 'WRITTEN_STATEMENT', issuedAt: '2026-03-01T09:00:00Z', release: 'FULL', texts: [{ takenAt: '2026-03-01T09:30:00Z', text: `The plan is sound. It is number ${n}.` }], attributions: ['a4'], spokesperson: { descriptor: 'a spokesperson' } }],
    requestsForComment: [{ key: 'r1', person: 'mayor-lund', askedBy: 'sam-reyes', outcome: 'DECLINED', outcomeLine: range(official, 'The mayor declined to comment', 4), attempts: [{ at: '2026-02-28T10:00:00Z', channel: 'PHONE', note: 'CANARY-ATTEMPT' }] }],
    outletCredits: [{ key: 'c1', outlet: 'bay-ledger', mention: range(others, 'The Bay Ledger', 5), content: [range(others, 'the cost', 5)], attribution: 'a5' }],
    claims: [{ key: 'k1', text: 'CANARY-CLAIM', kind: 'FACT', occurrences: [{ range: range(unnamed, 'the money is there', 2), attribution: 'a2' }], target: { organization: 'port' }, event: 'briefing' }],
    editorsNote: 'CANARY-EDITORS-NOTE', slugline: 'CANARY-SLUGLINE',
    ...change,
  }
}
