import { AsyncLocalStorage } from 'node:async_hooks'
import type { StaffRole, Viewer } from '../access/index.js'

export type OperationType = 'query' | 'mutation' | 'subscription'

const NONE: ReadonlyMap<string, number> = new Map()

/**
 * What is known of a request while it is answered: for its line in the log, its counts and its span. Nothing of it is a text from outside
 * (I4): of an operation the fields of the schema that it asks for, since its name is the client's own words.
 */
export class Asking {
  contract: 'PUBLIC' | 'NEWSROOM' | undefined
  viewer: 'READER' | 'PARTNER' | StaffRole | undefined
  operation: OperationType | undefined
  fields: readonly string[] = []
  cost: number | undefined
  /** The stories in the answer, by id, each with its version. */
  taken: ReadonlyMap<string, number> = NONE
  /** Whether its answer may be given again to whoever asks the same. */
  mayBeKept: () => boolean = () => true
  /** Codes of the errors in the answer. */
  readonly codes = new Set<string>()

  /** @param id random, made here, and taken from no client. */
  constructor(readonly id: string) {}

  isOf(viewer: Viewer): void {
    this.viewer = viewer.kind === 'STAFF' ? viewer.role : viewer.kind
  }
}

const current = new AsyncLocalStorage<Asking>()
let following = 0

/** The request that is being answered, within `whileAsking`. */
export function asking(): Asking | undefined {
  return current.getStore()
}

/** For work of others, who do not hand on whose it is. While it lasts, Node follows every promise, of all requests. */
export async function whileAsking<T>(request: Asking, work: () => Promise<T>): Promise<T> {
  following += 1
  try {
    return await current.run(request, work)
  } finally {
    following -= 1
    if (following === 0) current.disable()
  }
}
