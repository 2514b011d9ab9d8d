import { describe, expect, it } from 'vitest'
import { PROFILE_NAMES, ProfileError, checkDocument, defineProfile, profileJsonSchema, profileOf, rules } from '../../src/checks/index.js'
import { buildExample } from '../../src/checks/example.js'
import { RULES } from '../../src/checks/rules/index.js'

const flagged = (id: string) => buildExample(RULES.find((rule) => rule.id === id)!.examples.flagged)
const severityIn = (profile: Parameters<typeof profileOf>[0], id: string) => checkDocument(flagged(id), { profile }).find((finding) => finding.rule === id)?.severity
const problemsOf = (input: unknown) => {
  try {
    defineProfile(input)
    return []
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error
    return error.problems
  }
}

describe('profiles', () => {
  it('come in four: AP asks for a reason, Reuters notes it, and only the others keep an eye on stock reasons', () => {
    expect(PROFILE_NAMES).toEqual(['ap', 'reuters', 'bbc', 'house'])
    expect(PROFILE_NAMES.map((name) => severityIn(name, 'missing-anonymity-reason'))).toEqual(['error', 'info', 'warning', 'warning'])
    expect(severityIn('ap', 'boilerplate-anonymity-reason')).toBeUndefined()
    expect(severityIn('house', 'boilerplate-anonymity-reason')).toBe('info')
  })
  it('are extended by a newsroom, severities and options both', () => {
    const profile = defineProfile({ name: 'Courier', extends: 'ap', rules: { 'formulaic-descriptor': 'off', 'loaded-attribution-verb': { severity: 'warning' }, 'quote-without-record': { options: { fewestWords: 20 } } } })
    expect(severityIn(profile, 'formulaic-descriptor')).toBeUndefined()
    expect(severityIn(profile, 'loaded-attribution-verb')).toBe('warning')
    expect(severityIn(profile, 'missing-anonymity-reason')).toBe('error')
    expect(profile.rules.get('anonymity-without-approval')).toEqual({ options: { unrecorded: 'error' } })
    expect(rules.list(profile).find((rule) => rule.id === 'formulaic-descriptor')).toMatchObject({ severity: 'off', defaultSeverity: 'warning' })
  })
  it('never make a question into an error', () => {
    const document = flagged('unattributed-private-event')
    const proposed = { ...document, claims: document.claims.map((claim) => ({ ...claim, confirmed: false })), attributions: document.attributions.map((each) => ({ ...each, confirmed: false })), sources: document.sources.map((each) => ({ ...each, confirmed: false })) } as typeof document
    expect(checkDocument(proposed, { profile: defineProfile({ rules: { 'unattributed-private-event': 'error' } }) }).map((finding) => finding.severity)).not.toContain('error')
  })
  it.each([
    [{ rules: { 'bare-source': 'error' } }, 'rules.bare-source: there is no such rule. Did you mean bare-source-descriptor?'],
    [{ rules: { 'claim-drift': 'fatal' } }, 'rules.claim-drift: "fatal" is not a severity; write error, warning, info or off.'],
    [{ rules: { 'claim-drift': { severity: 'loud' } } }, 'rules.claim-drift: "loud" is not a severity; write error, warning, info or off.'],
    [{ rules: { 'claim-drift': 3 } }, 'rules.claim-drift: is neither a severity nor {"severity": …, "options": {…}}.'],
    [{ rules: { 'claim-drift': { options: { k: 2 } } } }, 'rules.claim-drift.options.k: there is no such option; the rule has none.'],
    [{ rules: { 'over-identifying-descriptor': { options: { k: 'five' } } } }, 'rules.over-identifying-descriptor.options.k: "five" is not a number.'],
    [{ extends: 'nyt' }, 'There is no profile "nyt"; there are ap, reuters, bbc, house.'],
  ])('are refused with what is wrong: %j', (input, message) => {
    expect(problemsOf(input)).toEqual([message])
  })
  it('refuse an unknown name', () => {
    expect(() => checkDocument(flagged('claim-drift'), { profile: 'nyt' })).toThrow(ProfileError)
  })
  it('have a JSON Schema that knows every rule', () => {
    const schema = profileJsonSchema() as { properties: { rules: { properties: object; additionalProperties: boolean }; extends: { enum: string[] } } }
    expect(Object.keys(schema.properties.rules.properties)).toEqual(RULES.map((rule) => rule.id))
    expect(schema.properties.rules.additionalProperties).toBe(false)
    expect(schema.properties.extends.enum).toEqual(['ap', 'reuters', 'bbc', 'house'])
  })
})
