import { badInput } from './errors.js'

/** Types that `node` can find. */
export const NODE_TYPES = ['Story', 'Quote', 'Attribution', 'OfficialStatement', 'Person', 'Organization', 'Topic', 'Journalist'] as const
export type NodeType = (typeof NODE_TYPES)[number]

const BY_UUID: ReadonlySet<NodeType> = new Set(['Story', 'Quote', 'Attribution', 'OfficialStatement'])
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function globalId(type: NodeType, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url')
}

/** Undefined where the text is no id of ours. Holds for ids of things that do not exist too. */
export function parseGlobalId(id: string): { type: NodeType; key: string } | undefined {
  const text = Buffer.from(id, 'base64url').toString('utf8')
  const at = text.indexOf(':')
  const type = NODE_TYPES.find((name) => name === text.slice(0, at))
  const key = text.slice(at + 1)
  if (!type || (BY_UUID.has(type) ? !UUID.test(key) : !/^[a-z0-9][a-z0-9._:-]{0,119}$/.test(key))) return undefined
  return { type, key }
}

/** The key behind an id of one type. @throws BAD_USER_INPUT for an id of another type, or none at all. */
export function keyOfId(type: NodeType, id: string, argument: string): string {
  const parsed = parseGlobalId(id)
  if (parsed?.type !== type) throw badInput(`Argument "${argument}" is not the id of a ${type}; use the "id" field of one.`)
  return parsed.key
}
