import { z } from 'zod'

/** The only reader of the process's environment. Every setting is described here, and the README's table is printed from it. */
const settings = {
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000).describe('Port of the server.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on. `0.0.0.0` to be reachable from other machines.'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'is not a postgresql:// address').optional().describe('A PostgreSQL server, 15 or later. Without it the database is embedded in the process.'),
  ONRECORD_POOL: z.coerce.number().int().min(1).max(500).default(10).describe('Most connections to the PostgreSQL server.'),
  ONRECORD_DATA: z.string().min(1).default('.onrecord').describe('Folder of the embedded database.'),
  ONRECORD_SECRETS: z.string().min(1).default('.onrecord-secrets').describe('Folder of the secrets that the server makes for itself on its first start. Not inside the data folder, so that a copy of the data tells nothing.'),
  ONRECORD_SECRET: z.string().regex(/^[0-9a-fA-F]{64,}$/, 'is not at least 64 hexadecimal digits; make one with "openssl rand -hex 32"').optional().describe('The secret itself, 64 hexadecimal digits or more, instead of a file: the same on every node.'),
  ONRECORD_DEMO: z.enum(['auto', 'on', 'off']).default('auto').describe('Demo stories and a staff token for trying: `auto` fills an embedded database that is empty.'),
  ONRECORD_PROFILE: z.string().min(1).default('house').describe('The checks that stories must pass to be published: `house`, `ap`, `reuters`, `bbc`, or the path of a profile in JSON. It says which rules run and how severe they are; what is an error stops publication until it is put right or waived.'),
  ONRECORD_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn').describe('How much is logged, as JSON lines on standard error.'),
}
const environment = z.object(settings)

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
