import { useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import type { StoryDocument } from '../../document/index.js'
import type { Severity, ShownFindingFragment } from '../generated/graphql'
import { severityOf, spoken } from '../words'
import { boxOf } from './places'

interface NotesProps {
  readonly document: StoryDocument
  readonly findings: readonly ShownFindingFragment[]
  readonly open: string | undefined
  readonly onOpen: (fingerprint: string | undefined) => void
  readonly onLook: (place: { readonly paragraph: number; readonly start: number; readonly end: number } | undefined) => void
  /** The same without going there. */
  readonly onTouch: NotesProps['onLook']
  readonly text: RefObject<HTMLElement | null>
  readonly actions?: (finding: ShownFindingFragment) => ReactNode
}

const GAP = 2

/** Findings beside their sentences. Each stands as high as its words, or under the note before it. */
export function Notes({ document, findings, open, onOpen, onLook, onTouch, text, actions }: NotesProps) {
  const column = useRef<HTMLOListElement>(null)
  const [height, setHeight] = useState(0)
  const sorted = useMemo(() => findings.toSorted((a, b) => order(a) - order(b)), [findings])
  useLayoutEffect(() => {
    const [root, list] = [text.current, column.current]
    if (!root || !list) return undefined
    const arrange = () => setHeight(place(root, list, sorted))
    arrange()
    const watch = new ResizeObserver(arrange)
    watch.observe(root)
    for (const note of list.children) watch.observe(note)
    return () => watch.disconnect()
  }, [sorted, document, text, open])
  return (
    <ol className="notes" ref={column} style={{ minHeight: height }} aria-label="Findings">
      {sorted.map((finding) => (
        <li key={finding.fingerprint} data-note={finding.fingerprint} className={`note note-${finding.severity.toLowerCase()}${finding.waiver ? ' is-waived' : ''}${open === finding.fingerprint ? ' is-open' : ''}`}
          onMouseEnter={() => onTouch(finding.ranges[0])} onMouseLeave={() => onTouch(undefined)}>
          <button type="button" className="note-title" aria-expanded={open === finding.fingerprint} onClick={() => onOpen(open === finding.fingerprint ? undefined : finding.fingerprint)}>
            <SeverityMark severity={finding.severity} isQuestion={finding.isQuestion} /> <span>{finding.title}</span>{finding.waiver && <em>waived</em>}
          </button>
          {open === finding.fingerprint && <Opened finding={finding} onLook={onLook} actions={actions?.(finding)} />}
        </li>
      ))}
    </ol>
  )
}

function Opened({ finding, onLook, actions }: { readonly finding: ShownFindingFragment; readonly onLook: NotesProps['onLook']; readonly actions: ReactNode }) {
  return (
    <div className="note-body">
      <p>{finding.what} <span className="why">{finding.why}</span></p>
      <p className="advice">{finding.advice}</p>
      {finding.related.length > 0 && (
        <ul className="related">
          {finding.related.map(({ label, range }) => <li key={`${range.paragraph}:${range.start}`}><button type="button" className="plain" onClick={() => onLook(range)}>“{range.exact}”</button> <span>{label}</span></li>)}
        </ul>
      )}
      {finding.waiver && <p className="help">Waived by {finding.waiver.by}: {spoken(finding.waiver.reason)}{finding.waiver.note && ` – ${finding.waiver.note}`}</p>}
      {actions}
    </div>
  )
}

export function SeverityMark({ severity, isQuestion = false }: { readonly severity: Severity; readonly isQuestion?: boolean }) {
  const sign = isQuestion ? '?' : { ERROR: '!', WARNING: '▲', INFO: 'i' }[severity]
  return <span className={`severity severity-${severity.toLowerCase()}`}><span aria-hidden="true">{sign}</span><span className="unseen">{severityOf(severity)}: </span></span>
}

function order({ ranges: [first] }: ShownFindingFragment): number {
  return first ? first.paragraph * 1e7 + first.start : -1
}

/** Puts each note where it belongs. Gives the height that they need together. */
function place(root: HTMLElement, list: HTMLElement, findings: readonly ShownFindingFragment[]): number {
  if (getComputedStyle(list).position !== 'relative') {
    for (const note of list.children) (note as HTMLElement).style.top = ''
    return 0
  }
  const offset = root.getBoundingClientRect().top - list.getBoundingClientRect().top
  const tops = findings.map(({ ranges: [first] }) => (first ? (boxOf(root, first)?.y ?? 0) + offset : 0))
  const heights = [...list.children].map((note) => (note as HTMLElement).offsetHeight)
  let free = 0
  for (const [index, note] of [...list.children].entries()) {
    const top = Math.max(free, tops[index]!)
    ;(note as HTMLElement).style.top = `${top}px`
    free = top + heights[index]! + GAP
  }
  return free
}
