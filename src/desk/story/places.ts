import type { TextRange } from '../../document/index.js'

type Place = Pick<TextRange, 'paragraph' | 'start' | 'end'>

/** The elements that show a range; runs begin and end where ranges do. */
export function elementsOf(root: HTMLElement, { paragraph, start, end }: Place): HTMLElement[] {
  const spans = root.querySelectorAll<HTMLElement>(`[data-paragraph="${paragraph}"] [data-at]`)
  return [...spans].filter((span) => {
    const at = Number(span.dataset['at'])
    return at < end && at + (span.textContent?.length ?? 0) > start
  })
}

/** The first line box of a range, from the top left of the root. */
export function boxOf(root: HTMLElement, place: Place): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | undefined {
  const [first] = elementsOf(root, place)
  const rect = first?.getClientRects()[0]
  if (!rect) return undefined
  const origin = root.getBoundingClientRect()
  return { x: rect.left - origin.left, y: rect.top - origin.top, width: rect.width, height: rect.height }
}

export function bringIntoView(element: Element | null | undefined): void {
  if (!element) return
  const box = element.getBoundingClientRect()
  if (box.top < 90 || box.bottom > window.innerHeight - 260) window.scrollTo({ top: window.scrollY + box.top - window.innerHeight * 0.38 })
}

/** What is selected within one paragraph of the text; undefined where it is nothing, or reaches over several. */
export function selectedRange(root: HTMLElement): Place & { readonly exact: string } | undefined {
  const selection = window.getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  const [from, to] = [placeOf(root, range.startContainer, range.startOffset), placeOf(root, range.endContainer, range.endOffset)]
  if (!from || !to || from.paragraph !== to.paragraph) return undefined
  const text = root.querySelector(`[data-paragraph="${from.paragraph}"]`)!.textContent!
  let [start, end] = [from.offset, to.offset]
  while (start < end && /\s/.test(text[start]!)) start += 1
  while (end > start && /\s/.test(text[end - 1]!)) end -= 1
  return start < end ? { paragraph: from.paragraph, start, end, exact: text.slice(start, end) } : undefined
}

function placeOf(root: HTMLElement, node: Node, offset: number): { readonly paragraph: number; readonly offset: number } | undefined {
  const element = node instanceof Element ? node : node.parentElement
  const paragraph = element?.closest<HTMLElement>('[data-paragraph]')
  if (!paragraph || !root.contains(paragraph)) return undefined
  const before = document.createRange()
  before.setStart(paragraph, 0)
  before.setEnd(node, offset)
  return { paragraph: Number(paragraph.dataset['paragraph']), offset: before.toString().length }
}
