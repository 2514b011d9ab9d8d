import { z } from 'zod'
import { SEVERITIES, type Severity } from '../finding.js'
import type { OptionValue } from '../rule.js'
import { RULES } from '../rules/index.js'
import { BUILT_IN } from './built-in.js'

export interface RuleSetting {
  readonly severity?: Severity | 'off'
  readonly options?: Readonly<Record<string, OptionValue>>
}
/** Which rules run, how severe they are, and with which options. A rule that is not listed runs with its default. */
export interface Profile {
  readonly name: string
  readonly rules: ReadonlyMap<string, RuleSetting>
}

const level = z.enum([...SEVERITIES, 'off'])
const setting = z.union([
  level,
  z.strictObject({
    severity: level.optional().describe('How severe findings of the rule are; off: the rule does not run.'),
    options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional().describe('Options of the rule; `onrecord rules explain ID` lists them.'),
  }),
])
const profileFile = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1).max(80).optional().describe('How reports call the profile.'),
  extends: z.string().optional().describe('The profile to start from: ap, reuters, bbc or house.'),
  rules: z.record(z.string(), setting).default({}).describe('Rule id → severity, or severity and options.'),
}).describe('An Onrecord profile: which checks run in a newsroom and how severe they are.')
export type ProfileInput = z.input<typeof profileFile>

/** A profile that cannot be used; the message lists everything that is wrong with it. */
export class ProfileError extends Error {
  override name = 'ProfileError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The profile cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

export const PROFILE_NAMES = Object.keys(BUILT_IN) as readonly (keyof typeof BUILT_IN)[]
const resolved = new Map<string, Profile>()

/** The profile of that name, or the profile itself. Throws `ProfileError` for an unknown name. */
export function profileOf(profile: Profile | string): Profile {
  if (typeof profile !== 'string') return profile
  const known = resolved.get(profile)
  if (known) return known
  if (!Object.hasOwn(BUILT_IN, profile)) throw new ProfileError([`There is no profile "${profile}"; there are ${PROFILE_NAMES.join(', ')}.`])
  const built = defineProfile({ name: profile, rules: BUILT_IN[profile as keyof typeof BUILT_IN] })
  resolved.set(profile, built)
  return built
}

/** A profile from the content of a newsroom's JSON file. Throws `ProfileError`. */
export function defineProfile(input: unknown): Profile {
  const parsed = profileFile.safeParse(input)
  if (!parsed.success) throw new ProfileError(parsed.error.issues.map((issue) => settingProblem(issue.path, input) ?? `${issue.path.join('.') || 'The file'}: ${issue.message}.`))
  const base = parsed.data.extends === undefined ? undefined : profileOf(parsed.data.extends)
  const rules = new Map(base?.rules)
  const problems: string[] = []
  for (const [id, given] of Object.entries(parsed.data.rules)) {
    const change: RuleSetting = typeof given === 'string' ? { severity: given } : (given as RuleSetting)
    problems.push(...ruleProblems(id, change))
    const before = rules.get(id)
    rules.set(id, { ...before, ...change, ...(before?.options || change.options ? { options: { ...before?.options, ...change.options } } : {}) })
  }
  if (problems.length > 0) throw new ProfileError(problems)
  return { name: parsed.data.name ?? base?.name ?? 'custom', rules }
}

function settingProblem(path: readonly PropertyKey[], input: unknown): string | undefined {
  if (path[0] !== 'rules' || path.length < 2) return undefined
  const given = (input as { rules: Record<string, unknown> }).rules[String(path[1])]
  const severity = typeof given === 'string' ? given : (given as { severity?: unknown } | null)?.severity
  if (typeof severity === 'string' && !level.safeParse(severity).success) return `rules.${String(path[1])}: "${severity}" is not a severity; write error, warning, info or off.`
  return `rules.${String(path[1])}: is neither a severity nor {"severity": …, "options": {…}}.`
}

function ruleProblems(id: string, change: RuleSetting): string[] {
  const rule = RULES.find((each) => each.id === id)
  if (!rule) return [`rules.${id}: there is no such rule.${nearest(id)}`]
  return Object.entries(change.options ?? {}).flatMap(([name, value]) => {
    const standard = rule.options[name]
    if (standard === undefined) {
      const known = Object.keys(rule.options)
      return [`rules.${id}.options.${name}: there is no such option; ${known.length > 0 ? `the rule has ${known.join(', ')}` : 'the rule has none'}.`]
    }
    return typeof value === typeof standard ? [] : [`rules.${id}.options.${name}: ${JSON.stringify(value)} is not a ${typeof standard}.`]
  })
}

function nearest(id: string): string {
  const parts = new Set(id.split('-'))
  const best = RULES.map((rule) => ({ id: rule.id, shared: rule.id.split('-').filter((part) => parts.has(part)).length })).sort((a, b) => b.shared - a.shared)[0]
  return best && best.shared > 0 ? ` Did you mean ${best.id}?` : ' `onrecord rules` lists them.'
}

/** JSON Schema (2020-12) of a profile file, with the ids of all rules, for editors that complete as one types. */
export function profileJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(profileFile, { io: 'input' }) as unknown as { properties: { rules: Record<string, unknown>; extends: Record<string, unknown> }; $schema?: string }
  const one = schema.properties.rules['additionalProperties']
  schema.properties.rules = {
    description: 'Rule id → severity, or severity and options.', type: 'object', additionalProperties: false,
    properties: Object.fromEntries(RULES.map((rule) => [rule.id, { description: rule.flags, ...(one as object) }])),
  }
  schema.properties.extends = { ...schema.properties.extends, enum: [...PROFILE_NAMES] }
  return schema as unknown as Record<string, unknown>
}
