/** The same without what is null: GraphQL gives null for what is left out, documents have no such thing. All the way down. */
export type Present<T> = T extends Date ? T : T extends readonly (infer U)[] ? Present<U>[] : T extends object ? { [K in keyof T as null extends T[K] ? never : K]: Present<T[K]> } & { [K in keyof T as null extends T[K] ? K : never]?: Present<NonNullable<T[K]>> } : T

export function present<T>(value: T): Present<T> {
  if (Array.isArray(value)) return value.map(present) as Present<T>
  if (typeof value !== 'object' || value === null || value instanceof Date) return value as Present<T>
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null && entry !== undefined).map(([key, entry]) => [key, present(entry)])) as Present<T>
}
