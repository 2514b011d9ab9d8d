import { describe, expect, it } from 'vitest'
import { extract } from '../../src/extraction/index.js'
import { antecedents, onlySource, sourceKinds } from './support/lines.js'

const SAY = 'said the mill will close.'

describe('the kind of a source', () => {
  it.each<[source: string, kind: string]>([
    ['Ruth Calder', 'person'], ['Sen. Ruth Calder', 'person'], ['Defense Secretary Ruth Calder', 'person'], ['Mr. Calder', 'person'], ['Trump', 'person'], ['Ruth Calder, a lawyer for the union', 'person'],
    ['her lawyer Samuel Teague', 'person'], ['Pentagon spokesman Tom Reed', 'person'], ['J. P. Morrow', 'person'], ['Ursula von der Leyen', 'person'],
    ['a senior official', 'unnamed'], ['two people familiar with the talks', 'unnamed'], ['a person briefed on the matter', 'unnamed'], ['people close to the talks', 'unnamed'], ['officials', 'unnamed'],
    ['a spokesman for the mill', 'unnamed'], ['an aide to Ruth Calder', 'unnamed'], ['police', 'unnamed'], ['current and former officials', 'unnamed'], ['one of the officials', 'unnamed'], ['analysts', 'unnamed'],
    ['residents', 'unnamed'], ['a neighbor who asked not to be named', 'unnamed'], ['several lawmakers', 'unnamed'], ['prosecutors', 'unnamed'],
    ['the Pentagon', 'organization'], ['the White House', 'organization'], ['the company', 'organization'], ['the city council', 'organization'], ['Microsoft', 'organization'], ['the Food and Drug Administration', 'organization'],
    ['Tarrant Steel Corp.', 'organization'], ['Russia', 'organization'], ['the union', 'organization'], ['the ministry', 'organization'],
    ['the report', 'document'], ['court documents', 'document'], ['a lawsuit filed on Monday', 'document'], ['a study', 'document'], ['the indictment', 'document'],
    ['the New York Times', 'outlet'], ['CBS News', 'outlet'], ['Reuters', 'outlet'], ['the Fairmont Gazette', 'outlet'], ['the newspaper', 'outlet'],
    ['critics', 'group'], ['supporters of the plan', 'group'], ['some', 'group'], ['Republicans', 'group'], ['opponents', 'group'],
  ])('of "%s" is %s', (source, kind) => {
    expect(sourceKinds(`On Monday, ${source}${source.includes(', a ') ? ',' : ''} ${SAY}`)).toEqual([`${source}: ${kind}`])
  })
})

describe('the headcount of an unnamed source', () => {
  it.each<[source: string, headcount: { min: number; exact?: number }]>([
    ['a senior official', { min: 1, exact: 1 }], ['one official', { min: 1, exact: 1 }], ['an aide to the mayor', { min: 1, exact: 1 }], ['two officials', { min: 2, exact: 2 }], ['three people familiar with the talks', { min: 3, exact: 3 }],
    ['officials', { min: 2 }], ['people close to the talks', { min: 2 }], ['several officials', { min: 3 }], ['more than a dozen officials', { min: 13 }], ['at least four officials', { min: 4 }], ['dozens of officials', { min: 24 }],
    ['a pair of officials', { min: 2, exact: 2 }], ['half a dozen officials', { min: 6, exact: 6 }], ['one of the officials', { min: 1, exact: 1 }], ['12 officials', { min: 12, exact: 12 }], ['a handful of officials', { min: 2 }],
    ['two current and one former official', { min: 3, exact: 3 }], ['a Western diplomat and two aid workers', { min: 3, exact: 3 }], ['another official', { min: 1, exact: 1 }],
  ])('"%s"', (source, expected) => {
    const { headcount } = onlySource(`On Monday, ${source} ${SAY}`, 'ANONYMOUS')
    expect({ min: headcount.min, ...(headcount.exact !== undefined && { exact: headcount.exact }) }).toEqual(expected)
  })
})

describe('a reference back', () => {
  it.each<[what: string, text: string, found: string[]]>([
    ['by a surname', 'Sen. Ruth Calder of Ohio said the base was old. Calder said it was late.', ['Sen. Ruth Calder of Ohio < -', 'Calder < Sen. Ruth Calder']],
    ['by "she"', 'Ruth Calder said the base was old. She said it was late.', ['Ruth Calder < -', 'She < Ruth Calder']],
    ['by "he", past a woman', 'Tom Reed said the base was old. Ruth Calder was there. He said it was late.', ['Tom Reed < -', 'He < Tom Reed']],
    ['by pronouns in turn', 'Tom Reed said the base had no use for Ruth Calder. She said it was late. He said it was not.', ['Tom Reed < -', 'She < Ruth Calder', 'He < Tom Reed']],
    ['by "they"', 'Two officials said the base was old. They said it was late.', ['Two officials < -', 'They < Two officials']],
    ['by "the person"', 'A person familiar with the talks said the base was old. The person said it was late.', ['A person familiar with the talks < -', 'The person < A person familiar with the talks']],
    ['by "the official"', 'A senior Pentagon official said the base was old. The official said it was late.', ['A senior Pentagon official < -', 'The official < A senior Pentagon official']],
    ['by "the sources"', 'Sources close to the talks said the base was old. The sources said it was late.', ['Sources close to the talks < -', 'The sources < Sources close to the talks']],
    ['by "the people"', 'People close to the talks said the base was old. The people said it was late.', ['People close to the talks < -', 'The people < People close to the talks']],
    ['by "the senator"', 'Sen. Ruth Calder said the base was old. The senator said it was late.', ['Sen. Ruth Calder < -', 'The senator < Sen. Ruth Calder']],
    ['by "the company"', 'Tarrant Steel Corp. said the base was old. The company said it was late.', ['Tarrant Steel Corp. < -', 'The company < Tarrant Steel Corp.']],
    ['by "it"', 'Tarrant Steel Corp. said the base was old. It said it was late.', ['Tarrant Steel Corp. < -', 'It < Tarrant Steel Corp.']],
    ['by an alias', 'The Pentagon said the base was old. The Defense Department said it was late.', ['The Pentagon < -', 'The Defense Department < The Pentagon']],
    ['by "the military"', 'The Pentagon said the base was old. The military said it was late.', ['The Pentagon < -', 'The military < The Pentagon']],
    ['by initials', 'The Federal Rail Safety Board said the base was old. The FRSB said it was late.', ['The Federal Rail Safety Board < -', 'The FRSB < The Federal Rail Safety Board']],
    ['by the first word of a business’s name', 'Shares of Delwood Corp. fell. Delwood said it was late.', ['Delwood < Delwood Corp.']],
    ['by "the company", to a business that has not spoken', 'The maker, Helix Labs, paid for it. The company said it was late.', ['The company < Helix Labs']],
    ['by "the official", to one who has not spoken', 'A White House official played down the split. The official said it was late.', ['The official < A White House official']],
    ['by "he", to one whom only a description introduces', 'Her boss is not mad. He said it was late.', ['He < Her boss']],
    ['by "they", to those who have not spoken', 'Other researchers urged caution. They said it was late.', ['They < Other researchers']],
    ['to one of two kinds of people', 'A Western diplomat and two aid workers said the base was old. The diplomat said it was late.', ['A Western diplomat and two aid workers < -', 'The diplomat < A Western diplomat']],
    ['by a surname that opens a sentence and ends in "s"', 'The president, Nate Corliss, left. Corliss said it was late.', ['Corliss < The president, Nate Corliss']],
    ['not by another description', 'A Pentagon official said the base was old. A congressional aide said it was late.', ['A Pentagon official < -', 'A congressional aide < -']],
    ['not by another number', 'Two officials said the base was old. A third official said it was late.', ['Two officials < -', 'A third official < -']],
  ])('%s', (_, text, found) => {
    expect(antecedents(text)).toEqual(found)
  })

  it('joins in the cast only what the copy joins', () => {
    const { document } = extract('A Pentagon official said the base was old. The official said it was late. An aide to the senator said it was not.')
    expect(document.sources.map((source) => source.kind === 'ANONYMOUS' && source.descriptor)).toEqual(['A Pentagon official', 'An aide to the senator'])
    expect(document.attributions.map(({ source }) => source)).toEqual([document.sources[0]!.key, document.sources[0]!.key, document.sources[1]!.key])
    expect(document.attributions[1]!.antecedent).toBe(document.attributions[0]!.key)
  })
})

describe('the cast', () => {
  it('holds a person once, with title and body', () => {
    const { document } = extract('Pentagon spokesman Tom Reed said the base will close. Reed said it was late. “Nobody knew,” Mr. Reed said.')
    expect(document.people.map(({ name }) => name)).toEqual(['Tom Reed'])
    expect(document.sources).toHaveLength(1)
    expect(document.organizations.map(({ name }) => name)).toContain('Department of Defense')
    expect(onlySource('Pentagon spokesman Tom Reed said the base will close.', 'PERSON').title).toBe('Pentagon spokesman')
  })

  it('takes a spokesperson without a name for the voice of the body, not for an anonymous source', () => {
    const source = onlySource('A spokesman for the Pentagon said the base will close.', 'ORGANIZATION')
    expect(source.spokesperson).toBe('A spokesman for the Pentagon')
    expect(extract('An Anthropic spokesperson said in a statement that the talks went on.').document.sources.map(({ kind }) => kind)).toEqual(['ORGANIZATION'])
  })

  it('credits nobody in particular for crowds and critics', () => {
    expect(extract('Critics say the plan is a giveaway. Supporters say it is overdue.').document.sources.map(({ kind }) => kind)).toEqual(['GROUP', 'GROUP'])
  })

  it('knows other outlets and documents', () => {
    expect(onlySource('Axios reported on Monday that the base will close.', 'OUTLET')).toBeTruthy()
    expect(onlySource('The lawsuit says the base was never safe.', 'DOCUMENT')).toBeTruthy()
  })

  it('says how an unnamed source knows, and where the copy says it', () => {
    const { basis, descriptor } = onlySource('A person familiar with the talks said the base was old.', 'ANONYMOUS')
    expect(descriptor).toBe('A person familiar with the talks')
    expect(basis?.text).toBe('familiar with the talks')
  })
})
