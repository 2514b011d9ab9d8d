import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveDesk } from '../../src/http/index.js'

const BUILT = fileURLToPath(new URL('../../dist/desk', import.meta.url))

describe('the desk over HTTP', () => {
  const server = Fastify()
  let html: string
  let opened = 0
  beforeAll(async () => {
    serveDesk(server, { onOpen: () => { opened += 1 } })
    html = (await server.inject('/desk')).body
  })
  afterAll(() => server.close())

  it('serves the page at every address under /desk, under a policy that lets in its own files alone', async () => {
    opened = 0
    for (const url of ['/desk', '/desk/', '/desk/stories/any-story?x=1']) {
      const answer = await server.inject(url)
      expect(answer.statusCode).toBe(200)
      expect(answer.body).toBe(html)
      expect(answer.headers['cache-control']).toBe('no-cache')
      const policy = String(answer.headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
      expect(policy).not.toContain('unsafe')
      expect(policy).not.toMatch(/https?:|\*/)
    }
    await server.inject('/desk/assets/none.js')
    expect(opened).toBe(3)
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)|https?:/)
  })

  it('serves files that change their names with their content, for as long as a cache likes', async () => {
    for (const asset of assetsOf(html)) {
      const answer = await server.inject(asset)
      expect(answer.statusCode, asset).toBe(200)
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(answer.headers['content-type']).toMatch(/^(text\/(javascript|css)|image\/svg\+xml)/)
      expect((await server.inject({ url: asset, headers: { 'if-none-match': String(answer.headers['etag']) } })).statusCode).toBe(304)
    }
  })

  it('compresses what compresses, for who asks for it', async () => {
    const [script] = assetsOf(html).filter((asset) => asset.endsWith('.js'))
    const plain = await server.inject(script!)
    const packed = await server.inject({ url: script!, headers: { 'accept-encoding': 'gzip, br' } })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
  })

  it('has no page for a file that is not there', async () => {
    const answer = await server.inject('/desk/assets/index-old.js')
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toContain('<html')
  })

  it('says what to do where it is not built', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'onrecord-desk-'))
    const unbuilt = Fastify()
    serveDesk(unbuilt, { folder })
    const answer = await unbuilt.inject('/desk')
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('npm run build')
    await unbuilt.close()
    await rm(folder, { recursive: true })
  })

  it('loads in under 250 KB, with the letters that English needs', async () => {
    const files = [...assetsOf(html).map((asset) => asset.replace('/desk/', '')), ...(await readdir(path.join(BUILT, 'assets'))).filter((name) => /-latin-wght-/.test(name)).map((name) => `assets/${name}`)]
    const sizes = await Promise.all(files.map(async (name) => {
      const body = await readFile(path.join(BUILT, name))
      return name.endsWith('.woff2') ? body.length : gzipSync(body, { level: 9 }).length
    }))
    expect(files.length).toBeGreaterThanOrEqual(5)
    expect(sizes.reduce((sum, size) => sum + size, gzipSync(html).length)).toBeLessThan(250 * 1024)
  })
})

function assetsOf(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!)
}
