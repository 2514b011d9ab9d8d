import { Decrypter, Encrypter } from 'age-encryption'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  fingerprintOf, formProblem, keyFileText, keyFromFile, makeKey, manifestBytes, manifestHash, MOST_PLAINTEXT, openSealed, parseContent, sealNew, sealNext, SealError, sha256Hex, sign, SIZE_CLASSES, verifySealed,
  type MemberCard, type OpenRequest, type SealedRecord, type SecretKey, type SignedManifest,
} from '../../src/vault/seal/index.js'
import { content, NAME } from './people.js'

let ada: SecretKey, ben: SecretKey, cy: SecretKey
let sealed: SealedRecord
beforeAll(async () => {
  ;[ada, ben, cy] = await Promise.all([makeKey('Ada', 'MEMBER'), makeKey('Ben', 'MEMBER'), makeKey('Cy', 'MEMBER')])
  sealed = await sealNew(content(), [ada.card, ben.card], ada)
})

const cards = (...keys: readonly SecretKey[]) => new Map<string, MemberCard>(keys.map(({ card, fingerprint }) => [fingerprint, card]))
const request = (given: SealedRecord, change: Partial<OpenRequest> = {}): OpenRequest => ({ record: given.manifest.record, ciphertext: given.ciphertext, manifests: [given], cards: cards(ada, ben, cy), pin: undefined, isTrusted: () => true, ...change })
const codeOf = async (work: Promise<unknown>) => work.then(() => 'opened', (error: unknown) => (error instanceof SealError ? error.code : `${String(error)}`))
/** The manifest changed, and signed anew by `by`. */
const resigned = ({ manifest, ciphertext }: SealedRecord, change: object, by: SecretKey): SealedRecord => {
  const changed = { ...manifest, ...change }
  return { manifest: changed, signature: sign(manifestBytes(changed), by.signingSecret), ciphertext }
}
const pinOf = ({ manifest }: SignedManifest) => ({ version: manifest.version, hash: manifestHash(manifest) })

describe('a sealed record', () => {
  it('opens for everybody it is sealed to, and says what was sealed', async () => {
    for (const key of [ada, ben]) expect((await openSealed(request(sealed), key)).content).toEqual(content())
  })
  it('does not open for anybody else', async () => {
    expect(await codeOf(openSealed(request(sealed), cy))).toBe('NOT_FOR_THIS_KEY')
    const decrypter = new Decrypter()
    decrypter.addIdentity(cy.identity)
    await expect(decrypter.decrypt(sealed.ciphertext)).rejects.toThrow()
  })
  it('is another ciphertext each time, with another id, for the same content', async () => {
    const again = await sealNew(content(), [ada.card, ben.card], ada)
    expect(again.ciphertext).not.toEqual(sealed.ciphertext)
    expect(again.manifest.record).not.toBe(sealed.manifest.record)
  })
  it('holds no word of its content', () => {
    const bytes = Buffer.from(sealed.ciphertext)
    for (const word of [NAME, 'harbor-plan-1', 'officials', 'identity']) expect(bytes.includes(word)).toBe(false)
    expect(JSON.stringify(sealed.manifest)).not.toContain('harbor')
  })
  it('has one of a few sizes, whatever the length of the name', async () => {
    const sizes = await Promise.all(['Al', NAME, 'x'.repeat(400)].map(async (name) => (await sealNew(content({ identity: { name } }), [ada.card], ada)).ciphertext.length))
    expect(new Set(sizes).size).toBe(1)
    const all = new Set<number>()
    for (const notes of [1, 3_000, 10_000, 19_000]) all.add((await sealNew(content({ notes: 'n'.repeat(notes), contacts: Array.from({ length: notes === 19_000 ? 8 : 0 }, () => ({ kind: 'x', value: 'y', note: 'z'.repeat(15_000) })) }), [ada.card], ada)).ciphertext.length)
    expect(all.size).toBe(3)
  })
  it('is refused before it is sealed where it is larger than the largest size', async () => {
    const large = content({ contacts: Array.from({ length: 12 }, () => ({ kind: 'x', value: 'y', note: 'z'.repeat(19_000) })) })
    expect(JSON.stringify(large).length).toBeGreaterThan(MOST_PLAINTEXT)
    expect(await codeOf(sealNew(large, [ada.card], ada))).toBe('TOO_LARGE')
  })
  it('comes out as it went in, whatever stands in it', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }).filter((text) => text.trim() !== ''), async (notes) => {
      const given = content({ notes })
      expect((await openSealed(request(await sealNew(given, [ada.card], ada)), ada)).content).toEqual(JSON.parse(JSON.stringify(given)))
    }), { numRuns: 15 })
  })
})

describe('a client refuses', () => {
  it('a ciphertext that was altered by one bit, wherever that is', async () => {
    for (const at of [0, 30, 70, 180, 300, sealed.ciphertext.length - 1]) {
      const ciphertext = Uint8Array.from(sealed.ciphertext, (byte, index) => (index === at ? byte ^ 1 : byte))
      expect(await codeOf(openSealed(request(sealed, { ciphertext }), ada)), String(at)).toMatch(/^(HASH_DIFFERS|FORM_WRONG)$/)
    }
  })
  it('the ciphertext of another record, and the whole of another record', async () => {
    const other = await sealNew(content({ identity: { name: 'Somebody Else' } }), [ada.card, ben.card], ada)
    expect(await codeOf(openSealed(request(sealed, { ciphertext: other.ciphertext }), ada))).toBe('HASH_DIFFERS')
    expect(await codeOf(openSealed(request(other, { record: sealed.manifest.record }), ada))).toBe('RECORD_DIFFERS')
  })
  it('a ciphertext that a cleared person put under another record’s manifest', async () => {
    const other = await sealNew(content({ identity: { name: 'Somebody Else' } }), [ada.card, ben.card], ada)
    const swapped = { ...resigned(sealed, { hash: sha256Hex(other.ciphertext) }, ada), ciphertext: other.ciphertext }
    expect(await codeOf(openSealed(request(swapped), ada))).toBe('RECORD_DIFFERS')
  })
  it('a manifest that was altered, or signed by somebody else', async () => {
    expect(await codeOf(openSealed(request({ ...sealed, manifest: { ...sealed.manifest, recipients: [...sealed.manifest.recipients, cy.fingerprint].sort() } }), ada))).toBe('SIGNATURE_WRONG')
    expect(await codeOf(openSealed(request(resigned(sealed, {}, cy)), ada))).toBe('SIGNATURE_WRONG')
    expect(await codeOf(openSealed(request(sealed, { cards: cards(ben) }), ada))).toBe('SIGNER_UNKNOWN')
  })
  it('a record that was sealed by a key which nobody here has confirmed', async () => {
    expect(await codeOf(openSealed(request(sealed, { isTrusted: (fingerprint) => fingerprint !== ada.fingerprint }), ben))).toBe('SIGNER_UNKNOWN')
  })
  it('a server that shows another card under a signer’s fingerprint', async () => {
    const forged = resigned(sealed, {}, cy)
    expect(await codeOf(openSealed(request(forged, { cards: new Map([[ada.fingerprint, cy.card]]) }), ada))).toBe('SIGNER_UNKNOWN')
  })
  it('a version that is older than the one it has seen', async () => {
    const next = await sealNext(content({ notes: 'newer' }), sealed.manifest, 'UPDATE', [ada.card, ben.card], ada)
    expect(await codeOf(openSealed(request(sealed, { pin: pinOf(next) }), ada))).toBe('ROLLED_BACK')
    expect((await openSealed(request(next, { pin: pinOf(sealed), manifests: [sealed, next] }), ada)).content.notes).toBe('newer')
  })
  it('another version in the place of the one it has seen, and one that does not follow', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map((notes) => sealNext(content({ notes }), sealed.manifest, 'UPDATE', [ada.card, ben.card], ada)))
    expect(await codeOf(openSealed(request(two!, { pin: pinOf(one!) }), ada))).toBe('BRANCHED')
    const third = await sealNext(content(), two!.manifest, 'UPDATE', [ada.card, ben.card], ada)
    expect(await codeOf(openSealed(request(third, { pin: pinOf(one!), manifests: [one!, third] }), ada))).toBe('BRANCHED')
    expect(await codeOf(openSealed(request(third, { pin: pinOf(sealed), manifests: [sealed, third] }), ada))).toBe('BRANCHED')
  })
  it('a version that was sealed by somebody whom the one before did not clear', async () => {
    const byStranger = resigned(await sealNext(content(), sealed.manifest, 'GRANT', [ada.card, ben.card, cy.card], cy), {}, cy)
    expect(await codeOf(openSealed(request(byStranger, { pin: pinOf(sealed), manifests: [sealed, byStranger] }), ada))).toBe('SIGNER_UNKNOWN')
  })
  it('a ciphertext that opens for other keys than its manifest names', async () => {
    const forCy = await sealNext(content(), sealed.manifest, 'UPDATE', [cy.card, ben.card], ada)
    const lying = resigned(forCy, { recipients: [ada.fingerprint, ben.fingerprint].sort() }, ada)
    expect(await codeOf(openSealed(request(lying), ada))).toBe('ALTERED')
  })
  it('a ciphertext that holds no record', async () => {
    const encrypter = new Encrypter()
    encrypter.addRecipient(ada.card.recipient)
    encrypter.addRecipient(ben.card.recipient)
    for (const plain of [new Uint8Array(SIZE_CLASSES[0]), new Uint8Array(SIZE_CLASSES[0]).fill(255)]) {
      const ciphertext = await encrypter.encrypt(plain)
      expect(await codeOf(openSealed({ ...request(resigned(sealed, { hash: sha256Hex(ciphertext) }, ada)), ciphertext }, ada))).toBe('CONTENT_WRONG')
    }
  })
  it('nothing of a record that is whole, also without opening it', () => expect(verifySealed(request(sealed)).pin).toEqual(pinOf(sealed)))
})

describe('the form of a ciphertext', () => {
  const passphrase = async () => { const encrypter = new Encrypter(); encrypter.setScryptWorkFactor(10); encrypter.setPassphrase('correct horse'); return encrypter.encrypt(new Uint8Array(SIZE_CLASSES[0])) }
  const sealedTo = async (keys: readonly SecretKey[], size: number) => { const encrypter = new Encrypter(); for (const { card } of keys) encrypter.addRecipient(card.recipient); return encrypter.encrypt(new Uint8Array(size)) }
  const armoured = (bytes: Uint8Array) => Buffer.from(`-----BEGIN AGE ENCRYPTED FILE-----\n${Buffer.from(bytes).toString('base64')}\n-----END AGE ENCRYPTED FILE-----\n`)
  const header = (text: string) => Buffer.concat([Buffer.from(text), Buffer.alloc(4 * 1024 + 32)])
  const b43 = Buffer.alloc(32, 7).toString('base64').replace('=', '')
  it.each<[string, () => Promise<Uint8Array>, string]>([
    ['plaintext', async () => Buffer.from(JSON.stringify(content())), 'NOT_AGE'],
    ['nothing', async () => new Uint8Array(), 'NOT_AGE'],
    ['an OpenPGP message', async () => Buffer.from([0x85, 0x02, 0x0c, 0x03, ...Buffer.alloc(500, 9)]), 'NOT_AGE'],
    ['an armoured OpenPGP message', async () => Buffer.from('-----BEGIN PGP MESSAGE-----\n\nhQIM\n-----END PGP MESSAGE-----\n'), 'ARMOURED'],
    ['a CMS envelope', async () => Buffer.from('MIIBHgYJKoZIhvcNAQcDoIIBDzCCAQsCAQAxgcA', 'base64'), 'NOT_AGE'],
    ['a record, armoured', async () => armoured(sealed.ciphertext), 'ARMOURED'],
    ['a record, armoured twice', async () => armoured(armoured(sealed.ciphertext)), 'ARMOURED'],
    ['a record behind a space', async () => Buffer.concat([Buffer.from(' '), sealed.ciphertext]), 'NOT_AGE'],
    ['a passphrase’s ciphertext', passphrase, 'FOREIGN_STANZA'],
    ['one that opens for one key more', () => sealedTo([ada, ben, cy], SIZE_CLASSES[0]), 'STANZA_COUNT'],
    ['one that opens for one key less', () => sealedTo([ada], SIZE_CLASSES[0]), 'STANZA_COUNT'],
    ['one that is not padded', () => sealedTo([ada, ben], 100), 'NOT_PADDED'],
    ['one that is cut off at its end', async () => sealed.ciphertext.subarray(0, -1), 'NOT_PADDED'],
    ['one that is cut off in its header', async () => sealed.ciphertext.subarray(0, 120), 'NOT_AGE'],
    ['one with more behind it', async () => Buffer.concat([sealed.ciphertext, Buffer.alloc(1)]), 'NOT_PADDED'],
    ['one of 10 MB', async () => Buffer.concat([sealed.ciphertext, Buffer.alloc(10_000_000)]), 'TOO_LARGE'],
    ['an SSH key’s stanza', async () => header(`age-encryption.org/v1\n-> ssh-ed25519 abcd ${b43}\n${b43}\n--- ${b43}\n`), 'FOREIGN_STANZA'],
    ['a decoy stanza beside the right ones', async () => header(`age-encryption.org/v1\n-> X25519 ${b43}\n${b43}\n-> x-grease\n\n--- ${b43}\n`), 'FOREIGN_STANZA'],
    ['base64 that has two forms', async () => header(`age-encryption.org/v1\n-> X25519 ${b43.slice(0, 42)}9\n${b43}\n--- ${b43}\n`), 'NOT_AGE'],
    ['lines that end as on Windows', async () => Buffer.from(Buffer.from(sealed.ciphertext).toString('latin1').replaceAll('\n', '\r\n'), 'latin1'), 'NOT_AGE'],
    ['another version of age', async () => header('age-encryption.org/v2\n'), 'NOT_AGE'],
  ])('refuses %s', async (_what, make, code) => expect(formProblem(await make(), 2)?.code).toBe(code))
  it('takes what was sealed', () => expect(formProblem(sealed.ciphertext, 2)).toBeUndefined())
  it('never says that it is right after a change of its length, and never fails', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(sealed.ciphertext.length - 1), (noise, at) => {
      expect(formProblem(noise, 2)).toBeDefined()
      fc.pre(at + noise.length !== sealed.ciphertext.length)
      expect(formProblem(Buffer.concat([sealed.ciphertext.subarray(0, at), noise]), 2)).toBeDefined()
    }), { numRuns: 200 })
  })
})

describe('what a record says', () => {
  it.each<[string, unknown, string]>([
    ['without an identity', { entries: [] }, 'identity'], ['with an empty name', { identity: { name: ' ' } }, 'identity.name'], ['with a field of another format', { identity: { name: 'x' }, secret: 1 }, ''],
    ['with unknown terms', { identity: { name: 'x' }, terms: [{ story: 's', source: 'k', terms: 'NEVER' }] }, 'terms.0.terms'], ['with a day that is none', { identity: { name: 'x' }, keepUntil: '2026-02-30' }, 'keepUntil'], ['as a list', [], ''],
  ])('is refused %s, by its place and without its words', (_what, value, path) => {
    const parsed = parseContent(value)
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toEqual([path])
    expect(JSON.stringify(parsed)).not.toContain('NEVER')
  })
})

describe('a key file', () => {
  it('opens with its passphrase alone, and holds no secret in the clear', async () => {
    const text = await keyFileText(ada, 'four random words here')
    expect(text).not.toContain('AGE-SECRET-KEY')
    expect(await keyFromFile(text, 'four random words here')).toEqual(ada)
    expect(await codeOf(keyFromFile(text, 'wrong'))).toBe('WRONG_PASSPHRASE')
  })
  it.each(['', '{}', 'not json', '{"onrecordVaultKey":1}', '-----BEGIN AGE ENCRYPTED FILE-----\nxx\n-----END AGE ENCRYPTED FILE-----\n'])('is refused as %j', async (text) => {
    expect(await codeOf(keyFromFile(text, 'x'))).toMatch(/^(KEY_WRONG|WRONG_PASSPHRASE)$/)
  })
  it('has a fingerprint that changes with the name, the purpose and either key', () => {
    const all = [ada.card, { ...ada.card, name: 'Eve' }, { ...ada.card, purpose: 'RECOVERY' as const }, { ...ada.card, recipient: ben.card.recipient }, { ...ada.card, signingKey: ben.card.signingKey }].map(fingerprintOf)
    expect(new Set(all).size).toBe(all.length)
  })
})
