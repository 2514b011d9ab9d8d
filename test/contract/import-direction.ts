import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What each room of `src` may import from. A room is a folder; `database/read` and `syndication/formats` are rooms inside others. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  // Pure: the one shape, and what works on nothing else.
  document: [],
  checks: ['document'],
  extraction: ['document'],
  'syndication/formats': ['document'],

  // What partners are told of, and what they have: written in the transaction of the change.
  'syndication/ledger': ['access', 'database', 'database/read', 'graphql', 'stories', 'syndication'],
  'syndication/webhooks': ['access', 'database', 'database/read', 'graphql', 'stories', 'syndication', 'syndication/ledger'],

  database: ['document'],
  'database/read': ['access', 'database', 'document'],
  access: ['database'],
  audit: ['access', 'database', 'graphql'],
  vault: ['access', 'audit', 'database', 'graphql', 'vault/seal'],
  // What runs at the user's side: nothing of ours, and nothing that a browser lacks.
  'vault/seal': [],
  'vault/client': ['checks', 'document', 'vault/seal'],

  agreements: ['access', 'database', 'database/read', 'document', 'findings', 'graphql', 'sources', 'stories'],
  findings: ['access', 'agreements', 'audit', 'checks', 'database', 'database/read', 'document', 'graphql', 'quotes', 'sources', 'statements', 'stories', 'workers'],
  stories: ['access', 'agreements', 'audit', 'checks', 'database', 'database/read', 'document', 'extraction', 'findings', 'graphql', 'quotes', 'sources', 'statements', 'syndication/ledger', 'vault', 'workers'],
  quotes: ['access', 'audit', 'database', 'database/read', 'document', 'graphql', 'sources', 'statements', 'stories'],
  sources: ['access', 'agreements', 'audit', 'database', 'database/read', 'document', 'graphql', 'quotes', 'statements', 'stories'],
  statements: ['access', 'audit', 'database', 'database/read', 'document', 'graphql', 'quotes', 'sources', 'stories'],
  search: ['access', 'database', 'database/read', 'document', 'graphql', 'quotes', 'sources', 'statements', 'stories'],
  syndication: ['access', 'audit', 'database', 'database/read', 'document', 'graphql', 'stories', 'syndication/formats', 'syndication/ledger', 'syndication/webhooks'],
  // What is told of requests to the outside: log, metrics, spans, ids.
  telemetry: ['access', 'database'],
  graphql: ['access', 'agreements', 'audit', 'checks', 'database', 'database/read', 'document', 'findings', 'quotes', 'search', 'sources', 'statements', 'stories', 'syndication', 'syndication/ledger', 'syndication/webhooks', 'telemetry', 'vault', 'workers'],

  demo: ['access', 'agreements', 'checks', 'database', 'document', 'findings', 'stories'],
  // Talks GraphQL with the server, and shares no code with it but what is pure, and what happens at the user's side alone: the shape, sealing and opening, and checks with what was opened.
  desk: ['checks', 'document', 'vault/client', 'vault/seal'],
  // Threads for work on text that must not hold up the event loop.
  workers: ['checks', 'document', 'extraction'],
  cli: ['access', 'agreements', 'audit', 'checks', 'database', 'database/read', 'demo', 'document', 'env.ts', 'extraction', 'findings', 'graphql', 'server-syndication.ts', 'server.ts', 'stories', 'syndication', 'syndication/formats', 'syndication/ledger', 'syndication/webhooks', 'vault/client', 'vault/seal', 'workers'],

  // What happens to a request in front of GraphQL.
  http: ['access', 'database', 'database/read', 'graphql', 'syndication/ledger', 'telemetry'],

  'env.ts': [],
  'server.ts': ['access', 'audit', 'database', 'database/read', 'findings', 'graphql', 'http', 'stories', 'syndication', 'syndication/ledger', 'syndication/webhooks', 'telemetry', 'workers'],
  'server-limits.ts': ['env.ts', 'graphql', 'http', 'server.ts'],
  'server-syndication.ts': ['access', 'database', 'env.ts', 'syndication/ledger', 'syndication/webhooks', 'telemetry'],
  'serve.ts': ['access', 'database', 'demo', 'env.ts', 'findings', 'http', 'server-limits.ts', 'server-syndication.ts', 'server.ts', 'stories', 'syndication', 'telemetry', 'workers'],
  'main.ts': ['access', 'cli', 'database', 'env.ts', 'serve.ts'],
  // How the programs are built.
  'vite.config.ts': [],
}

/**
 * The doors of a room: the files that other rooms may import. Where nothing is said, `index.ts` alone. The shared kit of the GraphQL layer
 * has no one door.
 */
const DOORS: Readonly<Record<string, RegExp>> = { graphql: /./, demo: /^(index|fill)\.ts$/, cli: /^failure\.ts$/ }

/**
 * The GraphQL layer. Its types lead to each other across domains (Story ↔ Quote ↔ Attribution), so its files may import each other
 * whichever domain they are in; nothing else may import them.
 */
const GRAPHQL_FILE = /\.(types?|resolver|mutations|subscription|inputs?|scalar)\.ts$/
const GRAPHQL_FILES: ReadonlySet<string> = new Set(['stories/story-index.ts', 'stories/story-connection.ts', 'quotes/quote-lists.ts', 'sources/enums.ts', 'search/snippet.ts'])

/** Packages that belong to one part of the house, and who may import them. */
const PACKAGES: readonly { readonly of: RegExp; readonly only: string; readonly may: (file: string, room: string) => boolean }[] = [
  { of: /^(graphql|type-graphql|@apollo\/server|@as-integrations\/fastify|@graphql-tools\/.*)(\/|$)/, only: 'the GraphQL layer, http and server.ts', may: (file, room) => isGraphQL(file) || file === 'server.ts' || room === 'http' },
  { of: /^(@prisma\/.*|pg|@electric-sql\/pglite|pglite-prisma-adapter)(\/|$)/, only: 'database', may: (_file, room) => room === 'database' },
  { of: /^jose$/, only: 'access', may: (_file, room) => room === 'access' },
  { of: /^graphql-ws(\/|$)/, only: 'graphql, and the desk as its client', may: (_file, room) => room === 'graphql' || room === 'desk' },
  { of: /^(fastify|@fastify\/.*|ws)(\/|$)/, only: 'server.ts, http, telemetry, graphql and syndication', may: (file, room) => file === 'server.ts' || file === 'server-syndication.ts' || room === 'graphql' || room === 'http' || room === 'telemetry' || room === 'syndication' },
]

const PURE: ReadonlySet<string> = new Set(['document', 'checks', 'extraction', 'syndication/formats', 'vault/client', 'vault/seal'])
/** What tells of the outside world: files, network, clock of the process, other processes. */
const IMPURE_MODULE = /^node:(?!(crypto|util|buffer|url)$)/
const VAULT_TABLE = /"(?:Vault\w*|LegalHold)"|\bprisma\.(?:vault\w*|legalHold)/
const AUDIT_TABLE = /"Audit(?:Record|Payload)"|\bprisma\.audit\w*/

export interface SourceFile {
  /** From `src`, with forward slashes: `stories/story.types.ts`. */
  readonly path: string
  readonly text: string
}

/** Every import that goes against the direction of the house, as `file: what is wrong`. */
export function importProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const wrong = importsOf(file.text).flatMap((specifier) => problemOf(file.path, specifier) ?? [])
    if (roomOf(file.path) !== 'vault' && VAULT_TABLE.test(file.text)) wrong.push('names a table of the vault; only vault touches those')
    if (roomOf(file.path) !== 'audit' && AUDIT_TABLE.test(file.text)) wrong.push('names a table of the audit log; only audit touches those')
    return wrong.map((problem) => `src/${file.path}: ${problem}`)
  })
}

function problemOf(from: string, specifier: string): string | undefined {
  const room = roomOf(from)
  if (MAY_IMPORT[room] === undefined) return `"${room}" is a new room; say in ${'test/contract/import-direction.ts'} what it may import`
  if (!specifier.startsWith('.')) return packageProblem(from, room, specifier)
  const to = normalize(join(dirname(from), specifier)).replace(/\.js$/, '.ts')
  if (to.startsWith('..')) return `imports ${specifier}, which is outside src`
  const target = roomOf(to)
  if (target === room) return !isGraphQL(from) && isGraphQL(to) && room !== 'graphql' ? `imports ${to}, a file of the GraphQL layer, and is none itself` : undefined
  if (!MAY_IMPORT[room].includes(target)) return `imports ${to}; ${room} may import ${MAY_IMPORT[room].length > 0 ? `only ${MAY_IMPORT[room].join(', ')}` : 'nothing of ours'}`
  if (isGraphQL(to)) return isGraphQL(from) || PROCESS.has(room) ? undefined : `imports ${to}, a file of the GraphQL layer, and is none itself`
  // A room inside another knows the house it is in.
  if (room.startsWith(`${target}/`)) return undefined
  const inside = target.endsWith('.ts') ? 'index.ts' : to.slice(target.length + 1)
  return (DOORS[target] ?? /^index\.ts$/).test(inside) ? undefined : `imports ${to}; ${target} is entered through its index.ts`
}

const PROCESS: ReadonlySet<string> = new Set(['server.ts', 'server-limits.ts', 'main.ts', 'cli', 'http'])

function packageProblem(from: string, room: string, specifier: string): string | undefined {
  if (room.startsWith('vault/') && specifier.startsWith('node:')) return `imports ${specifier}; ${room} runs in a browser too`
  if (PURE.has(room) && IMPURE_MODULE.test(specifier)) return `imports ${specifier}; ${room} is pure`
  const owned = PACKAGES.find(({ of }) => of.test(specifier))
  return owned && !owned.may(from, room) ? `imports ${specifier}; that is for ${owned.only}` : undefined
}

function isGraphQL(file: string): boolean {
  return file.startsWith('graphql/') || GRAPHQL_FILE.test(file) || GRAPHQL_FILES.has(file)
}

function roomOf(file: string): string {
  const parts = file.split('/')
  const inner = parts.slice(0, 2).join('/')
  return parts.length > 2 && MAY_IMPORT[inner] !== undefined ? inner : parts[0]!
}

/** Static imports, re-exports and dynamic imports of a literal. */
function importsOf(text: string): string[] {
  const found = text.matchAll(/^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm)
  return [...found].map((match) => (match[1] ?? match[2] ?? match[3])!)
}

/** All sources, without what is generated. */
export function sourceFiles(): SourceFile[] {
  const root = fileURLToPath(new URL('../../src', import.meta.url))
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !/^(database|desk)\/generated\//.test(path) && !path.includes('node_modules/'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
