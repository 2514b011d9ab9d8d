import { XMLParser } from './xml.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoDocuments } from '../../src/demo/index.js'
import { demoWaivers } from '../../src/demo/waivers.js'
import { insertWaivers } from '../../src/findings/index.js'
import { CliPlace, jsonl, lines } from './onrecord.js'
import { sarif } from './sarif.js'

const demo = demoDocuments(new Date('2026-03-02T12:00:00Z'))
const storyOf = (slug: string) => demo.find((document) => document.slug === slug)!
const CLEAN = 'ellis-street-bridge-audit'
const ERRORS = 'pentagon-anthropic-deadline'
const TEXT = 'Pier to close\n\nThe pier will close in May, sources told the Herald.\nWork will take a year, the sources said.\n'

let place: CliPlace
let clean: string, errors: string, text: string, all: string
beforeAll(async () => {
  place = await CliPlace.open()
  clean = await place.file('clean.json', JSON.stringify(storyOf(CLEAN)))
  errors = await place.file('errors.json', JSON.stringify(storyOf(ERRORS)))
  text = await place.file('pier.txt', TEXT)
  all = await place.file('all.jsonl', jsonl(demo))
  expect(await place.run(['import', all])).toMatchObject({ code: 0 })
})
afterAll(() => place.remove())

const check = (...args: string[]) => place.run(['check', ...args])

describe('onrecord check ends', () => {
  it('with 0 where nothing is found', async () => {
    expect(await check(clean)).toEqual({ code: 0, out: `✓ ${clean}: no findings\n`, err: '' })
  })
  it('with 1 where an error is found, and with 0 for what is milder than --fail-on', async () => {
    expect((await check(errors)).code).toBe(1)
    expect((await check(errors, '--fail-on', 'never')).code).toBe(0)
    expect((await check(text)).code).toBe(0)
    expect((await check(text, '--fail-on', 'warning')).code).toBe(1)
    expect((await check(text, '--fail-on', 'info', '--severity', 'error')).code).toBe(0)
  })
  it('with 2 where something cannot be read, and still checks the rest', async () => {
    const broken = await place.file('broken.jsonl', `${JSON.stringify(storyOf(CLEAN))}\n{"onrecord": 1}\nnot json\n`)
    const { code, out, err } = await check(broken, errors)
    expect(code).toBe(2)
    expect(out).toContain(`${errors}: 2 errors`)
    expect(err).toMatch(new RegExp(`^${broken}:2: slug `, 'm'))
    expect(err).toMatch(new RegExp(`^${broken}:3: .*JSON`, 'm'))
  })
  it.each<[string, string | Uint8Array, string]>([
    ['another encoding', Buffer.from('Caf\u00e9 said it.', 'latin1'), 'is not valid UTF-8; save it as UTF-8'],
    ['UTF-16', Buffer.from('\ufeffHe said it.', 'utf16le'), 'is UTF-16; save it as UTF-8'],
    ['binary data', 'He said it.\u0000', 'holds NUL characters: it is no plain text'],
    ['nothing', ' \n', 'is empty; there is no text in it'],
    ['more than a story', 'He said it. '.repeat(100_000), 'has 1200000 UTF-16 units; a story may hold 1048576'],
    ['more than a text', Buffer.alloc(4 * 1024 * 1024 + 1, 'x'), 'is larger than 4 MB; no story is that large'],
  ])('with 2 for a plain text that holds %s, as import refuses it', async (_what, content, message) => {
    const file = await place.file('refused.txt', content)
    expect(await check(file)).toMatchObject({ code: 2, err: `${file}: ${message}\n` })
    expect(await place.run(['check', '-'], { input: content })).toMatchObject({ code: 2, err: `stdin: ${message}\n` })
  })
  it('with what is found in a plain text that holds the mark for a character that could not be read', async () => {
    expect(await check(await place.file('mark.txt', `${TEXT}\nIt reads \ufffd.\n`))).toMatchObject({ code: 0, err: '' })
  })
  it.each([
    [[], /^Name the files or slugs to check, or give --all/],
    [['--all', 'x'], /one of the two\.$/m],
    [['nowhere.txt'], /^There is no file nowhere\.txt\.$/m],
    [['no-such-story'], /^There is no story "no-such-story", and no file of that name\.$/m],
    [['x', '--profile', 'nyt'], /^There is no profile "nyt"\. Give ap, reuters, bbc, house, or a JSON file\.$/m],
    [['x', '--format', 'xml'], /Allowed choices are pretty, json, sarif, github, junit/],
    [['x', '--severity', 'loud'], /Allowed choices are error, warning, info/],
  ])('with 2 and a sentence for %j', async (args, message) => {
    const { code, out, err } = await check(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
  })
})

describe('onrecord check reads', () => {
  it('plain text, and asks instead of accusing', async () => {
    const { out } = await check(text)
    expect(out).toContain('Is this right: “sources” stands there without a word about who they are?')
    expect(out).not.toMatch(/^error/m)
  })
  it('standard input, documents and text', async () => {
    expect(await place.run(['check', '-'], { input: JSON.stringify(storyOf(CLEAN)) })).toMatchObject({ code: 0, out: '✓ stdin: no findings\n' })
    expect((await place.run(['check', '-'], { input: TEXT })).out).toContain('“sources” stands there')
  })
  it('stories of the database by slug, and files beside them', async () => {
    const { out, code } = await check(CLEAN, ERRORS, text, '--severity', 'error')
    expect(code).toBe(1)
    expect(lines(out).filter((line) => /:/.test(line) && !line.startsWith(' ')).sort()).toEqual([`✓ ${text}: no findings`, `✓ ${CLEAN}: no findings`, `${ERRORS}: 2 errors`, '3 stories: 2 errors'].sort())
  })
  it('all stories of the database, and then what shows only across them', async () => {
    const { out, code, err } = await check('--all', '--archive', '--severity', 'error')
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).not.toContain('✓')
    expect(out).toMatch(/^Across the stories: no findings$/m)
    expect(out).toMatch(/^ {2}National Security {2}2026-\d\d {2}\d {8}\d+ of \d+ +\d+%$/m)
    expect(out).toMatch(/^18 stories: 5 errors$/m)
  })
  it('several documents as an archive', async () => {
    const quoting = (slug: string, words: string) => ({ onrecord: 1, slug, desk: 'Metro', publication: { firstPublishedAt: '2026-03-02T09:00:00Z' }, paragraphs: [{ text: `“${words}” Quill said.` }], people: [{ key: 'q', name: 'Ada Quill' }], sources: [{ key: 'q', kind: 'PERSON', person: 'q' }], attributions: [{ key: 'a', source: 'q', speech: 'DIRECT', content: [{ paragraph: 0, start: 0, end: words.length + 2 }] }], quotes: [{ key: 'x', attribution: 'a', ranges: [{ paragraph: 0, start: 1, end: words.length + 1 }] }] })
    const file = await place.file('two.jsonl', jsonl([quoting('one', 'We will shut the old pier in May or June.'), quoting('two', 'We will sell the old pier in May or June.')]))
    const args = [file, '--archive', '--severity', 'warning']
    const { out } = await check(...args)
    expect(out).toMatch(/^warning One quote, two wordings quote-reworded$/m)
    const json = JSON.parse((await check(...args, '--format', 'json')).out) as { archive: { findings: { check: string; places: { slug: string }[] }[] } }
    expect(json.archive.findings.map((finding) => [finding.check, ...finding.places.map(({ slug }) => slug)])).toEqual([['quote-reworded', 'one', 'two']])
    const log = sarif.parse(JSON.parse((await check(...args, '--format', 'sarif')).out))
    expect(log.runs[0]!.results.at(-1)).toMatchObject({ ruleId: 'quote-reworded', relatedLocations: [{ message: { text: 'one' } }] })
    expect((await check(...args, '--format', 'github')).out).toContain('(quote-reworded)')
    expect((await check(...args, '--format', 'junit')).out).toContain('<testsuite name="archive" tests="1" failures="1"')
  })
})

describe('onrecord check writes', () => {
  it('for the eye: the sentence, the words underlined, why, the related place, what to do', async () => {
    const { out } = await check(text, '--severity', 'warning')
    expect(out).toMatch(/^warning Source without any description bare-source-descriptor {2}paragraph 2\n {4}The pier will close in May, sources told the Herald\.\n {32}~{23}$/m)
    expect(out).toMatch(/^ {4}Readers learn nothing about how far to trust it\.$/m)
    expect(out).toMatch(/^ {2}→ Describe the source as closely as the agreement allows/m)
    expect(out).not.toContain('\u001b')
  })
  it('the related place of a finding', async () => {
    const { out } = await check('pentagon-anthropic-deadline', '--severity', 'error')
    expect(out).toMatch(/^ {4}here the same event is credited to a source, paragraph 5: … .*“they said”/m)
  })
  it('no colour into a pipe, with FORCE_COLOR unset or NO_COLOR set', async () => {
    for (const env of [{}, { NO_COLOR: '1' }]) expect((await place.run(['check', errors], { env })).out).not.toContain('\u001b[')
  })
  it('JSON with everything', async () => {
    const report = JSON.parse((await check(errors, '--format', 'json', '--profile', 'ap')).out) as { profile: string; counts: { error: number }; stories: { story: string; findings: { rule: string; ranges: unknown[]; fingerprint: string }[] }[] }
    expect(report).toMatchObject({ onrecord: 1, profile: 'ap', stories: [{ story: ERRORS, name: errors }] })
    expect(report.counts.error).toBe(report.stories[0]!.findings.filter((finding) => (finding as unknown as { severity: string }).severity === 'error').length)
  })
  it('SARIF 2.1.0 with related locations, and waived findings as suppressions', async () => {
    const { stories } = JSON.parse((await check('pentagon-anthropic-deadline', '--format', 'json')).out) as { stories: { findings: { rule: string; fingerprint: string; severity: string }[] }[] }
    const waived = stories[0]!.findings.filter(({ severity }) => severity === 'error')
    const waivers = await place.file('waivers.json', JSON.stringify(waived.map(({ rule, fingerprint }) => ({ rule, fingerprint, code: 'PUBLIC_INTEREST' }))))
    const { code, out } = await check('pentagon-anthropic-deadline', '--format', 'sarif', '--waivers', waivers)
    expect(code).toBe(0)
    const { results, tool } = sarif.parse(JSON.parse(out)).runs[0]!
    expect(results).toHaveLength(stories[0]!.findings.length)
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId)
    expect(results.filter(({ suppressions }) => suppressions.length > 0).map(({ level, suppressions }) => [level, suppressions[0]!.justification])).toEqual(waived.map(() => ['error', 'PUBLIC_INTEREST']))
    expect(results.some(({ relatedLocations }) => relatedLocations !== undefined)).toBe(true)
  })
  it('SARIF and GitHub places that are the lines and columns of a plain text', async () => {
    const { results } = sarif.parse(JSON.parse((await check(text, '--format', 'sarif')).out)).runs[0]!
    const bare = results.find(({ ruleId }) => ruleId === 'bare-source-descriptor')!
    expect(bare.locations[0]!.physicalLocation.region).toEqual({ startLine: 3, startColumn: 29, endLine: 3, endColumn: 52, snippet: { text: 'sources told the Herald' } })
    const { out } = await check(text, '--format', 'github')
    expect(out).toContain(`::warning file=${text},line=3,col=29,endColumn=52,title=Source without any description (bare-source-descriptor)::`)
  })
  it('JUnit XML: a suite for a story, a case for a finding', async () => {
    const { out } = await check(errors, clean, '--format', 'junit')
    const suites = new XMLParser(out).elements('testsuite')
    expect(suites.map(({ name }) => name)).toEqual([errors, clean])
    expect(suites.map(({ failures }) => Number(failures) > 0)).toEqual([true, false])
    expect(new XMLParser(out).elements('testcase').length).toBe(suites.reduce((sum, { tests }) => sum + Number(tests), 0))
  })
})

describe('a profile file', () => {
  it('changes what is found', async () => {
    const profile = await place.file('courier.json', JSON.stringify({ name: 'Courier', extends: 'bbc', rules: { 'unattributed-private-event': 'off' } }))
    expect((await check(errors, '--profile', profile)).code).toBe(0)
    expect(JSON.parse((await check(clean, '--profile', profile, '--format', 'json')).out)).toMatchObject({ profile: 'Courier', stories: [{ findings: [] }] })
  })
  it.each([
    ['{"rules": {"claim-drifts": "off"}}', /profile\.json: rules\.claim-drifts: there is no such rule\. Did you mean claim-drift\?$/m],
    ['{"rules": {"claim-drift": "loud"}}', /profile\.json: rules\.claim-drift: "loud" is not a severity/m],
    ['{"extend": "ap"}', /profile\.json: .*extend/m],
    ['{"rules":\n {]', /profile\.json:2: is not JSON\.$/m],
  ])('that is wrong is refused with file, path and reason: %s', async (content, message) => {
    const { code, err } = await check(clean, '--profile', await place.file('profile.json', content))
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })
})

describe('a waiver file', () => {
  it.each([
    ['{}', /waivers\.json: is not an array of waivers/],
    ['[{"rule": "claim-drift", "code": "FALSE_ALARM"}]', /waivers\.json: \[0\]\.fingerprint is missing/],
    ['[{"rule": "claim-drift", "fingerprint": "a", "code": "BECAUSE"}]', /waivers\.json: \[0\]\.code: "BECAUSE" is not one of EDITOR_VERIFIED/],
    ['[{"rule": "gendered-pronoun-for-anonymous", "fingerprint": "a", "code": "FALSE_ALARM"}]', /waivers\.json: \[0\]\.rule: "gendered-pronoun-for-anonymous" is no rule that can be waived/],
  ])('that is wrong is refused with file, place and reason: %s', async (content, message) => {
    const { code, err } = await check(clean, '--waivers', await place.file('waivers.json', content))
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })
})

describe('what editors waived', () => {
  it('is told, and does not count', async () => {
    await place.inside(async (database) => {
      const { id } = await (await database.prisma()).story.findUniqueOrThrow({ where: { slug: ERRORS } })
      await insertWaivers(database, demoWaivers(storyOf(ERRORS), id))
    })
    const { code, out } = await check(ERRORS, '--severity', 'error')
    expect(code).toBe(0)
    expect(out).toContain('waived')
    expect((await check('--all', '--severity', 'error')).out).toContain('18 stories: 3 errors and 2 waived')
  })
})
