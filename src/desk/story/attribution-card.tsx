import { useLayoutEffect, useState, type RefObject } from 'react'
import type { StoryDocument } from '../../document/index.js'
import type { OpenedStoryFragment } from '../generated/graphql'
import { plural, spoken, termsOf } from '../words'
import { boxOf } from './places'
import { SourceMark } from './source-mark'
import { antecedentsOf, headcountOf, labelOf } from './sourcing'

interface CardProps { readonly document: StoryDocument; readonly attribution: string; readonly agreements: OpenedStoryFragment['agreements']; readonly text: RefObject<HTMLElement | null>; readonly isPinned: boolean }

const WIDTH = 336

/** Who is credited here, on which terms, and where the story said so before. Stands under the words. */
export function AttributionCard({ document, attribution: key, agreements, text, isPinned }: CardProps) {
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number }>()
  const attribution = document.attributions.find((each) => each.key === key)
  useLayoutEffect(() => {
    const root = text.current
    const range = attribution?.mention ?? attribution?.cue ?? attribution?.content[0]
    const box = root && range && boxOf(root, range)
    setPlace(box ? { left: Math.max(0, Math.min(box.x - 8, root.clientWidth - WIDTH)), top: box.y + box.height + 6 } : undefined)
  }, [attribution, text])
  if (!attribution) return null
  const source = document.sources.find((each) => each.key === attribution.source)
  const [antecedent] = antecedentsOf(document, attribution)
  const agreement = source && agreements.find(({ sourceKey }) => sourceKey === source.lineage)
  const told = attribution.toldTo.map((outlet) => document.outlets.find((each) => each.key === outlet)?.name ?? outlet)
  const quotes = document.quotes.filter((quote) => quote.attribution === key)
  return (
    <div id="card" role="tooltip" className={isPinned ? 'card is-pinned' : 'card'} style={place ? { left: place.left, top: place.top } : { visibility: 'hidden' }}>
      <p className="card-who"><SourceMark source={source} /> {source ? labelOf(document, source) : 'Credited to nobody in particular'}</p>
      {source?.kind === 'PERSON' && source.title && <p className="card-title">{source.title}</p>}
      {source?.kind === 'ORGANIZATION' && source.spokesperson && <p className="card-title">{source.spokesperson}</p>}
      <dl>
        {source?.kind === 'ANONYMOUS' && <Line name="Who">{headcountOf(source)}, not named</Line>}
        {source?.kind === 'ANONYMOUS' && source.basis && <Line name="Basis">{source.basis.text}</Line>}
        {source?.kind === 'ANONYMOUS' && source.reason && <Line name="Why unnamed">{source.reason.text}</Line>}
        <Line name="Terms">{termsOf(attribution.groundRules.terms !== 'UNSTATED' ? attribution.groundRules.terms : agreement?.terms ?? 'UNSTATED')}</Line>
        {told.length > 0 && <Line name="Told">{told.join(', ')}</Line>}
        <Line name="Speech">{spoken(attribution.speech)}{quotes.length > 0 && `, ${plural(quotes.length, 'quote')}`}{quotes.some(({ standing }) => standing !== 'STANDS') && `: ${[...new Set(quotes.map(({ standing }) => spoken(standing)))].join(', ')}`}{attribution.negated && ', negated'}</Line>
        {antecedent && <Line name="Earlier">“{(antecedent.mention ?? antecedent.content[0])!.exact}”, paragraph {(antecedent.mention ?? antecedent.content[0])!.paragraph + 1}</Line>}
        {!attribution.confirmed && <Line name="Waits">found by the machine; nobody has confirmed it</Line>}
      </dl>
    </div>
  )
}

function Line({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>
}
