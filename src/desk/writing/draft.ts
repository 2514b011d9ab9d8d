import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { rebase, type Paragraph } from '../../document/index.js'
import { ask, isOutcomeUnknown, refusedBy } from '../ask'
import { CheckDraftDocument, SaveTextDocument, type EditParagraphsInput, type OpenedStoryFragment, type ShownFindingFragment } from '../generated/graphql'
import { editsBetween, isSameText } from './edits'
import { draftLeftBehind, forgetDraft, keepDraft, keptDraft, type KeptDraft } from './kept-drafts'
import { NO_ROOM } from './unsaved'

/** Milliseconds without a key until what is written is checked. */
const PAUSE = 600

export interface Conflict { readonly base: readonly Paragraph[]; readonly mine: readonly Paragraph[]; readonly theirs: OpenedStoryFragment }

/** A text on its way to the server, with the key that lets it be saved once, however often it is sent. */
interface Sent { readonly base: readonly Paragraph[]; readonly paragraphs: readonly Paragraph[]; readonly input: EditParagraphsInput & { readonly expectedRevision: number } }

/** The text as it is being written over a revision: kept in this browser, with ranges that follow, checked when one pauses. */
export function useDraft(story: OpenedStoryFragment, onSaved: (story: OpenedStoryFragment) => void) {
  const base = story.document.paragraphs
  const { written, latest, hold, isKept } = useWritten(story.id, base)
  const [problem, setProblem] = useState<string>()
  const [isSaving, setSaving] = useState(false)
  const unanswered = useRef<Sent | undefined>(undefined)
  const shown = useRef(base)
  shown.current = base
  const paragraphs = written?.paragraphs ?? base
  const isChanged = !isSameText(base, paragraphs)
  // Whatever brought the newer story, what is written over another text is never taken for a change of this one.
  const conflict = useMemo(() => (written && isChanged && !isSameText(written.base, base) ? { base: written.base, mine: written.paragraphs, theirs: story } : undefined), [written, isChanged, base, story])
  const isOverThis = isChanged && !conflict
  const rebased = useMemo(() => (isOverThis ? rebase(story.document, paragraphs) : { document: story.document, detached: [] }), [story.document, paragraphs, isOverThis])
  // Where somebody else saved the same words, there is nothing left to keep.
  useEffect(() => { if (written && !isChanged) hold(undefined) }, [written, isChanged, hold])
  const { findings, isChecking, checkProblem } = useChecks(story, rebased.document, isOverThis)

  const write = useCallback((next: readonly Paragraph[]) => {
    setProblem(undefined)
    hold(isSameText(base, next) ? undefined : { base, paragraphs: next })
  }, [base, hold])
  const discard = useCallback(() => {
    // What is thrown away is not sent again to learn what became of it.
    unanswered.current = undefined
    setProblem(undefined)
    hold(undefined)
  }, [hold])
  /** Takes another revision as the one that is written over. */
  const startOver = useCallback((over: OpenedStoryFragment, text: readonly Paragraph[] = over.document.paragraphs) => {
    discard()
    if (!isSameText(over.document.paragraphs, text)) hold({ base: over.document.paragraphs, paragraphs: text })
    onSaved(over)
  }, [discard, hold, onSaved])
  /** Goes on with what was typed since the text was sent that is saved now. */
  const goOnAfter = (sent: Sent, saved: OpenedStoryFragment) => {
    const typed = latest.current?.paragraphs ?? shown.current
    const isNext = saved.revision.number === sent.input.expectedRevision + 1
    const isMore = !isSameText(typed, sent.paragraphs) && !isSameText(typed, saved.document.paragraphs)
    hold(isMore ? { base: isNext ? saved.document.paragraphs : sent.paragraphs, paragraphs: typed } : undefined)
    onSaved(saved)
  }
  /** @returns the story that has this text now; undefined where it was refused. */
  const send = async (sent: Sent): Promise<OpenedStoryFragment | undefined> => {
    unanswered.current = sent
    const { done } = await ask(SaveTextDocument, { input: sent.input }).catch((error: unknown) => {
      if (!isOutcomeUnknown(error)) unanswered.current = undefined
      throw error
    })
    unanswered.current = undefined
    const [error] = done.errors
    if (done.story && (!error || isSameText(done.story.document.paragraphs, sent.paragraphs))) {
      goOnAfter(sent, done.story)
      return done.story
    }
    if (error?.code === 'CONFLICT' && done.story) {
      if (isSameText(done.story.document.paragraphs, sent.base)) setProblem(`Revision ${done.story.revision.number} was saved meanwhile, with the same text. Save again.`)
      onSaved(done.story)
    } else setProblem(error?.message)
    return undefined
  }
  const save = async (): Promise<boolean> => {
    if (!isChanged || isSaving) return !isChanged
    if (paragraphs.some(({ text }) => text.trim() === '')) { setProblem('A paragraph is empty. Write something in it, or delete it with the backspace key.'); return false }
    setSaving(true)
    setProblem(undefined)
    try {
      const before = unanswered.current
      if (before && isSameText(before.paragraphs, paragraphs)) return await send(before) !== undefined && !latest.current
      // Whether an earlier text was saved, only the server knows. It is sent again first, and not saved twice; then what came since.
      const over = before ? await send(before) : story
      const next = latest.current
      if (!over || !next || !isSameText(next.base, over.document.paragraphs)) return over !== undefined && !next
      return await send(sentOver(over, next.paragraphs)) !== undefined && !latest.current
    } catch (refused) {
      setProblem(refusedBy(refused).message)
    } finally {
      setSaving(false)
    }
    return false
  }
  return { paragraphs, document: rebased.document, detached: rebased.detached, findings, isChecking, isChanged, isKept, isSaving, problem: problem ?? (isKept ? checkProblem : NO_ROOM), conflict, write, save, discard, startOver }
}

function sentOver(story: OpenedStoryFragment, paragraphs: readonly Paragraph[]): Sent {
  const base = story.document.paragraphs
  return { base, paragraphs, input: { storyId: story.id, expectedRevision: story.revision.number, idempotencyKey: crypto.randomUUID(), edits: editsBetween(base, paragraphs) } }
}

/** What is written, with the text it is written over; nothing, where that is the same. What this tab or a closed one left unsaved is taken up again. */
function useWritten(storyId: string, base: readonly Paragraph[]) {
  const [written, setWritten] = useState<KeptDraft | undefined>(() => { const kept = keptDraft(storyId); return kept && !isSameText(kept.paragraphs, base) ? kept : undefined })
  const [isKept, setKept] = useState(true)
  // What was typed last, for those who waited for an answer meanwhile.
  const latest = useRef(written)
  const hold = useCallback((next: KeptDraft | undefined) => {
    latest.current = next
    setWritten(next)
    if (!next) forgetDraft(storyId)
    setKept(!next || keepDraft(storyId, next))
  }, [storyId])
  const [first] = useState(base)
  useEffect(() => {
    if (latest.current) return undefined
    forgetDraft(storyId)
    let isGone = false
    const takeUp = async () => {
      const left = await draftLeftBehind(storyId)
      if (!left || isGone || latest.current) return
      if (!isSameText(left.draft.paragraphs, first)) hold(left.draft)
      left.takeAway()
    }
    takeUp().catch(() => undefined)
    return () => { isGone = true }
  }, [storyId, first, hold])
  return { written, latest, hold, isKept }
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
