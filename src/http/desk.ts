import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ProviderDoor, type Door, type OpenIdSettings } from '../access/index.js'

/** Where `npm run build` puts the page; the same seen from the sources and from the built server. */
const BUILT = fileURLToPath(new URL('../../dist/desk', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
}
/** Files of this server and nothing else: no script or style inside the page, no other host but where the provider hands out tokens. */
const policy = (door: Door | undefined) => [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", `connect-src 'self'${door ? ` ${sourceOf(door.tokenEndpoint)}` : ''}`, "img-src 'self'", "font-src 'self'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ')
const COMPRESSIBLE = /^(text\/|image\/svg)/

interface Asset { readonly type: string; readonly etag: string; readonly body: Buffer; gzipped?: Promise<Buffer> }

export interface DeskSettings { readonly folder?: string; readonly openId?: OpenIdSettings | undefined; readonly now?: () => Date; readonly onOpen?: (() => void) | undefined }

/** Serves the editors' page at `/desk`, and every address under it: the page itself knows what they mean. `/desk/sign-in.json` says with whom one signs in. */
export function serveDesk(fastify: FastifyInstance, { folder = BUILT, openId, now = () => new Date(), onOpen }: DeskSettings = {}): void {
  if (!existsSync(path.join(folder, 'index.html'))) {
    const missing = async (_request: FastifyRequest, reply: FastifyReply) => reply.code(404).type('text/plain; charset=utf-8').send('The desk is not built. Run "npm run build", and start the server again.\n')
    fastify.get('/desk', missing)
    fastify.get('/desk/*', missing)
    return
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  for (const file of files) {
    const name = path.relative(folder, file).replaceAll(path.sep, '/')
    const asset = assetOf(file)
    // Their names change with what is in them.
    if (name !== 'index.html') fastify.get(`/desk/${name}`, async (request, reply) => send(asset, request, reply.header('cache-control', 'public, max-age=31536000, immutable')))
  }
  const page = assetOf(path.join(folder, 'index.html'))
  const provider = openId?.desk && new ProviderDoor({ issuer: openId.issuer, desk: openId.desk })
  const servePage = async (request: FastifyRequest, reply: FastifyReply) => {
    onOpen?.()
    const allowed = policy(await provider?.at(now()))
    return send(page, request, reply
      .header('cache-control', 'no-cache')
      .header('content-security-policy', allowed)
      .header('referrer-policy', 'no-referrer')
      .header('cross-origin-opener-policy', 'same-origin'), tagOf(page, allowed))
  }
  fastify.get('/desk/sign-in.json', async (_request, reply) => reply.header('cache-control', 'no-store').send({ issuer: provider ? openId.issuer : null, door: (await provider?.at(now())) ?? null }))
  fastify.get('/desk', servePage)
  fastify.get('/desk/*', async (request, reply) => {
    if (request.url.startsWith('/desk/assets/')) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file. Load the page again.\n')
    return servePage(request, reply)
  })
}

function assetOf(file: string): Asset {
  const body = readFileSync(file)
  return { type: TYPES[path.extname(file)] ?? 'application/octet-stream', etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`, body }
}

/** Of the policy too: a browser that has the page takes no new policy with a 304. */
const tagOf = (page: Asset, allowed: string) => `"${createHash('sha256').update(page.etag).update(allowed).digest('base64url').slice(0, 22)}"`

/** An address as a policy names it: that path and no other. */
function sourceOf(address: string): string {
  const { origin, pathname } = new URL(address)
  return origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')
}

async function send(asset: Asset, request: FastifyRequest, reply: FastifyReply, etag = asset.etag): Promise<unknown> {
  void reply.header('etag', etag).header('vary', 'accept-encoding').header('x-content-type-options', 'nosniff')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  void reply.type(asset.type)
  if (!COMPRESSIBLE.test(asset.type) || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(asset.body)
  asset.gzipped ??= promisify(gzip)(asset.body, { level: 9 })
  return reply.header('content-encoding', 'gzip').send(await asset.gzipped)
}
