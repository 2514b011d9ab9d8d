import { memo, useLayoutEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import type { Paragraph, StoryDocument } from '../../document/index.js'
import { Words } from '../story/marked-text'
import { runsOf, type Run, type Shown } from '../story/runs'
import { isSameText } from './edits'

interface Place { readonly paragraph: number; readonly offset: number }
/** Paragraphs that were parted or joined: what a field's own undoing knows nothing of. */
interface Step { readonly before: readonly Paragraph[]; readonly after: readonly Paragraph[]; readonly place: Place }

interface TextEditorProps { readonly document: StoryDocument; readonly paragraphs: readonly Paragraph[]; readonly findings: readonly Shown[]; readonly onWrite: (paragraphs: readonly Paragraph[]) => void }

const ROLES: Readonly<Record<string, string>> = { HEADLINE: 'Headline', SUMMARY: 'Summary', BODY: 'Paragraph', CAPTION: 'Caption', CORRECTION: 'Correction', EDITORS_NOTE: 'Editor’s note' }

/** The text to write in. Each paragraph lies over its marked twin, so that one sees what is credited while one writes. */
export function TextEditor({ document, paragraphs, findings, onWrite }: TextEditorProps) {
  const runs = useMemo(() => runsOf(document, findings), [document, findings])
  const root = useRef<HTMLDivElement>(null)
  const caret = useRef<Place | undefined>(undefined)
  const steps = useRef<Step[]>([])
  useLayoutEffect(() => {
    if (!caret.current) return
    goTo(caret.current.paragraph, caret.current.offset)
    caret.current = undefined
  }, [paragraphs])
  const put = (from: number, count: number, inserted: readonly Paragraph[], at: Place, place: Place) => {
    const after = [...paragraphs.slice(0, from), ...inserted, ...paragraphs.slice(from + count)]
    steps.current.push({ before: paragraphs, after, place })
    caret.current = at
    onWrite(after)
  }
  /** @returns whether the last thing that was done was to part or join paragraphs; it is undone then. */
  const undo = (): boolean => {
    const step = steps.current.at(-1)
    if (!step || !isSameText(step.after, paragraphs)) return false
    steps.current.pop()
    caret.current = step.place
    onWrite(step.before)
    return true
  }
  const goTo = (paragraph: number, offset: number) => {
    const field = root.current!.querySelectorAll('textarea')[paragraph]
    field?.focus()
    field?.setSelectionRange(offset, offset)
  }
  const onInput = ({ value, selectionEnd }: HTMLTextAreaElement, index: number) => {
    const paragraph = paragraphs[index]!
    caret.current = undefined
    if (!value.includes('\n')) return onWrite(paragraphs.with(index, { ...paragraph, text: value }))
    const { texts, at, offset } = partedAt(value, selectionEnd)
    put(index, 1, texts.map((text, part) => ({ role: part === 0 ? paragraph.role : roleAfter(paragraph), text })), { paragraph: index + at, offset }, { paragraph: index, offset: sameAtStart(paragraph.text, value) })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>, index: number) => {
    const { selectionStart: start, selectionEnd: end, value } = event.currentTarget
    const paragraph = paragraphs[index]!
    if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      if (undo()) event.preventDefault()
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      put(index, 1, [{ ...paragraph, text: value.slice(0, start).trimEnd() }, { role: roleAfter(paragraph), text: value.slice(end).trimStart() }], { paragraph: index + 1, offset: 0 }, { paragraph: index, offset: start })
    } else if (event.key === 'Backspace' && start === 0 && end === 0 && index > 0) {
      event.preventDefault()
      const before = paragraphs[index - 1]!
      // A paragraph is not made a part of the headline by a key too many.
      if (before.role !== paragraph.role && before.text !== '' && value !== '') return goTo(index - 1, before.text.length)
      const joint = before.text === '' || value === '' || before.text.endsWith(' ') ? '' : ' '
      put(index - 1, 2, [{ ...before, text: before.text + joint + value }], { paragraph: index - 1, offset: before.text.length + joint.length }, { paragraph: index, offset: 0 })
    } else if (event.key === 'ArrowUp' && start === 0 && end === 0 && index > 0) {
      root.current!.querySelectorAll('textarea')[index - 1]?.focus()
    } else if (event.key === 'ArrowDown' && start === value.length && end === start) {
      root.current!.querySelectorAll('textarea')[index + 1]?.focus()
    }
  }
  return (
    <div ref={root} className="editor">
      <h1 className="unseen">Edit the text</h1>
      {paragraphs.map((paragraph, index) => (
        <div key={index} data-paragraph={index} className={`paragraph role-${paragraph.role.toLowerCase()}`}>
          <Twin runs={runs[index] ?? []} />
          <textarea value={paragraph.text} rows={1} spellCheck aria-label={`${ROLES[paragraph.role]} ${index + 1}`} lang={document.language} dir="auto"
            onChange={(event) => onInput(event.target, index)} onKeyDown={(event) => onKeyDown(event, index)} />
        </div>
      ))}
    </div>
  )
}

const roleAfter = ({ role }: Paragraph) => (role === 'HEADLINE' || role === 'SUMMARY' ? 'BODY' : role)

/** The paragraphs of a pasted text, and where its caret falls: parted by blank lines, or by every line's end where there are none. */
function partedAt(value: string, caret: number): { readonly texts: readonly string[]; readonly at: number; readonly offset: number } {
  const parting = /\n[^\S\n]*\n/.test(value) ? /\s*\n[^\S\n]*\n\s*/ : /\s*\n\s*/
  const parts = (text: string) => text.split(parting).map((part) => part.replaceAll(/\s*\n\s*/g, ' '))
  const texts = parts(value).filter((part) => part !== '')
  if (texts.length === 0) return { texts: [''], at: 0, offset: 0 }
  const before = parts(value.slice(0, caret))
  const at = before.slice(0, -1).filter((part) => part !== '').length
  return at < texts.length ? { texts, at, offset: Math.min(before.at(-1)!.length, texts[at]!.length) } : { texts, at: texts.length - 1, offset: texts.at(-1)!.length }
}

function sameAtStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}

const Twin = memo(function Twin({ runs }: { readonly runs: readonly Run[] }) {
  return <div className="twin" aria-hidden="true">{runs.map((run) => <Words key={run.start} run={{ ...run, anchor: undefined }} />)}{'\u200b'}</div>
})
