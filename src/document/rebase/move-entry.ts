import { pathText } from '../parse.js'
import type { StoryDocument, TextRange } from '../schema.js'
import { compareRanges, contextOf } from '../text-range.js'
import { roleOf, type Detached, type DetachedEntry, type DetachedRange, type Ranged } from './detached.js'
import type { Locator } from './locate.js'

export type EntryOf<C extends Ranged> = StoryDocument[C][number]
type Path = readonly (string | number)[]

/** What became of one entry. `entry` is undefined where a range that it needs is detached. */
export interface MovedEntry<C extends Ranged> {
  readonly entry: EntryOf<C> | undefined
  readonly lost: readonly DetachedRange[]
  readonly holding: DetachedEntry['holding']
}

/** The ranges that an entry of a collection cannot be without. One that loses some of several keeps the others. */
const REQUIRED: { readonly [C in Ranged]?: string } = { attributions: 'content', quotes: 'ranges', outletCredits: 'mention', claims: 'occurrences' }
const DROPPED = Symbol('dropped')

/** Moves every range of an entry to its new place; those without one are dropped and listed. */
export function moveEntry<C extends Ranged>(document: StoryDocument, collection: C, index: number, locator: Locator): MovedEntry<C> {
  const old = document[collection][index] as EntryOf<C>
  const lost: DetachedRange[] = []
  const holding: { path: string; range: TextRange }[] = []

  const moveRange = (range: TextRange, path: Path): unknown => {
    const located = locator.locate(range)
    if ('range' in located) {
      holding.push({ path: pathText(path), range: located.range })
      return isSamePlace(located.range, range) ? range : located.range
    }
    lost.push(detachedRange(document, collection, index, path, range, located.lost))
    return DROPPED
  }
  const move = (value: unknown, path: Path): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (isTextRange(value)) return moveRange(value, path)
    if (Array.isArray(value)) {
      const moved = value.map((item, at) => move(item, [...path, at]))
      return moved.every((item, at) => item === value[at]) ? value : moved.filter((item) => item !== DROPPED)
    }
    const moved = Object.entries(value).map(([name, item]) => [name, item, move(item, [...path, name])] as const)
    if (moved.every(([, before, after]) => before === after)) return value
    // An occurrence is nothing without its words.
    if (path[0] === 'claims' && path.length === 4 && moved.some(([name, , after]) => name === 'range' && after === DROPPED)) return DROPPED
    return Object.fromEntries(moved.flatMap(([name, , after]) => (after === DROPPED ? [] : [[name, after]])))
  }
  const moved = together(document, collection, index, move(old, [collection, index]) as EntryOf<C>, locator, lost)
  const entry = tidied(collection, moved, 'mention' in old)
  const required = REQUIRED[collection]
  const needed = required === undefined ? true : (entry as Readonly<Record<string, unknown>>)[required]
  const isLeftOut = needed === undefined || (Array.isArray(needed) && needed.length === 0)
  return { entry: isLeftOut ? undefined : entry, lost, holding }
}

/** A cue or mention that an edit has set in another sentence than what it credits is that of another attribution. */
function together<C extends Ranged>(document: StoryDocument, collection: C, index: number, entry: EntryOf<C>, locator: Locator, lost: DetachedRange[]): EntryOf<C> {
  if (collection !== 'attributions') return entry
  const old = document.attributions[index]!
  let moved = entry as EntryOf<'attributions'>
  for (const role of ['cue', 'mention'] as const) {
    const range = moved[role]
    if (!range || moved.content.length === 0 || !locator.isParted(old.content, old[role]!, moved.content, range)) continue
    lost.push(detachedRange(document, collection, index, [collection, index, role], old[role]!, 'AMBIGUOUS'))
    const { [role]: _, ...rest } = moved
    moved = rest
  }
  return moved as EntryOf<C>
}

/** Content in the reading order of the new text, no exact headcount without the words that give it, no form of a mention that is gone. */
function tidied<C extends Ranged>(collection: C, entry: EntryOf<C>, hadMention: boolean): EntryOf<C> {
  if (collection === 'attributions') {
    const { content, mention, mentionForm, ...rest } = entry as EntryOf<'attributions'>
    if (!mention && mentionForm && hadMention) return tidied(collection, { ...rest, content } as EntryOf<C>, false)
    if (content.some((range, at) => at > 0 && compareRanges(content[at - 1]!, range) >= 0)) return { ...entry, content: [...content].sort(compareRanges) }
  }
  if (collection === 'sources') {
    const source = entry as EntryOf<'sources'>
    if (source.kind === 'ANONYMOUS' && source.headcount.exact !== undefined && !source.headcount.range) return { ...entry, headcount: { min: source.headcount.min } }
  }
  return entry
}

function detachedRange(document: StoryDocument, collection: Ranged, index: number, path: Path, range: TextRange, reason: DetachedRange['reason']): DetachedRange {
  const role = roleOf(collection, String(path[2]))
  const dropped = droppedWith(document, collection, index, path)
  return {
    kind: 'RANGE', path: pathText(path), ...ownerOf(document, collection, index), role, exact: range.exact, ...contextOf(document, range), range, reason,
    ...(dropped === undefined ? {} : { dropped }),
  }
}

function droppedWith(document: StoryDocument, collection: Ranged, index: number, path: Path): unknown {
  if (collection === 'claims') return document.claims[index]!.occurrences[Number(path[3])]
  if (collection === 'attributions') {
    const { mentionForm } = document.attributions[index]!
    return path[2] === 'mention' && mentionForm ? { mentionForm } : undefined
  }
  const source = collection === 'sources' ? document.sources[index] : undefined
  return source?.kind === 'ANONYMOUS' && path[2] === 'headcount' && source.headcount.exact !== undefined ? { exact: source.headcount.exact } : undefined
}

function ownerOf(document: StoryDocument, collection: Ranged, index: number): Pick<Detached, 'collection' | 'key' | 'lineage'> {
  const entry = document[collection][index]!
  return { collection, key: entry.key, lineage: 'lineage' in entry ? entry.lineage : undefined }
}

/** An occurrence whose words hold, but whose attribution is left out. */
export function detachedOccurrence(document: StoryDocument, index: number, at: number): DetachedRange {
  const { range } = document.claims[index]!.occurrences[at]!
  return detachedRange(document, 'claims', index, ['claims', index, 'occurrences', at, 'range'], range, 'OWNER_LEFT_OUT')
}

/** The picture whose caption is gone. */
export function detachedCaption(document: StoryDocument, index: number, reason: DetachedRange['reason']): DetachedRange {
  const paragraph = document.media[index]!.caption!
  const { text } = document.paragraphs[paragraph]!
  return detachedRange(document, 'media', index, ['media', index, 'caption'], { paragraph, start: 0, end: text.length, exact: text }, reason)
}

export function detachedEntry<C extends Ranged>(document: StoryDocument, collection: C, index: number, holding: DetachedEntry['holding'], reason: DetachedEntry['reason'], references: readonly string[]): DetachedEntry {
  const entry = document[collection][index] as EntryOf<C>
  const ranges = mainRanges(entry)
  return {
    kind: 'ENTRY', path: pathText([collection, index]), ...ownerOf(document, collection, index), role: 'ENTRY',
    exact: ranges.map((range) => range.exact).join(' '),
    prefix: contextOf(document, ranges[0]!).prefix,
    suffix: contextOf(document, ranges.at(-1)!).suffix,
    reason, entry, holding, references,
  }
}

function mainRanges(entry: EntryOf<Ranged>): readonly TextRange[] {
  if ('ranges' in entry) return entry.ranges
  if ('occurrences' in entry) return entry.occurrences.map((occurrence) => occurrence.range)
  if ('outlet' in entry && 'mention' in entry) return [entry.mention as TextRange]
  return 'content' in entry ? entry.content : []
}

function isTextRange(value: object): value is TextRange {
  return 'paragraph' in value && 'start' in value && 'end' in value
}

function isSamePlace(x: TextRange, y: TextRange): boolean {
  return x.paragraph === y.paragraph && x.start === y.start
}
