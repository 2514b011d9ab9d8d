import { useCallback, useEffect, useState, type FocusEvent, type MouseEvent, type RefObject } from 'react'
import type { StoryDocument, TextRange } from '../../document/index.js'
import { bringIntoView, elementsOf } from './places'
import { readingOrder } from './runs'
import { antecedentsOf } from './sourcing'

type Place = Pick<TextRange, 'paragraph' | 'start' | 'end'>

/** What somebody looks at: an attribution under the pointer or pinned, a source of the cast, a finding, a place that a finding names. */
export function useLooking(document: StoryDocument, text: RefObject<HTMLElement | null>, onFinding: (fingerprint: string) => void) {
  const [pinned, setPinned] = useState<string>()
  const [hovered, setHovered] = useState<string>()
  const [source, setSource] = useState<string>()
  const [place, setPlace] = useState<Place>()
  const active = hovered ?? pinned
  const order = useCallback(() => (source === undefined ? readingOrder(document) : readingOrder(document).filter((key) => document.attributions.find((each) => each.key === key)?.source === source)), [document, source])

  useEffect(() => {
    const root = text.current
    if (!root) return undefined
    const marked: [Element, string][] = []
    const mark = (elements: Iterable<Element>, name: string) => { for (const element of elements) { element.classList.add(name); marked.push([element, name]) } }
    const attribution = document.attributions.find(({ key }) => key === active)
    if (active !== undefined) mark(root.querySelectorAll(`[data-a~="${CSS.escape(active)}"]`), 'is-active')
    if (attribution) for (const { key, mention } of antecedentsOf(document, attribution)) if (mention) mark(elementsOf(root, mention).filter((element) => element.dataset['a']?.split(' ').includes(key)), 'is-antecedent')
    if (source !== undefined) {
      root.classList.add('has-source')
      for (const { key } of document.attributions.filter((each) => each.source === source)) mark(root.querySelectorAll(`[data-a~="${CSS.escape(key)}"]`), 'of-source')
    }
    if (place) mark(elementsOf(root, place), 'is-looked-at')
    return () => {
      root.classList.remove('has-source')
      for (const [element, name] of marked) element.classList.remove(name)
    }
  }, [active, source, place, document, text])

  // One attribution can be reached with the Tab key; the others from there.
  useEffect(() => {
    const anchors = [...text.current?.querySelectorAll<HTMLElement>('[data-anchor]') ?? []]
    const reachable = anchors.find(({ dataset }) => dataset['anchor'] === pinned) ?? anchors[0]
    for (const anchor of anchors) anchor.tabIndex = anchor === reachable ? 0 : -1
  }, [pinned, document, text])

  const focus = useCallback((key: string | undefined) => {
    setHovered(undefined)
    setPinned(key)
    if (key === undefined) return
    const anchor = text.current?.querySelector<HTMLElement>(`[data-anchor="${CSS.escape(key)}"]`)
    anchor?.focus({ preventScroll: true })
    bringIntoView(anchor)
  }, [text])

  const attributionAt = (target: EventTarget) => (target instanceof Element ? target.closest<HTMLElement>('[data-a]')?.dataset['a']?.split(' ')[0] : undefined)
  return {
    active, pinned, source, place,
    focus,
    setSource: (key: string | undefined) => { setSource(key); setPinned(undefined) },
    look: useCallback((to: Place | undefined) => { setPlace(to); if (to && text.current) bringIntoView(elementsOf(text.current, to)[0]) }, [text]),
    touch: setPlace,
    release: () => { setPinned(undefined); setHovered(undefined); setSource(undefined); setPlace(undefined) },
    step: (by: 1 | -1) => {
      const keys = order()
      const at = pinned === undefined ? -1 : keys.indexOf(pinned)
      focus(keys[at < 0 ? (by > 0 ? 0 : keys.length - 1) : Math.min(keys.length - 1, Math.max(0, at + by))])
    },
    handlers: {
      onMouseOver: (event: MouseEvent) => setHovered(attributionAt(event.target)),
      onMouseLeave: () => setHovered(undefined),
      onFocus: (event: FocusEvent) => { const key = (event.target as HTMLElement).dataset['anchor']; if (key !== undefined) setPinned(key) },
      onClick: (event: MouseEvent) => {
        if (!window.getSelection()?.isCollapsed) return
        const key = attributionAt(event.target)
        const finding = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-f]')?.dataset['f']?.split(' ')[0] : undefined
        if (key !== undefined) focus(key)
        else setPinned(undefined)
        if (finding !== undefined) onFinding(finding)
      },
    },
  }
}
