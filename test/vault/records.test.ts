import { Encrypter } from 'age-encryption'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statement } from '../../src/database/index.js'
import { makeKey, manifestBytes, openSealed, recordIdOf, sealNew, sealNext, sha256Hex, sign, toBase64, type SealedRecord, type SecretKey } from '../../src/vault/seal/index.js'
import { storeVersion } from '../../src/vault/vault.store.js'
import { TestNewsroom } from '../support/newsroom.js'
import { codes, content, TestVault, type Person } from './people.js'

let newsroom: TestNewsroom
let vault: TestVault
let ada: Person, ben: Person, cy: Person, admin: Person
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  vault = new TestVault(newsroom)
  ada = await vault.person('Ada', { role: 'EDITOR' })
  ben = await vault.person('Ben', { by: ada })
  cy = await vault.person('Cy', { by: ada })
  admin = await vault.person('Root', { role: 'ADMIN', by: ada })
})
afterAll(() => newsroom.close())

const resigned = ({ manifest, ciphertext }: SealedRecord, change: object, by: SecretKey): SealedRecord => {
  const changed = { ...manifest, ...change }
  return { manifest: changed, signature: sign(manifestBytes(changed), by.signingSecret), ciphertext }
}
const stored = async (id: string) => newsroom.database.query<Record<string, any>>(statement('test', `SELECT v."version", v."ciphertext" IS NOT NULL AS "isThere" FROM "VaultVersion" AS v WHERE v."recordId" = $1::uuid ORDER BY 1`), [id])
const isTrusted = () => true

describe('a sealed record', () => {
  it('is given to those it is sealed to, and opens there', async () => {
    const { manifest } = await vault.record(ada, [ben])
    for (const who of [ada, ben]) {
      const { ciphertext, manifests } = await vault.fetch(who, manifest.record)
      const opened = await openSealed({ record: manifest.record, ciphertext: Buffer.from(ciphertext!, 'base64'), manifests: manifests!, cards: await vault.cards(who), pin: undefined, isTrusted }, who.key)
      expect(opened.content).toEqual(content())
    }
  })

  it('is listed to those it is sealed to, page by page, and to nobody else', async () => {
    const made = [await vault.record(ada, [ben]), await vault.record(ben), await vault.record(ada)]
    const [first, second, third] = made.map(({ manifest }) => manifest.record)
    const mine = (await vault.list(ben)).ids!
    expect(mine).toEqual(expect.arrayContaining([first, second]))
    expect(mine).not.toContain(third)
    expect((await vault.list(cy)).ids).toEqual([])
    const page = await vault.list(ben, undefined, ', first: 1')
    expect(page).toMatchObject({ ids: mine.slice(0, 1), hasNextPage: true })
    expect((await vault.list(ben, undefined, `, first: 1, after: "${page.endCursor}"`)).ids).toEqual(mine.slice(1, 2))
    const { errors } = await vault.ask(cy, `query ($proof: VaultProofInput!) { vaultRecords(proof: $proof, after: "${page.endCursor}") { errors { code } } }`, { proof: vault.prove('LIST', null, cy.key) })
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('is answered to everybody else like a record that is not there, byte for byte', async () => {
    const { manifest } = await vault.record(ada)
    const absent = recordIdOf(ada.key.fingerprint, 'AAAAAAAAAAAAAAAAAAAAAA')
    for (const who of [ben, admin]) {
      const bytes = async (record: string) => JSON.stringify([await vault.fetch(who, record), await vault.destroy(who, record), await vault.seal(who, resigned(await sealNext(content(), { ...manifest, record }, 'UPDATE', [who.key.card], who.key), {}, who.key))])
      const answer = await bytes(manifest.record)
      expect(answer).toBe(await bytes(absent))
      expect(answer.match(/NOT_FOUND/g)).toHaveLength(3)
    }
    expect(await vault.fetch(ben, 'no id at all')).toEqual(await vault.fetch(ben, absent))
  })

  it('keeps only the newest ciphertext, for whoever was revoked could open the one before', async () => {
    const first = await vault.record(ada, [ben])
    const second = await vault.next(ada, first, 'UPDATE', [ada.key.card, ben.key.card], content({ notes: 'two' }))
    expect(await vault.seal(ada, second)).toEqual({ version: 2, errors: [] })
    expect(await stored(first.manifest.record)).toEqual([{ version: 1, isThere: false }, { version: 2, isThere: true }])
    expect((await vault.fetch(ben, first.manifest.record, 1)).manifests!.map(({ manifest }) => manifest)).toEqual([first.manifest, second.manifest])
  })

  it('is stored once when it is sent again because the answer was lost', async () => {
    const first = await vault.record(ada)
    expect(await vault.seal(ada, first)).toEqual({ version: 1, errors: [] })
    const left = await vault.next(ada, await vault.record(ada, [ben]), 'REVOKE', [ben.key.card])
    for (let time = 0; time < 2; time += 1) expect(await vault.seal(ada, left)).toEqual({ version: 2, errors: [] })
  })
})

describe('two people who seal a record anew at once', () => {
  it('do not overwrite each other: one is told of the conflict, and nothing is lost (I8, R1)', async () => {
    const first = await vault.record(ada, [ben])
    const both = [ada.key.card, ben.key.card]
    const sealed = await Promise.all([vault.next(ada, first, 'UPDATE', both, content({ notes: 'by Ada' })), vault.next(ben, first, 'UPDATE', both, content({ notes: 'by Ben' }))])
    const answers = await Promise.all([vault.seal(ada, sealed[0]!), vault.seal(ben, sealed[1]!)])
    expect(answers.map((answer) => codes(answer)).toSorted()).toEqual([[], ['CONFLICT']])
    const loser = answers.find(({ errors }) => errors.length > 0)!
    expect(loser.errors[0]!.message).toContain('version 2')
    const winner = sealed[answers.findIndex(({ version }) => version === 2)]!
    expect(toBase64(winner.ciphertext)).toBe((await vault.fetch(ada, first.manifest.record)).ciphertext)
  })

  it('and twenty at once leave one', async () => {
    const first = await vault.record(ada)
    const sealed = await Promise.all(Array.from({ length: 20 }, (_, n) => vault.next(ada, first, 'UPDATE', [ada.key.card], content({ notes: String(n) }))))
    const answers = await Promise.all(sealed.map((each) => vault.seal(ada, each)))
    expect(answers.filter(({ version }) => version === 2)).toHaveLength(1)
    expect(answers.filter((answer) => codes(answer)[0] === 'CONFLICT')).toHaveLength(19)
  })
})

describe('a record that is being sealed anew', () => {
  it('is there for those it is sealed to, who wait for the new version', async () => {
    const first = await vault.record(ada, [ben])
    const second = await vault.next(ada, first, 'UPDATE', [ada.key.card, ben.key.card], content({ notes: 'two' }))
    let fetching: ReturnType<TestVault['fetch']>
    await newsroom.database.transaction(async (queries) => {
      await storeVersion(queries, { ...second, hash: sha256Hex(manifestBytes(second.manifest)) }, false)
      fetching = vault.fetch(ben, first.manifest.record)
      // By then it has come as far as it can.
      await sleep(500)
    })
    const { ciphertext, errors } = await fetching!
    expect(errors).toEqual([])
    expect(ciphertext).toBe(toBase64(second.ciphertext))
  })
})

describe('sealVaultRecord refuses', () => {
  const sealedBy = async (signer: Person, others: readonly Person[] = []) => sealNew(content(), [signer, ...others].map(({ key }) => key.card), signer.key)
  const after = (n: number) => Buffer.from(`-----BEGIN AGE ENCRYPTED FILE-----\n${'A'.repeat(n)}\n-----END AGE ENCRYPTED FILE-----\n`)
  /** The bytes in the place of the ciphertext, with a manifest that fits them. */
  const instead = async (bytes: Uint8Array) => ({ ...resigned(await sealedBy(ada), { hash: sha256Hex(bytes) }, ada.key), ciphertext: bytes })

  it.each<[string, () => Promise<SealedRecord | Omit<SealedRecord, 'ciphertext'> & { ciphertext: string }>, string, string]>([
    ['plaintext', () => instead(Buffer.from(JSON.stringify(content()))), 'NOT_AGE', 'ciphertext'],
    ['what is no base64', async () => ({ ...(await sealedBy(ada)), ciphertext: 'Canary Oriole Vesperman' }), 'NOT_AGE', 'ciphertext'],
    ['nothing', async () => ({ ...(await sealedBy(ada)), ciphertext: '' }), 'NOT_AGE', 'ciphertext'],
    ['the ciphertext of another tool', () => instead(Buffer.from([0x85, 0x02, 0x0c, 0x03, ...Buffer.alloc(600, 3)])), 'NOT_AGE', 'ciphertext'],
    ['armour', () => instead(after(64)), 'ARMOURED', 'ciphertext'],
    ['armour twice', () => instead(Buffer.from(`-----BEGIN AGE ENCRYPTED FILE-----\n${after(64).toString('base64')}\n-----END AGE ENCRYPTED FILE-----\n`)), 'ARMOURED', 'ciphertext'],
    ['a ciphertext that is cut off', async () => instead((await sealedBy(ada)).ciphertext.subarray(0, -100)), 'NOT_PADDED', 'ciphertext'],
    ['a ciphertext of 300 KB', () => instead(Buffer.alloc(300_000, 1)), 'TOO_LARGE', 'ciphertext'],
    ['one stanza too many', async () => resigned(await sealedBy(ada, [ben]), { recipients: [ada.key.fingerprint] }, ada.key), 'STANZA_COUNT', 'ciphertext'],
    ['one stanza too few', async () => resigned(await sealedBy(ada), { recipients: [ada.key.fingerprint, ben.key.fingerprint].sort() }, ada.key), 'STANZA_COUNT', 'ciphertext'],
    ['a passphrase', async () => { const encrypter = new Encrypter(); encrypter.setScryptWorkFactor(10); encrypter.setPassphrase('x'); return instead(await encrypter.encrypt(new Uint8Array(4096))) }, 'FOREIGN_STANZA', 'ciphertext'],
    ['another ciphertext than the manifest is about', async () => ({ ...(await sealedBy(ada)), ciphertext: (await sealedBy(ada)).ciphertext }), 'HASH_DIFFERS', 'manifest.hash'],
    ['a manifest without a right signature', async () => ({ ...(await sealedBy(ada)), signature: Buffer.alloc(64, 1).toString('base64url') }), 'SIGNATURE_WRONG', 'signature'],
    ['a manifest without a signature', async () => ({ ...(await sealedBy(ada)), signature: '' }), 'SIGNATURE_WRONG', 'signature'],
    ['a manifest that a stranger signed', async () => { const eve = await makeKey('Eve', 'MEMBER'); return sealNew(content(), [eve.card], eve) }, 'SIGNER_WRONG', 'manifest.signer'],
    ['a manifest that a colleague signed', () => sealedBy(ben, [ada]), 'SIGNER_WRONG', 'manifest.signer'],
    ['a manifest that was changed after it was signed', async () => { const sealed = await sealedBy(ada); return { ...sealed, manifest: { ...sealed.manifest, hash: sealed.manifest.hash, recipients: [ben.key.fingerprint] } } }, 'SIGNATURE_WRONG', 'signature'],
    ['an unknown key as recipient', async () => sealNew(content(), [ada.key.card, (await makeKey('Nobody', 'MEMBER')).card], ada.key), 'RECIPIENT_NOT_ACTIVE', 'manifest.recipients'],
    ['recipients out of order', async () => { const sealed = await sealedBy(ada, [ben]); return resigned(sealed, { recipients: sealed.manifest.recipients.toReversed() }, ada.key) }, 'MANIFEST_WRONG', 'manifest'],
    ['a recipient twice', async () => resigned(await sealedBy(ada, [ben]), { recipients: [ada.key.fingerprint, ada.key.fingerprint] }, ada.key), 'MANIFEST_WRONG', 'manifest'],
    ['a new record that its maker cannot open', async () => sealNew(content(), [ben.key.card], ada.key), 'NO_MEMBER', 'manifest.recipients'],
    ['the id of another’s record for a new one', async () => { const { manifest } = await vault.record(ben); return resigned(await sealedBy(ada), { record: manifest.record, nonce: manifest.nonce }, ada.key) }, 'MANIFEST_WRONG', 'manifest'],
    ['an id of one’s own choice', async () => resigned(await sealedBy(ada), { record: randomUUID() }, ada.key), 'MANIFEST_WRONG', 'manifest'],
    ['a first version as the tenth', async () => resigned(await sealedBy(ada), { version: 10, act: 'UPDATE', nonce: null, previous: '0'.repeat(64) }, ada.key), 'NOT_FOUND', 'record'],
    ['version 0', async () => resigned(await sealedBy(ada), { version: 0 }, ada.key), 'MANIFEST_WRONG', 'manifest'],
  ])('%s', async (_what, make, code, path) => {
    const { version, errors } = await vault.seal(ada, await make())
    expect({ version, codes: errors.map((error) => error.code), path: errors[0]!.path?.replace(/\[\d+\]$/, '') }).toEqual({ version: null, codes: [code], path })
    expect(JSON.stringify(errors)).not.toContain('Canary')
  })

  it('10 MB, before it is read', async () => {
    const response = await fetch(`${newsroom.url}/newsroom/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${ada.token}` }, body: JSON.stringify({ query: 'mutation { sealVaultRecord }', variables: { ciphertext: 'A'.repeat(10_000_000) } }) })
    expect(response.status).toBe(413)
    expect(((await response.json()) as any).errors[0].extensions.code).toBe('PAYLOAD_TOO_LARGE')
  })
  it('a version that does not follow, and one whose act its recipients do not show', async () => {
    const first = await vault.record(ada, [ben])
    const both = [ada.key.card, ben.key.card]
    const stale = await vault.next(ada, resigned(first, { hash: 'a'.repeat(64) }, ada.key), 'UPDATE', both)
    expect(codes(await vault.seal(ada, stale))).toEqual(['CONFLICT'])
    const skipped = resigned(await vault.next(ada, first, 'UPDATE', both), { version: 3 }, ada.key)
    expect(codes(await vault.seal(ada, skipped))).toEqual(['CONFLICT'])
    for (const [act, cards] of [['UPDATE', [ada.key.card]], ['GRANT', both], ['REVOKE', [...both, cy.key.card]], ['ROTATE', both], ['UPDATE', [...both, cy.key.card]]] as const) expect(codes(await vault.seal(ada, await vault.next(ada, first, act, cards))), act).toEqual(['ACT_WRONG'])
  })
  it('a second record under an id that was used', async () => {
    const { manifest } = await vault.record(ada)
    const again = resigned(await sealedBy(ada), { record: manifest.record, nonce: manifest.nonce }, ada.key)
    expect(codes(await vault.seal(ada, again))).toEqual(['CONFLICT'])
  })
  it('a grant to a key that nobody knows, and leaves the record as it was', async () => {
    const first = await vault.record(ada)
    const stranger = await makeKey('Stranger', 'MEMBER')
    expect(codes(await vault.seal(ada, await vault.next(ada, first, 'GRANT', [ada.key.card, stranger.card])))).toEqual(['RECIPIENT_NOT_ACTIVE'])
    expect((await vault.fetch(ada, first.manifest.record)).manifests).toMatchObject([{ manifest: { version: 1 } }])
  })
  it('previews', async () => {
    const token = await vault.token('Screen', 'PREVIEW')
    expect(codes(await vault.seal({ token }, await sealedBy(ada)))).toEqual(['FORBIDDEN'])
  })
  it('and leaves nothing behind', async () => {
    const count = async () => newsroom.database.query(statement('test', 'SELECT (SELECT count(*) FROM "VaultRecord")::int AS r, (SELECT count(*) FROM "VaultVersion")::int AS v, (SELECT count(*) FROM "VaultGrant")::int AS g'), [])
    const before = await count()
    await vault.seal(ada, await instead(Buffer.from('plain')))
    await vault.seal(ada, await sealNew(content(), [ada.key.card, (await makeKey('Nobody', 'MEMBER')).card], ada.key))
    expect(await count()).toEqual(before)
  })
})

describe('a story document', () => {
  it.each<[string, object]>([
    ['a vault', { vault: { records: [{ identity: { name: 'Canary Oriole Vesperman' } }] } }], ['an identity', { sources: [{ key: 's', kind: 'ANONYMOUS', descriptor: 'an official', headcount: { min: 1 }, identity: { name: 'Canary Oriole Vesperman' } }] }],
    ['a sealed record', { vaultRecords: [{ manifest: {}, ciphertext: 'Canary' }] }],
  ])('with %s is refused, without repeating what stands there', async (_what, change) => {
    const { data } = await vault.ask(ada, 'mutation ($input: CreateStoryInput!) { createStory(input: $input) { story { id } errors { code message path } } }', { input: { document: { onrecord: 1, slug: 'with-vault', desk: 'Metro', paragraphs: [{ text: 'x' }], ...change } } })
    expect(data!['createStory']).toMatchObject({ story: null, errors: [{ code: 'INVALID_DOCUMENT' }] })
    expect(JSON.stringify(data)).not.toContain('Canary')
  })
})

describe('whoever is revoked', () => {
  it('gets no later version, and could not open it', async () => {
    const first = await vault.record(ada, [ben])
    expect((await vault.fetch(ben, first.manifest.record)).ciphertext).not.toBeNull()
    const second = await vault.next(ada, first, 'REVOKE', [ada.key.card])
    expect(codes(await vault.seal(ada, second))).toEqual([])
    expect(codes(await vault.fetch(ben, first.manifest.record))).toEqual(['NOT_FOUND'])
    expect((await vault.list(ben)).ids).not.toContain(first.manifest.record)
    await expect(openSealed({ record: second.manifest.record, ciphertext: second.ciphertext, manifests: [second], cards: await vault.cards(ben), pin: undefined, isTrusted }, ben.key)).rejects.toMatchObject({ code: 'NOT_FOR_THIS_KEY' })
    // Nor seal one of their own on top of it.
    const third = resigned(await sealNext(content(), second.manifest, 'GRANT', [ada.key.card, ben.key.card], ben.key), {}, ben.key)
    expect(codes(await vault.seal(ben, third))).toEqual(['NOT_FOUND'])
  })

  it('can be cleared again', async () => {
    const first = await vault.record(ada, [ben])
    const second = await vault.next(ada, first, 'REVOKE', [ada.key.card])
    await vault.seal(ada, second)
    expect(codes(await vault.seal(ada, await vault.next(ada, second, 'GRANT', [ada.key.card, ben.key.card])))).toEqual([])
    expect(codes(await vault.fetch(ben, first.manifest.record))).toEqual([])
  })
})

describe('a key that was retired', () => {
  it('a second ago is no recipient any more, and gets nothing more', async () => {
    const dee = await vault.person('Dee', { by: ada })
    const first = await vault.record(ada, [dee])
    const again = await sealNew(content(), [ada.key.card, dee.key.card], ada.key)
    expect(codes(await vault.retire(admin, dee.key.fingerprint))).toEqual([])
    expect(codes(await vault.seal(ada, again))).toEqual(['RECIPIENT_NOT_ACTIVE'])
    expect(codes(await vault.fetch(dee, first.manifest.record))).toEqual(['PROOF_WRONG'])
    expect(codes(await vault.seal(dee, await vault.next(dee, first, 'UPDATE', [ada.key.card, dee.key.card])))).toEqual(['SIGNER_WRONG'])
    // It drops out with the next version, without that being a revocation.
    expect(codes(await vault.seal(ada, await vault.next(ada, first, 'UPDATE', [ada.key.card])))).toEqual([])
  })
  it('while a record is being sealed to it is in it or refused, never half', async () => {
    const fay = await vault.person('Fay', { by: ada })
    const sealed = await sealNew(content(), [ada.key.card, fay.key.card], ada.key)
    const [answer] = await Promise.all([vault.seal(ada, sealed), vault.retire(admin, fay.key.fingerprint)])
    expect([[], ['RECIPIENT_NOT_ACTIVE']]).toContainEqual(codes(answer))
    expect(codes(await vault.fetch(fay, sealed.manifest.record))).toEqual(['PROOF_WRONG'])
  })
  it('is retired by its holder or an administrator, and by nobody else', async () => {
    const gil = await vault.person('Gil', { by: ada })
    expect(codes(await vault.retire(ben, gil.key.fingerprint))).toEqual(['PROOF_WRONG'])
    expect(codes(await vault.retire(gil, gil.key.fingerprint))).toEqual([])
    expect(codes(await vault.retire(admin, gil.key.fingerprint))).toEqual(['RETIRED'])
    expect(codes(await vault.retire(admin, '0'.repeat(40)))).toEqual(['NOT_FOUND'])
    expect(codes(await vault.attest(ada, gil.key.fingerprint))).toEqual(['RETIRED'])
  })
})

describe('a proof', () => {
  it('is asked for beside the token, holds for one thing, and not for long', async () => {
    const { manifest: { record } } = await vault.record(ada, [ben])
    const { manifest: { record: other } } = await vault.record(ada, [ben])
    const proof = vault.prove('FETCH', record, ada.key)
    expect(codes(await vault.fetch(ada, record, undefined, proof))).toEqual([])
    for (const [who, of, given] of [
      [ada, other, proof], [ada, record, vault.prove('DESTROY', record, ada.key)], [ben, record, proof], [ada, record, { ...proof, signature: vault.prove('FETCH', record, ben.key).signature }], [ada, record, { ...proof, fingerprint: ben.key.fingerprint }],
    ] as const) expect(codes(await vault.fetch(who, of, undefined, given))).toEqual(['PROOF_WRONG'])
    newsroom.now = new Date(newsroom.now.getTime() + 6 * 60_000)
    expect((await vault.fetch(ada, record, undefined, proof)).errors).toEqual([{ code: 'PROOF_WRONG', message: expect.stringContaining('Set the clock'), path: 'proof' }])
    expect(codes(await vault.list(ada, proof))).toEqual(['PROOF_WRONG'])
  })
})

describe('registerVaultKey', () => {
  it('keeps a key out of use until a member vouches for it', async () => {
    const token = await vault.token('Hal')
    const hal: Person = { name: 'Hal', token, key: await makeKey('Hal', 'MEMBER') }
    expect((await vault.register(hal)).member!.state).toBe('PENDING')
    expect(codes(await vault.seal(hal, await sealNew(content(), [hal.key.card], hal.key)))).toEqual(['SIGNER_WRONG'])
    expect(codes(await vault.seal(ada, await sealNew(content(), [ada.key.card, hal.key.card], ada.key)))).toEqual(['RECIPIENT_NOT_ACTIVE'])
    expect(codes(await vault.list(hal))).toEqual(['PROOF_WRONG'])
    expect(codes(await vault.attest(hal, hal.key.fingerprint))).toEqual(['SIGNER_WRONG'])
    expect(codes(await vault.attest(ada, hal.key.fingerprint, 'x'))).toEqual(['SIGNATURE_WRONG'])
    expect(codes(await vault.attest(ada, '0'.repeat(40)))).toEqual(['NOT_FOUND'])
    expect(codes(await vault.attest(ada, hal.key.fingerprint))).toEqual([])
    expect((await vault.register(hal)).member!.state).toBe('ACTIVE')
  })
  it.each<[string, object, string]>([
    ['another’s name', { name: 'Ada' }, 'SIGNATURE_WRONG'], ['a recipient that is none', { recipient: 'age1xyz' }, 'KEY_WRONG'], ['a plugin’s recipient', { recipient: 'age1yubikey1q0000' }, 'KEY_WRONG'], ['a signing key that is none', { signingKey: 'AA' }, 'KEY_WRONG'],
    ['the signing key that signs everything', { signingKey: Buffer.from([1, ...Buffer.alloc(31)]).toString('base64url') }, 'KEY_WRONG'], ['a signature of another', { signature: Buffer.alloc(64).toString('base64url') }, 'SIGNATURE_WRONG'], ['a name that forges lines', { name: 'Ivy\nAda' }, 'KEY_WRONG'],
  ])('refuses %s', async (_what, change, code) => {
    const token = await vault.token('Ivy')
    expect(codes(await vault.register({ name: 'Ivy', token, key: await makeKey('Ivy', 'MEMBER') }, change))).toEqual([code])
  })
  it('refuses a key that is made out to somebody else, one of another person, and a recovery key of a reporter', async () => {
    const token = await vault.token('Jon')
    expect(codes(await vault.register({ name: 'Jon', token, key: await makeKey('Ada', 'MEMBER') }))).toEqual(['NAME_DIFFERS'])
    expect(codes(await vault.register({ name: 'Jon', token, key: await makeKey('Vault of the desk', 'RECOVERY') }))).toEqual(['FORBIDDEN'])
    expect(codes(await vault.register({ name: 'Jon', token, key: ada.key }))).toEqual(['NAME_DIFFERS'])
  })
  it('gives the directory of keys to whoever may use the vault, and to no preview', async () => {
    expect((await vault.cards(ben)).get(ada.key.fingerprint)).toEqual(ada.key.card)
    const { errors } = await vault.ask({ token: await vault.token('Screen', 'PREVIEW') }, '{ vaultMembers { name } }')
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

describe('a lost key', () => {
  it('is made good by another who is cleared', async () => {
    const kim = await vault.person('Kim', { by: ada })
    const first = await vault.record(kim, [ben])
    await vault.retire(admin, kim.key.fingerprint)
    const anew = await vault.person('Kim', { by: ada })
    expect(codes(await vault.fetch(anew, first.manifest.record))).toEqual(['NOT_FOUND'])
    expect(codes(await vault.seal(ben, await vault.next(ben, first, 'GRANT', [ben.key.card, anew.key.card])))).toEqual([])
    expect((await vault.fetch(anew, first.manifest.record)).ciphertext).not.toBeNull()
  })

  it('is made good with the newsroom’s recovery key, to which every record is sealed', async () => {
    const own = await TestNewsroom.open()
    const room = new TestVault(own)
    const lea = await room.person('Lea', { role: 'EDITOR' })
    const boss = await room.person('Boss', { role: 'ADMIN', purpose: 'RECOVERY', by: lea })
    expect(codes(await room.seal(lea, await sealNew(content(), [lea.key.card], lea.key)))).toEqual(['RECOVERY_MISSING'])
    expect(codes(await room.seal(boss, await sealNew(content(), [boss.key.card], boss.key)))).toEqual(['NO_MEMBER'])
    const first = await room.record(lea, [boss])
    await room.retire(boss, lea.key.fingerprint)
    const anew = await room.person('Lea')
    const { ciphertext, manifests } = await room.fetch(boss, first.manifest.record)
    const opened = await openSealed({ record: first.manifest.record, ciphertext: Buffer.from(ciphertext!, 'base64'), manifests: manifests!, cards: await room.cards(boss), pin: undefined, isTrusted }, boss.key)
    expect(opened.content).toEqual(content())
    expect(codes(await room.seal(boss, await room.next(boss, first, 'GRANT', [boss.key.card, anew.key.card])))).toEqual([])
    expect((await room.fetch(anew, first.manifest.record)).ciphertext).not.toBeNull()
    // The recovery key is for those who may use it, whoever has it.
    expect(codes(await room.fetch({ ...boss, token: lea.token }, first.manifest.record))).toEqual(['PROOF_WRONG'])
    await own.close()
  })
})

describe('destroying', () => {
  it('takes a record away for good, and its id stays taken', async () => {
    const first = await vault.record(ada, [ben])
    expect(await vault.destroy(ben, first.manifest.record)).toEqual({ isDestroyed: true, errors: [] })
    expect(await stored(first.manifest.record)).toEqual([])
    expect(codes(await vault.fetch(ada, first.manifest.record))).toEqual(['NOT_FOUND'])
    expect(codes(await vault.destroy(ada, first.manifest.record))).toEqual(['NOT_FOUND'])
    expect(codes(await vault.seal(ada, first))).toEqual(['CONFLICT'])
    expect(codes(await vault.seal(ada, await vault.next(ada, first, 'UPDATE', [ada.key.card, ben.key.card])))).toEqual(['NOT_FOUND'])
  })
  it('is kept from being done by a legal hold, until that is lifted', async () => {
    const first = await vault.record(ada)
    const { record } = first.manifest
    expect(await vault.hold(admin, 'place', record)).toEqual({ isOnHold: true, errors: [] })
    expect(codes(await vault.hold(admin, 'place', record))).toEqual(['ON_HOLD'])
    expect(codes(await vault.destroy(ada, record))).toEqual(['ON_HOLD'])
    // What is replaced under a hold is kept, and goes when the hold does.
    await vault.seal(ada, await vault.next(ada, first, 'UPDATE', [ada.key.card]))
    expect(await stored(record)).toEqual([{ version: 1, isThere: true }, { version: 2, isThere: true }])
    expect(await vault.hold(admin, 'lift', record)).toEqual({ isOnHold: false, errors: [] })
    expect(await stored(record)).toEqual([{ version: 1, isThere: false }, { version: 2, isThere: true }])
    expect(codes(await vault.hold(admin, 'lift', record))).toEqual(['NO_HOLD'])
    expect(await vault.destroy(ada, record)).toEqual({ isDestroyed: true, errors: [] })
  })
  it('meets a hold that is placed at once either way round, and never destroys what is held', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { manifest: { record } } = await vault.record(ada)
      const [destroyed, held] = await Promise.all([vault.destroy(ada, record), vault.hold(admin, 'place', record)])
      expect([codes(destroyed)[0] ?? 'done', codes(held)[0] ?? 'done'].toSorted()).toEqual(destroyed.isDestroyed ? ['NOT_FOUND', 'done'] : ['ON_HOLD', 'done'])
    }
  })
  it('holds are for administrators, and for standards editors who are cleared', async () => {
    const lou = await vault.person('Lou', { role: 'STANDARDS_EDITOR', by: ada })
    const { manifest: { record } } = await vault.record(ada)
    const { manifest: { record: own } } = await vault.record(ada, [lou])
    expect(await vault.hold(lou, 'place', record)).toEqual(await vault.hold(lou, 'place', recordIdOf(lou.key.fingerprint, 'AAAAAAAAAAAAAAAAAAAAAA')))
    expect(codes(await vault.hold(lou, 'place', own))).toEqual([])
    expect(codes(await vault.hold(ada, 'place', own))).toEqual(['FORBIDDEN'])
  })
})
