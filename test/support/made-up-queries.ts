import { getNamedType, isAbstractType, isCompositeType, isEnumType, isNonNullType, isScalarType, type GraphQLCompositeType, type GraphQLField, type GraphQLSchema } from 'graphql'

const DEPTH = 6

/** A query of many fields, made from numbers of 0 to 1: with aliases, fragments, directives, variables, and entries by interface and by type. */
export function madeUpQuery(schema: GraphQLSchema, next: () => number, roots: Readonly<Record<string, string>>): { readonly query: string; readonly variables: object } {
  return new QueryWriter(schema, next, roots).write()
}

class QueryWriter {
  readonly #fragments: string[] = []
  #names = 0

  constructor(private readonly schema: GraphQLSchema, private readonly next: () => number, private readonly roots: Readonly<Record<string, string>>) {}

  write(): { query: string; variables: object } {
    const body = this.#selection(this.schema.getQueryType()!, 0)
    const variables = { few: 1 + Math.floor(this.next() * 4), yes: this.#chance(0.5) }
    // Both variables are used, whatever was made.
    const query = `query Made($few: Int = 2, $yes: Boolean = true) { ...Body few: stories(first: $few) { nodes { id } } yes: __typename @include(if: $yes) }`
    return { query: [query, `fragment Body on Query ${body}`, ...this.#fragments].join('\n'), variables }
  }

  #chance(of: number): boolean {
    return this.next() < of
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    if (isAbstractType(type)) {
      const kinds = this.schema.getPossibleTypes(type).filter(() => this.#chance(0.6)).map((each) => this.#spread(each.name, this.#selection(each, depth + 1)))
      const own = 'getFields' in type && this.#chance(0.7) ? this.#fields(Object.values(type.getFields()), type, depth) : []
      return `{ __typename ${[...own, ...kinds].join(' ')} }`
    }
    const chosen = this.#fields(Object.values((type as { getFields(): Record<string, GraphQLField<unknown, unknown>> }).getFields()), type, depth)
    return `{ ${chosen.length > 0 ? chosen.join(' ') : '__typename'} }`
  }

  #spread(type: string, selection: string): string {
    if (this.#chance(0.5)) return `... on ${type} ${selection}`
    const name = `F${this.#names++}`
    this.#fragments.push(`fragment ${name} on ${type} ${selection}`)
    return `...${name}`
  }

  #fields(fields: readonly GraphQLField<unknown, unknown>[], type: GraphQLCompositeType, depth: number): string[] {
    const isRoot = type === this.schema.getQueryType()
    const share = isRoot ? 0.15 : 0.25
    return fields.filter((field) => this.#chance(share) && this.#fits(field, isRoot, depth)).map((field) => this.#field(field, isRoot, depth))
  }

  #fits(field: GraphQLField<unknown, unknown>, isRoot: boolean, depth: number): boolean {
    const type = getNamedType(field.type)
    if (depth >= DEPTH && isCompositeType(type)) return false
    return (isScalarType(type) || isEnumType(type) || isCompositeType(type)) && (!field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined) || (isRoot && this.roots[field.name] !== undefined))
  }

  #field(field: GraphQLField<unknown, unknown>, isRoot: boolean, depth: number): string {
    const type = getNamedType(field.type)
    const given = [...(isRoot && this.roots[field.name] ? [this.roots[field.name]!] : []), ...(field.args.some(({ name }) => name === 'first') ? [`first: ${this.#chance(0.4) ? '$few' : 1 + Math.floor(this.next() * 4)}`] : [])]
    const alias = `x${this.#names++}: `
    const directive = this.#chance(0.1) ? ` @${this.#chance(0.5) ? 'include' : 'skip'}(if: $yes)` : ''
    return `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${directive}${isCompositeType(type) ? ` ${this.#selection(type, depth + 1)}` : ''}`
  }
}
