import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { settingsTable } from '../../src/env.js'
import fc from 'fast-check'
import { arbitraryDocument } from '../support/arbitrary-document.js'
import { story } from '../support/documents.js'
import { COMMAND, ROOT } from '../support/programs.js'
import { CliPlace, lines } from './onrecord.js'

let place: CliPlace
beforeAll(async () => { place = await CliPlace.open() })
afterAll(() => place.remove())

describe('onrecord', () => {
  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
    expect(await place.run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
  })

  it('explains every command with an example', async () => {
    const { code, out } = await place.run(['--help'])
    expect(code).toBe(0)
    const commands = [...out.matchAll(/^ {2}([a-z-]+) .*\S$/gm)].map((match) => match[1]!).filter((name) => !name.startsWith('-'))
    expect(commands).toEqual(['migrate', 'extract', 'import', 'export', 'publish', 'kill', 'check', 'rules', 'token', 'partner', 'secret', 'vault', 'audit', 'document-schema', 'settings'])
    const helps = await Promise.all([...commands.map((name) => [name]), ['token', 'issue'], ['token', 'list'], ['token', 'revoke'], ['partner', 'add'], ['partner', 'list'], ['partner', 'contract'], ['partner', 'key'], ['partner', 'key', 'issue'], ['partner', 'key', 'rotate'], ['partner', 'key', 'revoke'], ['partner', 'webhook'], ['partner', 'webhook', 'add'], ['partner', 'webhook', 'list'], ['partner', 'webhook', 'replay'], ['partner', 'notices'], ['secret', 'rotate'], ['audit', 'verify'], ['rules', 'explain']].map((name) => place.run([...name, '--help'])))
    for (const help of helps) {
      expect(help.code).toBe(0)
      expect(help.out).toMatch(/\nExample:\n {2}\$ .*onrecord /)
    }
  })

  it.each([
    [[], /^Usage: onrecord/],
    [['imprt'], /^unknown command 'imprt'\n\(Did you mean import\?\)/],
    [['import'], /missing required argument 'file'/],
    [['import', '--loud', 'x'], /unknown option '--loud'/],
    [['export'], /^Name the stories to export by their slugs, or give --all/],
    [['export', 'a', '--all'], /one of the two/],
    [['export', '--all', '--format', 'xml'], /Allowed choices are jsonl, json/],
    [['token', 'issue', '--name', 'x', '--role', 'boss'], /Allowed choices are preview, lawyer, reporter, editor, standards-editor, admin/],
    [['token', 'issue', '--name', 'x', '--role', 'editor', '--expires', '0'], /whole days, from 1/],
    [['token', 'issue', '--name', 'x\ny', '--role', 'editor'], /control character/],
    [['token', 'revoke', '12'], /^"12" is not the id of a token/],
  ])('refuses %j as wrong usage', async (args, message) => {
    const { code, out, err } = await place.run(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
    expect(err).not.toMatch(/\n\s+at /)
  })
})

describe('the built command, in a process of its own,', () => {
  const text = { input: 'The pier will close in May, sources told the Herald.' }
  it.each<[readonly string[], { readonly input?: string }]>([
    [[], {}], [['migrate'], {}], [['extract', '-'], text], [['import', '--text', '-'], { input: '' }], [['export', 'no-such-story'], {}], [['publish', 'no-such-story'], {}], [['kill', 'no-such-story'], {}], [['check', '-', '--fail-on', 'warning'], text], [['rules'], {}],
    [['token', 'list'], {}], [['partner', 'list'], {}], [['secret', 'rotate', '--loud'], {}], [['vault', 'members'], {}], [['audit', 'verify'], {}], [['document-schema'], {}], [['settings'], {}],
  ])('does with %j what its program does here', async (args, options) => {
    expect(await place.runApart(args, options)).toEqual(await place.run(args, options))
  })

  it.runIf(existsSync('/dev/full'))('says in a sentence that its answer cannot be written, and fails', async () => {
    for (const args of [['rules'], ['document-schema']]) {
      const child = spawn('sh', ['-c', '"$0" "$@" > /dev/full', process.execPath, COMMAND, ...args], { cwd: ROOT, env: { ...process.env, ...place.env, ONRECORD_LOG: '' }, stdio: ['ignore', 'ignore', 'pipe'] })
      let err = ''
      child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text })
      const [code] = (await once(child, 'close')) as [number]
      expect({ code, err }, args.join(' ')).toEqual({ code: 1, err: 'The disk is full. Make room, and run the command again.\n' })
    }
  })
})

describe('onrecord settings', () => {
  it('prints the table that env.ts makes', async () => {
    expect(await place.run(['settings'])).toEqual({ code: 0, out: `${settingsTable()}\n`, err: '' })
  })
})

describe('onrecord document-schema', () => {
  it('prints a JSON Schema that takes what import takes, without loading a database', async () => {
    const coverage = await mkdtemp(path.join(tmpdir(), 'onrecord-coverage-'))
    try {
      const { code, out, err } = await place.runApart(['document-schema'], { env: { NODE_V8_COVERAGE: coverage, DATABASE_URL: 'postgresql://nowhere.invalid/x' } })
      expect({ code, err }).toEqual({ code: 0, err: '' })
      const schema = JSON.parse(out) as Record<string, any>
      expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'urn:onrecord:story-document:1', title: 'Onrecord story document' })
      expect(Object.keys(schema['$defs'])).toEqual(['TextRange', 'Source', 'Attribution', 'Quote', 'OfficialStatement', 'RequestForComment', 'OutletCredit', 'Claim'])
      expectToDescribe(schema)
      const loaded = (await Promise.all((await readdir(coverage)).map((file) => readFile(path.join(coverage, file), 'utf8')))).join()
      expect(loaded).toContain('dist/cli/main.js')
      expect(loaded).not.toMatch(/dist\/parts\/database|pglite|@prisma|node_modules\/pg\//)
    } finally {
      await rm(coverage, { recursive: true, force: true })
    }
  })

  function expectToDescribe(schema: object): void {
    const reader = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
    fc.assert(fc.property(arbitraryDocument(), (document) => reader.safeParse(document).success), { numRuns: 50 })
    expect(reader.safeParse(story(1)).error).toBeUndefined()
    for (const change of [{ onrecord: 2 }, { desk: ' ' }, { desk: 'a\u0000' }, { slug: 'No Slug' }, { rumour: 1 }, { paragraphs: [] }, { kind: 'RUMOUR' }, { media: [{ key: 'm', kind: 'PICTURE', uri: 'ftp://x' }] }, { quotes: [{ key: 'q', ranges: [] }] }]) {
      expect(reader.safeParse({ ...story(1), ...change }).success, JSON.stringify(change)).toBe(false)
    }
  }
})

describe('onrecord token', () => {
  it('issues a token that opens the newsroom once shown, lists it without showing it, and revokes it', async () => {
    const { staffOf } = await import('../../src/access/index.js')
    expect((await place.run(['token', 'list'])).err).toMatch(/^There are no tokens/)
    const issued = await place.run(['token', 'issue', '--name', 'Nadia Brooks', '--role', 'standards-editor', '--expires', '90'])
    expect(issued).toMatchObject({ code: 0, out: expect.stringMatching(/^onr_staff_[\w-]{43}\n$/), err: expect.stringMatching(/^A token for Nadia Brooks, standards-editor, until \d{4}-\d\d-\d\d\. It is not shown again/) })
    const token = issued.out.trim()
    await place.inside(async (database) => {
      expect(await staffOf(database, token, new Date())).toMatchObject({ role: 'STANDARDS_EDITOR', name: 'Nadia Brooks' })
      expect(await staffOf(database, token, new Date(Date.now() + 91 * 24 * 3600 * 1000))).toBeUndefined()
    })
    const { out } = await place.run(['token', 'list'])
    const [heads, row] = lines(out)
    expect(heads).toMatch(/^ID {36}NAME {10}ROLE {14}ISSUED {6}EXPIRES {5}STATE$/)
    expect(row).toMatch(/^[\w-]{36} {2}Nadia Brooks {2}standards-editor {2}[\d-]{10} {2}[\d-]{10} {2}valid$/)
    expect(out).not.toContain(token.slice(10, 20))
    const id = row!.slice(0, 36)
    expect(await place.run(['token', 'revoke', id])).toEqual({ code: 0, out: `revoked  ${id}\n`, err: '' })
    await place.inside(async (database) => expect(await staffOf(database, token, new Date())).toBeUndefined())
    expect(await place.run(['token', 'revoke', id])).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/was revoked on .* already\.\n$/) })
    expect(await place.run(['token', 'revoke', '00000000-0000-4000-8000-000000000000'])).toMatchObject({ code: 1, err: expect.stringMatching(/^There is no token 0000/) })
  })
})

describe('onrecord token issue', () => {
  it('issues tokens for lawyers too', async () => {
    const { staffOf } = await import('../../src/access/index.js')
    const { out } = await place.run(['token', 'issue', '--name', 'Counsel', '--role', 'lawyer'])
    await place.inside(async (database) => expect(await staffOf(database, out.trim(), new Date())).toMatchObject({ role: 'LAWYER', name: 'Counsel' }))
  })
})

describe('where the database cannot be used, one sentence says why:', () => {
  it.each([
    ['a server that is not there', { DATABASE_URL: 'postgresql://me:CANARY@127.0.0.1:1/news' }, /^The database server 127\.0\.0\.1:1\/news cannot be used: nothing answers there\. Check DATABASE_URL/],
    ['an address that is none', { DATABASE_URL: 'mysql://CANARY@x' }, /DATABASE_URL: is not a postgresql:\/\/ address/],
    ['a setting that is wrong', { ONRECORD_POOL: 'CANARY' }, /^The environment is not right:\n {2}ONRECORD_POOL: /],
    ['a number that is none', { PORT: 'CANARY' }, /^The environment is not right:\n {2}PORT: is not a whole number from 0 to 65535$/m],
    ['a number that is too large', { PORT: '65536' }, /^ {2}PORT: is not a whole number from 0 to 65535$/m],
    ['one port for two things', { PORT: '4000', ONRECORD_METRICS_PORT: '4000' }, /^ {2}ONRECORD_METRICS_PORT: is PORT, at which the API is served; give the metrics another one$/m],
    ['a number that is blank', { ONRECORD_RATE_READERS: ' ' }, /^ {2}ONRECORD_RATE_READERS: is not a number of requests for a reader, by address$/m],
    ['an address of another kind', { ONRECORD_PURGE_URL: 'ftp://a' }, /^ {2}ONRECORD_PURGE_URL: is not an https:\/\/ or http:\/\/ address$/m],
    ...['10.0.0.0/99', 'CANARY', '1.2.3', '10.0.0.1,'].map((proxies): [string, Record<string, string>, RegExp] => [`proxies "${proxies}", which are none`, { ONRECORD_TRUST_PROXY: proxies }, /^The environment is not right:\n {2}ONRECORD_TRUST_PROXY: is neither a number of proxies nor a list of their addresses/]),
  ])('%s', async (_name, env, message) => {
    const { code, out, err } = await place.run(['publish', 'x'], { env })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(message)
    expect(err).not.toMatch(/CANARY|\n\s+at /)
  })

  it('a server that asks for a password, where there is none', async () => {
    const message = (kind: number, text: string) => { const bytes = Buffer.from(`R\0\0\0\0\0\0\0\0${text}`); bytes.writeInt32BE(bytes.length - 1, 1); bytes.writeInt32BE(kind, 5); return bytes }
    // The two steps of PostgreSQL's SASL exchange in which it has not looked at a password yet.
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        socket.write(message(10, 'SCRAM-SHA-256\0\0'))
        socket.once('data', () => socket.write(message(11, 'r=none,s=c2FsdA==,i=4096')))
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { code, err } = await place.run(['publish', 'x'], { env: { DATABASE_URL: `postgresql://me@127.0.0.1:${port}/news` } })
    server.close()
    expect({ code, err }).toEqual({ code: 1, err: `The database server 127.0.0.1:${port}/news asks for a password, and there is none. Put it into DATABASE_URL, or set PGPASSWORD.\n` })
  })

  it('a file or a folder that stands where the other is needed, with the setting that names it', async () => {
    const [file, folder] = [await place.file('taken', 'words'), place.folder]
    const none = { DATABASE_URL: '' }
    const isFile = (at: string, setting: string) => `${at} is no folder: a file stands there. Move that away, or set ${setting} to another folder.\n`
    const isBelowFile = (at: string, setting: string) => `${at} cannot be there: what should be a folder on the way to it is a file. Move that away, or set ${setting} to another folder.\n`
    const cases: readonly [readonly string[], Record<string, string>, string][] = [
      [['token', 'list'], { ...none, ONRECORD_DATA: file }, isFile(file, 'ONRECORD_DATA')],
      [['token', 'list'], { ...none, ONRECORD_DATA: path.join(file, 'data') }, isBelowFile(path.join(file, 'data'), 'ONRECORD_DATA')],
      [['secret', 'rotate'], { ONRECORD_SECRETS: file }, isBelowFile(path.join(file, 'server-secret'), 'ONRECORD_SECRETS')],
      [['audit', 'verify', '--log', folder], {}, `${folder} is a folder, and should be a file. Move that away, or name another.\n`],
      [['vault', 'members'], { ONRECORD_TOKEN_FILE: folder }, `${folder} is a folder, and should be a file. Move that away, or set ONRECORD_TOKEN_FILE to another file.\n`],
    ]
    for (const [args, env, err] of cases) expect(await place.run(args, { env })).toEqual({ code: 1, out: '', err })
  })

  it('an embedded database whose files are damaged', async () => {
    const data = path.join(place.folder, 'damaged')
    await mkdir(path.join(data, 'database'), { recursive: true })
    await writeFile(path.join(data, 'database', 'PG_VERSION'), '9.6\n')
    const { code, err } = await place.run(['token', 'list'], { env: { DATABASE_URL: '', ONRECORD_DATA: data } })
    expect(code).toBe(1)
    expect(err).toMatch(new RegExp(`^The embedded database in ${data}/database cannot be opened: its files are damaged, or another version wrote them\\. Put a copy of the data folder in its place`))
    expect(lines(err)).toHaveLength(1)
  })

  it.runIf(!process.env['DATABASE_URL'])('a folder that another process holds', async () => {
    await place.inside(async () => {
      const { code, err } = await place.run(['token', 'list'])
      expect(code).toBe(1)
      expect(err).toMatch(new RegExp(`^The data folder .* is held by process ${process.pid} on .*\\. Stop that process, or give this one a folder of its own with ONRECORD_DATA`))
      expect(lines(err)).toHaveLength(1)
    })
  })
})
