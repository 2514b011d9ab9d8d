import { useCallback, useEffect, useMemo, useState } from 'react'
import { rebase, type Paragraph } from '../../document/index.js'
import { ask, refusedBy } from '../ask'
import { CheckDraftDocument, SaveTextDocument, type OpenedStoryFragment, type ShownFindingFragment } from '../generated/graphql'
import { editsBetween, isSameText } from './edits'
import { forgetDraft, keepDraft, keptDraft, type KeptDraft } from './kept-drafts'

/** Milliseconds without a key until what is written is checked. */
const PAUSE = 600

export interface Conflict { readonly base: readonly Paragraph[]; readonly mine: readonly Paragraph[]; readonly theirs: OpenedStoryFragment }

/** The text as it is being written over a revision: kept in this browser, with ranges that follow, checked when one pauses. */
export function useDraft(story: OpenedStoryFragment, onSaved: (story: OpenedStoryFragment) => void) {
  const [start] = useState(() => startOf(story))
  const [paragraphs, setParagraphs] = useState<readonly Paragraph[]>(start.paragraphs)
  const [conflict, setConflict] = useState<Conflict | undefined>(start.conflict)
  const [problem, setProblem] = useState<string>()
  const [isSaving, setSaving] = useState(false)
  const base = story.document.paragraphs
  const isChanged = !isSameText(base, paragraphs)
  const rebased = useMemo(() => (isChanged ? rebase(story.document, paragraphs) : { document: story.document, detached: [] }), [story.document, paragraphs, isChanged])
  const { findings, isChecking, checkProblem } = useChecks(story, rebased.document, isChanged)

  const write = useCallback((next: readonly Paragraph[]) => {
    setParagraphs(next)
    setProblem(undefined)
    if (isSameText(base, next)) forgetDraft(story.id)
    else keepDraft(story.id, { revision: story.revision.number, base, paragraphs: next })
  }, [story.id, story.revision.number, base])
  const discard = useCallback(() => { forgetDraft(story.id); setParagraphs(base); setProblem(undefined) }, [story.id, base])
  /** Takes another revision as the one that is written over. */
  const startOver = useCallback((over: OpenedStoryFragment, text: readonly Paragraph[] = over.document.paragraphs) => {
    forgetDraft(story.id)
    setConflict(undefined)
    setProblem(undefined)
    setParagraphs(text)
    if (!isSameText(over.document.paragraphs, text)) keepDraft(story.id, { revision: over.revision.number, base: over.document.paragraphs, paragraphs: text })
    onSaved(over)
  }, [story.id, onSaved])
  /** Puts what is written here beside what somebody else saved meanwhile. */
  const meet = useCallback((theirs: OpenedStoryFragment) => setConflict({ base, mine: paragraphs, theirs }), [base, paragraphs])
  const save = async (): Promise<boolean> => {
    if (!isChanged || isSaving) return !isChanged
    if (paragraphs.some(({ text }) => text.trim() === '')) { setProblem('A paragraph is empty. Write something in it, or delete it with the backspace key.'); return false }
    setSaving(true)
    try {
      const { done } = await ask(SaveTextDocument, { input: { storyId: story.id, expectedRevision: story.revision.number, idempotencyKey: crypto.randomUUID(), edits: editsBetween(base, paragraphs) } })
      const [error] = done.errors
      if (!error && done.story) { startOver(done.story); return true }
      if (error?.code === 'CONFLICT' && done.story) setConflict({ base, mine: paragraphs, theirs: done.story })
      else setProblem(error?.message)
    } catch (refused) {
      setProblem(refusedBy(refused).message)
    } finally {
      setSaving(false)
    }
    return false
  }
  return { paragraphs, document: rebased.document, detached: rebased.detached, findings, isChecking, isChanged, isSaving, problem: problem ?? checkProblem, conflict, write, save, discard, startOver, meet }
}

/** What was left unsaved is taken up again; over another revision it is a conflict. */
function startOf(story: OpenedStoryFragment): { readonly paragraphs: readonly Paragraph[]; readonly conflict?: Conflict } {
  const kept: KeptDraft | undefined = keptDraft(story.id)
  if (!kept || isSameText(kept.paragraphs, story.document.paragraphs)) return { paragraphs: story.document.paragraphs }
  if (kept.revision === story.revision.number) return { paragraphs: kept.paragraphs }
  return { paragraphs: story.document.paragraphs, conflict: { base: kept.base, mine: kept.paragraphs, theirs: story } }
}

function useChecks(story: OpenedStoryFragment, document: OpenedStoryFragment['document'], isChanged: boolean) {
  const [checked, setChecked] = useState<{ readonly of: object; readonly findings: readonly ShownFindingFragment[]; readonly problem?: string | undefined }>()
  useEffect(() => {
    if (!isChanged) return undefined
    const stop = new AbortController()
    const timer = window.setTimeout(() => {
      ask(CheckDraftDocument, { document }, { signal: stop.signal }).then(
        ({ checkDocument: { findings, errors } }) => setChecked({ of: document, findings, problem: errors[0] && `This cannot be saved yet: ${errors[0].path} ${errors[0].message}` }),
        (error: unknown) => { if (!stop.signal.aborted) setChecked({ of: document, findings: [], problem: `The checks did not run. ${refusedBy(error).message}` }) },
      )
    }, PAUSE)
    return () => { window.clearTimeout(timer); stop.abort() }
  }, [document, isChanged])
  if (!isChanged) return { findings: story.findings, isChecking: false, checkProblem: undefined }
  // Until the checks have run, what they said before stands, as far as its words still do.
  const findings = (checked?.findings ?? story.findings).filter(({ ranges }) => checked?.of === document || ranges.every(({ paragraph, end }) => end <= (document.paragraphs[paragraph]?.text.length ?? 0)))
  return { findings, isChecking: checked?.of !== document, checkProblem: checked?.of === document ? checked.problem : undefined }
}
