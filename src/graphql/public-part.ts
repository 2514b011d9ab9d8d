import {
  GraphQLInputObjectType, GraphQLInterfaceType, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLUnionType, isInputObjectType, isInterfaceType, isListType, isNonNullType, isObjectType, isUnionType,
  type GraphQLArgument, type GraphQLArgumentConfig, type GraphQLField, type GraphQLFieldConfig, type GraphQLInputField, type GraphQLNamedType, type GraphQLType,
} from 'graphql'
import { isNewsroomOnly } from './audience.js'

/**
 * The schema without what is declared for the newsroom: those fields, arguments and input fields, and every type that only they lead to.
 * Each start waits for it, and it is made in one walk. Directives are those of GraphQL itself.
 */
export function publicPart(schema: GraphQLSchema): GraphQLSchema {
  const parts = new Map<GraphQLNamedType, GraphQLNamedType>()
  const named = (type: GraphQLNamedType): GraphQLNamedType => {
    let part = parts.get(type)
    if (!part) parts.set(type, (part = partOf(type)))
    return part
  }
  const typed = <T extends GraphQLType>(type: T): T => (isNonNullType(type) ? new GraphQLNonNull(typed(type.ofType)) : isListType(type) ? new GraphQLList(typed(type.ofType)) : named(type as GraphQLNamedType)) as T
  const input = ({ type, description, defaultValue, deprecationReason, extensions }: GraphQLArgument | GraphQLInputField): GraphQLArgumentConfig => ({ type: typed(type), description, defaultValue, deprecationReason, extensions })
  const field = ({ type, args, description, resolve, subscribe, deprecationReason, extensions }: GraphQLField<unknown, unknown>): GraphQLFieldConfig<unknown, unknown> => (
    { type: typed(type), args: Object.fromEntries(args.filter(isPublic).map((each) => [each.name, input(each)])), ...(resolve && { resolve }), ...(subscribe && { subscribe }), description, deprecationReason, extensions })
  const fieldsOf = <F extends { readonly name: string }, C>(type: { getFields(): Readonly<Record<string, F>> }, part: (field: F) => C) => () => Object.fromEntries(Object.values(type.getFields()).filter(isPublic).map((each) => [each.name, part(each)]))
  const interfaces = (type: GraphQLObjectType | GraphQLInterfaceType) => () => type.getInterfaces().map(typed)
  const partOf = (type: GraphQLNamedType): GraphQLNamedType => {
    const { name, description, extensions } = type
    if (isObjectType(type)) return new GraphQLObjectType({ name, description, extensions, isTypeOf: type.isTypeOf, interfaces: interfaces(type), fields: fieldsOf(type, field) })
    if (isInterfaceType(type)) return new GraphQLInterfaceType({ name, description, extensions, resolveType: type.resolveType, interfaces: interfaces(type), fields: fieldsOf(type, field) })
    if (isUnionType(type)) return new GraphQLUnionType({ name, description, extensions, resolveType: type.resolveType, types: () => type.getTypes().map(typed) })
    if (isInputObjectType(type)) return new GraphQLInputObjectType({ name, description, extensions, isOneOf: type.isOneOf, fields: fieldsOf(type, input) })
    return type
  }
  const root = (type: GraphQLObjectType | null | undefined) => (type && hasPublicFields(type) ? typed(type) : undefined)
  const roots = { query: root(schema.getQueryType()), mutation: root(schema.getMutationType()), subscription: root(schema.getSubscriptionType()) }
  // A map is walked to its end, also where it grows meanwhile: what a type leads to is found when its fields are asked for.
  for (const [type, part] of parts) {
    if ('getFields' in part) part.getFields()
    if (isInterfaceType(type)) schema.getImplementations(type).objects.filter(hasPublicFields).forEach(named)
  }
  return new GraphQLSchema({ ...roots, description: schema.description, types: [...parts.values()], directives: schema.getDirectives() })
}

const isPublic = (element: object) => !isNewsroomOnly(element)
const hasPublicFields = (type: GraphQLObjectType) => Object.values(type.getFields()).some(isPublic)
