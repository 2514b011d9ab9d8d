import type { StoryDocument } from '../schema.js'
import { anonymitySides, crossingsOf } from './anonymity.js'
import { compareEntries, type EntryChange } from './entries.js'
import type { Compared } from './fields.js'
import { compareMetadata, NOTE_TO_PARTNERS } from './metadata.js'
import { Names } from './names.js'
import { compareParagraphs } from './paragraphs.js'

/** An entry by its keys in the two public forms, which are names in reading order and mean nothing across versions. */
export interface PublicChange {
  readonly kind: 'APPEARED' | 'VANISHED' | 'CHANGED'
  readonly from: string | null
  readonly to: string | null
  /** What it is called now; null for what vanished. */
  readonly label: string | null
  /** Which fields of a changed entry differ. What they said before is for the newsroom. */
  readonly fields: readonly string[]
}

/** A paragraph by its places in the two versions. `CHANGED` may have moved too. */
export interface PublicParagraphChange {
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED' | 'MOVED'
  readonly from: number | null
  readonly to: number | null
}

export interface PublicChanges {
  readonly paragraphs: readonly PublicParagraphChange[]
  /** Which fields of the story as a whole differ. */
  readonly fields: readonly string[]
  readonly sources: readonly PublicChange[]
  readonly attributions: readonly PublicChange[]
  readonly quotes: readonly PublicChange[]
  readonly statements: readonly PublicChange[]
  readonly requestsForComment: readonly PublicChange[]
  readonly outletCredits: readonly PublicChange[]
}

/**
 * What readers and partners are told of a new version: which parts appeared, vanished or changed, without a word of the old text.
 * Give it two public forms (`publicForm`); it takes no newsroom document.
 *
 * Nothing is followed over the anonymity boundary: what is anonymous on one side only is one entry that vanished and one that
 * appeared, told exactly as two strangers would be. Therefore no lineages are given, for anything: an entry that lacked one, or kept
 * it, would tell which entries crossed.
 */
export function comparePublicly(from: StoryDocument, to: StoryDocument): PublicChanges {
  const names = [new Names(from), new Names(to)] as const
  const comparison = comparing(from, to, names)
  const changes = (collection: Exclude<Compared, 'claims'>) => comparison(collection).map(({ told }) => told)
  return {
    paragraphs: compareParagraphs(from.paragraphs, to.paragraphs).map((change) => ({
      kind: change.kind, from: 'from' in change ? change.from : null, to: 'to' in change ? change.to : null,
    })),
    fields: compareMetadata(from, to, names).map((change) => change.field).filter((field) => field !== NOTE_TO_PARTNERS),
    sources: changes('sources'),
    attributions: changes('attributions'),
    quotes: changes('quotes'),
    statements: changes('statements'),
    requestsForComment: changes('requestsForComment'),
    outletCredits: changes('outletCredits'),
  }
}

/** What became of a quote or attribution, for the change feed: without a word of either version, which may both be gone when it is read. */
export interface CreditChange {
  readonly kind: PublicChange['kind']
  /** Its own where it was last; what crosses the anonymity boundary gets another when it is saved. */
  readonly lineage: string
  readonly fields: readonly string[]
  /** Why what the version before had is not to be used any more; null where it may. */
  readonly reason: RetractionReason | null
}
export const RETRACTION_REASONS = ['WITHDRAWN', 'CORRECTED', 'REMOVED'] as const
export type RetractionReason = (typeof RETRACTION_REASONS)[number]

export interface CreditChanges {
  readonly quotes: readonly CreditChange[]
  readonly attributions: readonly CreditChange[]
}

/** The same of the quotes and attributions alone. What a quote is an excerpt of is left out: the statement may be under an embargo. */
export function compareCredits(from: StoryDocument, to: StoryDocument): CreditChanges {
  const changes = comparing(from, to, [new Names(from), new Names(to)])
  const [before, after] = [from, to].map((document) => new Map(document.quotes.map(({ key, standing }) => [key, standing])))
  const credits = (collection: 'quotes' | 'attributions', reasonOf: (change: EntryChange) => RetractionReason | null) => changes(collection).flatMap(({ change, told }): CreditChange[] => {
    const fields = told.fields.filter((field) => field !== 'excerptOf')
    return change.kind === 'CHANGED' && fields.length === 0 ? [] : [{ kind: change.kind, lineage: change.lineage, fields, reason: reasonOf(change) }]
  })
  return {
    quotes: credits('quotes', ({ kind, from: old, to: now, changes: fields }) => {
      if (kind === 'VANISHED') return before!.get(old!) === 'WITHDRAWN' ? 'WITHDRAWN' : 'REMOVED'
      const standing = after!.get(now!)
      return fields.some(({ field }) => field === 'standing') && (standing === 'WITHDRAWN' || standing === 'CORRECTED') ? standing : null
    }),
    attributions: credits('attributions', ({ kind }) => (kind === 'VANISHED' ? 'REMOVED' : null)),
  }
}

/** What became of the entries of a collection, and what may be told of it. */
function comparing(from: StoryDocument, to: StoryDocument, names: readonly [Names, Names]): (collection: Exclude<Compared, 'claims'>) => { readonly change: EntryChange; readonly told: PublicChange }[] {
  const crossings = crossingsOf([anonymitySides(from)], to)
  return (collection) => {
    const crossing: ReadonlySet<string> | undefined = collection in crossings ? crossings[collection as keyof typeof crossings] : undefined
    return compareEntries(collection, ...names, (lineage) => crossing?.has(lineage) === true)
      .flatMap((change) => publicChange(change, fieldsToTell(collection, change, names)).map((told) => ({ change, told })))
  }
}

function publicChange({ kind, from, to, label }: EntryChange, fields: readonly string[]): PublicChange[] {
  return kind === 'CHANGED' && fields.length === 0 ? [] : [{ kind, from, to, label: kind === 'VANISHED' ? null : label, fields }]
}

/**
 * A field that names an anonymous entry on one side and a named one on the other would say that one took the other's place: it is
 * not told. Neither is which attributions report a statement, nor whether its unnamed spokesperson now has a name.
 */
function fieldsToTell(collection: Compared, change: EntryChange, names: readonly [Names, Names]): readonly string[] {
  const linked = (read: (names: Names, key: string) => string | undefined) => {
    const [before, after] = [read(names[0], change.from!), read(names[1], change.to!)]
    return names[0].isAnonymous(names[0].attribution(before)) !== names[1].isAnonymous(names[1].attribution(after))
  }
  return change.changes.map(({ field }) => field).filter((field) => {
    if (collection === 'statements') return field !== 'attributions' && field !== 'spokesperson'
    if (collection === 'attributions' && (field === 'parent' || field === 'antecedent')) return !linked((of, key) => of.attribution(key)?.[field])
    if (collection === 'outletCredits' && field === 'attribution') return !linked((of, key) => of.outletCredit(key)?.attribution)
    return true
  })
}
