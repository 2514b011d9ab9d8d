import type { Env } from '../../env.js'
import { Refusal, shown, VaultServer } from '../../vault/client/index.js'
import { UsageError } from '../failure.js'
import { textAt } from './local-folder.js'

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/
const PATIENCE = 60_000

/** The server that the settings name, asked over HTTP. @throws {UsageError} where they do not say which, or who asks. */
export async function serverOf(env: Pick<Env, 'ONRECORD_URL' | 'ONRECORD_TOKEN' | 'ONRECORD_TOKEN_FILE'>, given?: string): Promise<VaultServer> {
  const named = given ?? env.ONRECORD_URL
  const address = URL.canParse(named) ? new URL(named) : undefined
  if (!address || !/^https?:$/.test(address.protocol)) throw new UsageError(`"${named}" is no address of a server: https://…`)
  if (address.protocol === 'http:' && !LOOPBACK.test(address.hostname)) throw new UsageError(`The token would go to ${address.host} in the clear. Use https.`)
  const token = env.ONRECORD_TOKEN ?? (env.ONRECORD_TOKEN_FILE === undefined ? undefined : await tokenIn(env.ONRECORD_TOKEN_FILE))
  if (token === undefined || token === '') throw new UsageError('Who asks is not told. Put your staff token into ONRECORD_TOKEN, or the name of a file that holds it into ONRECORD_TOKEN_FILE.')
  return new VaultServer(<T>(query: string, variables: object) => ask<T>(new URL('/newsroom/graphql', address), token, query, variables))
}

async function tokenIn(file: string): Promise<string> {
  const text = await textAt(file)
  if (text === undefined) throw new UsageError(`There is no file ${file}, which ONRECORD_TOKEN_FILE names.`)
  return text.trim()
}

async function ask<T>(url: URL, token: string, query: string, variables: object): Promise<T> {
  const response = await fetch(url, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables }), redirect: 'error', signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => { throw new Error(`The server at ${url.origin} does not answer. Name it with ONRECORD_URL or --server.`) })
  const answer = (await response.json().catch(() => ({}))) as { data?: T; errors?: readonly { message: string; extensions?: { code?: string; requestId?: string } }[] }
  const [error] = answer.errors ?? []
  if (error) throw new Refusal(error.extensions?.code ?? 'ERROR', `The server refused it: ${shown(error.message)}${idOf(error.extensions)}`)
  if (!answer.data) throw new Error(`The server at ${url.origin} answered with ${response.status}, and not as Onrecord does.`)
  return answer.data
}

/** By which the server's log has what a message does not tell. */
function idOf({ requestId }: { readonly requestId?: string } = {}): string {
  return requestId === undefined ? '' : ` (request ${shown(requestId)})`
}
