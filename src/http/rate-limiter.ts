/** What one kind of viewer may send. */
export interface Rate {
  /** In a minute. Unused ones add up to a minute's worth. Undefined: any number. */
  readonly requests: number | undefined
  /** Whether requests from this machine itself are counted too. They come from a proxy in front, or from who is trying things out. */
  readonly countsLoopback: boolean
}

/** What a request may cost on average, where a viewer uses all of their requests. */
export const COST_OF_A_REQUEST = 100
/** Viewers that are remembered; who is forgotten starts with a full minute's worth. */
const MOST_KEYS = 50_000
const MINUTE = 60_000

interface Bucket { left: number; at: number }

/** Counts what each key uses, in buckets that fill up again by the clock. Its memory is bounded, however many keys there are. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()

  constructor(private readonly now: () => Date) {}

  /** Takes from a key's bucket. Seconds to wait where there is not enough in it; then nothing is taken. */
  take(key: string, perMinute: number, amount = 1): number {
    const bucket = this.#bucket(key, perMinute)
    // What is more than a whole bucket is let through on a full one, and paid off.
    if (bucket.left < Math.min(amount, perMinute)) return Math.max(1, Math.ceil(((Math.min(amount, perMinute) - bucket.left) / perMinute) * 60))
    bucket.left -= amount
    return 0
  }

  /** Takes back what was taken a moment ago. */
  giveBack(key: string, amount: number): void {
    const bucket = this.#buckets.get(key)
    if (bucket) bucket.left += amount
  }

  get size(): number {
    return this.#buckets.size
  }

  #bucket(key: string, perMinute: number): Bucket {
    const now = this.now().getTime()
    const known = this.#buckets.get(key)
    const bucket = known ?? { left: perMinute, at: now }
    bucket.left = Math.min(perMinute, bucket.left + (Math.max(0, now - bucket.at) * perMinute) / MINUTE)
    bucket.at = now
    // The last is the one used last.
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > MOST_KEYS) this.#buckets.delete(this.#buckets.keys().next().value!)
    return bucket
  }
}

/** An address as what is counted: a network of version 6 (/64) belongs to one household, and has more addresses than can be counted. */
export function addressKey(ip: string): string {
  if (!ip.includes(':')) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped) return mapped[1]!
  const [head = '', tail = ''] = ip.split('%')[0]!.split('::') as [string, string?]
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === '' ? [] : tail.split(':')
  const filled = ip.includes('::') ? [...groups, ...new Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest] : groups
  return filled.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':')
}

export function isLoopback(ip: string): boolean {
  return ip === '::1' || /^(::ffff:)?127\./i.test(ip)
}
