import { defaultFieldResolver, isObjectType, type GraphQLSchema } from 'graphql'
import { afterAll } from 'vitest'
import { idsOf, type TestNewsroom } from './newsroom.js'
import type { WalkedOperation } from './schema-walk.js'

export type Side = 'left' | 'right'
const SIDES = ['left', 'right'] as const

/** Who asks, at either newsroom: keys and tokens differ where they were made at random. */
export type Authorization = Readonly<Record<Side, string | undefined>>

export interface Difference {
  readonly path: string
  /** From shortly before the first character that differs. */
  readonly left: string
  readonly right: string
}

/** Changes what a field gives, at the right newsroom alone: a leak, planted. */
export type Plant = (value: unknown) => unknown

/** Which side answers now: one request at a time. */
let answering: Side = 'left'
const planted = new Map<string, Plant>()

/**
 * Has every field of the schema tell that it was asked for, and lets leaks be planted, until the file that calls it is done. Call it before
 * there is a server: queries are compiled with the resolvers that are there then.
 */
export function watchFields(schema: GraphQLSchema): ReadonlySet<string> {
  const reached = new Set<string>()
  const restore: (() => void)[] = []
  afterAll(() => restore.forEach((put) => put()))
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`
      const { resolve: own } = field
      const resolve = own ?? defaultFieldResolver
      restore.push(() => { if (own) field.resolve = own; else delete field.resolve })
      field.resolve = (...args) => {
        reached.add(name)
        const plant = answering === 'right' ? planted.get(name) : undefined
        const value: unknown = resolve(...args)
        return plant ? Promise.resolve(value).then(plant) : value
      }
    }
  }
  return reached
}

/** Does something with a leak in a field. */
export async function leaking<T>(field: string, plant: Plant, work: () => Promise<T>): Promise<T> {
  planted.set(field, plant)
  try {
    return await work()
  } finally {
    planted.delete(field)
  }
}

/** Two newsrooms that differ in something only: what a viewer gets of one is compared with what they get of the other, byte for byte. */
export class Pair {
  /** Of every answer since it was emptied. */
  readonly answers: string[] = []
  #count = 0

  constructor(readonly left: TestNewsroom, readonly right: TestNewsroom) {}

  async close(): Promise<void> {
    await Promise.all([this.left.close(), this.right.close()])
  }

  /** The same at both, with the same ids. */
  async both(work: (newsroom: TestNewsroom) => Promise<unknown>): Promise<void> {
    this.#count += 1
    for (const side of SIDES) {
      this[side].newId = idsOf(`both ${this.#count}`)
      await work(this[side])
    }
  }

  /** What of the answers differs: nothing, where nothing leaks. */
  async differences(operations: readonly WalkedOperation[], path: string, who: Authorization): Promise<Difference[]> {
    const found: Difference[] = []
    for (const operation of operations) {
      const { difference, answer } = await this.compare(operation.path, path, who, { query: operation.query })
      found.push(...difference)
      for (const cursor of operation.following ? cursorsIn(answer) : []) {
        for (const query of operation.following!(cursor)) found.push(...(await this.compare(`${operation.path} from a cursor`, path, who, { query })).difference)
      }
    }
    return found
  }

  /** @param given variables of the right, and what of an answer does not count, where they are not the same */
  async compare(what: string, path: string, who: Authorization, body: object, { right: variables, mask = (answer) => answer }: { readonly right?: object; readonly mask?: (answer: string) => string } = {}): Promise<{ readonly difference: readonly Difference[]; readonly answer: string }> {
    this.#count += 1
    const given: string[] = []
    for (const side of SIDES) {
      answering = side
      this[side].newId = idsOf(`operation ${this.#count}`)
      given.push(mask(await this[side].exchange(path, side === 'right' && variables ? { ...body, variables } : body, who[side])))
    }
    const [left, right] = given.map(withoutSecrets) as [string, string]
    this.answers.push(left, right)
    return { difference: left === right ? [] : [differenceOf(what, left, right)], answer: left }
  }
}

/** Keys and tokens are random, and told once to whoever had them made. */
const withoutSecrets = (answer: string) => answer.replaceAll(/onr_(partner|staff)_[\w-]+/g, 'onr_$1_…')

const cursorsIn = (answer: string) => [...new Set([...answer.matchAll(/"(?:start|end)Cursor":"([^"]+)"/g)].map(([, cursor]) => cursor!))]

export function differenceOf(path: string, left: string, right: string): Difference {
  let at = 0
  while (left[at] === right[at] && at < left.length) at += 1
  const from = (text: string) => text.slice(Math.max(0, at - 120), at + 1_000)
  return { path, left: from(left), right: from(right) }
}
