import { describe, expect, it } from 'vitest'
import { checkDocument, checkWithVault, rules, type OpenedVault } from '../../../src/checks/index.js'
import { marked as m, type Beside } from '../support/marked.js'
import { table } from '../support/table.js'

const entry = (source: string) => ({ story: 'example', source })
const people = (...lists: readonly (readonly string[])[]): OpenedVault => ({ records: lists.map((sources, at) => ({ person: `p${at}`, entries: sources.map(entry) })) })
const pool = (candidates: number, k?: string): Beside => ({ vault: { records: [], candidatePools: [{ ...entry('x'), candidates, ...(k !== undefined && { because: k }) }] } })

table('plural-with-single-source', {
  flagged: [
    [m('{The fleet is sold}, <s.x:people at the yard> ^said^.', { vault: people(['x']) }), 'people at the yard'],
    m('<s.x:Officials> ^said^ {the dam was safe}.', { vault: people(['x']) }),
    m('{The fleet is sold}, <s.x:two bankers> ^said^.', { vault: people(['x']) }),
  ],
  fine: [
    m('{The fleet is sold}, <s.x:people at the yard> ^said^.', { vault: people(['x'], ['x']) }),
    m('{The fleet is sold}, <s.x:a banker> ^said^.', { vault: people(['x']) }),
    m('{The fleet is sold}, <s.x:people at the yard> ^said^.', { vault: people() }),
  ],
})

table('over-identifying-descriptor', {
  flagged: [
    m('{The vote was rigged}, ^said^ <s.x:one of the six who counted>.', pool(2, 'four have denied it')),
    m('{The vote was rigged}, <s.x:the only woman on the board> ^said^.', pool(1)),
    m('{The vote was rigged}, <s.x:a former deputy> ^said^.', pool(4)),
  ],
  fine: [
    m('{The vote was rigged}, <s.x:a party member> ^said^.', pool(4_000)),
    m('{The vote was rigged}, <s.x:a clerk> ^said^.', pool(5)),
    m('{The vote was rigged}, <s.x:a clerk> ^said^.', { vault: { records: [] } }),
  ],
})

const terms = (of: string, vault: OpenedVault = { records: [] }): Beside => ({ vault, says: { a1: { groundRules: { terms: of, history: [] } } } })
table('ground-rules-violated', {
  flagged: [
    m('{The fleet is sold}, <s.x:a banker> ^said^.', terms('OFF_RECORD')),
    m('{The fleet is sold}, <s.x:a banker> ^said^.', terms('DEEP_BACKGROUND')),
    m('{The fleet is sold}, <p.quill:Ada Quill> ^said^.', terms('BACKGROUND')),
    m('{The fleet is sold}, <s.x:a banker> ^said^.', terms('BACKGROUND', { records: [{ person: 'p', entries: [entry('x')], terms: [{ ...entry('x'), terms: 'OFF_RECORD' }] }] })),
  ],
  fine: [
    m('{The fleet is sold}, <s.x:a banker> ^said^.', terms('BACKGROUND')),
    m('{The fleet is sold}, <p.quill:Ada Quill> ^said^.', terms('ON_RECORD')),
    m('{The fleet is sold} as of today.', terms('DEEP_BACKGROUND')),
  ],
})

const declined = { requests: [{ organization: 'bank', outcome: 'DECLINED' as const, line: 'The Bank declined to comment' }], organizations: { bank: { name: 'The Bank' } } }
table('quoted-and-declined', {
  flagged: [
    m('{The fleet is sold}, <s.x:a banker> ^said^. || The Bank declined to comment.', { ...declined, vault: { records: [{ person: 'p', entries: [entry('x')], declined: [{ story: 'example', request: 'r1' }] }] } }),
    m('{The fleet is sold}, <s.x:a banker> ^said^. || {I know nothing}, <p.quill:Ada Quill> ^said^.', { vault: { records: [{ person: 'p', entries: [entry('x')], namedAs: [entry('quill')] }] } }),
    m('<s.x:One of the lawyers> ^said^ {the fleet is sold}. || {No comment}, <p.quill:Ada Quill> ^said^.', { vault: { records: [{ person: 'p', entries: [entry('x')], namedAs: [entry('quill')] }] } }),
  ],
  fine: [
    m('{The fleet is sold}, <s.x:a banker> ^said^. || The Bank declined to comment.', { ...declined, vault: people(['x']) }),
    m('{The fleet is sold}, <s.x:a banker> ^said^. || {I know nothing}, <p.quill:Ada Quill> ^said^.', { vault: people(['x']) }),
    m('{The fleet is sold}, <s.x:a banker> ^said^.', { vault: { records: [{ person: 'p', entries: [entry('x')], namedAs: [{ story: 'another', source: 'quill' }] }] } }),
  ],
})

describe('rules of the vault side', () => {
  const text = '{The fleet is sold}, <s.x:people at the yard> ^said^.'
  const { document } = m(text, terms('OFF_RECORD'))
  const vaultRules = rules.list().filter((rule) => rule.side === 'vault').map((rule) => rule.id)
  it('find nothing where no records are open, whatever the document holds', () => {
    expect(checkDocument(document).filter((finding) => vaultRules.includes(finding.rule))).toEqual([])
  })
  it('name no person of the records', () => {
    const findings = checkWithVault([document], { records: [{ person: 'CANARY', entries: [entry('x')] }] })[0]!.findings
    expect(findings.map((finding) => finding.rule)).toContain('plural-with-single-source')
    expect(JSON.stringify(findings)).not.toContain('CANARY')
  })
})
