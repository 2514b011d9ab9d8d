import type { AgreementsOnFile, StoryDocument, TextRange } from '../document/index.js'
import { analyse, type CheckContext } from './analysis/context.js'
import { inOrder } from './analysis/ranges.js'
import { bySeverity, compareFindings, type Finding, type Related, type Severity } from './finding.js'
import { fingerprintOf } from './fingerprint.js'
import { profileOf, type Profile } from './profiles/profile.js'
import { RULES } from './rules/index.js'
import type { Draft, Rule } from './rule.js'
import { vaultOf, type OpenedVault, type VaultStory } from './vault.js'

export interface CheckOptions {
  /** A profile, or the name of one that comes with Onrecord. */
  readonly profile?: Profile | string
  /** What the newsroom has on file about the story's sources, beside the document. */
  readonly onFile?: AgreementsOnFile | undefined
  /** Vault rules run through `checkWithVault` only. */
  readonly vault?: false
}

/** All findings of a document, most severe first. Pure: the same document, file and profile give the same findings, whatever the order of its lists. */
export function checkDocument(document: StoryDocument, options: CheckOptions = {}): Finding[] {
  return findingsOf(document, profileOf(options.profile ?? 'house'), undefined, options.onFile)
}

export interface StoryFindings { readonly slug: string; readonly findings: readonly Finding[] }

/**
 * The same rules and those that need vault knowledge. For a cleared person's own client: what it returns must not be stored, sent,
 * or made a condition of publishing.
 */
export function checkWithVault(documents: readonly StoryDocument[], vault: OpenedVault, options: { readonly profile?: Profile | string } = {}): StoryFindings[] {
  const profile = profileOf(options.profile ?? 'house')
  const descriptors = descriptorsOf(documents)
  return documents.map((document) => ({ slug: document.slug, findings: findingsOf(document, profile, vaultOf(document.slug, vault, descriptors)) }))
}

/**
 * What opened records show of stories, and the copy alone does not; of the stories that a record speaks of. For a cleared person's own
 * client, like `checkWithVault`.
 */
export function vaultFindings(documents: readonly StoryDocument[], vault: OpenedVault, options: { readonly profile?: Profile | string } = {}): StoryFindings[] {
  const spokenOf = new Set([...vault.records.flatMap(({ entries, declined = [], terms = [], approvals = [] }) => [...entries, ...declined, ...terms, ...approvals]), ...(vault.candidatePools ?? [])].map(({ story }) => story))
  const profile = profileOf(options.profile ?? 'house')
  const descriptors = descriptorsOf(documents)
  return documents.filter(({ slug }) => spokenOf.has(slug)).map((document) => {
    const alone = new Set(findingsOf(document, profile, undefined).map(identityOf))
    return { slug: document.slug, findings: findingsOf(document, profile, vaultOf(document.slug, vault, descriptors)).filter((finding) => !alone.has(identityOf(finding))) }
  })
}

function descriptorsOf(documents: readonly StoryDocument[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return new Map(documents.map(({ slug, sources }) => [slug, new Map(sources.flatMap((source) => (source.kind === 'ANONYMOUS' ? [[source.key, source.descriptor] as const] : [])))]))
}

const identityOf = ({ rule, fingerprint, what }: Finding) => `${rule} ${fingerprint} ${what}`

function findingsOf(document: StoryDocument, profile: Profile, vault: VaultStory | undefined, onFile?: AgreementsOnFile): Finding[] {
  const context = analyse(document, vault, onFile)
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const rule of RULES) {
    const setting = profile.rules.get(rule.id)
    if (setting?.severity === 'off') continue
    const options = { ...rule.options, ...setting?.options }
    const drafts = [...rule.check(context, options), ...((onFile && rule.checkFile?.(context, options)) ?? []), ...((vault && rule.checkVault?.(context, options)) ?? [])]
    for (const draft of drafts) {
      const finding = finish(draft, rule, setting?.severity ?? rule.severity, context)
      const identity = `${rule.id} ${finding.fingerprint} ${finding.ranges.map((range) => `${range.paragraph}:${range.start}:${range.end}`).join(' ')}`
      if (!seen.has(identity)) findings.push(finding)
      seen.add(identity)
    }
  }
  return findings.sort(compareFindings)
}

function finish(draft: Draft, rule: Rule, set: Severity, context: CheckContext): Finding {
  const ranges = inOrder(draft.ranges)
  const related = [...(draft.related ?? [])].sort((a, b) => a.range.paragraph - b.range.paragraph || a.range.start - b.range.start || a.range.end - b.range.end || (a.label < b.label ? -1 : 1))
  const isQuestion = draft.isQuestion ?? (draft.said ? !draft.said.isConfirmed : context.isFromText)
  const what = isQuestion ? `Is this right: ${draft.what}?` : `${draft.what}.`
  const why = draft.why ?? rule.why
  const advice = draft.advice ?? rule.advice
  return {
    rule: rule.id,
    title: rule.title,
    severity: severityOf(rule, draft, set, isQuestion),
    message: `${what} ${why} ${advice}`,
    what, why, advice, ranges, related, isQuestion,
    exact: ranges.map((range) => range.exact).join(' … '),
    fingerprint: fingerprintOf([rule.id, ...ranges.map(words), '', ...attributed(draft, ranges, related), '', ...related.map(({ range }) => words(range))]),
    ...(draft.suggestion && { suggestion: draft.suggestion }),
    ...(draft.changes && { changes: draft.changes }),
    ...(draft.said && { attribution: draft.said.key }),
    ...withKey('source', draft.source ?? draft.said?.cast?.key),
    ...withKey('quote', draft.quote),
    ...withKey('claim', draft.claim),
  }
}

const words = (range: TextRange) => range.exact

/** What is attributed, so that a waiver for "sources said" holds for these sources saying this and nothing else. */
function attributed(draft: Draft, ranges: readonly TextRange[], related: readonly Related[]): string[] {
  if (!draft.said || ranges.length !== 1) return []
  const shown = new Set([...ranges, ...related.map(({ range }) => range)])
  return draft.said.attribution.content.filter((range) => !shown.has(range)).map(words)
}

const withKey = <K extends string>(name: K, value: string | undefined) => (value === undefined ? {} : ({ [name]: value } as Record<K, string>))

/** The profile's severity, moved as the evidence moves the rule's default. A question is never an error. */
function severityOf(rule: Rule, draft: Draft, set: Severity, isQuestion: boolean): Severity {
  let severity = set
  if (draft.severity) {
    const isMilder = bySeverity(draft.severity, rule.severity) > 0
    if (isMilder ? bySeverity(draft.severity, set) > 0 : bySeverity(draft.severity, set) < 0) severity = draft.severity
  }
  return isQuestion && severity === 'error' ? 'warning' : severity
}
