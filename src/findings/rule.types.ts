import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { PROFILE_NAMES, rules, type Profile, type RuleExplanation } from '../checks/index.js'
import { enumOf } from '../graphql/enum-of.js'
import type { Checker } from './checker.js'
import { Severity } from './finding.types.js'
import { waiversRoles } from './waive-finding.js'
import { StaffRole } from './waiver.types.js'

export const CheckProfile = enumOf(['NEWSROOM', 'HOUSE', 'AP', 'REUTERS', 'BBC'])
registerEnumType(CheckProfile, {
  name: 'CheckProfile', description: 'Which rules run, and how severe they are. Newsroom only.',
  valuesConfig: {
    NEWSROOM: { description: 'The newsroom\'s own, as it is set on the server: what publishing goes by.' }, HOUSE: { description: 'Every rule with its default.' }, AP: { description: 'After the Associated Press.' },
    REUTERS: { description: 'After Reuters.' }, BBC: { description: 'After the BBC.' },
  },
})

/** The profile behind a value of the enum. */
export function profileOfEnum(name: string, checker: Checker): Profile | string {
  return name === 'NEWSROOM' ? checker.profile : name.toLowerCase()
}

@ObjectType({ description: 'How severe a rule is under one profile. Newsroom only.' })
export class ProfileSeverity {
  constructor(profile: string, severity: string | null) {
    this.profile = profile
    this.severity = severity
  }

  @Field(() => CheckProfile, { description: 'The profile.' })
  readonly profile: string

  @Field(() => Severity, { nullable: true, description: 'Its severity there; null where the rule does not run.' })
  readonly severity: string | null
}

@ObjectType({ description: 'A setting of a rule. Newsroom only.' })
export class RuleOption {
  constructor(private readonly option: RuleExplanation['options'][number]) {}

  @Field(() => String, { description: 'Its name in a profile.' })
  get name(): string { return this.option.name }

  @Field(() => String, { description: 'What it is set to, as text.' })
  get value(): string { return String(this.option.value) }

  @Field(() => String, { description: 'What it does.' })
  get help(): string { return this.option.help }
}

@ObjectType({ description: 'A check that stories are put through. Newsroom only.' })
export class Rule {
  constructor(private readonly rule: RuleExplanation, private readonly checker: Checker) {}

  @Field(() => ID, { description: 'Its id, such as "bare-source-descriptor".' })
  get id(): string { return this.rule.id }

  @Field(() => String, { description: 'What it reports, in a few words.' })
  get title(): string { return this.rule.title }

  @Field(() => Severity, { nullable: true, description: 'Its severity under the profile that was asked for; null where it does not run. The evidence may make a finding milder or graver.' })
  get severity(): string | null { return upper(this.rule.severity) }

  @Field(() => [ProfileSeverity], { description: 'Its severity under every profile, the newsroom\'s first.' })
  get severities(): ProfileSeverity[] {
    const under = (profile: Profile | string) => upper(rules.explain(this.rule.id, profile)!.severity)
    return [new ProfileSeverity('NEWSROOM', under(this.checker.profile)), ...PROFILE_NAMES.map((name) => new ProfileSeverity(name.toUpperCase(), under(name)))]
  }

  @Field(() => String, { description: 'What it flags.' })
  get flags(): string { return this.rule.flags }

  @Field(() => String, { description: 'Why that matters.' })
  get why(): string { return this.rule.why }

  @Field(() => String, { description: 'What to do about it.' })
  get advice(): string { return this.rule.advice }

  @Field(() => String, { description: 'The published policies that it comes from.' })
  get policy(): string { return this.rule.policy }

  @Field(() => String, { description: 'The release that brought it.' })
  get since(): string { return this.rule.since }

  @Field(() => Boolean, { description: 'Whether its findings can be waived.' })
  get isWaivable(): boolean { return this.rule.isWaivable }

  @Field(() => [StaffRole], { description: 'Who may waive its findings, unless they are in the byline; nobody where it cannot be waived.' })
  get waivableBy(): readonly string[] { return waiversRoles(this.rule.id) }

  @Field(() => Boolean, { description: 'Whether it needs opened vault records, and so runs in a cleared person\'s own client only: it has no findings here.' })
  get needsVault(): boolean { return this.rule.side === 'vault' }

  @Field(() => String, { description: 'A text that it flags.' })
  get flaggedExample(): string { return this.rule.flagged.text }

  @Field(() => String, { description: 'A text that it leaves alone.' })
  get fineExample(): string { return this.rule.fine.text }

  @Field(() => [RuleOption], { description: 'Its settings, as the profile has them.' })
  get options(): RuleOption[] { return this.rule.options.map((option) => new RuleOption(option)) }
}

const upper = (severity: string) => (severity === 'off' ? null : severity.toUpperCase())
