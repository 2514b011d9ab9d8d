import { isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLArgument, type GraphQLField, type GraphQLInputField, type GraphQLInputType, type GraphQLObjectType, type GraphQLSchema } from 'graphql'

/** A query that gives one argument of one field a hostile value, in a variable. */
export interface HostileArgument {
  /** `createPartner.input.name` */
  readonly path: string
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

const SOME_ID = Buffer.from('Story:00000000-0000-4000-8000-000000000000').toString('base64url')
/** What is wrong for whatever takes a text, an id or an instant, or is meant to be more than that to some interpreter behind. */
const TEXTS: readonly unknown[] = ["' OR 1=1 --", "'; DROP TABLE \"Story\"; --", '\u0000', '\ud800', '🙂'.repeat(2_000), '__proto__', '../../../etc/passwd', '{{7*7}}${7*7}', '\u202e\r\n\u2028', 'NaN', '', 1e308, ['x', ['y']], { toString: 'x' }, true]
const NUMBERS: readonly unknown[] = [-1, 0, 2_147_483_647, -2_147_483_648, 2_147_483_648, 1e308, 1.5, '1', 'x', true, [], {}]
const OTHERS: readonly unknown[] = [null, 0, 'x', 'null', [], [[]], {}, { a: { b: {} } }, { constructor: 1 }]
const DEEPEST = 4

/**
 * For every argument of the fields at the root, and for every field of the inputs below them, a query for each value that may be hostile
 * there. What else is required gets a value that fits.
 */
export function hostileArguments(schema: GraphQLSchema): HostileArgument[] {
  const roots = [['query', schema.getQueryType()], ['mutation', schema.getMutationType()]] as const
  return roots.flatMap(([operation, type]) => Object.values(type?.getFields() ?? {}).flatMap((field) => field.args.flatMap((arg) => ofArgument(operation, field, arg))))
}

function ofArgument(operation: string, field: GraphQLField<unknown, unknown>, arg: GraphQLArgument): HostileArgument[] {
  const given = field.args.filter((other) => other === arg || isRequired(other))
  const query = `${operation} (${given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')}) { ${field.name}(${given.map(({ name }) => `${name}: $${name}`).join(', ')})${selectionOf(field)} }`
  const others = Object.fromEntries(given.filter((other) => other !== arg).map(({ name, type }) => [name, fitting(type)]))
  return hostileValues(arg.type, `${field.name}.${arg.name}`, []).map(({ path, value }) => ({ path, query, variables: { ...others, [arg.name]: value } }))
}

interface HostileValue { readonly path: string; readonly value: unknown }

/** Hostile values for a type itself, and values of it that are hostile in one place. */
function hostileValues(type: GraphQLInputType, path: string, within: readonly GraphQLInputType[]): HostileValue[] {
  if (isNonNullType(type)) return hostileValues(type.ofType, path, within)
  if (isListType(type)) return [...OTHERS.map((value) => ({ path, value })), { path, value: Array.from({ length: 501 }, () => fitting(type.ofType)) }, ...hostileValues(type.ofType, `${path}[0]`, within).map(({ path: where, value }) => ({ path: where, value: [value] }))]
  if (!isInputObjectType(type)) return leaf(type.name, isEnumType(type)).map((value) => ({ path, value }))
  if (within.includes(type) || within.length >= DEEPEST) return []
  const whole = fitting(type) as object
  return [
    ...[...OTHERS, { ...whole, nothing: 1 }].map((value) => ({ path, value })),
    ...Object.values(type.getFields()).flatMap((field) => hostileValues(field.type, `${path}.${field.name}`, [...within, type]).map(({ path: where, value }) => ({ path: where, value: { ...whole, [field.name]: value } }))),
  ]
}

function leaf(name: string, isEnum: boolean): readonly unknown[] {
  if (isEnum) return ['NEARLY_ONE', 'null', '__proto__', 0, true, ['A'], {}]
  return name === 'Int' || name === 'Float' || name === 'Boolean' ? NUMBERS : name === 'String' || name === 'ID' ? TEXTS : [...TEXTS, ...OTHERS]
}

function isRequired({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean {
  return isNonNullType(type) && defaultValue === undefined
}

function fitting(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return fitting(type.ofType)
  if (isListType(type)) return []
  if (isEnumType(type)) return type.getValues()[0]!.name
  if (isInputObjectType(type)) return Object.fromEntries(Object.values(type.getFields()).filter(isRequired).map((field) => [field.name, fitting(field.type)]))
  const values: Readonly<Record<string, unknown>> = { ID: SOME_ID, Int: 1, Float: 1, Boolean: true, DateTime: '2026-02-24T12:00:00Z' }
  return values[type.name] ?? 'x'
}

function selectionOf(field: GraphQLField<unknown, unknown>): string {
  let { type } = field
  while ('ofType' in type) type = type.ofType
  const fields = (type as Partial<GraphQLObjectType>).getFields?.()
  if (!fields) return 'getTypes' in type ? ' { __typename }' : ''
  return fields['errors'] ? ' { errors { code message path } }' : fields['nodes'] ? ' { nodes { __typename } }' : ' { __typename }'
}
