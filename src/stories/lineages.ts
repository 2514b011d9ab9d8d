import { withFreshLineages, type StoryDocument } from '../document/index.js'

/** What of a revision has lineages that a reader can follow, with the side of the anonymity boundary on which each stands. SQL over the alias `o` of Revision. */
export const SIDES_OF_REVISION = (condition: string) => `
      SELECT 'sources' AS "collection", e."lineage", e."kind" = 'ANONYMOUS' AS "isAnonymous" FROM "Revision" AS o JOIN "Source" AS e ON e."revisionId" = o."id" WHERE ${condition}
      UNION SELECT 'attributions', e."lineage", e."sourceKind" IS NOT DISTINCT FROM 'ANONYMOUS' FROM "Revision" AS o JOIN "Attribution" AS e ON e."revisionId" = o."id" WHERE ${condition}
      UNION SELECT 'quotes', q."lineage", e."sourceKind" IS NOT DISTINCT FROM 'ANONYMOUS' FROM "Revision" AS o JOIN "Quote" AS q ON q."revisionId" = o."id" JOIN "Attribution" AS e ON e."id" = q."attributionId" WHERE ${condition}`

/** The same as it is kept of an expunged revision. */
export const EXPUNGED_SIDES = (condition: string) => `
      SELECT kept.value ->> 0, (kept.value ->> 1)::uuid, (kept.value ->> 2)::boolean FROM "Revision" AS o CROSS JOIN LATERAL json_array_elements(o."expungedLineages") AS kept WHERE ${condition}`

/** Of the rows of `SIDES_OF_REVISION`. */
export const SIDES_AS_JSON = 'json_agg(json_build_array(seen."collection", seen."lineage", seen."isAnonymous"))'

const FOLLOWED = ['sources', 'attributions', 'quotes'] as const

export function lineagesOf(document: StoryDocument): string[] {
  return FOLLOWED.flatMap((collection) => document[collection].map(({ lineage }) => lineage))
}

/** The document with a fresh lineage for every entry whose own another story has: a lineage means nothing outside its story, and joins nobody to what is said elsewhere. */
export function withLineagesOfItsOwn(document: StoryDocument, elsewhere: ReadonlySet<string>, newId: () => string): StoryDocument {
  return elsewhere.size === 0 ? document : withFreshLineages(document, { sources: elsewhere, attributions: elsewhere, quotes: elsewhere }, newId)
}
