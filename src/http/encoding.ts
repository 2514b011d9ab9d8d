import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip'

/** Below that a packet is a packet. */
export const FEWEST_BYTES = 1_024
/** Fast enough for a page that is sent once, and no more than a few percent larger than what takes ten times as long. */
const LEVEL = { br: 4, gzip: 6 } as const

const compressors: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: LEVEL.br, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  gzip: (body) => promisify(gzip)(body, { level: LEVEL.gzip }),
}

/** On a thread of Node's, not on the event loop. */
export function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  return compressors[encoding](body)
}

/** Which of ours a client likes best (RFC 9110, 12.5.3); undefined for the body as it is. Of two that it likes as well, the smaller. */
export function encodingFor(accepted: string | undefined): Encoding | undefined {
  if (accepted === undefined || accepted === '' || accepted === 'identity') return undefined
  const weights = new Map<string, number>()
  for (const part of accepted.toLowerCase().split(',')) {
    const [name, ...parameters] = part.split(';').map((each) => each.trim())
    const q = parameters.find((each) => /^q\s*=/.test(each))
    const weight = q === undefined ? 1 : Number(q.slice(q.indexOf('=') + 1))
    if (name) weights.set(name === 'x-gzip' ? 'gzip' : name, Number.isFinite(weight) ? weight : 0)
  }
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0
  const [br, plain, zip] = [weightOf('br'), weights.get('identity') ?? 0, weightOf('gzip')]
  if (br > 0 && br >= zip && br >= plain) return 'br'
  return zip > 0 && zip >= plain ? 'gzip' : undefined
}
