import { placeless, pruneCited } from './public-form.js'
import type { StoryDocument } from './schema.js'

/** What the statements of a public form may not show at one instant, by their lineages. */
export interface StatementLimits {
  /** Under an embargo of their own (I6): the form is as if they were not there. */
  readonly hidden: ReadonlySet<string>
  /** Released in excerpts only, whatever the revision says. */
  readonly excerptOnly: ReadonlySet<string>
}

/**
 * A public form as it may be read while its statements are limited so. The story's own words stay: a quote of a hidden statement is a quote
 * of the story, and leads to no statement. Whom only hidden statements name is not in it either.
 */
export function limitStatements(form: StoryDocument, { hidden, excerptOnly }: StatementLimits): StoryDocument {
  const kept = form.statements.filter((statement) => !hidden.has(statement.lineage))
  const lineages = new Map(form.statements.map((statement) => [statement.key, statement.lineage]))
  const keys = new Map(kept.map((statement, index) => [statement.lineage, `t${index + 1}`]))
  const quotes = form.quotes.map((quote) => {
    const lineage = quote.excerptOf && lineages.get(quote.excerptOf.statement)
    if (lineage === undefined) return quote
    const { excerptOf, ...rest } = quote
    const statement = keys.get(lineage)
    if (statement === undefined) return rest
    return { ...rest, excerptOf: excerptOnly.has(lineage) ? { statement, ...placeless(quote) } : { ...excerptOf!, statement } }
  })
  const statements = kept.map((statement) => ({ ...statement, key: keys.get(statement.lineage)!, ...(excerptOnly.has(statement.lineage) && { release: 'EXCERPT' as const, texts: [] }) }))
  return pruneCited({ ...form, quotes, statements }, form)
}

/** Whom a public form names only as issuer or spokesperson of statements, with the lineages of these. */
export function namedThroughStatements(form: StoryDocument): { readonly people: ReadonlyMap<string, readonly string[]>; readonly organizations: ReadonlyMap<string, readonly string[]> } {
  const people = new Map<string, string[]>()
  const organizations = new Map<string, string[]>()
  if (form.statements.length === 0) return { people, organizations }
  const bare = pruneCited({ ...form, statements: [] }, form)
  const [namedPeople, namedOrganizations] = [bare.people, bare.organizations].map((entries) => new Set(entries.map((entry) => entry.key)))
  const add = (map: Map<string, string[]>, key: string | undefined, named: ReadonlySet<string>, lineage: string) => {
    if (key !== undefined && !named.has(key)) map.set(key, [...(map.get(key) ?? []), lineage])
  }
  const affiliations = new Map(form.people.map((person) => [person.key, person.affiliations]))
  for (const { issuer, spokesperson, lineage } of form.statements) {
    add(organizations, issuer, namedOrganizations!, lineage)
    add(people, spokesperson?.person, namedPeople!, lineage)
    for (const { organization } of affiliations.get(spokesperson?.person ?? '') ?? []) add(organizations, organization, namedOrganizations!, lineage)
  }
  return { people, organizations }
}
