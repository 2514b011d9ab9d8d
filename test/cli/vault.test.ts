import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { issueStaffToken, serverSecrets, type StaffRole } from '../../src/access/index.js'
import { openDatabase, statement, type Database } from '../../src/database/index.js'
import { storyDocumentOf } from '../../src/document/index.js'
import { createServer } from '../../src/server.js'
import { createStory } from '../../src/stories/index.js'
import { fingerprintFrom, makeKey, registrationBytes, sign } from '../../src/vault/seal/index.js'
import { marked } from '../checks/support/marked.js'
import { story } from '../support/documents.js'
import { CliPlace, lines, type Result } from './onrecord.js'

const NAME = 'Canary Oriole Vesperman'
const RECORD = { person: 'oriole', identity: { name: NAME }, contacts: [{ kind: 'phone', value: '+1-555-0177-CANARY' }], notes: 'Canary: met at the pier', entries: [{ story: 'harbor-plan-1', source: 'officials' }, { story: 'harbor-plan-2', source: 'officials' }] }
const { slug: _example, ...ferry } = marked('{The fleet is sold}, <s.yard:people at the yard> ^said^. || {The price was too low}, <s.clerk:a clerk of the ministry> ^said^.').document
/** Two sources, as far as the copy tells. */
const FERRY = { ...ferry, slug: 'ferry-sale' }
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

let place: CliPlace
let database: Database
let server: FastifyInstance
let url: string
const log: string[] = []
const tokens = new Map<string, string>()
const said: Result[] = []

beforeAll(async () => {
  place = await CliPlace.open()
  database = await openDatabase({ url: place.env['DATABASE_URL'] || undefined, poolSize: 3, folder: place.data })
  const sources = { now: () => new Date(), newId: () => crypto.randomUUID() }
  for (const [name, role] of [['Ada', 'EDITOR'], ['Ben', 'REPORTER'], ['Root', 'ADMIN']] as const satisfies readonly (readonly [string, StaffRole])[]) tokens.set(name, await issueStaffToken(database, { name, role }, sources))
  for (const document of [story(1), story(2), FERRY]) expect(await createStory(database, storyDocumentOf(document), sources)).toMatchObject({ ok: true })
  const secrets = place.env['ONRECORD_SECRETS']!
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => log.push(String(text)) > 0)
  server = await createServer({ database, secret: (await serverSecrets({ given: undefined, folder: secrets })).secret, now: sources.now, auditLog: path.join(secrets, 'audit-heads.jsonl'), logLevel: 'debug' })
  url = await server.listen({ port: 0, host: '127.0.0.1' })
}, 120_000)
afterAll(async () => {
  vi.restoreAllMocks()
  await place.remove()
})

const home = (who: string) => path.join(place.folder, `home of ${who}`)

/** `onrecord vault …` as somebody, on their own machine. */
async function vault(who: string, args: readonly string[], input: object | string = '', env: Record<string, string> = {}, run: 'run' | 'runApart' = 'run'): Promise<Result> {
  // The command has no database: whatever it does, it does over HTTP.
  const result = await place[run](args[0] === 'check' ? args : ['vault', ...args], {
    input: typeof input === 'string' ? input : JSON.stringify(input),
    env: { DATABASE_URL: '', ONRECORD_DATA: path.join(home(who), 'no database'), ONRECORD_URL: url, ONRECORD_TOKEN: tokens.get(who) ?? '', ONRECORD_KEYS: home(who), ...env },
  })
  said.push(result)
  return result
}

const done = async (work: Promise<Result>): Promise<string> => {
  const { code, out, err } = await work
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
  return out.trim()
}
const fingerprints = new Map<string, string>()

/** A key, registered, and confirmed by and for the others. */
async function join(who: string, ...others: readonly string[]): Promise<void> {
  fingerprints.set(who, fingerprintFrom(await done(vault(who, ['keygen', '--name', who, '--no-passphrase'])))!)
  await done(vault(who, ['register']))
  for (const other of others) {
    await done(vault(other, ['trust', fingerprints.get(who)!]))
    await done(vault(who, ['trust', fingerprints.get(other)!]))
  }
}

describe('onrecord vault', () => {
  let first: string

  it('makes a key that its owner alone may read, and overwrites none', async () => {
    await join('Ada')
    const file = path.join(home('Ada'), 'key.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(home('Ada'))).mode & 0o777).toBe(0o700)
    const { code, err } = await vault('Ada', ['keygen', '--name', 'Ada', '--no-passphrase'])
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('There is a key in') })
    expect((await vault('Ada', ['keygen', '--name', 'Ada', '--no-passphrase', '--out', file])).err).toContain('A key is never overwritten')
  }, 120_000)

  it('shows a key as one that nobody has vouched for, until a member has', async () => {
    fingerprints.set('Ben', fingerprintFrom(await done(vault('Ben', ['keygen', '--name', 'Ben', '--no-passphrase'])))!)
    expect(await done(vault('Ben', ['register']))).toContain('pending')
    expect((await done(vault('Ada', ['members']))).split('\n').find((line) => line.includes('Ben'))).toMatch(/Ben +member +pending +no +-$/)
    await done(vault('Ada', ['trust', ...fingerprints.get('Ben')!.match(/.{4}/g)!]))
    expect((await done(vault('Ada', ['members']))).split('\n').find((line) => line.includes('Ben'))).toMatch(/Ben +member +active +yes +Ada$/)
  }, 120_000)

  it('seals a record from standard input, lists it and opens it', async () => {
    first = await done(vault('Ada', ['add'], RECORD))
    expect(first).toMatch(ID)
    expect((await done(vault('Ada', ['list']))).split('\n').at(-1)).toMatch(new RegExp(`^${first} +1 +- +Ada$`))
    expect(JSON.parse(await done(vault('Ada', ['open', '--json', first])))).toMatchObject(RECORD)
    const { err } = await vault('Ada', ['open', first])
    expect(err).toContain('it does not go to a terminal')
  }, 120_000)

  it.each<[string, object | string, RegExp]>([['what is no JSON', 'Canary Oriole', /^Give the record as JSON on standard input/], ['nothing', '', /^Give the record as JSON/], ['10 MB', NAME.repeat(450_000), /^A record is not that large/], ['a record without a name', { entries: [] }, /^identity should be object/], ['a field of another format', { ...RECORD, secret: NAME }, /^the record has a field that records do not have/]])('refuses %s, without repeating it', async (_what, input, message) => {
    const { code, out, err } = await vault('Ada', ['add'], input)
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringMatching(message) })
    expect(err).not.toContain('Canary')
  }, 60_000)

  it('clears nobody whose key is not confirmed on this machine, whatever the server says', async () => {
    const { code, err } = await vault('Ben', ['add', '--for', fingerprints.get('Ada')!], RECORD)
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('is not confirmed here. Compare the fingerprint with its holder') })
    expect((await vault('Ada', ['grant', first, '0'.repeat(40)])).err).toContain('There is no key with the fingerprint')
    expect((await vault('Ada', ['grant', first, 'Somebody'])).err).toContain('There is no key of "Somebody" that you have confirmed')
    expect((await vault('Ada', ['trust', '0'.repeat(40)])).err).toContain('The server knows no key of that fingerprint')
  }, 120_000)

  it('clears and revokes, and says that nothing is un-known by it', async () => {
    expect(await done(vault('Ada', ['grant', first, 'Ben']))).toBe(`granted  ${first}  Ben  version 2`)
    // Ben has confirmed nobody yet, Ada neither.
    expect((await vault('Ben', ['open', first])).err).toMatch(/sealed by Ada, whose key you have not confirmed/)
    await done(vault('Ben', ['trust', fingerprints.get('Ada')!]))
    expect(await done(vault('Ben', ['open', '--json', first]))).toContain(NAME)
    const { code, out, err } = await vault('Ada', ['revoke', first, 'Ben'])
    expect({ code, out }).toEqual({ code: 0, out: `revoked  ${first}  Ben  version 3\n` })
    expect(err).toContain('What they have read they still know')
    expect(await vault('Ben', ['open', first])).toMatchObject({ code: 1, out: '', err: 'There is no such record, or you are not cleared for it.\n' })
    expect(await vault('Root', ['hold', 'lift', first])).toMatchObject({ code: 1, err: 'No hold is on this record.\n' })
  }, 120_000)

  it('tells whoever seals second that somebody was faster, and loses nothing', async () => {
    const record = await done(vault('Ada', ['add', '--for', 'Ben'], RECORD))
    let results: Result[] = []
    // Until they meet: processes start as they like.
    for (let round = 0; round < 5 && results.every(({ code }) => code === 0); round += 1) {
      results = await Promise.all(['Ada', 'Ben'].map((who) => vault(who, ['update', record], { ...RECORD, notes: `by ${who}` }, {}, 'runApart')))
    }
    expect(results.map(({ code }) => code).toSorted()).toEqual([0, 1])
    expect(results.find(({ code }) => code === 1)!.err).toContain('somebody sealed it meanwhile')
    const winner = results[0]!.code === 0 ? 'by Ada' : 'by Ben'
    expect(JSON.parse(await done(vault('Ben', ['open', '--json', record])))).toMatchObject({ notes: winner })
  }, 120_000)

  it('prints one person’s stories, and checks with what it knows, telling the server nothing of either', async () => {
    expect((await done(vault('Ada', ['stories', first]))).split('\n').slice(1)).toEqual([expect.stringMatching(/^Canary Oriole Vesperman +harbor-plan-1 +officials +unnamed$/), expect.stringMatching(/harbor-plan-2/)])
    const { code, out, err } = await vault('Ada', ['check', '--vault', '--all', '--fail-on', 'never'])
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('Leave them in no file') })
    // "Two officials" is one person: only who has opened the record can know.
    expect(out).toContain('plural-with-single-source')
    expect((await vault('Ada', ['check', '--vault', 'harbor-plan-2', '--fail-on', 'error'])).out).toContain('plural-with-single-source')
    expect((await vault('Ada', ['check', '--vault', 'no-such-story'])).err).toContain('There is no story "no-such-story"')
    // Ben's records say something else, and nothing without any.
    expect((await vault('Root', ['check', '--vault', '--all'])).err).toContain('There is no key in')
  }, 120_000)

  it('warns where the copy holds a confidential source’s name, from a file and without the server’s stories (S16)', async () => {
    const betrayed = story('betrayed')
    const file = await place.file('betrayed.json', JSON.stringify({ ...betrayed, paragraphs: [...betrayed.paragraphs, { text: `As canary oriole-vesperman put it.` }] }))
    const { code, out, err } = await vault('Ada', ['check', '--vault', file, '--fail-on', 'never'])
    expect(code).toBe(0)
    expect(out).toMatch(/^harbor-plan-betrayed: paragraphs\[7\]\.text holds the name of a confidential source/m)
    expect(err).toContain('2 stories of the records are not among what was read')
  }, 120_000)

  it('checks what only whoever knows the source can: two descriptors for one person, a plural that is one, groups that overlap, too few whom it can be', async () => {
    const rules = ['descriptor-drift', 'plural-with-single-source', 'overlapping-official-groups', 'over-identifying-descriptor']
    const reported = async (who: string, ...args: readonly string[]) => {
      const { code, out, err } = await vault(who, ['check', ...args, '--format', 'json', '--fail-on', 'never'])
      expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
      return rules.filter((rule) => out.includes(`"${rule}"`))
    }
    const file = await place.file('ferry-sale.json', JSON.stringify(FERRY))
    expect(await reported('Ada', '--vault', 'ferry-sale')).toEqual([])
    const record = await done(vault('Ada', ['add'], { identity: { name: NAME }, entries: [{ story: 'ferry-sale', source: 'yard' }, { story: 'ferry-sale', source: 'clerk' }], candidatePools: [{ story: 'ferry-sale', source: 'clerk', candidates: 2, because: 'the ministry has two' }] }))
    expect(await reported('Ada', '--vault', 'ferry-sale')).toEqual(rules)
    expect(await reported('Ada', '--vault', file)).toEqual(rules)
    // Nobody else finds it, with a vault key or without.
    expect(await reported('Ben', '--vault', 'ferry-sale')).toEqual([])
    expect(await reported('Ada', file)).toEqual([])
    const [person] = JSON.parse(await done(vault('Ada', ['stories', '--json', record]))) as { name: string; entries: object[] }[]
    expect(person).toMatchObject({ name: NAME, entries: [{ story: 'ferry-sale', source: 'yard', isNamed: false }, { story: 'ferry-sale', source: 'clerk', isNamed: false }] })
    await done(vault('Ada', ['destroy', '--yes', record]))
  }, 180_000)

  it('is kept from destroying by a legal hold, and destroys what is due', async () => {
    const due = await done(vault('Ada', ['add'], { ...RECORD, keepUntil: '2020-01-01' }))
    expect(await done(vault('Root', ['hold', 'place', due]))).toBe(`held    ${due}`)
    expect((await vault('Ada', ['destroy', due])).err).toContain('Give --yes')
    expect(await vault('Ada', ['destroy', '--yes', due])).toMatchObject({ code: 1, err: expect.stringContaining('A legal hold keeps this record') })
    await done(vault('Root', ['hold', 'lift', due]))
    expect(await done(vault('Ada', ['destroy', '--due', '--yes']))).toBe(`destroyed  ${due}`)
    expect((await vault('Ada', ['open', due])).code).toBe(1)
    expect(await done(vault('Ada', ['verify']))).not.toContain(due)
  }, 120_000)

  it('detects what somebody with the whole database does to a record', async () => {
    const other = await done(vault('Ada', ['add'], { identity: { name: 'Somebody Else' } }))
    expect(lines(await done(vault('Ada', ['verify']))).every((line) => line.startsWith('ok '))).toBe(true)
    const before = await run('SELECT v."recordId", v."version", v."manifest", v."manifestHash", v."signature", v."ciphertext" FROM "VaultVersion" AS v')
    const put = (id: string, ciphertext: unknown) => run(`UPDATE "VaultVersion" AS v SET "ciphertext" = $2 FROM "VaultRecord" AS r WHERE r."id" = v."recordId" AND r."version" = v."version" AND r."id" = $1::uuid`, [id, ciphertext])
    const bytesOf = (id: string) => before.filter((row) => row['recordId'] === id && row['ciphertext']).at(-1)!['ciphertext'] as Uint8Array
    const wrong = async () => (await vault('Ada', ['verify', first])).out
    // Swapped with another record's.
    await put(first, bytesOf(other))
    expect(await wrong()).toMatch(/^WRONG .*The ciphertext is not the one that was signed/)
    // Altered by one bit.
    await put(first, Buffer.from(bytesOf(first)).map((byte, at) => (at === 5000 || at === 400 ? byte ^ 1 : byte)))
    expect(await wrong()).toMatch(/^WRONG .*The ciphertext is not the one that was signed/)
    await put(first, bytesOf(first))
    expect(await wrong()).toMatch(/^ok /)
    // Rolled back to an earlier version, which a backup had.
    await done(vault('Ada', ['update', first], { ...RECORD, notes: 'newer' }))
    const [newest] = await run('DELETE FROM "VaultVersion" AS v WHERE v."recordId" = $1::uuid AND v."version" = 4 RETURNING v."manifest", v."manifestHash", v."signature", v."ciphertext"', [first])
    await run('UPDATE "VaultRecord" SET "version" = 3 WHERE "id" = $1::uuid', [first])
    await put(first, bytesOf(first))
    expect(await wrong()).toMatch(/^WRONG .*an old state was put back/)
    expect(await vault('Ada', ['open', first])).toMatchObject({ code: 1, out: '' })
    await run('UPDATE "VaultRecord" SET "version" = 4 WHERE "id" = $1::uuid', [first])
    await run('INSERT INTO "VaultVersion" ("recordId", "version", "manifest", "manifestHash", "signature", "ciphertext") VALUES ($1::uuid, 4, $2::json, $3, $4, $5)', [first, JSON.stringify(newest!['manifest']), newest!['manifestHash'], newest!['signature'], newest!['ciphertext']])
    expect(await wrong()).toMatch(/^ok /)
  }, 240_000)

  it('detects that a server put a key of its own in the place of somebody’s', async () => {
    const eve = await makeKey('Ben', 'MEMBER')
    const [real] = await run('SELECT m."recipient", m."signingKey", m."signature" FROM "VaultMember" AS m WHERE m."fingerprint" = $1', [fingerprints.get('Ben')])
    const set = (recipient: unknown, signingKey: unknown, signature: unknown) => run('UPDATE "VaultMember" SET "recipient" = $2, "signingKey" = $3, "signature" = $4 WHERE "fingerprint" = $1', [fingerprints.get('Ben'), recipient, signingKey, signature])
    await set(eve.card.recipient, eve.card.signingKey, sign(registrationBytes(eve.card), eve.signingSecret))
    expect(await vault('Ada', ['members'])).toMatchObject({ code: 1, err: expect.stringContaining('its parts were swapped') })
    expect((await vault('Ada', ['grant', first, 'Ben'])).err).toContain('There is no key of "Ben" that you have confirmed')
    await set(real!['recipient'], real!['signingKey'], real!['signature'])
  }, 120_000)

  it('puts a new key in the place of one’s own, and every record with it', async () => {
    const before = await done(vault('Ben', ['list']))
    expect(await done(vault('Ben', ['rotate', '--no-passphrase']))).toMatch(/^rotated .*1 record$/)
    expect((await readdir(home('Ben'))).filter((name) => name.endsWith('.json') && /^(key|retired)/.test(name)).toSorted()).toEqual(['key.json', expect.stringMatching(/^retired-[0-9a-f]{8}\.json$/)])
    expect(lines(await done(vault('Ben', ['list']))).map((line) => line.slice(0, 36))).toEqual(lines(before).map((line) => line.slice(0, 36)))
    const shared = lines(before).at(-1)!.slice(0, 36)
    expect(await done(vault('Ben', ['open', '--json', shared]))).toContain(NAME)
    // The old key put the new one in its place, which Ada has confirmed; the new one she confirms before she opens what it sealed.
    expect(await done(vault('Ada', ['open', '--json', shared]))).toContain(NAME)
    await done(vault('Ben', ['update', shared], RECORD))
    const renewed = lines(await done(vault('Ada', ['members']))).find((line) => / Ben +member +active/.test(line))!.slice(0, 40)
    expect((await vault('Ada', ['open', shared])).err).toContain(`onrecord vault trust ${renewed}`)
    await done(vault('Ada', ['trust', renewed]))
    expect(await done(vault('Ada', ['open', '--json', shared]))).toContain(NAME)
  }, 240_000)

  it('opens with the recovery key what its people can open no more', async () => {
    const offline = path.join(place.folder, 'offline.json')
    await mkdir(home('Root'), { recursive: true })
    expect((await vault('Root', ['keygen', '--recovery', '--name', 'Newsroom recovery', '--no-passphrase'])).err).toContain('Say with --out')
    const recovery = fingerprintFrom(await done(vault('Root', ['keygen', '--recovery', '--name', 'Newsroom recovery', '--no-passphrase', '--out', offline])))!
    expect(await done(vault('Root', ['register', '--key', offline]))).toContain('pending')
    await done(vault('Ada', ['trust', recovery]))
    const record = await done(vault('Ada', ['add'], RECORD))
    expect(lines(await done(vault('Ada', ['list']))).find((line) => line.startsWith(record))).toMatch(/Ada, Newsroom recovery|Newsroom recovery, Ada/)
    // Ada's machine is lost, with her key; Root cannot open anything with a token alone, but the newsroom can with the recovery key.
    await done(vault('Root', ['retire', fingerprints.get('Ada')!]))
    expect((await vault('Ada', ['open', record])).code).toBe(1)
    await done(vault('Root', ['trust', '--key', offline, fingerprints.get('Ada')!]).then((result) => ({ ...result, code: result.err.includes('is retired') ? 0 : 1 })))
    const confirmed = JSON.parse(await readFile(path.join(home('Ada'), 'confirmed.json'), 'utf8')) as object
    await place.file('home of Root/confirmed.json', JSON.stringify(confirmed))
    expect(await done(vault('Root', ['open', '--json', '--key', offline, record]))).toContain(NAME)
  }, 240_000)

  it('asks for a passphrase of the key, and takes it from a file where there is no terminal', async () => {
    const file = await place.file('passphrase', 'seven brave otters swim\n')
    const env = { ONRECORD_PASSPHRASE_FILE: file }
    expect((await vault('Cleo', ['keygen', '--name', 'Cleo'], '', { ONRECORD_PASSPHRASE_FILE: await place.file('short', 'otter') })).err).toContain('at least 12 characters')
    await done(vault('Cleo', ['keygen', '--name', 'Cleo'], '', env))
    expect(await readFile(path.join(home('Cleo'), 'key.age'), 'utf8')).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/)
    expect((await vault('Cleo', ['list'], '', { ...env, ONRECORD_TOKEN: tokens.get('Ben')! })).err).toContain('The key is none of yours')
    expect((await vault('Cleo', ['list'], '', { ONRECORD_PASSPHRASE_FILE: await place.file('wrong', 'seven brave badgers'), ONRECORD_TOKEN: tokens.get('Ben')! })).err).toContain('The passphrase does not open the key file')
  }, 120_000)

  it.each<[string, readonly string[], Record<string, string>, RegExp]>([
    ['without a token', ['members'], { ONRECORD_TOKEN: '' }, /^Who asks is not told/], ['with a file of the token that is not there', ['members'], { ONRECORD_TOKEN: '', ONRECORD_TOKEN_FILE: '/nonexistent/token' }, /^There is no file \/nonexistent\/token, which ONRECORD_TOKEN_FILE names\.$/m], ['with a wrong token', ['members'], { ONRECORD_TOKEN: 'nonsense' }, /newsroom contract needs a staff token.* \(request [0-9a-f-]{36}\)$/m], ['over a network in the clear', ['members', '--server', 'http://newsroom.example'], {}, /in the clear\. Use https/],
    ['with no server there', ['members', '--server', 'http://127.0.0.1:1'], {}, /does not answer/], ['with an address that is none', ['members', '--server', 'newsroom'], {}, /is no address of a server/], ['for what is no record', ['open', 'harbor-plan-1'], {}, /no id of a record/], ['without a key', ['list'], { ONRECORD_KEYS: '/nonexistent' }, /There is no key in/],
  ])('says what is wrong %s', async (_what, args, env, message) => {
    const { code, out, err } = await vault('Ada', args, '', env)
    expect(out).toBe('')
    expect(code).toBeGreaterThan(0)
    expect(err).toMatch(message)
  }, 60_000)
})

describe('afterwards', () => {
  it('no log of the server and no file of it holds anything of a source (S13)', async () => {
    const tables = await run(`SELECT t.table_name AS name FROM information_schema.tables AS t WHERE t.table_schema = current_schema()`)
    const dump = JSON.stringify(await Promise.all(tables.map(({ name }) => run(`SELECT t::text FROM "${String(name)}" AS t`))))
    expect(dump).toContain('harbor-plan-1')
    await server.close()
    await database.close()
    vi.restoreAllMocks()
    expect(log.join('')).toContain('/newsroom/graphql')
    const forms = [NAME, 'Vesperman', '0177-CANARY', 'met at the pier'].flatMap((secret) => [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64').replaceAll('=', ''), encodeURIComponent(secret)])
    const all = [log.join(''), dump, ...(await filesUnder(place.data)), ...(await filesUnder(place.env['ONRECORD_SECRETS']!))]
    for (const form of forms) for (const text of all) expect(text.includes(form), form).toBe(false)
  }, 120_000)

  it('the audit log verifies from the command line, lists days and people, and shows what was cut off', async () => {
    expect(await place.run(['audit', 'verify'])).toMatchObject({ code: 0, out: expect.stringMatching(/^ok {2}\d+ records, signed outside the database up to \d+\n$/) })
    const { out } = await place.run(['audit', 'list'])
    expect(out).toMatch(/^NUMBER +DAY +ACT +RECORD +PERSON +WHAT\n1 +\d{4}-\d\d-\d\d +KEY_REGISTERED +- +Ada +Ada\n/)
    expect(out).not.toMatch(/harbor|Vesperman|\d\d:\d\d/)
    await place.inside(async (opened) => {
      for (const sql of ['ALTER TABLE "AuditRecord" DISABLE TRIGGER ALL', 'DELETE FROM "AuditRecord" WHERE "number" > (SELECT max("number") - 3 FROM "AuditRecord")']) await opened.query(statement('test', sql), [])
    })
    expect(await place.run(['audit', 'verify'])).toMatchObject({ code: 1, out: expect.stringMatching(/^The log was cut off: it ends with record \d+, and record \d+ was signed\.\n$/) })
    expect((await place.run(['audit', 'expire', '--older-than', '2'])).code).toBe(2)
    expect(await place.run(['audit', 'expire', '--older-than', '30'])).toMatchObject({ code: 0, out: expect.stringMatching(/^expired {2}0 records before /) })
  }, 120_000)

  it('no message of any command held the source’s name unasked', () => {
    expect(said.length).toBeGreaterThan(50)
    for (const { err } of said) expect(err).not.toMatch(/Vesperman|0177/)
  })

  it('an import that carries anything of the vault is refused, and told where that belongs', async () => {
    for (const change of [{ vault: { records: [] } }, { sources: [{ key: 's', kind: 'ANONYMOUS', descriptor: 'an official', headcount: { min: 1 }, identity: NAME }] }]) {
      const { code, out, err } = await place.run(['import', '-'], { input: JSON.stringify({ onrecord: 1, slug: 'with-vault', desk: 'Metro', paragraphs: [{ text: 'x' }], ...change }) })
      expect(code).toBe(1)
      expect(out + err).toMatch(/has an unknown field/)
      expect(out + err).not.toContain(NAME)
    }
  }, 60_000)
})

/** What the database's administrator can do. */
function run(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return database.query(statement('test', sql), values)
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => readFile(path.join(entry.parentPath, entry.name), 'latin1')))
}
