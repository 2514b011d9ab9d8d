import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rules } from '../../src/checks/index.js'
import { CliPlace, lines } from './onrecord.js'

let place: CliPlace
beforeAll(async () => { place = await CliPlace.open({ isEmbedded: true, isEmpty: true }) })
afterAll(() => place.remove())

describe('onrecord rules', () => {
  it('lists every rule with its severity, without a database', async () => {
    const { code, out, err } = await place.run(['rules'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const [heads, ...rows] = lines(out)
    expect(heads).toMatch(/^RULE +SEVERITY +WHERE +WHAT$/)
    expect(rows.map((row) => row.split(' ')[0])).toEqual(rules.list().map((rule) => rule.id))
    expect(out).toMatch(/^ground-rules-violated +error +vault +Ground rules broken$/m)
  })
  it('lists them as a profile has them, in JSON too', async () => {
    expect((await place.run(['rules', '--profile', 'ap'])).out).toMatch(/^missing-anonymity-reason +error /m)
    const listed = JSON.parse((await place.run(['rules', '--profile', 'bbc', '--format', 'json'])).out) as { id: string; severity: string; defaultSeverity: string }[]
    expect(listed).toHaveLength(50)
    expect(listed.find(({ id }) => id === 'missing-request-for-comment')).toMatchObject({ severity: 'error', defaultSeverity: 'warning' })
  })
  it('prints the JSON Schema of a profile file', async () => {
    const schema = JSON.parse((await place.run(['rules', '--profile-schema'])).out) as { $schema: string; properties: { rules: { properties: object } } }
    expect(schema.$schema).toContain('2020-12')
    expect(Object.keys(schema.properties.rules.properties)).toHaveLength(50)
  })
  it('explains each rule: what, why, what to do, policy, one text of each kind', async () => {
    const { code, out } = await place.run(['rules', 'explain', 'quote-without-record', '--profile', 'house'])
    expect(code).toBe(0)
    for (const part of ['Flags:', 'Why:', 'Do:', 'Policy:', 'Option:', 'fewestWords = 6', 'Flagged', 'Fine', 'since 0.1.0']) expect(out).toContain(part)
    expect(Math.max(...lines(out).map((line) => line.length))).toBeLessThanOrEqual(81)
    expect(JSON.parse((await place.run(['rules', 'explain', 'quote-without-record', '--format', 'json'])).out)).toMatchObject({ id: 'quote-without-record', defaultSeverity: 'warning' })
  })
  it('explains a rule as a profile has it', async () => {
    expect((await place.run(['rules', 'explain', 'over-identifying-descriptor', '--profile', 'bbc'])).out).toContain('k = 8')
    expect((await place.run(['rules', 'explain', 'missing-anonymity-reason', '--profile', 'ap'])).out).toContain('error (by default warning)')
  })
  it.each([
    [['rules', 'explain', 'quote-without-recrod'], 'There is no rule "quote-without-recrod". Did you mean quote-without-record?\n'],
    [['rules', 'explain', 'pejorative'], 'There is no rule "pejorative". Did you mean anonymous-pejorative?\n'],
    [['rules', 'explain', 'zzz'], 'There is no rule "zzz". "onrecord rules" lists them.\n'],
    [['rules', '--profile', 'nyt'], 'There is no profile "nyt". Give ap, reuters, bbc, house, or a JSON file.\n'],
  ])('answers %j with 2', async (args, err) => {
    expect(await place.run(args)).toEqual({ code: 2, out: '', err })
  })
})
