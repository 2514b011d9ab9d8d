import type { Duplex } from 'node:stream'
import type { Asking } from './asking.js'

/** The form of every refusal: a GraphQL answer with one error and its code, whether or not GraphQL was reached. Its code is noted with the request. */
export function errorBody(request: { readonly id: string; readonly asking: Asking | null }, code: string, message: string) {
  request.asking?.codes.add(code)
  return { errors: [{ message, extensions: { code, requestId: request.id } }] }
}

/** The same as a whole HTTP message, for connections that never became a request. */
export function rawAnswer(requestId: string, status: string, code: string, message: string, headers: readonly string[] = []): string {
  const body = JSON.stringify(errorBody({ id: requestId, asking: null }, code, message))
  return [`HTTP/1.1 ${status}`, 'content-type: application/json; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`, 'x-content-type-options: nosniff', `x-request-id: ${requestId}`, 'connection: close', ...headers, '', body].join('\r\n')
}

/** Answers a socket that Node has let go of, and lets go of it too. Nobody else listens for its errors, and one without a listener ends the process. */
export function endSocket(socket: Duplex, answer: string): void {
  socket.on('error', () => socket.destroy())
  socket.end(answer, () => socket.destroy())
}
