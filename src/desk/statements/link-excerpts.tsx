import { useState } from 'react'
import { ask, Refused, refusedBy } from '../ask'
import { LinkExcerptsDocument, type ExcerptInput, type OpenedStoryFragment, type StatementInStoryQuery } from '../generated/graphql'
import { plural } from '../words'

interface Links { readonly storyId: string; readonly revision: number; readonly statementId: string; readonly excerpts: ExcerptInput[]; readonly attributionIds?: string[] }

/** Has a story report a statement, and quotes lead to their words in it. @throws Refused where nothing was changed */
export async function linkExcerpts({ storyId, revision, statementId, excerpts, attributionIds = [] }: Links): Promise<OpenedStoryFragment> {
  const { done } = await ask(LinkExcerptsDocument, { input: { storyId, expectedRevision: revision, statementId, excerpts, attributionIds, unlinkQuoteIds: [], idempotencyKey: crypto.randomUUID() } })
  if (done.errors.length > 0 || !done.story) throw new Refused(done.errors[0]?.code ?? 'UNKNOWN', done.errors.map(({ message }) => message).join(' '))
  return done.story
}

interface NotYetProps { readonly story: NonNullable<StatementInStoryQuery['story']>; readonly statementId: string; readonly found: NonNullable<StatementInStoryQuery['findExcerpts']>; readonly onLinked: () => void }

/** The quotes of a story that stand in the statement and do not lead to it, to be linked. */
export function NotYetLinked({ story, statementId, found, onLinked }: NotYetProps) {
  const [problem, setProblem] = useState<string>()
  const [isLinking, setLinking] = useState(false)
  const waiting = found.filter(({ isLinked }) => !isLinked)
  if (waiting.length === 0) return null
  const link = async () => {
    setLinking(true)
    setProblem(undefined)
    try {
      await linkExcerpts({ storyId: story.id, revision: story.revision.number, statementId, excerpts: waiting.map(({ quote, start, end }) => ({ quoteId: quote.id, start, end })) })
      onLinked()
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
    setLinking(false)
  }
  return (
    <div className="not-linked">
      <p>{waiting.length === 1 ? 'This quote stands' : 'These quotes stand'} in the statement word for word, and {waiting.length === 1 ? 'does' : 'do'} not lead to it:</p>
      <ul>{waiting.map(({ quote }) => <li key={quote.id}><blockquote dir="auto">“{quote.text}”</blockquote></li>)}</ul>
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
      <button type="button" disabled={isLinking} onClick={() => void link()}>{isLinking ? 'Linking …' : `Link ${plural(waiting.length, 'quote')}`}</button>
    </div>
  )
}
