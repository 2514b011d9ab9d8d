import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { newWebhookSecret, pauseAfter, RETRIED_FOR, signedHeaders, WebhookSecrets } from '../../../src/syndication/webhooks/index.js'

const [HOUR, ENDPOINT] = [3_600_000, '00000000-0000-4000-8000-000000000001']

describe('the signature of an event', () => {
  const body = '{"type":"story.killed","words":"“é 🙂”"}'

  it('is one that receivers verify with the package of the standard', () => {
    const secret = newWebhookSecret()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const headers = signedHeaders('msg', new Date(), body, [secret])
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
    expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow(/No matching signature/)
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow(/No matching signature/)
    expect(() => new Webhook(secret).verify(body, { ...headers, 'webhook-id': 'other' })).toThrow(/No matching signature/)
    expect(() => new Webhook(secret).verify(body, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 1) })).toThrow(/No matching signature/)
    expect(() => new Webhook(secret).verify(body, signedHeaders('msg', new Date(Date.now() - 6 * 60_000), body, [secret]))).toThrow(/too old/)
  })

  it('is made with both secrets while one takes the place of the other', () => {
    const [one, two] = [newWebhookSecret(), newWebhookSecret()]
    const headers = signedHeaders('msg', new Date(), body, [two, one])
    for (const secret of [one, two]) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
    expect(headers['webhook-signature']!.split(' ')).toHaveLength(2)
  })
})

describe('the secret of an endpoint as it is stored', () => {
  const [first, second, third] = [1, 2, 3].map((n) => Buffer.alloc(32, n)) as [Buffer, Buffer, Buffer]

  it('is ciphertext that the server\'s secret alone opens, for its own endpoint alone', () => {
    const secret = newWebhookSecret()
    const sealed = new WebhookSecrets(first).seal(secret, ENDPOINT)
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain(secret.slice(6))
    expect(new WebhookSecrets(first).seal(secret, ENDPOINT)).not.toBe(sealed)
    expect(new WebhookSecrets(first).open(sealed, ENDPOINT)).toEqual({ secret, isOld: false })
    expect(new WebhookSecrets(first).open(sealed, ENDPOINT.replace(/1$/, '2'))).toBeUndefined()
    expect(new WebhookSecrets(second).open(sealed, ENDPOINT)).toBeUndefined()
    const bytes = Buffer.from(sealed, 'base64')
    bytes[20]! ^= 1
    expect(new WebhookSecrets(first).open(bytes.toString('base64'), ENDPOINT)).toBeUndefined()
    expect(new WebhookSecrets(first).open('', ENDPOINT)).toBeUndefined()
  })

  it('is read after the server\'s secret was changed, and known to need storing anew', () => {
    const secret = newWebhookSecret()
    const sealed = new WebhookSecrets(first).seal(secret, ENDPOINT)
    expect(new WebhookSecrets(second, [first]).open(sealed, ENDPOINT)).toEqual({ secret, isOld: true })
    expect(new WebhookSecrets(third, [second]).open(sealed, ENDPOINT)).toBeUndefined()
  })
})

describe('the pauses between attempts', () => {
  it('grow from seconds to a day, and vary by a fifth', () => {
    const pauses = Array.from({ length: 12 }, (_, n) => pauseAfter(n + 1, 0.5))
    expect(pauses[0]).toBe(5_000)
    expect(pauses.at(-1)).toBe(24 * HOUR)
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
    expect([pauseAfter(6, 0), pauseAfter(6, 0.999999)].map((pause) => Math.round(pause / 60_000))).toEqual([48, 72])
  })

  it('make a dozen attempts in three days', () => {
    let [elapsed, attempts] = [0, 1]
    for (; elapsed < RETRIED_FOR; attempts += 1) elapsed += pauseAfter(attempts, 0.5)
    expect(RETRIED_FOR).toBe(72 * HOUR)
    expect(attempts).toBeGreaterThanOrEqual(11)
    expect(attempts).toBeLessThanOrEqual(14)
  })

  it('last as long as the receiver asks for, up to a day', () => {
    expect(pauseAfter(1, 0.5, 600)).toBe(600_000)
    expect(pauseAfter(1, 0.5, 1)).toBe(5_000)
    expect(pauseAfter(1, 0.5, 9_999_999)).toBe(24 * HOUR)
  })
})
