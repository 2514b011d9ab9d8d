import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rotateSecret, serverSecrets, staffOf } from '../../src/access/index.js'
import { demoToken } from '../../src/demo/fill.js'
import { readEnv } from '../../src/env.js'
import { createServer, PATHS } from '../../src/server.js'
import { CliPlace } from '../cli/onrecord.js'
import { databaseForTest } from '../support/database.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { SERVER } from '../support/programs.js'

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)]
const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8)

let home: string
let folder: string
let file: string
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'onrecord-secrets-'))
  folder = path.join(home, 'secrets')
  file = path.join(folder, 'server-secret')
})
afterEach(() => rm(home, { recursive: true, force: true }))

describe('the server\'s secret', () => {
  it('is made on the first start, once by ten servers at once, in a file that only its user may read', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => serverSecrets({ given: undefined, folder })))
    expect(new Set(made.map(({ secret }) => secret.toString('hex'))).size).toBe(1)
    expect(made[0]).toEqual({ secret: expect.objectContaining({ length: 32 }), previous: [] })
    expect([await modeOf(folder), await modeOf(file), await readdir(folder)]).toEqual(['700', '600', ['server-secret']])
    expect(await serverSecrets({ given: undefined, folder })).toEqual(made[0])
  })

  it('may be given, with those before it, and then no file is made', async () => {
    expect(await serverSecrets({ given: `${A} , ${B}`, folder })).toEqual({ secret: Buffer.from(A, 'hex'), previous: [Buffer.from(B, 'hex')] })
    await expect(stat(folder)).rejects.toThrow('ENOENT')
  })

  it.each([['read', 0o640], ['read', 0o604], ['read', 0o644], ['write', 0o620]])('is refused where others may %s its file (%o), with what to do', async (_what, mode) => {
    await serverSecrets({ given: undefined, folder })
    await chmod(file, mode)
    await expect(serverSecrets({ given: undefined, folder })).rejects.toThrow(`chmod 600 ${file}`)
    await expect(rotateSecret(folder)).rejects.toThrow('chmod 600')
    await chmod(file, 0o600)
    expect((await serverSecrets({ given: undefined, folder })).secret).toHaveLength(32)
  })

  it('is refused where others may replace it', async () => {
    await serverSecrets({ given: undefined, folder })
    await chmod(folder, 0o777)
    await expect(serverSecrets({ given: undefined, folder })).rejects.toThrow(`chmod 700 ${folder}`)
  })

  it.each(['', 'nonsense', 'ab'.repeat(31), `${A}\nnonsense`, `${A}\nabc`])('is refused where the file holds %j, without a word of it', async (content) => {
    await mkdir(folder, { mode: 0o700 })
    await writeFile(file, content, { mode: 0o600 })
    const error = await serverSecrets({ given: undefined, folder }).catch((thrown: Error) => thrown)
    expect(String(error)).toMatch(/^Error: The secret in .* is damaged: .* Restore it/)
    for (const word of content.split('\n').filter((line) => line.length > 3)) expect(String(error)).not.toContain(word)
  })

  it('keeps the server from starting where others may read it', async () => {
    await serverSecrets({ given: undefined, folder })
    await chmod(file, 0o644)
    const env = { ...process.env, ONRECORD_SECRETS: folder, ONRECORD_DATA: path.join(home, 'data'), ONRECORD_SECRET: '', PORT: '0' }
    const started = promisify(execFile)(process.execPath, [SERVER], { env })
    await expect(started).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^Others than its user may read the secret in .* Run "chmod 600 .*\n$/) })
    await expect(stat(path.join(home, 'data'))).rejects.toThrow('ENOENT')
  })

  it.each(['nonsense', 'ab'.repeat(31), `${A};${B}`, `${A},`, `${A},nonsense`])('is refused in the environment as %j', (given) => {
    expect(() => readEnv({ ONRECORD_SECRET: given })).toThrow(/ONRECORD_SECRET: is not at least 64 hexadecimal digits/)
  })
})

describe('rotating the secret', () => {
  it('makes a new one, keeps the one before, and drops the rest', async () => {
    const first = (await serverSecrets({ given: undefined, folder })).secret
    expect(await rotateSecret(folder)).toEqual({ file, dropped: 0 })
    const second = await serverSecrets({ given: undefined, folder })
    expect(second.previous).toEqual([first])
    expect(second.secret).not.toEqual(first)
    expect(await rotateSecret(folder)).toEqual({ file, dropped: 1 })
    expect((await serverSecrets({ given: undefined, folder })).previous).toEqual([second.secret])
    expect([await modeOf(file), await readdir(folder)]).toEqual(['600', ['server-secret']])
    expect((await readFile(file, 'utf8')).split('\n').filter(Boolean)).toHaveLength(2)
  })

  it('is a command, which says what lapses and never a secret', async () => {
    const place = await CliPlace.open({ isEmbedded: true, isEmpty: true })
    try {
      const own = { ONRECORD_SECRETS: folder }
      expect(await place.run(['secret', 'rotate'], { env: own })).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^There is no secret in .* yet/) })
      const { secret } = await serverSecrets({ given: undefined, folder })
      const rotated = await place.run(['secret', 'rotate'], { env: own })
      expect(rotated).toMatchObject({ code: 0, out: `rotated  ${file}\n`, err: expect.stringMatching(/^Start the server again\. Cursors .* demo token/) })
      expect(rotated.err).not.toContain('lapse')
      const again = await place.run(['secret', 'rotate'], { env: own })
      expect(again.err).toMatch(/Cursors made before the last rotation lapse/)
      expect(rotated.err + again.err).not.toContain(secret.toString('hex'))
      expect(await place.run(['secret', 'rotate'], { env: { ...own, ONRECORD_SECRET: A } })).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^The secret is given in ONRECORD_SECRET\. Put a new one/) })
    } finally {
      await place.remove()
    }
  })

  it('leaves cursors valid that were made under the secret before, and makes new ones under the newest', async () => {
    const newsroom = await TestNewsroom.open()
    await newsroom.add(story(1), story(2), story(3))
    const [old, next, last] = [7, 8, 9].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer]
    const page = async (keys: { secret: Buffer; previousSecrets?: readonly Buffer[] }, after?: string) => {
      const server = await createServer({ ...keys, database: newsroom.database, now: () => newsroom.now, logLevel: 'silent' })
      const response = await server.inject({ method: 'POST', url: PATHS.PUBLIC, payload: { query: `{ stories(first: 1${after ? `, after: "${after}"` : ''}) { nodes { slug } pageInfo { endCursor } } }` } })
      await server.close()
      const { data, errors } = response.json() as { data: any; errors?: { extensions: { code: string } }[] }
      return { slug: data?.stories.nodes[0].slug as string | undefined, cursor: data?.stories.pageInfo.endCursor as string | undefined, code: errors?.[0]!.extensions.code }
    }
    const first = await page({ secret: old })
    const second = await page({ secret: next, previousSecrets: [old] }, first.cursor)
    const third = await page({ secret: last, previousSecrets: [next] }, second.cursor)
    expect([first.slug, second.slug, third.slug].sort()).toEqual(['harbor-plan-1', 'harbor-plan-2', 'harbor-plan-3'])
    expect((await page({ secret: old }, second.cursor)).code).toBe('BAD_USER_INPUT')
    expect((await page({ secret: last, previousSecrets: [next] }, first.cursor)).code).toBe('BAD_USER_INPUT')
    await newsroom.close()
  })

  it('changes the demo token, and ends the one before', async () => {
    const database = await databaseForTest()
    const [old, next] = [Buffer.from(A, 'hex'), Buffer.from(B, 'hex')]
    const sources = { now: () => new Date(), newId: () => crypto.randomUUID() }
    const before = await demoToken(database, { secret: old, previous: [] }, sources)
    expect(await demoToken(database, { secret: old, previous: [] }, sources)).toBe(before)
    expect(await staffOf(database, before, new Date())).toMatchObject({ role: 'EDITOR' })
    const after = await demoToken(database, { secret: next, previous: [old] }, sources)
    expect(await staffOf(database, after, new Date())).toMatchObject({ role: 'EDITOR' })
    expect(await staffOf(database, before, new Date())).toBeUndefined()
  })
})
