import { request } from 'node:http'
import { connect } from 'node:net'

export interface Answered { readonly status: number; readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly text: string }

/** No answer within that is a hang. */
const HANG = 20_000

/** Sends a request with any method and headers. A server may answer and close before it has read all of a body. */
export function send(url: string, init: { method: string; headers?: Readonly<Record<string, string>>; body?: string | Buffer | undefined }): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request({ ...rawUrl(url), method: init.method, headers: { ...init.headers, ...lengthOf(init) }, setHost: init.headers?.['host'] === undefined }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => { answered = true; resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(chunks).toString() }) })
    })
    let answered = false
    sent.setTimeout(HANG, () => sent.destroy(new Error('no answer')))
    sent.on('error', (error: NodeJS.ErrnoException) => (answered || error.code === 'EPIPE' ? undefined : reject(error)))
    // An upgrade that is refused comes as an ordinary answer.
    sent.end(init.body)
  })
}

/** Sends bytes as they are, and reads until the answer is there. @param ends whether nothing more will be sent, and the server is told so. */
export function sendBytes(url: string, bytes: string | Buffer, ends = false): Promise<Answered> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => (ends ? socket.end(bytes) : socket.write(bytes)))
    socket.setTimeout(HANG, () => socket.destroy(new Error('no answer')))
    socket.on('data', (chunk) => {
      text += chunk.toString()
      const answered = wholeAnswer(text)
      if (answered) { socket.destroy(); resolve(answered) }
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`closed after ${JSON.stringify(text)}`)))
  })
}

function wholeAnswer(text: string): Answered | undefined {
  // An answer may be announced first.
  const [head, ...rest] = text.replace(/^HTTP\/1\.1 100 .*?\r\n\r\n/s, '').split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const length = /\r\ncontent-length: (\d+)/i.exec(head!)?.[1]
  if (length === undefined || Buffer.byteLength(body) < Number(length)) return undefined
  const headers = Object.fromEntries(head!.split('\r\n').slice(1).map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head!)?.[1]), headers, text: Buffer.from(body).subarray(0, Number(length)).toString() }
}

function lengthOf({ headers, body, method }: { headers?: Readonly<Record<string, string>>; body?: string | Buffer | undefined; method: string }): Record<string, string> {
  if (headers?.['transfer-encoding'] !== undefined || (body === undefined && method !== 'POST')) return {}
  return { 'content-length': String(body === undefined ? 0 : Buffer.byteLength(body)) }
}

/** As it is: `URL` would put right what is wrong with it. */
function rawUrl(url: string): { hostname: string; port: string; path: string } {
  const [, hostname, port, path] = /^http:\/\/([^:/]+):(\d+)(.*)$/s.exec(url)!
  return { hostname: hostname!, port: port!, path: path! }
}
