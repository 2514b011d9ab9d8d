import { memo, useMemo } from 'react'
import type { StoryDocument } from '../../document/index.js'
import { headcountOf, labelOf } from './sourcing'
import { runsOf, type Run, type Shown } from './runs'

interface MarkedTextProps { readonly document: StoryDocument; readonly findings: readonly Shown[]; readonly isPreview?: boolean }

/** The text with its sourcing. What is looked at is marked by classes that are set on it from outside, so that it need not be made anew. */
export const MarkedText = memo(function MarkedText({ document, findings, isPreview = false }: MarkedTextProps) {
  const paragraphs = useMemo(() => runsOf(document, findings), [document, findings])
  const described = useMemo(() => descriptionsOf(document), [document])
  return (
    <>
      {document.paragraphs.map(({ role }, index) => {
        const runs = paragraphs[index]!.map((run) => <Words key={run.start} run={isPreview ? { ...run, anchor: undefined } : run} description={run.anchor === undefined ? undefined : described.get(run.anchor)} />)
        const className = `paragraph role-${role.toLowerCase()}`
        if (role === 'HEADLINE' && !isPreview) return <h1 key={index} data-paragraph={index} className={className} lang={document.language} dir="auto">{runs}</h1>
        return <p key={index} data-paragraph={index} className={className} lang={document.language} dir="auto">{runs}</p>
      })}
    </>
  )
})

export function Words({ run, description }: { readonly run: Run; readonly description?: string | undefined }) {
  if (run.parts.size === 0 && run.findings.length === 0) return <span data-at={run.start}>{run.text}</span>
  const classes = [
    run.parts.has('content') && `content on-${run.ground}`,
    run.parts.has('quote') && 'quote',
    run.parts.has('cue') && 'cue',
    run.mentionOf !== undefined && `mention mention-${run.mentionOf}`,
    run.startsMention && 'mention-start',
    run.parts.has('addressee') && 'addressee',
    run.startsAddressee && 'addressee-start',
    run.parts.has('credit') && 'credit',
    run.isQuestion && 'unconfirmed',
  ].filter(Boolean).join(' ')
  const marks = { 'data-at': run.start, className: classes || undefined, 'data-a': run.attributions.join(' ') || undefined, 'data-f': run.findings.join(' ') || undefined }
  if (run.anchor === undefined) return <span {...marks}>{run.text}</span>
  return <span {...marks} data-anchor={run.anchor} role="button" tabIndex={-1} aria-description={description}>{run.text}</span>
}

/** What one hears of an attribution where one comes to it by keyboard. */
function descriptionsOf(document: StoryDocument): ReadonlyMap<string, string> {
  const sources = new Map(document.sources.map((source) => [source.key, source]))
  return new Map(document.attributions.map(({ key, source: sourceKey, content }) => {
    const source = sourceKey === undefined ? undefined : sources.get(sourceKey)
    const who = source === undefined ? 'credited to nobody in particular' : source.kind === 'ANONYMOUS' ? `anonymous source, ${headcountOf(source)!}` : `source: ${labelOf(document, source)}`
    return [key, `${who}; credited with: ${content.map(({ exact }) => exact).join(' … ')}`]
  }))
}
