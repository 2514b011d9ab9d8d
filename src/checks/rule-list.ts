import { buildExample, type Example } from './example.js'
import type { Severity } from './finding.js'
import { profileOf, type Profile } from './profiles/profile.js'
import { RULES } from './rules/index.js'
import type { Rule, RuleOptions } from './rule.js'

export interface RuleSummary {
  readonly id: string
  readonly title: string
  /** In the profile that was asked for. */
  readonly severity: Severity | 'off'
  readonly defaultSeverity: Severity
  readonly side: 'copy' | 'vault'
  /** Whether a part of it needs opened vault records. */
  readonly hasVaultHalf: boolean
  readonly isWaivable: boolean
  readonly since: string
  readonly flags: string
  readonly policy: string
}

export interface RuleExplanation extends RuleSummary {
  readonly why: string
  readonly advice: string
  readonly options: readonly { readonly name: string; readonly value: string | number | boolean; readonly help: string }[]
  /** One text that the rule flags with the words that it flags, and one that it leaves alone. */
  readonly flagged: { readonly text: string }
  readonly fine: { readonly text: string }
}

/** The rules as data, for listings and explanations. */
export const rules = {
  list: (profile: Profile | string = 'house'): RuleSummary[] => RULES.map((rule) => summary(rule, profileOf(profile))),
  /** Undefined where there is no such rule. */
  explain: (id: string, profile: Profile | string = 'house'): RuleExplanation | undefined => {
    const rule = RULES.find((each) => each.id === id)
    return rule && explanation(rule, profileOf(profile))
  },
}

function summary(rule: Rule, profile: Profile): RuleSummary {
  const { id, title, side, isWaivable, since, flags, policy } = rule
  return { id, title, severity: profile.rules.get(id)?.severity ?? rule.severity, defaultSeverity: rule.severity, side, hasVaultHalf: rule.checkVault !== undefined, isWaivable, since, flags, policy }
}

function explanation(rule: Rule, profile: Profile): RuleExplanation {
  const set: RuleOptions = { ...rule.options, ...profile.rules.get(rule.id)?.options }
  const text = (example: Example) => ({ text: buildExample(example).paragraphs.map((paragraph) => paragraph.text).join('\n\n') })
  return {
    ...summary(rule, profile), why: rule.why, advice: rule.advice,
    options: Object.entries(set).map(([name, value]) => ({ name, value, help: rule.optionHelp[name] ?? '' })),
    flagged: text(rule.examples.flagged), fine: text(rule.examples.fine),
  }
}
