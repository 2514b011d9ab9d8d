import { getNamedType, isAbstractType, isLeafType, isNonNullType, isObjectType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql'

/** A query that asks for one field at the end of a path of fields, with `first: N` where a list takes it. */
export interface WalkedField {
  /** `Query.stories.nodes.topics` */
  readonly path: string
  readonly query: (first: number) => string
}

/** Arguments of fields that need some. */
const ARGUMENTS: Readonly<Record<string, string>> = { 'Story.changes': 'from: 1, to: 1', 'Story.changesSince': 'version: 1' }

/**
 * A query for every field of every type that can be reached from `Query`, each by its shortest path: what a schema offers, walked.
 * `roots` gives the arguments of root fields that need some; a root field with required arguments and none here fails the walk.
 */
export function walk(schema: GraphQLSchema, roots: Readonly<Record<string, string>>): WalkedField[] {
  const walked: WalkedField[] = []
  const seen = new Set<string>()
  interface Step { readonly type: GraphQLObjectType; readonly path: string; readonly wrap: (inner: string, first: number) => string }
  const queue: Step[] = [{ type: schema.getQueryType()!, path: 'Query', wrap: (inner) => `{ ${inner} }` }]
  for (let step = queue.shift(); step; step = queue.shift()) {
    for (const field of Object.values(step.type.getFields())) {
      const name = `${step.type.name}.${field.name}`
      if (seen.has(name)) continue
      seen.add(name)
      const call = callOf(field, step.type === schema.getQueryType() ? roots[field.name] : ARGUMENTS[name])
      const named = getNamedType(field.type)
      const { wrap } = step
      const path = `${step.path}.${field.name}`
      if (isLeafType(named)) {
        walked.push({ path, query: (first) => wrap(call(first), first) })
        continue
      }
      walked.push({ path, query: (first) => wrap(`${call(first)} { __typename }`, first) })
      const objects = isAbstractType(named) ? schema.getPossibleTypes(named) : isObjectType(named) ? [named] : []
      for (const type of objects) {
        const inside = isAbstractType(named) ? (inner: string) => `__typename ... on ${type.name} { ${inner} }` : (inner: string) => inner
        queue.push({ type, path: isAbstractType(named) ? `${path}<${type.name}>` : path, wrap: (inner, first) => wrap(`${call(first)} { ${inside(inner)} }`, first) })
      }
    }
  }
  return walked
}

function callOf(field: GraphQLField<unknown, unknown>, given: string | undefined): (first: number) => string {
  const required = field.args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)
  if (required.length > 0 && given === undefined) throw new Error(`The walk needs arguments for ${field.name}: ${required.map((arg) => arg.name).join(', ')}`)
  const isList = field.args.some((arg) => arg.name === 'first')
  return (first) => {
    const args = [...(given ? [given] : []), ...(isList ? [`first: ${first}`] : [])]
    return args.length > 0 ? `${field.name}(${args.join(', ')})` : field.name
  }
}
