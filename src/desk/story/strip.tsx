import { memo, useMemo } from 'react'
import type { StoryDocument } from '../../document/index.js'
import { groundsOf, sharesOf, sharesSaid, type Ground, type Run } from './sourcing'

/** Characters of a line of the picture, and how high things in it are. */
const LINE = 52
const STEP = 5
const BETWEEN = 4
const SHAPES: Readonly<Record<Ground, { readonly height: number }>> = { own: { height: 1 }, loose: { height: 2 }, named: { height: 3 }, anonymous: { height: 4 } }

interface Stroke { readonly x: number; readonly y: number; readonly width: number; readonly ground: Ground }
interface Drawn { readonly strokes: readonly Stroke[]; readonly height: number; readonly tops: readonly number[] }

/** The story as a picture: its lines, drawn by what they rest on. Thin where the newsroom speaks, a bar where somebody with a name does, a thick one where nobody has one. */
export const Strip = memo(function Strip({ document, onPick }: { readonly document: StoryDocument; readonly onPick: (paragraph: number) => void }) {
  const grounds = useMemo(() => groundsOf(document), [document])
  const { strokes, height, tops } = useMemo(() => drawn(document, grounds), [document, grounds])
  const pick = (event: React.MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const y = ((event.clientY - box.top) / box.height) * height
    onPick(Math.max(0, tops.findLastIndex((top) => top <= y)))
  }
  return (
    <svg className="strip" style={{ maxHeight: height * 2 }} viewBox={`0 0 ${LINE} ${height}`} preserveAspectRatio="none" role="img" aria-label={sharesSaid(sharesOf(document, grounds))} onClick={pick}>
      {strokes.map(({ x, y, width, ground }, index) => <rect key={index} className={`ground-${ground}`} x={x} y={y + (STEP - 1 - SHAPES[ground].height) / 2} width={width} height={SHAPES[ground].height} />)}
    </svg>
  )
})

function drawn(document: StoryDocument, grounds: readonly (readonly Run[])[]): Drawn {
  const strokes: Stroke[] = []
  const tops: number[] = []
  let y = 0
  document.paragraphs.forEach(({ text }, index) => {
    tops.push(y)
    for (const { start, end, ground } of grounds[index]!) {
      for (let at = start; at < end;) {
        const line = Math.floor(at / LINE)
        const stop = Math.min(end, (line + 1) * LINE)
        strokes.push({ x: at - line * LINE, y: y + line * STEP, width: stop - at, ground })
        at = stop
      }
    }
    y += Math.ceil(text.length / LINE) * STEP + BETWEEN
  })
  return { strokes, height: Math.max(y, 1), tops }
}

/** The same in one line, for a list: the story from its first word to its last. */
export const Ribbon = memo(function Ribbon({ document }: { readonly document: StoryDocument }) {
  const grounds = useMemo(() => groundsOf(document), [document])
  const runs = useMemo(() => ribbonOf(document, grounds), [document, grounds])
  const shares = sharesOf(document, grounds)
  return (
    <svg className="ribbon" viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label={sharesSaid(shares)}>
      {runs.map(({ start, end, ground }) => <rect key={start} className={`ground-${ground}`} x={start} width={end - start} y={6 - SHAPES[ground].height * 1.4} height={SHAPES[ground].height * 2.8} />)}
    </svg>
  )
})

function ribbonOf(document: StoryDocument, grounds: readonly (readonly Run[])[]): Run[] {
  const body = document.paragraphs.flatMap(({ role, text }, index) => (role === 'BODY' ? [{ length: text.length, runs: grounds[index]! }] : []))
  const whole = body.reduce((sum, { length }) => sum + length, 0)
  const scale = 1000 / Math.max(1, whole)
  const runs: Run[] = []
  let offset = 0
  for (const { length, runs: own } of body) {
    for (const { start, end, ground } of own) {
      const last = runs.at(-1)
      const next = { start: (offset + start) * scale, end: (offset + end) * scale, ground }
      if (last?.ground === ground) runs[runs.length - 1] = { ...last, end: next.end }
      else runs.push(next)
    }
    offset += length
  }
  return runs
}
