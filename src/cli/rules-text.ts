import type { RuleExplanation, RuleSummary } from '../checks/index.js'
import { columns, type Screen } from './screen.js'

const WIDTH = 80

/** All rules, a line each. */
export function rulesTable(rules: readonly RuleSummary[]): string[] {
  return columns(['RULE', 'SEVERITY', 'WHERE', 'WHAT'], rules.map((rule) => [rule.id, named(rule.severity), rule.side === 'vault' ? 'vault' : rule.hasVaultHalf ? 'copy, vault' : 'copy', rule.title]))
}

const named = (severity: RuleSummary['severity']) => (severity === 'info' ? 'note' : severity)

/** Everything about one rule, for a terminal. */
export function ruleText(rule: RuleExplanation, screen: Screen): string[] {
  const bold = (text: string) => screen.styled(text, 'bold', 'out')
  const side = rule.side === 'vault' ? 'Runs only where a cleared person has opened vault records; never on the server.' : rule.hasVaultHalf ? 'Runs everywhere; a part of it only where vault records are open.' : 'Runs everywhere.'
  return [
    `${bold(rule.id)}: ${rule.title}`,
    `${named(rule.severity)}${rule.severity === rule.defaultSeverity ? '' : ` (by default ${named(rule.defaultSeverity)})`}, since ${rule.since}, ${rule.isWaivable ? 'an editor can waive it' : 'cannot be waived'}`,
    '',
    ...block('Flags', rule.flags), ...block('Why', rule.why), ...block('Do', rule.advice), ...block('Policy', rule.policy), ...block('Where', side),
    ...rule.options.flatMap(({ name, value, help }) => block('Option', `${name} = ${JSON.stringify(value)}: ${help}`)),
    '', bold('Flagged'), ...wrapped(rule.flagged.text, '  '), '', bold('Fine'), ...wrapped(rule.fine.text, '  '),
  ]
}

const block = (label: string, text: string) => wrapped(text, `${label}:`.padEnd(9))

function wrapped(text: string, indent: string): string[] {
  return text.split('\n').flatMap((part) => {
    const rows: string[] = []
    let row = rows.length === 0 ? indent : ''
    for (const word of part.split(' ')) {
      if (row.length + word.length > WIDTH && row.trim() !== '') {
        rows.push(row.trimEnd())
        row = ' '.repeat(indent.length)
      }
      row += `${word} `
    }
    return [...rows, row.trimEnd()]
  })
}

/** The id that was meant, where one is near enough. */
export function nearestId(id: string, ids: readonly string[]): string | undefined {
  const best = ids.map((each) => ({ each, steps: distance(id, each), shared: shared(id, each) })).sort((a, b) => b.shared - a.shared || a.steps - b.steps)[0]
  const typo = ids.map((each) => ({ each, steps: distance(id, each) })).sort((a, b) => a.steps - b.steps)[0]
  if (typo && typo.steps <= Math.max(2, id.length / 4)) return typo.each
  return best && best.shared > 0 ? best.each : undefined
}

const shared = (a: string, b: string) => a.split('-').filter((part) => b.split('-').includes(part)).length

/** Letters to add, take away or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
