import { describe, expect, it } from 'vitest'
import { ArchiveIndex, archiveReport, type ArchiveStory } from '../../src/checks/index.js'
import { demoDocuments } from '../../src/demo/index.js'
import { marked, type Beside } from './support/marked.js'

const DAY = 24 * 3600 * 1000
const FIRST = Date.UTC(2026, 2, 2)

/** A story published so many days after the first; a draft where no day is given. */
function story(slug: string, day: number | undefined, text: string, beside: Beside = {}, desk = 'Metro'): ArchiveStory {
  return { slug, desk, publishedAt: day === undefined ? undefined : new Date(FIRST + day * DAY).toISOString(), document: marked(text, { slug, desk, ...beside }).document }
}
const found = (stories: readonly ArchiveStory[], check: string) => archiveReport(stories).findings.filter((finding) => finding.check === check)
const slugs = (stories: readonly ArchiveStory[], check: string) => found(stories, check).map(({ places }) => places.map(({ slug }) => slug))

const titled = (slug: string, day: number | undefined, title: string, organization?: string) => story(slug, day, '{The pier is safe}, <p.quill:Ada Quill> ^said^.', { sources: { quill: { title, ...(organization !== undefined && { organization }) } }, organizations: { port: { name: 'Port' }, club: { name: 'Club' } } })

describe('title-differs', () => {
  it('reports a person with two titles in stories of one week, with both places', () => {
    const [finding] = found([titled('one', 0, 'deputy harbor master'), titled('two', 3, 'harbor master')], 'title-differs')
    expect(finding).toMatchObject({ severity: 'warning', key: 'person:quill', what: 'Ada Quill is “deputy harbor master” in one and “harbor master” in two, within a week.' })
    expect(finding!.places).toMatchObject([{ slug: 'one', range: { exact: 'Ada Quill' } }, { slug: 'two' }])
  })
  it.each([
    ['a month apart', titled('one', 0, 'harbor master'), titled('two', 30, 'port engineer')],
    ['a shorter form', titled('one', 0, 'director'), titled('two', 1, 'Director of the port')],
    ['an abbreviation', titled('one', 0, 'Sen.'), titled('two', 1, 'Senator')],
    ['another order', titled('one', 0, 'Defense Secretary'), titled('two', 1, 'Secretary of Defense')],
    ['an office in another body', titled('one', 0, 'director', 'port'), titled('two', 1, 'treasurer', 'club')],
    ['another language', titled('one', 0, 'chief negotiator'), { ...titled('two', 1, 'negociador'), document: { ...titled('two', 1, 'negociador').document, language: 'es' } }],
    ['a draft', titled('one', 0, 'harbor master'), titled('two', undefined, 'port engineer')],
  ])('leaves alone %s', (_, one, two) => {
    expect(found([one, two], 'title-differs')).toEqual([])
  })
  it('only notes two titles that have nothing in common, for both may be held', () => {
    expect(found([titled('one', 0, 'harbor master'), titled('two', 3, 'port engineer')], 'title-differs')).toMatchObject([{ severity: 'info' }])
  })
  it('knows that somebody who was a former mayor is not mayor a day later, and that a mayor may leave', () => {
    expect(found([titled('one', 0, 'former mayor'), titled('two', 1, 'mayor')], 'title-differs')).toHaveLength(1)
    expect(found([titled('one', 0, 'mayor'), titled('two', 1, 'former mayor')], 'title-differs')).toEqual([])
    expect(found([titled('one', 0, 'finance director'), titled('two', 1, 'interim chief executive')], 'title-differs')).toEqual([])
  })
})

const quoting = (slug: string, day: number, words: string, person = 'quill') => story(slug, day, `{!“${words}”} <p.${person}:Ada Quill> ^said^.`)

describe('quote-reworded', () => {
  it('reports a quote that comes back with other words, word by word', () => {
    const [finding] = found([quoting('one', 0, 'We will shut the old pier in May or June.'), quoting('two', 2, 'We will sell the old pier in May or June.')], 'quote-reworded')
    expect(finding).toMatchObject({ key: 'person:quill', places: [{ slug: 'one' }, { slug: 'two' }] })
    expect(finding!.changes).toEqual([{ kind: 'same', words: 'We will' }, { kind: 'removed', words: 'shut' }, { kind: 'added', words: 'sell' }, { kind: 'same', words: 'the old pier in May or June' }])
    expect(finding!.what).toContain('the earlier has “shut”; the later has “sell”')
  })
  it('counts changes from the earlier story to the later one, whichever is longer', () => {
    const [finding] = found([quoting('one', 0, 'We will shut the pier in May or June.'), quoting('two', 2, 'We will never shut the pier in May or June, I promise.')], 'quote-reworded')
    expect(finding!.changes!.filter(({ kind }) => kind !== 'same')).toEqual([{ kind: 'added', words: 'never' }])
  })
  it.each([
    ['the same words', 'We will shut the old pier in May or June.', 'We will shut the old pier in May or June,'],
    ['a part of them', 'We will shut the old pier in May or June.', 'shut the old pier in May or'],
    ['a marked omission', 'We will shut the old and rusty pier in May or June.', 'We will shut the old … pier in May or June.'],
    ['another utterance', 'We will shut the old pier in May or June.', 'We will open the new market when the rain has stopped.'],
    ['a quote that goes on where the other ends', 'We will shut the old pier in May.', 'shut the old pier in May. Nobody wanted it, I least of all, you know.'],
  ])('leaves alone %s', (_, one, two) => {
    expect(found([quoting('one', 0, one), quoting('two', 2, two)], 'quote-reworded')).toEqual([])
  })
  it('compares nobody with somebody else', () => {
    expect(found([quoting('one', 0, 'We will shut the old pier in May or June.'), quoting('two', 2, 'We will sell the old pier in May or June.', 'marsh')], 'quote-reworded')).toEqual([])
  })
})

const lineage = '7b0f1f5e-7f0a-4a53-9d56-0d5c3c1c9a10'
const statement = (slug: string, words: string, more = {}) => story(slug, 0, `{!“${words}”} <o.wa:the Water Authority> ^said^ in a statement.`, { statements: [{ key: 's', issuer: 'wa', channel: 'WRITTEN_STATEMENT', lineage, attributions: ['a1'], ...more }] })

describe('statement-quoted-differently', () => {
  const [one, two] = ['The pier is safe for all our guests and crews.', 'The pier is sound for all our guests and crews.'] as const
  it('reports a statement that two stories quote in two ways', () => {
    expect(slugs([statement('one', one), statement('two', two)], 'statement-quoted-differently')).toEqual([['one', 'two']])
  })
  it('knows a statement by its address too, and reports it once', () => {
    const url = 'https://water.example/1'
    expect(slugs([statement('one', one, { url }), statement('two', two, { url, lineage: '7b0f1f5e-7f0a-4a53-9d56-0d5c3c1c9a11' })], 'statement-quoted-differently')).toEqual([['one', 'two']])
    expect(slugs([statement('one', one, { url }), statement('two', two, { url })], 'statement-quoted-differently')).toEqual([['one', 'two']])
  })
  it('leaves two statements alone', () => {
    expect(slugs([statement('one', one), statement('two', two, { lineage: '7b0f1f5e-7f0a-4a53-9d56-0d5c3c1c9a11' })], 'statement-quoted-differently')).toEqual([])
  })
})

const accusing = (slug: string, day: number, storyline: string | undefined = 'pier', beside: Beside = {}) => story(slug, day, '{%c:Harbor Line hid the cracks%}, <d.audit:the audit> ^says^.', { ...(storyline !== '' && { storyline }), organizations: { line: { name: 'Harbor Line' } }, claims: { c: { kind: 'ALLEGATION', target: { organization: 'line' } } }, ...beside })
const answering = (slug: string, day: number) => story(slug, day, '{The cracks were known}, <o.line:Harbor Line> ^said^.', { storyline: 'pier' })

describe('never-asked', () => {
  it('reports whom several stories of a storyline accuse and none asks', () => {
    expect(found([accusing('one', 0), accusing('two', 3)], 'never-asked')).toMatchObject([{ key: 'storyline:pier', what: '2 stories of the storyline “pier” say something adverse of Harbor Line, and none of its 2 stories asked or quotes them.' }])
  })
  it.each([
    ['one story', [accusing('one', 0)]],
    ['two storylines', [accusing('one', 0), accusing('two', 1, 'dam')]],
    ['stories outside a storyline', [accusing('one', 0, ''), accusing('two', 1, '')]],
    ['a story that quotes them', [accusing('one', 0), accusing('two', 3), answering('three', 5)]],
    ['a request on file', [accusing('one', 0), accusing('two', 3, 'pier', { requests: [{ organization: 'line', outcome: 'PENDING' }] })]],
  ])('leaves alone %s', (_, stories) => {
    expect(found(stories, 'never-asked')).toEqual([])
  })
})

describe('single-anonymous-story', () => {
  it('reports a story in which one anonymous source says everything', () => {
    expect(slugs([story('one', 0, '{The fleet is sold}, <s.x:a clerk> ^said^. || {It was cheap}, <s.x:the clerk> ^said^.')], 'single-anonymous-story')).toEqual([['one']])
  })
  it.each([
    ['two people', '{The fleet is sold}, <s.x:two clerks> ^said^.'],
    ['two sources', '{The fleet is sold}, <s.x:a clerk> ^said^. || {It was cheap}, <s.y:a sailor> ^said^.'],
    ['a named one beside', '{The fleet is sold}, <s.x:a clerk> ^said^. || {It was cheap}, <p.quill:Ada Quill> ^said^.'],
    ['nobody at all', 'The fleet is sold.'],
  ])('leaves alone %s', (_, text) => {
    expect(slugs([story('one', 0, text)], 'single-anonymous-story')).toEqual([])
  })
})

describe('the share of anonymous sources', () => {
  it('is told by desk and month; drafts do not count', () => {
    const half = '{The fleet is sold}, <s.x:a clerk> ^said^. || {It was cheap}, <p.quill:Ada Quill> ^said^.'
    expect(archiveReport([story('a', 0, half), story('b', 1, '{It was cheap}, <p.quill:Ada Quill> ^said^. || {It was old}, <p.quill:Quill> ^said^.'), story('c', 40, half), story('d', 0, half, {}, 'World'), story('e', undefined, half)]).desks).toEqual([
      { desk: 'Metro', month: '2026-03', stories: 2, attributions: 4, anonymous: 1, share: 0.25 },
      { desk: 'Metro', month: '2026-04', stories: 1, attributions: 2, anonymous: 1, share: 0.5 },
      { desk: 'World', month: '2026-03', stories: 1, attributions: 2, anonymous: 1, share: 0.5 },
    ])
  })
})

describe('an archive index', () => {
  const archive = [titled('one', 0, 'harbor master'), quoting('two', 1, 'We will shut the old pier in May or June.', 'marsh'), accusing('three', 2), accusing('four', 3), statement('five', 'The pier is safe for all our guests and crews.')]
  const filled = () => {
    const index = new ArchiveIndex()
    for (const each of archive) index.put(each)
    index.recheck()
    return index
  }
  it('looks again only at what the edited story shares with others, and at nothing a second time', () => {
    const index = filled()
    index.put(titled('six', 2, 'port engineer'))
    expect(index.recheck()).toMatchObject({ keys: ['person:quill', 'story:six'], findings: [{ check: 'title-differs' }] })
    expect(index.recheck()).toEqual({ keys: [], findings: [] })
    index.put(titled('six', 2, 'harbor master'))
    expect(index.recheck()).toEqual({ keys: ['person:quill', 'story:six'], findings: [] })
  })
  it('forgets what a story no longer shares', () => {
    const index = filled()
    expect(index.findings().map(({ check }) => check)).toEqual(['never-asked'])
    index.put(story('four', 3, 'The pier is closed.'))
    expect(index.recheck().keys).toEqual(['story:four', 'storyline:pier'])
    index.remove('three')
    expect(index.findings()).toEqual([])
  })
  it('finds after any edits what it finds from nothing, in any order', () => {
    const demo: ArchiveStory[] = demoDocuments(new Date('2026-03-02T12:00:00Z')).map((document) => ({ slug: document.slug, desk: document.desk, publishedAt: document.publication?.firstPublishedAt, document }))
    const all = [...archive, quoting('two-b', 2, 'We will sell the old pier in May or June.', 'marsh'), titled('six', 2, 'port engineer'), ...demo]
    const index = new ArchiveIndex()
    for (const each of all.toReversed()) index.put(each)
    index.recheck()
    for (const each of all) {
      index.remove(each.slug)
      index.recheck()
      index.put(each)
    }
    expect(index.findings()).toEqual(archiveReport(all).findings)
    expect(new Set(index.findings().map(({ check }) => check))).toEqual(new Set(['title-differs', 'quote-reworded', 'never-asked']))
    expect(index.desks()).toEqual(archiveReport(all).desks)
  })
  it('counts nothing that no person has confirmed', () => {
    const [one, two] = [titled('one', 0, 'harbor master'), titled('two', 3, 'port engineer')]
    const proposed = { ...two, document: { ...two.document, sources: two.document.sources.map((source) => ({ ...source, confirmed: false })) } }
    expect(archiveReport([one, proposed]).findings).toEqual([])
  })
})
