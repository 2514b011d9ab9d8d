import { useMemo } from 'react'
import type { RequestForComment, Source, StoryDocument } from '../../document/index.js'
import type { OpenedStoryFragment } from '../generated/graphql'
import { At, Countdown } from '../times'
import { plural, spoken, termsOf } from '../words'
import { SourceMark } from './source-mark'
import { headcountOf, labelOf } from './sourcing'

interface CastProps { readonly document: StoryDocument; readonly story: OpenedStoryFragment; readonly picked: string | undefined; readonly onPick: (source: string | undefined) => void }

/** Who speaks in the story: where, how often, and on what was agreed. */
export function Cast({ document, story, picked, onPick }: CastProps) {
  const lines = useMemo(() => linesOf(document), [document])
  return (
    <aside className="cast" aria-label="Cast">
      <h2>Cast</h2>
      {lines.length === 0 && <p className="help">Nobody is credited with anything yet.</p>}
      <ol>
        {lines.map(({ source, mentions, terms, places }) => (
          <li key={source.key} className={`cast-line kind-${source.kind.toLowerCase()}${picked === source.key ? ' is-picked' : ''}`}>
            <button type="button" className="cast-name" aria-pressed={picked === source.key} onClick={() => onPick(picked === source.key ? undefined : source.key)}>
              <SourceMark source={source} /> <span>{labelOf(document, source)}</span> <b aria-label={plural(mentions, 'mention')}>{mentions}</b>
            </button>
            <svg className="places" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true"><line x1="0" x2="1000" y1="4" y2="4" />{places.map((x) => <rect key={x} x={x * 994} width="6" y="0" height="8" />)}</svg>
            <SourceFacts document={document} source={source} terms={terms} story={story} />
          </li>
        ))}
      </ol>
      {document.requestsForComment.length > 0 && <Requests document={document} />}
    </aside>
  )
}

function SourceFacts({ document, source, terms, story }: { readonly document: StoryDocument; readonly source: Source; readonly terms: readonly string[]; readonly story: OpenedStoryFragment }) {
  const facts: string[] = []
  if (source.kind === 'PERSON' && source.title) facts.push(source.title)
  if (source.kind === 'ORGANIZATION' && source.spokesperson) facts.push(source.spokesperson)
  if (source.kind === 'ANONYMOUS') facts.push([headcountOf(source), source.basis?.text, source.reason?.text].filter(Boolean).join('; '))
  if (source.heldBy) facts.push(`vouched for by ${document.outlets.find(({ key }) => key === source.heldBy)?.name ?? source.heldBy}`)
  const said = terms.filter((each) => each !== 'UNSTATED')
  if (said.length > 0) facts.push(said.map(termsOf).join('; '))
  const agreement = source.kind === 'ANONYMOUS' ? story.agreements.find(({ sourceKey }) => sourceKey === source.lineage) : undefined
  const change = story.sourceChanges.find(({ sourceKey, isDone }) => sourceKey === source.lineage && !isDone)
  return (
    <>
      {facts.map((fact) => <p key={fact} className="fact">{fact}</p>)}
      {source.kind === 'ANONYMOUS' && <Agreed agreement={agreement} />}
      {change && <p className="fact warn">{change.notice}</p>}
      {!source.confirmed && <p className="fact warn">found by the machine, not confirmed</p>}
    </>
  )
}

function Agreed({ agreement }: { readonly agreement: OpenedStoryFragment['agreements'][number] | undefined }) {
  const current = agreement?.approvals.filter(({ state }) => state === 'CURRENT') ?? []
  const lapsed = agreement?.approvals.filter(({ state }) => state !== 'CURRENT') ?? []
  return (
    <div className="agreed">
      {agreement?.grantedBy && <p>Granted by {agreement.grantedBy.name}{agreement.agreedAt && <>, <At at={agreement.agreedAt} /></>}{agreement.terms && `, ${termsOf(agreement.terms)}`}</p>}
      {agreement?.reason && <p>Reason agreed: {agreement.reason}</p>}
      {current.map((approval) => <p key={`${approval.at}${approval.use}`}>✓ Approved by {approval.approvedBy.name}: {approval.use}</p>)}
      {lapsed.map((approval) => <p key={`${approval.at}${approval.use}`} className="warn">✗ Approval by {approval.approvedBy.name} {spoken(approval.state)}{approval.lapsedBecause ? `: ${spoken(approval.lapsedBecause)}` : ''}</p>)}
      {current.length === 0 && lapsed.length === 0 && <p className="warn">✗ No approval on file</p>}
      {agreement?.editorKnowsIdentity && <p>An editor knows the identity</p>}
      {agreement?.identityHeldOffSystem && <p>Identity held off the system</p>}
    </div>
  )
}

function Requests({ document }: { readonly document: StoryDocument }) {
  const name = (request: RequestForComment) => document.people.find(({ key }) => key === request.person)?.name ?? document.organizations.find(({ key }) => key === request.organization)?.name ?? 'Somebody'
  return (
    <section className="requests">
      <h2>Requests for comment</h2>
      <ol>
        {document.requestsForComment.map((request) => (
          <li key={request.key} className={request.outcome === 'PENDING' ? 'is-open' : undefined}>
            <span>{name(request)}</span> <b>{request.outcome === 'PENDING' ? 'waiting' : spoken(request.outcome)}</b>
            {request.outcome === 'PENDING' && request.deadline && <p className="fact">deadline <Countdown until={request.deadline} lead="in " /></p>}
            {request.attempts.length > 0 && <p className="fact">{plural(request.attempts.length, 'attempt')}, last by {spoken(request.attempts.at(-1)!.channel)}, <At at={request.attempts.at(-1)!.at} /></p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

interface CastLine { readonly source: Source; readonly mentions: number; readonly terms: readonly string[]; readonly places: readonly number[] }

/** Anonymous sources first, then by how much the story rests on each. */
function linesOf(document: StoryDocument): readonly CastLine[] {
  const starts = document.paragraphs.map(() => 0)
  let whole = 0
  document.paragraphs.forEach(({ text }, index) => { starts[index] = whole; whole += text.length })
  const bySource = Map.groupBy(document.attributions, ({ source }) => source)
  return document.sources.map((source): CastLine => {
    const own = bySource.get(source.key) ?? []
    const places = own.map(({ mention, cue, content }) => { const range = mention ?? cue ?? content[0]!; return (starts[range.paragraph]! + range.start) / Math.max(1, whole) })
    return { source, mentions: own.length, terms: [...new Set(own.map(({ groundRules }) => groundRules.terms))], places: [...new Set(places)] }
  }).sort((a, b) => Number(b.source.kind === 'ANONYMOUS') - Number(a.source.kind === 'ANONYMOUS') || b.mentions - a.mentions)
}
