import type { Finding } from './finding.js'
import { RULES } from './rules/index.js'

export const WAIVER_CODES = ['EDITOR_VERIFIED', 'SAFETY_OF_SOURCE', 'LEGAL_ADVICE', 'PUBLIC_INTEREST', 'TERM_OF_ART', 'RECORD_UNAVAILABLE', 'FALSE_ALARM', 'TIME_CRITICAL'] as const
export type WaiverCode = (typeof WAIVER_CODES)[number]

/** An editor's decision to publish in spite of a finding. Bound to the words by the fingerprint: when they change, it lapses. */
export interface Waiver {
  readonly rule: string
  readonly fingerprint: string
  readonly code: string
  readonly byRole?: string
}

export interface JudgedFinding {
  readonly finding: Finding
  readonly waiver?: Waiver
}

/** Whether findings of a rule can be waived at all. */
export function isWaivable(rule: string): boolean {
  return RULES.find((each) => each.id === rule)?.isWaivable === true
}

/** Which findings are waived by which waiver. A waiver for a rule that cannot be waived does nothing. */
export function applyWaivers(findings: readonly Finding[], waivers: readonly Waiver[]): JudgedFinding[] {
  const byFinding = new Map<string, Waiver>()
  for (const waiver of waivers) if (isWaivable(waiver.rule)) byFinding.set(`${waiver.rule} ${waiver.fingerprint}`, waiver)
  return findings.map((finding) => {
    const waiver = byFinding.get(`${finding.rule} ${finding.fingerprint}`)
    return waiver ? { finding, waiver } : { finding }
  })
}

/** Waivers whose words are no longer there. */
export function lapsedWaivers(findings: readonly Finding[], waivers: readonly Waiver[]): Waiver[] {
  const present = new Set(findings.map((finding) => `${finding.rule} ${finding.fingerprint}`))
  return waivers.filter((waiver) => !present.has(`${waiver.rule} ${waiver.fingerprint}`))
}

/** The findings that stop publication (I3): errors without a waiver. */
export function blockingFindings(findings: readonly Finding[], waivers: readonly Waiver[] = []): Finding[] {
  return applyWaivers(findings, waivers).filter(({ finding, waiver }) => finding.severity === 'error' && !waiver).map(({ finding }) => finding)
}
