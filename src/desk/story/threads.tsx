import { useLayoutEffect, useState, type RefObject } from 'react'
import type { StoryDocument } from '../../document/index.js'
import { boxOf } from './places'
import { antecedentsOf } from './sourcing'

const REACH = 26

/** A line in the gutter from where somebody is "they" back to where the story introduced them. */
export function Threads({ document, attribution: key, text }: { readonly document: StoryDocument; readonly attribution: string; readonly text: RefObject<HTMLElement | null> }) {
  const [ys, setYs] = useState<readonly number[]>([])
  useLayoutEffect(() => {
    const attribution = document.attributions.find((each) => each.key === key)
    const root = text.current
    if (!attribution || !root) return setYs([])
    const places = [attribution, ...antecedentsOf(document, attribution)].map((each) => each.mention ?? each.cue ?? each.content[0]!)
    setYs(places.length < 2 ? [] : places.flatMap((place) => { const box = boxOf(root, place); return box ? [box.y + box.height / 2] : [] }))
  }, [document, key, text])
  if (ys.length < 2) return null
  const top = Math.min(...ys)
  const bottom = Math.max(...ys)
  return (
    <svg className="threads" width={REACH + 10} height={bottom - top + 12} style={{ top: top - 6 }} aria-hidden="true">
      {ys.slice(1).map((y, index) => <path key={y} d={arc(ys[index]! - top + 6, y - top + 6)} />)}
      {ys.map((y, index) => <circle key={y} cx={REACH + 2} cy={y - top + 6} r={index === ys.length - 1 ? 4.5 : 3} className={index === ys.length - 1 ? 'origin' : undefined} />)}
    </svg>
  )
}

function arc(from: number, to: number): string {
  const bend = Math.min(REACH, 8 + Math.abs(from - to) / 10)
  const x = REACH + 2
  return `M ${x} ${from} C ${x - bend * 1.3} ${from}, ${x - bend * 1.3} ${to}, ${x} ${to}`
}
