import type { Token } from './tokens.js'

/** Words between quotation marks, in one paragraph. */
export interface Region {
  /** Indices of tokens: the opening mark, the first token inside, the token after the last inside, the token after the closing mark. */
  readonly open: number
  readonly first: number
  readonly last: number
  readonly close: number
  /** The region of the paragraph before that this one goes on with. */
  readonly continues: number
  readonly closed: boolean
}

type Role = 'open' | 'close' | 'either'

/** How many paragraphs a quotation may run on without its marks being repeated. */
const LONGEST_RUN = 3

interface Open { readonly at: number; readonly continues: number; readonly gap: number }

/**
 * Finds quotation regions paragraph by paragraph, and sets `region` of the tokens in them.
 * A quotation left open goes on in the next paragraph if that one opens with a mark, or closes one that it did not open.
 */
export function findRegions(text: string, tokens: readonly Token[], paragraphs: readonly (readonly [number, number])[]): Region[] {
  const single = !tokens.some((token) => !token.word && /^["“”„«»]|^``$|^''$/.test(token.text))
  const regions: Region[] = []
  let pending: Open | undefined
  for (const [from, to] of paragraphs) {
    const marks = marksOf(text, tokens, from, to, single)
    pending = readParagraph(tokens, from, to, marks, pending, regions)
  }
  return regions
}

interface Mark { readonly at: number; readonly role: Role }

function marksOf(text: string, tokens: readonly Token[], from: number, to: number, single: boolean): Mark[] {
  const marks: Mark[] = []
  for (let at = from; at < to; at += 1) {
    const token = tokens[at]!
    if (token.word) continue
    const role = single ? singleRole(text, token) : doubleRole(text, token)
    if (role) marks.push({ at, role })
  }
  return marks
}

function doubleRole(text: string, token: Token): Role | undefined {
  switch (token.text) {
    case '“': case '«': case '„': case '``': return 'open'
    case '”': case '»': return 'close'
    case '"': case "''": return straightRole(text, token)
    default: return undefined
  }
}

function straightRole(text: string, token: Token): Role {
  const before = text[token.start - 1] ?? ' '
  const after = text[token.end] ?? ' '
  const roomBefore = /[\s([{—–\-/]/.test(before)
  const roomAfter = /[\s)\]}.,;:!?—–\-/]/.test(after)
  if (roomBefore && !roomAfter) return 'open'
  if (roomAfter && !roomBefore) return 'close'
  return 'either'
}

/** Single marks count only in a text without double ones, and never where they may be an apostrophe. */
function singleRole(text: string, token: Token): Role | undefined {
  if (token.text !== '‘' && token.text !== '’' && token.text !== "'") return undefined
  const role = straightRole(text, token)
  if (token.text === '‘') return 'open'
  return role === 'either' ? undefined : role
}

function readParagraph(tokens: readonly Token[], from: number, to: number, marks: readonly Mark[], pending: Open | undefined, regions: Region[]): Open | undefined {
  let open: Open | undefined
  let next = 0
  const first = marks[0]
  if (pending && first && first.at === from && first.role !== 'close') {
    open = { at: from, continues: pending.continues, gap: 0 }
    next = 1
  } else if (pending && first && first.role === 'close') {
    open = { at: -1, continues: pending.continues, gap: 0 }
  } else if (pending && !first && pending.gap < LONGEST_RUN) {
    return { ...pending, gap: pending.gap + 1 }
  }
  let depth = 0
  const balanced = isBalanced(marks, next, open !== undefined)
  for (; next < marks.length; next += 1) {
    const { at, role } = marks[next]!
    if (!open) {
      if (role === 'close' && !marks.slice(next + 1, next + 2).length) continue
      open = { at, continues: -1, gap: 0 }
    } else if (balanced && role === 'open') {
      depth += 1
    } else if (balanced && depth > 0) {
      depth -= 1
    } else {
      add(tokens, regions, open, from, at, true)
      open = undefined
    }
  }
  if (!open) return undefined
  if (open.at >= to - 1) return undefined
  add(tokens, regions, open, from, to, false)
  return { at: open.at, continues: regions.length - 1, gap: 0 }
}

/** Whether the marks of a paragraph, read as nested, come out even. */
function isBalanced(marks: readonly Mark[], from: number, open: boolean): boolean {
  let depth = open ? 1 : 0
  for (let index = from; index < marks.length; index += 1) {
    const { role } = marks[index]!
    if (role === 'open') depth += 1
    else if (role === 'close' || depth > 0) depth -= 1
    else depth += 1
    if (depth < 0 || depth > 2) return false
  }
  return depth === 0
}

function add(tokens: readonly Token[], regions: Region[], open: Open, from: number, to: number, closed: boolean): void {
  const first = open.at < 0 ? from : open.at + 1
  if (first >= to) return
  const region = { open: open.at < 0 ? from : open.at, first, last: to, close: closed ? to + 1 : to, continues: open.continues, closed }
  for (let at = region.open; at < region.close; at += 1) tokens[at]!.region = regions.length
  regions.push(region)
}
