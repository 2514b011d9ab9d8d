import type { TextRange } from '../document/index.js'
import type { CheckContext, Said } from './analysis/context.js'
import { overlaps } from './analysis/ranges.js'
import type { Example } from './example.js'
import type { Related, Severity, Suggestion, WordChange } from './finding.js'

/** What a rule's check returns; the engine adds severity, fingerprint and wording. */
export interface Draft {
  /** Empty for the story as a whole. */
  readonly ranges: readonly TextRange[]
  /** One clause that states what is the matter, without the full stop. */
  readonly what: string
  /** In place of the rule's own. */
  readonly why?: string
  readonly advice?: string
  readonly related?: readonly Related[]
  /** Where the evidence calls for another severity than the rule's default. */
  readonly severity?: Severity
  /** Rests on something that no person has confirmed. */
  readonly isQuestion?: boolean
  readonly said?: Said
  readonly source?: string
  readonly quote?: string
  readonly claim?: string
  readonly suggestion?: Suggestion
  readonly changes?: readonly WordChange[]
}

export type OptionValue = string | number | boolean
export type RuleOptions = Readonly<Record<string, OptionValue>>

export interface Rule<Options extends RuleOptions = RuleOptions> {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  /**
   * Where it may run: `copy` from the document alone; `vault` only where a cleared person has opened vault records.
   * A rule of the copy may have a half that needs the vault too.
   */
  readonly side: 'copy' | 'vault'
  readonly since: string
  /** What it flags, in a sentence. */
  readonly flags: string
  /** The policies that it comes from. */
  readonly policy: string
  /** Why it matters: second part of the message. */
  readonly why: string
  /** What to do: third part of the message. */
  readonly advice: string
  readonly isWaivable: boolean
  readonly options: Options
  /** What the options mean. */
  readonly optionHelp: Readonly<Record<keyof Options & string, string>>
  readonly examples: { readonly flagged: Example; readonly fine: Example }
  readonly check: (context: CheckContext, options: Options) => readonly Draft[]
  /** Runs on top of `check` where vault records are open. */
  readonly checkVault: ((context: CheckContext, options: Options) => readonly Draft[]) | undefined
  /** Runs on top of the others where the newsroom's file of agreements is at hand. It must not need the vault. */
  readonly checkFile: ((context: CheckContext, options: Options) => readonly Draft[]) | undefined
}

type Declared<Options extends RuleOptions> = Omit<Rule<Options>, 'side' | 'since' | 'isWaivable' | 'options' | 'optionHelp' | 'check' | 'checkVault' | 'checkFile'> & {
  readonly since?: string
  readonly isWaivable?: boolean
  readonly options?: Options
  readonly optionHelp?: Readonly<Record<keyof Options & string, string>>
  readonly check?: Rule<Options>['check']
  readonly checkVault?: Rule<Options>['check']
  readonly checkFile?: Rule<Options>['check']
}

/** Declares a rule. One with only a vault half runs on the vault side alone. */
export function defineRule<const Options extends RuleOptions = Readonly<Record<never, never>>>(rule: Declared<Options>): Rule {
  return {
    since: '0.1.0',
    isWaivable: true,
    options: {},
    optionHelp: {},
    check: () => [],
    checkVault: undefined,
    checkFile: undefined,
    ...rule,
    side: rule.check ? 'copy' : 'vault',
  } as unknown as Rule
}

/** What is guessed from the words, less what claims already report at the same place. */
export function addGuesses(claimed: readonly Draft[], guessed: readonly Draft[]): Draft[] {
  const isKnown = ({ ranges }: Draft) => claimed.some((draft) => draft.ranges.some((a) => ranges.some((b) => overlaps(a, b))))
  return [...claimed, ...guessed.filter((draft) => !isKnown(draft))]
}
