import { useEffect, useState } from 'react'
import { useAddress } from '../address'
import { ask, refusedBy, useAsked } from '../ask'
import { AnonymousShareDocument, CountedFindingsDocument, type CountedFindingsQuery } from '../generated/graphql'
import { Choice } from '../pieces/choice'
import { choose } from '../pieces/search-address'
import { plural, severityOf } from '../words'
import { HERE } from './here'
import { Columns, monthsUntilNow, RuleBars } from './charts'

type Counted = CountedFindingsQuery['findings']['nodes'][number]
/** Pages of a hundred that are read at most. */
const MOST_PAGES = 20
const SPANS = [['3', 'Three months'], ['12', 'A year'], ['24', 'Two years']] as const

/** Findings in the current revisions of stories, by rule and by desk and month; and how much of what a desk prints is anonymous. */
export function FindingsOverTime() {
  const { search } = useAddress()
  const span = SPANS.find(([months]) => months === search.get('months'))?.[0] ?? '12'
  const [desk, rule] = [search.get('desk') || undefined, search.get('rule') || undefined]
  const months = monthsUntilNow(Number(span))
  const { findings, isWhole, isWaiting, problem } = useFindings(months[0]!)
  const share = useAsked(AnonymousShareDocument, { from: `${months[0]!}-01T00:00:00.000Z`, desks: desk ? [desk] : null }).data?.anonymousSourcing ?? []
  const counted = findings.map((finding) => ({ ...finding, desk: finding.story?.desk ?? '', month: (finding.story?.firstPublishedAt ?? finding.story?.revision.savedAt ?? '').slice(0, 7) })).filter(({ month }) => month >= months[0]!)
  const desks = [...new Set(counted.map((finding) => finding.desk))].toSorted((a, b) => a.localeCompare(b))
  const rules = new Map(counted.map((finding) => [finding.rule, finding] as const))
  const shown = counted.filter((finding) => (!desk || finding.desk === desk) && (!rule || finding.rule === rule))
  const byDesk = [...Map.groupBy(shown, (finding) => finding.desk)].toSorted((a, b) => a[0].localeCompare(b[0])).map(([of, found]) => ({ of, values: months.map((month) => found.filter((finding) => finding.month === month).length) }))
  const most = Math.max(1, ...byDesk.flatMap(({ values }) => values))
  const change = (chosen: Readonly<Record<string, string | undefined>>) => choose(HERE, search, chosen)
  return (
    <>
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Choice label="Time" all="A year" value={span === '12' ? undefined : span} options={SPANS.filter(([value]) => value !== '12')} onChange={(chosen) => change({ months: chosen })} />
        <Choice label="Desk" value={desk} options={desks.map((each) => [each, each])} onChange={(chosen) => change({ desk: chosen })} />
        <Choice label="Rule" value={rule} options={[...rules].map(([id, { title }]) => [id, title] as const).toSorted((a, b) => a[1].localeCompare(b[1]))} onChange={(chosen) => change({ rule: chosen })} />
      </form>
      {problem && <p className="problem" role="alert">{problem}</p>}
      <p role="status" className="help">{isWaiting ? 'Counting …' : `${plural(shown.length, 'finding')} in ${plural(new Set(shown.map(({ story }) => story?.slug)).size, 'story', 'stories')}, by the month in which the story was first published, or saved last where it is not.${isWhole ? '' : ` Counted are the first ${findings.length}; there are more.`}`}</p>
      <section aria-labelledby="by-rule">
        <h2 id="by-rule">By rule</h2>
        <RuleBars rows={[...Map.groupBy(shown, (finding) => finding.rule)].map(([id, of]) => ({ id, title: of[0]!.title, severity: severityOf(of[0]!.severity), count: of.length })).toSorted((a, b) => b.count - a.count || a.title.localeCompare(b.title))} />
      </section>
      <section aria-labelledby="by-desk">
        <h2 id="by-desk">By desk and month</h2>
        <div className="charts">{byDesk.map(({ of, values }) => <Columns key={of} title={of} what="Findings" most={most} months={months} values={values} />)}</div>
      </section>
      <section aria-labelledby="anonymous-share">
        <h2 id="anonymous-share">Share of attributions to sources that the copy does not name</h2>
        {share.length === 0 && <p className="help">Nothing was published in this time.</p>}
        <div className="charts">{[...Map.groupBy(share, (row) => row.desk)].toSorted((a, b) => a[0].localeCompare(b[0])).map(([of, rows]) => <Columns key={of} title={of} what="Anonymous" unit="%" most={100} months={months} values={months.map((month) => Math.round(100 * (rows.find((row) => row.month.startsWith(month))?.anonymousShare ?? 0)))} />)}</div>
      </section>
    </>
  )
}

/** Findings of stories saved since the month, read page by page: what is behind the charts is what the list of findings says. */
function useFindings(since: string) {
  const [state, setState] = useState<{ readonly findings: readonly Counted[]; readonly isWhole: boolean; readonly isWaiting: boolean; readonly problem?: string }>({ findings: [], isWhole: true, isWaiting: true })
  useEffect(() => {
    const stop = new AbortController()
    const load = async () => {
      const findings: Counted[] = []
      let after: string | null = null
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const answer: CountedFindingsQuery = await ask(CountedFindingsDocument, { after, filter: { since: `${since}-01T00:00:00.000Z` } }, { signal: stop.signal })
        findings.push(...answer.findings.nodes)
        after = answer.findings.pageInfo.hasNextPage ? answer.findings.pageInfo.endCursor : null
        if (after === null) break
      }
      setState({ findings, isWhole: after === null, isWaiting: false })
    }
    load().catch((error: unknown) => { if (!stop.signal.aborted) setState({ findings: [], isWhole: true, isWaiting: false, problem: refusedBy(error).message }) })
    return () => stop.abort()
  }, [since])
  return state
}
