import { useEffect, useMemo, useRef, useState } from 'react'
import { go, Link, useAddress } from '../address'
import type { OpenedStoryFragment, Severity, ShownFindingFragment } from '../generated/graphql'
import { useEditors, useMarkEditing, writingNow } from '../live/editors'
import { LiveNote } from '../live/live-note'
import { useShortcuts } from '../pieces/shortcuts'
import { Ago, At } from '../times'
import { plural, severityOf, stateOf } from '../words'
import { AddAttribution, type Selected } from '../writing/add-attribution'
import { useDraft } from '../writing/draft'
import { Merge } from '../writing/merge'
import { Proposals } from '../writing/proposals'
import { TextEditor } from '../writing/text-editor'
import { useUnsaved } from '../writing/unsaved'
import { Waive } from '../writing/waive'
import { ActDialog } from './act-dialog'
import { actsOn, mayBeWritten, putsOut, type Act } from './acts'
import { AttributionCard } from './attribution-card'
import { Cast } from './cast'
import { Compare } from './compare'
import { Holders } from './holders'
import { useLooking } from './looking'
import { Lost } from './lost'
import { MarkedText } from './marked-text'
import { Notes, SeverityMark } from './notes'
import { bringIntoView, selectedRange } from './places'
import { sharesOf, GROUNDS, type Ground } from './sourcing'
import { Stranded } from './stranded'
import { Strip } from './strip'
import { Threads } from './threads'
import { Times } from './time'

interface OpenedStoryProps { readonly story: OpenedStoryFragment; readonly onChange: (story: OpenedStoryFragment) => void }

type Doing = 'reading' | 'writing' | 'deciding'

export function OpenedStory({ story, onChange }: OpenedStoryProps) {
  const { search } = useAddress()
  const text = useRef<HTMLDivElement>(null)
  const [act, setAct] = useState<Act>()
  const [openNote, setOpenNote] = useState<string>()
  const [selected, setSelected] = useState<Selected>()
  const draft = useDraft(story, onChange)
  const [chosen, setDoing] = useState<Doing>(draft.isChanged ? 'writing' : 'reading')
  const mayWrite = mayBeWritten(story)
  const doing = mayWrite ? chosen : 'reading'
  const stranded = mayWrite ? undefined : draft.conflict?.mine ?? (draft.isChanged ? draft.paragraphs : undefined)
  const { document, findings } = stranded ? story : draft
  const { shown, filter } = useShownFindings(findings)
  const looking = useLooking(document, text, (fingerprint) => setOpenNote(fingerprint))
  const compared = comparedIn(search.get('compare'), story)
  const waiting = useMemo(() => countWaiting(story), [story])
  useUnsaved(draft.isChanged, draft.isKept)
  // What a closed tab left is taken up a moment after the page is there.
  useEffect(() => { if (draft.isChanged) setDoing('writing') }, [draft.isChanged])
  useMarkEditing(story.id, doing === 'writing')
  const others = useEditors().get(story.id)
  const showNote = (fingerprint: string | undefined) => {
    setOpenNote(fingerprint)
    looking.look(fingerprint === undefined ? undefined : findings.find((finding) => finding.fingerprint === fingerprint)?.ranges[0])
  }
  const stepNote = (by: 1 | -1) => {
    const notes = [...window.document.querySelectorAll<HTMLElement>('[data-note]')].map((note) => note.dataset['note']!)
    const at = openNote === undefined ? -1 : notes.indexOf(openNote)
    const next = notes[at < 0 ? (by > 0 ? 0 : notes.length - 1) : Math.min(notes.length - 1, Math.max(0, at + by))]
    if (next === undefined) return
    showNote(next)
    window.document.querySelector<HTMLElement>(`[data-note="${next}"] button`)?.focus({ preventScroll: true })
  }
  // What is written here is put beside it.
  const load = (newer: OpenedStoryFragment) => { if (draft.isChanged) onChange(newer); else draft.startOver(newer) }
  const save = async () => { if (await draft.save()) setDoing('reading') }
  const credit = () => { const range = text.current && selectedRange(text.current); if (range) setSelected(range) }
  const canCredit = mayWrite && doing === 'reading' && !draft.isChanged
  useShortcuts('Story', compared ? [
    { keys: 'c Escape', does: 'back to the text', run: () => go(`/stories/${story.slug}`) },
  ] : [
    { keys: 'j ArrowDown', does: 'next attribution', run: () => looking.step(1) },
    { keys: 'k ArrowUp', does: 'attribution before', run: () => looking.step(-1) },
    { keys: 'n', does: 'next finding', run: () => stepNote(1) },
    { keys: 'p', does: 'finding before', run: () => stepNote(-1) },
    ...(mayWrite && doing === 'reading' ? [{ keys: 'e', does: 'edit the text', run: () => setDoing('writing') }] : []),
    ...(canCredit ? [{ keys: 'a', does: 'credit the selected words', run: credit }] : []),
    ...(waiting > 0 && canCredit ? [{ keys: 'r', does: 'review proposals', run: () => setDoing('deciding') }] : []),
    ...(doing === 'writing' ? [{ keys: 'Mod+s', does: 'save', run: () => void save() }] : []),
    ...(story.revisions.length > 1 ? [{ keys: 'c', does: 'compare revisions', run: () => go(compareAddress(story)) }] : []),
    { keys: 'Escape', does: 'let go', run: () => { looking.release(); setOpenNote(undefined) } },
  ])
  if (draft.conflict && mayWrite) {
    const { theirs } = draft.conflict
    return (
      <article className="story">
        <Merge conflict={draft.conflict} onMerge={(merged) => { draft.startOver(theirs, merged); setDoing('writing') }} onTakeTheirs={() => { draft.startOver(theirs); setDoing('reading') }} />
      </article>
    )
  }
  return (
    <article className="story">
      <LiveNote story={story} isChanged={draft.isChanged} onLoad={load} />
      <StoryHead story={story} others={others} isComparing={compared !== undefined} onAct={setAct} isChanged={draft.isChanged}>
        {!compared && mayWrite && doing === 'reading' && <button type="button" onClick={() => setDoing('writing')}>Edit</button>}
        {!compared && waiting > 0 && doing === 'reading' && <button type="button" onClick={() => setDoing('deciding')}>{plural(waiting, 'proposal')}</button>}
      </StoryHead>
      {stranded && <Stranded state={story.state} paragraphs={stranded} onThrowAway={() => draft.startOver(story)} />}
      {compared ? <Compare story={story} from={compared.from} to={compared.to} /> : (
        <>
          <Shares document={document} />
          {doing === 'writing' && <WritingBar draft={draft} document={story.document} onSave={() => void save()} onLeave={() => { if (draft.isChanged && !window.confirm('Throw away what is not saved?')) return; draft.discard(); setDoing('reading') }} />}
          <div className="story-body">
            <div className="strip-place"><Strip document={document} onPick={(paragraph) => bringIntoView(text.current?.querySelector(`[data-paragraph="${paragraph}"]`))} /></div>
            <div className="text" ref={text} {...looking.handlers}>
              {looking.active !== undefined && <Threads document={document} attribution={looking.active} text={text} />}
              {doing === 'writing' ? <TextEditor document={document} paragraphs={draft.paragraphs} findings={shown} onWrite={draft.write} /> : <MarkedText document={document} findings={shown} />}
              {looking.active !== undefined && doing !== 'writing' && <AttributionCard document={document} attribution={looking.active} agreements={story.agreements} text={text} isPinned={looking.active === looking.pinned} />}
              {canCredit && <CreditButton text={text} onCredit={credit} />}
            </div>
            {doing === 'deciding' ? <Proposals story={story} onLook={looking.look} onDone={(changed) => { onChange(changed); if (countWaiting(changed) === 0) setDoing('reading') }} onClose={() => setDoing('reading')} /> : (
              <section className="margin" aria-label="Margin">
                {filter}
                <Notes document={document} findings={shown} open={openNote} onOpen={showNote} onLook={looking.look} onTouch={looking.touch} text={text}
                  {...(!draft.isChanged && { actions: (finding) => <Waive story={story} finding={finding} onDone={onChange} /> })} />
              </section>
            )}
            <Cast document={document} story={story} picked={looking.source} onPick={looking.setSource} />
          </div>
        </>
      )}
      {act && <ActDialog act={act} story={story} onClose={() => setAct(undefined)} onDone={(changed) => { setAct(undefined); onChange(changed) }} />}
      {selected && <AddAttribution story={story} selected={selected} onClose={() => setSelected(undefined)} onDone={(changed) => { setSelected(undefined); onChange(changed) }} />}
    </article>
  )
}

function countWaiting({ document }: OpenedStoryFragment): number {
  return [document.sources, document.attributions, document.quotes, document.statements, document.requestsForComment, document.outletCredits, document.claims].reduce((sum, entries) => sum + entries.filter(({ confirmed }) => !confirmed).length, 0)
}

function WritingBar({ draft, document, onSave, onLeave }: { readonly draft: ReturnType<typeof useDraft>; readonly document: OpenedStoryFragment['document']; readonly onSave: () => void; readonly onLeave: () => void }) {
  const says = draft.isSaving ? 'Saving …' : !draft.isChanged ? 'Nothing changed yet' : draft.isChecking ? 'Checking …' : `Not saved. ${plural(draft.findings.filter(({ severity, waiver }) => severity === 'ERROR' && !waiver).length, 'error')}`
  return (
    <div className="writing-bar">
      <button type="button" className="primary" disabled={!draft.isChanged || draft.isSaving} onClick={onSave}>Save</button>
      <button type="button" disabled={draft.isSaving} onClick={onLeave}>{draft.isChanged ? 'Throw away' : 'Done'}</button>
      <span role="status">{says}</span>
      {draft.problem && <span className="problem" role="alert">{draft.problem}</span>}
      <Lost document={document} detached={draft.detached} />
    </div>
  )
}

/** Stands at the selected words. */
function CreditButton({ text, onCredit }: { readonly text: React.RefObject<HTMLElement | null>; readonly onCredit: () => void }) {
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number }>()
  useEffect(() => {
    const look = () => {
      const root = text.current
      if (!root || !selectedRange(root)) return setPlace(undefined)
      const box = window.getSelection()!.getRangeAt(0).getBoundingClientRect()
      const origin = root.getBoundingClientRect()
      setPlace({ left: Math.max(0, box.left - origin.left), top: box.top - origin.top - 40 })
    }
    window.document.addEventListener('selectionchange', look)
    return () => window.document.removeEventListener('selectionchange', look)
  }, [text])
  if (!place) return null
  return <button type="button" className="credit-button" style={place} onMouseDown={(event) => event.preventDefault()} onClick={onCredit}>Credit these words <kbd>a</kbd></button>
}

function comparedIn(given: string | null, story: OpenedStoryFragment): { readonly from: number; readonly to: number } | undefined {
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(given ?? '')
  if (!match) return undefined
  const [from, to] = [Number(match[1]), Number(match[2])]
  const has = (number: number) => story.revisions.some((revision) => revision.number === number)
  return has(from) && has(to) ? { from, to } : undefined
}

/** The last public revision with the current one, or the last two. */
function compareAddress({ slug, revisions, revision }: OpenedStoryFragment): string {
  const before = revisions.filter(({ number }) => number < revision.number)
  const from = before.findLast(({ version }) => version !== null) ?? before.at(-1)
  return `/stories/${slug}?compare=${from?.number ?? revision.number}-${revision.number}`
}

interface StoryHeadProps { readonly story: OpenedStoryFragment; readonly others: readonly string[] | undefined; readonly isComparing: boolean; readonly isChanged: boolean; readonly onAct: (act: Act) => void; readonly children: React.ReactNode }

function StoryHead({ story, others, isComparing, isChanged, onAct, children }: StoryHeadProps) {
  const acts = actsOn(story)
  const bylines = story.document.bylines.map(({ journalist }) => story.document.journalists.find(({ key }) => key === journalist)?.name ?? journalist)
  return (
    <header className="story-head">
      <div>
        <p className="crumbs"><Link to="/">Stories</Link> <span aria-hidden="true">/</span> {story.document.desk} <span aria-hidden="true">/</span> {story.slug}</p>
        <p className="meta">
          <span className={`state state-${story.state.toLowerCase()}`}>{stateOf(story.state)}</span>
          {story.version > 0 && <span>version {story.version}</span>}
          <span>revision {story.revision.number}{!story.revision.isPublic && story.state === 'PUBLISHED' && ', not public yet'}, <Ago at={story.revision.savedAt} /></span>
          {bylines.length > 0 && <span>{bylines.join(', ')}</span>}
          <Times story={story} />
          <span role="status">{others && <span className="chip writing-now">{writingNow(others)}</span>}</span>
          {story.state !== 'DRAFT' && story.usability.status !== 'USABLE' && story.usability.reason && <span>{story.usability.reason}</span>}
        </p>
        {story.corrections.map(({ at, kind, explanation, version }) => <p key={at} className="meta correction"><b>{kind === 'CORRECTION' ? 'Correction' : 'Clarification'}</b> in version {version}, <At at={at} />: {explanation}</p>)}
        {story.version > 0 && <Holders storyId={story.id} />}
      </div>
      <div className="story-acts">
        {children}
        {isComparing ? <Link className="button" to={`/stories/${story.slug}`}>Back to the text</Link> : story.revisions.length > 1 && <Link className="button" to={compareAddress(story)}>Compare</Link>}
        {acts.filter(({ kind }) => kind === 'out').map((act, index) => <button type="button" key={act.name} className={index === 0 ? 'primary' : undefined} disabled={isChanged} title={isChanged ? 'Save first' : undefined} onClick={() => onAct(act)}>{act.name} …</button>)}
        <More acts={acts.filter(({ kind }) => kind !== 'out')} isChanged={isChanged} onAct={onAct} />
      </div>
    </header>
  )
}

function More({ acts, isChanged, onAct }: { readonly acts: readonly Act[]; readonly isChanged: boolean; readonly onAct: (act: Act) => void }) {
  const menu = useRef<HTMLDetailsElement>(null)
  if (acts.length === 0) return null
  const close = () => { if (menu.current) menu.current.open = false }
  return (
    <details className="more-acts" ref={menu} onKeyDown={(event) => { if (event.key === 'Escape') { close(); menu.current?.querySelector('summary')?.focus(); event.stopPropagation() } }} onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) close() }}>
      <summary className="button">More</summary>
      <ul>{acts.map((act) => {
        const waits = isChanged && putsOut(act)
        return <li key={act.name}><button type="button" className="quiet" disabled={waits} title={waits ? 'Save first' : undefined} onClick={() => { close(); onAct(act) }}>{act.name} …</button></li>
      })}</ul>
    </details>
  )
}

const SEVERITIES: readonly Severity[] = ['ERROR', 'WARNING', 'INFO']

/** The findings that the margin shows, and the switches for them. */
function useShownFindings(findings: readonly ShownFindingFragment[]) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set(['WAIVED']))
  const kindOf = ({ severity, waiver }: ShownFindingFragment) => (waiver ? 'WAIVED' : severity)
  const shown = useMemo(() => findings.filter((finding) => !hidden.has(kindOf(finding))), [findings, hidden])
  const toggle = (kind: string) => setHidden((before) => { const after = new Set(before); if (!after.delete(kind)) after.add(kind); return after })
  const counted = [...SEVERITIES, 'WAIVED' as const].map((kind) => ({ kind, count: findings.filter((finding) => kindOf(finding) === kind).length })).filter(({ count }) => count > 0)
  const filter = (
    <div className="notes-filter" role="group" aria-label="Findings shown">
      {counted.length === 0 && <p className="help">No findings.</p>}
      {counted.map(({ kind, count }) => (
        <button type="button" key={kind} aria-pressed={!hidden.has(kind)} onClick={() => toggle(kind)}>
          {kind !== 'WAIVED' && <SeverityMark severity={kind} />} {count} {kind === 'WAIVED' ? 'waived' : `${severityOf(kind)}${count === 1 ? '' : 's'}`}
        </button>
      ))}
    </div>
  )
  return { shown, filter }
}

function Shares({ document }: { readonly document: OpenedStoryFragment['document'] }) {
  const shares = useMemo(() => sharesOf(document), [document])
  return (
    <ul className="shares" aria-label="What the text rests on">
      {(Object.keys(GROUNDS) as Ground[]).filter((ground) => shares[ground] > 0).map((ground) => <li key={ground}><i className={`key ground-${ground}`} /> <b>{Math.round(shares[ground] * 100)}%</b> {GROUNDS[ground]}</li>)}
    </ul>
  )
}
