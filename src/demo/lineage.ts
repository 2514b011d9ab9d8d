import { createHash } from 'node:crypto'

/**
 * The same UUID for the same name, in the shape of a random one, so that the demo newsroom is the same at every start.
 * Real stories get random ones: a lineage must tell nothing.
 */
export function lineageOf(...name: readonly string[]): string {
  const hex = createHash('sha256').update(name.join('/')).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) % 4]!
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20, 32)].join('-')
}
