import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffRole } from '../../src/access/index.js'
import { openDatabase, type Database, type Statement } from '../../src/database/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { PATHS } from '../../src/server.js'
import { Metrics } from '../../src/telemetry/index.js'
import { makeKey, recordIdOf, toBase64, type SealedRecord, type SecretKey } from '../../src/vault/seal/index.js'
import { TextWorkers } from '../../src/workers/text-workers.js'
import { mutationSamples } from '../access/samples.js'
import { CliPlace } from '../cli/onrecord.js'
import { story } from '../support/documents.js'
import { dumpOf } from '../support/dump.js'
import { listenTo, liveClient } from '../support/live.js'
import { TestNewsroom } from '../support/newsroom.js'
import { differenceOf, leaking, Pair, watchFields, type Side } from '../support/pair.js'
import { changing, operations, operationsSaying, plainOnly, type WalkedOperation, type WalkValues } from '../support/schema-walk.js'
import { like } from '../support/shape.js'
import { HARBOR, NEWSROOM_ROOTS, NEWSROOM_VALUES, PUBLIC_ROOTS } from '../support/walk-values.js'
import { content, TestVault, type Person } from '../vault/people.js'
import { canariesIn, CANARY } from './canary-session.js'

const { PUBLIC, NEWSROOM } = schemas()
watchFields(PUBLIC)
watchFields(NEWSROOM)

const NAME = `Osbert ${CANARY}`
const NEXT_WEEK = 7 * 24 * 3600 * 1000
/** Texts are read on threads, which have to start first. */
const PATIENCE = 120_000
const STAFF: readonly (readonly [string, StaffRole])[] = [['Ada', 'EDITOR'], ['Bo', 'REPORTER'], ['Cy', 'REPORTER'], ['Eve', 'EDITOR'], ['Std', 'STANDARDS_EDITOR'], ['Root', 'ADMIN']]
/** Those with a vault key whom no record is sealed to, and those without one. */
const UNCLEARED = ['Cy', 'Eve', 'Std', 'Root', 'Preview', 'Lawyer']
/** What is read out of a text has new random keys each time. */
/** The secret of an endpoint is random, and shown this once. */
const withoutSecrets = (answer: string) => answer.replaceAll(/whsec_[A-Za-z0-9+/=]+/g, 'whsec_…')
const isRandom = ({ path: each }: WalkedOperation) => /^Query\.(extractStory|checkText\b(?!\.findings))/.test(each)
const withoutKeys = (answer: string) => answer.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]{40,}/g, '…')
/** What an administrator reads there is the vault's own log. */
const isAudit = ({ path: each }: WalkedOperation) => each.startsWith('Query.auditLog')

class Room {
  readonly people = new Map<string, Person>()
  readonly values: string[] = []
  readonly metrics = new Metrics()
  vault!: TestVault
  partner!: string
  private constructor(readonly place: CliPlace) {}

  static async open(keys: ReadonlyMap<string, SecretKey>): Promise<Room> {
    const room = new Room(await CliPlace.open())
    const { place } = room
    const database = await openDatabase({ url: place.env['DATABASE_URL'] || undefined, poolSize: 3, folder: place.data })
    const workers = new TextWorkers({ timeoutMs: PATIENCE })
    const newsroom = await TestNewsroom.open({ fresh: { database, drop: () => Promise.all([workers.close(), database.close()]).then(() => undefined) }, database: (each) => hearing(each, room.values), logLevel: 'debug', metrics: room.metrics, workers, auditLog: path.join(place.folder, 'heads.jsonl') })
    room.vault = new TestVault(newsroom)
    await newsroom.add(story(1), story(2, { evolvedFrom: 'harbor-plan-1' }))
    room.partner = await newsroom.partnerKey({})
    for (const [name, role] of [['Preview', 'PREVIEW'], ['Lawyer', 'LAWYER']] as const) room.people.set(name, { name, token: await room.vault.token(name, role), key: keys.get(name)! })
    for (const [name, role] of STAFF) {
      const person = { name, token: await room.vault.token(name, role), key: keys.get(name)! }
      await room.vault.register(person)
      if (name !== 'Ada') await room.vault.attest(room.of('Ada'), person.key.fingerprint)
      room.people.set(name, person)
    }
    return room
  }

  of(name: string): Person {
    return this.people.get(name)!
  }
}

/** Everything that is sent to the database, with its values: what a log of statements would hold. */
function hearing(database: Database, heard: string[]): Database {
  const hear = <T>(query: (statement: Statement, values: readonly unknown[]) => Promise<T>) => (statement: Statement, values: readonly unknown[]) => {
    heard.push(`${statement.name} ${statement.text} ${JSON.stringify(values)}`)
    return query(statement, values)
  }
  return new Proxy(database, {
    get: (target, name) => {
      if (name === 'query') return hear(target.query.bind(target))
      if (name === 'transaction') return <T>(work: (queries: { query: unknown }) => Promise<T>) => target.transaction((queries) => work({ query: hear(queries.query.bind(queries)) }))
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

const nameOf = (heard: string) => heard.split(' ')[0]

/** Two newsrooms that differ in their vaults alone: names, links between cast entries, the number of records, ids, order and time. */
describe('what only the vault knows', () => {
  let left: Room, right: Room
  let pair: Pair
  let real: SealedRecord
  let publicValues: WalkValues
  const keys = new Map<string, SecretKey>()

  beforeAll(async () => {
    for (const name of [...STAFF.map(([each]) => each), 'Preview', 'Lawyer']) keys.set(name, await makeKey(name, 'MEMBER'))
    ;[left, right] = [await Room.open(keys), await Room.open(keys)]
    pair = new Pair(left.vault.newsroom, right.vault.newsroom)
    await left.vault.record(left.of('Ada'), [], content({ identity: { name: 'Somebody Else' }, entries: [{ story: 'harbor-plan-1', source: 'officials' }] }))
    real = await busyVault(right)
    const { data } = await pair.left.read('{ stories { nodes { id } } }')
    const ids = data!['stories'].nodes.map(({ id }: { id: string }) => id) as string[]
    publicValues = { roots: { ...PUBLIC_ROOTS, tombstone: 'slug: "harbor-plan-1"', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}` }, values: { ...HARBOR, '(id)': [`"${ids[0]}"`], '(ids)': [JSON.stringify(ids)], '(storyId)': [`"${ids[0]}"`], '(statement)': [`"${idOf('OfficialStatement', 'x')}"`] } }
  }, 240_000)
  afterAll(async () => {
    await left?.place.remove()
    await right?.place.remove()
  })

  const who = (name: string) => ({ left: left.of(name).token, right: right.of(name).token })
  const valuesFor = (name: string): WalkValues => {
    const { fingerprint, at, signature } = left.vault.prove('LIST', null, keys.get(name)!)
    const [storyId] = publicValues.values['(storyId)']!
    return {
      roots: { ...NEWSROOM_ROOTS, ...publicValues.roots, attributionReport: `storyId: ${storyId}`, filedStatement: 'id: "x"', partner: 'id: "x"', webhookDeliveries: 'webhookId: "x"', findExcerpts: `statementId: "x", storyId: ${storyId}`, vaultRecords: `proof: {fingerprint: "${fingerprint}", at: "${at}", signature: "${signature}"}` },
      values: { ...publicValues.values, ...NEWSROOM_VALUES, 'Query.vaultRecords(proof)': [`{fingerprint: "${fingerprint}", at: "${at}", signature: "${signature}"}`] },
    }
  }

  it('changes no byte of any answer of the public contract (S1, S2, S6)', async () => {
    const all = plainOnly(operations(PUBLIC, publicValues))
    expect(await pair.differences(all, PATHS.PUBLIC, { left: undefined, right: undefined })).toEqual([])
    expect(await pair.differences(all.filter(({ field }) => field.startsWith('Query.')), PATHS.PUBLIC, { left: left.partner, right: right.partner })).toEqual([])
  }, 240_000)

  it('changes no byte of any answer of the newsroom contract to a reporter who is not cleared, whatever is asked', async () => {
    const all = operations(NEWSROOM, valuesFor('Cy'), { each: 'ARGUMENT' }).filter((operation) => !isRandom(operation))
    expect(all.length).toBeGreaterThan(500)
    expect(await pair.differences(all, PATHS.NEWSROOM, who('Cy'))).toEqual([])
  }, 300_000)

  it.each(UNCLEARED.slice(1))('nor of any root, or of what the vault and its log are asked, to %s', async (name) => {
    const all = plainOnly(operations(NEWSROOM, valuesFor(name))).filter((operation) => !isRandom(operation) && !(name === 'Root' && isAudit(operation)) && (operation.path.split('.').length <= 2 || /vault|audit/i.test(operation.path)))
    expect(await pair.differences(all, PATHS.NEWSROOM, who(name))).toEqual([])
  }, 120_000)

  it('is refused with the same bytes whatever is there (S4, S9)', async () => {
    const absent = recordIdOf(keys.get('Ada')!.fingerprint, 'AAAAAAAAAAAAAAAAAAAAAA')
    for (const name of ['Cy', 'Eve', 'Std', 'Root', 'Lawyer']) {
      const key = keys.get(name)!
      const asked = (record: string): [string, object][] => [
        ...[['fetchVaultRecord', 'FETCH'], ['destroyVaultRecord', 'DESTROY']].map(([mutation, act]): [string, object] => [mutation!, { record, proof: left.vault.prove(act as 'FETCH', record, key) }]),
        ['sealVaultRecord', { manifest: { ...real.manifest, record, version: 2, act: 'UPDATE', nonce: null, previous: '0'.repeat(64) }, signature: real.signature, ciphertext: toBase64(real.ciphertext) }],
        // Who reads the audit log knows which records there are; nobody else learns it by asking for a hold.
        ...(name === 'Root' ? [] : ['placeLegalHold', 'liftLegalHold'].map((mutation): [string, object] => [mutation, { record }])),
      ]
      for (const [at, [mutation, input]] of asked(real.manifest.record).entries()) {
        const query = changing(NEWSROOM, 'mutation', mutation)
        const told = right.values.length
        const { difference, answer } = await pair.compare(`${mutation} ${name}`, PATHS.NEWSROOM, who(name), { query, variables: { input } })
        expect(difference).toEqual([])
        const untold = right.values.length
        expect((await pair.compare(mutation, PATHS.NEWSROOM, who(name), { query, variables: { input: asked(absent)[at]![1] } })).answer).toBe(answer)
        // Nor does the work differ, which could be timed (S7).
        expect(right.values.slice(untold).map(nameOf)).toEqual(right.values.slice(told, untold).map(nameOf))
      }
    }
  }, 120_000)

  it('cannot be found out by asking for it: a name and the id of a record are answered as any others (S4, S5)', async () => {
    for (const secret of [NAME, real.manifest.record]) {
      const [asked, random] = [secret, like(secret)].map((words) => operationsSaying(NEWSROOM, valuesFor('Eve'), words).filter(({ path: each }) => !/extractStory|check(Text|Document)/.test(each)))
      expect(asked!.length).toBeGreaterThan(60)
      for (const [at, { path: each, query }] of asked!.entries()) {
        const answers = [await pair.right.exchange(PATHS.NEWSROOM, { query }, right.of('Eve').token), await pair.right.exchange(PATHS.NEWSROOM, { query: random![at]!.query }, right.of('Eve').token)]
        expect(answers[0]!.replaceAll(secret, ''), each).toBe(answers[1]!.replaceAll(like(secret), ''))
      }
    }
  }, 240_000)

  it('changes no byte of the answer to any change, nor of what subscribers are told of it (S11)', async () => {
    const samples = new Map<Side, ReadonlyMap<string, object>>()
    await pair.both(async (newsroom) => samples.set(newsroom === pair.left ? 'left' : 'right', await mutationSamples(newsroom, { isVaultLeftOut: true })))
    const heard: Record<Side, string[]> = { left: [], right: [] }
    const clients = (['left', 'right'] as const).map((side) => ({ side, client: liveClient(pair[side], `Bearer ${pair[side] === pair.left ? left.of('Eve').token : right.of('Eve').token}`) }))
    const [storyId] = publicValues.values['(storyId)']!.map((literal) => JSON.parse(literal) as string)
    for (const { side, client } of clients) {
      for (const [name, variables] of [['storyChanged', {}], ['findingsChanged', { storyId }]] as const) {
        const { next } = await listenTo(client, changing(NEWSROOM, 'subscription', name), variables)
        void (async () => { for (let event = await next(); event !== undefined; event = await next()) heard[side].push(JSON.stringify(event)) })().catch(() => undefined)
      }
    }
    const admin = { left: await pair.left.token('ADMIN'), right: await pair.right.token('ADMIN') }
    for (const [name, input] of samples.get('left')!) {
      const other = samples.get('right')!.get(name)!
      const mask = /Proposal|FromText/.test(name) ? withoutKeys : /Webhook/.test(name) ? withoutSecrets : undefined
      expect((mask ?? String)(JSON.stringify(other)), name).toBe((mask ?? String)(JSON.stringify(input)))
      expect((await pair.compare(name, PATHS.NEWSROOM, admin, { query: changing(NEWSROOM, 'mutation', name), variables: { input } }, { right: { input: other }, ...(mask && { mask }) })).difference).toEqual([])
      if (name === 'saveRevision') await right.vault.record(right.of('Ada'))
    }
    const told = () => Math.min(heard.left.length, heard.right.length)
    for (let before = -1; told() !== before || told() < 20;) {
      before = told()
      await new Promise((resolve) => { setTimeout(resolve, 500) })
    }
    for (const { client } of clients) await client.dispose()
    // Changes that come fast may be told as one; what is told of each story last is the same.
    expect(lastOf(heard.right)).toEqual(lastOf(heard.left))
  }, 300_000)

  describe('would be found', () => {
    const stories: WalkedOperation = { path: 'stories', field: 'Query.stories', query: '{ stories { nodes { slug urgency } } }', fields: new Set() }
    const differences = async () => {
      const found = await pair.differences([stories], PATHS.NEWSROOM, who('Cy'))
      pair.answers.length -= 2
      return found
    }
    it.each<[string, string, (value: any) => unknown]>([
      ['a name', 'Story.slug', (value) => `${String(value)} ${NAME}`], ['a link', 'Story.urgency', () => 1], ['a count', 'StoryConnection.nodes', (value) => value.slice(1)], ['an order', 'StoryConnection.nodes', (value) => value.toReversed()], ['an error', 'Story.urgency', () => { throw new Error(NAME) }],
    ])('as %s', async (_what, field, plant) => {
      expect(await leaking(field, plant, differences)).not.toEqual([])
      expect(await differences()).toEqual([])
    })

    it('as an event', async () => {
      expect(lastOf(['{"data":{"storyChanged":{"story":{"id":"a"}}}}'])).not.toEqual(lastOf(['{"data":{"storyChanged":{"story":{"id":"b"}}}}']))
      expect(lastOf(['{"data":{"storyChanged":{"story":{"id":"a"}}}}'])).not.toEqual(lastOf([]))
    })

    it('as a canary in an answer, a line of the log, a metric, a statement, or a row', async () => {
      const [found] = await leaking('Story.slug', () => NAME, differences)
      expect(canariesIn(found!.right)).not.toEqual([])
      right.vault.newsroom.server.log.info({ name: Buffer.from(NAME).toString('base64') }, 'planted')
      expect(canariesIn(right.vault.newsroom.log.at(-1)!)).not.toEqual([])
      right.vault.newsroom.log.pop()
      const metrics = new Metrics()
      metrics.gauge('planted', NAME, () => 1)
      expect(canariesIn((await metrics.text()).body)).not.toEqual([])
      // In the one whose files are not looked through: what was rolled back stays in them.
      await expect(pair.left.database.transaction(async (queries) => {
        await queries.query({ name: 'planted', text: 'INSERT INTO "Topic" ("id", "code", "name") VALUES (gen_random_uuid(), $1, $2)' }, ['planted', Buffer.from(NAME).toString('hex')])
        expect(canariesIn(JSON.stringify(await dumpOf(queries)))).not.toEqual([])
        throw new Error('back')
      })).rejects.toThrow('back')
    })
  })

  it('is in no answer, line of the log, metric, statement, row or file, in any form (S13)', async () => {
    const dump = JSON.stringify(await dumpOf(right.vault.newsroom.database))
    const { body: metrics } = await right.metrics.text()
    await pair.close()
    const files = [...(await filesUnder(right.place.data)), ...(await filesUnder(right.place.folder))]
    // Each holds what it should hold.
    expect(pair.answers.length).toBeGreaterThan(1000)
    expect(dump).toContain('harbor-plan-1')
    expect(right.vault.newsroom.log.length).toBeGreaterThan(500)
    expect(right.values.length).toBeGreaterThan(500)
    expect(metrics).toContain('onrecord_')
    expect(files.some((text) => text.includes('"signature"'))).toBe(true)
    if (!process.env['DATABASE_URL']) expect(files.some((text) => text.includes('harbor-plan-1'))).toBe(true)
    for (const [what, text] of Object.entries({ answers: pair.answers.join('\n'), dump, log: right.vault.newsroom.log.join(''), metrics, statements: right.values.filter((each) => !each.includes(`"${NAME}`) && !each.includes(CANARY)).join('\n'), files: files.join('\n') })) expect(canariesIn(text), what).toEqual([])
  }, 120_000)

  it('changes no byte of an export or of a report of the checks', async () => {
    for (const args of [['export', '--all'], ['check', '--all', '--format', 'json', '--fail-on', 'never'], ['check', '--all', '--archive', '--format', 'json', '--fail-on', 'never']]) {
      const [one, other] = [await left.place.run(args), await right.place.run(args)]
      expect(one.out.length).toBeGreaterThan(1000)
      expect([other.code, other.err]).toEqual([one.code, one.err])
      expect(differencesOf(args.join(' '), linesOf(one.out), linesOf(other.out))).toEqual([])
      expect(canariesIn(other.out + other.err)).toEqual([])
    }
    // A story more would be seen.
    await right.place.run(['import', '-'], { input: JSON.stringify({ onrecord: 1, slug: 'one-more', desk: 'Metro', paragraphs: [{ text: NAME }] }) })
    const { out } = await right.place.run(['export', 'one-more'])
    expect(canariesIn(out)).not.toEqual([])
    expect(differencesOf('export', (await left.place.run(['export', '--all'])).out, (await right.place.run(['export', '--all'])).out)).not.toEqual([])
  }, 240_000)
})

const differencesOf = (what: string, left: string, right: string) => (left === right ? [] : [differenceOf(what, left, right)])
/** Proposals have keys of their own, and nothing else does. */
const linesOf = (out: string) => out.split('\n').map((line) => (/"confidence"|"slug":"sample-/.test(line) ? withoutKeys(line) : line)).join('\n')
const idOf = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64url')

/** Records of several people, links across stories, grants, revocations, holds and destructions, on other days. */
async function busyVault(room: Room): Promise<SealedRecord> {
  const { vault } = room
  const [ada, bo, root] = ['Ada', 'Bo', 'Root'].map((name) => room.of(name)) as [Person, Person, Person]
  const { newsroom } = vault
  const then = newsroom.now
  const both = content({ person: CANARY, identity: { name: NAME, aliases: [CANARY] }, contacts: [{ kind: 'email', value: `${CANARY}@example.com` }], notes: `${CANARY} met us twice.`, entries: [{ story: 'harbor-plan-1', source: 'officials' }, { story: 'harbor-plan-2', source: 'officials' }] })
  const first = await vault.record(ada, [], both)
  newsroom.now = new Date(then.getTime() + NEXT_WEEK)
  const second = await vault.next(ada, first, 'GRANT', [ada.key.card, bo.key.card], both)
  await vault.seal(ada, second)
  await vault.fetch(bo, first.manifest.record)
  const given = await vault.record(bo, [ada], content({ identity: { name: `${CANARY} II` } }))
  await vault.seal(bo, await vault.next(bo, given, 'REVOKE', [bo.key.card]))
  await vault.destroy(ada, (await vault.record(ada)).manifest.record)
  await vault.hold(root, 'place', (await vault.record(ada)).manifest.record)
  newsroom.now = then
  return second
}

/** Of each story, and of each subscription, what was told last. */
function lastOf(events: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(events.map((event) => {
    const [name, told] = Object.entries((JSON.parse(event) as { data: Record<string, { story: { id: string } | null }> }).data)[0]!
    return [`${name} ${told.story?.id ?? ''}`, linesOf(event)]
  }).toSorted(([one], [other]) => (one! < other! ? -1 : 1)))
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => readFile(path.join(entry.parentPath, entry.name), 'latin1')))
}
