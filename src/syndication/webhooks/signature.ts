import { createHmac, randomBytes } from 'node:crypto'

/** Secrets as Standard Webhooks writes them: 24 to 64 random bytes in base64 behind a prefix. */
const PREFIX = 'whsec_'
const BYTES = 32

export function newWebhookSecret(): string {
  return PREFIX + randomBytes(BYTES).toString('base64')
}

/**
 * The headers of one attempt (Standard Webhooks 1.0): the id is the same at every attempt, the time is the attempt's own, and each secret
 * that is valid signs, so that a receiver may change from one to the other at any moment.
 */
export function signedHeaders(id: string, at: Date, body: string, secrets: readonly string[]): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1000)
  const signatures = secrets.map((secret) => `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(`${id}.${seconds}.${body}`).digest('base64')}`)
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') }
}
