import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditKey, expirePayloads, HeadLog, rowsAfter, verifyAudit } from '../../src/audit/index.js'
import { refusalOf, statement, type Queries } from '../../src/database/index.js'
import { sealNew } from '../../src/vault/seal/index.js'
import { createServer } from '../../src/server.js'
import { TestNewsroom } from '../support/newsroom.js'
import { codes, content, NAME, TestVault, type Person } from '../vault/people.js'

const APPEND_ONLY = 'ONR03'
/** As TestNewsroom has it. */
const key = auditKey(Buffer.alloc(32, 7))

let folder: string
let file: string
let newsroom: TestNewsroom
let vault: TestVault
let ada: Person, ben: Person, root: Person
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'onrecord-audit-'))
  file = path.join(folder, 'outside', 'heads.jsonl')
  newsroom = await TestNewsroom.open({ auditLog: file })
  vault = new TestVault(newsroom)
  ada = await vault.person('Ada', { role: 'EDITOR' })
  ben = await vault.person('Ben', { by: ada })
  root = await vault.person('Root', { role: 'ADMIN', by: ada })
})
afterAll(async () => {
  await newsroom.close()
  await rm(folder, { recursive: true })
})

const run = (sql: string, values: unknown[] = [], queries: Queries = newsroom.database) => queries.query<Record<string, any>>(statement('test', sql), values)
const acts = async (from: number) => (await vault.log(root)).filter(({ number }) => number > from).map(({ act, person, subject, asked, code }) => [act, person, subject, asked, code].filter((each) => each !== null).join(' '))
const last = async () => (await vault.log(root)).at(-1)!.number
const verdict = (queries: Queries = newsroom.database) => verifyAudit(queries, { file, keys: [key] })

describe('the audit log', () => {
  it('tells of every seal, grant, revocation, fetch, refusal, hold and destruction, once each', async () => {
    const from = await last()
    const first = await vault.record(ada, [ben])
    const { record } = first.manifest
    await vault.fetch(ben, record)
    await vault.seal(ada, await vault.next(ada, first, 'REVOKE', [ada.key.card]))
    await vault.fetch(ben, record)
    await vault.destroy(ben, record)
    await vault.list(ben, vault.prove('FETCH', record, ben.key))
    await vault.hold(root, 'place', record)
    await vault.destroy(ada, record)
    await vault.hold(root, 'lift', record)
    await vault.destroy(ada, record)
    const cleared = [ada, ben].toSorted((a, b) => (a.key.fingerprint < b.key.fingerprint ? -1 : 1)).map(({ name }) => `GRANT Ada ${name}`)
    expect(await acts(from)).toEqual([
      'SEAL Ada CREATE', ...cleared, 'FETCH Ben', 'SEAL Ada REVOKE', 'REVOKE Ada Ben', 'REFUSAL Ben FETCH NOT_FOUND', 'REFUSAL Ben DESTROY NOT_FOUND', 'REFUSAL Ben LIST PROOF_WRONG',
      'HOLD_PLACED Root', 'REFUSAL Ada DESTROY ON_HOLD', 'HOLD_LIFTED Root', 'DESTROY Ada',
    ])
    const mine = (await vault.log(root)).filter((entry) => entry.record === record)
    expect(mine).toHaveLength(cleared.length + 10)
    expect(await verdict()).toMatchObject({ problems: [] })
  })

  it('names the day and no time, and neither story nor descriptor nor source', async () => {
    newsroom.now = new Date('2026-03-10T23:59:30Z')
    const { manifest: { record } } = await vault.record(ada)
    await vault.fetch(ada, record)
    for (const row of await rowsAfter(newsroom.database, 0, 1_000)) {
      expect(row.day).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(Object.keys(JSON.parse(row.text!)).filter((name) => !['act', 'person', 'record', 'subject', 'key', 'asked', 'code', 'until'].includes(name))).toEqual([])
      expect(row.text).not.toMatch(/\d\d:\d\d|harbor|officials|Vesperman/)
    }
    const columns = (await run(`SELECT c.table_name || '.' || c.column_name AS name, c.data_type AS type FROM information_schema.columns AS c WHERE c.table_schema = current_schema() AND c.table_name ~ '^(Audit|Vault|LegalHold)'`))
    expect(columns.length).toBeGreaterThan(30)
    expect(columns.filter(({ type }) => /timestamp|time /.test(type))).toEqual([])
    newsroom.now = new Date('2026-03-10T12:00:00Z')
  })

  it('is read by administrators alone', async () => {
    for (const token of [ada.token, ben.token, await vault.token('Std', 'STANDARDS_EDITOR'), await vault.token('Screen', 'PREVIEW'), await vault.token('Counsel', 'LAWYER')]) {
      const { data, errors } = await vault.ask({ token }, '{ auditLog { nodes { number } } }')
      expect({ data, code: errors?.[0]?.extensions.code }).toEqual({ data: null, code: 'FORBIDDEN' })
    }
    const page = (await vault.ask(root, '{ auditLog(first: 2) { nodes { number } pageInfo { endCursor hasNextPage } } }')).data!['auditLog']
    const rest = (await vault.ask(root, `{ auditLog(first: 1, after: "${page.pageInfo.endCursor}") { nodes { number } } }`)).data!['auditLog']
    expect(rest.nodes[0].number).toBe(page.nodes[1].number - 1)
    expect((await vault.ask(root, '{ auditLog(after: "x") { nodes { number } } }')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('has one record of a fetch whose answer was lost (S14)', async () => {
    const { manifest: { record } } = await vault.record(ada)
    const from = await last()
    const { hostname, port } = new URL(newsroom.url)
    const fetchAndLeave = async () => {
      const body = JSON.stringify({ query: 'mutation ($input: FetchVaultRecordInput!) { fetchVaultRecord(input: $input) { ciphertext } }', variables: { input: { record, proof: vault.prove('FETCH', record, ada.key) } } })
      const socket = connect(Number(port), hostname).on('error', () => undefined)
      await once(socket, 'connect')
      socket.write(`POST /newsroom/graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer ${ada.token}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
      // Gone before anything of an answer can have arrived.
      socket.destroySoon()
      socket.resume()
    }
    // Who leaves before the request is read asked nothing; then it is asked again.
    let found: string[] = []
    while (found.length === 0) {
      await fetchAndLeave()
      for (let look = 0; look < 500 && found.length === 0; look += 1, found = await acts(from)) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(await acts(from)).toEqual(['FETCH Ada'])
  })

  it('lets nothing be given that it cannot tell of (S14)', async () => {
    const { manifest: { record } } = await vault.record(ada)
    const input = { record, proof: vault.prove('FETCH', record, ada.key) }
    const fetched = () => vault.ask(ada, 'mutation ($input: FetchVaultRecordInput!) { fetchVaultRecord(input: $input) { ciphertext manifests { hash } } }', { input })
    const from = await last()
    await run(`CREATE FUNCTION "refuse_all"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$`)
    await run(`CREATE TRIGGER "full" BEFORE INSERT ON "AuditPayload" FOR EACH ROW EXECUTE FUNCTION "refuse_all"()`)
    const answer = await fetched()
    expect({ data: answer.data, code: answer.errors?.[0]?.extensions.code }).toEqual({ data: null, code: 'INTERNAL_SERVER_ERROR' })
    await run(`DROP TRIGGER "full" ON "AuditPayload"`)
    expect(await acts(from)).toEqual([])
    expect((await fetched()).data!['fetchVaultRecord'].ciphertext).toEqual(expect.any(String))
    expect(await acts(from)).toEqual(['FETCH Ada'])
  })

  it('lets nothing be given whose head cannot be written outside the database', async () => {
    const blocked = path.join(folder, 'a-file')
    const other = await TestNewsroom.open({ auditLog: path.join(blocked, 'heads.jsonl') })
    await rm(blocked, { recursive: true })
    await writeFile(blocked, '')
    const { errors } = await new TestVault(other).ask({ token: await other.token('EDITOR') }, 'mutation ($input: SealVaultRecordInput!) { sealVaultRecord(input: $input) { version } }', { input: { ...(await sealNew(content(), [ada.key.card], ada.key).then(({ manifest, signature }) => ({ manifest, signature }))), ciphertext: '' } })
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR')
    await other.close()
  })

  it('keeps a server from starting whose heads cannot be written, with where and why', async () => {
    const taken = path.join(folder, 'another-file')
    await writeFile(taken, '')
    for (const [auditLog, why] of [[folder, 'it is a folder'], [path.join(taken, 'heads.jsonl'), 'a file stands where its folder should be']] as const) {
      const server = await createServer({ database: newsroom.database, secret: Buffer.alloc(32, 7), now: () => newsroom.now, logLevel: 'silent', auditLog })
      await expect(server.ready()).rejects.toThrow(`The audit log cannot be appended to ${auditLog}: ${why}. Set ONRECORD_AUDIT_LOG to a file that this user may write, outside the database.`)
      await server.close()
    }
  })

  it('stays one chain when many write at once', async () => {
    const { manifest: { record } } = await vault.record(ada, [ben])
    const from = await last()
    await Promise.all(Array.from({ length: 20 }, (_, n) => vault.fetch(n % 2 === 0 ? ada : ben, record)))
    expect((await acts(from)).toSorted()).toEqual([...Array(10).fill('FETCH Ada'), ...Array(10).fill('FETCH Ben')])
    const { problems, vouchedUntil, records } = await verdict()
    expect({ problems, vouchedUntil }).toEqual({ problems: [], vouchedUntil: records })
  })
})

describe('the database itself', () => {
  it.each([
    `UPDATE "AuditRecord" SET "day" = '2020-01-01'`, `DELETE FROM "AuditRecord"`, `DELETE FROM "AuditRecord" WHERE "number" = 1`, `TRUNCATE "AuditRecord"`, `UPDATE "AuditPayload" SET "text" = '{}'`, `TRUNCATE "AuditPayload"`, `DELETE FROM "AuditPayload" WHERE "number" = 1`,
    `INSERT INTO "AuditRecord" VALUES (100000, '2026-03-10', 'x', 'y', 'z')`,
  ])('refuses %s', async (sql) => {
    expect(refusalOf(await run(sql).then(() => undefined, (error: unknown) => error))?.code).toBe(APPEND_ONLY)
  })
  it('refuses plaintext in the place of ciphertext', async () => {
    const { manifest: { record } } = await vault.record(ada)
    const error = await run(`UPDATE "VaultVersion" SET "ciphertext" = 'Canary'::bytea WHERE "recordId" = $1::uuid`, [record]).then(() => undefined, (thrown: unknown) => thrown)
    expect(refusalOf(error)?.constraint).toBe('VaultVersion_ciphertext_check')
  })
})

describe('"onrecord audit verify" finds that a superuser', () => {
  /** What verifying says after the tampering, which is taken back. */
  async function after(...sql: string[]): Promise<readonly string[]> {
    class Back { constructor(readonly problems: readonly string[]) {} }
    return newsroom.database.transaction(async (queries) => {
      for (const each of [`ALTER TABLE "AuditRecord" DISABLE TRIGGER ALL`, `ALTER TABLE "AuditPayload" DISABLE TRIGGER ALL`, ...sql]) await run(each, [], queries)
      throw new Back((await verdict(queries)).problems)
    }).catch((error: unknown) => {
      if (error instanceof Back) return error.problems
      throw error
    })
  }
  const HASH = (number: string, day: string, commitment: string, previous: string) => `encode(sha256(convert_to('onrecord audit record v1' || chr(10) || '[' || ${number} || ',"' || ${day} || '","' || ${commitment} || '","' || ${previous} || '"]', 'UTF8')), 'hex')`

  it('removed a record, in the middle or the first', async () => {
    expect(await after(`DELETE FROM "AuditRecord" WHERE "number" = 5`)).toEqual(['Record 5 was removed.'])
    expect(await after(`DELETE FROM "AuditRecord" WHERE "number" BETWEEN 5 AND 8`)).toEqual(['Records 5 to 8 were removed.'])
    expect(await after(`DELETE FROM "AuditRecord" WHERE "number" = 1`)).toEqual(['Record 1 was removed.'])
  })
  it('cut off the end', async () => {
    const end = await last()
    expect(await after(`DELETE FROM "AuditRecord" WHERE "number" > ${end - 2}`)).toEqual([`The log was cut off: it ends with record ${end - 2}, and record ${end} was signed.`])
    expect(await after(`DELETE FROM "AuditRecord"`)).toEqual([`The log was cut off: it ends with record 0, and record ${end} was signed.`])
  })
  it('altered a record', async () => {
    expect(await after(`UPDATE "AuditRecord" SET "day" = '2020-01-01' WHERE "number" = 5`)).toEqual(['Record 5 was altered.'])
    expect(await after(`UPDATE "AuditRecord" SET "hash" = repeat('a', 64) WHERE "number" = 5`)).toEqual(['Record 5 was altered.', 'Record 6 does not follow on record 5: one of them was replaced.', expect.stringContaining('Record 5 is not the one that was signed on 2026-03-10')])
  })
  it('altered what a record tells, or removed it', async () => {
    expect(await after(`UPDATE "AuditPayload" SET "text" = replace("text", 'Ada', 'Eve') WHERE "number" = 5`)).toEqual(['What record 5 tells was altered.'])
    expect(await after(`UPDATE "AuditPayload" SET "text" = 'not json' WHERE "number" = 5`)).toEqual(['What record 5 tells was altered.'])
    expect(await after(`DELETE FROM "AuditPayload" WHERE "number" = 5`)).toEqual(['What record 5 tells was removed, and the log knows of no expiry.'])
  })
  it('changed the order', async () => {
    expect(await after(`UPDATE "AuditRecord" SET "number" = -1 WHERE "number" = 5`, `UPDATE "AuditRecord" SET "number" = 5 WHERE "number" = 6`, `UPDATE "AuditRecord" SET "number" = 6 WHERE "number" = -1`)).toEqual(expect.arrayContaining([
      'Record 6 stands in the place of record 5: their order was changed.', 'Record 5 stands in the place of record 6: their order was changed.',
    ]))
  })
  it('rewrote the chain whole, so that it fits itself', async () => {
    const end = await last()
    const rewritten = [`UPDATE "AuditRecord" SET "day" = '2020-01-01', "hash" = ${HASH('"number"', `'2020-01-01'`, '"commitment"', '"previous"')} WHERE "number" = 5`]
    for (let number = 6; number <= end; number += 1) rewritten.push(`UPDATE "AuditRecord" AS a SET "previous" = b."hash", "hash" = ${HASH('a."number"', 'a."day"::text', 'a."commitment"', 'b."hash"')} FROM "AuditRecord" AS b WHERE a."number" = ${number} AND b."number" = ${number - 1}`)
    expect(await after(...rewritten)).toEqual([expect.stringMatching(/^Record [5-9] is not the one that was signed on 2026-03-10: the log was rewritten from there or before\.$/)])
  })
  it('put a record in that was none', async () => {
    expect(await after(`INSERT INTO "AuditRecord" SELECT 0, a."day", a."commitment", a."previous", repeat('b', 64) FROM "AuditRecord" AS a WHERE a."number" = 1`)).toContain('Record 0 was altered.')
  })
  it('did nothing', async () => expect(await after()).toEqual([]))
})

describe('the heads outside the database', () => {
  it('are one line for each answer, signed, and tell nothing else', async () => {
    const lines = (await readFile(file, 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.length).toBeGreaterThan(20)
    for (const line of lines) expect(Object.keys(line)).toEqual(['number', 'hash', 'day', 'signature'])
  })
  it('count for nothing where another key signed them, or they were altered', async () => {
    const copy = path.join(folder, 'copy.jsonl')
    await writeFile(copy, await readFile(file, 'utf8'))
    await new HeadLog(copy, auditKey(Buffer.alloc(32, 9))).write({ number: 999, hash: 'f'.repeat(64) }, '2026-03-10')
    await appendFile(copy, '{"number": 1000, "ha')
    const lines = (await readFile(copy, 'utf8')).split('\n').length
    expect((await verifyAudit(newsroom.database, { file: copy, keys: [key] })).problems).toEqual([`Line ${lines - 1} of ${copy} is damaged, or was not signed with this server's key.`, `Line ${lines} of ${copy} is damaged, or was not signed with this server's key.`])
  })
  it('are missed where there are none', async () => {
    expect((await verifyAudit(newsroom.database, { file: path.join(folder, 'none'), keys: [key] })).problems).toEqual([expect.stringContaining('There is no log of heads at')])
  })
})

describe('what old records tell', () => {
  it('can expire: the chain stays whole, tells of it, and holds no guess at what it was', async () => {
    const before = await last()
    newsroom.now = new Date('2027-03-10T12:00:00Z')
    const { expired, head } = await newsroom.database.transaction((queries) => expirePayloads(queries, '2026-12-31', 'command line', newsroom.now))
    expect(expired).toBe(before)
    await new HeadLog(file, key).write(head!, '2027-03-10')
    expect(await verdict()).toMatchObject({ problems: [], expired: before, records: before + 1 })
    const page = (await vault.ask(root, '{ auditLog(first: 2) { nodes { number act person record } } }')).data!['auditLog'].nodes
    expect(page).toEqual([{ number: before + 1, act: 'EXPIRE', person: 'command line', record: null }, { number: before, act: null, person: null, record: null }])
    // Again: nothing is left to expire, and the record of it stays.
    expect((await newsroom.database.transaction((queries) => expirePayloads(queries, '2027-12-31', 'command line', newsroom.now))).expired).toBe(0)
    newsroom.now = new Date('2026-03-10T12:00:00Z')
  })
  it('holds no name of a source in any case', async () => {
    expect(JSON.stringify(await run('SELECT * FROM "AuditPayload"'))).not.toContain(NAME)
    expect(codes(await vault.fetch(ada, 'Canary Oriole Vesperman'))).toEqual(['NOT_FOUND'])
    expect(JSON.stringify(await run('SELECT * FROM "AuditPayload"'))).not.toContain('Oriole')
  })
})
