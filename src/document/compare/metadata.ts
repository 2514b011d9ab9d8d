import type { StoryDocument } from '../schema.js'
import { Names } from './names.js'
import { enumWords, joined } from './words.js'

/** A field before and after, in words; null where it says nothing. */
export interface FieldChange {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
  /** Of a source's descriptor: whether it says less of the source than before, or more. */
  readonly direction?: 'WIDENED' | 'NARROWED'
}

/** Not for readers, so that they are not told that it changed either. */
export const NOTE_TO_PARTNERS = 'noteToPartners'

const METADATA: readonly (readonly [name: string, say: (document: StoryDocument, names: Names) => string | undefined])[] = [
  ['slug', ({ slug }) => slug],
  ['desk', ({ desk }) => desk],
  ['language', ({ language }) => language],
  ['kind', ({ kind }) => enumWords(kind)],
  ['slugline', ({ slugline }) => slugline],
  ['urgency', ({ urgency }) => urgency?.toString()],
  ['dateline', ({ dateline }) => dateline && joined([dateline.place, dateline.date])],
  ['timeZone', ({ timeZone }) => timeZone],
  ['editorsNote', ({ editorsNote }) => editorsNote],
  ['usageTerms', ({ usageTerms }) => usageTerms],
  [NOTE_TO_PARTNERS, ({ noteToPartners }) => noteToPartners],
  ['storyline', ({ storyline }) => storyline],
  ['evolvedFrom', ({ evolvedFrom }) => evolvedFrom],
  ['translationOf', ({ translationOf }) => translationOf],
  ['parent', ({ parent }) => parent],
  ['bylines', ({ bylines }, names) => joined(bylines.map(({ journalist, role }) => joined([names.of('journalists', journalist), role && `(${role})`], ' ')))],
  ['providers', ({ providers }, names) => joined(providers.map((key) => names.of('outlets', key)))],
  ['topics', ({ topics }) => joined(topics.map(({ code, name }) => `${name} (${code})`))],
  ['media', ({ media, paragraphs }) => joined(media.map(({ kind, uri, caption, credit, rights }) => joined([
    `${enumWords(kind)} ${uri}`, caption === undefined ? undefined : `caption: ${paragraphs[caption]!.text}`, credit && `credit: ${credit}`, rights && `rights: ${rights}`,
  ])), '; ')],
  ['events', ({ events }) => joined(events.map(({ name, visibility, startsAt, place, range }) => joined([name, enumWords(visibility), startsAt, place, range && `“${range.exact}”`])), '; ')],
  ['documents', ({ documents }) => joined(documents.map(({ title, publisher, url, publishedAt }) => joined([title, publisher, url, publishedAt])), '; ')],
  ['firstPublishedAt', ({ publication }) => publication?.firstPublishedAt],
  ['publishedAt', ({ publication }) => publication?.publishedAt],
  ['version', ({ publication }) => publication?.version.toString()],
  ['embargoedUntil', ({ publication }) => publication?.embargoedUntil],
]

/** What is said of the story as a whole and changed. The headline is a paragraph. */
export function compareMetadata(from: StoryDocument, to: StoryDocument, names: readonly [Names, Names] = [new Names(from), new Names(to)]): readonly FieldChange[] {
  return METADATA.flatMap(([field, say]) => {
    const before = say(from, names[0]) ?? null
    const after = say(to, names[1]) ?? null
    return before === after ? [] : [{ field, before, after }]
  })
}
