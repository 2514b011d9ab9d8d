import { parseStoryDocument, rebase, type Detached, type DocumentProblem, type Paragraph, type Rebased, type StoryDocument } from '../document/index.js'
import { TextRefused } from '../workers/index.js'

/** Lists of a document whose entries have keys, by the name that callers use. */
export const EDITABLE = {
  SOURCES: 'sources', ATTRIBUTIONS: 'attributions', QUOTES: 'quotes', STATEMENTS: 'statements', REQUESTS_FOR_COMMENT: 'requestsForComment', OUTLET_CREDITS: 'outletCredits', CLAIMS: 'claims',
  EVENTS: 'events', DOCUMENTS: 'documents', RECORDS: 'records', PEOPLE: 'people', ORGANIZATIONS: 'organizations', OUTLETS: 'outlets', JOURNALISTS: 'journalists',
} as const satisfies Readonly<Record<string, keyof StoryDocument>>

export interface ParagraphEdit {
  readonly at: number
  readonly remove: number
  readonly insert: readonly Pick<Paragraph, 'role' | 'text'>[]
}

export interface EntryEdit {
  readonly collection: keyof typeof EDITABLE
  readonly key: string
  readonly entry: object | null
}

export type Edited = { readonly document: StoryDocument; readonly detached: readonly Detached[] } | { readonly problems: readonly DocumentProblem[] }

type Rebase = (document: StoryDocument, paragraphs: readonly Pick<Paragraph, 'role' | 'text'>[]) => Rebased | Promise<Rebased>

/**
 * The document with its text edited; places are those of the document before all edits. Ranges follow their words, or are listed.
 * @param follow looks for the words in the new text, maybe in a thread
 */
export async function editParagraphs(document: StoryDocument, edits: readonly ParagraphEdit[], newId: () => string, follow: Rebase = rebase): Promise<Edited> {
  const problems: DocumentProblem[] = []
  const problem = (index: number, field: string, message: string) => problems.push({ path: `edits[${index}].${field}`, code: 'EDIT_WRONG', message })
  const sorted = edits.map((edit, index) => ({ ...edit, index })).sort((x, y) => x.at - y.at || x.remove - y.remove)
  let free = 0
  for (const { at, remove, index } of sorted) {
    if (at < 0 || at > document.paragraphs.length) problem(index, 'at', `is ${at}; the revision has ${document.paragraphs.length} paragraphs`)
    else if (remove < 0 || at + remove > document.paragraphs.length) problem(index, 'remove', `is ${remove}; from paragraph ${at} there are ${document.paragraphs.length - at}`)
    else if (at < free) problem(index, 'at', `is ${at}, a paragraph that another edit replaces`)
    else free = at + remove
  }
  if (problems.length > 0) return { problems }
  const paragraphs: Pick<Paragraph, 'role' | 'text'>[] = [...document.paragraphs]
  for (const { at, remove, insert } of sorted.reverse()) paragraphs.splice(at, remove, ...insert.map(({ role, text }) => ({ role, text })))
  // Bad text is found before ranges are looked for in it.
  const text = parseStoryDocument({ onrecord: document.onrecord, slug: document.slug, desk: document.desk, paragraphs }, { lineage: newId })
  if (!text.ok) return { problems: text.problems }
  const rebased = await inTime(() => follow(document, paragraphs))
  if ('problems' in rebased) return rebased
  const parsed = parseStoryDocument(rebased.document, { lineage: newId })
  return parsed.ok ? { document: parsed.document, detached: rebased.detached } : { problems: parsed.problems }
}

async function inTime(work: () => Rebased | Promise<Rebased>): Promise<Rebased | { readonly problems: readonly DocumentProblem[] }> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof TextRefused) || error.code === 'STOPPED') throw error
    const message = error.code === 'TIMED_OUT' ? 'change too much of a long text to be followed in time; save them in parts' : 'cannot be followed now: too many texts are waiting. Try again in a few seconds'
    return { problems: [{ path: 'edits', code: 'EDIT_WRONG', message }] }
  }
}

/** The document with entries replaced, added or removed. References to what is gone are problems, not silently cleared. */
export function editEntries(document: StoryDocument, edits: readonly EntryEdit[], newId: () => string): Edited {
  const problems: DocumentProblem[] = []
  const edited: Record<string, unknown> = { ...document }
  edits.forEach(({ collection, key, entry }, index) => {
    const field = EDITABLE[collection]
    const entries = edited[field] as readonly { readonly key: string; readonly lineage?: string }[]
    const at = entries.findIndex((other) => other.key === key)
    if (entry === null) {
      if (at < 0) problems.push({ path: `edits[${index}].key`, code: 'EDIT_WRONG', message: `is "${key}"; ${field} holds no such entry` })
      else edited[field] = entries.toSpliced(at, 1)
      return
    }
    const given = entry as { readonly key?: unknown }
    if (given.key !== undefined && given.key !== key) problems.push({ path: `edits[${index}].entry.key`, code: 'EDIT_WRONG', message: `is ${JSON.stringify(given.key)}, but the edit is of "${key}"` })
    // An entry that is edited stays the one it was.
    const lineage = at < 0 ? undefined : entries[at]!.lineage
    const next = { ...(lineage === undefined ? {} : { lineage }), ...entry, key } as { readonly key: string }
    edited[field] = at < 0 ? [...entries, next] : entries.toSpliced(at, 1, next)
  })
  if (problems.length > 0) return { problems }
  const parsed = parseStoryDocument(edited, { lineage: newId })
  return parsed.ok ? { document: parsed.document, detached: [] } : { problems: parsed.problems }
}
