import { z } from 'zod'
import type { LocalMemory, Trusted } from '../../vault/client/index.js'
import type { MemberCard, Pin } from '../../vault/seal/index.js'

const KEY = 'onrecord.vault.key'
const CONFIRMED = 'onrecord.vault.confirmed'
const SEEN = 'onrecord.vault.seen'

const trusted = z.record(z.string(), z.object({ name: z.string(), purpose: z.enum(['MEMBER', 'RECOVERY']) }))
const seen = z.record(z.string(), z.object({ version: z.number(), hash: z.string() }))

/** The key file that is kept in this browser, under its passphrase and in no other form. */
export const keptKey = (): string | null => localStorage.getItem(KEY)
export const keepKey = (text: string): void => localStorage.setItem(KEY, text)
/** What was confirmed and seen stays: it is what shows that a server goes back on its word. */
export const forgetKey = (): void => localStorage.removeItem(KEY)

/** What this browser remembers of the vault: fingerprints that were confirmed, and the version of each record that was seen last. Nothing of what a record says. */
export class BrowserMemory implements LocalMemory {
  async trusted(): Promise<Trusted> {
    return read(CONFIRMED, trusted)
  }

  async trust(fingerprint: string, { name, purpose }: Pick<MemberCard, 'name' | 'purpose'>): Promise<void> {
    localStorage.setItem(CONFIRMED, JSON.stringify({ ...read(CONFIRMED, trusted), [fingerprint]: { name, purpose } }))
  }

  async pins(): Promise<Readonly<Record<string, Pin>>> {
    return read(SEEN, seen)
  }

  async pin(record: string, { version, hash }: Pin): Promise<void> {
    const known = read(SEEN, seen)
    if ((known[record]?.version ?? 0) < version) localStorage.setItem(SEEN, JSON.stringify({ ...known, [record]: { version, hash } }))
  }
}

/** What the browser's own store was found to hold. */
export class DamagedMemory extends Error {}

function read<T>(name: string, schema: z.ZodType<T>): T {
  let value: unknown
  try {
    value = JSON.parse(localStorage.getItem(name) ?? '{}')
  } catch {
    value = undefined
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new DamagedMemory('What this browser remembers of the vault is damaged: it is what shows old records and other people\'s keys for what they are. Use "onrecord vault", or ask an administrator.')
  return parsed.data
}
