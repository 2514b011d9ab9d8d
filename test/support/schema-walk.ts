import {
  getNamedType, getNullableType, isAbstractType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, isObjectType, isRequiredArgument, isRequiredInputField,
  type GraphQLArgument, type GraphQLCompositeType, type GraphQLField, type GraphQLInputField, type GraphQLInputType, type GraphQLObjectType, type GraphQLSchema,
} from 'graphql'

/** A query that asks for one field at the end of a path of fields, with `first: N` where a list takes it. */
export interface WalkedField {
  /** `Query.stories.nodes.topics` */
  readonly path: string
  readonly query: (first: number) => string
}

/** Arguments of fields that need some. */
const ARGUMENTS: Readonly<Record<string, string>> = { 'Story.changes': 'from: 1, to: 1', 'Story.changesSince': 'version: 1' }

type Wrap = (inner: string, first: number) => string
interface Visit { readonly parent: GraphQLObjectType; readonly field: GraphQLField<unknown, unknown>; readonly path: string; readonly wrap: Wrap; readonly given: string | undefined }

/**
 * Every field of every type that can be reached from `Query`, each by its shortest path.
 * @param leftForLast root fields whose way is taken where no other leads to a type
 */
function* visits(schema: GraphQLSchema, roots: Readonly<Record<string, string>>, leftForLast: readonly string[] = []): Generator<Visit> {
  const seen = new Set<string>()
  interface Step { readonly type: GraphQLObjectType; readonly path: string; readonly wrap: Wrap }
  const queue: Step[] = [{ type: schema.getQueryType()!, path: 'Query', wrap: (inner) => `{ ${inner} }` }]
  const last: Step[] = []
  for (let step = queue.shift(); step; step = queue.shift() ?? last.shift()) {
    const { type: parent, wrap } = step
    for (const field of Object.values(parent.getFields())) {
      const name = `${parent.name}.${field.name}`
      if (seen.has(name)) continue
      seen.add(name)
      const given = parent === schema.getQueryType() ? roots[field.name] : ARGUMENTS[name]
      const call = callOf(field, given)
      const named = getNamedType(field.type)
      const path = `${step.path}.${field.name}`
      yield { parent, field, path, wrap, given }
      if (isLeafType(named)) continue
      for (const type of objectsOf(schema, named as GraphQLCompositeType)) {
        const inside = isAbstractType(named) ? (inner: string) => `__typename ... on ${type.name} { ${inner} }` : (inner: string) => inner
        const isLast = parent === schema.getQueryType() && leftForLast.includes(field.name)
        ;(isLast ? last : queue).push({ type, path: isAbstractType(named) ? `${path}<${type.name}>` : path, wrap: (inner, first) => wrap(`${call(first)} { ${inside(inner)} }`, first) })
      }
    }
  }
}

const objectsOf = (schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLObjectType[] => (isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [])

/**
 * A query for every field of every type that can be reached from `Query`, each by its shortest path: what a schema offers, walked.
 * `roots` gives the arguments of root fields that need some; a root field with required arguments and none here fails the walk.
 */
export function walk(schema: GraphQLSchema, roots: Readonly<Record<string, string>>): WalkedField[] {
  return [...visits(schema, roots)].map(({ field, path, wrap, given }) => {
    const call = callOf(field, given)
    return { path, query: (first) => wrap(isLeafType(getNamedType(field.type)) ? call(first) : `${call(first)} { __typename }`, first) }
  })
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

/** What a walk with arguments needs to know. */
export interface WalkValues {
  /** Arguments of root fields that need some, as for `walk`. */
  readonly roots: Readonly<Record<string, string>>
  /** GraphQL literals by argument, the most exact name first: `Query.stories(desk)`, `StoryFilterInput.desks`, `(after)`, `DateTime`. */
  readonly values: Readonly<Record<string, readonly string[]>>
  /** Stands in the place of every text and every id, where it is given. */
  readonly words?: string
}

/** An operation that asks for a field with all that is plain below it, or that gives one argument a value. */
export interface WalkedOperation {
  /** `Query.stories(filter: {desks: ["Metro"]})` */
  readonly path: string
  /** The field that it is about: `Story.topics`. */
  readonly field: string
  readonly query: string
  /** The same from a cursor on, where it is a list. */
  readonly following?: (cursor: string) => readonly string[]
  /** `Story.slug`, and what is asked for beside it. */
  readonly fields: ReadonlySet<string>
}

const CURSORS = ['after', 'before']
const SIZES = ['first', 'last']

/**
 * Everything that can be asked of a schema, one thing at a time: every field with what is plain below it, every value of every enum, every
 * argument and every field of every filter. A field or an argument that `values` says nothing of fails the walk.
 * @param options.each whether an argument is asked for with every value, or with one
 */
export function operations(schema: GraphQLSchema, known: WalkValues, { each = 'VALUE' }: { readonly each?: 'VALUE' | 'ARGUMENT' } = {}): WalkedOperation[] {
  return [...visits(schema, known.roots, ['node', 'nodes'])].flatMap((visit) => {
    const { parent, field, path, wrap, given } = visit
    // Asked for with whatever leads to its type.
    if (isPlain(field) && parent !== schema.getQueryType()) return []
    const { text, fields } = below(schema, field, parent)
    const operation = (args: readonly string[]): WalkedOperation => {
      const called = `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}`
      return { path: `${path}${called.slice(field.name.length)}`, field: `${parent.name}.${field.name}`, query: wrap(`${called}${text}`, FEW), fields }
    }
    const sizes = SIZES.filter((name) => field.args.some((arg) => arg.name === name))
    const needed = given === undefined ? [] : [given]
    const asked = sizes.length > 0 ? [...needed, `first: ${MANY}`] : needed
    const found = [operation(asked)]
    if (sizes.length > 0) {
      const next = (cursor: string) => CURSORS.filter((name) => field.args.some((arg) => arg.name === name)).map((name) => operation([...needed, `first: 1`, `${name}: "${cursor}"`]).query)
      found.push({ ...operation([...needed, 'first: 1']), following: next })
      if (sizes.includes('last')) found.push(operation([...needed, 'last: 1']))
    }
    // Where one of several arguments is needed, each stands alone.
    const isOneOf = given !== undefined && !field.args.some(isRequiredArgument)
    for (const arg of field.args.filter(({ name }) => ![...CURSORS, ...SIZES].includes(name))) {
      const base = isOneOf || isRequiredArgument(arg) ? field.args.filter((other) => other !== arg && isRequiredArgument(other)).map((other) => `${other.name}: ${first(literals(other, `${parent.name}.${field.name}(${other.name})`, known))}`) : asked
      const given = literals(arg, `${parent.name}.${field.name}(${arg.name})`, known)
      for (const literal of each === 'VALUE' ? given : onePerName(given)) found.push(operation([...base, `${arg.name}: ${literal}`]))
    }
    return found
  })
}

/** Every field once, with no more than one of its arguments. */
export function plainOnly(all: readonly WalkedOperation[]): WalkedOperation[] {
  return [...new Map(all.toReversed().map((operation) => [operation.field, operation])).values()].toReversed()
}

/** Entries of lists on the way to a field, and at its end: together they stay below what an operation may cost. */
const FEW = 10
const MANY = 50

/** Every argument that is free text or an id, each with `words` in its place: what somebody asks who knows a word and wants to know whether it is there. */
export function operationsSaying(schema: GraphQLSchema, given: WalkValues, words: string): WalkedOperation[] {
  return operations(schema, { ...given, words }).filter(({ query }) => query.includes(JSON.stringify(words)))
}

function literals(input: GraphQLArgument | GraphQLInputField, name: string, known: WalkValues): readonly string[] {
  const given = known.words !== undefined && isText(input.type) ? undefined : (known.values[name] ?? known.values[`(${input.name})`])
  return given ?? literalsOf(input.type, name, known)
}

/** Of the literals of an input object one for each of its fields, of any others the first. */
const onePerName = (given: readonly string[]) => [...new Map(given.toReversed().map((literal) => [/^\{(?:.*, )?(\w+): [^{}]*\}$/.exec(literal)?.[1] ?? '', literal])).values()]

const isText = (type: GraphQLInputType) => ['String', 'ID'].includes(getNamedType(type).name)

function literalsOf(type: GraphQLInputType, name: string, known: WalkValues): readonly string[] {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return literalsOf(nullable.ofType, name, known).map((literal) => `[${literal}]`)
  const named = getNamedType(type)
  if (isEnumType(named)) return named.getValues().map((value) => value.name)
  if (named.name === 'Boolean') return ['true', 'false']
  if (known.words !== undefined && isText(named)) return [JSON.stringify(known.words)]
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields())
    const required = (but: GraphQLInputField) => fields.filter((field) => field !== but && isRequiredInputField(field)).map((field) => `${field.name}: ${first(literals(field, `${named.name}.${field.name}`, known))}`)
    return fields.flatMap((field) => literals(field, `${named.name}.${field.name}`, known).map((literal) => `{${[...required(field), `${field.name}: ${literal}`].join(', ')}}`))
  }
  const scalar = known.values[named.name]
  if (!scalar) throw new Error(`The walk needs values for ${name}`)
  return scalar
}

const first = (literal: readonly string[]) => literal[0]!

const isPlain = (field: GraphQLField<unknown, unknown>) => isLeafType(getNamedType(field.type)) && field.args.length === 0

/** What is plain below a field: its leaves, and those of the entries of a connection. */
function below(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, parent: GraphQLObjectType): { readonly text: string; readonly fields: ReadonlySet<string> } {
  const fields = new Set([`${parent.name}.${field.name}`])
  const named = getNamedType(field.type)
  return { text: isLeafType(named) ? '' : ` { ${plainOf(schema, named as GraphQLCompositeType, fields)} }`, fields }
}

function plainOf(schema: GraphQLSchema, type: GraphQLCompositeType, fields: Set<string>): string {
  if (isAbstractType(type)) return ['__typename', ...objectsOf(schema, type).map((each) => `... on ${each.name} { ${plainOf(schema, each, fields)} }`)].join(' ')
  if (!isObjectType(type)) return '__typename'
  const selected = ['__typename']
  for (const field of Object.values(type.getFields())) {
    if (field.args.some(isRequiredArgument)) continue
    const named = getNamedType(field.type)
    const isPartOfList = /(Connection|Edge)$/.test(type.name) || named.name === 'PageInfo'
    if (!isLeafType(named) && !isPartOfList) continue
    fields.add(`${type.name}.${field.name}`)
    selected.push(isLeafType(named) ? field.name : `${field.name} { ${plainOf(schema, named as GraphQLCompositeType, fields)} }`)
  }
  return selected.join(' ')
}

/** A mutation or subscription that asks for all that is plain in its answer. */
export function changing(schema: GraphQLSchema, kind: 'mutation' | 'subscription', name: string): string {
  const root = kind === 'mutation' ? schema.getMutationType()! : schema.getSubscriptionType()!
  const field = root.getFields()[name]!
  const args = field.args.map((arg) => [`$${arg.name}: ${String(arg.type)}`, `${arg.name}: $${arg.name}`] as const)
  const declared = args.length > 0 ? `(${args.map(([declaration]) => declaration).join(', ')})` : ''
  const passed = args.length > 0 ? `(${args.map(([, use]) => use).join(', ')})` : ''
  const payload = getNamedType(field.type) as GraphQLObjectType
  const inside = Object.values(payload.getFields()).filter((each) => !each.args.some(isRequiredArgument)).map((each) => {
    const named = getNamedType(each.type)
    return isLeafType(named) ? each.name : `${each.name} { ${plainOf(schema, named as GraphQLCompositeType, new Set())} }`
  })
  return `${kind} ${declared} { ${name}${passed} { __typename ${inside.join(' ')} } }`
}
