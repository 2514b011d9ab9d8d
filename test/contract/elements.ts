import { isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType, isSpecifiedScalarType, type GraphQLSchema } from 'graphql'
import { isNewsroomOnly } from '../../src/graphql/audience.js'

/** One thing that a schema declares. */
export interface Element {
  readonly kind: 'TYPE' | 'FIELD' | 'ARGUMENT' | 'INPUT_FIELD' | 'ENUM_VALUE'
  /** `Story`, `Story.quotes`, `Story.quotes(first)`, `StoryOrder.NEWEST` */
  readonly path: string
  readonly name: string
  readonly description: string | null | undefined
  /** Declared for the newsroom only, itself. */
  readonly isNewsroomOnly: boolean
}

/** Everything that a schema declares, without what GraphQL itself brings. */
export function elementsOf(schema: GraphQLSchema): Element[] {
  const elements: Element[] = []
  const add = (kind: Element['kind'], path: string, element: { name: string; description?: string | null | undefined; extensions?: unknown }) =>
    elements.push({ kind, path, name: element.name, description: element.description, isNewsroomOnly: isNewsroomOnly(element) })
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue
    add('TYPE', type.name, type)
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        add('FIELD', `${type.name}.${field.name}`, field)
        for (const argument of field.args) add('ARGUMENT', `${type.name}.${field.name}(${argument.name})`, argument)
      }
    }
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) add('INPUT_FIELD', `${type.name}.${field.name}`, field)
    if (isEnumType(type)) for (const value of type.getValues()) add('ENUM_VALUE', `${type.name}.${value.name}`, value)
  }
  return elements
}
