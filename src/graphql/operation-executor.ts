import { execute, isObjectType, type ExecutionResult, type GraphQLFieldResolver, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import type { CompiledQuery } from 'graphql-jit'
import { UnreadError } from '../database/read/index.js'
import type { Contract, GraphQLContext } from './context.js'
import type { AdmittedQuery } from './query-gate.js'

/** What is asked this often is worth compiling. */
const USES_TO_COMPILE = 3
/** Compiled operations that are kept: the ones used last. */
const MOST_COMPILED = 256
/** Characters of a document that is compiled. Compiling takes time for every field, and what is longer than this is asked seldom. */
const LONGEST_COMPILED = 10_000

/** A large part of the program, loaded when there is something to compile: no start waits for it. */
let jit: Promise<typeof import('graphql-jit')> | undefined

type Compiled = CompiledQuery['query']
export type Operation = Pick<AdmittedQuery, 'text' | 'document' | 'operation' | 'introspects'> & { readonly variables: Readonly<Record<string, unknown>> }

/**
 * Runs operations: with graphql-js, and those of readers that come again and again with graphql-jit, which makes a function of them.
 * What that function cannot answer without an error is asked of graphql-js again, so that every error is graphql-js's own; the records
 * that were read are with the request, and are not read twice. Mutations are never compiled: they would be done twice.
 */
export class OperationExecutor {
  readonly #uses = new WeakMap<OperationDefinitionNode, number>()
  readonly #compiled = new Map<OperationDefinitionNode, Compiled | undefined>()
  readonly #compiles: boolean

  /** A compiled operation takes fields without a resolver as they are; of the newsroom's files some are promises. */
  constructor(contract: Contract, private readonly schema: GraphQLSchema, private readonly usesToCompile = USES_TO_COMPILE) {
    this.#compiles = contract === 'PUBLIC'
  }

  /** Operations that are compiled now. */
  get compiled(): number {
    return [...this.#compiled.values()].filter(Boolean).length
  }

  async run(asked: Operation, context: GraphQLContext): Promise<ExecutionResult> {
    const compiled = this.#compiles ? await this.#compiledOf(asked) : undefined
    const result = (compiled && await attempt(compiled, asked, context)) ?? await this.#execute(asked, context)
    if (!result.errors?.some(({ originalError }) => originalError instanceof UnreadError)) return result
    // What was looked ahead for was too little: rather late than wrong. Nothing is looked ahead for but queries.
    context.readWhole()
    return this.#execute(asked, context)
  }

  async #execute({ document, operation, variables }: Operation, context: GraphQLContext): Promise<ExecutionResult> {
    return execute({ schema: this.schema, document, operationName: operation.name?.value ?? null, variableValues: variables, contextValue: context })
  }

  async #compiledOf({ text, document, operation, introspects }: Operation): Promise<Compiled | undefined> {
    if (this.#compiled.has(operation)) {
      const known = this.#compiled.get(operation)
      this.#compiled.delete(operation)
      this.#compiled.set(operation, known)
      return known
    }
    const uses = (this.#uses.get(operation) ?? 0) + 1
    this.#uses.set(operation, uses)
    if (uses < this.usesToCompile || introspects || text.length > LONGEST_COMPILED || operation.operation !== 'query') return undefined
    const { compileQuery, isCompiledQuery } = await (jit ??= import('graphql-jit'))
    leaveNoErrorToNobody(this.schema)
    const made = compileQuery(this.schema, document, operation.name?.value, { disablingCapturingStackErrors: true })
    const compiled = isCompiledQuery(made) ? made.query : undefined
    this.#compiled.set(operation, compiled)
    if (this.#compiled.size > MOST_COMPILED) this.#compiled.delete(this.#compiled.keys().next().value!)
    return compiled
  }
}

/** Undefined where anything went wrong. */
async function attempt(compiled: Compiled, { variables }: Operation, context: GraphQLContext): Promise<ExecutionResult | undefined> {
  try {
    const failure = new Promise<undefined>((resolve) => { context.failed = () => resolve(undefined) })
    const result = await Promise.race([compiled(undefined, context, variables), failure])
    return result?.errors ? undefined : result
  } catch {
    return undefined
  }
}

type Resolver = GraphQLFieldResolver<unknown, GraphQLContext>
const followed = new WeakSet<GraphQLSchema>()

/**
 * A compiled operation reads what a resolver promised when it comes, and an error that is thrown then, by a getter, is nobody's: the
 * request would never be answered, and the process would end. So whoever uses such a value has it followed.
 */
function leaveNoErrorToNobody(schema: GraphQLSchema): void {
  if (followed.has(schema)) return
  followed.add(schema)
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) if (field.resolve) field.resolve = following(field.resolve as Resolver)
  }
}

function following(resolve: Resolver): Resolver {
  return (source, given, context, info) => {
    const value: unknown = resolve(source, given, context, info)
    return value instanceof Promise ? new Followed(value, context) : value
  }
}

class Followed implements PromiseLike<unknown> {
  constructor(private readonly promise: Promise<unknown>, private readonly context: GraphQLContext) {}

  // oxlint-disable-next-line unicorn/no-thenable -- it stands for a promise
  then<A, B>(onValue?: ((value: unknown) => A | PromiseLike<A>) | null, onError?: ((error: unknown) => B | PromiseLike<B>) | null): PromiseLike<A | B> {
    const used = this.promise.then(onValue, onError) as Promise<A | B>
    used.then(undefined, (error: unknown) => this.context.failed?.(error))
    return used
  }
}
