const MONTH = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' })
const nameOf = (month: string) => MONTH.format(new Date(`${month}-01T00:00:00Z`))

/** "2026-11" and the months before it, oldest first. */
export function monthsUntilNow(count: number): string[] {
  const now = new Date()
  return Array.from({ length: count }, (_, index) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - index), 1)).toISOString().slice(0, 7))
}

/** Counts as a table with a bar in each line. */
export function RuleBars({ rows }: { readonly rows: readonly { readonly id: string; readonly title: string; readonly severity: string; readonly count: number }[] }) {
  const most = Math.max(1, ...rows.map(({ count }) => count))
  if (rows.length === 0) return <p className="help">Nothing was found.</p>
  return (
    <table className="ledger bars">
      <thead><tr><th scope="col">Rule</th><th scope="col">Severity</th><th scope="col">Findings</th><td /></tr></thead>
      <tbody>{rows.map(({ id, title, severity, count }) => (
        <tr key={id}><th scope="row">{title}</th><td data-label="Severity">{severity}</td><td data-label="Findings" className="number">{count}</td><td className="bar-cell"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width={(100 * count) / most} height="10" /></svg></td></tr>
      ))}</tbody>
    </table>
  )
}

interface ColumnsProps { readonly title: string; readonly what: string; readonly unit?: string; readonly most: number; readonly months: readonly string[]; readonly values: readonly number[] }

const [WIDTH, HEIGHT] = [240, 72]

/** A small chart of a value by month, and the same as a table. */
export function Columns({ title, what, unit = '', most, months, values }: ColumnsProps) {
  const step = WIDTH / months.length
  const highest = values.indexOf(Math.max(...values))
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${what}, ${title}, ${nameOf(months[0]!)} to ${nameOf(months.at(-1)!)}: most in ${nameOf(months[highest]!)}, ${values[highest]}${unit}`}>
        {values.map((value, index) => <rect key={months[index]} x={index * step + 1} y={HEIGHT - (HEIGHT * value) / most} width={Math.max(1, step - 2)} height={(HEIGHT * value) / most}><title>{`${nameOf(months[index]!)}: ${value}${unit}`}</title></rect>)}
        <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      </svg>
      <p className="chart-ends help"><span>{nameOf(months[0]!)}</span><span>most {values[highest]}{unit}</span><span>{nameOf(months.at(-1)!)}</span></p>
      <details><summary>As a table<span className="unseen">: {what}, {title}</span></summary>
        <table className="ledger"><thead><tr><th scope="col">Month</th><th scope="col">{what}</th></tr></thead><tbody>{months.map((month, index) => <tr key={month}><th scope="row">{nameOf(month)}</th><td data-label={what} className="number">{values[index]}{unit}</td></tr>)}</tbody></table>
      </details>
    </figure>
  )
}
