import { isIP } from 'node:net'
import { z } from 'zod'

/** In digits alone: what is blank is no number, and not 0. */
function whole(least: number, most: number, error = `is not a whole number from ${least} to ${most}`) {
  return z.string().regex(/^\s*\d+\s*$/, error).transform(Number).pipe(z.number().min(least, error).max(most, error))
}

/** Requests in a minute. Undefined where left out: then the usual number, not counting this machine itself. */
function rate(whose: string) {
  return whole(0, 100_000_000, `is not a number of requests ${whose}`).optional()
}

function rateMeans(whose: string): string {
  return `Requests a minute of ${whose}; \`0\` for any number. More get 429 and \`Retry-After\`. Where it is left out, 6000, and requests from this machine itself are not counted.`
}

/** "2" is a number of proxies, "10.0.0.1, 10.0.0.2" are their addresses. */
function proxies(text: string | undefined): number | string[] | undefined {
  if (text === undefined) return undefined
  return /^\s*\d+\s*$/.test(text) ? Number(text) : text.split(',').map((address) => address.trim())
}

/** What cannot be an address or a network is refused here; the server would fail of it. */
function areProxies(text: string): boolean {
  const given = proxies(text)
  return !Array.isArray(given) || given.every(isAddressOrNetwork)
}

function isAddressOrNetwork(text: string): boolean {
  const [, address = '', bits] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const kind = isIP(address)
  return kind > 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= (kind === 4 ? 32 : 128)))
}

/** The only reader of the process's environment. Every setting is described here, and the README's table is printed from it. */
const settings = {
  PORT: whole(0, 65_535).default(4000).describe('Port of the server.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on. `0.0.0.0` to be reachable from other machines.'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'is not a postgresql:// address').optional().describe('A PostgreSQL server, 15 or later. Without it the database is embedded in the process.'),
  ONRECORD_POOL: whole(1, 500).default(10).describe('Most connections to the PostgreSQL server.'),
  ONRECORD_DATA: z.string().min(1).default('.onrecord').describe('Folder of the embedded database.'),
  ONRECORD_SECRETS: z.string().min(1).default('.onrecord-secrets').describe('Folder of the secrets that the server makes for itself on its first start. Not inside the data folder, so that a copy of the data tells nothing.'),
  ONRECORD_SECRET: z.string().regex(/^[0-9a-fA-F]{64,}(\s*,\s*[0-9a-fA-F]{64,})*$/, 'is not at least 64 hexadecimal digits, or several such parted by commas; make one with "openssl rand -hex 32"').optional().describe('The secret itself, 64 hexadecimal digits or more, instead of a file: the same on every node. Several, parted by commas, while it is changed: the first is used, the others are still taken.'),
  ONRECORD_OIDC_ISSUER: z.string().min(1).optional().describe('Has staff sign in with an OpenID Connect provider as well: its issuer, exactly as its discovery document has it.'),
  ONRECORD_OIDC_AUDIENCE: z.string().min(1).optional().describe('What the provider\'s tokens for this server name as their audience.'),
  ONRECORD_OIDC_ROLES: z.string().min(1).optional().describe('Which claim gives which role, in JSON: `{"claim": "groups", "roles": {"desk": "reporter", "masthead": "editor"}}`. The claim is a name, or the list of names that lead to it. Of several roles the highest counts; whoever has none is not staff.'),
  ONRECORD_OIDC_JOURNALIST_CLAIM: z.string().min(1).optional().describe('The claim with the key under which bylines name somebody, who then cannot waive findings of their own stories.'),
  ONRECORD_OIDC_DESK_CLIENT: z.string().min(1).optional().describe('Has staff sign in at the desk with that provider: the id of a public client (authorization code, PKCE) with the redirect address `…/desk/sign-in`, from whose page the provider lets its token endpoint be asked.'),
  ONRECORD_OIDC_DESK_SCOPE: z.string().min(1).optional().describe('What the desk asks the provider for; `openid profile` where not set.'),
  ONRECORD_DEMO: z.enum(['auto', 'on', 'off']).default('auto').describe('Demo stories and a staff token for trying: `auto` fills an embedded database that is empty.'),
  ONRECORD_PROFILE: z.string().min(1).default('house').describe('The checks that stories must pass to be published: `house`, `ap`, `reuters`, `bbc`, or the path of a profile in JSON. It says which rules run and how severe they are; what is an error stops publication until it is put right or waived.'),
  ONRECORD_INTROSPECTION: z.enum(['auto', 'on', 'off']).default('auto').describe('Whether readers may ask the public contract for its schema; staff and partners always may. `auto`: while the database is embedded.'),
  ONRECORD_GRAPHIQL: z.enum(['auto', 'on', 'off']).default('auto').describe('Whether GraphiQL is served. `auto`: while the database is embedded.'),
  ONRECORD_PERSISTED_DOCUMENTS: z.string().min(1).optional().describe('A file of registered documents, `{"hash": "document"}` with SHA-256, as graphql-codegen writes it. They can be asked by their hash.'),
  ONRECORD_REGISTERED_ONLY: z.enum(['on', 'off']).default('off').describe('Whether readers may send registered documents only. For a partner, the contract says it.'),
  ONRECORD_RATE_READERS: rate('for a reader, by address').describe(rateMeans('a reader, told apart by address')),
  ONRECORD_RATE_PARTNERS: rate('for a partner').describe(rateMeans('a partner')),
  ONRECORD_RATE_STAFF: rate('for one of the staff').describe(rateMeans('one of the staff')),
  ONRECORD_TRUST_PROXY: z.string().refine(areProxies, 'is neither a number of proxies nor a list of their addresses, such as 10.0.0.1 or 10.0.0.0/8, parted by commas').optional().transform(proxies).describe('Proxies in front whose word on a reader\'s address is taken (`X-Forwarded-For`): how many there are, or their addresses, such as `10.0.0.0/8`.'),
  ONRECORD_MOST_IN_FLIGHT: whole(1, 100_000).default(512).describe('Requests of one contract that are answered at a time; more get 503 and `Retry-After`. Staff have places of their own.'),
  ONRECORD_CACHE_MB: whole(0, 100_000).default(64).describe('Megabytes of memory in which answers of the public contract are kept, to be given again until something changes; `0` keeps none. See Links and caches.'),
  ONRECORD_REVISIONS_MB: whole(0, 100_000).default(24).describe('Megabytes of published revisions, which never change, held in memory: every request asks the database which it may read, and is sent what is not held, and nothing of a page of a list that is still the same; `0` holds none.'),
  ONRECORD_AUDIT_LOG: z.string().min(1).optional().describe('File that the signed heads of the audit log are written to, outside the database; `audit-heads.jsonl` in the folder of the secrets where not set. Copy it to where the administrators of the server cannot write.'),
  ONRECORD_WEBHOOKS: z.enum(['on', 'off']).default('on').describe('Whether this process sends events to partners. With several nodes, one that does is enough.'),
  ONRECORD_WEBHOOKS_LOOPBACK: z.enum(['on', 'off']).default('off').describe('Whether events may go to this machine itself, without TLS: for trying and for tests.'),
  ONRECORD_PURGE_URL: z.url({ protocol: /^https?$/, error: 'is not an https:// or http:// address' }).optional().describe('Where a cache in front is told which answers to forget, as soon as a story changes in public. See Links and caches.'),
  ONRECORD_PURGE_METHOD: z.enum(['POST', 'PURGE']).default('POST').describe('The method of these requests.'),
  ONRECORD_PURGE_TOKEN: z.string().regex(/^[\x21-\x7e]+$/, 'cannot be sent in a header').optional().describe('Sent with them, as `Authorization: Bearer` and as `Fastly-Key`.'),
  ONRECORD_RECALL_MINUTES: whole(1, 100_000).default(30).describe('Minutes within which partners should acknowledge that a story was killed, withdrawn or held; then the newsroom is told.'),
  ONRECORD_CORRECTION_MINUTES: whole(1, 100_000).default(1440).describe('The same for corrections, and for stories that were unpublished.'),
  ONRECORD_URL: z.url({ protocol: /^https?$/, error: 'is not an https:// or http:// address' }).default('http://127.0.0.1:4000').describe('For `onrecord vault` and `onrecord check --vault`: the server to talk to. Only to this machine without TLS.'),
  ONRECORD_TOKEN: z.string().min(1).optional().describe('For the same: your staff token.'),
  ONRECORD_TOKEN_FILE: z.string().min(1).optional().describe('For the same: a file with your staff token, instead.'),
  ONRECORD_KEYS: z.string().min(1).optional().describe('For the same: the folder of your vault key and of what you have confirmed; `onrecord` in `$XDG_CONFIG_HOME` or `~/.config` where not set.'),
  ONRECORD_PASSPHRASE_FILE: z.string().min(1).optional().describe('For the same: a file with the passphrase of your key, instead of a question at the terminal.'),
  XDG_CONFIG_HOME: z.string().min(1).optional().describe('See `ONRECORD_KEYS`.'),
  ONRECORD_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn').describe('How much is logged, as JSON lines on standard error. At `info`, a line for each request.'),
  ONRECORD_METRICS_PORT: whole(0, 65_535).optional().describe('Port at which `/metrics` is served for Prometheus, apart from the API. Without it, nowhere.'),
  ONRECORD_METRICS_HOST: z.string().min(1).default('127.0.0.1').describe('Address of that port. Whoever reaches it can read the metrics.'),
}
const environment = z.object(settings).refine(({ PORT, HOST, ONRECORD_METRICS_PORT: port, ONRECORD_METRICS_HOST: host }) => port === 0 || port !== PORT || host !== HOST, {
  path: ['ONRECORD_METRICS_PORT'], error: 'is PORT, at which the API is served; give the metrics another one',
})

export type Env = z.output<typeof environment>

/** @throws an error that names each setting that is wrong, and why. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  // An empty variable means one that is not set.
  const given = Object.fromEntries(Object.keys(settings).map((name) => [name, source[name] === '' ? undefined : source[name]]))
  const result = environment.safeParse(given)
  if (result.success) return result.data
  throw new Error(`The environment is not right:\n${result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n')}`)
}

/** The settings as a Markdown table. */
export function settingsTable(): string {
  const rows = Object.entries(settings).map(([name, schema]) => {
    const usual = schema.safeParse(undefined)
    return `| \`${name}\` | ${usual.success && usual.data !== undefined ? `\`${usual.data}\`` : '–'} | ${schema.description} |`
  })
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n')
}

/** Where the heads of the audit log are written to. */
export function auditLogOf(env: Pick<Env, 'ONRECORD_AUDIT_LOG' | 'ONRECORD_SECRETS'>): string {
  return env.ONRECORD_AUDIT_LOG ?? `${env.ONRECORD_SECRETS}/audit-heads.jsonl`
}
