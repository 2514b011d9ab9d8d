import { useEffect, useRef, useState } from 'react'
import type { StoryDocument } from '../../document/index.js'
import { go, Link, useAddress } from '../address'
import type { ListedStoryFragment } from '../generated/graphql'
import { useEditors, writingNow } from '../live/editors'
import { useShortcuts } from '../pieces/shortcuts'
import { Ribbon } from '../story/strip'
import { Times } from '../story/time'
import { Ago } from '../times'
import { plural, severityOf, stateOf } from '../words'
import { addressOf, filtersOf, SEVERITIES, STATES, type Filters } from './filters'
import { useDocuments, useStoryList, type Row } from './story-list'

export function StoriesPage() {
  const { search } = useAddress()
  const filters = filtersOf(search)
  const { rows, refused, isWaiting, isOld, next, more } = useStoryList(filters)
  const documents = useDocuments(rows)
  const editors = useEditors()
  const list = useRef<HTMLOListElement>(null)
  const desks = useKnownDesks(rows)
  useEffect(() => { document.title = 'Stories – Onrecord desk' }, [])
  const move = (by: number) => {
    const links = [...list.current?.querySelectorAll<HTMLElement>('h2 a') ?? []]
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[Math.min(links.length - 1, Math.max(0, at < 0 ? 0 : at + by))]?.focus()
  }
  useShortcuts('Stories', [
    { keys: 'j ArrowDown', does: 'next story', run: () => move(1) },
    { keys: 'k ArrowUp', does: 'story before', run: () => move(-1) },
    { keys: '/', does: 'search', run: () => document.getElementById('search')?.focus() },
  ])
  return (
    <div className="stories">
      <h1 className="unseen">Stories</h1>
      <FilterBar filters={filters} desks={desks} />
      {refused && <p className="problem" role="alert">{refused.message}</p>}
      <p className="unseen" role="status">{isWaiting ? 'Loading' : `${plural(rows.length, 'story', 'stories')}${next === undefined ? '' : ', and there are more'}`}</p>
      <ol className={isOld && isWaiting ? 'story-list is-old' : 'story-list'} ref={list}>
        {rows.map((row) => <StoryRow key={row.story.id} row={row} text={documents.get(row.story.id)} others={editors.get(row.story.id)} />)}
      </ol>
      {!isWaiting && rows.length === 0 && !refused && <p className="empty">No story fits. {addressOf(filters) !== '/' && <Link to="/">Show all</Link>}</p>}
      {next !== undefined && <p className="more"><button type="button" onClick={more} disabled={isWaiting}>{isWaiting ? 'Loading …' : 'More stories'}</button></p>}
      {rows.length > 0 && <Legend />}
    </div>
  )
}

function FilterBar({ filters, desks }: { readonly filters: Filters; readonly desks: readonly string[] }) {
  const [words, setWords] = useState(filters.words ?? '')
  const current = useRef(filters)
  current.current = filters
  useEffect(() => { setWords(filters.words ?? '') }, [filters.words])
  useEffect(() => {
    if (words.trim() === (current.current.words ?? '')) return undefined
    const timer = window.setTimeout(() => go(addressOf({ ...current.current, words: words.trim() }), { replace: true }), 250)
    return () => window.clearTimeout(timer)
  }, [words])
  const set = (change: Filters) => go(addressOf({ ...filters, ...change }))
  return (
    <form className="filters" role="search" onSubmit={(event) => { event.preventDefault(); set({ words: words.trim() }) }}>
      <label className="field grow"><span className="unseen">Search the copy, quotes and statements</span>
        <input id="search" type="search" placeholder="Search copy, quotes, statements" value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <Choice label="State" value={filters.state} options={STATES.map((state) => [state, stateOf(state)])} onChange={(state) => set({ state })} />
      <Choice label="Desk" value={filters.desk} options={desks.map((desk) => [desk, desk])} onChange={(desk) => set({ desk })} />
      <Choice label="Findings" value={filters.severity} options={SEVERITIES.map((severity) => [severity, `With ${severityOf(severity)}s`])} onChange={(severity) => set({ severity })} />
    </form>
  )
}

function Choice<T extends string>({ label, value, options, onChange }: { readonly label: string; readonly value: T | undefined; readonly options: readonly (readonly [T, string])[]; readonly onChange: (value: T | undefined) => void }) {
  return (
    <span className="field">
      <select aria-label={label} value={value ?? ''} onChange={(event) => onChange((event.target.value || undefined) as T | undefined)}>
        <option value="">{label}: all</option>
        {options.map(([option, name]) => <option key={option} value={option}>{name}</option>)}
        {value !== undefined && !options.some(([option]) => option === value) && <option value={value}>{value}</option>}
      </select>
    </span>
  )
}

/** Desks of every story seen since the page was opened. */
function useKnownDesks(rows: readonly Row[]): readonly string[] {
  const known = useRef(new Set<string>())
  for (const { story } of rows) known.current.add(story.desk)
  return [...known.current].sort((a, b) => a.localeCompare(b))
}

function StoryRow({ row: { story, found }, text, others }: { readonly row: Row; readonly text: StoryDocument | undefined; readonly others: readonly string[] | undefined }) {
  const bylines = story.bylines.map(({ name }) => name).join(', ')
  return (
    <li className="story-row">
      <div className="story-row-head">
        <h2><Link to={`/stories/${story.slug}`}>{story.headline ?? story.slug}</Link></h2>
        <Findings findings={story.findings} />
      </div>
      <p className="meta">
        <State story={story} /> <span>{story.desk}</span>{bylines !== '' && <span>{bylines}</span>}
        <span>{story.state === 'PUBLISHED' && story.revision.isPublic ? 'version' : 'revision'} {story.state === 'PUBLISHED' && story.revision.isPublic ? story.version : story.revision.number}, <Ago at={story.revision.savedAt} /></span>
        <Times story={story} />
        {others && <span className="chip writing-now">{writingNow(others)}</span>}
      </p>
      {found && <p className="found">{pieces(found).map(({ text: words, isHit }, index) => (isHit ? <mark key={index}>{words}</mark> : <span key={index}>{words}</span>))}</p>}
      <div className="ribbon-place">{text && <Ribbon document={text} />}</div>
    </li>
  )
}

function pieces({ text, highlights }: NonNullable<Row['found']>): { readonly text: string; readonly isHit: boolean }[] {
  const result = []
  let at = 0
  for (const { start, end } of highlights) {
    result.push({ text: text.slice(at, start), isHit: false }, { text: text.slice(start, end), isHit: true })
    at = end
  }
  return [...result, { text: text.slice(at), isHit: false }]
}

function State({ story }: { readonly story: ListedStoryFragment }) {
  const isAhead = story.state === 'PUBLISHED' && !story.revision.isPublic
  return <span className={`state state-${story.state.toLowerCase()}`}>{stateOf(story.state)}{isAhead && ', edited since'}</span>
}

function Findings({ findings }: { readonly findings: ListedStoryFragment['findings'] }) {
  const counts = SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const).filter(([, count]) => count > 0)
  if (counts.length === 0) return <span className="tally none">nothing found</span>
  return <span className="tally">{counts.map(([severity, count]) => <span key={severity} className={`count count-${severity.toLowerCase()}`}>{count} <span>{severityOf(severity)}{count === 1 ? '' : 's'}</span></span>)}</span>
}

function Legend() {
  return (
    <p className="legend">
      <span>Each line is a story from first word to last:</span>
      <span><i className="key ground-named" />named sources</span><span><i className="key ground-anonymous" />anonymous sources</span>
      <span><i className="key ground-loose" />nobody in particular</span><span><i className="key ground-own" />the newsroom’s own voice</span>
    </p>
  )
}
