import { Kind, Lexer, Source, TokenKind, type ASTNode, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'
import { DOCUMENT_LIMITS as LIMITS, overLimit, REFUSALS } from './limits.js'

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/**
 * Measures a document before it is parsed. The parser calls itself for every bracket, so how deep brackets go is counted here, token by
 * token. @throws a refusal, or the lexer's syntax error.
 */
export function measureSource(source: string): void {
  if (source.length > LIMITS.length) throw overLimit(REFUSALS.LENGTH, `The document has ${source.length} characters; it can have ${LIMITS.length}. Send long texts as variables.`)
  const lexer = new Lexer(new Source(source))
  let depth = 0
  let tokens = 0
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    tokens += 1
    if (tokens > LIMITS.tokens) throw overLimit(REFUSALS.TOKENS, `The document has more than ${LIMITS.tokens} tokens. Ask for less, or in several requests.`)
    if (OPENING.has(token.kind)) depth += 1
    else if (CLOSING.has(token.kind)) depth -= 1
    else if (token.kind === TokenKind.NAME && token.end - token.start > LIMITS.nameLength) throw overLimit(REFUSALS.NAME, `The document has a name of ${token.end - token.start} characters; a name can have ${LIMITS.nameLength}.`)
    if (depth > LIMITS.nesting) throw overLimit(REFUSALS.DEPTH, `The document's brackets are more than ${LIMITS.nesting} deep. Ask for less at once.`)
  }
}

export interface Measured {
  /** Whether it asks for `__schema` or `__type`. */
  readonly introspects: boolean
}

interface Size {
  /** Levels of fields. */
  readonly depth: number
  /** Fields, with every fragment in its place. */
  readonly fields: number
}

const NOTHING: Size = { depth: 0, fields: 0 }
const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type'])
/** Lists that lead from one type to others. */
const CIRCULAR: ReadonlySet<string> = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes'])

/**
 * Measures a parsed document before it is validated: validation compares fields pair by pair, so there must not be many of them. Each
 * node is looked at once: a fragment's size is computed once, however often it is spread. @throws a refusal
 */
export function measureDocument(document: DocumentNode): Measured {
  return new DocumentMeasure(document).measure()
}

class DocumentMeasure {
  readonly #fragments = new Map<string, FragmentDefinitionNode>()
  readonly #operations: OperationDefinitionNode[] = []
  readonly #sizes = new Map<string, Size>()
  #fields = 0
  #aliases = 0
  #directives = 0
  #spreads = 0
  #introspects = false

  constructor(private readonly document: DocumentNode) {}

  measure(): Measured {
    for (const definition of this.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition)
      else if (definition.kind === Kind.OPERATION_DEFINITION) this.#operations.push(definition)
    }
    const fragments = this.document.definitions.length - this.#operations.length
    atMost(REFUSALS.OPERATIONS, 'operations', this.#operations.length, LIMITS.operations)
    atMost(REFUSALS.FRAGMENTS, 'fragments', fragments, LIMITS.fragments)
    for (const definition of this.document.definitions) this.#count(definition)
    for (const operation of this.#operations) this.#measureOperation(operation)
    // A fragment that no operation uses is validated all the same.
    for (const name of this.#fragments.keys()) this.#fragment(name)
    return { introspects: this.#introspects }
  }

  /** What is counted by node, wherever it stands. */
  #count(root: ASTNode): void {
    const nodes: ASTNode[] = [root]
    for (let node = nodes.pop(); node; node = nodes.pop()) {
      if (node.kind === Kind.FIELD) {
        this.#fields += 1
        if (node.alias) this.#aliases += 1
        if (INTROSPECTION.has(node.name.value)) this.#introspects = true
      } else if (node.kind === Kind.FRAGMENT_SPREAD) this.#spreads += 1
      else if (node.kind === Kind.LIST) atMost(REFUSALS.LIST, 'entries in one list', node.values.length, LIMITS.literalList)
      else if (node.kind === Kind.SELECTION_SET) refuseRepeats(node)
      if ('directives' in node && node.directives) {
        this.#directives += node.directives.length
        atMost(REFUSALS.DIRECTIVES, 'directives in one place', node.directives.length, LIMITS.directivesInOnePlace)
      }
      for (const inner of Object.values(node)) {
        if (Array.isArray(inner)) nodes.push(...(inner as ASTNode[]))
        else if (isNode(inner)) nodes.push(inner)
      }
    }
    atMost(REFUSALS.FIELDS, 'fields', this.#fields, LIMITS.fields)
    atMost(REFUSALS.ALIASES, 'aliases', this.#aliases, LIMITS.aliases)
    atMost(REFUSALS.DIRECTIVES, 'directives', this.#directives, LIMITS.directives)
    atMost(REFUSALS.FRAGMENTS, 'fragment spreads', this.#spreads, LIMITS.spreads)
  }

  #measureOperation({ selectionSet }: OperationDefinitionNode): void {
    const roots = this.#roots(selectionSet, new Set())
    atMost(REFUSALS.ROOT_FIELDS, 'fields at the root', roots.length, LIMITS.rootFields)
    const introspection = roots.filter((name) => INTROSPECTION.has(name)).length
    atMost(REFUSALS.INTROSPECTION, 'introspection fields at the root', introspection, LIMITS.introspectionRoots)
    const { depth, fields } = this.#size(selectionSet, [])
    if (depth > LIMITS.depth) throw overLimit(REFUSALS.DEPTH, `The document is ${depth} fields deep; it can be ${LIMITS.depth}. Ask for the inner part in a request of its own.`)
    atMost(REFUSALS.FIELDS, 'fields with every fragment in its place', fields, LIMITS.expandedFields)
  }

  /** Names of the fields at the root, those of fragments included. */
  #roots({ selections }: SelectionSetNode, seen: Set<string>): string[] {
    return selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection.name.value]
      if (selection.kind === Kind.INLINE_FRAGMENT) return this.#roots(selection.selectionSet, seen)
      const fragment = this.#fragments.get(selection.name.value)
      if (!fragment || seen.has(selection.name.value)) return []
      seen.add(selection.name.value)
      return this.#roots(fragment.selectionSet, seen)
    })
  }

  #size({ selections }: SelectionSetNode, within: readonly string[]): Size {
    let depth = 0
    let fields = 0
    for (const selection of selections) {
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragment(selection.name.value, within)
        : selection.kind === Kind.INLINE_FRAGMENT ? this.#size(selection.selectionSet, within)
          : INTROSPECTION.has(selection.name.value) ? this.#introspection(selection.selectionSet)
            : selection.selectionSet ? this.#size(selection.selectionSet, within) : NOTHING
      const own = selection.kind === Kind.FIELD ? 1 : 0
      depth = Math.max(depth, inner.depth + own)
      fields += inner.fields + own
    }
    return { depth, fields }
  }

  /** A cycle counts as nothing here; validation refuses it. */
  #fragment(name: string, within: readonly string[] = []): Size {
    const known = this.#sizes.get(name)
    const fragment = this.#fragments.get(name)
    if (known || !fragment || within.includes(name)) return known ?? NOTHING
    const size = this.#size(fragment.selectionSet, [...within, name])
    this.#sizes.set(name, size)
    return size
  }

  /** Introspection goes deep by its nature, so it has limits of its own: it does not go in circles. */
  #introspection(selectionSet: SelectionSetNode | undefined): Size {
    let fields = 0
    const walk = (set: SelectionSetNode, lists: number, within: readonly string[]): void => {
      for (const selection of set.selections) {
        fields += 1
        atMost(REFUSALS.INTROSPECTION, 'introspection fields', fields, LIMITS.introspectionFields)
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = this.#fragments.get(selection.name.value)
          if (fragment && !within.includes(selection.name.value)) walk(fragment.selectionSet, lists, [...within, selection.name.value])
          continue
        }
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          walk(selection.selectionSet, lists, within)
          continue
        }
        const further = lists + (CIRCULAR.has(selection.name.value) ? 1 : 0)
        if (further > LIMITS.introspectionLists) throw overLimit(REFUSALS.INTROSPECTION, `The introspection goes from a type to its "${selection.name.value}" and on to theirs; it can go ${LIMITS.introspectionLists} such step. Ask "__type(name:)" for the next type.`)
        if (selection.selectionSet) walk(selection.selectionSet, further, within)
      }
    }
    if (selectionSet) walk(selectionSet, 0, [])
    return { depth: 1, fields }
  }
}

/** Inline fragments stand in the same selection. */
function refuseRepeats(set: SelectionSetNode): void {
  const times = new Map<string, number>()
  const sets = [set]
  for (let next = sets.pop(); next; next = sets.pop()) {
    for (const selection of next.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) sets.push(selection.selectionSet)
      if (selection.kind !== Kind.FIELD) continue
      const name = (selection.alias ?? selection.name).value
      const count = (times.get(name) ?? 0) + 1
      times.set(name, count)
      if (count > LIMITS.repeats) throw overLimit(REFUSALS.REPEATS, `The field "${name}" stands more than ${LIMITS.repeats} times in one selection. Once is enough.`)
    }
  }
}

function atMost(refusal: (typeof REFUSALS)[keyof typeof REFUSALS], what: string, count: number, limit: number): void {
  if (count > limit) throw overLimit(refusal, `The document has ${count} ${what}; it can have ${limit}. Ask for less, or in several requests.`)
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
}
