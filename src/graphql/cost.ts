import {
  getNamedType, getNullableType, GraphQLError, isCompositeType, isInterfaceType, isListType, isObjectType, Kind, valueFromASTUntyped, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLField,
  type GraphQLNamedType, type GraphQLOutputType, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode, type ValueNode,
} from 'graphql'
import { MOST_PER_PAGE, USUAL_PER_PAGE } from './limits.js'

/** Entries that a list without a size of its own is taken to have: the paragraphs of a story, the quotes in it. */
const USUAL_LIST = 10

/** What a field at the root costs beyond what it returns: work that is done once, whatever is asked of it. */
const WORK: Readonly<Record<string, number>> = { search: 20, extractStory: 100, checkText: 100, checkDocument: 100, attributionReport: 20, anonymousSourcing: 50, findings: 100, findExcerpts: 50, __schema: 100, __type: 10 }
const MUTATION = 10

type Variables = Readonly<Record<string, unknown>>

/**
 * What an operation costs: the objects that its answer can hold at most, each counting 1, lists by the size asked for. It is computed
 * from the schema, the document and the variables alone, so it tells nothing of what there is. Each fragment is computed once for each
 * size of list that it is spread in. @throws BAD_USER_INPUT where a page has an impossible size.
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number {
  const cost = new OperationCost(schema, document, { ...defaultsOf(operation), ...variables })
  const root = schema.getRootType(operation.operation)
  if (!root) return 0
  return 1 + cost.ofSelection(operation.selectionSet, root, 1) + cost.work(operation)
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(variableDefinitions.flatMap(({ variable, defaultValue }) => (defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [])))
}

class OperationCost {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #known = new Map<string, number>()

  constructor(private readonly schema: GraphQLSchema, document: DocumentNode, private readonly variables: Variables) {
    this.#fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [])))
  }

  /** @param size entries in the lists of a connection. */
  ofSelection({ selections }: SelectionSetNode, type: GraphQLNamedType, size: number): number {
    let cost = 0
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) cost += this.#ofField(selection, type, size)
      else if (selection.kind === Kind.INLINE_FRAGMENT) cost += this.ofSelection(selection.selectionSet, this.#typeOf(selection.typeCondition?.name.value) ?? type, size)
      else cost += this.#ofFragment(selection.name.value, size)
    }
    return cost
  }

  #ofFragment(name: string, size: number): number {
    const key = `${name} ${size}`
    const known = this.#known.get(key)
    const fragment = this.#fragments.get(name)
    const type = fragment && this.#typeOf(fragment.typeCondition.name.value)
    if (known !== undefined || !fragment || !type) return known ?? 0
    const cost = this.ofSelection(fragment.selectionSet, type, size)
    this.#known.set(key, cost)
    return cost
  }

  #ofField(node: FieldNode, parent: GraphQLNamedType, size: number): number {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined
    if (!field || !node.selectionSet) return 0
    const type = getNamedType(field.type)
    if (!isCompositeType(type)) return 0
    const asked = this.#sizeOf(node, field)
    if (!isList(field.type)) return 1 + this.ofSelection(node.selectionSet, type, asked ?? 1)
    const entries = asked ?? (isConnection(parent) ? size : USUAL_LIST)
    return entries * (1 + this.ofSelection(node.selectionSet, type, 1))
  }

  /** Undefined where the field takes no size. */
  #sizeOf(node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
    const connection = isConnection(getNamedType(field.type))
    let size = connection ? USUAL_PER_PAGE : undefined
    for (const { name, value } of node.arguments ?? []) {
      const given = valueOf(value, this.variables)
      if (name.value === 'ids' && Array.isArray(given)) size = given.length
      if ((name.value !== 'first' && name.value !== 'last') || typeof given !== 'number') continue
      if (connection && (given < 1 || given > MOST_PER_PAGE)) throw sizeError(name.value, given, node)
      size = Math.min(Math.max(given, 1), MOST_PER_PAGE)
    }
    return size
  }

  /** Mutations, and fields at the root that are work in themselves. */
  work({ operation, selectionSet }: OperationDefinitionNode): number {
    return selectionSet.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + (WORK[selection.name.value] ?? 0) + (operation === 'mutation' ? MUTATION : 0)
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : this.#fragments.get(selection.name.value)?.selectionSet
      return sum + (inner ? this.work({ operation, selectionSet: inner } as OperationDefinitionNode) : 0)
    }, 0)
  }

  #typeOf(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.schema.getType(name)
  }
}

/** The variables that sizes of lists in a document come from: what it costs depends on nothing else of a request. */
export function sizeVariables(document: DocumentNode): readonly string[] {
  const nodes: unknown[] = [...document.definitions]
  const names = new Set<string>()
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    if (typeof node !== 'object') continue
    const { kind, name, value } = node as { kind?: string; name?: { value: string }; value?: { kind?: string; name?: { value: string } } }
    if (kind === Kind.ARGUMENT && value?.kind === Kind.VARIABLE && ['first', 'last', 'ids'].includes(name!.value)) names.add(value.name!.value)
    const { selectionSet, selections, arguments: given } = node as { selectionSet?: unknown; selections?: unknown[]; arguments?: unknown[] }
    nodes.push(...[selectionSet].filter(Boolean), ...(selections ?? []), ...(given ?? []))
  }
  return [...names]
}

function sizeError(name: string, given: number, node: FieldNode): GraphQLError {
  return new GraphQLError(`"${name}" is ${given}; it can be 1 to ${MOST_PER_PAGE}. Ask for more with further pages ("after").`, { nodes: node, extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } })
}

function valueOf(value: ValueNode, variables: Variables): unknown {
  if (value.kind === Kind.VARIABLE) return Object.hasOwn(variables, value.name.value) ? variables[value.name.value] : undefined
  if (value.kind === Kind.INT) return Number(value.value)
  return value.kind === Kind.LIST ? value.values : undefined
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type))
}

function isConnection(type: GraphQLNamedType): boolean {
  return type.name.endsWith('Connection')
}
