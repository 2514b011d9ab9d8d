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

/** The request that is being answered, wherever that is needed and no request is at hand. */
export function asking(): Asking | undefined {
  return current.getStore()
}

export function whileAsking<T>(request: Asking, work: () => T): T {
  return current.run(request, work)
}
