import { parseStoryDocument, type DocumentProblem } from './parse.js'
import type { StoryDocument } from './schema.js'

/**
 * A document read out of a text, without what a reader would get of it although nobody can confirm it: titles held and other names, which
 * are public with whoever is cited. A person's title in the story is part of the source, which is confirmed.
 */
export function withoutUnconfirmable(document: StoryDocument): StoryDocument {
  return {
    ...document,
    people: document.people.map((person) => ({ ...person, aliases: [], affiliations: [] })),
    organizations: document.organizations.map((organization) => ({ ...organization, aliases: [] })),
  }
}

/** What somebody says of a text beside its words. */
export interface TextHead {
  readonly slug?: string
  readonly desk?: string
  /** BCP 47. */
  readonly language?: string
  /** Name of the outlet that publishes it. */
  readonly provider?: string
}

/** What a document with this head would be refused for, by the head's own names; told before anything is read. */
export function headProblems({ slug, desk, language, provider }: TextHead): readonly DocumentProblem[] {
  const parsed = parseStoryDocument({
    onrecord: 1, slug: slug ?? 'a', desk: desk ?? 'a', ...(language !== undefined && { language }), paragraphs: [{ text: 'a' }],
    ...(provider !== undefined && { outlets: [{ key: 'provider', name: provider }] }),
  })
  return parsed.ok ? [] : parsed.problems.map((problem) => ({ ...problem, path: problem.path.replace('outlets[0].name', 'provider') }))
}
