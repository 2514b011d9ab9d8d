import { getArgumentValues, getDirectiveValues, getNamedType, GraphQLIncludeDirective, GraphQLSkipDirective, isObjectType, Kind, type GraphQLObjectType, type GraphQLResolveInfo, type SelectionNode, type SelectionSetNode } from 'graphql'
import type { PageArgs } from './connection.js'

/** How each list of a thing is asked for, by the name of its field. */
export type Lists = Readonly<Record<string, (page: PageArgs) => Promise<unknown>>>

/**
 * Asks now for the lists that the operation wants below the field that is being answered: they then share a statement with the thing
 * itself, and are there when they are asked for again. What is wrong with one is said there.
 */
export function askAhead(info: GraphQLResolveInfo, lists: Lists): void {
  const type = getNamedType(info.returnType)
  if (!isObjectType(type)) return
  for (const { selectionSet } of info.fieldNodes) if (selectionSet) askBelow(selectionSet, type, info, lists)
}

function askBelow({ selections }: SelectionSetNode, type: GraphQLObjectType, info: GraphQLResolveInfo, lists: Lists): void {
  for (const selection of selections) {
    if (!isWanted(selection, info)) continue
    if (selection.kind === Kind.INLINE_FRAGMENT) askBelow(selection.selectionSet, type, info, lists)
    else if (selection.kind === Kind.FRAGMENT_SPREAD) askBelow(info.fragments[selection.name.value]!.selectionSet, type, info, lists)
    else lists[selection.name.value]?.(getArgumentValues(type.getFields()[selection.name.value]!, selection, info.variableValues) as PageArgs).catch(() => undefined)
  }
}

function isWanted(selection: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  if (!selection.directives?.length) return true
  return getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.['if'] !== true && getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.['if'] !== false
}
