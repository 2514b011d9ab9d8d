import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publicForm, storyDocumentOf, type StoryDocumentInput } from '../../src/document/index.js'
import { TestNewsroom } from '../support/newsroom.js'

const TEXT = [
  'Bridges are safe, builder says', '“We build safe bridges,” a company official said on Tuesday, asking not to be named.', '“Ours are the best in town,” the company said in a statement.',
  'The official works for a city agency, and told reporters so.', 'The board did not respond. Ms. May may answer later; the Bridge  Board of Works will not.',
]
const at = (paragraph: number, words: string) => {
  const start = TEXT[paragraph]!.indexOf(words)
  if (start < 0) throw new Error(`"${words}" is not in "${TEXT[paragraph]!}"`)
  return { paragraph, start, end: start + words.length }
}
type Part<K extends 'sources' | 'attributions' | 'statements'> = Partial<NonNullable<StoryDocumentInput[K]>[number]>
interface Change { readonly source?: object; readonly attribution?: Part<'attributions'>; readonly statement?: Part<'statements'> }

/** A story with an official that it does not name, whose words stand in a statement that somebody signed. */
function bridges(slug: string, { source, attribution, statement }: Change = {}, change: Partial<StoryDocumentInput> = {}): StoryDocumentInput {
  return {
    onrecord: 1, slug, desk: 'Metro', timeZone: 'America/New_York', publication: { firstPublishedAt: '2026-11-25T12:00:00Z' }, paragraphs: TEXT.map((text, index) => ({ role: index === 0 ? 'HEADLINE' as const : 'BODY' as const, text })),
    people: [{ key: 'named-voice', name: 'Named Voice' }, { key: 'ann-may', name: 'Ann May' }], outlets: [{ key: 'rival', name: 'Rival Paper' }],
    organizations: [{ key: 'builder', name: 'Builder Inc.' }, { key: 'secret-bureau', name: 'Bureau of Secrets', aliases: ['agency of secrets'] }, { key: 'works', name: 'Bridge Board of Works', aliases: ['Works Board'] }],
    sources: [
      { key: 'official', kind: 'ANONYMOUS', descriptor: 'a company official', descriptorRange: at(1, 'a company official'), headcount: { min: 1 }, ...source },
      { key: 'company', kind: 'ORGANIZATION', organization: 'builder' },
    ],
    attributions: [
      { key: 'a1', source: 'official', speech: 'DIRECT', content: [at(1, '“We build safe bridges,”')], cue: at(1, 'said'), mention: at(1, 'a company official'), mentionForm: 'DESCRIPTION', ...attribution },
      { key: 'a2', source: 'company', speech: 'DIRECT', content: [at(2, '“Ours are the best in town,”')], cue: at(2, 'said in a statement'), mention: at(2, 'the company') },
    ],
    quotes: [{ key: 'q1', attribution: 'a1', ranges: [at(1, 'We build safe bridges')], excerptOf: { statement: 't1', start: 0, end: 21 } }],
    statements: [{ key: 't1', issuer: 'builder', channel: 'EMAIL', spokesperson: { person: 'named-voice' }, texts: [{ takenAt: '2026-11-24T12:00:00Z', text: 'We build safe bridges. Ours are the best in town.' }], attributions: ['a1'], ...statement }],
    ...change,
  } as StoryDocumentInput
}
const formOf = (change: Change, more: Partial<StoryDocumentInput> = {}) => publicForm(storyDocumentOf(bridges('bridges', change, more)))

describe('the public form of a source that the story does not name', () => {
  it('leads to no statement that names who put it out, neither by a quote nor by an attribution', () => {
    const form = formOf({})
    expect([form.statements, form.people, form.quotes.map(({ excerptOf }) => excerptOf)]).toEqual([[], [], [undefined]])
    // Somebody else who said so keeps it.
    const shared = formOf({ statement: { attributions: ['a1', 'a2'] } })
    expect(shared.statements.map(({ attributions }) => attributions)).toEqual([['a2']])
    expect(shared.quotes[0]).not.toHaveProperty('excerptOf')
  })

  it('leads to a statement without a named person', () => {
    const form = formOf({ statement: { spokesperson: { descriptor: 'a company official' } } })
    expect([form.statements.map(({ attributions }) => attributions), form.quotes[0]!.excerptOf]).toEqual([[['a1']], { statement: 't1', start: 0, end: 1, exact: 'We build safe bridges' }])
  })

  const organizationOf = (range: object, organization: string, organizations?: StoryDocumentInput['organizations']) => {
    const [source] = formOf({ source: { affiliation: { text: 'the agency', range, organization } } }, organizations && { organizations: [{ key: 'builder', name: 'Builder Inc.' }, ...organizations] }).sources
    return source?.kind === 'ANONYMOUS' ? source.affiliation?.organization : null
  }
  it.each([
    ['which body it belongs to', at(3, 'a city agency'), 'secret-bureau', undefined, undefined],
    ['a body whose name is only part of a word', at(3, 'city agency'), 'gen', [{ key: 'gen', name: 'gen' }], undefined],
    ['the body that the words name', at(4, 'the Bridge  Board of Works'), 'works', undefined, 'works'],
    ['the body that the words name otherwise, in any letters', at(3, 'a city agency'), 'town', [{ key: 'town', name: 'The Town', aliases: ['City'] }], 'town'],
    ['a body with characters that patterns know', at(4, 'Bridge'), 'odd', [{ key: 'odd', name: 'B[r]idge (*)' }], undefined],
  ])('says %s only as far as the words do', (_, range, key, organizations, public_) => {
    expect(organizationOf(range, key, organizations)).toBe(public_)
  })

  it.each([
    ['of the story\'s zone', 'America/New_York', { earliest: '2026-11-24T16:32:07Z' }, '2026-11-24T05:00:00.000Z', '2026-11-25T04:59:59.999Z'],
    ['in UTC without one', undefined, { earliest: '2026-11-24T16:32:07Z' }, '2026-11-24T00:00:00.000Z', '2026-11-24T23:59:59.999Z'],
    ['of 25 hours', 'America/New_York', { earliest: '2026-11-01T05:30:00Z' }, '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'],
    ['that begins at one o\'clock', 'America/Sao_Paulo', { earliest: '2018-11-04T12:00:00Z' }, '2018-11-04T03:00:00.000Z', '2018-11-05T01:59:59.999Z'],
    ['and the next, of a span', 'America/New_York', { earliest: '2026-03-08T12:00:00Z', latest: '2026-03-09T12:00:00-04:00' }, '2026-03-08T05:00:00.000Z', '2026-03-10T03:59:59.999Z'],
    ['as far as there are instants', 'America/New_York', { earliest: '0001-01-01T00:00:00Z', latest: '9999-12-31T23:00:00Z' }, '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ])('tells the whole day %s when it spoke', (_, timeZone, said, earliest, latest) => {
    const form = formOf({ attribution: { saidAt: { ...said, range: at(1, 'on Tuesday') } } }, { timeZone })
    expect(form.attributions[0]!.saidAt).toMatchObject({ earliest, latest })
    expect(formOf({ attribution: { saidAt: said } }).attributions[0]).not.toHaveProperty('saidAt')
  })

  it('tells whom it spoke to only where the words tell that there was somebody', () => {
    expect(formOf({ attribution: { toldTo: ['rival'] } })).toMatchObject({ outlets: [], attributions: [{ toldTo: [] }, {}] })
    expect(formOf({ attribution: { toldTo: ['rival'], addressee: at(3, 'reporters') } })).toMatchObject({ outlets: [{ key: 'rival' }], attributions: [{ toldTo: ['rival'] }, {}] })
  })
})

describe('the public form of a request for comment', () => {
  it.each([
    ['nobody that its line does not name', { person: 'named-voice', organization: 'secret-bureau' }, 'The board did not respond', undefined, undefined],
    ['nobody by a word that is no name there', { person: 'ann-may' }, 'may answer later', undefined, undefined],
    ['a person by surname', { person: 'ann-may' }, 'Ms. May may answer later', 'ann-may', undefined],
    ['a body by its name', { person: 'named-voice', organization: 'works' }, 'the Bridge  Board of Works will not', undefined, 'works'],
  ])('names %s', (_, asked, line, person, organization) => {
    const form = formOf({}, { requestsForComment: [{ key: 'r1', ...asked, outcome: 'NO_RESPONSE', outcomeLine: at(4, line) }] })
    const [request] = form.requestsForComment
    expect([request!.person, request!.organization, request!.outcomeLine!.exact]).toEqual([person, organization, line])
    expect(form.people.map(({ key }) => key)).toEqual(person ? [person] : [])
  })
})

describe('readers', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(
      bridges('bridges', { source: { affiliation: { text: 'the bureau', range: at(3, 'a city agency'), organization: 'secret-bureau' } }, attribution: { saidAt: { earliest: '2026-11-24T16:32:07Z', range: at(1, 'on Tuesday') }, toldTo: ['rival'] }, statement: { lineage: '7d1c8c53-5f0b-4b57-9a3e-0b6f3a1d2c4e' } },
        { requestsForComment: [{ key: 'r1', person: 'ann-may', outcome: 'NO_RESPONSE', outcomeLine: at(4, 'The board did not respond') }] }),
      // The statement itself is public through somebody who signed it.
      bridges('signed', { source: { key: 'gone' }, statement: { attributions: ['a2'], lineage: '7d1c8c53-5f0b-4b57-9a3e-0b6f3a1d2c4e' } }, {
        sources: [{ key: 'company', kind: 'ORGANIZATION', organization: 'builder' }], quotes: [],
        attributions: [{ key: 'a2', source: 'company', speech: 'DIRECT', content: [at(2, '“Ours are the best in town,”')], cue: at(2, 'said in a statement'), mention: at(2, 'the company') }],
      }),
    )
    newsroom.now = new Date('2026-11-26T12:00:00Z')
  })
  afterAll(() => newsroom.close())

  it('are led from an unnamed official to nobody\'s name, body, minute or paper', async () => {
    const { data } = await newsroom.read(`{ story(slug: "bridges") { anonymousAttributions { descriptor saidAt toldTo { name } officialStatement { id } quotes { excerpt { statement { id } } } anonymousSource { affiliation { text } organization { name } } } requestsForComment { person { name } outcomeLine { exact } } officialStatements { id } } }`)
    expect(data!['story']).toEqual({
      anonymousAttributions: [{ descriptor: 'a company official', saidAt: '2026-11-24T05:00:00.000Z', toldTo: [], officialStatement: null, quotes: [{ excerpt: null }], anonymousSource: { affiliation: { text: 'a city agency' }, organization: null } }],
      requestsForComment: [{ person: null, outcomeLine: { exact: 'The board did not respond' } }], officialStatements: [],
    })
  })

  it('find the official in no list by them', async () => {
    const { data, errors } = await newsroom.read(`query ($second: DateTime!, $next: DateTime!, $day: DateTime!, $later: DateTime!) {
      second: anonymousAttributions(filter: {saidFrom: $second, saidBefore: $next}, first: 5) { nodes { id } } day: anonymousAttributions(filter: {saidFrom: $day, saidBefore: $later}, first: 5) { nodes { id } }
      organization(key: "secret-bureau") { key } persons(name: "May", first: 5) { nodes { name } } signed: persons(name: "Voice", first: 5) { nodes { stories(first: 5) { nodes { slug } } } }
      officialStatements(first: 5) { nodes { id stories(first: 5) { nodes { slug } } excerpts(first: 5) { nodes { text } } } }
    }`, { second: '2026-11-24T16:32:07Z', next: '2026-11-24T16:32:08Z', day: '2026-11-24T05:00:00Z', later: '2026-11-24T05:00:01Z' })
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({ second: { nodes: [] }, organization: null, persons: { nodes: [] }, signed: { nodes: [{ stories: { nodes: [{ slug: 'signed' }] } }] } })
    expect(data!['day'].nodes).toHaveLength(1)
    const [statement] = data!['officialStatements'].nodes
    expect(statement).toMatchObject({ stories: { nodes: [{ slug: 'signed' }] }, excerpts: { nodes: [] } })
    expect((await newsroom.read('query ($id: String!) { quotes(filter: {statement: $id}) { nodes { text } } }', { id: statement.id })).data!['quotes'].nodes).toEqual([])
  })
})
