import { archiveFinding, type ArchiveFinding } from './archive-story.js'
import type { PartyFact, StoryFacts } from './story-facts.js'

/** Accused in so many stories of a storyline before it is reported: in one story the rule `missing-request-for-comment` speaks. */
const FEWEST_STORIES = 2

/** Somebody whom several stories of a storyline accuse, and whom none of its stories asked or heard. */
export function neverAsked(key: string, stories: readonly StoryFacts[]): ArchiveFinding[] {
  const ordered = [...stories].sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || (a.slug < b.slug ? -1 : 1))
  const accused = new Map<string, { slug: string; fact: PartyFact }[]>()
  const answering = new Set<string>()
  for (const { slug, parties } of ordered) {
    for (const [party, fact] of parties.get(key) ?? []) {
      if (fact.isAnswering) answering.add(party)
      if (fact.isAccused) accused.set(party, [...(accused.get(party) ?? []), { slug, fact }])
    }
  }
  return [...accused].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([party, places]) => !answering.has(party) && places.length >= FEWEST_STORIES).map(([, places]) =>
    archiveFinding('never-asked', key, `${places.length} stories of the storyline “${key.slice('storyline:'.length)}” say something adverse of ${places[0]!.fact.name}, and none of its ${ordered.length} stories asked or quotes them.`, places.map(({ slug, fact }) => ({ slug, range: fact.range }))))
}
