import { getNamedType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLUnionType, isInputObjectType, isInterfaceType, isListType, isNonNullType, isObjectType, isUnionType, type GraphQLArgument, type GraphQLFieldConfig, type GraphQLInputFieldConfig, type GraphQLNamedType, type GraphQLType } from 'graphql'
import { isNewsroomOnly } from './audience.js'

/**
 * The schema of the public contract: the newsroom's without the fields, arguments and input fields that are declared for it, and without
 * every type that only they lead to. It has queries only, since what changes something or tells of drafts is the newsroom's.
 */
export function publicSchemaOf(newsroom: GraphQLSchema): GraphQLSchema {
  const copies = new Copies(newsroom)
  const query = copies.of(newsroom.getQueryType()!)
  return new GraphQLSchema({ query, types: copies.all() })
}

/** Copies of a schema's types, each made when something public leads to it. Scalars and enums are what they are. */
class Copies {
  readonly #made = new Map<GraphQLNamedType, GraphQLNamedType>()

  constructor(private readonly newsroom: GraphQLSchema) {}

  of<Type extends GraphQLType>(type: Type): Type {
    if (isNonNullType(type)) return new GraphQLNonNull(this.of(type.ofType)) as GraphQLType as Type
    if (isListType(type)) return new GraphQLList(this.of(type.ofType)) as GraphQLType as Type
    const named = type as GraphQLNamedType
    const made = this.#made.get(named) ?? this.#copy(named)
    this.#made.set(named, made)
    return made as Type
  }

  /** Every copy, once each has been asked for what it leads to: the list grows while it is gone through. */
  all(): GraphQLNamedType[] {
    for (const copy of this.#made.values()) {
      if (isObjectType(copy) || isInterfaceType(copy)) copy.getInterfaces()
      if (isUnionType(copy)) copy.getTypes()
      else if ('getFields' in copy) copy.getFields()
    }
    return [...this.#made.values()]
  }

  #copy(type: GraphQLNamedType): GraphQLNamedType {
    const { name, description, extensions } = type
    const head = { name, description, extensions }
    if (isObjectType(type)) return new GraphQLObjectType({ ...head, interfaces: () => type.getInterfaces().map((each) => this.of(each)), fields: () => this.#fieldsOf(type) })
    if (isInterfaceType(type)) return new GraphQLInterfaceType({ ...head, resolveType: type.resolveType, interfaces: () => type.getInterfaces().map((each) => this.of(each)), fields: () => this.#fieldsOf(type) })
    if (isUnionType(type)) return new GraphQLUnionType({ ...head, resolveType: type.resolveType, types: () => type.getTypes().map((each) => this.of(each)) })
    if (isInputObjectType(type)) return new GraphQLInputObjectType({ ...head, isOneOf: type.isOneOf, fields: () => this.#inputsOf(Object.values(type.getFields())) })
    return type
  }

  #fieldsOf(type: GraphQLObjectType | GraphQLInterfaceType): Record<string, GraphQLFieldConfig<unknown, unknown>> {
    return Object.fromEntries(Object.values(type.getFields()).filter((field) => !isNewsroomOnly(field)).map((field) => {
      const given = getNamedType(field.type)
      // What is given as an interface is one of its types.
      if (isInterfaceType(given)) for (const each of this.newsroom.getPossibleTypes(given)) this.of(each)
      return [field.name, { ...field, type: this.of(field.type), args: this.#inputsOf(field.args) }]
    }))
  }

  #inputsOf(inputs: readonly (GraphQLArgument | (GraphQLInputFieldConfig & { readonly name: string }))[]): Record<string, GraphQLInputFieldConfig> {
    return Object.fromEntries(inputs.filter((input) => !isNewsroomOnly(input)).map((input) => [input.name, { ...input, type: this.of(input.type) }]))
  }
}
