import { pathText } from './parse.js'
import { RANGED, type Detached, type DetachedEntry, type Ranged } from './rebase/detached.js'
import { createLocator, type Locator } from './rebase/locate.js'
import { detachedCaption, detachedEntry, detachedOccurrence, moveEntry, type EntryOf, type MovedEntry } from './rebase/move-entry.js'
import type { Paragraph, StoryDocument } from './schema.js'

export type { Detached, DetachedEntry, DetachedRange, RangeRole } from './rebase/detached.js'
export type { LostReason } from './rebase/locate.js'

export interface Rebased {
  /** The document over the new paragraphs; every range in it holds the words that it held. */
  readonly document: StoryDocument
  /** What no longer holds, in the order of the old document. */
  readonly detached: readonly Detached[]
}

/**
 * The document with its text replaced by the edited paragraphs. Every range whose words are still there moves with them: through
 * edits before and after it, and paragraphs inserted, deleted, moved, split and merged. A range whose words changed, are gone, or
 * may now be another occurrence of the same words is dropped and listed; nothing silently points at other words.
 *
 * An entry without a range that it needs (attribution content, quote, name of a credited outlet, a claim's last occurrence) is left
 * out and listed whole, and so are the quotes of an attribution left out and a claim's occurrences in it; other references to it are
 * cleared and listed with it. One of several ranges (content, quote, occurrences) that is lost leaves the others.
 *
 * Pure and deterministic; the time grows with the text. If the paragraphs are such as `parseStoryDocument` takes, so is the result.
 * Rebasing onto the document's own paragraphs gives the document itself.
 */
export function rebase(document: StoryDocument, paragraphs: readonly Pick<Paragraph, 'role' | 'text'>[]): Rebased {
  if (isSameText(document.paragraphs, paragraphs)) return { document, detached: [] }
  const locator = createLocator(document.paragraphs, paragraphs)
  const moved = Object.fromEntries(RANGED.map((collection) => [
    collection, document[collection].map((_, index) => moveEntry(document, collection, index, locator)),
  ])) as unknown as Moved
  const left = new LeftOut(document, moved)
  const detached: Detached[] = []
  const kept = <C extends Ranged>(collection: C, entryAt: (index: number, entry: EntryOf<C>) => EntryOf<C> | undefined) => document[collection].flatMap((_, index) => {
    const { entry, lost, holding } = moved[collection][index] as MovedEntry<C>
    detached.push(...lost)
    const result = entry && entryAt(index, entry)
    if (result) return [result]
    detached.push(detachedEntry(document, collection, index, holding, entry ? 'OWNER_LEFT_OUT' : 'RANGES_DETACHED', left.referencesTo(collection, index)))
    return []
  }) as unknown as StoryDocument[C]
  const result: StoryDocument = {
    ...document,
    paragraphs: paragraphs.map(({ role, text }) => ({ role, text })),
    events: kept('events', (_, event) => event),
    media: kept('media', (index, media) => withCaption(document, paragraphs, index, media, locator, detached)),
    sources: kept('sources', (_, source) => source),
    attributions: kept('attributions', (_, attribution) => left.clear(attribution, ['parent', 'antecedent'])),
    quotes: kept('quotes', (_, quote) => (left.has(quote.attribution) ? undefined : quote)),
    statements: document.statements.map((statement) => (statement.attributions.some((key) => left.has(key))
      ? { ...statement, attributions: statement.attributions.filter((key) => !left.has(key)) } : statement)),
    requestsForComment: kept('requestsForComment', (_, request) => withAnswer(request, left)),
    outletCredits: kept('outletCredits', (_, credit) => left.clear(credit, ['attribution'])),
    claims: kept('claims', (index, claim) => withOccurrences(document, index, claim, moved.claims[index]!.lost, left, detached)),
  }
  return { document: result, detached }
}

type Moved = { readonly [C in Ranged]: readonly MovedEntry<C>[] }

function isSameText(before: readonly Paragraph[], after: readonly Pick<Paragraph, 'role' | 'text'>[]): boolean {
  return before.length === after.length && before.every(({ role, text }, at) => role === after[at]!.role && text === after[at]!.text)
}

/** The attributions that are left out, and who names them. */
class LeftOut {
  private readonly references = new Map<string, string[]>()

  constructor(private readonly document: StoryDocument, moved: Moved) {
    document.attributions.forEach((attribution, index) => {
      if (!moved.attributions[index]!.entry) this.references.set(attribution.key, [])
    })
    if (this.references.size === 0) return
    const note = (key: string | undefined, ...path: (string | number)[]) => {
      if (key !== undefined) this.references.get(key)?.push(pathText(path))
    }
    document.attributions.forEach((attribution, index) => {
      note(attribution.parent, 'attributions', index, 'parent')
      note(attribution.antecedent, 'attributions', index, 'antecedent')
    })
    document.statements.forEach((statement, index) => statement.attributions.forEach((key, at) => note(key, 'statements', index, 'attributions', at)))
    document.requestsForComment.forEach((request, index) => note(request.answeredBy?.attribution, 'requestsForComment', index, 'answeredBy', 'attribution'))
    document.outletCredits.forEach((credit, index) => note(credit.attribution, 'outletCredits', index, 'attribution'))
  }

  has(key: string | undefined): boolean {
    return key !== undefined && this.references.has(key)
  }

  referencesTo(collection: Ranged, index: number): DetachedEntry['references'] {
    return collection === 'attributions' ? this.references.get(this.document.attributions[index]!.key) ?? [] : []
  }

  /** The entry without those of its fields that name an attribution left out. */
  clear<T extends object, F extends keyof T>(entry: T, fields: readonly F[]): T {
    const gone = fields.filter((field) => this.has(entry[field] as string | undefined))
    if (gone.length === 0) return entry
    const copy = { ...entry }
    for (const field of gone) delete copy[field]
    return copy
  }
}

function withAnswer(request: EntryOf<'requestsForComment'>, left: LeftOut): EntryOf<'requestsForComment'> {
  if (!left.has(request.answeredBy?.attribution)) return request
  const { answeredBy, ...rest } = request
  return answeredBy?.statement === undefined ? rest : { ...rest, answeredBy: { statement: answeredBy.statement } }
}

/** Without its attribution an occurrence would say that the outlet asserts the claim itself: it goes with the attribution. */
function withOccurrences(document: StoryDocument, index: number, claim: EntryOf<'claims'>, lost: readonly Detached[], left: LeftOut, detached: Detached[]): EntryOf<'claims'> | undefined {
  if (!claim.occurrences.some((occurrence) => left.has(occurrence.attribution))) return claim
  const reported = new Set(lost.map((entry) => entry.path))
  document.claims[index]!.occurrences.forEach((occurrence, at) => {
    const item = detachedOccurrence(document, index, at)
    if (left.has(occurrence.attribution) && !reported.has(item.path)) detached.push(item)
  })
  const occurrences = claim.occurrences.filter((occurrence) => !left.has(occurrence.attribution))
  return occurrences.length > 0 ? { ...claim, occurrences } : undefined
}

function withCaption(document: StoryDocument, paragraphs: readonly Pick<Paragraph, 'role'>[], index: number, media: EntryOf<'media'>, locator: Locator, detached: Detached[]): EntryOf<'media'> {
  if (media.caption === undefined) return media
  const caption = locator.paragraph(media.caption)
  if (caption !== undefined && paragraphs[caption]!.role === 'CAPTION') return caption === media.caption ? media : { ...media, caption }
  detached.push(detachedCaption(document, index, caption === undefined ? 'PARAGRAPH_REMOVED' : 'ROLE_CHANGED'))
  const { caption: _, ...rest } = media
  return rest
}
